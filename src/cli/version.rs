//! The output of `azapi-ls --version`.

use crate::schema::{Schema, Source};

/// Program, version, the commit where the build knew it, and the bundled type data with its date.
pub(super) fn line() -> String {
    describe(option_env!("AZAPI_LS_COMMIT"), Schema::bundled().source())
}

fn describe(commit: Option<&str>, data: Source<'_>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let commit = commit.map(|it| format!(" ({it})")).unwrap_or_default();
    format!(
        "azapi-ls {version}{commit}, type data {} {}, newest api-version {}",
        data.package, data.version, data.newest_api_version
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::schema::Schema;

    #[test]
    fn the_commit_stands_where_it_is_known() {
        let data = Schema::bundled().source();
        let tail = format!(
            ", type data {} {}, newest api-version {}",
            data.package, data.version, data.newest_api_version
        );
        let head = concat!("azapi-ls ", env!("CARGO_PKG_VERSION"));
        assert_eq!(describe(None, data), format!("{head}{tail}"));
        assert_eq!(describe(Some("abcdef0 2026-11-24"), data), format!("{head} (abcdef0 2026-11-24){tail}"));
    }
}
