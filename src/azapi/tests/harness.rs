//! One function for each subject, from a configuration to one line. A configuration may be several files under
//! `#- NAME` headers; `$0` is the cursor.

use std::sync::Arc;

use crate::azapi::body::{TypedAs, TypedWhen};
use crate::azapi::place::{Asked, BodyTarget, Name, NameOf, Place, ValueOf, place_at};
use crate::azapi::{Id, IdReader, import as imports};
use crate::ide::type_line;
use crate::schema::arm_id::Segment;
use crate::schema::path::BodyPath;
use crate::schema::toy;
use crate::syntax::ast::{self, AstNode};
use crate::terraform::declaration::FileIndex;
use crate::terraform::module::ModuleFile;
use crate::terraform::{Address, Assume, Evaluator, FileId, Located, Module};
use crate::text::{TextRange, TextSize};

const CURSOR: &str = "$0";

struct Loaded {
    module: Module,
    file: FileId,
    offset: TextSize,
}

fn load(text: &str) -> Loaded {
    let mut texts = vec![String::new()];
    for line in text.split_inclusive('\n') {
        match (line.starts_with("#- "), texts.last_mut()) {
            (false, Some(last)) => last.push_str(line),
            _ => texts.push(String::new()),
        }
    }
    let (mut file, mut offset) = (FileId(0), TextSize::new(0));
    let mut files = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        let id = FileId(at as u32);
        if let Some(cursor) = text.find(CURSOR) {
            (file, offset) = (id, TextSize::new(cursor as u32));
        }
        let parse = crate::syntax::parse(&text.replacen(CURSOR, "", 1));
        let index = Arc::new(FileIndex::new(&parse.root()));
        files.push(ModuleFile::new(id, parse, index));
    }
    Loaded { module: Module::new(files), file, offset }
}

impl Loaded {
    /// The block called `x`.
    fn block(&self) -> Located<ast::Block> {
        let mut blocks = self.module.provider_blocks();
        let found = blocks.find(|(_, declaration)| matches!(&declaration.address, Some(Address::Block(block)) if block.name == "x"));
        found.expect("a block called x").0
    }

    /// What is written behind a range, without the blanks between.
    fn behind(&self, range: TextRange) -> String {
        let root = self.module.file(self.file).expect("the file of the cursor").root();
        let text = root.syntax().text().to_string();
        text[usize::from(range.end())..].trim_start().to_owned()
    }
}

