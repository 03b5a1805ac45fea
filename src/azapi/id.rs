//! What is known of an ARM id before apply: its segments, put together from texts, templates, references to
//! other blocks and calls of azapi's functions.

use super::known_ids;
use super::resource::Resource;
use crate::schema::arm_id::{self, ArmId, ArmIdError, Segment};
use crate::schema::{Schema, Scope};
use crate::terraform::{ComputedAttribute, Evaluator, Part, PartKind, Value, ValueKind};

/// The segments of an id. The first is [`Segment::UnknownPath`] when nothing is known of where it begins.
pub type Segments = Vec<Segment<'static>>;

/// What an id is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Id {
    /// Nothing is known.
    Unknown,
    /// No ARM id at all; says why.
    Malformed(String),
    /// An ARM id, with what is known of it.
    Known(ArmId<'static>),
}

/// How many blocks may refer to each other's ids in a row.
const DEPTH: u32 = 32;

/// Reads ids of one module.
pub struct IdReader<'r, 'm> {
    evaluator: &'r Evaluator<'m>,
    schema: &'r Schema,
}

impl<'r, 'm> IdReader<'r, 'm> {
    /// `evaluator` says what may be assumed of variables.
    pub fn new(evaluator: &'r Evaluator<'m>, schema: &'r Schema) -> Self {
        Self { evaluator, schema }
    }

    /// What `value` is as an id. A conditional must be taken apart by the caller ([`Value::outcomes`]).
    pub(crate) fn id(&self, value: &Value) -> Id {
        if let Some(text) = value.as_str() {
            return match ArmId::parse(&text) {
                Ok(id) => Id::Known(id.into_owned()),
                Err(error) => Id::Malformed(error.to_string()),
            };
        }
        if let ValueKind::String(text) = &value.kind
            && let Some(reason) = malformed(&text.without_spans().parts)
        {
            return Id::Malformed(reason);
        }
        let Some(segments) = self.segments(value, 0) else { return Id::Unknown };
        match ArmId::from_segments(segments) {
            Ok(id) => Id::Known(id),
            Err(error) => Id::Malformed(error.to_string()),
        }
    }

    /// The segments of an id; `None` when nothing is known of it.
    fn segments(&self, value: &Value, depth: u32) -> Option<Segments> {
        if depth > DEPTH {
            return None;
        }
        match &value.kind {
            ValueKind::String(text) => self.text(&text.without_spans().parts, depth),
            ValueKind::Computed(attribute) => self.computed(attribute, depth),
            ValueKind::ProviderCall(call) => self.provider_call(&call.name, &call.arguments, depth),
            _ => None,
        }
    }

    fn text(&self, parts: &[Part], depth: u32) -> Option<Segments> {
        let (first, behind) = parts.split_first()?;
        let (mut segments, rest) = match &first.kind {
            PartKind::Known(_) => (Vec::new(), parts),
            PartKind::Computed(attribute) => {
                let base = self.computed(attribute, depth);
                (base.unwrap_or_else(|| vec![Segment::UnknownPath]), behind)
            }
            PartKind::Unknown | PartKind::Json(_) | PartKind::Folder(_) => {
                (vec![Segment::UnknownPath], behind)
            }
        };
        match rest {
            [] => {}
            [Part { kind: PartKind::Known(text), .. }, ..] if text.starts_with('/') => {
                append(&mut segments, rest);
            }
            // What follows a base without a slash changes its last name, or is itself the rest of the id.
            _ => return None,
        }
        Some(segments)
    }

    fn computed(&self, attribute: &ComputedAttribute, depth: u32) -> Option<Segments> {
        let (block, scope) = self.evaluator.block(&attribute.block)?;
        if let Some(resource) = Resource::in_scope(self.evaluator, self.schema, block, scope)
            && resource.has_arm_id()
            && let [name] = attribute.path.as_slice()
        {
            match &**name {
                "id" => return self.resource(&resource, depth),
                "parent_id" => return self.of_type(&resource.parent_type()?, Segment::Unknown),
                _ => {}
            }
        }
        match known_ids::types_of(attribute).as_slice() {
            [one] => self.of_type(one, Segment::Unknown),
            _ => None,
        }
    }

    /// The id of the resource that a block states.
    pub fn resource(&self, resource: &Resource<'_>, depth: u32) -> Option<Segments> {
        if let Some(written) = resource.argument(self.evaluator, "resource_id") {
            return self.segments(&written, depth + 1);
        }
        let resource_type = resource.type_name()?;
        let name = resource.name(self.evaluator).filter(|name| !name.is_empty() && !name.contains('/'));
        let name = name.map_or(Segment::Unknown, |name| Segment::Known(name.into()));
        let parent = resource.parent_value(self.evaluator);
        match parent.and_then(|parent| self.segments(&parent, depth + 1)) {
            Some(parent) => below(parent, &resource_type, name),
            None => self.of_type(&resource_type, name),
        }
    }

    /// An id of this type of which no more than the name is known: where the type can live at one scope only,
    /// that is where it begins.
    fn of_type(&self, resource_type: &str, name: Segment<'static>) -> Option<Segments> {
        let parent = match arm_id::parent_type(resource_type) {
            Some(parent) => self.of_type(parent, Segment::Unknown)?,
            None => self.only_scope(resource_type),
        };
        below(parent, resource_type, name)
    }

    fn only_scope(&self, resource_type: &str) -> Segments {
        let scopes = self.schema.resource_type(resource_type).map(|found| found.newest().readable_scopes());
        let mut scopes = scopes.iter().flat_map(|scopes| scopes.iter());
        match (scopes.next(), scopes.next()) {
            (Some(only), None) => scope_segments(only),
            _ => vec![Segment::UnknownPath],
        }
    }

