//! Values of an example, and how `terraform fmt` lays them out.

use super::plausible::Plausible;
use crate::azapi::emit;
use crate::azapi::noun::snake;
use crate::azapi::skeleton::{Draft, Style, Writer};
use crate::schema::{Property, SchemaType, TypeKind};

/// What services call the tier that most resources have.
pub(super) const USUAL: &str = "Standard";

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

/// Makes values of drafts: what is written openly and, apart from it, the secrets, each with the path of its keys. A
/// secret in a list stays where it is: no other argument reaches it.
pub(super) struct Cutter<'s, 't> {
    pub(super) plausible: Plausible<'s, 't>,
    pub(super) secrets: Vec<Secret>,
}

impl Cutter<'_, '_> {
    /// `None` for what held nothing but secrets, so that it is not written twice.
    pub(super) fn cut(
        &mut self,
        ty: SchemaType<'_>,
        description: Option<&str>,
        draft: &Draft,
        path: &[String],
    ) -> Option<Value> {
        match draft {
            Draft::Object(items) => self.object(ty, items, path, false),
            other => Some(self.whole(ty, description, other, path)),
        }
    }

    fn object(
        &mut self,
        ty: SchemaType<'_>,
        items: &[(String, Draft)],
        path: &[String],
        is_in_list: bool,
    ) -> Option<Value> {
        let mut open: Vec<(String, Value)> = Vec::new();
        for (key, value) in items {
            let path: Vec<String> = path.iter().chain([key]).cloned().collect();
            let value = match property(ty, key, items) {
                Some(found) if is_secret(found.ty) => {
                    if is_in_list {
                        Some(Value::of(value))
                    } else {
                        let is_text = matches!(found.ty.kind(), TypeKind::String { .. });
                        self.secrets.push(Secret { path, is_text });
                        None
                    }
                }
                Some(found) if is_in_list => {
                    Some(self.whole(found.ty, found.description.as_deref(), value, &path))
                }
                Some(found) => self.cut(found.ty, found.description.as_deref(), value, &path),
                None => Some(Value::of(value)),
            };
            open.extend(value.map(|value| (key.clone(), value)));
        }
        (!open.is_empty() || items.is_empty()).then_some(Value::Object(open))
    }

    /// With the secrets in it.
    fn whole(
        &mut self,
        ty: SchemaType<'_>,
        description: Option<&str>,
        draft: &Draft,
        path: &[String],
    ) -> Value {
        match draft {
            Draft::Text(text) => Value::string(&self.plausible.text(ty, description, path, text)),
            Draft::Object(items) => {
                self.object(ty, items, path, true).unwrap_or_else(|| Value::Object(Vec::new()))
            }
            Draft::List(items) => {
                let of = ty.alternatives().into_iter().find_map(|one| match one.kind() {
                    TypeKind::Array { items, .. } => Some(items),
                    _ => None,
                });
                let item = |item: &Draft| match of {
                    Some(of) => self.whole(of, description, item, path),
                    None => Value::of(item),
                };
                Value::List(items.iter().map(item).collect())
            }
            other => Value::of(other),
        }
    }
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

/// What a key in a drafted object is.
struct Found<'s> {
    ty: SchemaType<'s>,
    description: Option<String>,
}

/// The property of a key in a drafted object, whose items say which variant it is.
fn property<'s>(ty: SchemaType<'s>, key: &str, items: &[(String, Draft)]) -> Option<Found<'s>> {
    let found = |property: Property<'s>| Found { ty: property.ty(), description: property.description() };
    ty.alternatives().into_iter().find_map(|one| match one.kind() {
        TypeKind::Object(object) => {
            let declared = object.property(key).map(found);
            declared.or_else(|| Some(Found { ty: object.additional_properties()?, description: None }))
        }
        TypeKind::Discriminated(base) => {
            let own = base.base_property(key).map(found);
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
