//! Paths into a body: `properties.rules.*.action`, `[kind=Circle].properties.radius`, `"a.dotted".x`.
//!
//! `*` stands for any item of an array or any value under additional properties (a number does too),
//! `[DISCRIMINATOR=VALUE]` picks a variant, and a key that holds a dot, a bracket or a quote is quoted.

use std::fmt;

use super::types::{DiscriminatedType, Property, SchemaType, TypeKind};
use crate::text::closest;

/// Unions inside unions are looked through to this depth.
const DEEPEST_UNION: usize = 8;
/// How many near names an error holds at most.
const NEAR_NAMES: usize = 3;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// The property of this name.
    Property(String),
    /// Any item, or any value of an undeclared key.
    Any,
    /// The variant that this value of this discriminator selects.
    Variant {
        /// The property that decides.
        discriminator: String,
        /// Its value.
        value: String,
    },
}

/// Where something stands in a body; without steps it is the body itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct BodyPath {
    steps: Vec<Step>,
}

/// What a path leads to.
#[derive(Debug, Clone, Copy)]
pub struct Resolved<'s> {
    /// The property; `None` for the body itself, for items and for values of undeclared keys.
    pub property: Option<Property<'s>>,
    /// Its type; of a chosen variant, the object that the value selects, without the base properties.
    pub ty: SchemaType<'s>,
}

/// Why a path leads nowhere. Its text is one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathError {
    /// The text is no path; says what was expected and the byte (from 0) where.
    Syntax {
        /// What is missing or too much.
        expected: &'static str,
        /// Byte of the path, from 0.
        at: usize,
    },
    /// Up to `before` it leads somewhere, but not on to `step`.
    Unknown {
        /// The part that leads somewhere; empty for the body itself.
        before: BodyPath,
        /// The step that cannot be taken.
        step: Step,
        /// Names that can stand there, nearest first, else the first ones that can.
        close: Vec<String>,
    },
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PathError::Syntax { expected, at } => {
                write!(f, "the path is cut short or malformed at byte {at}: expected {expected}")
            }
            PathError::Unknown { before, step, close } => {
                let step = BodyPath { steps: vec![step.clone()] };
                match before.steps.is_empty() {
                    true => write!(f, "the body has no `{step}`")?,
                    false => write!(f, "`{before}` has no `{step}`")?,
                }
                if !close.is_empty() {
                    write!(f, "; nearest: {}", close.join(", "))?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for PathError {}

impl FromIterator<Step> for BodyPath {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        BodyPath { steps: steps.into_iter().collect() }
    }
}

impl fmt::Display for BodyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.steps.iter().enumerate() {
            if index > 0 && !matches!(step, Step::Variant { .. }) {
                f.write_str(".")?;
            }
            match step {
                Step::Any => f.write_str("*")?,
                Step::Property(name) => write_word(f, name, &['.', '[', ']', '"', '*', '='])?,
                Step::Variant { discriminator, value } => {
                    f.write_str("[")?;
                    write_word(f, discriminator, &['[', ']', '"', '='])?;
                    f.write_str("=")?;
                    write_word(f, value, &['[', ']', '"'])?;
                    f.write_str("]")?;
                }
            }
        }
        Ok(())
    }
}

