//! Values of an example, and how `terraform fmt` lays them out.

use crate::azapi::emit;
use crate::azapi::noun::snake;
use crate::azapi::skeleton::{Draft, Style, Writer};
use crate::schema::{SchemaType, TypeKind};

/// What services call the tier that most resources have.
const USUAL: &str = "Standard";

/// A value in an example.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// HCL as it stands.
    Raw(String),
    /// Items of an object.
    Object(Vec<(String, Value)>),
    /// Items of a list.
    List(Vec<Value>),
}

impl Value {
    pub(super) fn string(text: &str) -> Self {
        Value::Raw(emit::string(text))
    }

    fn of(draft: &Draft) -> Self {
        match draft {
            Draft::Object(items) => {
                Value::Object(items.iter().map(|(key, value)| (key.clone(), Value::of(value))).collect())
            }
            Draft::List(items) => Value::List(items.iter().map(Value::of).collect()),
            Draft::Blank => Value::Raw("null".to_owned()),
            // Of several tiers the first is often one that is no longer sold.
            Draft::Choice(values) if values.iter().any(|value| value == USUAL) => Value::string(USUAL),
            scalar => {
                let mut writer = Writer::new(Style::Plain, "");
                writer.value(scalar);
                Value::Raw(writer.finish())
            }
        }
    }

    /// In one line where that is short and simple, else over lines that begin with `indent`.
    pub(super) fn write(&self, indent: &str, out: &mut String) {
        match self {
            Value::Raw(text) => out.push_str(text),
            Value::Object(items) if items.is_empty() => out.push_str("{}"),
            Value::Object(items) => {
                out.push_str("{\n");
                let deeper = format!("{indent}  ");
                let items: Vec<(String, &Value)> =
                    items.iter().map(|(key, value)| (emit::key(key), value)).collect();
                write_items(&items, &deeper, out);
                out.push_str(indent);
                out.push('}');
            }
            Value::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at > 0 { ", " } else { "" });
                    item.write(indent, out);
                }
                out.push(']');
            }
        }
    }

    fn is_one_line(&self) -> bool {
        match self {
            Value::Raw(text) => !text.contains('\n'),
            Value::Object(items) => items.is_empty(),
            Value::List(items) => items.iter().all(Value::is_one_line),
        }
    }
}

/// `key = value` lines; the signs of neighbours in one line each stand below one another.
pub(super) fn write_items(items: &[(String, &Value)], indent: &str, out: &mut String) {
    let mut at = 0;
    while at < items.len() {
        let is_short = |(_, value): &&(String, &Value)| value.is_one_line();
        let run = items[at..].iter().take_while(is_short).count().max(1);
        let run = &items[at..at + run];
        let is_aligned = run.iter().all(|item| is_short(&item));
        let width = run.iter().map(|(key, _)| key.chars().count()).max().unwrap_or(0);
        for (key, value) in run {
            let width = if is_aligned { width } else { 0 };
            out.push_str(&format!("{indent}{key:width$} = "));
            value.write(indent, out);
            out.push('\n');
        }
        at += run.len();
    }
}

/// A drafted body, cut in what is written openly and what is a secret; each secret with the path of its keys. A secret
/// in a list stays where it is: no other argument reaches it.
pub(super) fn cut(
    ty: SchemaType<'_>,
    draft: &Draft,
    path: &[String],
    secrets: &mut Vec<Secret>,
) -> Option<Value> {
    let Draft::Object(items) = draft else { return Some(Value::of(draft)) };
    let open = items.iter().filter_map(|(key, value)| {
        let path: Vec<String> = path.iter().chain([key]).cloned().collect();
        match property(ty, key, items) {
            Some(ty) if is_secret(ty) => {
                secrets.push(Secret { path, is_text: matches!(ty.kind(), TypeKind::String { .. }) });
                None
            }
            Some(ty) => Some((key.clone(), cut(ty, value, &path, secrets)?)),
            None => Some((key.clone(), Value::of(value))),
        }
    });
    let open: Vec<(String, Value)> = open.collect();
    // What held nothing but secrets is not written twice.
    (!open.is_empty() || items.is_empty()).then_some(Value::Object(open))
}

/// Something that is written in `sensitive_body`.
#[derive(Debug)]
pub(super) struct Secret {
    pub(super) path: Vec<String>,
    pub(super) is_text: bool,
}

impl Secret {
    /// The variable that holds it: `administratorLoginPassword` is `administrator_login_password`.
    pub(super) fn variable(&self) -> String {
        snake(self.path.last().map_or("secret", String::as_str))
    }
}

/// All secrets as one object.
pub(super) fn sensitive_body(secrets: &[Secret]) -> Value {
    let mut root = Value::Object(Vec::new());
    for secret in secrets {
        put(&mut root, &secret.path, Value::Raw(format!("var.{}", secret.variable())));
    }
    root
}

fn put(into: &mut Value, path: &[String], value: Value) {
    let (Value::Object(items), [key, rest @ ..]) = (into, path) else { return };
    let at = items.iter().position(|(known, _)| known == key).unwrap_or_else(|| {
        items.push((key.clone(), Value::Object(Vec::new())));
        items.len() - 1
    });
    if rest.is_empty() {
        items[at].1 = value;
    } else {
        put(&mut items[at].1, rest, value);
    }
}

fn is_secret(ty: SchemaType<'_>) -> bool {
    ty.alternatives().into_iter().any(|one| match one.kind() {
        TypeKind::String { sensitive, .. } => sensitive,
        TypeKind::Object(object) => object.sensitive(),
        _ => false,
    })
}

/// The type of a key in a drafted object, whose items say which variant it is.
fn property<'s>(ty: SchemaType<'s>, key: &str, items: &[(String, Draft)]) -> Option<SchemaType<'s>> {
    ty.alternatives().into_iter().find_map(|one| match one.kind() {
        TypeKind::Object(object) => {
            let declared = object.property(key).map(|property| property.ty());
            declared.or_else(|| object.additional_properties())
        }
        TypeKind::Discriminated(base) => {
            let own = base.base_property(key).map(|property| property.ty());
            own.or_else(|| {
                let chosen = items.iter().find_map(|(name, value)| match value {
                    Draft::Fixed(value) if name == base.discriminator() => base.variant(value),
                    _ => None,
                });
                let variants = base.variants().map(|(_, variant)| variant);
                chosen.into_iter().chain(variants).find_map(|variant| property(variant, key, items))
            })
        }
        _ => None,
    })
}
