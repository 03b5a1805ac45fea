//! Text in, text out: the parts of bodies under the cursor `$0`.

use std::sync::Arc;

use super::harness::{shape, table, widget, with};
use crate::azapi::AzapiBlock;
use crate::azapi::body::walk::{Descend, Part, Visitor, walk};
use crate::azapi::body::{Purpose, TypedAs, TypedWhen, roots};
use crate::ide::type_line;
use crate::schema::toy;
use crate::syntax;
use crate::terraform::declaration::FileIndex;
use crate::terraform::eval::{Assume, Evaluator};
use crate::terraform::module::ModuleFile;
use crate::terraform::span::Span;
use crate::terraform::{FileId, Located, Module};
use crate::text::{TextRange, TextSize};

struct Cursor<'e, 'm> {
    evaluator: &'e Evaluator<'m>,
    offset: TextSize,
    /// The smallest stretch around the cursor, and what is there.
    range: Option<TextRange>,
    found: Vec<String>,
}

impl<'s> Visitor<'s> for Cursor<'_, '_> {
    fn enter(&mut self, part: &Part<'_, 's>) -> Descend {
        let spans = part.keys.as_slice().iter().chain(part.value.spans.as_slice());
        let spans: Vec<Span> = spans.copied().chain(part.site).collect();
        for span in spans {
            let range = self.evaluator.locate(span).expect("a place").1;
            if !range.contains_inclusive(self.offset) {
                continue;
            }
            if self.range.is_none_or(|best| range.len() < best.len()) {
                self.found.clear();
                self.range = Some(range);
            }
            let line = line(part);
            if self.range == Some(range) && !self.found.contains(&line) {
                self.found.push(line);
            }
        }
        Descend::Into
    }
}

fn line(part: &Part<'_, '_>) -> String {
    let path = if part.path.is_root() { "the body".to_owned() } else { part.path.dotted() };
    let mark = match (part.is_replaced, part.when) {
        (true, _) => " (replaced)",
        (false, [_, ..]) => " (an outcome)",
        (false, []) => "",
    };
    match part.types {
        [] if part.is_beyond => "nothing".to_owned(),
        [] => format!("{path}: not known"),
        types => {
            types.iter().map(|one| format!("{path}: {}{mark}", of_type(one))).collect::<Vec<_>>().join(", ")
        }
    }
}

fn of_type(one: &TypedAs<'_>) -> String {
    let ty = match one.selects {
        Some(base) => {
            format!("selects {}", base.variants().map(|(value, _)| value).collect::<Vec<_>>().join(", "))
        }
        None => type_line(one.ty, 8),
    };
    let when = one.when.iter().map(|when| match when {
        TypedWhen::Type(name) => format!(" if type is {name}"),
        TypedWhen::Variant { discriminator, value } => format!(" if {discriminator} is {value}"),
    });
    ty + &when.collect::<String>()
}

/// What the walk says of the place, in all bodies of the file.
fn body(text: &str) -> String {
    let offset = TextSize::new(text.find("$0").expect("a cursor") as u32);
    let parse = syntax::parse(&text.replacen("$0", "", 1));
    let root = parse.root();
    let index = Arc::new(FileIndex::new(&root));
    let module = Module::new(vec![ModuleFile::new(FileId(0), parse, index)]);
    let evaluator = Evaluator::new(&module, Assume::Defaults);
    let mut cursor = Cursor { evaluator: &evaluator, offset, range: None, found: Vec::new() };
    for block in root.body().blocks().filter_map(|block| AzapiBlock::of(Located::new(FileId(0), block))) {
        for root in roots(&evaluator, toy::schema(), &block, Purpose::Shown) {
            walk(&root, &mut cursor);
        }
    }
    if cursor.found.is_empty() { "nothing".to_owned() } else { cursor.found.join(", ") }
}

const COUNT: &str = "properties.count: integer";

