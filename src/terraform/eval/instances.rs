//! Blocks with `count` or `for_each`, and what `each` and `count` are in them.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::Evaluator;
use super::convert;
use super::definitions::one_of;
use super::memo::Entry;
use super::modules::ContextId;
use super::traversal::start;
use crate::syntax::ast;
use crate::terraform::file::FileId;
use crate::terraform::module::Located;
use crate::terraform::type_constraint::Type;
use crate::terraform::value::{
    Collection, Element, InstanceKey, Item, Object, Presence, Sequence, Value, ValueKind,
};
use crate::text::TextSize;

/// One instance of a block, or all that are not told apart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Instance {
    pub(crate) key: InstanceKey,
    each: Option<(Value, Value)>,
    index: Option<Value>,
}

/// What makes a block repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeats {
    Once,
    Count,
    ForEach,
}

/// The instances of a block.
#[derive(Debug)]
pub(crate) struct Instances {
    pub(crate) repeats: Repeats,
    /// In Terraform's order.
    pub(crate) known: Vec<(Instance, Presence)>,
    /// What stands for all others, where there may be others.
    pub(crate) rest: Option<Instance>,
    places: HashMap<InstanceKey, usize>,
    any: Rc<Instance>,
}

/// A `count` beyond this has no instances told apart.
const MOST: usize = 1_024;

impl Instance {
    /// Of a block that has neither.
    pub(crate) fn single() -> Self {
        Self { key: InstanceKey::Whole, each: None, index: None }
    }

    fn counted(at: usize) -> Self {
        Self { key: InstanceKey::Index(at as u64), each: None, index: Some(Value::number(at)) }
    }

    fn keyed(key: &Arc<str>, written: Value, value: Value) -> Self {
        Self { key: InstanceKey::Key(Arc::clone(key)), each: Some((written, value)), index: None }
    }

    fn symbolic(repeats: Repeats, key: Value, value: Value) -> Self {
        let symbolic = Self { key: InstanceKey::Unknown, each: None, index: None };
        match repeats {
            Repeats::Once => Self::single(),
            Repeats::Count => Self { index: Some(key), ..symbolic },
            Repeats::ForEach => Self { each: Some((key, value)), ..symbolic },
        }
    }

    /// `each.key` or `each.value`.
    pub(super) fn each(&self, name: &str) -> Value {
        match (&self.each, name) {
            (Some((key, _)), "key") => key.clone(),
            (Some((_, value)), "value") => value.clone(),
            _ => Value::unknown(),
        }
    }

    pub(super) fn count_index(&self) -> Value {
        self.index.clone().unwrap_or_else(Value::unknown)
    }
}

impl Instances {
    fn new(repeats: Repeats, known: Vec<(Instance, Presence)>, rest: Option<Instance>) -> Self {
        let places = known.iter().enumerate().map(|(at, (instance, _))| (instance.key.clone(), at)).collect();
        let any = match (known.as_slice(), &rest) {
            ([(only, _)], None) => only.clone(),
            ([], Some(rest)) => rest.clone(),
            _ => joined(repeats, &known, rest.as_ref()),
        };
        Self { repeats, known, rest, places, any: Rc::new(any) }
    }

    fn once() -> Self {
        Self::new(Repeats::Once, vec![(Instance::single(), Presence::Always)], None)
    }

    /// Nothing is known of them but what `key` and `value` say of all.
    fn open(repeats: Repeats, key: Value, value: Value) -> Self {
        Self::new(repeats, Vec::new(), Some(Instance::symbolic(repeats, key, value)))
    }

    pub(crate) fn is_single(&self) -> bool {
        self.repeats == Repeats::Once
    }

