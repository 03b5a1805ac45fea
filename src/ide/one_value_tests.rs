//! Hover, import, diagnostics and completion, held against each other: what each says of one value, in every way of
//! writing it.

use super::fixture::Fixture;

const GROUP: &str = "/subscriptions/s/resourceGroups/g";

/// A way of writing a value: what stands in its place, the other arguments of the block, and what stands beside it.
struct Written {
    value: &'static str,
    arguments: &'static str,
    beside: &'static str,
}

const fn plain(value: &'static str) -> Written {
    Written { value, arguments: "", beside: "" }
}

/// The title of the hover with what it depends on, the last part of the import's id, the diagnostics of a key that the
/// type does not have, and whether completion offers the key `offered`.
fn columns(written: &Written, block: &str, key: &str, last: usize, offered: &[&str]) -> [String; 4] {
    let text = |body: &str| {
        let block = block.replace("GROUP", GROUP).replace("VALUE", written.value).replace("BODY", body);
        let arguments = written.arguments;
        format!("resource \"azapi_resource\" \"x\" {{\n  {block}\n  {arguments}\n}}\n{}\n", written.beside)
    };
    let fixture = Fixture::new(&text(&format!("{{ $0{key} = 1 }}")));
    let hover = fixture.analysis().hover(fixture.at());
    let hover = hover.map_or("nothing".to_owned(), |hover| {
        let lines = hover.markdown.lines();
        lines.filter(|line| line.starts_with("**") || line.starts_with("Only")).collect::<Vec<_>>().join(" ")
    });
    let imports = fixture.analysis().imports(fixture.at().file);
    let ids = imports.iter().map(|import| {
        let segments: Vec<&str> = import.id.rsplit('/').take(last).collect();
        segments.into_iter().rev().collect::<Vec<_>>().join("/")
    });
    let import = ids.collect::<Vec<_>>().join(" ");
    let fixture = Fixture::new(&text("{ nope = 1 }"));
    let found = fixture.analysis().diagnostics(fixture.at().file);
    let unknown = found.iter().filter(|one| one.code == "unknown-property");
    let diagnostics = unknown.map(|one| format!("{:?}", one.severity)).collect::<Vec<_>>().join(" ");
    let fixture = Fixture::new(&text("{\n    $0\n  }"));
    let items = fixture.analysis().completion(fixture.at()).items;
    let labels = offered.iter().filter(|name| items.iter().any(|item| item.label == **name));
    let completion = labels.copied().collect::<Vec<_>>().join(" ");
    [hover, import, diagnostics, completion]
}

