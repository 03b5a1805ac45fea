//! Whether a resource type can live under a parent, by the provider's own rules.

use super::id::{Id, IdReader};
use super::noun::{noun_with_type, scope_noun};
use super::resource::Resource;
use super::validate::Certainty;
use crate::schema::arm_id::{self, ArmId, ArmIdError};
use crate::schema::{ResourceVersion, Schema, Scope, Scopes};
use crate::terraform::value::{Outcome, Presence, When};
use crate::terraform::{Evaluator, InstanceKey, Value, ValueKind};

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

/// Whether the provider takes `parent` for the type at a version, whatever its parts are that are not known.
pub(super) fn accepts(type_name: &str, version: Option<ResourceVersion<'_>>, parent: &ArmId<'_>) -> bool {
    accept(type_name, version.map(ResourceVersion::readable_scopes), parent).is_ok()
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
    let scopes = version.parent_scopes();
    if arm_id::scope_of_type(parent_type).is_some_and(|scope| scopes.contains(scope)) {
        return Some(Fit::Own);
    }
    scopes.contains(Scope::Extension).then_some(Fit::Extends)
}

/// What is wrong with a parent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fault {
    /// Never [`Verdict::Fine`].
    pub(crate) verdict: Verdict,
    /// The value that it is said of, the first where there are several.
    pub(crate) value: Value,
    /// What is wrong in the other cases, where there is no right one.
    pub(crate) others: Vec<Verdict>,
    pub(crate) certainty: Certainty,
}

impl Fault {
    /// Whether it is wrong in every case.
    pub(crate) fn is_sure(&self) -> bool {
        self.certainty == Certainty::Sure
    }

    /// Whether the provider refuses it in each of its cases.
    pub(crate) fn is_refused(&self) -> bool {
        std::iter::once(&self.verdict).chain(&self.others).all(Verdict::is_refusal)
    }
}

impl Verdict {
    fn is_refusal(&self) -> bool {
        matches!(self, Self::Wrong(_) | Self::Malformed(_))
    }
}

/// Judges the value of `parent_id`: one fault for all cases where each is wrong, else one for each wrong case.
pub(crate) fn judge(reader: &IdReader<'_, '_>, resource: &Resource<'_>, value: &Value) -> Vec<Fault> {
    let Some(type_name) = resource.type_name() else { return Vec::new() };
    let version = resource.version();
    let mut cases: Vec<(Verdict, &Value, Option<When>)> = Vec::new();
    let mut is_given = true;
    let mut case = |value, when| cases.push((judge_case(reader, &type_name, version, value), value, when));
    match &value.kind {
        ValueKind::OneOf(outcomes) => {
            for outcome in outcomes.iter().filter(|one| !one.value.is_failure()) {
                match outcome.value.is_null() {
                    true => is_given = false,
                    false => case(&outcome.value, outcome.when),
                }
            }
        }
        _ => case(value, None),
    }
    let every = is_given && cases.iter().all(|(verdict, ..)| *verdict != Verdict::Fine);
    let mut wrong = cases.into_iter().filter(|(verdict, ..)| *verdict != Verdict::Fine);
    let fault = |verdict, value: &Value, certainty| Fault {
        verdict,
        value: value.clone(),
        others: Vec::new(),
        certainty,
    };
    if !every {
        return wrong.map(|(verdict, value, when)| fault(verdict, value, Certainty::When(when))).collect();
    }
    let Some((verdict, value, _)) = wrong.next() else { return Vec::new() };
    let mut all = fault(verdict, value, Certainty::Sure);
    for (other, ..) in wrong {
        if other != all.verdict && !all.others.contains(&other) {
            all.others.push(other);
        }
    }
    vec![all]
}

/// A parent that is wrong under each type that the block has beside it.
#[derive(Debug)]
pub(crate) struct OfTypes<'s> {
    /// The block with the first of these types.
    pub(crate) resource: Resource<'s>,
    pub(crate) fault: Fault,
    /// What leads to this parent, where it is one of several.
    pub(crate) when: Option<When>,
}

