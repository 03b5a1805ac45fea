//! Completion: picks the provider that fits what the cursor is on.

mod api_version;
mod argument_name;
mod block_type;
mod resource_type;
mod type_slot;

use super::Profile;
use super::request::Request;
use crate::azapi::place::{NameOf, Place, ValueOf, ValuePlace};
use crate::text::TextEdit;
use type_slot::TypeSlot;

/// What can be written at a place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completions {
    /// In the order of their `sort_text`.
    pub items: Vec<CompletionItem>,
    /// More would match; the client must request again after the next key.
    pub(crate) incomplete: bool,
}

/// One thing that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletionItem {
    /// What the list shows.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// Shown beside the label.
    pub(crate) detail: Option<String>,
    /// Markdown.
    pub(crate) documentation: Option<String>,
    pub(crate) sort_text: String,
    /// What the typed text is matched with, when not the label.
    pub(crate) filter_text: Option<String>,
    /// What accepting it changes; covers the cursor and lies on its line.
    pub edit: TextEdit,
    /// To be selected at first.
    pub(crate) preselect: bool,
    /// The edit's text is a snippet with one stop, `$0`.
    pub(crate) is_snippet: bool,
    /// Shown struck out.
    pub(crate) deprecated: bool,
}

/// What a completion item is; an editor picks a symbol for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompletionKind {
    /// An Azure resource type.
    ResourceType,
    /// An api-version.
    ApiVersion,
    /// An argument of a block.
    Argument,
}

/// What can be written at the place; empty where nothing is known.
pub(super) fn completion(request: &Request<'_>) -> Completions {
    let is_alone = request.config().profile == Profile::Standalone;
    match request.place() {
        Some(Place::Value(ValuePlace { of: ValueOf::Type { resource, attribute }, .. })) => {
            TypeSlot::of(request, &resource, &attribute)
                .map(|slot| in_type(request, &slot))
                .unwrap_or_default()
        }
        // In front of a word that is there, none is being written.
        Some(Place::Name(name)) if name.range.start() == request.offset() && !name.range.is_empty() => {
            Completions::default()
        }
        Some(Place::Name(name)) if is_alone => match &name.of {
            NameOf::BlockType { kind, is_quoted } => block_type::complete(&name, *kind, *is_quoted),
            NameOf::Argument { resource, path, .. } => argument_name::complete(&name, resource, path),
            NameOf::BodyKey { .. } => Completions::default(),
        },
        _ => Completions::default(),
    }
}

fn in_type(request: &Request<'_>, slot: &TypeSlot<'_>) -> Completions {
    if slot.on_version() {
        api_version::complete(slot, request.config().completes_previews)
    } else {
        resource_type::complete(slot)
    }
}

#[cfg(test)]
mod tests;
