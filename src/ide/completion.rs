//! Completion: picks the provider that fits what the caret is on.

mod api_version;
mod argument_name;
mod block_type;
mod resource_type;
mod type_slot;

use super::request::Request;
use super::{Completions, Profile};
use crate::azapi::place::Place;

/// What can be written at the place; empty where nothing is known.
pub(super) fn completion(request: &Request<'_>) -> Completions {
    match request.place() {
        Some(Place::Type { resource, attribute }) => type_slot::TypeSlot::of(request, &resource, &attribute)
            .map(|slot| {
                if slot.on_version() {
                    api_version::complete(&slot, request.config().completes_previews)
                } else {
                    resource_type::complete(&slot)
                }
            })
            .unwrap_or_default(),
        _ if request.config().profile == Profile::Standalone => {
            let names = || Some(argument_name::complete(&request.name_place()?));
            block_type::complete(request).or_else(names).unwrap_or_default()
        }
        _ => Completions::default(),
    }
}

#[cfg(test)]
mod tests;