#[track_caller]
fn check(block: &str, key: &str, last: usize, offered: &[&str], rows: &[(Written, [&str; 4])]) {
    let mut wrong = String::new();
    for (written, expected) in rows {
        let given = columns(written, block, key, last, offered);
        if given != *expected {
            let value = written.value;
            wrong.push_str(&format!("{value}\n    gives    {given:?}\n    expected {expected:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

const TYPE: &str = "Test.Rp/widgets@2024-01-01";

#[test]
fn every_feature_reads_type_alike() {
    let hover = "**properties** `object`";
    let (import, offered) = ("Test.Rp/widgets/w", "properties");
    let known = [hover, import, "Error", offered];
    // A default is shown and proposed, and is never the value that holds in every run: what is wrong by it is a warning.
    let assumed = [hover, import, "Warning", offered];
    assert_eq!(TYPE, "Test.Rp/widgets@2024-01-01");
    check(
        "type = VALUE\n  parent_id = \"GROUP\"\n  name = \"w\"\n  body = BODY",
        "properties",
        3,
        &["properties", "tags", "port"],
        &[
            (plain("\"Test.Rp/widgets@2024-01-01\""), known),
            (plain("(\"Test.Rp/widgets@2024-01-01\")"), known),
            (plain("format(\"%s@%s\", \"Test.Rp/widgets\", \"2024-01-01\")"), known),
            (plain("replace(\"Test.Rp/x@2024-01-01\", \"x\", \"widgets\")"), known),
            (plain("join(\"@\", [\"Test.Rp/widgets\", \"2024-01-01\"])"), known),
            (plain("{ a = \"Test.Rp/widgets@2024-01-01\" }.a"), known),
            (plain("merge({ a = \"\" }, { a = \"Test.Rp/widgets@2024-01-01\" })[\"a\"]"), known),
            (plain("true ? \"Test.Rp/widgets@2024-01-01\" : \"Test.Rp/none@2024-01-01\""), known),
            (
                Written {
                    value: "local.t",
                    arguments: "",
                    beside: "locals {\n  t = \"${local.n}@2024-01-01\"\n  n = \"Test.Rp/widgets\"\n}",
                },
                known,
            ),
            (
                Written {
                    value: "local.t[\"a\"].b",
                    arguments: "",
                    beside: "locals {\n  t = { a = { b = \"Test.Rp/widgets@2024-01-01\" } }\n}",
                },
                known,
            ),
            (
                Written {
                    value: "each.value.t",
                    arguments: "for_each = { a = { t = \"Test.Rp/widgets@2024-01-01\" } }",
                    beside: "",
                },
                known,
            ),
            (
                Written {
                    value: "var.t",
                    arguments: "",
                    beside: "variable \"t\" {\n  default = \"Test.Rp/widgets@2024-01-01\"\n}",
                },
                assumed,
            ),
            (
                Written {
                    value: "var.types.this",
                    arguments: "",
                    beside: "variable \"types\" {\n  type = object({ this = optional(string, \"Test.Rp/widgets@2024-01-01\") })\n  default = {}\n}",
                },
                assumed,
            ),
            (
                Written {
                    value: "module.m.t",
                    arguments: "",
                    beside: "module \"m\" {\n  source = \"./m\"\n  n = \"widgets\"\n}\n#- m/main.tf\nvariable \"n\" {}\noutput \"t\" {\n  value = \"Test.Rp/${var.n}@2024-01-01\"\n}",
                },
                known,
            ),
            (
                Written {
                    value: "one(module.m[*].t)",
                    arguments: "",
                    beside: "module \"m\" {\n  source = \"./m\"\n  count = 1\n}\n#- m/main.tf\noutput \"t\" {\n  value = \"Test.Rp/widgets@2024-01-01\"\n}",
                },
                known,
            ),
            (
                Written {
                    value: "module.m.t",
                    arguments: "",
                    beside: "module \"m\" {\n  source = \"./m\"\n}\n#- m/main.tf\noutput \"t\" {\n  value = var.none\n}",
                },
                ["nothing", "", "", ""],
            ),
            (plain("var.t"), ["nothing", "", "", ""]),
            (plain("upper(var.t)"), ["nothing", "", "", ""]),
        ],
    );
}

#[test]
fn every_feature_reads_a_value_that_selects_alike() {
    let hover = "**port** `integer`";
    let known = [hover, "config/web", "Error", "port"];
    let assumed = [hover, "config/web", "", "port"];
    let either = ["**port** `integer` Only if `name` is `web`.", "config/{resourceName}", "", "level port"];
    check(
        "type = \"Test.Rp/widgets/config@2024-01-01\"\n  parent_id = \"GROUP/providers/Test.Rp/widgets/w\"\n  name = VALUE\n  body = BODY",
        "port",
        2,
        &["level", "port"],
        &[
            (plain("\"web\""), known),
            (plain("lower(\"WEB\")"), known),
            (plain("format(\"%s\", \"web\")"), known),
            (plain("replace(\"w-b\", \"-\", \"e\")"), known),
            (plain("merge({ n = \"web\" }, {}).n"), known),
            (plain("false ? \"logs\" : \"web\""), known),
            (Written { value: "local.n", arguments: "", beside: "locals {\n  n = \"web\"\n}" }, known),
            (Written { value: "each.key", arguments: "for_each = toset([\"web\"])", beside: "" }, known),
            (Written { value: "each.value", arguments: "for_each = { a = \"web\" }", beside: "" }, known),
            (
                Written { value: "var.n", arguments: "", beside: "variable \"n\" {\n  default = \"web\"\n}" },
                assumed,
            ),
            (plain("var.n"), either),
            (plain("var.c ? \"web\" : \"logs\""), [either[0], either[1], "Error", either[3]]),
        ],
    );
}
