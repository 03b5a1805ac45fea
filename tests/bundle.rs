//! The bundle inside the program against the committed facts: all of both, walked from each root. Then what
//! is known of the shipped data.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

use azapi_ls::schema::arm_id::ArmId;
use azapi_ls::schema::scope::ANY_RESOURCE_ID;
use azapi_ls::schema::{
    Function, Property, ResourceType, ResourceVersion, Schema, SchemaType, TypeFunctions, TypeId, TypeKind,
};
use schemas::facts::{self, Facts, Node, NodeId};
use schemas::text::described::read_described;
use schemas::text::read::read_folder;

fn committed() -> Facts {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/facts");
    read_folder(&folder).expect("the committed facts can be read")
}

/// Compares what leads on from a node and from a type, each pair once.
struct Walk<'a> {
    facts: &'a Facts,
    /// Whether the facts have descriptions, and those count.
    words: bool,
    seen: HashSet<(NodeId, u32)>,
    ids: HashMap<NodeId, TypeId>,
    waiting: Vec<(NodeId, SchemaType<'static>, &'a str, &'a str)>,
    /// What a property should say, to be asked for once the walk is over.
    texts: Vec<(Option<&'a str>, Property<'static>)>,
}

impl<'a> Walk<'a> {
    fn new(facts: &'a Facts, words: bool) -> Self {
        let (seen, ids, waiting, texts) = Default::default();
        Walk { facts, words, seen, ids, waiting, texts }
    }

    /// Walks from a root of `type_name@api_version`.
    fn root(&mut self, node: NodeId, ty: SchemaType<'static>, type_name: &'a str, api_version: &'a str) {
        self.visit(node, ty, type_name, api_version);
        while let Some((node, ty, type_name, api_version)) = self.waiting.pop() {
            self.compare(node, ty, type_name, api_version);
        }
    }

    fn visit(&mut self, node: NodeId, ty: SchemaType<'static>, type_name: &'a str, api_version: &'a str) {
        if !self.words {
            let known = *self.ids.entry(node).or_insert(ty.id());
            assert_eq!(known, ty.id(), "equal structure has one id");
        }
        if self.seen.insert((node, ty.described_id())) {
            self.waiting.push((node, ty, type_name, api_version));
        }
    }

    fn compare(&mut self, node: NodeId, ty: SchemaType<'static>, type_name: &'a str, version: &'a str) {
        let facts = self.facts;
        match (&facts.nodes[node as usize], ty.kind()) {
            (
                Node::String { min_length, max_length, pattern, sensitive },
                TypeKind::String { min_length: least, max_length: most, pattern: found, sensitive: secret },
            ) => assert_eq!(
                (*min_length, *max_length, pattern.as_deref(), *sensitive),
                (least, most, found, secret)
            ),
            (
                Node::Integer { min_value, max_value },
                TypeKind::Integer { min_value: least, max_value: most },
            ) => assert_eq!((*min_value, *max_value), (least, most)),
            (Node::Boolean, TypeKind::Boolean) | (Node::Any, TypeKind::Any) => {}
            (Node::Literal(value), TypeKind::Literal(found)) => assert_eq!(value, found),
            (Node::OwnType, TypeKind::Literal(found)) => assert_eq!(type_name, found),
            (Node::OwnVersion, TypeKind::Literal(found)) => assert_eq!(version, found),
            (Node::Union(elements), TypeKind::Union(found)) => {
                assert_eq!(elements.len(), found.len());
                for (&element, found) in elements.iter().zip(found) {
                    self.visit(element, found, type_name, version);
                }
            }
            (
                Node::Array { items, min_length, max_length },
                TypeKind::Array { items: found, min_length: least, max_length: most },
            ) => {
                assert_eq!((*min_length, *max_length), (least, most));
                self.visit(*items, found, type_name, version);
            }
            (Node::Object { properties, additional, sensitive }, TypeKind::Object(found)) => {
                assert_eq!(*sensitive, found.sensitive());
                self.properties(properties, found.properties(), type_name, version, |name| {
                    found.property(name)
                });
                assert_eq!(additional.is_some(), found.additional_properties().is_some());
                if let Some((node, found)) = additional.zip(found.additional_properties()) {
                    self.visit(node, found, type_name, version);
                }
            }
            (Node::Discriminated { discriminator, base, variants }, TypeKind::Discriminated(found)) => {
                assert_eq!(discriminator, found.discriminator());
                self.properties(base, found.base_properties(), type_name, version, |name| {
                    found.base_property(name)
                });
                assert_eq!(variants.len(), found.variants().len());
                for ((value, node), (named, ty)) in variants.iter().zip(found.variants()) {
                    assert_eq!(value, named);
                    let direct = found.variant(value).map(SchemaType::described_id);
                    assert_eq!(direct, Some(ty.described_id()));
                    self.visit(*node, ty, type_name, version);
                }
            }
            (stated, found) => panic!("{type_name}@{version}: {stated:?} became {found:?}"),
        }
    }