fn write_word(f: &mut fmt::Formatter<'_>, word: &str, special: &[char]) -> fmt::Result {
    if word.is_empty() || word.contains(special) {
        write!(f, "\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        f.write_str(word)
    }
}

impl std::str::FromStr for BodyPath {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        let mut reader = Reader { text, at: 0 };
        let mut steps = Vec::new();
        while !reader.rest().is_empty() {
            if reader.take("[") {
                steps.push(reader.variant()?);
                continue;
            }
            if !steps.is_empty() && !reader.take(".") {
                return Err(reader.error("`.` or `[`"));
            }
            let quoted = reader.rest().starts_with('"');
            let name = reader.word(&['.', '[', ']', '"'], "the name of a property")?;
            steps.push(if name == "*" && !quoted { Step::Any } else { Step::Property(name) });
        }
        Ok(BodyPath { steps })
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        self.at += if found { token.len() } else { 0 };
        found
    }

    fn error(&self, expected: &'static str) -> PathError {
        PathError::Syntax { expected, at: self.at }
    }

    /// Quoted, or up to one of `ends`.
    fn word(&mut self, ends: &[char], expected: &'static str) -> Result<String, PathError> {
        if self.take("\"") {
            return self.quoted();
        }
        let rest = self.rest();
        let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
        if word.is_empty() {
            return Err(self.error(expected));
        }
        self.at += word.len();
        Ok(word.to_owned())
    }

    fn quoted(&mut self) -> Result<String, PathError> {
        let mut word = String::new();
        let mut chars = self.rest().chars();
        while let Some(c) = chars.next() {
            self.at += c.len_utf8();
            match c {
                '"' => return Ok(word),
                '\\' => {
                    let escaped = chars.next().ok_or_else(|| self.error("a character"))?;
                    self.at += escaped.len_utf8();
                    word.push(escaped);
                }
                c => word.push(c),
            }
        }
        Err(self.error("a closing quote"))
    }

    fn variant(&mut self) -> Result<Step, PathError> {
        let discriminator = self.word(&['=', '[', ']', '"'], "the name of a discriminator")?;
        if !self.take("=") {
            return Err(self.error("`=`"));
        }
        let value = self.word(&['[', ']', '"'], "a value of the discriminator")?;
        if !self.take("]") {
            return Err(self.error("`]`"));
        }
        Ok(Step::Variant { discriminator, value })
    }
}

/// Where a walk along a path stands.
#[derive(Clone, Copy)]
struct Here<'s> {
    resolved: Resolved<'s>,
    /// The discriminated type whose variant was picked.
    base: Option<DiscriminatedType<'s>>,
}

impl BodyPath {
    /// Its steps.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// What it leads to from `body`.
    pub fn resolve<'s>(&self, body: SchemaType<'s>) -> Result<Resolved<'s>, PathError> {
        let mut here = Here { resolved: Resolved { property: None, ty: body }, base: None };
        for (index, step) in self.steps.iter().enumerate() {
            let next = take(here, step, DEEPEST_UNION);
            here = next.ok_or_else(|| PathError::Unknown {
                before: self.steps[..index].iter().cloned().collect(),
                step: step.clone(),
                close: close_steps(here, step),
            })?;
        }
        Ok(here.resolved)
    }

    /// Whether it leads anywhere from `body`, where a variant may also be a plain object: what was one
    /// object in an older version may have been split into variants since.
    pub fn is_in(&self, body: SchemaType<'_>) -> bool {
        let mut here = Here { resolved: Resolved { property: None, ty: body }, base: None };
        for step in &self.steps {
            let plain = matches!(here.resolved.ty.kind(), TypeKind::Object(_));
            if plain && matches!(step, Step::Variant { .. }) {
                continue;
            }
            match take(here, step, DEEPEST_UNION) {
                Some(next) => here = next,
                None => return false,
            }
        }
        true
    }
}

