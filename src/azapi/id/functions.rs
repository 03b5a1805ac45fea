//! The ids that azapi's own functions build and take apart.

use super::pieces::{Piece, Pieces};
use super::{IdReader, above, last};
use crate::schema::Scope;
use crate::terraform::Value;
use crate::terraform::value::ProviderCall;

impl IdReader<'_, '_> {
    /// What a call of a provider's function gives as a text.
    pub(super) fn call(&self, call: &ProviderCall, depth: u32) -> Pieces {
        let any = || Pieces::of(Piece::Any);
        let Some(name) = call.name.strip_prefix("provider::azapi::") else { return any() };
        if name == "parse_resource_id" {
            return self.parsed(call, depth).unwrap_or_else(any);
        }
        if !call.path.is_empty() {
            return any();
        }
        self.built(name, &call.arguments, depth).unwrap_or_else(any)
    }

    fn built(&self, name: &str, arguments: &[Value], depth: u32) -> Option<Pieces> {
        let text = |value: &Value| self.text(value, depth + 1);
        let scope = |scope: Scope, names: &[&Value]| {
            let pattern = Pieces::of_pattern(scope.parent_pattern());
            let mut names = names.iter().map(|name| text(name).into_name());
            let filled = pattern.cut().into_iter().map(|stretch| match stretch.first() {
                Some(Piece::Name) => names.next().unwrap_or(stretch),
                _ => stretch,
            });
            Pieces::joined(&filled.collect::<Vec<_>>())
        };
        let (base, rest) = match (name, arguments) {
            ("build_resource_id", [parent, resource_type, name]) => {
                let resource_type = type_name(resource_type)?;
                return Some(self.below(text(parent), &resource_type, text(name).into_name()));
            }
            ("tenant_resource_id", rest) => (Pieces::default(), rest),
            ("management_group_resource_id", [group, rest @ ..]) => {
                (scope(Scope::ManagementGroup, &[group]), rest)
            }
            ("subscription_resource_id", [subscription, rest @ ..]) => {
                (scope(Scope::Subscription, &[subscription]), rest)
            }
            ("resource_group_resource_id", [subscription, group, rest @ ..]) => {
                (scope(Scope::ResourceGroup, &[subscription, group]), rest)
            }
            ("extension_resource_id", [base, rest @ ..]) => (text(base), rest),
            _ => return None,
        };
        let [resource_type, names] = rest else { return None };
        self.under(base, &type_name(resource_type)?, names, depth)
    }

    /// The id of a resource of a type at any depth under a scope, by the names from the top.
    fn under(&self, base: Pieces, resource_type: &str, names: &Value, depth: u32) -> Option<Pieces> {
        let names = names.as_sequence().filter(|names| names.is_complete());
        let name = |at: usize| {
            let name = names.and_then(|names| names.elements.get(at));
            name.map_or_else(|| Pieces::of(Piece::Name), |name| self.text(&name.value, depth + 1).into_name())
        };
        let words: Vec<&str> = resource_type.split('/').collect();
        let mut id = base;
        for at in 2..=words.len() {
            id = self.below(id, &words[..at].join("/"), name(at - 2));
        }
        (words.len() > 1).then_some(id)
    }

    /// An attribute of `parse_resource_id(type, id)`.
    fn parsed(&self, call: &ProviderCall, depth: u32) -> Option<Pieces> {
        let [resource_type, id] = call.arguments.as_slice() else { return None };
        let resource_type = type_name(resource_type)?;
        let known = Some(self.text(id, depth + 1)).filter(|id| !id.is_unknown());
        // The function refuses ids of other types.
        let id = known.unwrap_or_else(|| self.of_type(&resource_type, Pieces::of(Piece::Name)));
        let [attribute] = call.path.as_slice() else {
            return call.path.first().filter(|first| &***first == "parts").map(|_| Pieces::of(Piece::Name));
        };
        let word = |at: usize, name: &str| {
            let stretches = id.cut();
            let is = |at: usize, word: &str| {
                stretches.get(at).and_then(Pieces::as_known).is_some_and(|it| it.eq_ignore_ascii_case(word))
            };
            let found = stretches.get(at).filter(|_| is(at - 1, name) && stretches[0].as_known() == Some(""));
            found.cloned().map(Pieces::into_name)
        };
        match &**attribute {
            "id" => Some(id),
            "name" => Some(last(id)),
            "parent_id" => above(&id, &resource_type),
            "subscription_id" => Some(word(2, "subscriptions").unwrap_or(Pieces::of(Piece::Name))),
            "resource_group_name" => Some(word(4, "resourceGroups").unwrap_or(Pieces::of(Piece::Name))),
            "resource_group_id" => {
                word(4, "resourceGroups")?;
                Some(Pieces::joined(&id.cut()[..5]))
            }
            "type" | "provider_namespace" => Some(Pieces::of(Piece::Name)),
            _ => None,
        }
    }
}

/// The type that an argument names, without a version.
fn type_name(value: &Value) -> Option<String> {
    let text = value.assumed().as_str()?;
    let name = text.split('@').next().unwrap_or_default();
    (!name.is_empty()).then(|| name.to_owned())
}
