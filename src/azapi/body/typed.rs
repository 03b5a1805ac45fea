//! What the schema says of a part of a body: its types, each with what it depends on, and what an object may have.

use std::sync::Arc;

use super::form::{Form, variants};
use crate::azapi::skeleton::Shape;
use crate::schema::path::{BodyPath, Step};
use crate::schema::{DiscriminatedType, Property, ResourceVersion, SchemaType, TypeKind};
use crate::terraform::value::Object;

/// An object has at most so many forms.
const MOST_FORMS: usize = 64;

/// A type that a part may have.
#[derive(Debug, Clone)]
pub(crate) struct TypedAs<'s> {
    pub(crate) ty: SchemaType<'s>,
    pub(crate) property: Option<Property<'s>>,
    /// Where it is the property that selects the shape of its object.
    pub(crate) selects: Option<DiscriminatedType<'s>>,
    /// All of these must hold; none: it is certain.
    pub(crate) when: Vec<TypedWhen<'s>>,
    /// From the body's root, with the variants on the way.
    pub(crate) path: BodyPath,
    /// The versions of resource types in whose bodies it is this; at least one.
    pub(crate) versions: Vec<ResourceVersion<'s>>,
}

/// What a type depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TypedWhen<'s> {
    /// The argument `type` is that.
    Type(Arc<str>),
    /// The discriminator has that value.
    Variant { discriminator: &'s str, value: &'s str },
}

/// A form that an object may have.
#[derive(Debug, Clone)]
pub(crate) struct TypedForm<'s> {
    form: Form<'s>,
    when: Vec<TypedWhen<'s>>,
    path: BodyPath,
    versions: Vec<ResourceVersion<'s>>,
}

/// What an object may have, in each form that it may have.
#[derive(Debug, Clone, Default)]
pub(crate) struct Members<'s> {
    forms: Vec<TypedForm<'s>>,
}

/// A property that an object may have.
#[derive(Debug, Clone)]
pub(crate) struct Member<'s> {
    pub(crate) name: &'s str,
    /// What it is, in one form and another; at least one.
    pub(crate) types: Vec<TypedAs<'s>>,
    /// Whether every form has it.
    pub(crate) is_certain: bool,
}

impl<'s> Members<'s> {
    /// Of an object under one of these types.
    pub(crate) fn of(types: &[TypedAs<'s>], object: &Object) -> Self {
        Self { forms: types.iter().flat_map(|one| forms(one, object)).take(MOST_FORMS).collect() }
    }

    /// The versions of resource types that have any of the forms, each once.
    pub(crate) fn versions(&self) -> Vec<ResourceVersion<'s>> {
        let mut all = Vec::new();
        for version in self.forms.iter().flat_map(|form| &form.versions) {
            if !all.contains(version) {
                all.push(*version);
            }
        }
        all
    }

    /// What it may have at one of those versions.
    pub(crate) fn at_version(&self, version: ResourceVersion<'s>) -> Self {
        let forms = self.forms.iter().filter(|form| form.versions.contains(&version));
        Self { forms: forms.cloned().collect() }
    }

    /// Whether it may be no object.
    pub(crate) fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// Whether the forms are those of another one, at the same place of the same versions of types.
    pub(crate) fn says(&self, other: &Self) -> bool {
        let same = |(one, two): (&TypedForm<'s>, &TypedForm<'s>)| {
            one.form.selection() == two.form.selection()
                && one.when == two.when
                && one.path == two.path
                && one.versions == two.versions
        };
        self.forms.len() == other.forms.len() && self.forms.iter().zip(&other.forms).all(same)
    }

