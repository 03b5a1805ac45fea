//! What is known of an ARM id before apply, put together from texts, templates, references to other blocks and
//! calls of azapi's functions. The one reader of ids, for verdicts and for what is shown.

mod functions;
mod others;
pub(crate) mod pieces;
mod response;
mod subscription;

use std::cell::{Cell, RefCell};

pub use pieces::Segments;
use pieces::{Piece, Pieces};
use subscription::Subscriptions;

use super::arguments::OUTPUT;
use super::known_ids::{self, Holds};
use super::parent;
use super::resource::Resource;
use crate::schema::arm_id::{self, ArmId, ArmIdError};
use crate::schema::scope::ANY_RESOURCE_ID;
use crate::schema::{Schema, Scope};
use crate::terraform::type_constraint::Type;
use crate::terraform::value::When;
use crate::terraform::{ComputedAttribute, Evaluator, InstanceKey, Part, PartKind, Value, ValueKind};

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
/// How many values are read for one answer: names that hold several ids, each of which does again, have no end.
const MOST_STEPS: u32 = 4_096;

/// Reads ids of one module.
pub struct IdReader<'r, 'm> {
    evaluator: &'r Evaluator<'m>,
    schema: &'r Schema,
    /// `None` until they are asked for.
    subscriptions: RefCell<Option<Subscriptions>>,
    steps_left: Cell<u32>,
}

impl<'r, 'm> IdReader<'r, 'm> {
    /// `evaluator` says what may be assumed of variables.
    pub fn new(evaluator: &'r Evaluator<'m>, schema: &'r Schema) -> Self {
        Self { evaluator, schema, subscriptions: RefCell::new(None), steps_left: Cell::new(MOST_STEPS) }
    }

    /// What `value` is as an id. A conditional must be taken apart by the caller ([`Value::outcomes`]).
    pub(crate) fn id(&self, value: &Value) -> Id {
        if let Some(reason) = self.no_text(value) {
            return Id::Malformed(reason.to_owned());
        }
        id_of(&self.text(value, 0))
    }

    /// Every id that `value` can be: one, or one for each type of what it refers to.
    pub(crate) fn possible(&self, value: &Value) -> Vec<Id> {
        let attribute = origin(value).filter(|_| matches!(value.kind, ValueKind::Computed(_)));
        let types = match attribute.map(known_ids::holds) {
            Some(Holds::Ids(types)) if types.len() > 1 => types,
            _ => return vec![self.id(value)],
        };
        types.iter().map(|one| id_of(&self.of_type(one, Pieces::of(Piece::Name)))).collect()
    }