/// Judges `parent_id` beside a `type` that has several outcomes, by those of both that what decides them leaves
/// together. Beside a type that is not known all is right.
pub(crate) fn judge_types<'s>(
    reader: &IdReader<'_, '_>,
    schema: &'s Schema,
    resource: &Resource<'_>,
    ty: &Value,
    parent: &Value,
) -> Vec<OfTypes<'s>> {
    let ValueKind::OneOf(types) = &ty.kind else { return Vec::new() };
    let resources: Vec<Resource<'s>> =
        types.iter().map(|one| resource.with_type(schema, &one.value)).collect();
    let parents = match &parent.kind {
        ValueKind::OneOf(outcomes) => outcomes.to_vec(),
        _ => vec![Outcome::of(parent.clone())],
    };
    let (mut found, mut every): (Vec<OfTypes<'s>>, bool) = (Vec::new(), true);
    for parent in parents.iter().filter(|one| !one.value.is_failure()) {
        let beside = types.iter().zip(&resources);
        let beside = beside.filter(|(one, _)| one.decisions.and(&parent.decisions).is_some());
        let mut judged = beside.map(|(one, resource)| {
            let verdict = match resource.type_name().filter(|_| !parent.value.is_null()) {
                Some(name) => judge_case(reader, &name, resource.version(), &parent.value),
                None => Verdict::Fine,
            };
            (verdict, resource, one.when)
        });
        let Some((verdict, resource, when)) = judged.next() else { continue };
        let all: Vec<_> =
            std::iter::once(verdict.clone()).chain(judged.map(|(verdict, ..)| verdict)).collect();
        if all.contains(&Verdict::Fine) {
            every = false;
            continue;
        }
        // Where it is one value, and the type decides.
        let when = parent.when.or(when.filter(|_| all.len() < types.len()));
        let certainty = Certainty::When(when);
        let fault = Fault { verdict, value: parent.value.clone(), others: all, certainty };
        found.push(OfTypes { resource: resource.clone(), fault, when: parent.when });
    }
    // Where the provider takes one of them, the others are refused in their own cases alone.
    if every && (found.len() == 1 || found.iter().all(|one| one.fault.is_refused())) {
        found.iter_mut().for_each(|one| one.fault.certainty = Certainty::Sure);
    }
    found
}

/// Judges `parent_id` in each instance of a block whose instances are known and told apart by it; the faults of an
/// instance with its key. `None` where there are none to tell apart.
pub(crate) fn judge_instances(
    reader: &IdReader<'_, '_>,
    evaluator: &Evaluator<'_>,
    schema: &Schema,
    resource: &Resource<'_>,
) -> Option<Vec<(InstanceKey, Fault)>> {
    let block = &resource.block.syntax;
    let instances = evaluator.instances(block);
    let sure = instances.known.iter().all(|(_, presence)| *presence == Presence::Always);
    let several = (2..=MOST_INSTANCES).contains(&instances.known.len());
    if instances.rest.is_some() || !several || !sure {
        return None;
    }
    let mut faults = Vec::new();
    for (instance, _) in &instances.known {
        let scope = evaluator.scope(block, instance);
        let one = Resource::in_scope(evaluator, schema, block.clone(), scope)?;
        let value = one.argument(evaluator, "parent_id")?;
        if value.is_null() {
            continue;
        }
        faults.extend(judge(reader, &one, &value).into_iter().map(|fault| (instance.key.clone(), fault)));
    }
    Some(faults)
}

/// A block with more instances is judged as one that may be any of them.
const MOST_INSTANCES: usize = 32;

/// What is to be said of one outcome; of something that can have several types, each must be wrong.
fn judge_case(
    reader: &IdReader<'_, '_>,
    type_name: &str,
    version: Option<ResourceVersion<'_>>,
    value: &Value,
) -> Verdict {
    let mut first = None;
    for id in reader.possible(value) {
        let verdict = match id {
            Id::Unknown => Verdict::Fine,
            Id::Malformed(reason) => Verdict::Malformed(reason),
            Id::Known(id) => judge_id(type_name, version, id),
        };
        if verdict == Verdict::Fine {
            return verdict;
        }
        first.get_or_insert(verdict);
    }
    first.unwrap_or(Verdict::Fine)
}

/// The fault as a sentence: what the parent must be, and what it is.
pub(crate) fn sentence(resource: &Resource<'_>, fault: &Fault) -> String {
    let name = resource.type_name().unwrap_or_default();
    let expected = expected(resource);
    match &fault.verdict {
        Verdict::Fine => String::new(),
        Verdict::Malformed(reason) => format!("`parent_id` must be the id of {expected}, but {reason}"),
        Verdict::Flawed(flaw) => format!("`parent_id` is no id that Azure has: {flaw}"),
        Verdict::NotCreatable(found) => format!(
            "`parent_id` should be {expected}: `{name}` can be read but not created under {}",
            described(found)
        ),
        Verdict::NotExtending(found) => {
            format!("`parent_id` should be {expected}: `{name}` is no extension of {}", described(found))
        }
        Verdict::Wrong(found) => {
            let others = fault.others.iter().filter_map(|other| match other {
                Verdict::Wrong(found) => Some(described(found)),
                _ => None,
            });
            let mut found = vec![described(found)];
            for other in others {
                if !found.contains(&other) {
                    found.push(other);
                }
            }
            format!("`parent_id` must be {expected}, not {}", found.join(" or "))
        }
    }
}

/// What can be the parent of a block's type at its version, in words: where it can be created, or read where it
/// cannot be created.
pub(crate) fn expected(resource: &Resource<'_>) -> String {
    if let Some(parent) = resource.parent_type() {
        return noun_with_type(&parent);
    }
    let version = resource.version_or_newest();
    let scopes = version.map(ResourceVersion::parent_scopes);
    let nouns: Vec<String> = scopes.unwrap_or_default().iter().map(scope_noun).collect();
    match nouns.as_slice() {
        [] => "a scope".to_owned(),
        [only] => only.clone(),
        [front @ .., last] => format!("{} or {last}", front.join(", ")),
    }
}

/// What an id is, in words and as far as it is known.
fn described(id: &ArmId<'_>) -> String {
    id.resource_type().map_or_else(|| format!("`{id}`"), noun_with_type)
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
