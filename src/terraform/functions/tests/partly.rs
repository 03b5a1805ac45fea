//! Arguments known in part, one of several, or marked; and where values were written.

use std::cell::Cell;

use super::evaluator::{World, origins, show};
use crate::terraform::value::{
    Collection, Element, Marks, Object, Outcome, Presence, Sequence, Value, ValueKind, When,
};

/// Adds names for values that no literal gives.
fn world() -> World {
    let mut world = World::default();
    let mut add = |name: &str, value: Value| world.names.insert(name.to_owned(), value);
    let maybe = |value: &str| Element { presence: Presence::Maybe, ..Element::always(Value::string(value)) };
    let sequence = |elements: Vec<Element>, rest: Option<Value>| -> Value {
        let rest = rest.map(Into::into);
        ValueKind::Sequence(Sequence { elements: elements.into(), rest, collection: Collection::Tuple })
            .into()
    };
    add("some", sequence(vec![Element::always(Value::string("a")), maybe("b")], None));
    add("perhaps", sequence(vec![maybe("b")], None));
    add("numbers", sequence(vec![], Some(Value::number(1_i64))));
    add("open", sequence(vec![Element::always(Value::string("a"))], Some(Value::string("r"))));
    let object = Object { rest: Some(Value::unknown().into()), ..Object::new(Default::default()) };
    add("open_object", ValueKind::Object(object).into());
    let marks = |sensitive, assumed| Marks { sensitive, assumed, ephemeral: false };
    add("secret", Value::string("s").marked(marks(true, false)));
    add("assumed", Value::string("d").marked(marks(false, true)));
    add("fails", Value::fails());
    world
}

fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(expression, expected)| (expression, expected, show(&world().evaluate(expression))))
        .filter(|(_, expected, shown)| shown != *expected)
        .map(|(expression, expected, shown)| format!("{expression}\n  gives  {shown}\n  not    {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn strings_keep_what_is_certain() {
    check(&[
        (r#"upper("a-${text}")"#, r#""A-{?}""#),
        (r#"lower("A-${text}-B")"#, r#""a-{?}-b""#),
        ("upper(text)", r#""{?}""#),
        (r#"format("%s-%s", "a", text)"#, r#""a-{?}""#),
        (r#"format("%s/%03d", text, 7)"#, r#""{?}/007""#),
        (r#"format("%d", number)"#, r#""{?}""#),
        (r#"format("%10s", "a${text}")"#, r#""{?}""#),
        (r#"format("%v", {a = text})"#, r#""{json {a: ?string!}}""#),
        (r#"format("%d", list)"#, "FAILS"),
        (r#"format(text, "a")"#, "?string!"),
        (r#"join("-", ["a", text, "b"])"#, r#""a-{?}-b""#),
        (r#"join(text, ["a", "b"])"#, r#""a{?}b""#),
        (r#"join(",", some)"#, r#""a{?}""#),
        (r#"join(",", open)"#, r#""{?}""#),
        (r#"join(",", list)"#, "?string!"),
        (r#"formatlist("%s-x", ["a", text])"#, r#"["a-x", "{?}-x"]"#),
        (r#"formatlist("%s-x", list)"#, "?list!"),
        (r#"formatlist("%s-x", unknown)"#, "?list!"),
        (r#"formatlist("%s-x", text)"#, r#"["{?}-x"]"#),
        (r#"replace("a.b.${text}.c", ".", "/")"#, r#""a/b/{?}/c""#),
        (r#"replace("ab${text}", "bc", "x")"#, "?string!"),
        (r#"replace("axy${text}", "xy", "-")"#, r#""a-{?}""#),
        (r#"replace("${text}y", "xy", "-")"#, "?string!"),
        (r#"replace(text, "/a/", "b")"#, "?string!"),
        (r#"trimprefix("ab${text}", "a")"#, r#""b{?}""#),
        (r#"trimprefix("ab${text}", "x")"#, r#""ab{?}""#),
        (r#"trimprefix("a${text}", "ab")"#, "?string!"),
        (r#"trimsuffix("${text}ab", "b")"#, r#""{?}a""#),
        (r#"trimsuffix("${text}b", "ab")"#, "?string!"),
        (r#"trimspace(" a${text}b ")"#, r#""a{?}b""#),
        (r#"trimspace(" a${text}")"#, "?string!"),
        (r#"trim("-a${text}a-", "-")"#, r#""a{?}a""#),
        (r#"chomp("${text}x\n")"#, r#""{?}x""#),
        (r#"indent(2, "a\n${text}")"#, "\"a\n  {?}\""),
        (r#"startswith("ab${text}", "a")"#, "true"),
        (r#"startswith("ab${text}", "x")"#, "false"),
        (r#"startswith("ab${text}", "abc")"#, "?bool!"),
        (r#"endswith("${text}ab", "ab")"#, "true"),
        (r#"endswith("${text}ab", "x")"#, "false"),
        (r#"strcontains("${text}ab", "ab")"#, "true"),
        (r#"strcontains("${text}ab", "x")"#, "?bool!"),
        (r#"substr("abc${text}", 0, 2)"#, r#""ab""#),
        (r#"substr("abc${text}", 0, 3)"#, "?string!"),
        (r#"split("/", "a/b/c${text}")"#, r#"["a", "b", ...?string!]"#),
        (r#"length("a${text}")"#, "?number!"),
        (r#"basename("${text}/a.json")"#, r#""a.json""#),
        (r#"tostring("a-${text}")"#, r#""a-{?}""#),
        ("tonumber(text)", "?number!"),
        ("tonumber(list)", "FAILS"),
        ("tobool(number)", "FAILS"),
        (r#"regex("a", text)"#, "?"),
        ("md5(text)", "?string!"),
        (r#"compact(["a", "", null, text, "b-${text}"])"#, r#"["a", ?string!?, "b-{?}"]"#),
        (r#"templatestring("Hi $${name}!", {name = text})"#, r#""Hi {?}!""#),
        (r#"templatestring(text, {})"#, "?string!"),
        ("pow(2, 0.3)", "?number!"),
        (r#"coalesce("a-${text}", "b")"#, r#""a-{?}""#),
    ]);
}

#[test]
fn lists_keep_what_is_certain() {
    check(&[
        (r#"concat(["a"], [unknown])"#, r#"["a", ?]"#),
        (r#"concat(["a"], list, ["b"])"#, r#"["a", "b", ...?]"#),
        ("concat(open, open)", r#"["a", "a", ...?string!]"#),
        ("concat(open, numbers)", r#"["a", ...?!]"#),
        (r#"concat(some, ["c"])"#, r#"["a", "b"?, "c"]"#),
        (r#"concat(["a"], text)"#, "FAILS"),
        (r#"flatten([["a"], list, [["b"]]])"#, r#"["a", "b", ...?]"#),
        (r#"flatten([some, ["c"]])"#, r#"["a", "b"?, "c"]"#),
        (r#"flatten([["a"], text])"#, r#"["a", ?string!]"#),
        (r#"distinct(["a", text, "a"])"#, r#"["a", ?string!?]"#),
        ("reverse(some)", r#"["b"?, "a"]"#),
        ("length(some)", "?number!"),
        ("length([unknown, unknown])", "2"),
        ("length(toset([text, text]))", "?number!"),
        ("length(toset([text]))", "1"),
        ("length(list)", "?number!"),
        ("length(number)", "FAILS"),
        (r#"contains(["a", text], "a")"#, "true"),
        (r#"contains(["a", text], "b")"#, "?bool!"),
        (r#"contains(["a", "b-${text}"], "c")"#, "false"),
        (r#"contains(["a", "b"], text)"#, "?bool!"),
        (r#"contains(some, "b")"#, "?bool!"),
        (r#"contains(some, "c")"#, "false"),
        (r#"element(["a", "b"], number)"#, r#""a" | "b""#),
        ("element([text], 0)", "?string!"),
        ("element(list, -1)", "?"),
        (r#"slice(["a", unknown, "c"], 1, 3)"#, r#"[?, "c"]"#),
        ("slice(list, 0, 1)", "?"),
        ("one([unknown])", "?"),
        ("one(list)", "?"),
        ("one(open)", r#""a""#),
        ("one(perhaps)", r#""b" | null"#),
        (r#"contains(["a-${text}"], "a-b")"#, "?bool!"),
        (r#"one(["a", unknown])"#, "FAILS"),
        (r#"coalescelist([], list, ["a"])"#, r#"?list! | ["a"]"#),
        (r#"coalescelist([unknown], ["a"])"#, "[?]"),
        ("tolist([1, unknown])", "[?!, ?]"),
        (r#"tolist(["a", unknown])"#, r#"["a", ?]"#),
        ("tolist([1, text])", r#"["1", ?string!]"#),
        (r#"toset(["b", "a", text])"#, r#"["b", "a", ?string!]"#),
        (r#"sort(["b", text])"#, "[...?string!]"),
        ("sum([1, number])", "?number!"),
        ("alltrue([false, unknown])", "false"),
        ("alltrue([true, unknown])", "?bool!"),
        ("anytrue([true, unknown])", "true"),
        (r#"setproduct(["a"], [text])"#, r#"[["a", ?string!]]"#),
        (r#"setunion(["a"], [text])"#, r#"["a", ?string!]"#),
        (r#"setsubtract(["a", "b"], [text])"#, r#"["a"?, "b"?]"#),
        (r#"setintersection(["a", "b"], ["a", text])"#, r#"["a", "b"?]"#),
        (r#"matchkeys(["a", "b"], ["x", text], ["x"])"#, r#"["a", "b"?]"#),
        ("range(number)", "?list!"),
        (r#"index(["a", text], "a")"#, "0"),
        (r#"index([text, "a"], "a")"#, "?number!"),
        (r#"cidrsubnets("10.0.0.0/8", number)"#, "?list!"),
    ]);
}

#[test]
fn objects_keep_what_is_certain() {
    check(&[
        (r#"merge({a = 1}, {b = unknown})"#, "{a: 1, b: ?}"),
        (r#"merge({a = 1}, unknown)"#, "{a: 1 | ?, ...?}"),
        (r#"merge(unknown, {a = 1})"#, "{a: 1, ...?}"),
        (r#"merge({a = "x"}, map)"#, r#"{a: "x" | ?string, ...?string}"#),
        ("merge({a = 1}, text)", "FAILS"),
        (r#"merge({a = 1}, open_object, {b = 2})"#, "{a: 1 | ?, b: 2, ...?}"),
        (r#"merge({a = 1}, unknown ? {a = 2} : {})"#, "{a: 2} | {a: 1}"),
        ("keys({a = unknown})", r#"["a"]"#),
        ("keys(merge({a = 1}, unknown))", r#"["a", ...?string!]"#),
        ("keys(unknown)", "?"),
        ("values({a = unknown, b = 1})", "[?, 1]"),
        ("values(merge(unknown, {a = 1}))", "[1, ...?]"),
        (r#"lookup({a = unknown}, "a", 1)"#, "?"),
        (r#"lookup({a = 1, b = 2}, text, 3)"#, "1 | 2 | 3"),
        (r#"lookup(merge(unknown, {a = 1}), "b", 3)"#, "? | 3"),
        (r#"lookup(merge(unknown, {a = 1}), "a", 3)"#, "1"),
        (r#"lookup(unknown, "a", 3)"#, "?"),
        (r#"zipmap(["a", text], [1, 2])"#, "{a: 1 | 2, ...?number!}"),
        (r#"zipmap(["a"], [unknown])"#, "{a: ?}"),
        ("zipmap(list, [1])", "?"),
        ("tomap({a = 1, b = unknown})", "{a: ?!, b: ?}"),
        (r#"tomap({a = "x", b = unknown})"#, r#"{a: "x", b: ?}"#),
        ("length(merge(unknown, {a = 1}))", "?number!"),
        ("jsonencode({a = unknown})", r#""{json {a: ?}}""#),
        ("jsondecode(jsonencode({a = unknown}))", "{a: ?}"),
        ("jsondecode(text)", "?"),
        ("jsonencode(unknown)", r#""{json ?}""#),
        (r#"yamlencode({a = unknown})"#, "?string!"),
        (r#"transpose({a = ["x"], b = list})"#, "?"),
    ]);
}

#[test]
fn try_takes_what_may_succeed() {
    check(&[
        (r#"try(unknown, "b")"#, r#"? | "b""#),
        (r#"try("a", unknown)"#, r#""a""#),
        (r#"try(fails, unknown, "b", "c")"#, r#"? | "b""#),
        (r#"try({a = fails}, "b")"#, r#""b""#),
        (r#"try({a = unknown}, "b")"#, r#"{a: ?} | "b""#),
        (r#"try(unknown ? fails : "a", "b")"#, r#""b" | "a""#),
        ("can(unknown)", "?bool!"),
        ("can([unknown])", "?bool!"),
        ("can([fails])", "false"),
        (r#"coalesce(text, "b")"#, r#"?string! | "b""#),
        (r#"coalesce(null, unknown, "b")"#, r#"? | "b""#),
        ("upper(fails)", "FAILS"),
        ("upper(null)", "FAILS"),
    ]);
}

#[test]
fn functions_are_applied_to_every_outcome() {
    check(&[
        (r#"upper(unknown ? "a" : "b")"#, r#""A" | "B""#),
        (r#"format("%s-%s", unknown ? "a" : "b", unknown ? "c" : "d")"#, r#""a-c" | "a-d" | "b-c" | "b-d""#),
        (r#"join("-", ["x", unknown ? "a" : "b"])"#, r#""x-a" | "x-b""#),
        (r#"jsonencode({a = unknown ? 1 : 2})"#, r#""{json {a: 1 | 2}}""#),
        (r#"length(unknown ? [1] : [1, 2])"#, "1 | 2"),
        (r#"lookup({a = 1, b = 2}, unknown ? "a" : "b")"#, "1 | 2"),
        (r#"lower(unknown ? "a" : "A")"#, r#""a""#),
        (r#"upper(unknown ? "a" : text)"#, r#""A" | "{?}""#),
    ]);
}

#[test]
fn more_outcomes_than_are_kept_are_joined() {
    let four = r#"unknown ? (unknown ? "a" : "b") : (unknown ? "c" : "d")"#;
    check(&[(&format!(r#"format("%s%s", {four}, {four})"#), "\"a{?}\" | \"b{?}\" | \"c{?}\" | \"d{?}\"")]);
    let objects = r#"unknown ? (unknown ? {a = 1} : {b = 1}) : (unknown ? {c = 1} : {a = 2})"#;
    let shown = show(&world().evaluate(&format!("merge({objects}, {objects})")));
    assert!(shown.contains("a?: ") && shown.contains("b?: ") && shown.contains("c?: "), "{shown}");
}

#[test]
fn the_outcome_says_what_decides() {
    let value = world().evaluate(r#"upper(unknown ? "a" : "b")"#);
    let ValueKind::OneOf(outcomes) = &value.kind else { panic!("{value:?}") };
    let holds: Vec<Option<bool>> = outcomes.iter().map(decision).collect();
    assert_eq!(holds, [Some(true), Some(false)]);
    let value = world().evaluate(r#"format("%s%s", unknown ? "a" : "b", unknown ? "c" : "d")"#);
    let ValueKind::OneOf(outcomes) = &value.kind else { panic!("{value:?}") };
    assert!(outcomes.iter().all(|outcome| decision(outcome).is_none()));
}

fn decision(outcome: &Outcome) -> Option<bool> {
    match outcome.when {
        Some(When::Condition(_, holds)) => Some(holds),
        _ => None,
    }
}

#[test]
fn marks_go_where_terraform_takes_them() {
    check(&[
        ("upper(secret)", r#"sensitive "S""#),
        (r#"format("%s-%s", secret, assumed)"#, r#"sensitive assumed "s-d""#),
        (r#"join(",", ["a", assumed])"#, r#"assumed "a,d""#),
        (r#"concat(["a"], [secret])"#, r#"["a", sensitive "s"]"#),
        (r#"merge({a = secret}, {b = 1})"#, r#"{a: sensitive "s", b: 1}"#),
        ("length([secret])", "1"),
        ("toset([secret])", r#"sensitive [sensitive "s"]"#),
        ("jsonencode({a = secret})", r#"sensitive "{json {a: sensitive "s"}}""#),
        ("nonsensitive(secret)", r#""s""#),
        ("sensitive(assumed)", r#"sensitive assumed "d""#),
        ("issensitive(unknown)", "?bool!"),
        ("issensitive([unknown])", "false"),
        ("issensitive(toset([text]))", "?bool!"),
        (r#"upper(unknown ? secret : "a")"#, r#"sensitive sensitive "S" | "A""#),
    ]);
}

#[test]
fn elements_and_items_say_where_they_were_written() {
    let cases = [
        (r#"merge({a = 1}, {b = "x"})"#, r#"a: a = 1; b: b = "x""#),
        (r#"merge({a = 1}, {a = 2})"#, "a: a = 2; was a: a = 1"),
        (r#"concat(["a"], ["b"])"#, r#""a"; "b""#),
        (r#"flatten([["a"], [["b"]]])"#, r#""a"; "b""#),
        (r#"lookup({a = 1}, "a", 2)"#, "1"),
        (r#"lookup({a = 1}, "b", 2)"#, "2"),
        (r#"element(["a", "b"], 1)"#, r#""b""#),
        (r#"keys({a = 1})"#, "a"),
        (r#"values({a = 1})"#, "1"),
        (r#"zipmap(["a"], [1])"#, r#"a: "a" = 1"#),
        (r#"toset(["b", "a", "b"])"#, r#""a"; "b"+"b""#),
        (r#"distinct(["a", "a"])"#, r#""a"+"a""#),
        (r#"tolist([1, "a"])"#, r#"1; "a""#),
        (r#"tomap({a = 1})"#, "a: a = 1"),
        (r#"coalesce("", "b")"#, r#""b""#),
        (r#"try(fails, "b")"#, r#""b""#),
        (r#"one(["a"])"#, r#""a""#),
        (r#"slice(["a", "b"], 1, 2)"#, r#""b""#),
        (r#"reverse(["a", "b"])"#, r#""b"; "a""#),
        (r#"jsondecode(jsonencode({a = 1}))"#, "a: a = 1"),
        (r#"sensitive("a")"#, r#""a""#),
        (r#"upper("a")"#, ""),
        (r#"format("%s/%s", "a", "b")"#, "a; ; b"),
        (r#"join("-", ["a", "b"])"#, "a; -; b"),
        (r#"unknown ? "a" : "b""#, r#""a"; "b""#),
        (r#"tostring(unknown ? "a" : "b")"#, r#""a"; "b""#),
    ];
    for (expression, expected) in cases {
        assert_eq!(origins(expression, &world().evaluate(expression)), expected, "{expression}");
    }
}

#[test]
fn what_is_put_together_says_which_braces_and_brackets_state_it() {
    for (text, expected) in [
        ("merge({a = 1}, {b = 2})", vec!["{a = 1}", "{b = 2}"]),
        ("concat([1], [2])", vec!["[1]", "[2]"]),
        ("toset([1])", vec!["[1]"]),
    ] {
        let source = format!("x = {text}");
        let value = world().evaluate(text);
        let spans: Vec<&str> = value.spans.as_slice().iter().map(|span| &source[span.range]).collect();
        assert_eq!(spans, expected, "{text}");
    }
}

#[test]
fn nothing_grows_beyond_its_bounds() {
    check(&[
        (r#"format("%99999d", 1)"#, "?string!"),
        (r#"format("%.9999999999f", 1)"#, "?string!"),
        (r#"indent(99999999, "a\nb")"#, "?string!"),
        (r#"setproduct(range(1000), range(1000))"#, "?"),
        (r#"pow(10, 99999)"#, "FAILS"),
        (r#"regex("(((a{900}){900}){900})", "a")"#, "?"),
    ]);
    let long = "a".repeat(3_000);
    let grown = format!(r#"replace("{long}", "a", "{long}")"#);
    check(&[(&grown, "?string!")]);
    let mut poor = world();
    poor.budget = Cell::new(50);
    assert_eq!(show(&poor.evaluate("range(1000)")), "?list!");
    poor.budget = Cell::new(50);
    assert_eq!(show(&poor.evaluate(&format!(r#"regex("^a", "{long}")"#))), "?");
}
