//! Whether a resource type can live under a parent, by the provider's own rules.

use super::id::{Id, IdReader};
use super::resource::Resource;
use crate::schema::arm_id::{self, ArmId, ArmIdError};
use crate::schema::{ResourceVersion, Scope, Scopes};
use crate::terraform::Value;

/// What is to be said of a parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is right, or not enough is known.
    Fine,
    /// The provider refuses it.
    Wrong(ArmId<'static>),
    /// The provider lets it pass, but Azure has no way to create the type there.
    NotCreatable(ArmId<'static>),
    /// The provider lets it pass, but the type stands in resource groups and not under their resources.
    NotExtending(ArmId<'static>),
    /// It is no ARM id; why.
    Malformed(String),
    /// The provider lets it pass, but Azure has no such id; why.
    Flawed(ArmIdError),
}

/// Why the provider refuses a parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is no ARM id.
    NotAnId(ArmIdError),
    /// It is of another type than the one that children of this type have above them.
    Type,
    /// It lies at a scope where the version cannot be read.
    Scope,
}

/// The id that the provider gives the resource `name` of `type_name` under a parent that is known in full.
/// `readable` are the scopes of the type at its version, `None` where the data does not have it.
///
/// `type_name` and `name` stay as they are written, and so does the parent: Terraform compares ids letter
/// by letter.
pub fn resource_id(
    type_name: &str,
    readable: Option<Scopes>,
    name: &str,
    parent: &str,
) -> Result<String, Refusal> {
    let id = ArmId::parse(parent).map_err(Refusal::NotAnId)?;
    accept(type_name, readable, &id)?;
    Ok(arm_id::build(parent, type_name, name))
}

/// Whether the provider takes `parent`, whatever the parts of it are that are not known.
fn accept(type_name: &str, readable: Option<Scopes>, parent: &ArmId<'_>) -> Result<(), Refusal> {
    if let Some(expected) = arm_id::parent_type(type_name) {
        // The scope of a child's parent does not matter.
        return if parent.may_be_of_type(expected) { Ok(()) } else { Err(Refusal::Type) };
    }
    // A namespace alone has no scopes.
    let readable = readable.filter(|_| type_name.contains('/')).unwrap_or_default();
    if allows(readable, parent) { Ok(()) } else { Err(Refusal::Scope) }
}

/// Extension accepts any parent, and where nothing is stated nothing is refused.
fn allows(scopes: Scopes, id: &ArmId<'_>) -> bool {
    scopes.is_empty() || scopes.contains(Scope::Extension) || id.may_lie_at(scopes)
}

/// How resources of a type stand under a parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// It is what such resources are made in.
    Own,
    /// They extend any resource, this one too.
    Extends,
}

/// How a version's resources stand under resources of a type; `None` where they cannot be made there.
pub(crate) fn fit(version: ResourceVersion<'_>, parent_type: &str) -> Option<Fit> {
    if let Some(expected) = arm_id::parent_type(version.type_name()) {
        return expected.eq_ignore_ascii_case(parent_type).then_some(Fit::Own);
    }
    let written = Some(version.writable_scopes()).filter(|scopes| !scopes.is_empty());
    let scopes = written.unwrap_or(version.readable_scopes());
    if arm_id::scope_of_type(parent_type).is_some_and(|scope| scopes.contains(scope)) {
        return Some(Fit::Own);
    }
    scopes.contains(Scope::Extension).then_some(Fit::Extends)
}

/// Judges the value of `parent_id`. Of a conditional, every outcome must be wrong before it is called so.
pub(crate) fn judge(reader: &IdReader<'_, '_>, resource: &Resource<'_>, value: &Value) -> Verdict {
    let Some(type_name) = resource.type_name() else { return Verdict::Fine };
    let mut first = None;
    for outcome in value.outcomes() {
        let verdict = match reader.id(outcome) {
            Id::Unknown => Verdict::Fine,
            Id::Malformed(reason) => Verdict::Malformed(reason),
            Id::Known(id) => judge_id(&type_name, resource.version(), id),
        };
        if verdict == Verdict::Fine {
            return verdict;
        }
        first.get_or_insert(verdict);
    }
    first.unwrap_or(Verdict::Fine)
}

