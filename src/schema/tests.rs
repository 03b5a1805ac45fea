//! What the reader reads about the toy types.

use super::*;
use expect_test::{Expect, expect};
use proptest::prelude::*;

fn ty(name: &str) -> ResourceType<'static> {
    toy::schema().resource_type(name).expect("a toy type")
}

fn body(name: &str, version: &str) -> SchemaType<'static> {
    ty(name).version(version).expect("a toy version").body()
}

fn properties(ty: SchemaType<'static>) -> ObjectType<'static> {
    match ty.kind() {
        TypeKind::Object(object) => object,
        other => panic!("no object: {other:?}"),
    }
}

fn widget(property: &str) -> Property<'static> {
    let root = properties(body("Test.Rp/widgets", "2024-01-01"));
    properties(root.property("properties").expect("properties").ty()).property(property).expect("a property")
}

#[test]
fn a_type_is_found_in_any_case_and_named_as_at_its_newest_version() {
    assert_eq!(ty("TEST.RP/WIDGETS").name(), "Test.Rp/widgets");
    assert_eq!(ty("test.rp/widgets").spellings().collect::<Vec<_>>(), ["Test.Rp/widgets", "test.rp/Widgets"]);
    for name in ["", "Test.Rp", "Test.Rp/widget", "Test.Rp/widgetss", "Zzz/x", "é"] {
        assert!(toy::schema().resource_type(name).is_none(), "{name}");
    }
}

#[test]
fn every_type_is_listed_once_in_the_order_of_names() {
    let names: Vec<_> = toy::schema().resource_types().map(ResourceType::name).collect();
    let mut sorted = names.clone();
    sorted.sort_by_key(|name| name.to_ascii_lowercase());
    sorted.dedup();
    assert_eq!(names, sorted);
    assert_eq!(toy::schema().resource_types().len(), names.len());
    assert!(names.iter().all(|name| ty(name).name() == *name));
}

#[test]
fn versions_of_all_spellings_are_merged_newest_first() {
    let versions: Vec<_> =
        ty("Test.Rp/widgets").versions().map(|v| (v.api_version().as_str(), v.type_name())).collect();
    assert_eq!(
        versions,
        [
            ("2024-01-01", "Test.Rp/widgets"),
            ("2024-01-01-preview", "Test.Rp/widgets"),
            ("2023-01-01", "Test.Rp/widgets"),
            ("2022-05-01-preview", "test.rp/Widgets"),
        ]
    );
    assert_eq!(ty("Test.Rp/widgets").newest().api_version().as_str(), "2024-01-01");
    let stable = ty("Test.Rp/widgets").newest_stable().map(|v| v.api_version().as_str());
    assert_eq!(stable, Some("2024-01-01"));
}

#[test]
fn a_version_is_matched_exactly() {
    for (version, _) in [("2024-01-01", ()), ("2024-01-01-preview", ()), ("2022-05-01-preview", ())] {
        assert!(ty("Test.Rp/widgets").version(version).is_some(), "{version}");
    }
    for version in ["", "2024-01-01-PREVIEW", "2024-01-02", "2021-01-01", "2099-01-01"] {
        assert!(ty("Test.Rp/widgets").version(version).is_none(), "{version}");
    }
}

#[test]
fn an_unknown_name_is_answered_with_near_ones() {
    let schema = toy::schema();
    assert!(matches!(schema.lookup("test.rp/WIDGETS", "2023-01-01"), Lookup::Found(_)));
    let Lookup::UnknownType { close } = schema.lookup("Test.Rp/widgest", "2023-01-01") else {
        panic!("no such type")
    };
    assert_eq!(close.first(), Some(&"Test.Rp/widgets"));
    let Lookup::UnknownVersion { close, resource_type } = schema.lookup("Test.Rp/widgets", "2023-01-02")
    else {
        panic!("no such version")
    };
    assert_eq!(close.first(), Some(&"2023-01-01"));
    assert_eq!(resource_type, ty("Test.Rp/widgets"));
}

#[test]
fn the_source_says_what_the_data_is() {
    let source = toy::schema().source();
    assert_eq!((source.package, source.version), ("toy", "1.0"));
    assert_eq!(source.newest_api_version, "2024-01-01");
    assert_eq!(source.types, toy::schema().resource_types().count());
    assert!(source.has_descriptions);
}