fn take<'s>(here: Here<'s>, step: &Step, depth: usize) -> Option<Here<'s>> {
    let into =
        |property: Option<Property<'s>>, ty| Some(Here { resolved: Resolved { property, ty }, base: None });
    let named = |property: Option<Property<'s>>| property.and_then(|p| into(Some(p), p.ty()));
    match (here.resolved.ty.kind(), step) {
        (TypeKind::Union(elements), _) if depth > 0 => elements.into_iter().find_map(|ty| {
            take(Here { resolved: Resolved { ty, ..here.resolved }, base: None }, step, depth - 1)
        }),
        (TypeKind::Object(object), Step::Property(name)) => {
            let base = || here.base.and_then(|base| base.base_property(name));
            named(object.property(name).or_else(base))
        }
        (TypeKind::Object(object), Step::Any) => into(None, object.additional_properties()?),
        (TypeKind::Discriminated(object), Step::Property(name)) => named(object.base_property(name)),
        (TypeKind::Discriminated(object), Step::Variant { discriminator, value }) => {
            let ty = object.variant(value).filter(|_| object.discriminator() == discriminator)?;
            Some(Here { resolved: Resolved { ty, ..here.resolved }, base: Some(object) })
        }
        (TypeKind::Array { items, .. }, Step::Any) => into(None, items),
        (TypeKind::Array { items, .. }, Step::Property(index))
            if index.bytes().all(|b| b.is_ascii_digit()) =>
        {
            into(None, items)
        }
        _ => None,
    }
}

/// The steps that can be taken instead of one that cannot, as they are written in a path.
fn close_steps(here: Here<'_>, step: &Step) -> Vec<String> {
    let mut steps = Vec::new();
    possible_steps(here, DEEPEST_UNION, &mut steps);
    let written = |step: &Step| BodyPath { steps: vec![step.clone()] }.to_string();
    let all: Vec<String> = steps.iter().map(written).collect();
    let wanted = written(step);
    // A property of some variants only: say which.
    let in_variants = variants_with(here, step);
    let near = closest(&wanted, all.iter().map(String::as_str), NEAR_NAMES);
    let near: Vec<String> = near.into_iter().map(str::to_owned).collect();
    match (in_variants.is_empty(), near.is_empty()) {
        (false, _) => in_variants,
        (true, false) => near,
        (true, true) => all.into_iter().take(NEAR_NAMES).collect(),
    }
}

fn possible_steps(here: Here<'_>, depth: usize, steps: &mut Vec<Step>) {
    let property = |p: Property<'_>| Step::Property(p.name().to_owned());
    match here.resolved.ty.kind() {
        TypeKind::Object(object) => {
            steps.extend(object.properties().map(property));
            steps.extend(here.base.iter().flat_map(|base| base.base_properties()).map(property));
            steps.extend(object.additional_properties().map(|_| Step::Any));
        }
        TypeKind::Discriminated(object) => {
            steps.extend(object.variants().map(|(value, _)| Step::Variant {
                discriminator: object.discriminator().to_owned(),
                value: value.to_owned(),
            }));
            steps.extend(object.base_properties().map(property));
        }
        TypeKind::Array { .. } => steps.push(Step::Any),
        TypeKind::Union(elements) if depth > 0 => {
            for ty in elements {
                let here = Here { resolved: Resolved { ty, ..here.resolved }, base: None };
                possible_steps(here, depth - 1, steps);
            }
        }
        _ => {}
    }
}