    /// Whether there surely is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.known.is_empty() && self.rest.is_none()
    }

    /// A list or an object with what each instance gives.
    pub(super) fn collected(&self, give: impl Fn(&Instance) -> Value) -> ValueKind {
        let rest = self.rest.as_ref().map(|rest| Arc::new(give(rest)));
        let known = self.known.iter().map(|(instance, presence)| (instance, give(instance), *presence));
        if self.repeats == Repeats::Count {
            let elements =
                known.map(|(_, value, presence)| Element { value, site: None, presence }).collect();
            return ValueKind::Sequence(Sequence { elements, rest, collection: Collection::Tuple });
        }
        let items = known.filter_map(|(instance, value, presence)| match &instance.key {
            InstanceKey::Key(key) => Some((Arc::clone(key), Item { presence, ..Item::always(value) })),
            _ => None,
        });
        ValueKind::Object(Object { rest, ..Object::new(items.collect()) })
    }

    /// Whichever of them: the only one, or one whose `each` and `count` are those of all.
    pub(crate) fn any(&self) -> Instance {
        (*self.any).clone()
    }

    /// The instance of a key; where it is none of those that are known, what stands for the others.
    pub(crate) fn get(&self, key: &InstanceKey) -> Rc<Instance> {
        if let Some(&at) = self.places.get(key) {
            return Rc::new(self.known[at].0.clone());
        }
        let rest = self.rest.as_ref().unwrap_or(&self.any);
        match (key, self.repeats) {
            (InstanceKey::Key(name), Repeats::ForEach) => {
                let value = rest.each.as_ref().map_or_else(Value::unknown, |(_, value)| value.clone());
                Rc::new(Instance::keyed(name, Value::string(name), value))
            }
            (InstanceKey::Index(at), Repeats::Count) => {
                Rc::new(usize::try_from(*at).map_or_else(|_| rest.clone(), Instance::counted))
            }
            _ => Rc::clone(&self.any),
        }
    }

    /// Whether the instance of a key is there; `None` when it surely is not.
    pub(crate) fn presence(&self, key: &InstanceKey) -> Option<Presence> {
        match self.places.get(key) {
            Some(&at) => Some(self.known[at].1),
            None => self.rest.as_ref().map(|_| Presence::Maybe),
        }
    }

    /// The instance that an index names.
    pub(super) fn find(&self, key: &Value) -> (InstanceKey, Option<Presence>) {
        let wanted = match self.repeats {
            Repeats::Count => convert::to(key, &Type::Number)
                .as_number()
                .and_then(|at| u64::try_from(at.as_i64()?).ok())
                .map(InstanceKey::Index),
            _ => convert::to(key, &Type::String).as_str().map(InstanceKey::Key),
        };
        match wanted {
            Some(wanted) => {
                let presence = self.presence(&wanted);
                (wanted, presence)
            }
            None => (InstanceKey::Unknown, Some(Presence::Maybe)),
        }
    }
}

/// One whose `each` and `count` are one of those of all.
fn joined(repeats: Repeats, known: &[(Instance, Presence)], rest: Option<&Instance>) -> Instance {
    let all = || known.iter().map(|(instance, _)| instance).chain(rest);
    let few = known.len() <= crate::terraform::value::MOST_OUTCOMES;
    let key = match few {
        true => one_of(all().filter_map(|it| Some(it.each.as_ref()?.0.clone()))),
        false => Value::some(Type::String),
    };
    let value = one_of(all().take(MOST).filter_map(|it| Some(it.each.as_ref()?.1.clone())));
    match repeats {
        Repeats::Count => Instance::symbolic(repeats, Value::some(Type::Number), Value::unknown()),
        _ if known.is_empty() => Instance::symbolic(repeats, Value::some(Type::String), Value::unknown()),
        _ => Instance::symbolic(repeats, key, value),
    }
}

/// A block in one call of its module, by where it begins.
pub(super) type Place = (ContextId, FileId, TextSize);

impl Evaluator<'_> {
    /// The instances of a block. Of blocks that repeat for one another, or for themselves, none is known.
    pub(super) fn instances_in(&self, block: &Located<ast::Block>, context: ContextId) -> Rc<Instances> {
        let place = (context, block.file, start(&block.node));
        let unknown = || Rc::new(self.unknown_instances(block, context));
        if let Some(found) = self.remembered(&self.instances, &place, unknown) {
            return found;
        }
        let is_written = |name| self.is_written(block, name, context);
        if !is_written("count") && !is_written("for_each") {
            let once = Rc::new(Instances::once());
            self.instances.borrow_mut().insert(place, Entry::Done(Rc::clone(&once), None));
            return once;
        }
        self.remember(&self.instances, place, unknown, || {
            // Each block that another one repeats for is a level of the stack.
            let found = self.budget.within(|| self.find_instances(block, context));
            found.map_or_else(unknown, Rc::new)
        })
    }

    fn find_instances(&self, block: &Located<ast::Block>, context: ContextId) -> Instances {
        let count = self.argument_in(block, "count", context, &Instance::single());
        let each = self.argument_in(block, "for_each", context, &Instance::single());
        match (count, each) {
            (Some(count), _) => counted(&count.settled()),
            (None, Some(each)) => self.for_each(&each.settled()),
            (None, None) => self.unknown_instances(block, context),
        }
    }

    fn unknown_instances(&self, block: &Located<ast::Block>, context: ContextId) -> Instances {
        match self.is_written(block, "count", context) {
            true => counted(&Value::unknown()),
            false => self.for_each(&Value::unknown()),
        }
    }

    fn for_each(&self, value: &Value) -> Instances {
        let mut cases = Vec::new();
        for outcome in value.outcomes() {
            let elements = self.elements(outcome);
            if !self.budget.nodes(convert::breadth(&elements)) {
                return Instances::open(Repeats::ForEach, Value::some(Type::String), Value::unknown());
            }
            cases.push(keyed(&elements));
        }
        match <[Keyed; 1]>::try_from(cases) {
            Ok([only]) => only.finish(),
            Err(cases) => Keyed::either(cases).finish(),
        }
    }
}

