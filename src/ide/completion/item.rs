//! What a list of completions is made of, as plain data.

use serde::{Deserialize, Serialize};

use crate::text::TextEdit;

/// What can be written at a place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completions {
    /// In the order of their `sort_text`.
    pub items: Vec<CompletionItem>,
    /// More would match; the client must request again after the next key.
    pub(crate) incomplete: bool,
}

impl Completions {
    /// So many items at most are in a list.
    pub(super) const MOST: usize = 100;

    /// Items in the order in which they are to be shown: the first hundred that match what is typed, where there are
    /// more.
    pub(super) fn ordered(items: Vec<CompletionItem>, typed: &str) -> Self {
        let mut items = items;
        let incomplete = items.len() > Self::MOST;
        if incomplete {
            let typed = typed.to_ascii_lowercase();
            items.retain(|item| item.matched().to_ascii_lowercase().contains(&typed));
            items.truncate(Self::MOST);
        }
        for (at, item) in items.iter_mut().enumerate() {
            item.sort_text = format!("{at:04}");
        }
        Self { items, incomplete }
    }
}

/// One thing that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletionItem {
    /// What the list shows, beside `behind` and `aside`.
    pub label: String,
    /// Shown right behind the label, where the client can.
    pub(crate) behind: Option<String>,
    /// Shown at the far side, where the client can.
    pub(crate) aside: Option<String>,
    /// The label where the client can show nothing beside it; `None`: the same.
    pub(crate) whole_label: Option<String>,
    /// What it is.
    pub kind: CompletionKind,
    /// Shown beside the label.
    pub(crate) detail: Option<String>,
    /// Markdown.
    pub(crate) documentation: Option<String>,
    /// What the documentation is about, for a client that asks for it.
    pub(crate) topic: Option<Topic>,
    pub(crate) sort_text: String,
    /// What the typed text is matched with, when not the label.
    pub(crate) filter_text: Option<String>,
    /// What accepting it changes; covers the cursor and lies on its line.
    pub edit: TextEdit,
    /// To be selected at first.
    pub(crate) preselect: bool,
    /// The edit's text is a snippet, whose lines stand relative to the one that it is put into.
    pub(crate) is_snippet: bool,
    /// Shown struck out.
    pub(crate) deprecated: bool,
    /// Once it is taken, what can be written behind it is asked for at once.
    pub(crate) goes_on: bool,
}

impl CompletionItem {
    /// With nothing beside its label; what is called a snippet is one.
    pub(super) fn new(kind: CompletionKind, label: impl Into<String>, edit: TextEdit) -> Self {
        Self {
            label: label.into(),
            behind: None,
            aside: None,
            whole_label: None,
            kind,
            detail: None,
            documentation: None,
            topic: None,
            sort_text: String::new(),
            filter_text: None,
            edit,
            preselect: false,
            is_snippet: kind == CompletionKind::Snippet,
            deprecated: false,
            goes_on: false,
        }
    }

    /// What the typed text is matched with.
    fn matched(&self) -> &str {
        self.filter_text.as_deref().unwrap_or(&self.label)
    }
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
    /// A key of an object.
    Property,
    /// One of the values that there can be.
    Value,
    /// What refers to something else of the module.
    Reference,
    /// Several lines at once.
    Snippet,
    /// A function.
    Function,
}

/// What the documentation of an item is about: enough to find it again, whatever the text is by then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Topic {
    /// A resource type.
    ResourceType(String),
    /// A type of the data plane.
    DataPlaneType(String),
    /// A part of a body.
    Property {
        /// The resource type.
        resource_type: String,
        /// The api-version.
        version: String,
        /// The function whose input the body is.
        function: Option<String>,
        /// From the body's root.
        path: String,
    },
    /// A function of a resource type.
    Function {
        /// The resource type.
        resource_type: String,
        /// The api-version.
        version: String,
        /// Its name.
        name: String,
    },
}