fn judge_id(type_name: &str, version: Option<ResourceVersion<'_>>, id: ArmId<'static>) -> Verdict {
    let flaw = id.flaw();
    if accept(type_name, version.map(ResourceVersion::readable_scopes), &id).is_err() {
        return flaw.map_or(Verdict::Wrong(id), |flaw| Verdict::Malformed(flaw.to_string()));
    }
    if let Some(flaw) = flaw {
        return Verdict::Flawed(flaw);
    }
    match version.filter(|_| arm_id::parent_type(type_name).is_none()) {
        Some(version) if !allows(version.writable_scopes(), &id) => Verdict::NotCreatable(id),
        Some(version) if !extends(version) && is_in_group(&id) => Verdict::NotExtending(id),
        _ => Verdict::Fine,
    }
}

/// Whether resources of the version can stand under any other, as far as the data says.
fn extends(version: ResourceVersion<'_>) -> bool {
    [version.readable_scopes(), version.writable_scopes()]
        .into_iter()
        .any(|scopes| scopes.is_empty() || scopes.contains(Scope::Extension))
}

/// Whether it is surely the id of a resource in a resource group.
fn is_in_group(id: &ArmId<'_>) -> bool {
    id.scope() == Some(Scope::ResourceGroup)
        && id.resource_type().is_some_and(|name| !name.eq_ignore_ascii_case(arm_id::RESOURCE_GROUPS))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUBSCRIPTION: &str = "/subscriptions/s";
    const GROUP: &str = "/subscriptions/s/resourceGroups/g";

    fn scopes(list: &[Scope]) -> Option<Scopes> {
        Some(Scopes::from_bits(list.iter().map(|&scope| 1 << scope as u8).sum()))
    }

    #[test]
    fn ids_keep_the_letters_of_type_name_and_parent() {
        let id = |ty, parent| resource_id(ty, scopes(&[Scope::ResourceGroup]), "N", parent);
        let group = "/subscriptions/s/resourcegroups/G";
        assert_eq!(id("test.RP/Widgets", group), Ok(format!("{group}/providers/test.RP/Widgets/N")));
        let widget = "/subscriptions/s/resourceGroups/g/providers/TEST.rp/widgets/w";
        assert_eq!(id("Test.Rp/Widgets/Gears", widget), Ok(format!("{widget}/Gears/N")));
    }

    #[test]
    fn a_parent_must_be_an_id_of_the_right_scope_or_type() {
        let top = |parent| resource_id("Test.Rp/widgets", scopes(&[Scope::ResourceGroup]), "n", parent);
        assert_eq!(top(""), Err(Refusal::NotAnId(ArmIdError::Empty)));
        assert_eq!(top("//"), Err(Refusal::NotAnId(ArmIdError::EmptySegment)));
        assert_eq!(top("/tenants/t"), Err(Refusal::NotAnId(ArmIdError::Root)));
        assert_eq!(top("/subscriptions/s/resourceGroup/g"), Err(Refusal::Scope));
        assert_eq!(top(SUBSCRIPTION), Err(Refusal::Scope));
        assert!(top("/subscriptions/s/resourceGroups/g/").is_ok());
        let child = |parent| resource_id("Test.Rp/widgets/gears", None, "n", parent);
        assert_eq!(child(GROUP), Err(Refusal::Type));
        assert!(child("/providers/test.rp/WIDGETS/w").is_ok());
    }

    #[test]
    fn types_without_known_scopes_take_any_id() {
        for ty in ["Test.Rp", "Test.Rp/widgets"] {
            assert!(resource_id(ty, None, "n", SUBSCRIPTION).is_ok(), "{ty}");
            assert!(resource_id(ty, scopes(&[]), "n", GROUP).is_ok(), "{ty}");
            assert_eq!(
                resource_id(ty, None, "n", "/subscriptions/s/resourceGroups/g/providers/Test.Rp"),
                Err(Refusal::NotAnId(ArmIdError::NamespaceOnly)),
                "{ty}"
            );
        }
    }
}
