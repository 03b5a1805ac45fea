//! Secrets that a body states where everybody can read them.

use super::fault::{Fault, FaultKind};
use crate::azapi::body::{Form, variants};
use crate::schema::path::{BodyPath, Step};
use crate::schema::{SchemaType, TypeKind};
use crate::terraform::value::{Object, Value, ValueKind};

/// Objects in objects are looked into so deep.
const DEPTH: usize = 64;
/// So many parts of a body are looked at.
const VISITS: u32 = 50_000;

/// The secrets that are given in a body under any of these types, wherever their values come from.
pub(super) fn secrets<'s>(body: &Value, types: &[SchemaType<'s>]) -> Vec<Fault<'s>> {
    let mut walk = Walk { path: BodyPath::default(), found: Vec::new(), visits: 0 };
    walk.value(body, types);
    walk.found
}

struct Walk<'s> {
    path: BodyPath,
    found: Vec<Fault<'s>>,
    visits: u32,
}

impl<'s> Walk<'s> {
    fn value(&mut self, value: &Value, types: &[SchemaType<'s>]) {
        self.visits += 1;
        let may_be_there = types.iter().any(|ty| ty.holds_secrets());
        if !may_be_there || self.visits >= VISITS || self.path.steps().len() >= DEPTH {
            return;
        }
        match &value.kind {
            ValueKind::OneOf(outcomes) => {
                for outcome in &**outcomes {
                    self.value(&outcome.value, types);
                }
            }
            ValueKind::Object(object) => self.object(object, types),
            ValueKind::Sequence(list) => {
                let items = |ty: &SchemaType<'s>| match ty.kind() {
                    TypeKind::Array { items, .. } => Some(items),
                    _ => None,
                };
                let items: Vec<_> = alternatives(types).iter().filter_map(items).collect();
                let elements = list.elements.iter().enumerate();
                for (index, element) in elements.filter(|(_, element)| has_parts(&element.value)) {
                    self.within(Step::Index(index), &element.value, &items);
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, object: &Object, types: &[SchemaType<'s>]) {
        let forms: Vec<Form<'s>> = alternatives(types).iter().flat_map(|ty| forms(*ty, object)).collect();
        for (key, item) in &*object.items {
            let members: Vec<_> = forms.iter().filter_map(|form| form.member(key)).collect();
            let name = members.first().and_then(|member| member.property).map(|property| property.name());
            let is_secret = || members.iter().all(|member| is_secret(member.ty));
            let is_settable = || {
                let mut properties = members.iter().filter_map(|member| member.property);
                properties.all(|property| !property.flags().read_only())
            };
            let is_given = || item.value.outcomes().any(|one| !one.is_null() && !one.is_failure());
            if let Some(name) = name.filter(|_| is_secret() && is_settable() && is_given()) {
                let mut path = self.path.clone();
                path.push(Step::Key(name.to_owned()));
                let at = item.keys.first().or(item.site);
                self.found.push(Fault::sure(FaultKind::Secret { name }, path, at));
                continue;
            }
            if has_parts(&item.value) {
                let types: Vec<SchemaType<'s>> = members.iter().map(|member| member.ty).collect();
                self.within(Step::Key(key.to_string()), &item.value, &types);
            }
        }
    }

    fn within(&mut self, step: Step, value: &Value, types: &[SchemaType<'s>]) {
        self.path.push(step);
        self.value(value, types);
        self.path.truncate(self.path.steps().len() - 1);
    }
}

/// Whether secrets may be in it.
fn has_parts(value: &Value) -> bool {
    matches!(value.kind, ValueKind::Object(_) | ValueKind::Sequence(_) | ValueKind::OneOf(_))
}

/// Each type once.
fn alternatives<'s>(types: &[SchemaType<'s>]) -> Vec<SchemaType<'s>> {
    if let [only] = types {
        return only.alternatives();
    }
    let mut all: Vec<SchemaType<'s>> = types.iter().flat_map(|ty| ty.alternatives()).collect();
    all.sort_by_key(|ty| ty.id());
    all.dedup_by_key(|ty| ty.id());
    all
}

fn forms<'s>(ty: SchemaType<'s>, object: &Object) -> Vec<Form<'s>> {
    match ty.kind() {
        TypeKind::Object(plain) => vec![Form::plain(plain)],
        TypeKind::Discriminated(base) => {
            let read = variants(base, object);
            if read.all_select { read.selected } else { Form::all(base) }
        }
        _ => Vec::new(),
    }
}

fn is_secret(ty: SchemaType<'_>) -> bool {
    match ty.kind() {
        TypeKind::String { sensitive, .. } => sensitive,
        TypeKind::Object(object) => object.sensitive(),
        TypeKind::Union(mut elements) => elements.any(|ty| match ty.kind() {
            TypeKind::Union(_) => ty.alternatives().into_iter().any(is_secret),
            _ => is_secret(ty),
        }),
        _ => false,
    }
}
