//! What something written is in the bodies of blocks.

use std::sync::Arc;

use super::Asked;
use crate::azapi::body::walk::{Descend, Part, Visitor, walk};
use crate::azapi::body::{Members, Purpose, Root, RootSource, TypedAs, roots, roots_of_many};
use crate::azapi::{AzapiBlock, Resource};
use crate::schema::ResourceVersion;
use crate::schema::path::{BodyPath, Step};
use crate::terraform::Evaluator;
use crate::terraform::span::Span;
use crate::terraform::value::{Object, Presence, Value};

/// What something is in the body of a block.
#[derive(Debug, Clone)]
pub(crate) struct BodyTarget<'s> {
    /// The block whose body it is a part of; it may stand elsewhere.
    pub(crate) resource: Resource<'s>,
    /// Whether the body is the input of a function, not a resource.
    pub(crate) is_function: bool,
    /// From the body's root to the value, or to what the name is the key of; where no name is written, to the object
    /// that one belongs in.
    pub(crate) path: BodyPath,
    /// What the schema allows there; none for a key that it does not know.
    pub(crate) types: Vec<TypedAs<'s>>,
    /// What the object around a name may have; for a value, what an object in its place may have.
    pub(crate) members: Members<'s>,
    /// The keys that the object has surely, wherever they are written, but for the one under the cursor: those that
    /// arguments of the block and other parts of a `merge` give too.
    pub(crate) given: Vec<Arc<str>>,
    /// The versions of resource types whose body it may be a part of.
    pub(crate) versions: Vec<ResourceVersion<'s>>,
    /// Which of what was looked for it is.
    pub(super) rank: usize,
}

/// What is looked for.
#[derive(Debug)]
pub(super) enum Sought {
    /// A key, and the braces that it is written in.
    Key { key: Span, object: Span },
    /// What belongs in these braces.
    Inside(Span),
    /// What one of these gives, the first that gives anything. The argument is what one of them is the whole of.
    Values { spans: Vec<Span>, argument: Option<(String, usize)> },
    /// The value behind a key.
    ValueOf(Span),
    /// What belongs in a list.
    Element { list: Span, at: usize },
    /// What a `for` gives in each round, and where its key is made.
    Round { whole: Span, key: Option<Span> },
    /// The value of an argument.
    Body(String),
}

impl Sought {
    /// The spans that values must keep, wherever they are passed on.
    pub(super) fn marks(&self) -> Vec<Span> {
        match self {
            Self::Values { spans, .. } => spans.clone(),
            _ => Vec::new(),
        }
    }
}

/// What it is in the body of a block, each thing once. The evaluator must keep its marks.
pub(super) fn targets<'s>(
    asked: &Asked<'_, '_, 's>,
    evaluator: &Evaluator<'_>,
    block: &AzapiBlock,
    sought: &Sought,
) -> Vec<BodyTarget<'s>> {
    let Some(resource) = Resource::of(evaluator, asked.schema, block.syntax.clone()) else {
        return Vec::new();
    };
    let in_root = |root: Root<'s>| {
        let (is_cancelled, resource) = (asked.is_cancelled, resource.clone());
        let mut finder =
            Finder { is_cancelled, resource, root: &root, sought, best: usize::MAX, found: Vec::new() };
        if let Some(at) = sought.whole_body() {
            finder.add(at, &BodyPath::default(), &root.types(), &root.value);
        }
        walk(&root, &mut finder);
        finder.found
    };
    let found: Vec<BodyTarget<'s>> =
        roots(evaluator, asked.schema, block, Purpose::Shown).into_iter().flat_map(in_root).collect();
    if !found.is_empty() {
        return found;
    }
    let many = roots_of_many(evaluator, asked.schema, block).take_while(|_| !(asked.is_cancelled)());
    many.map(in_root).find(|found| !found.is_empty()).unwrap_or_default()
}

impl Sought {
    /// Where it is the whole value of a body, its rank among what is looked for.
    fn whole_body(&self) -> Option<usize> {
        let is_body = |name: &str| matches!(name, "body" | "sensitive_body");
        match self {
            Self::Body(name) if is_body(name) => Some(0),
            Self::Values { argument: Some((name, at)), .. } if is_body(name) => Some(*at),
            _ => None,
        }
    }
}

struct Finder<'f, 's> {
    is_cancelled: &'f dyn Fn() -> bool,
    resource: Resource<'s>,
    root: &'f Root<'s>,
    sought: &'f Sought,
    /// The least rank found so far.
    best: usize,
    found: Vec<BodyTarget<'s>>,
}