    /// Why a value is no text at all.
    fn no_text(&self, value: &Value) -> Option<&'static str> {
        let (list, object, map) = ("it is a list", "it is an object", "it is a map");
        match &value.kind {
            ValueKind::Sequence(_) => Some(list),
            ValueKind::Object(_) => Some(object),
            ValueKind::Unknown { ty, .. } => match ty {
                Type::List(_) | Type::Set(_) | Type::Tuple(_) => Some(list),
                Type::Object(_) => Some(object),
                Type::Map(_) => Some(map),
                Type::Any | Type::String | Type::Number | Type::Bool => None,
            },
            ValueKind::Block(block) => {
                let is_whole = block.instance == InstanceKey::Whole;
                let (node, _) = self.evaluator.block(block)?;
                let repeats = |name| node.node.body().is_some_and(|body| body.attribute(name).is_some());
                Some(if is_whole && repeats("count") { list } else { object })
            }
            ValueKind::Computed(attribute) => {
                let is_output = attribute.path.len() == 1 && &*attribute.path[0] == OUTPUT;
                let (block, scope) = self.evaluator.block(&attribute.block).filter(|_| is_output)?;
                Resource::in_scope(self.evaluator, self.schema, block, scope).map(|_| object)
            }
            ValueKind::ProviderCall(call) => {
                (call.path.is_empty() && call.name.ends_with("::parse_resource_id")).then_some(object)
            }
            _ => None,
        }
    }

    /// Whether another value may be read; at depth 0 a new question begins.
    fn step(&self, depth: u32) -> bool {
        if depth == 0 {
            self.steps_left.set(MOST_STEPS);
        }
        let left = self.steps_left.get().checked_sub(1);
        self.steps_left.set(left.unwrap_or_default());
        depth <= DEPTH && left.is_some()
    }

    /// A value as a text.
    pub(crate) fn text(&self, value: &Value, depth: u32) -> Pieces {
        if !self.step(depth) {
            return Pieces::of(Piece::Any);
        }
        match &value.kind {
            ValueKind::String(text) => {
                let mut pieces = Pieces::default();
                for part in &*text.without_spans().parts {
                    pieces.append(self.part(part, depth));
                }
                pieces
            }
            ValueKind::Number(number) => Pieces::known(number.to_string()),
            ValueKind::Bool(value) => Pieces::known(value.to_string()),
            ValueKind::Unknown { ty: Type::Number | Type::Bool, .. } => Pieces::of(Piece::Name),
            ValueKind::Computed(attribute) => self.computed(attribute, depth),
            ValueKind::ProviderCall(call) => self.call(call, depth).changed(&call.changes),
            ValueKind::OneOf(outcomes) => {
                // What a validation allows is not what a run has.
                let is_open = outcomes.iter().any(|one| matches!(one.when, Some(When::Allowed(_))));
                let assumed = value.assumed();
                if !is_open && !matches!(assumed.kind, ValueKind::OneOf(_)) {
                    return self.text(assumed, depth + 1);
                }
                // A run that goes on has none of the others.
                let given = value.outcomes().filter(|one| !one.is_null() && !one.is_failure());
                Pieces::either(given.map(|one| self.text(one, depth + 1)))
            }
            _ => Pieces::of(Piece::Any),
        }
    }

    fn part(&self, part: &Part, depth: u32) -> Pieces {
        match &part.kind {
            PartKind::Known(text) => Pieces::known(&**text),
            PartKind::Computed(attribute) => self.computed(attribute, depth),
            PartKind::Called(call) => self.call(call, depth).changed(&call.changes),
            PartKind::Unknown | PartKind::Json(_) | PartKind::Folder(_) => Pieces::of(Piece::Any),
        }
    }

    fn computed(&self, attribute: &ComputedAttribute, depth: u32) -> Pieces {
        self.attribute(attribute, depth + 1).changed(&attribute.changes)
    }

    fn attribute(&self, attribute: &ComputedAttribute, depth: u32) -> Pieces {
        let any = || Pieces::of(Piece::Any);
        let Some((block, scope)) = self.evaluator.block(&attribute.block) else { return any() };
        if let Some(resource) = Resource::in_scope(self.evaluator, self.schema, block.clone(), scope.clone())
            && resource.has_arm_id()
            && let Some(name) = self.own_word(&resource, &attribute.path)
        {
            match name {
                "id" | "resource_id" => return self.resource(&resource, depth),
                "parent_id" => return self.parent_of(&resource, depth),
                "name" => return last(self.resource(&resource, depth)),
                _ => {}
            }
        }
        match known_ids::holds(attribute) {
            Holds::Ids(types) if types.len() == 1 => self.of_block(types[0], &block, &scope, depth),
            Holds::Word => Pieces::of(Piece::Name),
            Holds::Ids(_) | Holds::Other => any(),
        }
    }

    /// The id of the resource that a block states.
    pub(crate) fn resource(&self, resource: &Resource<'_>, depth: u32) -> Pieces {
        if !self.step(depth) {
            return Pieces::of(Piece::Any);
        }
        if let Some(written) = self.argument(resource, "resource_id") {
            return self.text(&written, depth + 1);
        }
        let Some(resource_type) = resource.written_type() else { return Pieces::of(Piece::Any) };
        let name = self.argument(resource, "name");
        let name =
            name.map_or_else(|| Pieces::of(Piece::Name), |name| self.text(&name, depth + 1).into_name());
        self.below(self.stated_parent(resource, depth), resource_type, name)
    }

    /// What `parent_id` of a block gives, written or not.
    fn parent_of(&self, resource: &Resource<'_>, depth: u32) -> Pieces {
        match (self.argument(resource, "resource_id"), resource.written_type()) {
            (Some(_), Some(resource_type)) => above(&self.resource(resource, depth), resource_type)
                .unwrap_or_else(|| Pieces::of(Piece::Any)),
            (Some(_), None) => Pieces::of(Piece::Any),
            (None, _) => self.stated_parent(resource, depth),
        }
    }

    /// What the id of a block's resource begins with: its parent, or what is known of it by the type.
    fn stated_parent(&self, resource: &Resource<'_>, depth: u32) -> Pieces {
        let written = self.argument(resource, "parent_id");
        let parent = written.map(|written| self.text(&written, depth + 1));
        let Some(resource_type) = resource.written_type() else {
            return parent.unwrap_or_else(|| Pieces::of(Piece::Any));
        };
        // Of what stands under a parent that is refused no more is known than its type says.
        let version = resource.version();
        let parent = parent.filter(|parent| match id_of(parent) {
            Id::Unknown | Id::Malformed(_) => false,
            Id::Known(id) => parent::accepts(resource_type, version, &id),
        });
        match parent {
            Some(parent) => self.with_likely_front(parent),
            None if resource_type.eq_ignore_ascii_case(arm_id::RESOURCE_GROUPS)
                && self.argument(resource, "parent_id").is_none() =>
            {
                let mut parent = Pieces::known("/subscriptions/");
                parent.append(self.subscription_of(&resource.block.syntax, &resource.block.type_name));
                parent
            }
            None => self.parent_of_type(resource_type, resource),
        }
    }

    /// A parent of which nothing is known but the type of what stands below it.
    fn parent_of_type(&self, resource_type: &str, resource: &Resource<'_>) -> Pieces {
        match arm_id::parent_type(resource_type) {
            Some(parent) => self.of_type(parent, Pieces::of(Piece::Name)),
            None => {
                let version = resource.version_or_newest();
                scope_of(version.map(|version| (version.readable_scopes(), version.parent_patterns())))
            }
        }
    }

    /// An id of this type of which no more than the name is known: where the type can live at one scope only,
    /// that is where it begins.
    fn of_type(&self, resource_type: &str, name: Pieces) -> Pieces {
        let parent = match arm_id::parent_type(resource_type) {
            Some(parent) => self.of_type(parent, Pieces::of(Piece::Name)),
            None => self.scope_of_type(resource_type),
        };
        self.below(parent, resource_type, name)
    }

    fn scope_of_type(&self, resource_type: &str) -> Pieces {
        if resource_type.eq_ignore_ascii_case(arm_id::RESOURCE_GROUPS) {
            return Pieces::of_pattern(Scope::Subscription.parent_pattern());
        }
        if resource_type.eq_ignore_ascii_case(arm_id::MANAGEMENT_GROUPS) {
            return Pieces::default();
        }
        let newest = self.schema.resource_type(resource_type).map(|found| found.newest());
        scope_of(newest.map(|version| (version.readable_scopes(), version.parent_patterns())))
    }

    /// The id of a resource below a parent's.
    fn below(&self, parent: Pieces, resource_type: &str, name: Pieces) -> Pieces {
        let is = |known: &str| resource_type.eq_ignore_ascii_case(known);
        let mut id = parent;
        if is(arm_id::SUBSCRIPTIONS)
            || arm_id::build("x", resource_type, NAME) == "/"
            || id.as_known() == Some("/")
        {
            id = Pieces::default();
        }
        let tail = arm_id::build("", resource_type, NAME);
        for (at, known) in tail.split(NAME).enumerate() {
            if at > 0 {
                id.append(name.clone());
            }
            id.push_known(known);
        }
        id
    }

    /// The same, with what is likely where it begins with something that is not known.
    fn with_likely_front(&self, id: Pieces) -> Pieces {
        if id.first() != Some(&Piece::Any) {
            return id;
        }
        let stretches = id.cut();
        let known = |at: usize| stretches.get(at).and_then(Pieces::as_known).unwrap_or_default();
        let likely = match known(1) {
            word if word.eq_ignore_ascii_case("resourceGroups") => {
                Some(Scope::Subscription.parent_pattern().to_owned())
            }
            word if word.eq_ignore_ascii_case("providers") => {
                let resource_type = format!("{}/{}", known(2), known(3));
                let found = self.schema.resource_type(&resource_type);
                found.map(|found| likely(found.newest().parent_patterns()))
            }
            _ => None,
        };
        let Some(likely) = likely.filter(|_| stretches[0] == Pieces::of(Piece::Any)) else { return id };
        let mut stretches = stretches;
        stretches[0] = if likely == "/" { Pieces::default() } else { Pieces::of(Piece::Likely(likely)) };
        Pieces::joined(&stretches)
    }

    /// An argument that is given, and not null.
    fn argument(&self, resource: &Resource<'_>, name: &str) -> Option<Value> {
        resource.argument(self.evaluator, name).filter(|value| !value.is_null())
    }
}

