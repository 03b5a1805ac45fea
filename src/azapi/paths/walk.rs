//! Follows an expression over the types of its input.

use super::jmespath::Expression;
use super::reach::{Member, Reach};
use super::{PathFault, PathFaultKind};

pub(super) fn judge(expression: &Expression, root: &Reach<'_>) -> Vec<PathFault> {
    let mut faults = Vec::new();
    follow(expression, root, &mut faults);
    faults
}

/// What it gives; anything behind the first fault.
fn follow<'s>(expression: &Expression, input: &Reach<'s>, faults: &mut Vec<PathFault>) -> Reach<'s> {
    match expression {
        Expression::Input => input.clone(),
        Expression::Field(name, at) => match input.member(name) {
            Member::To(found) => found,
            Member::Nowhere(near) => {
                let kind = PathFaultKind::Nothing { name: name.clone(), near };
                faults.push(PathFault { at: at.clone(), kind });
                Reach::anything()
            }
        },
        Expression::Then(first, second) => {
            let between = follow(first, input, faults);
            follow(second, &between, faults)
        }
        Expression::Item(list) => follow(list, input, faults).any_item(),
        Expression::Items { list, condition, each, .. } => {
            let items = follow(list, input, faults).any_item().flattened();
            if let Some(condition) = condition {
                follow(condition, &items, faults);
            }
            follow(each, &items, faults);
            Reach::anything()
        }
        Expression::Values(object, each) => {
            let values = follow(object, input, faults).values();
            // Values that are no objects are left out.
            let mut of_each = Vec::new();
            follow(each, &values, &mut of_each);
            if values.has_object() {
                faults.extend(of_each);
            }
            Reach::anything()
        }
        Expression::Members(members) => {
            for (_, part) in members {
                follow(part, input, faults);
            }
            Reach::anything()
        }
        Expression::Made(parts) | Expression::Call(_, parts) => {
            for part in parts {
                follow(part, input, faults);
            }
            Reach::anything()
        }
        // What is taken of each item depends on the function.
        Expression::OfEach(_) | Expression::Other => Reach::anything(),
    }
}
