//! `azapi-ls import`: the commands or blocks that import a module's azapi resources.

use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;

use super::{CliError, ExitOutcome, load};
use crate::ide::{FileId, Import, import_block};

/// Prints how the azapi resources of a module are imported, with `{placeholders}` for what is not known.
#[derive(Debug, clap::Args)]
pub(crate) struct ImportArgs {
    /// Files and folders; without any, the current folder
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Only the resource of this address, such as `azapi_resource.token`
    #[arg(long)]
    pub address: Option<String>,
    /// What is printed for each
    #[arg(long, value_enum, default_value_t)]
    pub format: ImportFormat,
}

/// What is printed for a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum ImportFormat {
    /// `terraform import ADDRESS ID`
    #[default]
    Command,
    /// An `import` block
    Block,
    /// One JSON object for all
    Json,
}

#[derive(Serialize)]
struct ImportsJson<'a> {
    version: u32,
    imports: Vec<ImportJson<'a>>,
}

#[derive(Serialize)]
struct ImportJson<'a> {
    file: &'a str,
    address: &'a str,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    api_version: Option<&'a str>,
    command: String,
}

/// Prints the imports. `Err` when `--address` names nothing that can be imported.
pub(crate) fn run(args: &ImportArgs, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let loaded = load::load(&args.paths)?;
    let files: Vec<&(String, FileId)> = loaded.files.iter().chain(&loaded.called).collect();
    let ids: Vec<FileId> = files.iter().map(|(_, file)| *file).collect();
    let of_files = files.into_iter().zip(loaded.analysis.imports_of_all(&ids));
    let all =
        of_files.flat_map(|((name, _), found)| found.into_iter().map(move |found| (name.as_str(), found)));
    if let Some(problem) = loaded.unread.first() {
        return Err(CliError::new(problem.to_string()));
    }
    let found: Vec<(&str, Import)> = all.filter(|(_, found)| is_wanted(args, found)).collect();
    if let (Some(address), true) = (&args.address, found.is_empty()) {
        return Err(CliError::new(format!(
            "`{address}` is no resource that can be imported, in {} files; `azapi-ls import` lists all that can",
            loaded.files.len()
        )));
    }
    match args.format {
        ImportFormat::Command => {
            for (_, import) in &found {
                writeln!(out, "{}", import.command())?;
            }
        }
        ImportFormat::Block => {
            let blocks = found.iter().map(|(_, import)| {
                import_block(import).map_err(|error| CliError::new(format!("{}: {error}", import.address)))
            });
            let blocks = blocks.collect::<Result<Vec<String>, CliError>>()?;
            write!(out, "{}", blocks.join("\n"))?;
        }
        ImportFormat::Json => write_json(&found, out)?,
    }
    Ok(ExitOutcome::Clean)
}

/// An address names a resource whole, or with the instance that is printed.
fn is_wanted(args: &ImportArgs, found: &Import) -> bool {
    args.address.as_ref().is_none_or(|address| {
        found.address == *address || found.address.split('[').next() == Some(address.as_str())
    })
}

fn write_json(found: &[(&str, Import)], out: &mut dyn Write) -> Result<(), CliError> {
    let imports = found.iter().map(|(file, import)| ImportJson {
        file,
        address: &import.address,
        id: &import.id,
        api_version: import.api_version.as_deref(),
        command: import.command(),
    });
    let output = ImportsJson { version: 1, imports: imports.collect() };
    serde_json::to_writer_pretty(&mut *out, &output).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}