    fn properties(
        &mut self,
        stated: &'a [facts::Property],
        found: impl ExactSizeIterator<Item = Property<'static>>,
        type_name: &'a str,
        version: &'a str,
        by_name: impl Fn(&str) -> Option<Property<'static>>,
    ) {
        assert_eq!(stated.len(), found.len());
        for (stated, found) in stated.iter().zip(found) {
            assert_eq!((stated.name.as_str(), stated.flags), (found.name(), found.flags().bits()));
            let direct = by_name(&stated.name).map(|property| property.ty().described_id());
            assert_eq!(direct, Some(found.ty().described_id()), "{}", stated.name);
            if self.words {
                let words = stated.description.map(|text| self.facts.texts[text as usize].as_str());
                self.texts.push((words, found));
            }
            self.visit(stated.ty, found.ty(), type_name, version);
        }
    }
}

fn version_of(resource: &facts::Resource) -> ResourceVersion<'static> {
    let found = Schema::bundled().resource_type(&resource.type_name);
    let found = found.and_then(|ty| ty.version(&resource.api_version));
    found.unwrap_or_else(|| panic!("{}@{} is missing", resource.type_name, resource.api_version))
}

fn functions_at(function: &facts::Function) -> impl Iterator<Item = Function<'static>> {
    let of_type = Schema::bundled().functions(&function.type_name);
    of_type.into_iter().flat_map(|functions| functions.at(&function.api_version))
}

#[test]
fn the_bundle_states_every_committed_fact_and_no_other() {
    let facts = committed();
    let mut walk = Walk::new(&facts, false);
    for resource in &facts.resources {
        let version = version_of(resource);
        assert_eq!(
            (version.type_name(), version.api_version().as_str()),
            (resource.type_name.as_str(), resource.api_version.as_str())
        );
        let scopes = (version.readable_scopes().bits(), version.writable_scopes().bits());
        assert_eq!((scopes.0.into(), scopes.1.into()), (resource.readable_scopes, resource.writable_scopes));
        walk.root(resource.body, version.body(), &resource.type_name, &resource.api_version);
    }
    assert_eq!(Schema::bundled().source().type_versions, facts.resources.len());
    let listed: usize = Schema::bundled().resource_types().map(|ty| ty.versions().len()).sum();
    assert_eq!(listed, facts.resources.len());
    functions_are_equal(&facts, &mut walk);
    let distinct: HashSet<TypeId> = walk.ids.values().copied().collect();
    assert_eq!(distinct.len(), walk.ids.len(), "different structures have different ids");
    assert_eq!(walk.ids.len(), facts.nodes.len());
    assert_eq!(Schema::bundled().source().nodes, facts.nodes.len());
}

fn functions_are_equal<'a>(facts: &'a Facts, walk: &mut Walk<'a>) {
    for function in &facts.functions {
        let mut found = functions_at(function).filter(|found| found.name() == function.name);
        let (Some(first), None) = (found.next(), found.next()) else {
            panic!("{} {} stands not once", function.type_name, function.name)
        };
        assert_eq!(first.type_name(), function.type_name);
        assert_eq!(first.input().is_some(), function.input.is_some());
        let owner = (function.type_name.as_str(), function.api_version.as_str());
        if let Some((node, ty)) = function.input.zip(first.input()) {
            walk.root(node, ty, owner.0, owner.1);
        }
        walk.root(function.output, first.output(), owner.0, owner.1);
    }
    let at_all_versions = |of_type: TypeFunctions<'static>| {
        of_type.versions().map(|version| of_type.at(version.as_str()).len()).sum::<usize>()
    };
    let listed: usize = Schema::bundled().function_types().map(at_all_versions).sum();
    assert_eq!(listed, facts.functions.len());
}

