//! What is wrong with the arguments, in one line: what is missing by its name, the values that are allowed, the names that
//! are nearly what was written.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::text::closest;

/// So many near names are told.
const NEAREST: usize = 3;

/// The line for an error; `command` is the whole program, `written` what was passed to it.
pub(super) fn line(error: &clap::Error, command: &clap::Command, written: &[String]) -> String {
    let meant = written.iter().find_map(|word| command.find_subcommand(word));
    let help = match meant {
        Some(meant) => format!("azapi-ls {} --help", meant.get_name()),
        None => "azapi-ls --help".to_owned(),
    };
    let what = what(error, command, meant.unwrap_or(command)).unwrap_or_else(|| {
        let text = error.to_string();
        text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
    });
    format!("{what} (see `{help}`)")
}

/// `None` where the error's own first line says it all.
fn what(error: &clap::Error, command: &clap::Command, meant: &clap::Command) -> Option<String> {
    let said = |kind: ContextKind| match error.get(kind)? {
        ContextValue::String(text) => Some(vec![text.clone()]),
        ContextValue::Strings(texts) => Some(texts.clone()),
        _ => None,
    };
    let argument = || Some(said(ContextKind::InvalidArg)?.join("`, `"));
    match error.kind() {
        ErrorKind::MissingRequiredArgument => Some(format!("`{}` is missing", argument()?)),
        ErrorKind::InvalidValue => {
            let allowed = said(ContextKind::ValidValue).unwrap_or_default();
            let values = match allowed.is_empty() {
                true => String::new(),
                false => format!("; the values are {}", allowed.join(", ")),
            };
            let value = said(ContextKind::InvalidValue)?.join(" ");
            if value.is_empty() {
                return Some(format!("`{}` needs a value{values}", argument()?));
            }
            let near = nearest(&value, allowed.iter().map(String::as_str));
            Some(format!("`{value}` is no value of `{}`{near}{values}", argument()?))
        }
        ErrorKind::UnknownArgument => {
            let written = argument()?;
            let known: Vec<String> =
                meant.get_arguments().filter_map(|it| Some(format!("--{}", it.get_long()?))).collect();
            let near = nearest(&written, known.iter().map(String::as_str).chain(["--help", "--version"]));
            let of = if meant.get_name() == command.get_name() { "" } else { meant.get_name() };
            let takes = if of.is_empty() { "azapi-ls".to_owned() } else { format!("azapi-ls {of}") };
            Some(format!("`{takes}` takes no `{written}`{near}"))
        }
        ErrorKind::InvalidSubcommand => {
            let written = said(ContextKind::InvalidSubcommand)?.join(" ");
            let known: Vec<&str> =
                command.get_subcommands().map(clap::Command::get_name).chain(["help"]).collect();
            let near = nearest(&written, known.iter().copied());
            Some(format!("there is no command `{written}`{near}; the commands are {}", known.join(", ")))
        }
        _ => None,
    }
}

fn nearest<'n>(written: &str, known: impl Iterator<Item = &'n str>) -> String {
    super::query_error::nearest(&closest(written, known, NEAREST))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::command;

    fn check(arguments: &str, expected: &str) {
        let written: Vec<String> = arguments.split(' ').map(str::to_owned).collect();
        let all = std::iter::once("azapi-ls").chain(arguments.split(' '));
        let error = command().try_get_matches_from(all).expect_err(arguments);
        assert_eq!(line(&error, &command(), &written), expected, "{arguments}");
    }

    #[test]
    fn what_is_missing_is_named() {
        check("show", "`<TYPE[@VERSION]>` is missing (see `azapi-ls show --help`)");
        check("docs", "`<TYPE[@VERSION]>` is missing (see `azapi-ls docs --help`)");
        check("explain", "`<CODE>` is missing (see `azapi-ls explain --help`)");
        check("serve --log", "`--log <FILE>` needs a value (see `azapi-ls serve --help`)");
        check(
            "types --format",
            "`--format <FORMAT>` needs a value; the values are text, json (see `azapi-ls types --help`)",
        );
    }

    #[test]
    fn allowed_values_are_listed_and_near_ones_offered() {
        check(
            "show x --format jsn",
            "`jsn` is no value of `--format <FORMAT>`; nearest: json; the values are text, json (see `azapi-ls show --help`)",
        );
        check(
            "check --minimum-failure-severity eror",
            "`eror` is no value of `--minimum-failure-severity <SEVERITY>`; nearest: error; the values are error, warning, information, hint (see `azapi-ls check --help`)",
        );
    }

    #[test]
    fn near_names_of_commands_and_arguments_are_offered() {
        let commands = "the commands are serve, check, import, types, show, docs, explain, help";
        check(
            "hlp",
            &format!("there is no command `hlp`; nearest: help; {commands} (see `azapi-ls --help`)"),
        );
        check(
            "chek .",
            &format!("there is no command `chek`; nearest: check; {commands} (see `azapi-ls --help`)"),
        );
        check("help nope", &format!("there is no command `nope`; {commands} (see `azapi-ls --help`)"));
        check(
            "types --frmat x",
            "`azapi-ls types` takes no `--frmat`; nearest: --format (see `azapi-ls types --help`)",
        );
        check("show a b c", "`azapi-ls show` takes no `c` (see `azapi-ls show --help`)");
        check("--versio", "`azapi-ls` takes no `--versio`; nearest: --version (see `azapi-ls --help`)");
    }
}
