//! Configurations and pieces of text by chance: the items of the configurations under `tests/data`, with what lexers,
//! lines and columns stumble over.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use fastrand::Rng;

use crate::model::{self, Change, Encoding, Place};

/// Breaks, marks and characters of every width.
const ODD: [&str; 18] = [
    "\n",
    "\r\n",
    "\r",
    "\u{feff}",
    "\0",
    "\u{2028}",
    "\u{85}",
    "\u{b}",
    "\t",
    "😀",
    "é",
    "e\u{301}",
    "𝒳",
    "\u{10ffff}",
    "\u{200d}",
    "中",
    "\u{7f}",
    "\u{1b}[0m",
];

/// What opens, closes and separates.
const TOKENS: [&str; 62] = [
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\"",
    "${",
    "%{",
    "%{ if true }",
    "%{ endif }",
    "$${",
    "~}",
    "/*",
    "*/",
    "#",
    "//",
    "<<A\n",
    "<<-B\n",
    "A\n",
    "\nB\n",
    "=",
    "==",
    "=>",
    ",",
    ".",
    "...",
    "?",
    ":",
    "*",
    "[*]",
    ".*",
    "@",
    "\\",
    "\\u12",
    "`",
    "'",
    ";",
    "&&",
    "||",
    "!",
    "-",
    "1e9",
    "0.5",
    "null",
    "true",
    "for",
    "for k, v in",
    "if",
    "in",
    "local.",
    "var.",
    "each.value",
    "module.child.",
    "azapi_resource.",
    ".id",
    ".output.",
    "type = ",
    "body = {",
    "properties = {",
    "dynamic",
    "a-b",
];

/// Small items that lead from one document to another.
const LINKS: [&str; 14] = [
    "module \"child\" {\n  source = \"./child\"\n  name   = local.name\n}\n",
    "variable \"name\" {\n  type    = string\n  default = \"registry1\"\n}\n",
    "variable \"name\" {\n  validation {\n    condition = contains([\"a\", \"b\"], var.name)\n  }\n}\n",
    "output \"id\" {\n  value = azapi_resource.it.id\n}\n",
    "locals {\n  name = \"x${var.name}\"\n  type = \"Microsoft.ContainerRegistry/registries@2023-07-01\"\n}\n",
    "locals {\n  type = \"Microsoft.ContainerRegistry/registries/tokens@2023-07-01\"\n}\n",
    "resource \"azapi_resource\" \"it\" {\n  type      = local.type\n  parent_id = module.child.id\n  name      = local.name\n  body = {\n    sku = { name = \"Premium\" }\n    properties = { adminUserEnabled = 1 }\n  }\n}\n",
    "resource \"azapi_resource\" \"under\" {\n  type      = \"Microsoft.ContainerRegistry/registries/tokens@2023-07-01\"\n  parent_id = azapi_resource.it.id\n  name      = \"token\"\n  body = { properties = { status = \"of\" } }\n}\n",
    "resource \"azapi_update_resource\" \"again\" {\n  type        = local.type\n  resource_id = azapi_resource.it.id\n  body        = local.body\n}\n",
    "locals {\n  body = { properties = { networkRuleSet = { defaultAction = \"Deny\", x = var.name } } }\n}\n",
    "provider \"azapi\" {\n  default_location = \"westeurope\"\n}\n",
    "terraform {\n  required_providers {\n    azapi = {\n      source  = \"azure/azapi\"\n      version = \"~> 2.0\"\n    }\n  }\n}\n",
    "import {\n  to = azapi_resource.it\n  id = \"/subscriptions/x\"\n}\n",
    "# azapi-ls: ignore\n",
];

/// The top-level items of the configurations under `tests/data`.
fn items() -> &'static [String] {
    static ITEMS: OnceLock<Vec<String>> = OnceLock::new();
    ITEMS.get_or_init(|| {
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")];
        let mut texts = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "tf") {
                    texts.push((path.clone(), fs::read_to_string(&path).expect("a text")));
                }
            }
        }
        texts.sort();
        let items = texts.iter().flat_map(|(_, text)| text.split_inclusive("\n}\n"));
        items.map(str::to_owned).filter(|item| item.len() < 4000).collect()
    })
}