/// The instances of one case of `for_each`.
struct Keyed {
    known: Vec<(Arc<str>, Instance, Presence)>,
    rest: Option<(Value, Value)>,
}

fn keyed(value: &Value) -> Keyed {
    let marks = value.marks;
    let symbolic = |value: Value| Some((Value::some(Type::String).marked(marks), value.marked(marks)));
    let mut all = match &value.kind {
        ValueKind::Object(object) => of_object(object, value),
        ValueKind::Sequence(sequence) if sequence.collection == Collection::Set => of_set(sequence, value),
        _ => Keyed { known: Vec::new(), rest: symbolic(Value::unknown()) },
    };
    // An empty default says nothing of what a run has.
    if all.known.is_empty() && all.rest.is_none() && marks.assumed {
        all.rest = symbolic(Value::unknown());
    }
    all
}

fn of_object(object: &Object, value: &Value) -> Keyed {
    let marks = value.marks;
    let instance = |(key, item): (&Arc<str>, &Item)| {
        let written = Value::string(key).at(item.keys.clone()).marked(marks);
        (Arc::clone(key), Instance::keyed(key, written, item.value.clone().marked(marks)), item.presence)
    };
    let rest = object.rest.as_ref().map(|rest| (Value::some(Type::String), (**rest).clone().marked(marks)));
    Keyed { known: object.items.iter().map(instance).collect(), rest }
}

fn of_set(set: &Sequence, value: &Value) -> Keyed {
    let mut known = Vec::new();
    let mut rest: Vec<Value> = set.rest.as_deref().cloned().into_iter().collect();
    for element in set.elements.iter() {
        let written = element.value.clone().marked(value.marks);
        match written.as_str() {
            Some(key) => known.push((
                Arc::clone(&key),
                Instance::keyed(&key, written.clone(), written),
                element.presence,
            )),
            None => rest.push(written),
        }
    }
    let rest = (!rest.is_empty()).then(|| one_of(rest)).map(|rest| (rest.clone(), rest));
    Keyed { known, rest }
}

impl Keyed {
    fn finish(self) -> Instances {
        let known = self.known.into_iter().map(|(_, instance, presence)| (instance, presence)).collect();
        let rest = self.rest.map(|(key, value)| Instance::symbolic(Repeats::ForEach, key, value));
        Instances::new(Repeats::ForEach, known, rest)
    }

    /// Those of several cases: a key that some lack may be absent.
    fn either(cases: Vec<Self>) -> Self {
        let count = cases.len();
        let mut all: std::collections::BTreeMap<Arc<str>, Vec<(Instance, Presence)>> = Default::default();
        let mut rests = Vec::new();
        for case in cases {
            rests.extend(case.rest);
            for (key, instance, presence) in case.known {
                all.entry(key).or_default().push((instance, presence));
            }
        }
        let known = all.into_iter().map(|(key, instances)| {
            let always = instances.len() == count && instances.iter().all(|(_, it)| *it == Presence::Always);
            let each = |at: fn(&(Value, Value)) -> &Value| {
                one_of(instances.iter().filter_map(|(it, _)| it.each.as_ref().map(|each| at(each).clone())))
            };
            let (written, value) = (each(|each| &each.0), each(|each| &each.1));
            let written = if written.as_str().is_some() { written } else { Value::string(&key) };
            let presence = if always { Presence::Always } else { Presence::Maybe };
            (Arc::clone(&key), Instance::keyed(&key, written, value), presence)
        });
        let known = known.collect();
        let rest = rests.into_iter().reduce(|one, two| (one_of([one.0, two.0]), one_of([one.1, two.1])));
        Self { known, rest }
    }
}

fn counted(count: &Value) -> Instances {
    let numbers: Option<Vec<usize>> = count
        .outcomes()
        .map(|one| convert::to(one, &Type::Number).as_number().and_then(|number| number.as_usize()))
        .collect();
    let open = || {
        let key = Value::some(Type::Number).marked(count.marks);
        Instances::open(Repeats::Count, key, Value::unknown())
    };
    let Some(numbers) = numbers else { return open() };
    let least = numbers.iter().copied().min().unwrap_or_default();
    let most = numbers.iter().copied().max().unwrap_or_default();
    if most > MOST || (most == 0 && count.marks.assumed) {
        return open();
    }
    let presence = |at| if at < least { Presence::Always } else { Presence::Maybe };
    Instances::new(Repeats::Count, (0..most).map(|at| (Instance::counted(at), presence(at))).collect(), None)
}
