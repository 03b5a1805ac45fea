//! Blocks whose type only the default of a variable says: what is wrong with them then is a warning that names it.

use super::checker::Checker;
use crate::azapi::Resource;
use crate::terraform::Address;
use crate::terraform::value::{Value, ValueKind};

/// A block with the type that a default gives.
pub(super) struct ByDefault<'s> {
    pub(super) resource: Resource<'s>,
    /// What `type` is then.
    pub(super) ty: Value,
    variable: String,
}

impl ByDefault<'_> {
    /// What a message ends with.
    pub(super) fn when(&self) -> String {
        format!(" (with the default of `var.{}`)", self.variable)
    }
}

/// `None` where something else says what the type is, or nothing does, and where a call of the module is looked at: that
/// gives the variable another value.
pub(super) fn by_default<'s>(checker: &mut Checker<'s>, resource: &Resource<'_>) -> Option<ByDefault<'s>> {
    if !checker.judges_defaults {
        return None;
    }
    let known = resource.argument(&checker.evaluator, "type")?;
    if !matches!(known.kind, ValueKind::Unknown { .. }) {
        return None;
    }
    let evaluator = checker.with_defaults();
    let (value, more) = evaluator.tracked(|| resource.argument(&evaluator, "type"));
    let variable = more.iter().flatten().find_map(|need| match need.own_variable() {
        Some(Address::Variable(name)) => Some(name.to_string()),
        _ => None,
    });
    match more {
        Some(more) => checker.more_needs.extend(more),
        None => checker.is_untracked = true,
    }
    let (ty, variable) = (value?, variable?);
    Some(ByDefault { resource: resource.with_type(checker.schema, &ty), ty, variable })
}
