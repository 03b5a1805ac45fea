//! What people call a resource of a type: `registries` is a registry.

use crate::schema::{Scope, arm_id};

/// The singular of a word such as the last segment of a type, its letters otherwise as they are.
pub(crate) fn singular(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    let keeps = ["ss", "us", "is"].iter().any(|end| lower.ends_with(end)) || lower.ends_with("series");
    let cut = |bytes: usize, end: &str| format!("{}{end}", &word[..word.len() - bytes]);
    if keeps || !lower.ends_with('s') || lower.len() < 3 {
        word.to_owned()
    } else if lower.ends_with("ies") {
        cut(3, "y")
    } else if ["sses", "xes", "ches", "shes"].iter().any(|end| lower.ends_with(end)) {
        cut(2, "")
    } else {
        cut(1, "")
    }
}

/// `a registry`, `an api version set`: a resource of the type, in words.
pub(crate) fn noun(type_name: &str) -> String {
    let is = |known: &str| type_name.eq_ignore_ascii_case(known);
    if is("Microsoft.Resources/tenants") {
        return "the tenant (`/`)".to_owned();
    }
    with_article(&words(&singular(arm_id::last_segment(type_name))))
}

/// The words of a name in camel case, in lower case: `publicIPAddress` is three.
pub(crate) fn words(name: &str) -> String {
    let mut words = String::new();
    let letters: Vec<char> = name.chars().collect();
    for (at, c) in letters.iter().enumerate() {
        let is_lower = |at: usize| letters.get(at).is_some_and(|c| c.is_lowercase());
        if c.is_uppercase() && at > 0 && (is_lower(at - 1) || is_lower(at + 1)) {
            words.push(' ');
        }
        words.push(*c);
    }
    words.to_lowercase()
}

/// A name in camel case as one in Terraform's style, which HCL takes: `public_ip_address`.
pub(crate) fn snake(name: &str) -> String {
    let snake: String = words(name).chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    if snake.starts_with(char::is_alphabetic) { snake } else { format!("a_{snake}") }
}

/// A place at a scope, in words.
pub(crate) fn scope_noun(scope: Scope) -> String {
    match scope {
        Scope::Tenant => noun_with_type("Microsoft.Resources/tenants"),
        Scope::ManagementGroup => noun_with_type(arm_id::MANAGEMENT_GROUPS),
        Scope::Subscription => noun_with_type(arm_id::SUBSCRIPTIONS),
        Scope::ResourceGroup => noun_with_type(arm_id::RESOURCE_GROUPS),
        Scope::Extension => "any resource".to_owned(),
    }
}

/// The same with the type, but for scopes, which their name says.
pub(crate) fn noun_with_type(type_name: &str) -> String {
    let is_scope = [
        "Microsoft.Resources/tenants",
        arm_id::SUBSCRIPTIONS,
        arm_id::RESOURCE_GROUPS,
        arm_id::MANAGEMENT_GROUPS,
    ];
    let noun = noun(type_name);
    match is_scope.iter().any(|known| known.eq_ignore_ascii_case(type_name)) {
        true => noun,
        false => format!("{noun} (`{type_name}`)"),
    }
}

fn with_article(words: &str) -> String {
    // `a user`, `a unit`, `a usage`: these begin with the sound of a consonant.
    let consonant = ["us", "uni", "ut", "eu"].iter().any(|start| words.starts_with(start));
    let vowel = words.starts_with(['a', 'e', 'i', 'o', 'u']) && !consonant;
    format!("{} {words}", if vowel { "an" } else { "a" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_called_by_the_singular_of_its_last_word() {
        let cases = [
            ("Microsoft.ContainerRegistry/registries", "a registry"),
            ("Microsoft.Network/virtualNetworks", "a virtual network"),
            ("Microsoft.Sql/servers/databases", "a database"),
            ("Microsoft.ApiManagement/service", "a service"),
            ("Microsoft.Network/publicIPAddresses", "a public ip address"),
            ("Microsoft.Cache/redis", "a redis"),
            ("Microsoft.ManagedIdentity/userAssignedIdentities", "a user assigned identity"),
            ("Microsoft.ApiManagement/service/apiVersionSets", "an api version set"),
            ("Microsoft.Resources/resourceGroups", "a resource group"),
            ("Microsoft.Resources/tenants", "the tenant (`/`)"),
            ("Test.Rp/boxes", "a box"),
            ("Test.Rp/s", "a s"),
        ];
        for (name, noun_of) in cases {
            assert_eq!(noun(name), noun_of, "{name}");
        }
    }

    #[test]
    fn scopes_need_no_type_beside_their_name() {
        assert_eq!(noun_with_type("Microsoft.Resources/subscriptions"), "a subscription");
        assert_eq!(
            noun_with_type("Test.Rp/topics/subscriptions"),
            "a subscription (`Test.Rp/topics/subscriptions`)"
        );
    }
}