#[test]
fn every_description_stands_at_its_property() {
    // Without the publisher's package the build has no descriptions, and says so.
    let Some(path) = option_env!("AZAPI_DESCRIPTIONS") else {
        assert!(!Schema::bundled().source().has_descriptions);
        return;
    };
    let described = read_described(Path::new(path)).expect("descriptions can be read");
    let mut walk = Walk::new(&described, true);
    for resource in &described.resources {
        let found = Schema::bundled().resource_type(&resource.type_name);
        let Some(version) = found.and_then(|ty| ty.version(&resource.api_version)) else { continue };
        // Another package may state other facts of the version; then only the words of equal ones count.
        if read_origin(path) == Schema::bundled().source().version {
            walk.root(resource.body, version.body(), version.type_name(), &resource.api_version);
        }
    }
    assert!(Schema::bundled().source().has_descriptions);
    // In the order in which they are stored, so that each run of them is inflated once.
    walk.texts.sort_by_key(|(words, _)| *words);
    for (words, property) in walk.texts {
        assert_eq!(words, property.description().as_deref(), "{}", property.name());
    }
}

fn read_origin(path: &str) -> String {
    let origin = schemas::text::described::read_origin(Path::new(path));
    origin.expect("descriptions name their package").version
}

#[test]
fn the_bundle_passes_the_full_check_of_a_file() {
    let schema = Schema::from_bytes(Schema::bundled_bytes()).expect("the program's own data is whole");
    assert_eq!(schema.source(), Schema::bundled().source());
}

#[test]
fn the_counts_are_those_of_the_package() {
    let schema = Schema::bundled();
    let source = schema.source();
    assert_eq!((source.package, source.version), ("Azure.Bicep.Types.Az", "0.2.972"));
    assert_eq!((source.types, source.type_versions), (3_556, 36_835));
    assert_eq!(source.newest_api_version, "2027-01-01");
    let types = || schema.resource_types();
    assert_eq!(types().map(|ty| ty.spellings().count()).sum::<usize>(), 3_627);
    assert_eq!(types().filter(|ty| ty.spellings().count() > 1).count(), 71);
    let namespace = |ty: ResourceType<'_>| ty.name().split('/').next().map(str::to_ascii_lowercase);
    assert_eq!(types().filter_map(namespace).collect::<BTreeSet<_>>().len(), 286);
    let versions = || types().flat_map(ResourceType::versions);
    let dates: BTreeSet<_> = versions().map(|version| version.api_version()).collect();
    assert_eq!((dates.len(), dates.first().map(|first| first.as_str())), (917, Some("2014-04-01")));
    let mut bodies: BTreeMap<String, usize> = BTreeMap::new();
    for version in versions() {
        let kind = match version.body().kind() {
            TypeKind::Object(_) => "object".to_owned(),
            TypeKind::Discriminated(body) => body.discriminator().to_owned(),
            other => panic!("{version:?} is {other:?}"),
        };
        *bodies.entry(kind).or_default() += 1;
    }
    let expected = [("computeType", 5), ("kind", 510), ("name", 142), ("object", 36_178)];
    assert_eq!(bodies, expected.map(|(kind, count)| (kind.to_owned(), count)).into());
}

#[test]
fn the_counts_of_functions_are_those_of_the_package() {
    let schema = Schema::bundled();
    let types: Vec<_> = schema.function_types().collect();
    assert_eq!(types.len(), 1_072);
    let other = types.iter().filter(|ty| schema.resource_type(ty.type_name()).is_none());
    assert_eq!(other.count(), 203);
    let names: BTreeSet<_> = types.iter().flat_map(|ty| ty.names()).collect();
    assert_eq!(names.len(), 1_663);
    let counts = types.iter().flat_map(|ty| ty.versions().map(|v| ty.at(v.as_str()).len()));
    assert_eq!(counts.sum::<usize>(), 33_557);
}