#[test]
fn keys_and_values_wherever_they_are_written() {
    table(
        |row| body(&widget(row)),
        &[
            ("{ pro$0perties = {} }", "properties: object"),
            ("{ properties = {$0} }", "properties: object"),
            ("{ properties = { colour = \"$0\" } }", r#"properties.colour: "red" | "green""#),
            ("{ properties = { createdAt = nu$0ll } }", "properties.createdAt: string"),
            ("{ nope$0 = 1 }", "nope: not known"),
            ("{ nope = { cou$0nt = 1 } }", "nothing"),
            ("{ properties = { count = [{ a$0 = 1 }] } }", "nothing"),
            ("{ properties = { rules = { act$0ion = 1 } } }", "nothing"),
            ("{ tags = { en$0v = \"\" } }", "tags.env: string"),
            (
                "{ properties = { rules = [{}, { act$0ion = \"red\" }] } }",
                r#"properties.rules.1.action: "red" | "green""#,
            ),
            ("{ properties = [{ cou$0nt = 1 }][0] }", COUNT),
            ("{ properties = { a = { cou$0nt = 1 } }[\"a\"] }", COUNT),
            ("{ properties = { for k, v in { cou$0nt = 1 } : k => v } }", COUNT),
            (
                "{ properties = local.m[var.k] }\n\nlocals {\n  m = { a = { cou$0nt = 1 } }\n}",
                "properties.count: integer (an outcome)",
            ),
            ("{ properties = var.p }\n\nvariable \"p\" {\n  default = { cou$0nt = 1 }\n}", COUNT),
            ("{ properties = var.c ? { cou$0nt = 1 } : null }", "properties.count: integer (an outcome)"),
            ("{ location = 1$0, location = 2 }", "location: string (replaced)"),
            (
                "{ properties = local.both, tags = local.both }\n\nlocals {\n  both = { cou$0nt = 1 }\n}",
                "properties.count: integer, tags.count: string",
            ),
            (
                "{ properties = { rules = [for r in var.r : { prio$0rity = r }] } }",
                "properties.rules.*.priority: integer",
            ),
        ],
    );
    table(
        |row| body(&with(row)),
        &[("for_each = { a = { cou$0nt = 1 } }\n  body = { properties = each.value }", COUNT)],
    );
}

#[test]
fn what_depends_on_a_choice_says_on_which() {
    table(
        |row| body(&shape(row)),
        &[
            ("{ kind = \"Square\", si$0de = 1 }", "side: integer"),
            ("{ kind = var.k, si$0de = 1 }", "side: integer if kind is Square"),
            ("{ si$0de = 1 }", "side: integer if kind is Square"),
            ("{ kind = \"Sqare\", si$0de = 1 }", "side: integer if kind is Square"),
            ("{ kind = var.c ? \"Circle\" : \"Square\", si$0de = 1 }", "side: integer if kind is Square"),
            ("{ ki$0nd = var.k }", "kind: selects Circle, Square"),
            ("{ kind = var.k, na$0me = \"\" }", "name: string"),
            ("merge({ kind = \"Square\" }, { prop$0erties = {} })", "properties: not known"),
            ("{ kind = \"Square\" }\n  sensitive_body = { prop$0erties = {} }", "properties: not known"),
            ("{ (\"kind\") = \"Circle\", si$0de = 1 }", "side: not known"),
        ],
    );
    let config = |row: &str| {
        format!(
            "resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets/config@2024-01-01\"\n  name = {row}\n}}\n"
        )
    };
    table(
        |row| body(&config(row)),
        &[
            ("\"web\"\n  body = { po$0rt = 1 }", "port: integer"),
            ("var.n\n  body = { po$0rt = 1 }", "port: integer if name is web"),
            ("\"wbe\"\n  body = { po$0rt = 1 }", "port: integer if name is web"),
        ],
    );
    let two_types = |row: &str| {
        format!(
            "resource \"azapi_resource\" \"x\" {{\n  type = var.c ? \"Test.Rp/widgets@2024-01-01\" : \"Test.Rp/widgets@2023-01-01\"\n  body = {row}\n}}\n"
        )
    };
    table(
        |row| body(&two_types(row)),
        &[(
            "{ properties = { cou$0nt = 1 } }",
            "properties.count: integer if type is Test.Rp/widgets@2024-01-01",
        )],
    );
}

#[test]
fn a_visitor_says_where_the_walk_goes() {
    struct Log(Vec<String>, &'static str, Descend);
    impl<'s> Visitor<'s> for Log {
        fn enter(&mut self, part: &Part<'_, 's>) -> Descend {
            self.0.push(format!("+{}", part.path.dotted()));
            if part.path.dotted() == self.1 { self.2 } else { Descend::Into }
        }

        fn leave(&mut self, part: &Part<'_, 's>) {
            self.0.push(format!("-{}", part.path.dotted()));
        }
    }
    let logged = |at, descend| {
        let parse = syntax::parse(&widget("{ properties = { count = 1 }, tags = {} }"));
        let root = parse.root();
        let index = Arc::new(FileIndex::new(&root));
        let module = Module::new(vec![ModuleFile::new(FileId(0), parse, index)]);
        let evaluator = Evaluator::new(&module, Assume::Nothing);
        let block =
            root.body().blocks().find_map(|block| AzapiBlock::of(Located::new(FileId(0), block))).expect("x");
        let mut log = Log(Vec::new(), at, descend);
        for root in roots(&evaluator, toy::schema(), &block, Purpose::Shown) {
            walk(&root, &mut log);
        }
        log.0.join(" ")
    };
    let rest = "+tags -tags -";
    assert_eq!(
        logged("", Descend::Into),
        format!("+ +properties +properties.count -properties.count -properties {rest}")
    );
    assert_eq!(logged("properties", Descend::Skip), format!("+ +properties -properties {rest}"));
    assert_eq!(logged("properties", Descend::Stop), "+ +properties");
}
