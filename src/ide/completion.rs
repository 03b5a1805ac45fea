//! Completion: picks the provider that fits what the cursor is on.

mod api_version;
mod argument_name;
mod argument_value;
mod block_snippet;
mod block_type;
mod body_key;
mod body_path;
mod body_value;
mod id_value;
mod item;
mod locations;
mod module_blocks;
mod reference;
mod resource_type;
mod snippet;
mod topic;
mod type_slot;
mod value_slot;
mod versions;

pub(crate) use item::{CompletionItem, CompletionKind, Completions, Topic};
pub(crate) use snippet::plain_text;
pub(super) use topic::documentation;

use super::Profile;
use super::request::Request;
use crate::azapi::Resource;
use crate::azapi::place::{Name, NameOf, Place, ValueOf, ValuePlace};
use crate::text::TextSize;
use type_slot::TypeSlot;

/// What can be written at the place; empty where nothing is known.
pub(super) fn completion(request: &Request<'_>) -> Completions {
    let mut found = at_place(request);
    if let Some(source) = request.source() {
        let rope = &source.rope;
        let line = |at: TextSize| rope.byte_to_line(usize::from(at).min(rope.len_bytes()));
        // A key that is half typed may reach behind its line, where editors replace nothing.
        found.items.retain(|item| line(item.edit.range.start()) == line(item.edit.range.end()));
    }
    found
}

fn at_place(request: &Request<'_>) -> Completions {
    match request.place() {
        Some(Place::Value(ValuePlace { of: ValueOf::Type { resource, attribute }, expression, .. })) => {
            let value = expression.map(|expression| expression.node);
            let slot = TypeSlot::of(request, &resource, attribute.as_ref(), value.as_ref());
            slot.map(|slot| in_type(request, &resource, &slot))
                .or_else(|| reference::complete(request))
                .unwrap_or_default()
        }
        Some(Place::Value(place)) => reference::complete(request).unwrap_or_else(|| match &place.of {
            ValueOf::Argument { resource, path } => argument_value::complete(request, resource, path),
            ValueOf::Body { targets } => body_value::complete(request, targets),
            ValueOf::Type { .. } => Completions::default(),
        }),
        // In front of a word that is there, none is being written.
        Some(Place::Name(name)) if name.range.start() == request.offset() && !name.range.is_empty() => {
            Completions::default()
        }
        Some(Place::Name(name)) => of_name(request, &name),
        _ => reference::complete(request).unwrap_or_else(|| block_snippet::complete(request)),
    }
}

fn in_type(request: &Request<'_>, resource: &Resource<'_>, slot: &TypeSlot<'_>) -> Completions {
    if slot.on_version() {
        api_version::complete(slot, request.config().completes_previews)
    } else {
        resource_type::complete(request, resource, slot)
    }
}

fn of_name(request: &Request<'_>, name: &Name<'_>) -> Completions {
    let is_alone = request.config().profile == Profile::Standalone;
    match &name.of {
        NameOf::BlockType { kind, is_quoted } => {
            let bare = if is_alone { block_type::complete(name, *kind, *is_quoted) } else { Vec::new() };
            let whole = block_snippet::in_label(request, name, *kind, *is_quoted);
            Completions::ordered(bare.into_iter().chain(whole).collect(), "")
        }
        NameOf::Argument { resource, path, .. } => {
            let paths = body_path::names(request, name, resource, path);
            if !paths.is_empty() {
                return Completions::ordered(paths, "");
            }
            match (is_alone, path.as_slice()) {
                (true, _) => argument_name::complete(name, resource, path),
                (false, []) => Completions::ordered(argument_name::filled_bodies(name, resource), ""),
                (false, _) => Completions::default(),
            }
        }
        NameOf::Configuration { path, .. } if is_alone && path.is_empty() => argument_name::of_provider(name),
        NameOf::Configuration { .. } => Completions::default(),
        NameOf::BodyKey { targets, .. } => body_key::complete(request, name, targets),
    }
}

#[cfg(test)]
mod argument_tests;
#[cfg(test)]
mod body_tests;
#[cfg(test)]
mod choices_tests;
#[cfg(test)]
mod data_plane_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod walk_tests;
