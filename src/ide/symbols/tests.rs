use expect_test::{Expect, expect};

use super::Symbol;
use crate::ide::fixture::Fixture;

fn check(text: &str, expected: Expect) {
    let fixture = Fixture::alone(text);
    let outline = fixture.analysis().outline(fixture.file).unwrap();
    let mut drawn = String::new();
    draw(&fixture, &outline, "", &mut drawn);
    expected.assert_eq(&drawn);
}

fn draw(fixture: &Fixture, symbols: &[Symbol], indent: &str, drawn: &mut String) {
    for symbol in symbols {
        assert!(symbol.range.contains_range(symbol.name_range), "{symbol:?}");
        let detail = symbol.detail.as_ref().map(|detail| format!(" ({detail})")).unwrap_or_default();
        let named = fixture.source(symbol.name_range).lines().next().unwrap_or_default();
        drawn.push_str(&format!("{indent}{:?} {}{detail} at {named}\n", symbol.kind, symbol.name));
        draw(fixture, &symbol.children, &format!("{indent}  "), drawn);
    }
}

#[test]
fn blocks_are_named_as_references_name_them() {
    check(
        r#"
terraform {}
variable "name" {}
resource "azapi_resource" "x" {
  type = "Test.Rp/widgets@2024-01-01"
  timeouts { create = "5m" }
}
data "azapi_resource" "x" {}
moved {
  from = a.b
}
"#,
        expect![[r#"
            Block terraform at terraform
            Block var.name at name
            Block azapi_resource.x (Test.Rp/widgets@2024-01-01) at x
              Value type at type
              Block timeouts at timeouts
                Value create at create
            Block data.azapi_resource.x at x
            Block moved at moved
              Value from at from
        "#]],
    );
}

#[test]
fn objects_and_lists_of_them_are_spelled_out() {
    check(
        "locals {\n  a = { b = 1, \"c d\" = [1, { e = [] }], (f) = 2, \"\" = 3 }\n  g = {}.h\n}\n",
        expect![[r#"
            Block locals at locals
              Object a at a
                Value b at b
                List c d at "c d"
                  Object 1 at { e = [] }
                    List e at e
              Value g at g
        "#]],
    );
}

#[test]
fn what_is_half_typed_is_there_as_far_as_it_goes() {
    check(
        "resource \"azapi_resource\" \"x\" {\n  type = \"\n  body = {\n    properties = {\n",
        expect![[r#"
            Block azapi_resource.x at x
              Value type at type
              Object body at body
                Object properties at properties
        "#]],
    );
}

#[test]
fn a_companion_leaves_outlines_to_the_other_server() {
    let fixture = Fixture::new("locals {}\n");
    assert_eq!(fixture.analysis().outline(fixture.file), None);
}
