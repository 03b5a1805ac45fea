use expect_test::{Expect, expect};

use super::{Style, Writer, draft, forms};
use crate::schema::path::BodyPath;
use crate::schema::{Schema, SchemaType, toy};

fn toy_type(name: &str, path: &str) -> SchemaType<'static> {
    let (name, version) = name.split_once('@').expect("TYPE@VERSION");
    let found = toy::schema().resource_type(name).expect("a toy type");
    let body = found.version(version).expect("a version").body();
    if path.is_empty() {
        return body;
    }
    path.parse::<BodyPath>().expect("a path").resolve(body).expect("a part").ty
}

fn check(name: &str, path: &str, known: &[(&str, &str)], present: &[&str], style: Style, expected: Expect) {
    let known = |key: &str| known.iter().find(|(name, _)| *name == key).map(|(_, value)| (*value).to_owned());
    let all = forms(toy_type(name, path), &known, &|name| present.contains(&name));
    let drawn = all.iter().map(|form| {
        let mut writer = Writer::new(style, "");
        writer.items(&form.items);
        format!("{:?}\n{}\n", form.chosen, writer.finish())
    });
    expected.assert_eq(&drawn.collect::<String>());
}

#[test]
fn all_that_is_required_is_there_at_any_depth() {
    check(
        "Test.Rp/widgets@2024-01-01",
        "",
        &[],
        &["name", "location"],
        Style::Plain,
        expect![[r#"
            []
            properties = {
              status = "enabled"
            }
        "#]],
    );
    check(
        "Test.Rp/widgets@2024-01-01",
        "",
        &[],
        &["name"],
        Style::Snippet,
        expect![[r#"
            []
            location = "$1"
            properties = {
              status = "${2|enabled,disabled|}"
            }
        "#]],
    );
}

#[test]
fn each_value_of_a_discriminator_is_a_form_of_its_own() {
    check(
        "Test.Rp/shapes@2024-01-01",
        "",
        &[],
        &["name"],
        Style::Plain,
        expect![[r#"
            [("kind", "Circle")]
            kind = "Circle"
            [("kind", "Square")]
            kind = "Square"
            side = 0
        "#]],
    );
    check(
        "Test.Rp/shapes@2024-01-01",
        "",
        &[("kind", "Square")],
        &["name", "kind"],
        Style::Snippet,
        expect![[r#"
            [("kind", "Square")]
            side = ${1:0}
        "#]],
    );
}

#[test]
fn variants_of_an_object_that_is_required_are_forms_of_what_holds_it() {
    let services = Schema::bundled().resource_type("Microsoft.DataFactory/factories/linkedservices");
    let body = services.expect("it is shipped").newest().body();
    let all = forms(body, &|_| None, &|_| false);
    assert!(all.len() > 1);
    for form in all {
        let first = form.chosen.first().map(|(name, _)| name.as_str());
        assert_eq!(first, Some("properties.type"), "{:?}", form.chosen);
    }
}

#[test]
fn types_that_hold_themselves_end() {
    check(
        "Test.Rp/widgets@2024-01-01",
        "properties.parts.*",
        &[],
        &[],
        Style::Snippet,
        expect![[r#"
            []
            label = "${1:a}"
        "#]],
    );
}

#[test]
fn the_only_stop_is_where_the_cursor_ends() {
    let mut writer = Writer::new(Style::Snippet, "");
    writer.value(&draft(toy_type("Test.Rp/widgets@2024-01-01", "tags")));
    assert_eq!(writer.finish(), "{\n  $0\n}");
}

#[test]
fn plain_text_stands_at_the_depth_of_its_line() {
    let all = forms(toy_type("Test.Rp/widgets@2024-01-01", ""), &|_| None, &|name| name == "name");
    let mut writer = Writer::new(Style::Plain, "    ");
    writer.items(&all[0].items);
    assert_eq!(writer.finish(), "location = \"\"\n    properties = {\n      status = \"enabled\"\n    }");
}

#[test]
fn what_means_something_in_a_snippet_is_escaped() {
    let mut writer = Writer::new(Style::Snippet, "");
    writer.raw("a$b\\");
    writer.placeholder("{x}");
    writer.choice(&["a,b".to_owned(), "c|d".to_owned()]);
    assert_eq!(writer.finish(), "a\\$b\\\\${1:{x\\}}${2|a\\,b,c\\|d|}");
}

/// Whatever a type asks for, its skeleton is small and made in no time; a type of every namespace has one.
#[test]
fn every_shipped_type_has_a_bounded_skeleton() {
    let schema = Schema::bundled();
    for ty in schema.resource_types().step_by(7) {
        for form in forms(ty.newest().body(), &|_| None, &|name| name == "name") {
            let mut writer = Writer::new(Style::Plain, "");
            writer.items(&form.items);
            let text = writer.finish();
            assert!(text.len() < 60_000, "{}: {} bytes", ty.name(), text.len());
            let parsed = crate::syntax::parse(&format!("body = {{\n{text}\n}}\n"));
            assert!(parsed.errors().is_empty(), "{}: {text}", ty.name());
        }
    }
}
