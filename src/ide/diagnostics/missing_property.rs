//! `missing-property`: an object without a property that its type needs. Fixed by adding what is missing, with what that
//! needs in turn.

use super::body_fault::BodyFault;
use super::checker::Checker;
use super::codes::MISSING_PROPERTY;
use super::fix::Applicability;
use super::{Fix, braces};
use crate::azapi::skeleton::{self, Draft, Form, Style, Writer};
use crate::azapi::validate::{FaultKind, Lacking};
use crate::ide::SourceChange;
use crate::schema::{SchemaType, TypeKind};
use crate::syntax::ast::{self, AstNode};

/// What arguments of the block give at the root of a body, or Terraform itself.
const NOT_OF_A_BODY: [&str; 6] = ["name", "type", "apiVersion", "id", "location", "tags"];

pub(super) fn check(checker: &mut Checker<'_>, found: &BodyFault<'_>) {
    let FaultKind::Missing { name } = found.fault.kind else { return };
    let message = match found.fault.path.dotted().rsplit_once('.') {
        Some((parent, _)) => format!("`{name}` is missing in `{parent}`"),
        None => format!("`{name}` is missing in `body`"),
    };
    let fixes = added(checker, found, name).unwrap_or_default();
    found.report(checker, &MISSING_PROPERTY, &message).fixes(fixes);
}

/// All that the object lacks, and the property alone.
fn added(checker: &Checker<'_>, found: &BodyFault<'_>, name: &str) -> Option<Vec<Fix>> {
    let lacking = found.fault.object?;
    let at = checker.locate(lacking.braces?)?;
    let node = checker.node(&at).filter(|node| node.text_range() == at.node)?;
    let object =
        node.ancestors().take_while(|node| node.text_range() == at.node).find_map(ast::Object::cast)?;
    let missing: Vec<&str> = found
        .all
        .iter()
        .filter(|one| one.object == found.fault.object && one.at == found.fault.at)
        .filter_map(|one| if let FaultKind::Missing { name } = one.kind { Some(name) } else { None })
        .collect();
    let form = form(lacking, &object, found.fault.path.steps().len() == 1)?;
    let wanted = |names: &[&str]| -> Vec<(String, Draft)> {
        form.items.iter().filter(|(name, _)| names.contains(&name.as_str())).cloned().collect()
    };
    let fix = |title: String, items: Vec<(String, Draft)>, preferred: bool| {
        let write = |indent: &str| {
            let mut writer = Writer::new(Style::Plain, indent);
            writer.items(&items);
            writer.finish()
        };
        let edit = braces::insert(&object, &write).filter(|_| !items.is_empty())?;
        let change = SourceChange::edit(at.file, edit);
        Some(Fix { title, change, applicability: Applicability::Confirm, preferred })
    };
    let own = fix(format!("Add `{name}`"), wanted(&[name]), missing.len() < 2);
    let all = (missing.len() > 1).then(|| fix("Add what is missing".to_owned(), wanted(&missing), true));
    Some(all.flatten().into_iter().chain(own).collect())
}

/// What the object needs; of several forms the first that has all that is there already.
fn form(lacking: Lacking<'_>, object: &ast::Object, is_root: bool) -> Option<Form> {
    let ty = lacking.ty;
    let written = |name: &str| {
        object.items().find(|item| item.key().and_then(|key| key.text()).as_deref() == Some(name))
    };
    let selected = |name: &str| {
        let (_, value) = lacking.selection.filter(|(discriminator, _)| *discriminator == name)?;
        Some(value.to_owned())
    };
    let known = |name: &str| selected(name).or_else(|| written(name)?.value()?.literal_string());
    let is_present = |name: &str| written(name).is_some() || is_root && NOT_OF_A_BODY.contains(&name);
    let forms = skeleton::forms(ty, &known, &is_present);
    let keys: Vec<String> = object.items().filter_map(|item| item.key()?.text()).collect();
    let fits = |form: &&Form| {
        let selected = form.chosen.first().filter(|(discriminator, _)| !discriminator.contains('.'));
        selected.is_none_or(|(_, value)| keys.iter().all(|key| has(ty, value, key)))
    };
    forms.iter().find(fits).or_else(|| forms.first()).cloned()
}

fn has(ty: SchemaType<'_>, variant: &str, key: &str) -> bool {
    ty.alternatives().iter().any(|ty| match ty.kind() {
        TypeKind::Discriminated(base) => {
            let of_variant = base.variant(variant).is_some_and(|ty| match ty.kind() {
                TypeKind::Object(object) => object.property(key).is_some(),
                _ => false,
            });
            base.base_property(key).is_some() || of_variant
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests;
