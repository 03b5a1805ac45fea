//! `azapi-ls types`: resource types that match, the likeliest first, with their newest api-version.

use std::io::Write;

use super::format::{Format, write_json};
use super::query_error::{QueryError, nearest};
use crate::ide::reference::{self, Described, json, text};
use crate::ide::type_search::{meant, search};
use crate::schema::Schema;

/// Lists resource types with their newest api-version.
#[derive(Debug, clap::Args)]
pub(crate) struct TypesArgs {
    /// Any part of the type's name, its words in any order, or what people call it (aks, load balancer); all types without it
    pub(crate) query: Vec<String>,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Prints the types that match. `Err` when none does.
pub(crate) fn run(args: &TypesArgs, schema: &Schema, out: &mut dyn Write) -> Result<(), QueryError> {
    let query = args.query.join(" ");
    let found =
        if query.trim().is_empty() { schema.resource_types().collect() } else { search(schema, &query) };
    let types: Vec<Described<'_>> = found.into_iter().map(reference::in_short).collect();
    if types.is_empty() {
        let near = nearest(&meant(schema, &query));
        return Err(QueryError::Unknown(format!("no resource type matches `{query}`{near}")));
    }
    match args.format {
        Format::Json => write_json(out, &json::Outputs("types", &types))?,
        Format::Text => out.write_all(text::list(&types).as_bytes())?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::toy;
    use expect_test::{Expect, expect};

    fn check(query: &[&str], format: Format, expect: Expect) {
        let args = TypesArgs { query: query.iter().map(|&q| q.to_owned()).collect(), format };
        let mut out = Vec::new();
        let printed = match run(&args, toy::schema(), &mut out) {
            Ok(()) => String::from_utf8(out).expect("text"),
            Err(error) => format!("error: {error}\n"),
        };
        expect.assert_eq(&printed);
    }

    #[test]
    fn types_match_by_any_part_of_the_name() {
        check(
            &["GEARS"],
            Format::Text,
            expect![[r#"
            Test.Rp/widgets/gears        2024-01-01
            Test.Rp/widgets/gears/teeth  2024-01-01
        "#]],
        );
        check(
            &["rp both", "child"],
            Format::Text,
            expect![[r#"
            Test.Rp/both/children  2024-01-01
        "#]],
        );
    }

    #[test]
    fn types_are_found_by_what_people_call_them_and_the_likeliest_comes_first() {
        for (query, wanted) in [
            ("aks", "Microsoft.ContainerService/managedClusters"),
            ("load balancer", "Microsoft.Network/loadBalancers"),
            ("azurerm_linux_web_app", "Microsoft.Web/sites"),
        ] {
            let args = TypesArgs { query: vec![query.to_owned()], format: Format::Text };
            let mut out = Vec::new();
            run(&args, Schema::bundled(), &mut out).expect("a type");
            let printed = String::from_utf8(out).expect("text");
            assert_eq!(printed.split_whitespace().next(), Some(wanted), "{query}");
        }
    }

    #[test]
    fn json_lists_type_and_version() {
        check(
            &["shapes"],
            Format::Json,
            expect![[r#"
            {
              "types": [
                {
                  "type": "Test.Rp/shapes",
                  "api_version": "2024-01-01"
                }
              ]
            }
        "#]],
        );
    }

    #[test]
    fn no_match_gives_near_names() {
        check(
            &["Test.Rp/shapse"],
            Format::Text,
            expect![[r#"
            error: no resource type matches `Test.Rp/shapse`; nearest: Test.Rp/shapes
        "#]],
        );
    }
}