/// `[kind=Circle].radius` for each variant that has the property.
fn variants_with(here: Here<'_>, step: &Step) -> Vec<String> {
    let (TypeKind::Discriminated(object), Step::Property(name)) = (here.resolved.ty.kind(), step) else {
        return Vec::new();
    };
    let has = |ty: SchemaType<'_>| match ty.kind() {
        TypeKind::Object(variant) => variant.property(name).is_some(),
        _ => false,
    };
    let variants = object.variants().filter(|&(_, ty)| has(ty)).take(NEAR_NAMES);
    let path = |value: &str| {
        let variant =
            Step::Variant { discriminator: object.discriminator().to_owned(), value: value.to_owned() };
        BodyPath { steps: vec![variant, step.clone()] }.to_string()
    };
    variants.map(|(value, _)| path(value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::toy;
    use proptest::prelude::*;

    fn resolve(name: &str, path: &str) -> String {
        let body = toy::schema().resource_type(name).expect("a toy type").newest().body();
        match path.parse::<BodyPath>().and_then(|path| path.resolve(body)) {
            Ok(found) => {
                let name = found.property.map_or("-", Property::name);
                format!("{name}: {}", crate::schema::render::type_line(found.ty, 9))
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_path_leads_through_objects_items_values_variants_and_unions() {
        let widget = |path| resolve("Test.Rp/widgets", path);
        assert_eq!(widget(""), "-: object");
        assert_eq!(widget("properties.colour"), "colour: \"red\" | \"green\"");
        assert_eq!(widget("properties.rules.*.priority"), "priority: integer");
        assert_eq!(widget("properties.rules.0.priority"), "priority: integer");
        assert_eq!(widget("properties.rules.*"), "-: object");
        assert_eq!(widget("tags.*"), "-: string");
        assert_eq!(widget("properties.\"a.dotted\""), "a.dotted: string");
        assert_eq!(widget("properties.parts.*.parts.*.parts.*.label"), "label: string");
        assert_eq!(widget("properties.mixed.action"), "action: \"red\" | \"green\"");
        let shape = |path| resolve("Test.Rp/shapes", path);
        assert_eq!(shape("[kind=Circle].properties.radius"), "radius: integer");
        assert_eq!(shape("[kind=Square].name"), "name: string");
        assert_eq!(shape("[kind=Square]"), "-: object");
        assert_eq!(shape("id"), "id: string");
    }

    #[test]
    fn a_wrong_step_is_answered_with_the_nearest_right_ones() {
        let widget = |path| resolve("Test.Rp/widgets", path);
        assert_eq!(widget("properties.statuss"), "`properties` has no `statuss`; nearest: status");
        assert_eq!(widget("propertie"), "the body has no `propertie`; nearest: properties");
        assert_eq!(widget("properties.rules.action"), "`properties.rules` has no `action`; nearest: *");
        assert_eq!(widget("properties.status.x"), "`properties.status` has no `x`");
        assert_eq!(widget("location.*"), "`location` has no `*`");
        let shape = |path| resolve("Test.Rp/shapes", path);
        assert_eq!(shape("side"), "the body has no `side`; nearest: [kind=Square].side");
        assert_eq!(shape("[kind=Sqare]"), "the body has no `[kind=Sqare]`; nearest: [kind=Square]");
        assert_eq!(
            shape("[kind=Circle].properties.side"),
            "`[kind=Circle].properties` has no `side`; nearest: radius"
        );
    }

    #[test]
    fn a_malformed_path_says_what_is_expected_where() {
        let error = |path: &str| path.parse::<BodyPath>().expect_err("malformed").to_string();
        let expected = |at: usize, what: &str| {
            format!("the path is cut short or malformed at byte {at}: expected {what}")
        };
        assert_eq!(error("a."), expected(2, "the name of a property"));
        assert_eq!(error(".a"), expected(0, "the name of a property"));
        assert_eq!(error("a..b"), expected(2, "the name of a property"));
        assert_eq!(error("a]"), expected(1, "`.` or `[`"));
        assert_eq!(error("a[kind]"), expected(6, "`=`"));
        assert_eq!(error("a[kind=x"), expected(8, "`]`"));
        assert_eq!(error("\"a"), expected(2, "a closing quote"));
    }

    proptest! {
        #[test]
        fn a_path_is_read_back_as_it_was_written(
            names in prop::collection::vec(("[a-z.*\\[\\]\"\\\\=]{0,5}", "[a-z.\\]\"=]{0,4}", 0..3u8), 0..5),
        ) {
            let step = |(name, value, kind): (String, String, u8)| match kind {
                0 => Step::Any,
                1 => Step::Property(name),
                _ => Step::Variant { discriminator: name, value },
            };
            let path: BodyPath = names.into_iter().map(step).collect();
            prop_assert_eq!(path.to_string().parse::<BodyPath>(), Ok(path));
        }

        #[test]
        fn any_text_is_a_path_or_an_error(text in "\\PC{0,20}") {
            let _ = text.parse::<BodyPath>();
        }
    }
}
