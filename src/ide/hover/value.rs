//! Values as a hover shows them: HCL in one line, `…` for what is not known.

use crate::azapi::emit;
use crate::terraform::functions::rendered;
use crate::terraform::{PartKind, Text, Value, ValueKind};

/// A longer text is cut.
const LONGEST: usize = 300;
/// So many outcomes are named beside the one that is assumed.
const MOST_OTHERS: usize = 5;
/// Collections in one another are written out so deep.
const DEEPEST: u32 = 6;

/// One value.
pub(super) fn shown(value: &Value) -> String {
    let mut out = String::new();
    write(value, DEEPEST, &mut out);
    match out.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &out[..end]),
        None => out,
    }
}

/// Each outcome once; none where nothing is known.
pub(super) fn shown_outcomes(value: &Value) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for one in value.assumed().outcomes() {
        let text = shown(one);
        if !all.contains(&text) {
            all.push(text);
        }
    }
    if all.iter().all(|text| text == "…") { Vec::new() } else { all }
}

/// What else it may be where variables are set otherwise, as far as that is known.
pub(super) fn other_outcomes(value: &Value, assumed: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for one in value.outcomes().map(shown) {
        if one != assumed && one != "…" && !all.contains(&one) {
            all.push(one);
        }
    }
    all.truncate(MOST_OTHERS);
    all
}

/// Whether a variable's default, or what a file gives it, has a part in it.
pub(super) fn is_assumed(value: &Value) -> bool {
    is_assumed_within(value, DEEPEST)
}

fn is_assumed_within(value: &Value, depth: u32) -> bool {
    if value.marks.assumed || depth == 0 {
        return value.marks.assumed;
    }
    match &value.kind {
        ValueKind::OneOf(outcomes) => outcomes.iter().any(|it| is_assumed_within(&it.value, depth - 1)),
        ValueKind::Sequence(list) => list.elements.iter().any(|it| is_assumed_within(&it.value, depth - 1)),
        ValueKind::Object(object) => object.items.values().any(|it| is_assumed_within(&it.value, depth - 1)),
        _ => false,
    }
}

fn write(value: &Value, depth: u32, out: &mut String) {
    if value.marks.sensitive {
        return out.push_str("(sensitive)");
    }
    if out.len() > LONGEST || depth == 0 {
        return out.push('…');
    }
    match &value.kind {
        ValueKind::Unknown { .. } | ValueKind::Fails | ValueKind::ProviderCall(_) => out.push('…'),
        ValueKind::Null => out.push_str("null"),
        ValueKind::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        ValueKind::Number(number) => out.push_str(&number.to_string()),
        ValueKind::String(text) => string(text, out),
        ValueKind::Sequence(list) => {
            out.push('[');
            for (at, element) in list.elements.iter().enumerate() {
                if out.len() > LONGEST {
                    break;
                }
                out.push_str(if at > 0 { ", " } else { "" });
                write(&element.value, depth - 1, out);
            }
            rest(list.rest.is_some(), list.elements.is_empty(), out);
            out.push(']');
        }
        ValueKind::Object(object) => {
            out.push_str(if object.items.is_empty() { "{" } else { "{ " });
            for (at, (key, item)) in object.items.iter().enumerate() {
                if out.len() > LONGEST {
                    break;
                }
                out.push_str(if at > 0 { ", " } else { "" });
                out.push_str(&format!("{} = ", emit::key(key)));
                write(&item.value, depth - 1, out);
            }
            rest(object.rest.is_some(), object.items.is_empty(), out);
            out.push_str(if object.items.is_empty() { "}" } else { " }" });
        }
        ValueKind::OneOf(outcomes) => {
            for (at, one) in outcomes.iter().enumerate() {
                out.push_str(if at > 0 { " | " } else { "" });
                write(&one.value, depth - 1, out);
            }
        }
        ValueKind::Computed(attribute) => {
            out.push_str(&format!("{}.{}", attribute.block.address, attribute.path.join(".")));
        }
        ValueKind::Block(block) => out.push_str(&block.address.to_string()),
    }
}

fn rest(is_there: bool, is_empty: bool, out: &mut String) {
    if is_there {
        out.push_str(if is_empty { "…" } else { ", …" });
    }
}

fn string(text: &Text, out: &mut String) {
    if let Some(known) = rendered(text) {
        let known: String = known.chars().take(LONGEST).collect();
        return out.push_str(&emit::string(&known));
    }
    out.push('"');
    for part in &*text.parts {
        match &part.kind {
            PartKind::Known(known) => {
                let quoted = emit::string(&known.chars().take(LONGEST).collect::<String>());
                out.push_str(&quoted[1..quoted.len() - 1]);
            }
            PartKind::Computed(attribute) => {
                let (address, path) = (&attribute.block.address, attribute.path.join("."));
                out.push_str(&format!("${{{address}.{path}}}"));
            }
            _ => out.push('…'),
        }
    }
    out.push('"');
}
