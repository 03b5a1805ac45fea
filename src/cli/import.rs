//! `azapi-ls import`: the commands or blocks that import a module's azapi resources.

use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;

use super::{CliError, ExitOutcome, format, load};
use crate::ide::{FileId, Import, NoImport, import_block};

/// Prints how the azapi resources of a module are imported, with `{placeholders}` for what is not known.
#[derive(Debug, clap::Args)]
pub(crate) struct ImportArgs {
    /// Files and folders; without any, the current folder
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Only the resource of this address, such as `azapi_resource.token` or `azapi_resource.token["a"]`
    #[arg(long)]
    pub address: Option<String>,
    /// With the api-version of the block in each id
    #[arg(long)]
    pub api_version: bool,
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_imported: Vec<NoImportJson<'a>>,
}

#[derive(Serialize)]
struct NoImportJson<'a> {
    file: &'a str,
    address: &'a str,
    reason: &'a str,
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

/// What a file's block is imported by, or why it is not.
type Found = (String, Result<Import, NoImport>);

/// Prints the imports. `Err` when `--address` names nothing that can be imported.
pub(crate) fn run(args: &ImportArgs, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let loaded = load::load(&args.paths)?;
    let address = args.address.as_deref();
    let files: Vec<&(String, FileId)> = loaded.files.iter().chain(&loaded.called).collect();
    let ids: Vec<FileId> = files.iter().map(|(_, file)| *file).collect();
    let of_files = files.into_iter().zip(loaded.analysis.imports_of_all(&ids, address));
    let all =
        of_files.flat_map(|((name, _), found)| found.into_iter().map(move |found| (name.clone(), found)));
    if let Some(problem) = loaded.unread.first() {
        return Err(CliError::new(problem.to_string()));
    }
    let pinned = |found: Result<Import, NoImport>| match found {
        Ok(import) if args.api_version => Ok(import.with_api_version()),
        other => other,
    };
    let found: Vec<Found> = all.map(|(file, found)| (file, pinned(found))).collect();
    loaded.tell_empty();
    if let Some(address) = address
        && found.iter().all(|(_, found)| found.is_err())
    {
        let reason = found.iter().find_map(|(_, found)| found.as_ref().err());
        return Err(CliError::new(match reason {
            Some(refused) => format!("`{address}` is not imported: {}", refused.reason),
            None => format!(
                "`{address}` is no resource that can be imported, in {} files; `azapi-ls import` lists all that can",
                loaded.files.len()
            ),
        }));
    }
    match args.format {
        ImportFormat::Command => {
            for (_, found) in &found {
                match found {
                    Ok(import) => writeln!(out, "{}", import.command())?,
                    Err(refused) => write!(out, "{}", comment(refused))?,
                }
            }
        }
        ImportFormat::Block => {
            let blocks = found.iter().map(|(_, found)| match found {
                Ok(import) => import_block(import)
                    .map_err(|error| CliError::new(format!("{}: {error}", import.address))),
                Err(refused) => Ok(comment(refused)),
            });
            let blocks = blocks.collect::<Result<Vec<String>, CliError>>()?;
            write!(out, "{}", blocks.join("\n"))?;
        }
        ImportFormat::Json => write_json(&found, out)?,
    }
    Ok(ExitOutcome::Clean)
}

/// A line that both formats skip.
fn comment(refused: &NoImport) -> String {
    format!("# {} is not imported: {}\n", refused.address, refused.reason)
}

fn write_json(found: &[Found], out: &mut dyn Write) -> Result<(), CliError> {
    let imports = found.iter().filter_map(|(file, found)| {
        let import = found.as_ref().ok()?;
        Some(ImportJson {
            file,
            address: &import.address,
            id: &import.id,
            api_version: import.api_version.as_deref(),
            command: import.command(),
        })
    });
    let refused = found.iter().filter_map(|(file, found)| {
        let refused = found.as_ref().err()?;
        Some(NoImportJson { file, address: &refused.address, reason: &refused.reason })
    });
    let output = ImportsJson { version: 1, imports: imports.collect(), not_imported: refused.collect() };
    Ok(format::write_json(out, &output)?)
}