impl<'s> Visitor<'s> for Finder<'_, 's> {
    fn enter(&mut self, part: &Part<'_, 's>) -> Descend {
        let states = |span: &Span| part.value.spans.as_slice().contains(span);
        match self.sought {
            Sought::Key { key, object } => {
                if part.keys.as_slice().contains(key) {
                    self.key(part, *key);
                } else if states(object) && part.value.as_object().is_some() {
                    // The key has no place in the value yet; what is around it has.
                    self.inside(1, part, &[]);
                }
            }
            Sought::Inside(object) if states(object) => self.inside(0, part, part.types),
            Sought::Values { spans, .. } => {
                let is_here = |span: &Span| part.site == Some(*span) || states(span);
                if let Some(at) = spans.iter().position(is_here).filter(|_| !part.types.is_empty()) {
                    self.add(at, part.path, part.types, part.value);
                }
            }
            Sought::ValueOf(key) if part.keys.as_slice().contains(key) && !part.types.is_empty() => {
                self.add(0, part.path, part.types, part.value);
            }
            Sought::Element { list, at } if states(list) => {
                let step = Step::Index(*at);
                let types = TypedAs::items(part.types, &step);
                if !types.is_empty() {
                    self.add(0, &part.path.join([step]), &types, &Value::unknown());
                }
            }
            Sought::Round { whole, key } => {
                if key.is_some_and(|key| part.keys.as_slice().contains(&key)) && !part.types.is_empty() {
                    self.add(0, part.path, part.types, part.value);
                } else if states(whole) {
                    self.round(part);
                }
            }
            _ => {}
        }
        // In what the schema does not know it knows nothing either.
        match part.types {
            _ if (self.is_cancelled)() => Descend::Stop,
            [] => Descend::Skip,
            _ => Descend::Into,
        }
    }
}

impl<'s> Finder<'_, 's> {
    fn key(&mut self, part: &Part<'_, 's>, key: Span) {
        let Some((object, members)) = part.object.filter(|_| !part.is_beyond) else { return };
        let given = given(object, Some(key));
        self.push(0, part.path.clone(), part.types.to_vec(), members.clone(), given);
    }

    fn inside(&mut self, rank: usize, part: &Part<'_, 's>, types: &[TypedAs<'s>]) {
        let Some(object) = part.value.as_object() else { return };
        let members = Members::of(part.types, object);
        if !members.is_empty() {
            self.push(rank, part.path.clone(), types.to_vec(), members, given(object, None));
        }
    }

    fn round(&mut self, part: &Part<'_, 's>) {
        let types = match part.value.as_object() {
            Some(object) => Members::of(part.types, object).further(),
            None => TypedAs::items(part.types, &Step::Any),
        };
        if !types.is_empty() {
            self.add(1, &part.path.join([Step::Any]), &types, &Value::unknown());
        }
    }

    /// A value of these types.
    fn add(&mut self, rank: usize, path: &BodyPath, types: &[TypedAs<'s>], value: &Value) {
        let nothing = Object::new(Default::default());
        let object = value.as_object().unwrap_or(&nothing);
        let members = Members::of(types, object);
        self.push(rank, path.clone(), types.to_vec(), members, given(object, None));
    }

    fn push(
        &mut self,
        rank: usize,
        path: BodyPath,
        types: Vec<TypedAs<'s>>,
        members: Members<'s>,
        given: Vec<Arc<str>>,
    ) {
        if rank > self.best {
            return;
        }
        if rank < self.best {
            self.best = rank;
            self.found.clear();
        }
        let is_function = self.root.source == RootSource::Function;
        let versions = self.root.readings.iter().map(|reading| reading.version).collect();
        let resource = self.resource.clone();
        let target = BodyTarget { resource, is_function, path, types, members, given, versions, rank };
        match self.found.iter_mut().find(|known| known.says(&target)) {
            // Sure is what it has in each case.
            Some(known) => known.given.retain(|key| target.given.contains(key)),
            None => self.found.push(target),
        }
    }
}

impl BodyTarget<'_> {
    /// Whether it says the same as another one: of the same place in the same versions of types.
    pub(super) fn says(&self, other: &Self) -> bool {
        let same = |(one, two): (&TypedAs<'_>, &TypedAs<'_>)| {
            one.ty.described_id() == two.ty.described_id()
                && one.when == two.when
                && one.versions == two.versions
                && one.path == two.path
        };
        self.path == other.path
            && self.is_function == other.is_function
            && self.types.len() == other.types.len()
            && self.types.iter().zip(&other.types).all(same)
            && (!self.types.is_empty() || self.members.says(&other.members))
    }
}

/// The keys that an object has surely, but for one that is written there.
fn given(object: &Object, but: Option<Span>) -> Vec<Arc<str>> {
    let items = object.items.iter().filter(|(_, item)| {
        let is_it = but.is_some_and(|but| item.keys.as_slice() == [but]);
        item.presence == Presence::Always && !is_it
    });
    items.map(|(key, _)| Arc::clone(key)).collect()
}