/// A placeholder in an id that [`arm_id::build`] puts together, to be replaced by the name itself.
const NAME: &str = "{name}";

/// Where a type begins that can be read at these scopes and stand at those places.
fn scope_of(facts: Option<(crate::schema::Scopes, Vec<String>)>) -> Pieces {
    let Some((scopes, patterns)) = facts else {
        return Pieces::of(Piece::Likely(ANY_RESOURCE_ID.to_owned()));
    };
    let mut scopes = scopes.iter();
    match (scopes.next(), scopes.next()) {
        (Some(Scope::Tenant), None) => Pieces::default(),
        (Some(only), None) if only != Scope::Extension => Pieces::of_pattern(only.parent_pattern()),
        _ => Pieces::of(Piece::Likely(likely(patterns))),
    }
}

/// Of several places the one to fill in: any, where there is no telling.
fn likely(patterns: Vec<String>) -> String {
    let any = patterns.iter().any(|pattern| pattern == ANY_RESOURCE_ID);
    let several = patterns.len() > 1 && patterns.iter().any(|pattern| pattern == "/");
    match patterns.into_iter().next() {
        Some(first) if !any && !several => first,
        _ => ANY_RESOURCE_ID.to_owned(),
    }
}

/// What a text is as an id.
fn id_of(text: &Pieces) -> Id {
    if text.is_unknown() {
        return Id::Unknown;
    }
    if let Some(known) = text.as_known() {
        return match ArmId::parse(known) {
            Ok(id) => Id::Known(id.into_owned()),
            Err(error) => Id::Malformed(error.to_string()),
        };
    }
    if let Some(reason) = malformed(text) {
        return Id::Malformed(reason.to_string());
    }
    let segments = text.segments();
    if let [crate::schema::arm_id::Segment::UnknownPath] = segments.as_slice() {
        return Id::Unknown;
    }
    match ArmId::from_segments(segments) {
        Ok(id) => Id::Known(id),
        Err(error) => Id::Malformed(error.to_string()),
    }
}

