//! Bodies made from the shipped types themselves: as they are nothing is reported of them, in whichever way they are
//! written; each single damage is reported once, where it is, and what its fix leaves has none.
//!
//! A type of each namespace by default; all types with `AZAPI_LS_ALL_TYPES=1`.

mod damage;
mod shape;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use super::Diagnostic;
use crate::ide::fixture::Fixture;
use crate::schema::{ResourceVersion, Schema, TypeKind};
use damage::{Damage, damages};
use shape::{SHAPES, Written};
use tree::Generator;

/// Types that are tried unless all are asked for, and damages of each.
const TYPES: usize = 240;
const DAMAGES: usize = 4;

/// What is no fault of the value: secrets stand in every other type.
const ASIDE: [&str; 1] = ["sensitive-property"];

fn wants_all() -> bool {
    std::env::var_os("AZAPI_LS_ALL_TYPES").is_some()
}

/// The newest version of one type of each namespace, then of more; those alone that can be created.
fn versions() -> Vec<ResourceVersion<'static>> {
    let mut by_namespace: BTreeMap<String, Vec<ResourceVersion<'static>>> = BTreeMap::new();
    for ty in Schema::bundled().resource_types() {
        let version = ty.newest();
        // `name` is a string, so that nothing can be of a type whose names are numbers.
        let is_named_by_number = version
            .root_property("name")
            .is_some_and(|name| matches!(name.ty().kind(), TypeKind::Integer { .. }));
        if version.writable_scopes().is_empty()
            || is_named_by_number
            || ty.name().eq_ignore_ascii_case("Microsoft.Resources/tenants")
        {
            continue;
        }
        let namespace = ty.name().split('/').next().unwrap_or_default().to_lowercase();
        by_namespace.entry(namespace).or_default().push(version);
    }
    let most = by_namespace.values().map(Vec::len).max().unwrap_or_default();
    let in_turn = (0..most).flat_map(|at| by_namespace.values().filter_map(move |all| all.get(at).copied()));
    in_turn.take(if wants_all() { usize::MAX } else { TYPES }).collect()
}

fn diagnosed(text: &str) -> (Fixture, Vec<Diagnostic>) {
    let fixture = Fixture::shipped(text);
    let mut found = fixture.analysis().diagnostics(fixture.file);
    found.retain(|one| !ASIDE.contains(&one.code));
    (fixture, found)
}

fn shown(found: &[Diagnostic]) -> String {
    found.iter().map(|one| format!("{:?} {} {}\n", one.severity, one.code, one.message)).collect()
}

#[test]
fn a_body_made_from_its_type_has_no_diagnostic_in_any_shape() {
    let (mut wrong, mut tried, mut namespaces) = (Vec::new(), 0, BTreeSet::new());
    for (seed, version) in versions().into_iter().enumerate() {
        let Some(body) = Generator::new(seed as u64).body(version) else { continue };
        // Each type in two shapes, all shapes over the types; on demand all in all.
        let shapes = SHAPES.iter().enumerate().filter(|(at, _)| wants_all() || (seed + at) % 3 == 0);
        for (_, shape) in shapes {
            let text = Written::new(version, &body, shape).text;
            let (_, found) = diagnosed(&text);
            tried += 1;
            if !found.is_empty() {
                wrong.push(format!("{shape}\n{text}\n{}", shown(&found)));
            }
        }
        namespaces.insert(version.type_name().split('/').next().unwrap_or_default().to_lowercase());
    }
    assert!(
        wrong.is_empty(),
        "{} of {tried}:\n{}",
        wrong.len(),
        wrong.iter().take(5).cloned().collect::<String>()
    );
    assert!(tried > 300 && namespaces.len() > 150, "{tried} bodies of {} namespaces", namespaces.len());
}

#[test]
fn a_damage_is_reported_once_where_it_is_and_its_fix_leaves_none() {
    let (mut wrong, mut tried) = (Vec::new(), BTreeMap::<&str, usize>::new());
    for (seed, version) in versions().into_iter().enumerate() {
        let Some(body) = Generator::new(seed as u64).body(version) else { continue };
        let mut all = damages(&body);
        // Some of each kind, others in each type.
        all.sort_by_key(|damage| (tried.get(damage.kind).copied().unwrap_or_default(), damage.kind));
        let mut kinds = BTreeSet::new();
        all.retain(|damage| kinds.insert(damage.kind));
        all.truncate(if wants_all() { usize::MAX } else { DAMAGES });
        for (at, damage) in all.iter().enumerate() {
            let shape = SHAPES[(seed + at) % SHAPES.len()];
            *tried.entry(damage.kind).or_default() += 1;
            let written = Written::new(version, &damage.body, shape);
            if let Err(problem) = judged(&written, damage, shape) {
                let (kind, whole) = (damage.kind, &written.text);
                wrong.push(format!("{kind} in {shape}: {problem}\n{whole}\n"));
            }
        }
    }
    let count: usize = tried.values().sum();
    let heads: String = wrong.iter().filter_map(|it| it.lines().next()).map(|it| format!("{it}\n")).collect();
    let first: String = wrong.iter().take(5).cloned().collect();
    assert!(wrong.is_empty(), "{} of {count}:\n{heads}\n{first}", wrong.len());
    assert!(tried.len() >= 12 && count > 500, "{tried:?}");
}

fn judged(written: &Written, damage: &Damage<'_>, shape: &str) -> Result<(), String> {
    let (fixture, found) = diagnosed(&written.text);
    let [one] = found.as_slice() else {
        return Err(format!("{} diagnostics: {}", found.len(), shown(&found).replace('\n', "; ")));
    };
    if one.code != damage.code {
        return Err(format!("not {}: {}", damage.code, shown(&found)));
    }
    let place = written.marked.clone().filter(|_| damage.is_placed);
    if let Some(place) = place
        && (usize::from(one.range.start()), usize::from(one.range.end())) != (place.start, place.end)
    {
        return Err(format!("at `{}`, not `{}`", &written.text[one.range], &written.text[place]));
    }
    let Some(fix) = one.fixes.iter().find(|fix| fix.preferred) else {
        // What `for` makes has no braces of its own.
        return if damage.must_be_fixed && !(shape == "for" && damage.kind == "left out") {
            Err(format!("no fix: {}", shown(&found)))
        } else {
            Ok(())
        };
    };
    let fixed = fixture.changed(&fix.change).replacen("#- main.tf\n", "", 1);
    let (_, left) = diagnosed(&fixed);
    if !left.is_empty() {
        return Err(format!("in {shape} `{}` leaves {}\n{fixed}", fix.title, shown(&left)));
    }
    match &damage.restores {
        Some(whole) if written.with_mark(whole) != fixed => {
            Err(format!("`{}` leaves another text:\n{fixed}", fix.title))
        }
        _ => Ok(()),
    }
}

#[test]
fn a_second_run_of_the_safe_fixes_changes_nothing() {
    for (seed, version) in versions().into_iter().enumerate().step_by(3) {
        let Some(body) = Generator::new(seed as u64).body(version) else { continue };
        for damage in damages(&body).into_iter().step_by(5) {
            let mut text = Written::new(version, &damage.body, "literal").text;
            let mut rounds = 0;
            loop {
                let (fixture, found) = diagnosed(&text);
                let change = super::safe_fixes(&found);
                if change.edits.is_empty() {
                    break;
                }
                text = fixture.changed(&change).replacen("#- main.tf\n", "", 1);
                rounds += 1;
                assert!(rounds < 3, "{text}");
            }
        }
    }
}