    /// The provider's functions that build ids.
    fn provider_call(&self, name: &str, arguments: &[Value], depth: u32) -> Option<Segments> {
        let (base, rest) = match (name.strip_prefix("provider::azapi::")?, arguments) {
            ("tenant_resource_id", rest) => (Vec::new(), rest),
            ("management_group_resource_id", [_, rest @ ..]) => {
                (scope_segments(Scope::ManagementGroup), rest)
            }
            ("subscription_resource_id", [_, rest @ ..]) => (scope_segments(Scope::Subscription), rest),
            ("resource_group_resource_id", [_, _, rest @ ..]) => (scope_segments(Scope::ResourceGroup), rest),
            ("build_resource_id" | "extension_resource_id", [base, rest @ ..]) => {
                let base = self.segments(base, depth + 1);
                let base = base.unwrap_or_else(|| vec![Segment::UnknownPath]);
                (base, rest)
            }
            _ => return None,
        };
        let resource_type = rest.first()?.as_str()?;
        let resource_type = resource_type.split('@').next()?;
        if name.ends_with("build_resource_id") {
            return below(base, resource_type, Segment::Unknown);
        }
        let mut types = resource_type.split('/');
        let namespace = types.next()?.to_owned();
        let mut segments = base;
        segments.extend([known("providers"), Segment::Known(namespace.into())]);
        for one in types {
            segments.extend([Segment::Known(one.to_owned().into()), Segment::Unknown]);
        }
        Some(segments)
    }
}

fn known(text: &'static str) -> Segment<'static> {
    Segment::Known(text.into())
}

/// The segments of a scope's own id.
fn scope_segments(scope: Scope) -> Segments {
    let mut segments = Vec::new();
    for piece in scope.parent_pattern().split('/').filter(|piece| !piece.is_empty()) {
        segments.push(if piece.starts_with('{') { Segment::Unknown } else { Segment::Known(piece.into()) });
    }
    if scope == Scope::Extension { vec![Segment::UnknownPath] } else { segments }
}

/// A placeholder in an id that [`arm_id::build`] puts together, to be replaced by the segment itself.
const NAME: &str = "{name}";

/// The id of a resource below a parent's.
fn below(parent: Segments, resource_type: &str, name: Segment<'static>) -> Option<Segments> {
    let tail = arm_id::build("", resource_type, NAME);
    let is_subscription = resource_type.eq_ignore_ascii_case(arm_id::SUBSCRIPTIONS);
    let mut segments = if is_subscription { Vec::new() } else { parent };
    for piece in tail.split('/').filter(|piece| !piece.is_empty()) {
        segments.push(if piece == NAME { name.clone() } else { Segment::Known(piece.to_owned().into()) });
    }
    Some(segments)
}

/// Cuts a text that begins with `/` at its slashes. A stretch that is unknown is one segment where a name is
/// expected; anywhere else it may hold slashes.
fn append(segments: &mut Segments, parts: &[Part]) {
    let mut piece = Some(String::new());
    let mut is_first = true;
    let mut finish = |piece: Option<String>| {
        // In front of the first slash there is nothing.
        if std::mem::take(&mut is_first) {
            return;
        }
        segments.push(match piece {
            Some(text) => Segment::Known(text.into()),
            None if arm_id::expects_name(segments) => Segment::Unknown,
            None => Segment::UnknownPath,
        });
    };
    for part in parts {
        match &part.kind {
            PartKind::Unknown | PartKind::Computed(_) | PartKind::Json(_) | PartKind::Folder(_) => {
                piece = None
            }
            PartKind::Known(text) => {
                for (at, more) in text.split('/').enumerate() {
                    if at > 0 {
                        finish(piece.replace(String::new()));
                    }
                    if let Some(known) = &mut piece {
                        known.push_str(more);
                    }
                }
            }
        }
    }
    // A slash at the end is overlooked.
    if piece.as_deref() != Some("") {
        finish(piece);
    }
}

/// What the provider refuses whatever the unknown parts are.
fn malformed(parts: &[Part]) -> Option<String> {
    let known = |part: &Part| match &part.kind {
        PartKind::Known(text) => text.to_string(),
        PartKind::Unknown | PartKind::Computed(_) | PartKind::Json(_) | PartKind::Folder(_) => String::new(),
    };
    let Some(Part { kind: PartKind::Known(first), .. }) = parts.first() else {
        return parts.iter().find_map(|part| forbidden(&known(part)));
    };
    if !first.starts_with('/') {
        let url = ["http:", "https:"].iter().any(|scheme| first.to_ascii_lowercase().starts_with(scheme));
        return Some(if url { ArmIdError::Url } else { ArmIdError::NoLeadingSlash }.to_string());
    }
    parts.iter().find_map(|part| forbidden(&known(part)))
}

fn forbidden(text: &str) -> Option<String> {
    if text.to_ascii_lowercase().contains("api-version=") {
        return Some(ArmIdError::ApiVersion.to_string());
    }
    text.contains('|').then(|| ArmIdError::Pipe.to_string())
}

/// The attribute that a value takes its id from, for messages that point at its block.
pub(crate) fn origin(value: &Value) -> Option<&ComputedAttribute> {
    match &value.kind {
        ValueKind::Computed(attribute) => Some(attribute),
        ValueKind::String(text) => match &text.parts.first()?.kind {
            PartKind::Computed(attribute) => Some(attribute),
            PartKind::Known(_) | PartKind::Unknown | PartKind::Json(_) | PartKind::Folder(_) => None,
        },
        ValueKind::OneOf(_) => value.outcomes().find_map(origin),
        _ => None,
    }
}