/// One top-level item.
pub(crate) fn item(rng: &mut Rng) -> String {
    match rng.u8(..3) {
        0 => rng.choice(items()).expect("configurations").clone(),
        _ => (*rng.choice(LINKS).expect("items")).to_owned(),
    }
}

/// A file of up to so many items, more or less intact.
pub(crate) fn configuration(rng: &mut Rng, most: usize) -> String {
    let mut text = String::new();
    for _ in 0..rng.usize(0..=most) {
        text.push_str(&item(rng));
    }
    match rng.u8(..4) {
        0 => text = text.replace('\n', "\r\n"),
        1 if rng.bool() => text = text.replace('\n', "\r"),
        _ => {}
    }
    if rng.u8(..4) == 0 {
        for _ in 0..rng.u8(1..8) {
            let at = boundary(rng, &text);
            text.insert_str(at, &piece(rng));
        }
    }
    if rng.u8(..5) == 0 {
        text.insert(0, '\u{feff}');
    }
    text
}

/// Something to type or to paste.
pub(crate) fn piece(rng: &mut Rng) -> String {
    match rng.u8(..12) {
        0 => item(rng),
        1 => {
            let item = item(rng);
            let (one, other) = (boundary(rng, &item), boundary(rng, &item));
            item[one.min(other)..one.max(other)].to_owned()
        }
        2 => ODD.map(|odd| if rng.u8(..4) == 0 { odd } else { "" }).concat(),
        3..=5 => (*rng.choice(ODD).expect("characters")).to_owned(),
        6 => char::from(rng.u8(b' '..=b'~')).to_string(),
        _ => (*rng.choice(TOKENS).expect("tokens")).to_owned(),
    }
}

/// A byte that begins a character, or the end.
pub(crate) fn boundary(rng: &mut Rng, text: &str) -> usize {
    let mut at = rng.usize(0..=text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Some place of a text; now and then one that the text does not have.
pub(crate) fn place(rng: &mut Rng, text: &str, encoding: Encoding) -> Place {
    let at = match rng.u8(..12) {
        0 => 0,
        1 => text.len(),
        // Where something odd is.
        2..=4 => {
            let odd: Vec<usize> = text
                .char_indices()
                .filter(|(_, it)| !it.is_ascii_graphic() && *it != ' ')
                .map(|it| it.0)
                .collect();
            rng.choice(odd).unwrap_or(0)
        }
        _ => boundary(rng, text),
    };
    let mut place = model::place(text, at, encoding);
    match rng.u8(..40) {
        0 => place.line += rng.u32(1..5),
        1 => place.column += rng.u32(1..100),
        2 => place.column = u32::MAX >> rng.u8(0..2),
        3 => place.line = u32::MAX >> rng.u8(0..2),
        _ => {}
    }
    place
}

/// A change of a text.
pub(crate) fn change(rng: &mut Rng, text: &str, encoding: Encoding) -> Change {
    if rng.u8(..30) == 0 {
        return Change { range: None, text: configuration(rng, 4) };
    }
    let start = place(rng, text, encoding);
    let at = model::offset(text, start, encoding);
    let end = match rng.u8(..10) {
        0..=3 => start,
        4 => place(rng, text, encoding),
        5 => Place { line: start.line.saturating_add(rng.u32(0..4)), column: rng.u32(0..9) },
        // Inside a wide character too.
        6 => Place { line: start.line, column: start.column.saturating_add(rng.u32(1..4)) },
        _ => {
            let len = rng.usize(0..12);
            let end = (at..=text.len()).filter(|&end| text.is_char_boundary(end)).take(len + 1).last();
            model::place(text, end.unwrap_or(at), encoding)
        }
    };
    let text = if rng.u8(..3) == 0 { String::new() } else { piece(rng) };
    Change { range: Some([start, end]), text }
}