#[test]
fn scopes_are_those_of_the_version() {
    let version = ty("Test.Rp/widgets").newest();
    assert_eq!(version.readable_scopes(), Scopes::from_bits(12));
    assert_eq!(version.writable_scopes(), Scopes::from_bits(8));
}

#[test]
fn bodies_are_equal_by_identity_although_type_and_version_differ() {
    let ty = ty("Test.Rp/widgets");
    let version = |version| ty.version(version).expect("a version");
    assert!(version("2024-01-01").same_body(version("2024-01-01-preview")));
    assert!(version("2023-01-01").same_body(version("2022-05-01-preview")));
    assert!(!version("2024-01-01").same_body(version("2023-01-01")));
}

#[test]
fn the_implied_literals_are_those_of_the_place() {
    let literal = |name, version, property| {
        let property = properties(body(name, version)).property(property).expect("implied");
        match property.ty().kind() {
            TypeKind::Literal(value) => value,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(literal("Test.Rp/widgets", "2022-05-01-preview", "type"), "test.rp/Widgets");
    assert_eq!(literal("Test.Rp/widgets", "2024-01-01-preview", "apiVersion"), "2024-01-01-preview");
}

#[test]
fn properties_are_sorted_and_found_by_exact_name() {
    let root = properties(body("Test.Rp/widgets", "2024-01-01"));
    let names: Vec<_> = root.properties().map(Property::name).collect();
    assert_eq!(names, ["apiVersion", "id", "location", "name", "properties", "tags", "type"]);
    assert!(names.iter().all(|name| root.property(name).is_some_and(|p| p.name() == *name)));
    for name in ["", "Name", "names", "nam", "zzz"] {
        assert!(root.property(name).is_none(), "{name}");
    }
}

#[test]
fn a_property_is_deprecated_when_its_description_says_so() {
    let mut facts = toy::facts();
    for (words, is_deprecated) in [
        ("Deprecated. Use another one.", true),
        ("[DEPRECATED] It does nothing", true),
        ("This property is deprecated", true),
        ("Whether it is in use", false),
        ("Zones, none of them in use", false),
    ] {
        for text in &mut facts.texts {
            if text.contains("in use") || text.to_lowercase().contains("deprecated") {
                *text = words.to_owned();
            }
        }
        let schema = toy::open(&facts);
        let version =
            schema.resource_type("Test.Rp/widgets").and_then(|it| it.version("2024-01-01")).unwrap();
        let TypeKind::Object(body) = version.body().kind() else { panic!("no object") };
        let TypeKind::Object(inner) = body.property("properties").expect("properties").ty().kind() else {
            panic!("no object")
        };
        let status = inner.property("status").expect("status");
        assert_eq!(status.description().as_deref(), Some(words));
        assert_eq!(status.is_deprecated(), is_deprecated, "{words}");
    }
}

#[test]
fn flags_and_descriptions_are_those_of_the_property() {
    assert!(widget("status").flags().required());
    assert!(widget("createdAt").flags().read_only());
    assert!(widget("password").flags().write_only());
    let name = properties(body("Test.Rp/widgets", "2024-01-01")).property("name").expect("name");
    assert_eq!(name.flags().names().collect::<Vec<_>>(), ["required", "deploy-time-constant"]);
    assert_eq!(widget("status").description().as_deref(), Some("Whether it is in use"));
    assert_eq!(widget("enabled").description(), None);
}

#[test]
fn equal_structure_keeps_the_words_of_each_place() {
    let old = properties(body("Test.Rp/widgets", "2023-01-01"));
    let old = properties(old.property("properties").expect("properties").ty());
    let old = old.property("status").expect("status");
    assert_eq!(old.ty().id(), widget("status").ty().id());
    assert_eq!(old.description().as_deref(), Some("Whether it is on"));
}

#[test]
fn constraints_are_kept() {
    let TypeKind::String { min_length, max_length, sensitive, pattern } = widget("password").ty().kind()
    else {
        panic!("a string")
    };
    assert_eq!((min_length, max_length, sensitive, pattern), (Some(8), Some(64), true, None));
    let TypeKind::Integer { min_value, max_value } = widget("count").ty().kind() else {
        panic!("an integer")
    };
    assert_eq!((min_value, max_value), (Some(-1), Some(100)));
    let TypeKind::Array { min_length, max_length, .. } = widget("rules").ty().kind() else {
        panic!("an array")
    };
    assert_eq!((min_length, max_length), (Some(1), Some(5)));
    let vault = properties(widget("vault").ty());
    assert!(vault.sensitive());
    assert!(matches!(vault.additional_properties().map(SchemaType::kind), Some(TypeKind::Any)));
}

#[test]
fn a_type_holds_secrets_where_one_lies_below_it() {
    assert!(body("Test.Rp/widgets", "2024-01-01").holds_secrets());
    assert!(widget("password").ty().holds_secrets());
    assert!(widget("vault").ty().holds_secrets());
    for name in ["status", "count", "parts", "rules"] {
        assert!(!widget(name).ty().holds_secrets(), "{name}");
    }
}

#[test]
fn a_recursive_type_leads_back_to_itself() {
    let TypeKind::Array { items, .. } = widget("parts").ty().kind() else { panic!("an array") };
    let inner = properties(items).property("parts").expect("parts");
    assert_eq!(inner.ty().id(), widget("parts").ty().id());
    assert_eq!(inner.description().as_deref(), Some("Smaller parts"));
}

#[test]
fn a_discriminated_root_has_base_properties_and_variants() {
    let TypeKind::Discriminated(shape) = body("Test.Rp/shapes", "2024-01-01").kind() else {
        panic!("discriminated")
    };
    assert_eq!(shape.discriminator(), "kind");
    let names: Vec<_> = shape.base_properties().map(Property::name).collect();
    assert_eq!(names, ["apiVersion", "id", "name", "type"]);
    assert_eq!(shape.variants().map(|(value, _)| value).collect::<Vec<_>>(), ["Circle", "Square"]);
    let square = properties(shape.variant("Square").expect("a variant"));
    assert!(square.property("side").is_some());
    assert!(["square", "", "Triangle"].iter().all(|value| shape.variant(value).is_none()));
    assert!(shape.base_property("name").is_some() && shape.base_property("side").is_none());
}

#[test]
fn functions_belong_to_a_version_and_to_types_that_are_no_resources_too() {
    let names = |version: &str| {
        let version = ty("Test.Rp/widgets").version(version).expect("a version");
        version.functions().map(Function::name).collect::<Vec<_>>()
    };
    assert_eq!(names("2024-01-01"), ["listKeys", "regenerateKey"]);
    assert_eq!(names("2023-01-01"), ["listKeys", "start"]);
    assert!(names("2024-01-01-preview").is_empty());
    assert_eq!(ty("Test.Rp/widgets").function_names(), ["listKeys", "regenerateKey", "start"]);
    let other = toy::schema().functions("TEST.RP/noResource").expect("functions");
    assert_eq!(other.versions().map(ApiVersion::as_str).collect::<Vec<_>>(), ["2023-01-01"]);
    let check = other.at("2023-01-01").next().expect("a function");
    assert!(check.input().is_some() && check.name() == "check");
    assert!(toy::schema().functions("Test.Rp/shapes").is_none());
}

#[test]
fn child_types_are_one_level_below() {
    let names: Vec<_> = ty("Test.Rp/widgets").child_types().map(ResourceType::name).collect();
    assert_eq!(names, ["Test.Rp/widgets/config", "Test.Rp/widgets/gears"]);
    let teeth = ty("Test.Rp/widgets/gears/teeth");
    assert_eq!(teeth.parent_type_name(), Some("Test.Rp/widgets/gears"));
    assert_eq!(super::arm_id::last_segment(teeth.name()), "teeth");
    assert_eq!(ty("Test.Rp/widgets").parent_type_name(), None);
}

fn check_parents(name: &str, expect: Expect) {
    let ty = ty(name);
    expect.assert_eq(&format!("{}\nimport {}\n", ty.parent_patterns().join("\n"), ty.import_id()));
}

#[test]
fn a_child_stands_below_each_of_its_parents_places() {
    check_parents(
        "Test.Rp/widgets/gears/teeth",
        expect![[r#"
        /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}/gears/{resourceName}
        import /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Test.Rp/widgets/{resourceName}/gears/{resourceName}/teeth/{resourceName}
    "#]],
    );
    check_parents(
        "Test.Rp/both/children",
        expect![[r#"
        /subscriptions/{subscriptionId}/providers/Test.Rp/both/{resourceName}
        {any azure resource id}
        import /subscriptions/{subscriptionId}/providers/Test.Rp/both/{resourceName}/children/{resourceName}
    "#]],
    );
}

#[test]
fn a_version_has_parents_of_its_own() {
    let of = |name: &str, version: &str| ty(name).version(version).expect(version).parent_patterns();
    let subscription = "/subscriptions/{subscriptionId}";
    let group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
    assert_eq!(of("Test.Rp/moved", "2023-01-01"), [subscription]);
    assert_eq!(of("Test.Rp/moved", "2024-01-01"), [group]);
    // It cannot be written anywhere, but read.
    assert_eq!(of("Test.Rp/widgetSets", "2024-01-01"), [group]);
    let gear = format!("{group}/providers/Test.Rp/widgets/{{resourceName}}");
    assert_eq!(of("Test.Rp/widgets/gears", "2024-01-01"), [gear]);
    assert_eq!(of("Test.Gone/things/parts", "2024-01-01"), ["{any azure resource id}"]);
}

#[test]
fn a_namespace_is_known_whatever_its_case() {
    let schema = toy::schema();
    assert!(schema.has_namespace("test.RP"));
    assert!(!schema.has_namespace("Test.R") && !schema.has_namespace("Test") && !schema.has_namespace(""));
}

#[test]
fn a_top_level_type_stands_where_its_oldest_version_can_be_written() {
    check_parents(
        "Test.Rp/everywhere",
        expect![[r#"
        /
        /providers/Microsoft.Management/managementGroups/{managementGroupId}
        /subscriptions/{subscriptionId}
        /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}
        {any azure resource id}
        import /providers/Test.Rp/everywhere/{resourceName}
    "#]],
    );
    check_parents(
        "Test.Rp/moved",
        expect![[r#"
        /subscriptions/{subscriptionId}
        import /subscriptions/{subscriptionId}/providers/Test.Rp/moved/{resourceName}
    "#]],
    );
}

#[test]
fn where_nothing_is_known_of_the_parent_any_id_will_do() {
    check_parents(
        "Test.Gone/things/parts",
        expect![[r#"
        {any azure resource id}
        import {any azure resource id}/parts/{resourceName}
    "#]],
    );
    check_parents(
        "Test.Rp/extras/children",
        expect![[r#"
        {any azure resource id}
        import {any azure resource id}/children/{resourceName}
    "#]],
    );
    check_parents(
        "Test.Rp/widgetSets",
        expect![[r#"
        {any azure resource id}
        import {any azure resource id}/providers/Test.Rp/widgetSets/{resourceName}
    "#]],
    );
}

#[test]
fn ids_of_resource_groups_and_subscriptions_have_their_own_form() {
    check_parents(
        "Microsoft.Resources/resourceGroups",
        expect![[r#"
        /subscriptions/{subscriptionId}
        import /subscriptions/{subscriptionId}/resourceGroups/{resourceName}
    "#]],
    );
    check_parents(
        "Microsoft.Resources/subscriptions",
        expect![[r#"
        /
        import /subscriptions/{resourceName}
    "#]],
    );
}

#[test]
fn a_path_is_there_since_the_oldest_version_that_has_it() {
    let since = |name, path: &str| {
        let path: path::BodyPath = path.parse().expect("a path");
        ty(name).newest().since(&path).map(ApiVersion::as_str)
    };
    assert_eq!(since("Test.Rp/widgets", "properties.status"), Some("2022-05-01-preview"));
    assert_eq!(since("Test.Rp/widgets", "properties.colour"), Some("2024-01-01-preview"));
    assert_eq!(since("Test.Rp/widgets", "properties.nothing"), None);
    assert_eq!(since("Test.Rp/shapes", "[kind=Circle].properties.radius"), Some("2024-01-01"));
    // Not split into variants in any version.
    assert_eq!(since("Test.Rp/widgets", "[kind=A].tags.*"), Some("2024-01-01-preview"));
}

#[test]
fn a_property_of_variants_is_there_since_the_variant_that_the_path_names_has_it() {
    let schema = toy::open(&toy::forms());
    let since = |path: &str| {
        let path: path::BodyPath = path.parse().expect("a path");
        schema.resource_type("Test.Rp/forms")?.newest().since(&path).map(ApiVersion::as_str)
    };
    assert_eq!(since("[kind=Square].size"), Some("2023-01-01"));
    assert_eq!(since("[kind=Circle].size"), Some("2024-01-01"));
    assert_eq!(since("[kind=Circle]"), Some("2024-01-01"));
    // Named by no variant, it is there since any has it.
    assert_eq!(since("size"), Some("2023-01-01"));
    // What all variants have is no property of the one that is named.
    assert_eq!(since("name"), Some("2023-01-01"));
    assert_eq!(since("[kind=Circle].name"), Some("2023-01-01"));
}

#[test]
fn a_path_through_many_variants_that_lead_back_to_themselves_is_followed_at_once() {
    let mut b = toy::Builder::default();
    let any = b.node(schemas::facts::Node::Any);
    let shape = 1 + 9;
    let variant = |b: &mut toy::Builder, at: u8| {
        (format!("V{at}"), b.object(&[("inner", 0, shape, ""), (&format!("own{at}"), 0, any, "")]))
    };
    let variants: Vec<_> = (0..9).map(|at| variant(&mut b, at)).collect();
    let node = b.node(schemas::facts::Node::Discriminated {
        discriminator: "kind".into(),
        base: Vec::new(),
        variants,
    });
    assert_eq!(node, shape);
    b.resource("Test.Rp/deep@2024-01-01", node, (8, 8));
    let schema = toy::open(&b.finish());
    let newest = schema.resource_type("Test.Rp/deep").expect("a type").newest();
    let steps = |last: &str| {
        let last = path::Step::Key(last.to_owned());
        std::iter::repeat_n(path::Step::Key("inner".to_owned()), 60).chain([last]).collect::<path::BodyPath>()
    };
    assert!(newest.since(&steps("own8")).is_some());
    assert!(newest.since(&steps("own9")).is_none());
}

#[test]
fn without_descriptions_the_facts_are_the_same() {
    let facts = toy::facts();
    let origin = schemas::pack::Origin { package: "toy".into(), version: "1.0".into() };
    let bare = schemas::pack::pack(&facts, None, &origin).expect("packs");
    let schema = Schema::from_bytes(bare).expect("opens");
    assert!(!schema.source().has_descriptions);
    assert_eq!(schema.source().types, toy::schema().source().types);
    let body = schema.resource_type("Test.Rp/widgets").expect("a type").newest().body();
    let TypeKind::Object(body) = body.kind() else { panic!("an object") };
    assert_eq!(body.property("name").expect("name").description(), None);
}

#[test]
fn a_version_without_words_takes_those_of_the_nearest_that_has_the_path() {
    let facts = toy::facts();
    let mut source = facts.clone();
    source.resources.retain(|r| {
        !r.type_name.eq_ignore_ascii_case("Test.Rp/widgets")
            || ["2024-01-01", "2022-05-01-preview"].contains(&r.api_version.as_str())
    });
    let origin = schemas::pack::Origin { package: "toy".into(), version: "1.0".into() };
    let bytes = schemas::pack::pack(&facts, Some(&source), &origin).expect("packs");
    let schema = Schema::from_bytes(bytes).expect("opens");
    let describe = |version: &str, name: &str| {
        let body = schema.resource_type("Test.Rp/widgets")?.version(version)?.body();
        let TypeKind::Object(body) = body.kind() else { return None };
        let TypeKind::Object(inner) = body.property("properties")?.ty().kind() else { return None };
        inner.property(name)?.description()
    };
    assert_eq!(describe("2023-01-01", "status").as_deref(), Some("Whether it is on"));
    assert_eq!(describe("2024-01-01-preview", "status").as_deref(), Some("Whether it is in use"));
    assert_eq!(describe("2024-01-01-preview", "colour").as_deref(), Some("Its colour"));
}

#[test]
fn packing_twice_gives_the_same_bytes() {
    assert_eq!(toy::bytes(&toy::facts()), toy::bytes(&toy::facts()));
}

#[test]
fn a_bundle_opens_from_a_file_and_a_wrong_file_is_refused_in_one_clear_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("types.bundle");
    let open = |bytes: &[u8]| {
        std::fs::write(&path, bytes).expect("written");
        Schema::open(&std::fs::File::open(&path).expect("a file"), &path)
            .map(|schema| schema.source().types)
            .map_err(|error| error.to_string().replace(&path.display().to_string(), "FILE"))
    };
    let good = toy::bytes(&toy::facts());
    assert_eq!(open(&good), Ok(toy::schema().source().types));
    let error = |bytes: &[u8]| open(bytes).expect_err("refused");
    assert_eq!(error(b""), "FILE: is no bundle of type data; name another file");
    assert_eq!(error(&[b'x'; 4096]), "FILE: is no bundle of type data; name another file");
    assert_eq!(error(&good[..20]), "FILE: ends too early; install the type data again");
    assert_eq!(error(&good[..good.len() - 8]), "FILE: ends too early; install the type data again");
    let mut other = good.clone();
    other[8] = 99;
    assert_eq!(
        error(&other),
        "FILE: is a bundle of format 99 and this program reads format 3; install the type data again"
    );
    let mut flipped = good.clone();
    *flipped.last_mut().expect("bytes") ^= 1;
    flipped[200] ^= 1;
    assert_eq!(
        error(&flipped),
        "FILE: is damaged (its checksum does not match); install the type data again"
    );
    let nothing_to_map = std::fs::File::open(folder.path()).expect("a folder");
    let refused = Schema::open(&nothing_to_map, folder.path()).expect_err("refused").to_string();
    assert!(refused.contains("cannot be read"), "{refused}");
}

/// Asks for everything, to a bounded depth.
fn ask_all(schema: &Schema) -> usize {
    let mut reads = 0;
    for ty in schema.resource_types().take(100) {
        reads += ty.parent_patterns().len() + ty.import_id().len() + ty.function_names().len();
        reads += ty.child_types().count() + ty.spellings().count();
        for version in ty.versions().take(100) {
            reads += version.functions().take(100).count() + version.readable_scopes().iter().count();
            walk(version.body(), 6, &mut reads);
            reads += usize::from(ty.version(version.api_version().as_str()).is_some());
        }
    }
    reads
}

fn walk(ty: SchemaType<'_>, depth: usize, reads: &mut usize) {
    *reads += 1;
    if depth == 0 || *reads > 5000 {
        return;
    }
    let property = |p: Property<'_>, reads: &mut usize| {
        *reads += p.name().len() + p.description().map_or(0, |text| text.len());
        walk(p.ty(), depth - 1, reads);
    };
    match ty.kind() {
        TypeKind::Union(elements) => elements.for_each(|e| walk(e, depth - 1, reads)),
        TypeKind::Array { items, .. } => walk(items, depth - 1, reads),
        TypeKind::Object(object) => {
            object.properties().for_each(|p| property(p, reads));
            object.additional_properties().into_iter().for_each(|p| walk(p, depth - 1, reads));
        }
        TypeKind::Discriminated(object) => {
            object.base_properties().for_each(|p| property(p, reads));
            for (value, variant) in object.variants() {
                *reads += usize::from(object.variant(value).is_some());
                walk(variant, depth - 1, reads);
            }
        }
        _ => {}
    }
}

proptest! {
    /// With the checksum made right again, so that the check behind it is what reads.
    #[test]
    fn a_damaged_bundle_is_refused_or_read(
        flips in prop::collection::vec((any::<prop::sample::Index>(), 1u8..), 1..4),
    ) {
        let mut bytes = toy::bytes(&toy::facts());
        for (at, flip) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
        }
        let mut crc = flate2::Crc::new();
        crc.update(&bytes[schemas::layout::CHECKED_FROM..]);
        bytes[12..16].copy_from_slice(&crc.sum().to_le_bytes());
        if let Ok(schema) = Schema::from_bytes(bytes) {
            ask_all(&schema);
        }
    }

    /// As the program's own bundle is opened: by its header alone.
    #[test]
    fn an_unchecked_damaged_bundle_is_read_without_a_panic(
        flips in prop::collection::vec((any::<prop::sample::Index>(), 1u8..), 1..4),
    ) {
        let mut bytes = toy::bytes(&toy::facts());
        for (at, flip) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
        }
        if let Ok(schema) = Schema::unchecked(bytes) {
            ask_all(&schema);
        }
    }

    #[test]
    fn a_cut_bundle_is_refused(at in any::<prop::sample::Index>()) {
        let mut bytes = toy::bytes(&toy::facts());
        bytes.truncate(at.index(bytes.len()));
        prop_assert!(Schema::from_bytes(bytes).is_err());
    }
}