impl Loaded {
    fn place<R>(&self, ask: impl FnOnce(Option<Place<'static>>) -> R) -> R {
        let evaluator = Evaluator::new(&self.module, Assume::Defaults);
        let (file, offset, schema) = (self.file, self.offset, toy::schema());
        ask(place_at(&Asked { evaluator: &evaluator, schema, file, offset, is_cancelled: &|| false }))
    }
}

/// The part of a body under the cursor, as a hover names it: `properties.status: string`. For what selects the
/// shape of its object `kind: selects a, b`, for keys that the type does not have `nope: not known`, outside
/// of all bodies `nothing`.
pub(super) fn body(text: &str) -> String {
    load(text).place(|place| match place {
        Some(Place::Name(Name { of: NameOf::BodyKey { name, targets }, .. })) => said(&targets, &name),
        Some(Place::Value(value)) => match value.of {
            ValueOf::Body { targets } => said(&targets, ""),
            ValueOf::Type { .. } | ValueOf::Argument { .. } => "nothing".to_owned(),
        },
        _ => "nothing".to_owned(),
    })
}

fn said(targets: &[BodyTarget<'_>], name: &str) -> String {
    let of_target = |target: &BodyTarget<'_>| match target.types.as_slice() {
        [] if target.path.steps().last().is_some_and(|last| last.to_string() == name) => {
            vec![format!("{}: not known", path_text(&target.path))]
        }
        [] => vec![format!("{name}: not known")],
        types => types.iter().map(of_type).collect(),
    };
    targets.iter().flat_map(of_target).collect::<Vec<_>>().join(", ")
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
    format!("{}: {ty}{}", path_text(&one.path), when.collect::<String>())
}

fn path_text(path: &BodyPath) -> String {
    if path.is_root() { "the body".to_owned() } else { path.dotted() }
}

/// What the cursor is on: `type value`, `argument name identity.type`, `argument value location`, `nested block
/// identity`, `body key properties`, `body value properties`, `block type`, `reference to local.x`, `block`, `nothing`.
/// Where a name belongs of which nothing is written, `name wanted`, with what it belongs in.
pub(super) fn place(text: &str) -> String {
    let loaded = load(text);
    loaded.place(|place| match place {
        Some(Place::Name(name)) => name_text(&loaded, &name),
        Some(Place::Value(value)) => match value.of {
            ValueOf::Type { .. } => "type value".to_owned(),
            ValueOf::Argument { path, .. } => format!("argument value {}", path.join(".")),
            ValueOf::Body { targets } => format!("body value {}", path_text(&targets[0].path)),
        },
        Some(Place::Reference(reference)) if reference.is_declaration => {
            format!("declaration of {}", reference.address)
        }
        Some(Place::Reference(reference)) => format!("reference to {}", reference.address),
        Some(Place::Block) => "block".to_owned(),
        None => "nothing".to_owned(),
    })
}

/// The lines where what the cursor refers to is declared, and those where it is referred to, with the file before a colon.
pub(super) fn references(text: &str) -> String {
    let loaded = load(text);
    let lines = |places: Vec<(FileId, TextRange)>| {
        let line = |(file, range): (FileId, TextRange)| {
            let root = loaded.module.file(file).expect("a file").root();
            let before = root.syntax().text().slice(TextRange::up_to(range.start())).to_string();
            format!("{}:{}", file.0, before.matches('\n').count())
        };
        places.into_iter().map(line).collect::<Vec<_>>().join(" ")
    };
    loaded.place(|place| {
        let found = match place {
            Some(Place::Reference(found)) => Some(found),
            Some(Place::Value(value)) => value.reference,
            _ => None,
        };
        let Some(found) = found else { return "nothing".to_owned() };
        let (declared, used) = (found.declarations(&loaded.module), found.origins(&loaded.module));
        format!("{} declared {}, used {}", found.address, lines(declared), lines(used))
    })
}

fn name_text(loaded: &Loaded, name: &Name<'_>) -> String {
    match &name.of {
        NameOf::BlockType { is_quoted: true, .. } => "block type".to_owned(),
        NameOf::BlockType { is_quoted: false, .. } => "block type without quotes".to_owned(),
        NameOf::Argument { path, name: written, .. } | NameOf::Configuration { path, name: written }
            if written.is_empty() =>
        {
            let inside = std::iter::once("block").chain(path.iter().map(String::as_str));
            format!("name wanted in {}", inside.collect::<Vec<_>>().join("."))
        }
        NameOf::Argument { path, name: written, .. } | NameOf::Configuration { path, name: written } => {
            let path: Vec<&str> = path.iter().map(String::as_str).chain([written.as_str()]).collect();
            let is_block = loaded.behind(name.range).starts_with('{');
            let what = if is_block { "nested block" } else { "argument name" };
            format!("{what} {}", path.join("."))
        }
        NameOf::BodyKey { name: written, targets } if written.is_empty() => {
            format!("name wanted in {}", path_text(&targets[0].path))
        }
        NameOf::BodyKey { targets, .. } => format!("body key {}", path_text(&targets[0].path)),
    }
}

/// What the `parent_id` of block `x` is as an id for a verdict, or its `resource_id` where it has no parent:
/// unknown segments are `{}`, any number of them `{…}`; outcomes are joined by `or`.
pub(super) fn id(text: &str) -> String {
    let loaded = load(text);
    let evaluator = Evaluator::new(&loaded.module, Assume::Nothing);
    let reader = IdReader::new(&evaluator, toy::schema());
    let block = loaded.block();
    let body = block.node.body().expect("a body");
    let argument = body.attribute("parent_id").or_else(|| body.attribute("resource_id"));
    let value = evaluator.value(&block.with(argument.and_then(|it| it.value()).expect("an id")));
    let outcomes = value.outcomes().map(|outcome| match reader.id(outcome) {
        Id::Unknown => "unknown".to_owned(),
        Id::Malformed(why) => format!("malformed: {why}"),
        Id::Known(id) => segments_text(id.segments()),
    });
    outcomes.collect::<Vec<_>>().join(" or ")
}

fn segments_text(segments: &[Segment<'_>]) -> String {
    let text: String = segments
        .iter()
        .map(|segment| match segment {
            Segment::Known(text) => format!("/{text}"),
            Segment::Unknown => "/{}".to_owned(),
            Segment::UnknownPath => "{…}".to_owned(),
        })
        .collect();
    if text.is_empty() { "/".to_owned() } else { text }
}

/// How block `x` is imported: its address and its id; `nothing` where it cannot be.
pub(super) fn import(text: &str) -> String {
    let loaded = load(text);
    let found =
        imports::import(&Evaluator::new(&loaded.module, Assume::Defaults), toy::schema(), &loaded.block());
    found.map_or("nothing".to_owned(), |found| format!("{} {}", found.address, found.id))
}

/// Holds each text against the line that it must give; all that differ are shown.
#[track_caller]
pub(super) fn table(subject: impl Fn(&str) -> String, rows: &[(&str, &str)]) {
    let differs = |(text, expected): &(&str, &str)| {
        let given = subject(text);
        (given != *expected).then(|| format!("{text}\n    gives    {given}\n    expected {expected}\n"))
    };
    let wrong: Vec<String> = rows.iter().filter_map(differs).collect();
    assert!(wrong.is_empty(), "{} of {} rows differ\n\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

/// What comes behind the first empty line of a row stands beside the block, not in it.
fn parts(row: &str) -> (&str, &str) {
    row.split_once("\n\n").unwrap_or((row, ""))
}

/// A widget with this body.
pub(super) fn widget(row: &str) -> String {
    typed("Test.Rp/widgets@2024-01-01", row)
}

/// A shape, whose `kind` selects its properties, with this body.
pub(super) fn shape(row: &str) -> String {
    typed("Test.Rp/shapes@2024-01-01", row)
}

fn typed(type_reference: &str, row: &str) -> String {
    let (body, beside) = parts(row);
    format!(
        "resource \"azapi_resource\" \"x\" {{\n  type = \"{type_reference}\"\n  body = {body}\n}}\n{beside}\n"
    )
}

/// A widget with these arguments.
pub(super) fn with(row: &str) -> String {
    let (arguments, beside) = parts(row);
    format!(
        "resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n{arguments}\n}}\n{beside}\n"
    )
}

/// A widget `w1` with this parent, and what parents refer to.
pub(super) fn parent(row: &str) -> String {
    let (parent, beside) = parts(row);
    with(&format!("  name = \"w1\"\n  parent_id = {parent}\n\n{OTHERS}{beside}"))
}

/// Blocks for parents.
pub(super) const OTHERS: &str = r#"
variable "any" {}
variable "some" { default = "/subscriptions/s1/resourceGroups/rg1" }
locals { group = "/subscriptions/s1/resourceGroups/rg1" }
resource "azapi_resource" "rg" {
  type = "Microsoft.Resources/resourceGroups@2024-01-01"
  name = "rg1"
}
resource "azapi_resource" "gear" {
  type      = "Test.Rp/widgets/gears@2024-01-01"
  name      = "g1"
  parent_id = azapi_resource.w.id
}
resource "azapi_resource" "w" {
  type      = "Test.Rp/widgets@2024-01-01"
  name      = "w2"
  parent_id = azapi_resource.rg.id
}
resource "azapi_resource" "anywhere" {
  type      = "Test.Rp/everywhere@2024-01-01"
  name      = "e1"
  parent_id = var.any
}
resource "azapi_update_resource" "known" {
  type        = "Test.Rp/widgets@2024-01-01"
  resource_id = "/subscriptions/s1/resourceGroups/rg1/providers/Test.Rp/widgets/w3"
}
resource "azapi_resource_action" "done" {
  type        = "Test.Rp/widgets@2024-01-01"
  resource_id = azapi_resource.w.id
  action      = "start"
}
resource "azurerm_resource_group" "main" {
  name     = "rg2"
  location = "westeurope"
}
data "azurerm_subscription" "current" {}
"#;
