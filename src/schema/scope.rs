//! Deployment scopes: where in Azure's hierarchy a resource can stand.

use std::fmt;

/// One level of the hierarchy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// The whole directory, `/`.
    Tenant,
    /// A management group.
    ManagementGroup,
    /// A subscription.
    Subscription,
    /// A resource group.
    ResourceGroup,
    /// Any other resource.
    Extension,
}

impl Scope {
    /// All, from the widest.
    pub const ALL: [Scope; 5] =
        [Scope::Tenant, Scope::ManagementGroup, Scope::Subscription, Scope::ResourceGroup, Scope::Extension];

    /// `tenant`, `management-group`, … as commands print it.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Tenant => "tenant",
            Scope::ManagementGroup => "management-group",
            Scope::Subscription => "subscription",
            Scope::ResourceGroup => "resource-group",
            Scope::Extension => "extension",
        }
    }

    /// The form of a parent's id at this scope, with placeholders in braces.
    pub fn parent_pattern(self) -> &'static str {
        match self {
            Scope::Tenant => "/",
            Scope::ManagementGroup => "/providers/Microsoft.Management/managementGroups/{managementGroupId}",
            Scope::Subscription => "/subscriptions/{subscriptionId}",
            Scope::ResourceGroup => "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}",
            Scope::Extension => ANY_RESOURCE_ID,
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The pattern that any parent fits.
pub const ANY_RESOURCE_ID: &str = "{any azure resource id}";

/// A set of scopes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Scopes(u8);

impl Scopes {
    /// From the data's bits: 1 tenant, 2 management group, 4 subscription, 8 resource group, 16 extension.
    /// Other bits are kept and mean nothing.
    pub fn from_bits(bits: u8) -> Self {
        Scopes(bits)
    }

    /// The data's bits.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// Whether `scope` is one of them.
    pub fn contains(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// These and `scope`.
    #[must_use]
    pub(crate) fn with(self, scope: Scope) -> Self {
        Scopes(self.0 | scope.bit())
    }

    /// Those of it that are in `other` too.
    #[must_use]
    pub(crate) fn and(self, other: Scopes) -> Self {
        Scopes(self.0 & other.0)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.iter().next().is_none()
    }

    /// From the widest to the narrowest.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::ALL.into_iter().filter(move |&scope| self.contains(scope))
    }
}

impl fmt::Debug for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Scope::name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, Scopes};

    #[test]
    fn scopes_are_listed_from_the_widest() {
        let scopes = Scopes::from_bits(1 | 8 | 16);
        assert_eq!(
            scopes.iter().collect::<Vec<_>>(),
            [Scope::Tenant, Scope::ResourceGroup, Scope::Extension]
        );
        assert!(!scopes.contains(Scope::Subscription));
        assert!(!scopes.is_empty());
        assert!(Scopes::from_bits(0).is_empty());
    }
}
