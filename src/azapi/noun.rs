//! What people call a resource of a type: `registries` is a registry.

use crate::schema::{Scope, arm_id};

/// The singular of a word such as the last segment of a type, its letters otherwise as they are.
pub(crate) fn singular(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| lower.ends_with(end));
    // `skus` and `apis` end as `status` and `analysis` do.
    let keeps = ends(&["ss", "us", "is", "series", "devops", "dns"])
        && !ends(&["skus", "pus", "apis", "wikis", "slis"]);
    let cut = |bytes: usize, end: &str| format!("{}{end}", &word[..word.len() - bytes]);
    if keeps || !lower.ends_with('s') || lower.len() < 3 {
        word.to_owned()
    } else if lower.ends_with("ies") {
        cut(3, "y")
    } else if lower.ends_with("lyses") {
        cut(2, "is")
    } else if lower.ends_with("shelves") {
        cut(3, "f")
    } else if ends(&["sses", "xes", "ches", "shes", "tuses", "iases", "tlases"]) && !lower.ends_with("caches")
    {
        cut(2, "")
    } else {
        cut(1, "")
    }
}

/// `a registry`, `an API version set`: a resource of the type, in words.
pub(crate) fn noun(type_name: &str) -> String {
    let is = |known: &str| type_name.eq_ignore_ascii_case(known);
    if is("Microsoft.Resources/tenants") {
        return "the tenant (`/`)".to_owned();
    }
    let last = arm_id::last_segment(type_name);
    // Kinds of records of a domain: `AAAA`, `MX`.
    if last.len() <= 5 && last.chars().all(|c| c.is_ascii_uppercase()) {
        return format!("{} {last} record", article_of_letters(last));
    }
    let words = words(&singular(last));
    let spoken: Vec<&str> = words.split(' ').map(written).collect();
    with_article(&spoken.join(" "))
}

/// The article of a word that is spoken letter by letter.
fn article_of_letters(word: &str) -> &'static str {
    if word.starts_with(SPOKEN_AS_VOWELS) { "an" } else { "a" }
}

/// Letters whose names begin with a vowel.
const SPOKEN_AS_VOWELS: [char; 12] = ['A', 'E', 'F', 'H', 'I', 'L', 'M', 'N', 'O', 'R', 'S', 'X'];

/// Words that are written with capitals.
const ABBREVIATIONS: [&str; 39] = [
    "AI", "API", "AWS", "BGP", "CA", "CDN", "CPU", "DB", "DHCP", "DNS", "FQDN", "GCP", "GPU", "HCX", "HSM",
    "HTTP", "ID", "IP", "ISP", "JWT", "KMS", "MFA", "NAT", "NFS", "NSX", "OS", "SAP", "SKU", "SQL", "SSH",
    "SSL", "TLS", "URL", "VHD", "VM", "VPN", "WAF", "WAN", "WCF",
];
/// Of these, those that are spoken as words.
const SPOKEN: [&str; 5] = ["NAT", "SAP", "SKU", "SQL", "WAF"];

/// A word of a name as people write it.
fn written(word: &str) -> &str {
    ABBREVIATIONS.iter().find(|known| known.eq_ignore_ascii_case(word)).copied().unwrap_or(word)
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
    let first = words.split(' ').next().unwrap_or_default();
    if ABBREVIATIONS.contains(&first) && !SPOKEN.contains(&first) {
        return format!("{} {words}", article_of_letters(first));
    }
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
            ("Microsoft.Network/publicIPAddresses", "a public IP address"),
            ("Microsoft.Cache/redis", "a redis"),
            ("Microsoft.ManagedIdentity/userAssignedIdentities", "a user assigned identity"),
            ("Microsoft.ApiManagement/service/apiVersionSets", "an API version set"),
            ("Microsoft.Resources/resourceGroups", "a resource group"),
            ("Microsoft.Resources/tenants", "the tenant (`/`)"),
            ("Test.Rp/boxes", "a box"),
            ("Test.Rp/s", "a s"),
            ("Microsoft.Subscription/aliases", "an alias"),
            ("Microsoft.Cdn/caches", "a cache"),
            ("Test.Rp/instanceStatuses", "an instance status"),
            ("Test.Rp/databases", "a database"),
            ("Test.Rp/analyses", "an analysis"),
            ("Test.Rp/bookshelves", "a bookshelf"),
            ("Test.Rp/vendors/vendorSkus", "a vendor SKU"),
            ("Test.Rp/apis", "an API"),
            ("Test.Rp/sqlDatabases", "a SQL database"),
            ("Test.Rp/sshPublicKeys", "an SSH public key"),
            ("Test.Rp/vmExtensions", "a VM extension"),
            ("Test.Rp/privateAtlases", "a private atlas"),
            ("Test.Rp/slis", "a sli"),
            ("Test.Rp/devops", "a devops"),
            ("Microsoft.Network/dnsZones/A", "an A record"),
            ("Microsoft.Network/dnsZones/MX", "an MX record"),
            ("Microsoft.Network/dnsZones/CNAME", "a CNAME record"),
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
