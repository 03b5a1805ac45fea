//! The arguments of a block in each case of its type: what decides the type may decide the body too.

use std::sync::Arc;

use crate::terraform::value::{Object, ValueKind, When};

/// The arguments in one case.
pub(crate) struct TypeCase {
    /// What leads to it.
    pub(crate) when: Option<When>,
    pub(crate) arguments: Object,
}

/// One for each outcome of `type`, where what leads to them decides something of other arguments as well. `None` where
/// nothing does: then each outcome may stand beside any other.
pub(crate) fn cases_of_type(arguments: &Object) -> Option<Vec<TypeCase>> {
    let ValueKind::OneOf(outcomes) = &arguments.items.get("type")?.value.kind else { return None };
    if outcomes.iter().any(|outcome| outcome.decisions.is_empty()) {
        return None;
    }
    let mut decides = false;
    let cases = outcomes.iter().map(|outcome| {
        let mut items = (*arguments.items).clone();
        for (name, item) in &mut items {
            if &**name == "type" {
                item.value = outcome.value.clone();
            } else if let Some(value) = item.value.excluding(&outcome.decisions) {
                decides = true;
                item.value = value;
            }
        }
        TypeCase { when: outcome.when, arguments: Object { items: Arc::new(items), ..arguments.clone() } }
    });
    let cases: Vec<TypeCase> = cases.collect();
    decides.then_some(cases)
}