/// What the provider refuses whatever the unknown parts are.
fn malformed(text: &Pieces) -> Option<ArmIdError> {
    match text.first() {
        Some(Piece::Name) => return Some(ArmIdError::NoLeadingSlash),
        Some(Piece::Known(first)) if !first.starts_with('/') => {
            return Some(if arm_id::is_url(first) { ArmIdError::Url } else { ArmIdError::NoLeadingSlash });
        }
        _ => {}
    }
    text.known_stretches().find_map(|known| {
        if arm_id::asks_for_a_version(known) {
            return Some(ArmIdError::ApiVersion);
        }
        known.contains('|').then_some(ArmIdError::Pipe)
    })
}

/// The last segment of an id.
fn last(id: Pieces) -> Pieces {
    let last = id.cut().pop().filter(|_| !id.is_unknown());
    last.unwrap_or_default().into_name()
}

/// The id of the parent, of an id of this type; `None` where too little of the id is known.
fn above(id: &Pieces, resource_type: &str) -> Option<Pieces> {
    let built = arm_id::build("", resource_type, NAME);
    let own = built.split('/').count() - 1;
    let stretches = id.cut();
    let kept = stretches.len().checked_sub(own).filter(|kept| *kept > 0)?;
    let cut_off = &stretches[kept..];
    if cut_off.iter().any(|one| one.first() == Some(&Piece::Any)) {
        return None;
    }
    let parent = Pieces::joined(&stretches[..kept]);
    Some(if parent == Pieces::default() { Pieces::known("/") } else { parent })
}

/// The attribute that a value takes its id from, for messages that point at its block.
pub(crate) fn origin(value: &Value) -> Option<&ComputedAttribute> {
    match &value.kind {
        ValueKind::Computed(attribute) => Some(attribute),
        ValueKind::String(text) => match &text.parts.first()?.kind {
            PartKind::Computed(attribute) => Some(attribute),
            PartKind::Known(_)
            | PartKind::Unknown
            | PartKind::Called(_)
            | PartKind::Json(_)
            | PartKind::Folder(_) => None,
        },
        ValueKind::OneOf(_) => value.outcomes().find_map(origin),
        _ => None,
    }
}
