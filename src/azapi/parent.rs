//! Whether a `parent_id` is one that a resource type can live under.

use super::id::{Id, IdReader};
use super::resource::Resource;
use crate::schema::arm_id::{self, ArmId};
use crate::schema::{ResourceVersion, Scope, Scopes};
use crate::terraform::Value;

/// What is to be said of a parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is right, or not enough is known.
    Fine,
    /// The provider refuses it.
    Wrong(ArmId<'static>),
    /// The provider lets it pass, but Azure has no way to create the type there.
    NotCreatable(ArmId<'static>),
    /// It is no ARM id; why.
    Malformed(String),
}

/// Judges the value of `parent_id`. Of a conditional, every outcome must be wrong before it is called so.
pub(crate) fn judge(reader: &IdReader<'_, '_>, resource: &Resource<'_>, value: &Value) -> Verdict {
    let Some(type_name) = resource.type_name() else { return Verdict::Fine };
    let mut first = None;
    for outcome in value.outcomes() {
        let verdict = match reader.id(outcome) {
            Id::Unknown => Verdict::Fine,
            Id::Malformed(reason) => Verdict::Malformed(reason),
            Id::Known(id) => judge_id(resource, &type_name, id),
        };
        if verdict == Verdict::Fine {
            return verdict;
        }
        first.get_or_insert(verdict);
    }
    first.unwrap_or(Verdict::Fine)
}

fn judge_id(resource: &Resource<'_>, type_name: &str, id: ArmId<'static>) -> Verdict {
    match arm_id::parent_type(type_name) {
        Some(expected) => judge_child(expected, id),
        None => resource.version().map_or(Verdict::Fine, |version| judge_scope(version, id)),
    }
}

/// A child's parent must be of the type less its last segment; its scope does not matter.
fn judge_child(expected: &str, id: ArmId<'static>) -> Verdict {
    match id.resource_type() {
        Some(found) if !found.eq_ignore_ascii_case(expected) => Verdict::Wrong(id),
        _ => Verdict::Fine,
    }
}

/// A top-level type's parent must lie at one of the version's readable scopes. Extension accepts any parent.
fn judge_scope(version: ResourceVersion<'_>, id: ArmId<'static>) -> Verdict {
    match id.scope() {
        Some(scope) if !allows(version.readable_scopes(), scope) => Verdict::Wrong(id),
        Some(scope) if !allows(version.writable_scopes(), scope) => Verdict::NotCreatable(id),
        _ => Verdict::Fine,
    }
}

fn allows(scopes: Scopes, scope: Scope) -> bool {
    scopes.is_empty() || scopes.contains(Scope::Extension) || scopes.contains(scope)
}
