//! A body as a tree of texts, made from its type.

use crate::azapi::body::Form;
use crate::azapi::emit;
use crate::azapi::skeleton::{self, Draft, Style, Writer};
use crate::schema::{DiscriminatedType, Property, ResourceVersion, SchemaType, TypeKind};

/// Objects in objects are filled so deep with what is not required.
const DEPTH: usize = 4;
/// Required things lie no deeper than this, or the type is left out.
const DEEPEST: usize = 12;
/// Values of one body.
const VALUES: usize = 60;
/// A list is given no more items.
const ITEMS: u64 = 5;

#[derive(Debug, Clone)]
pub(super) enum Tree<'s> {
    Object {
        items: Vec<(String, Tree<'s>)>,
        form: Form<'s>,
    },
    List {
        items: Vec<Tree<'s>>,
        most: Option<u64>,
    },
    /// As it is written; `ty` where damage to it is certain to be one.
    Leaf {
        text: String,
        ty: Option<SchemaType<'s>>,
    },
}

/// The marks around what is damaged, in texts that are not written yet.
pub(super) const MARK: char = '\u{1}';

impl Tree<'_> {
    pub(super) fn write(&self, indent: &str, out: &mut String) {
        let inner = format!("{indent}  ");
        match self {
            Self::Leaf { text, .. } => out.push_str(text),
            Self::List { items, .. } => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at > 0 { ", " } else { "" });
                    item.write(indent, out);
                }
                out.push(']');
            }
            Self::Object { items, .. } => {
                out.push_str("{\n");
                for (name, value) in items {
                    out.push_str(&inner);
                    out.push_str(&written_key(name));
                    out.push_str(" = ");
                    value.write(&inner, out);
                    out.push('\n');
                }
                out.push_str(indent);
                out.push('}');
            }
        }
    }

    pub(super) fn text(&self, indent: &str) -> String {
        let mut out = String::new();
        self.write(indent, &mut out);
        out
    }
}

fn written_key(name: &str) -> String {
    match name.strip_prefix(MARK).and_then(|rest| rest.strip_suffix(MARK)) {
        Some(name) => format!("{MARK}{}{MARK}", emit::key(name)),
        None => emit::key(name),
    }
}

/// A resource's body, with what the arguments around it give.
#[derive(Debug, Clone)]
pub(super) struct Body<'s> {
    pub(super) tree: Tree<'s>,
    /// The text of the argument `name`.
    pub(super) name: String,
    pub(super) has_location: bool,
}

pub(super) struct Generator {
    state: u64,
    left: usize,
}

impl Generator {
    pub(super) fn new(seed: u64) -> Self {
        Self { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1, left: VALUES }
    }

