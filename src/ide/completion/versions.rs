//! Where `type` may be one of several: which of them has what.

use crate::azapi::place::BodyTarget;
use crate::schema::{ResourceVersion, arm_id};

/// More versions than this are counted where something is of them.
const NAMED: usize = 2;

/// The versions of resource types whose bodies an item would be a part of.
pub(super) struct Versions<'s>(Vec<ResourceVersion<'s>>);

impl<'s> Versions<'s> {
    pub(super) fn of(targets: &[BodyTarget<'s>]) -> Self {
        let mut all = Vec::new();
        for version in targets.iter().flat_map(|target| &target.versions) {
            if !all.contains(version) {
                all.push(*version);
            }
        }
        Self(all)
    }

    /// Those of one target one by one; `None` stands for all there are, where nothing has to be told apart.
    pub(super) fn of_target(&self, target: &BodyTarget<'s>) -> Vec<Option<ResourceVersion<'s>>> {
        if self.0.len() < 2 {
            return vec![None];
        }
        target.members.versions().into_iter().map(Some).collect()
    }

    /// What something is of that only these have: `2024-01-01`, `registries/tokens@2024-01-01`. `None` where all have
    /// it.
    pub(super) fn said_of(&self, some: &[ResourceVersion<'s>]) -> Option<String> {
        if some.is_empty() || self.0.iter().all(|version| some.contains(version)) {
            return None;
        }
        let is_one_type = self.0.iter().all(|it| it.resource_type() == self.0[0].resource_type());
        let name = |version: &ResourceVersion<'s>| match is_one_type {
            true => version.api_version().to_string(),
            false => format!("{}@{}", arm_id::last_segment(version.type_name()), version.api_version()),
        };
        let mut some = some.to_vec();
        some.dedup();
        let mut names: Vec<String> = some.iter().take(NAMED).map(name).collect();
        if some.len() > NAMED {
            names.push(format!("{} more", some.len() - NAMED));
        }
        Some(names.join(", "))
    }
}