#[test]
fn the_counts_of_scopes_are_those_of_the_package() {
    let mut readable: BTreeMap<u8, usize> = BTreeMap::new();
    let mut writable: BTreeMap<u8, usize> = BTreeMap::new();
    for version in Schema::bundled().resource_types().flat_map(ResourceType::versions) {
        *readable.entry(version.readable_scopes().bits()).or_default() += 1;
        *writable.entry(version.writable_scopes().bits()).or_default() += 1;
    }
    for (bits, count) in [(8, 31_873), (4, 1_602), (16, 1_470), (31, 639), (1, 480), (0, 461)] {
        assert_eq!(readable[&bits], count, "readable {bits}");
    }
    for (bits, count) in [(8, 26_272), (0, 8_220), (16, 1_070), (31, 466), (4, 352), (1, 284)] {
        assert_eq!(writable[&bits], count, "writable {bits}");
    }
}

#[test]
fn most_steps_from_one_version_to_the_next_change_no_body() {
    let (mut steps, mut equal) = (0, 0);
    for ty in Schema::bundled().resource_types() {
        for (newer, older) in ty.versions().zip(ty.versions().skip(1)) {
            steps += 1;
            equal += usize::from(newer.same_body(older));
        }
    }
    assert_eq!((steps, equal), (33_279, 22_813));
}

#[test]
fn the_id_of_every_type_names_that_type() {
    for ty in Schema::bundled().resource_types() {
        let id = ty.import_id();
        let Ok(parsed) = ArmId::parse(&id) else {
            assert!(id.starts_with(ANY_RESOURCE_ID), "{id}");
            continue;
        };
        let named = parsed.resource_type().unwrap_or_default();
        assert!(named.eq_ignore_ascii_case(ty.name()), "{id} names {named}");
    }
}

#[test]
fn registry_tokens_are_what_their_page_says() {
    let ty =
        Schema::bundled().resource_type("microsoft.containerregistry/REGISTRIES/tokens").expect("a type");
    assert_eq!(ty.name(), "Microsoft.ContainerRegistry/registries/tokens");
    let versions: Vec<_> = ty.versions().map(|version| version.api_version()).collect();
    assert_eq!(versions.len(), 21);
    assert!(versions.is_sorted_by(|newer, older| newer > older));
    for version in [
        "2019-05-01-preview",
        "2020-11-01-preview",
        "2021-06-01-preview",
        "2021-08-01-preview",
        "2021-12-01-preview",
        "2022-02-01-preview",
        "2022-12-01",
        "2023-01-01-preview",
        "2023-06-01-preview",
        "2023-07-01",
        "2023-08-01-preview",
        "2023-11-01-preview",
        "2024-11-01-preview",
        "2025-03-01-preview",
        "2025-04-01",
    ] {
        assert!(ty.version(version).is_some(), "{version}");
    }
    let registry = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerRegistry/registries/{resourceName}";
    assert_eq!(ty.parent_patterns(), [registry]);
    assert_eq!(ty.import_id(), format!("{registry}/tokens/{{resourceName}}"));
    assert_eq!(ty.parent_type_name(), Some("Microsoft.ContainerRegistry/registries"));
}

#[test]
fn a_registry_tokens_body_has_a_scope_map_and_a_status() {
    let token = Schema::bundled().resource_type("Microsoft.ContainerRegistry/registries/tokens");
    let body = token.and_then(|ty| ty.version("2021-08-01-preview")).expect("a version").body();
    let resolve = |path: &str| {
        let path: azapi_ls::schema::path::BodyPath = path.parse().expect("a path");
        let found = path.resolve(body).expect("it leads somewhere");
        azapi_ls::ide::type_line(found.ty, 9)
    };
    assert_eq!(resolve("properties.scopeMapId"), "string");
    assert_eq!(resolve("properties.status"), r#""enabled" | "disabled" | string"#);
}