    /// What the forms say of a key; what all of them say is certain as far as they are. None where it is no key
    /// of any.
    pub(crate) fn get(&self, key: &str) -> Vec<TypedAs<'s>> {
        self.at(key, &Step::FreeKey(key.to_owned()))
    }

    /// What an object needs in each form.
    pub(crate) fn shapes(&self) -> Vec<Shape<'s>> {
        let of_form = |one: &TypedForm<'s>| {
            let properties = one.form.properties().map(|(property, _)| property);
            Shape::new(one.form.selection(), properties)
        };
        self.forms.iter().map(of_form).collect()
    }

    /// What the values of undeclared keys are; none where there may be none.
    pub(crate) fn further(&self) -> Vec<TypedAs<'s>> {
        // No property is called so.
        self.at("", &Step::Any)
    }

    fn at(&self, key: &str, undeclared: &Step) -> Vec<TypedAs<'s>> {
        let mut all: Vec<TypedAs<'s>> = Vec::new();
        for TypedForm { form, when, path, versions } in &self.forms {
            let Some(member) = form.member(key) else { continue };
            let selects = form.base.filter(|base| base.discriminator() == key);
            // What the base says, or what selects, does not depend on the variant.
            let shared = !member.of_variant || selects.is_some();
            let is_own = |one: &TypedWhen<'s>| matches!(one, TypedWhen::Variant { value, .. } if Some(*value) == form.selected_by);
            let when: Vec<TypedWhen<'s>> =
                when.iter().filter(|one| !(shared && is_own(one))).cloned().collect();
            let twin = all.iter_mut().find(|one| {
                one.when == when
                    && (one.ty.described_id() == member.ty.described_id() || (shared && selects.is_some()))
            });
            if let Some(twin) = twin {
                twin.add_versions(versions);
                continue;
            }
            let of_one = member.of_variant && !(shared && self.forms.len() > 1);
            let variant = form.selection().filter(|_| of_one);
            let variant = variant.map(|(discriminator, value)| Step::Variant {
                discriminator: discriminator.to_owned(),
                value: value.to_owned(),
            });
            let step = member.property.map_or(undeclared.clone(), |_| Step::Key(key.to_owned()));
            let path = path.join(variant.into_iter().chain([step]));
            let (ty, property) = (member.ty, member.property);
            all.push(TypedAs { ty, property, selects, when, path, versions: versions.clone() });
        }
        let same = |one: &TypedAs<'s>| one.ty.described_id() == all[0].ty.described_id();
        if all.len() > 1 && all.len() == self.forms.len() && all.iter().all(same) {
            return vec![TypedAs { when: Vec::new(), ..joined(&all) }];
        }
        all
    }

    /// Every declared property, those that all forms have first, else in the data's order.
    pub(crate) fn all(&self) -> Vec<Member<'s>> {
        let mut names: Vec<&'s str> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        let properties = self.forms.iter().flat_map(|one| one.form.properties());
        names.extend(properties.map(|(property, _)| property.name()).filter(|name| seen.insert(*name)));
        let member = |name: &'s str| {
            let is_certain = self.forms.iter().all(|one| one.form.member(name).is_some());
            Member { name, types: self.get(name), is_certain }
        };
        let mut all: Vec<Member<'s>> = names.into_iter().map(member).collect();
        all.sort_by_key(|member| !member.is_certain);
        all
    }
}

impl<'s> TypedAs<'s> {
    fn add_versions(&mut self, versions: &[ResourceVersion<'s>]) {
        for version in versions {
            if !self.versions.contains(version) {
                self.versions.push(*version);
            }
        }
    }

    /// The types of what a list of these types holds, at a place in it.
    pub(crate) fn items(types: &[Self], step: &Step) -> Vec<Self> {
        let items = |ty: SchemaType<'s>| match ty.kind() {
            TypeKind::Array { items, .. } => Some(items),
            _ => None,
        };
        let of_type = |one: &Self| {
            let ty = one.ty.alternatives().into_iter().find_map(items)?;
            let path = one.path.join([step.clone()]);
            let (when, versions) = (one.when.clone(), one.versions.clone());
            Some(Self { ty, property: None, selects: None, when, path, versions })
        };
        types.iter().filter_map(of_type).collect()
    }
}

/// One for several that say the same: with what they have in common of their paths, and all their versions. Never
/// of none.
pub(crate) fn joined<'s>(all: &[TypedAs<'s>]) -> TypedAs<'s> {
    let mut one = all[0].clone();
    for other in &all[1..] {
        one.add_versions(&other.versions);
        let (mine, theirs) = (one.path.steps(), other.path.steps());
        let is_variant = |step: &&Step| matches!(step, Step::Variant { .. });
        let common = |(mine, theirs): (&Step, &Step)| match (mine, theirs) {
            _ if mine == theirs => Some(mine.clone()),
            (Step::Index(_) | Step::Any, Step::Index(_) | Step::Any) => Some(Step::Any),
            _ => None,
        };
        one.path = if mine.len() == theirs.len() {
            mine.iter().zip(theirs).filter_map(common).collect()
        } else {
            mine.iter().filter(|step| !is_variant(step)).cloned().collect()
        };
    }
    one
}

/// The forms that an object may have under a type, each with what it depends on.
fn forms<'s>(one: &TypedAs<'s>, object: &Object) -> Vec<TypedForm<'s>> {
    let mut all = Vec::new();
    let typed = |form: Form<'s>, when| TypedForm {
        form,
        when,
        path: one.path.clone(),
        versions: one.versions.clone(),
    };
    for ty in one.ty.alternatives() {
        match ty.kind() {
            TypeKind::Object(plain) => all.push(typed(Form::plain(plain), one.when.clone())),
            TypeKind::Discriminated(base) => {
                let read = variants(base, object);
                let possible = if read.all_select { read.selected } else { Form::all(base) };
                let is_certain = read.all_select && possible.len() == 1;
                all.extend(possible.into_iter().map(|form| {
                    let selection = form.selection().filter(|_| !is_certain);
                    let variant =
                        selection.map(|(discriminator, value)| TypedWhen::Variant { discriminator, value });
                    typed(form, one.when.iter().cloned().chain(variant).collect())
                }));
            }
            _ => {}
        }
    }
    all
}
