use crate::ide::fixture::Fixture;

/// The name of the function and the parameter that is being written.
fn shown(text: &str) -> Option<(String, String)> {
    let fixture = Fixture::alone(text);
    let found = fixture.analysis().signature_help(fixture.at())?;
    let name = found.label.split('(').next().unwrap().rsplit("::").next().unwrap();
    let active = found.active.map_or("-", |at| {
        let (start, end) = found.parameters[at];
        &found.label[start as usize..end as usize]
    });
    Some((name.to_owned(), active.to_owned()))
}

fn check(value: &str, function: &str, parameter: &str) {
    // Closed and in the middle of a block, and at the end of a file.
    for text in [
        format!("locals {{\n  a = {value}\n  b = 1\n}}\n"),
        format!("resource \"azapi_resource\" \"x\" {{\n  parent_id = {value}"),
    ] {
        let expected = Some((function.to_owned(), parameter.to_owned()));
        assert_eq!(shown(&text), expected, "{text}");
    }
}

fn check_none(value: &str) {
    assert_eq!(shown(&format!("locals {{\n  a = {value}\n}}\n")), None, "{value}");
}

#[test]
fn a_signature_names_parameters_with_their_types_and_what_comes_back() {
    let fixture = Fixture::alone("locals { a = provider::azapi::build_resource_id($0) }");
    let found = fixture.analysis().signature_help(fixture.at()).unwrap();
    assert_eq!(
        found.label,
        "provider::azapi::build_resource_id(parent_id string, resource_type string, name string) string"
    );
    assert!(found.label.is_ascii());
    assert!(found.documentation.ends_with(" Since 2.0 of the provider."), "{}", found.documentation);
}

#[test]
fn the_argument_under_the_cursor_is_marked_in_half_typed_calls() {
    for (written, parameter) in [
        ("$0", "parent_id string"),
        ("$0)", "parent_id string"),
        ("  $0", "parent_id string"),
        ("var.a$0", "parent_id string"),
        ("var.$0", "parent_id string"),
        ("\"/subscriptions/$0", "parent_id string"),
        ("\"a,b$0\")", "parent_id string"),
        ("\"${var.a}$0\", ", "parent_id string"),
        ("var.a,$0", "resource_type string"),
        ("var.a, $0", "resource_type string"),
        ("var.a, $0)", "resource_type string"),
        ("var.a, \"Test.Rp/$0", "resource_type string"),
        ("var.a$0, \"Test.Rp/widgets\", \"n\")", "parent_id string"),
        ("{ a = 1, b = 2 }, [1, 2], $0)", "name string"),
        ("a, b, c$0)", "name string"),
        ("a, b, c, $0)", "-"),
        (", , $0", "name string"),
    ] {
        check(&format!("provider::azapi::build_resource_id({written}"), "build_resource_id", parameter);
    }
}

#[test]
fn a_call_may_go_over_lines() {
    let call = |rest: &str| format!("provider::azapi::build_resource_id(\n    var.a,\n    {rest}");
    check(&call("$0\n  )"), "build_resource_id", "resource_type string");
    check(&call("# which?\n    $0\n  )"), "build_resource_id", "resource_type string");
    check(&call("\"Test.Rp/widgets\",\n    \"n$0\",\n  )"), "build_resource_id", "name string");
}

#[test]
fn terraforms_own_functions_have_names_for_what_they_take_and_say_what_they_are_for() {
    let of = |call: &str| {
        let fixture = Fixture::alone(&format!("locals {{\n  a = {call}\n}}\n"));
        let found = fixture.analysis().signature_help(fixture.at()).expect(call);
        assert!(found.label.is_ascii() && !found.documentation.contains('`'), "{found:?}");
        (found.label, found.documentation)
    };
    let (label, about) = of("cidrsubnet($0)");
    assert_eq!(label, "cidrsubnet(prefix string, newbits number, netnum number) string");
    assert!(about.starts_with("A network inside another one"), "{about}");
    assert_eq!(of("lookup($0)").0, "lookup(map any, key string, [default any]) any");
    assert_eq!(of("core::merge($0)").0, "merge(maps any...) any");
    assert_eq!(of("timestamp($0)").0, "timestamp() string");
}

#[test]
fn the_argument_of_terraforms_functions_is_marked_in_half_typed_calls() {
    for (value, function, parameter) in [
        ("cidrsubnet($0", "cidrsubnet", "prefix string"),
        ("cidrsubnet(var.a, $0", "cidrsubnet", "newbits number"),
        ("cidrsubnet(var.a, 8, 1$0)", "cidrsubnet", "netnum number"),
        ("cidrsubnet(var.a, 8, 1, $0)", "cidrsubnet", "-"),
        ("merge($0", "merge", "maps any..."),
        ("merge({ a = 1 }, var.x ? { b = 2 } : {}, { $0", "merge", "maps any..."),
        ("lookup(var.m, \"k\", $0", "lookup", "[default any]"),
        ("join(\",\", [\"a,b\", $0", "join", "lists list(string)..."),
        ("format(\"%s, %s\", lower($0", "lower", "text string"),
        ("format(\"%s, %s\", lower(a), $0", "format", "values any..."),
        ("timestamp($0", "timestamp", "-"),
        ("\"${lower(a$0)}\"", "lower", "text string"),
        ("upper(no_such(a, $0", "upper", "text string"),
    ] {
        check(value, function, parameter);
    }
}

#[test]
fn of_nested_calls_the_innermost_counts() {
    let inner = "provider::azapi::subscription_resource_id(var.s, ";
    let outer = "provider::azapi::build_resource_id(";
    check(&format!("{outer}{inner}$0"), "subscription_resource_id", "resource_type string");
    check(&format!("{outer}{inner}\"T\", [])$0, "), "build_resource_id", "parent_id string");
    check(&format!("{outer}{inner}\"T\", []), $0)"), "build_resource_id", "resource_type string");
    check(&format!("lower({outer}a, $0))"), "build_resource_id", "resource_type string");
    check(&format!("{outer}lower(a, $0), b)"), "lower", "-");
    check(&format!("{outer}lower(a), $0)"), "build_resource_id", "resource_type string");
    check(&format!("\"${{{outer}a, $0)}}/x\""), "build_resource_id", "resource_type string");
}

#[test]
fn elsewhere_there_is_none() {
    for value in [
        "provider::azapi::build_resource_id$0(a)",
        "provider::azapi::build_res$0ource_id(a)",
        "provider::azapi::build_resource_id(a)$0",
        "provider::azapi::build_resource_id(a) $0",
        "provider::azapi::no_such($0)",
        "provider::other::build_resource_id($0)",
        "build_resource_id($0)",
        "lower$0(a)",
        "lower(a)$0",
        "\"lower($0)\"",
        "$0",
        "\"provider::azapi::build_resource_id($0)\"",
    ] {
        check_none(value);
    }
}

#[test]
fn beside_another_server_there_is_none() {
    let fixture = Fixture::new("locals { a = provider::azapi::build_resource_id($0) }");
    assert_eq!(fixture.analysis().signature_help(fixture.at()), None);
}
