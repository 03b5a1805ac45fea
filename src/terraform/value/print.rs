//! Values as tests write them: `string?` for an unknown string that may be null, `string!` for one that is not, `…`
//! for anything, `a | b` for one of two, `k?` for a key that may be there, `*` for all others, `~` behind what is
//! assumed, `#s` and `#e` behind what is sensitive or ephemeral.

use std::fmt::{self, Display, Write};

use super::{
    BlockValue, Change, Collection, ComputedAttribute, InstanceKey, Object, PartKind, Presence, ProviderCall,
    Sequence, Text, Value, ValueKind,
};
use crate::terraform::type_constraint::Type;

impl Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ValueKind::Unknown { ty: Type::Any, not_null } => {
                f.write_str(if *not_null { "…!" } else { "…" })?
            }
            ValueKind::Unknown { ty, not_null } => write!(f, "{ty}{}", if *not_null { "!" } else { "?" })?,
            ValueKind::Fails => f.write_str("fails")?,
            ValueKind::Null => f.write_str("null")?,
            ValueKind::Bool(value) => write!(f, "{value}")?,
            ValueKind::Number(number) => write!(f, "{number}")?,
            ValueKind::String(text) => write!(f, "{text}")?,
            ValueKind::Sequence(sequence) => write!(f, "{sequence}")?,
            ValueKind::Object(object) => write!(f, "{object}")?,
            ValueKind::OneOf(outcomes) => {
                let shown: Vec<String> = outcomes.iter().map(|one| one.value.to_string()).collect();
                write!(f, "({})", shown.join(" | "))?;
            }
            ValueKind::Computed(attribute) => write!(f, "{attribute}")?,
            ValueKind::Block(block) => write!(f, "<{block}>")?,
            ValueKind::ProviderCall(call) => write!(f, "{call}")?,
        }
        if matches!(self.kind, ValueKind::OneOf(_)) {
            return Ok(());
        }
        f.write_str(if self.marks.assumed { "~" } else { "" })?;
        f.write_str(if self.marks.sensitive { "#s" } else { "" })?;
        f.write_str(if self.marks.ephemeral { "#e" } else { "" })
    }
}

impl Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any"),
            Self::String => f.write_str("string"),
            Self::Number => f.write_str("number"),
            Self::Bool => f.write_str("bool"),
            Self::List(inner) => write!(f, "list({inner})"),
            Self::Set(inner) => write!(f, "set({inner})"),
            Self::Map(inner) => write!(f, "map({inner})"),
            Self::Tuple(types) => {
                let types: Vec<String> = types.iter().map(Self::to_string).collect();
                write!(f, "tuple({})", types.join(", "))
            }
            Self::Object(attributes) => {
                let shown = attributes.iter().map(|(name, attribute)| {
                    let default = attribute.default.as_ref().map(|value| format!(" = {value}"));
                    let mark = if attribute.optional { "?" } else { "" };
                    format!("{name}{mark}: {}{}", attribute.ty, default.unwrap_or_default())
                });
                write!(f, "object({})", shown.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

impl Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for part in self.parts.iter() {
            match &part.kind {
                PartKind::Known(text) => write!(f, "{}", text.replace('\n', "\\n"))?,
                PartKind::Unknown => f.write_char('…')?,
                PartKind::Computed(attribute) => write!(f, "{attribute}")?,
                PartKind::Called(call) => write!(f, "{call}")?,
                PartKind::Json(value) => write!(f, "json({value})")?,
                PartKind::Folder(super::Folder::Module(_)) => f.write_str("<path.module>")?,
                PartKind::Folder(super::Folder::Root) => f.write_str("<path.root>")?,
            }
        }
        f.write_char('"')
    }
}

impl Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = |presence| if presence == Presence::Maybe { "?" } else { "" };
        let elements = self.elements.iter().map(|it| format!("{}{}", mark(it.presence), it.value));
        let shown: Vec<String> = elements.chain(self.rest.iter().map(|rest| format!("*{rest}"))).collect();
        write!(f, "{}[{}]", name(self.collection), shown.join(", "))
    }
}

impl Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = |presence| if presence == Presence::Maybe { "?" } else { "" };
        let items = self.items.iter().map(|(key, it)| format!("{key}{} = {}", mark(it.presence), it.value));
        let shown: Vec<String> = items.chain(self.rest.iter().map(|rest| format!("* = {rest}"))).collect();
        write!(f, "{}{{{}}}", name(self.collection), shown.join(", "))
    }
}

fn name(collection: Collection) -> &'static str {
    match collection {
        Collection::Tuple | Collection::Object => "",
        Collection::List => "list",
        Collection::Set => "set",
        Collection::Map => "map",
    }
}

impl Display for ComputedAttribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}<{}.{}>", changes(&self.changes), self.block, self.path.join("."))
    }
}

impl Display for ProviderCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arguments: Vec<String> = self.arguments.iter().map(Value::to_string).collect();
        write!(f, "{}{}({})", changes(&self.changes), self.name, arguments.join(", "))?;
        self.path.iter().try_for_each(|step| write!(f, ".{step}"))
    }
}

/// The last one first, as they would be written around a value.
fn changes(changes: &[Change]) -> String {
    let shown = changes.iter().rev().map(|change| match change {
        Change::Lower => "lower ".to_owned(),
        Change::Upper => "upper ".to_owned(),
        Change::Replace { searched, replacement } => format!("replace({searched}, {replacement}) "),
    });
    shown.collect()
}

impl Display for BlockValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in self.module.0.iter() {
            write!(f, "module.{}{}.", step.name, step.instance)?;
        }
        write!(f, "{}{}", self.address, self.instance)
    }
}

impl Display for InstanceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Index(at) => write!(f, "[{at}]"),
            Self::Key(key) => write!(f, "[\"{key}\"]"),
            Self::Unknown => f.write_str("[…]"),
        }
    }
}
