//! Completion: picks the provider that fits what the cursor is on.

mod api_version;
mod argument_name;
mod block_type;
mod resource_type;
mod type_slot;

use super::Profile;
use super::request::Request;
use crate::azapi::place::Place;
use crate::text::TextEdit;

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