    fn below(&mut self, bound: usize) -> usize {
        self.state =
            self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.state >> 33) as usize) % bound.max(1)
    }

    /// `None` for a type whose body cannot be made up: it needs too much, or a text that is not found.
    pub(super) fn body<'s>(&mut self, version: ResourceVersion<'s>) -> Option<Body<'s>> {
        let ty = version.body();
        let (form, name) = match ty.kind() {
            TypeKind::Object(object) => {
                let name = object.property("name").map(|property| property.ty());
                (Form::plain(object), name.map_or_else(|| Some("\"name1\"".to_owned()), leaf_text)?)
            }
            TypeKind::Discriminated(base) => {
                let form = self.variant(base)?;
                let selected = form.selected_by.filter(|_| base.discriminator() == "name");
                let name = match selected {
                    Some(value) => emit::string(value),
                    None => match base.base_property("name") {
                        Some(property) => leaf_text(property.ty())?,
                        None => "\"name1\"".to_owned(),
                    },
                };
                (form, name)
            }
            _ => return None,
        };
        let location = form.member("location").and_then(|member| member.property);
        let has_location = location.is_some_and(|it| !it.flags().read_only() && is_plain_string(it.ty()));
        let tree = self.object(form, 0)?;
        let Tree::Object { mut items, form } = tree else { return None };
        items.retain(|(key, _)| {
            !matches!(key.as_str(), "name" | "location" | "tags" | "id" | "type" | "apiVersion")
        });
        Some(Body { tree: Tree::Object { items, form }, name, has_location })
    }

    fn variant<'s>(&mut self, base: DiscriminatedType<'s>) -> Option<Form<'s>> {
        let all = Form::all(base);
        let at = self.below(all.len());
        all.get(at).copied()
    }

    fn object<'s>(&mut self, form: Form<'s>, depth: usize) -> Option<Tree<'s>> {
        if depth > DEEPEST {
            return None;
        }
        let selection = form.selection();
        let mut properties: Vec<(Property<'s>, bool)> = form.properties().collect();
        properties.sort_by_key(|(property, _)| (!property.flags().required(), property.name()));
        properties.dedup_by_key(|(property, _)| property.name());
        let mut items = Vec::new();
        for (property, of_base) in properties {
            let flags = property.flags();
            let is_needed = flags.required() && (of_base || !flags.read_only());
            if flags.read_only() && !is_needed {
                continue;
            }
            // Where base and variant contradict each other, no body is right.
            let counts = form.member(property.name()).and_then(|member| member.property);
            if counts.is_some_and(|counts| counts.flags() != flags) {
                return None;
            }
            let is_root_name = depth == 0 && property.name() == "name";
            if is_root_name || !is_needed && (depth >= DEPTH || self.left == 0 || self.below(5) < 2) {
                continue;
            }
            let value = match selection.filter(|(name, _)| *name == property.name()) {
                Some((_, value)) => Some(Tree::Leaf { text: emit::string(value), ty: None }),
                None => self.value(property.ty(), depth + 1),
            };
            match value {
                Some(value) => items.push((property.name().to_owned(), value)),
                None if is_needed => return None,
                None => {}
            }
        }
        if let Some(further) = form.object.and_then(|object| object.additional_properties())
            && let Some(value) = self.value(further, depth + 1)
        {
            items.push(("further-1".to_owned(), value));
        }
        Some(Tree::Object { items, form })
    }

    fn value<'s>(&mut self, ty: SchemaType<'s>, depth: usize) -> Option<Tree<'s>> {
        self.left = self.left.saturating_sub(1);
        match ty.kind() {
            TypeKind::Object(object) => self.object(Form::plain(object), depth),
            TypeKind::Discriminated(base) => {
                let form = self.variant(base)?;
                self.object(form, depth)
            }
            TypeKind::Array { items, min_length, max_length } => {
                let least = min_length.unwrap_or(0);
                let count = least.max(self.below(3) as u64).min(max_length.unwrap_or(u64::MAX));
                if count > ITEMS || least > count || depth > DEEPEST {
                    return None;
                }
                let all: Option<Vec<_>> = (0..count).map(|_| self.value(items, depth + 1)).collect();
                Some(Tree::List { items: all?, most: max_length })
            }
            TypeKind::Union(_) => {
                let elements = ty.alternatives();
                let is_closed = elements.iter().all(|it| matches!(it.kind(), TypeKind::Literal(_)));
                let element = *elements.get(self.below(elements.len()))?;
                let value = self.value(element, depth)?;
                let text = value.text("");
                // Any other element may allow what is damaged.
                Some(Tree::Leaf { text, ty: is_closed.then_some(ty) })
            }
            TypeKind::Any => Some(Tree::Leaf { text: "\"anything\"".to_owned(), ty: None }),
            _ => Some(Tree::Leaf { text: leaf_text(ty)?, ty: Some(ty) }),
        }
    }
}

fn is_plain_string(ty: SchemaType<'_>) -> bool {
    matches!(ty.kind(), TypeKind::String { pattern: None, .. })
}

/// `None` where no text is found that the type takes.
fn leaf_text(ty: SchemaType<'_>) -> Option<String> {
    let draft = skeleton::draft(ty);
    if let (TypeKind::String { min_length, pattern, .. }, Draft::Text(text)) = (ty.kind(), &draft) {
        let fits = pattern.is_none_or(|pattern| crate::azapi::validate::allows(pattern, text));
        if !fits || (text.len() as u64) < min_length.unwrap_or(0) {
            return None;
        }
    }
    let mut writer = Writer::new(Style::Plain, "");
    writer.value(&draft);
    Some(writer.finish())
}
