//! Keys and values of bodies while they are typed, in everything that may hold a body.

use super::harness::place;

const HEAD: &str = "resource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  ";

/// What holds the properties of a widget, which come to `@`.
const HOLDERS: [&str; 20] = [
    "body = { properties = @ }\n}\n",
    "body = {\n    properties = @\n  }\n}\n",
    "sensitive_body = { properties = @ }\n}\n",
    "body = jsonencode({ properties = @ })\n}\n",
    "body = merge({}, { properties = @ })\n}\n",
    "body = { properties = merge(local.gone, @) }\n}\n",
    "body = { properties = merge(@, local.gone) }\n}\n",
    "body = var.c ? { properties = @ } : null\n}\n",
    "body = { properties = var.c ? null : @ }\n}\n",
    "body = { properties = one([@]) }\n}\n",
    "body = { properties = try(@, null) }\n}\n",
    "body = { properties = { a = @ }[\"a\"] }\n}\n",
    "for_each = { a = @ }\n  body = { properties = each.value }\n}\n",
    "body = { properties = local.p }\n}\nlocals {\n  p = @\n}\n",
    "body = { properties = local.p.q }\n}\nlocals {\n  p = { q = @ }\n}\n",
    "body = local.p\n}\nlocals {\n  p = merge({}, { properties = @ })\n}\n",
    "body = { properties = local.q }\n}\nlocals {\n  q = local.p\n}\nlocals {\n  p = @\n}\n",
    "body = { properties = var.p }\n}\nvariable \"p\" {\n  default = @\n}\n",
    "body = var.p\n}\nvariable \"p\" {\n  type = any\n  default = { properties = @ }\n}\n",
    "for_each = var.p\n  body = { properties = each.value }\n}\nvariable \"p\" {\n  default = { a = @ }\n}\n",
];

/// What is typed at `$0`, and what the cursor is on there.
const TYPED: [(&str, &str); 9] = [
    ("{ $0 }", "name wanted in properties"),
    ("{\n      $0\n    }", "name wanted in properties"),
    ("{\n      count = 1\n      $0\n    }", "name wanted in properties"),
    ("{\n      col$0\n    }", "body key properties.col"),
    ("{\n      cou$0nt = 1\n    }", "body key properties.count"),
    ("{\n      count = $0\n    }", "body value properties.count"),
    ("{\n      colour = \"$0\"\n    }", "body value properties.colour"),
    ("{\n      colour = \"re$0\n    }", "body value properties.colour"),
    ("{\n      rules = [$0]\n    }", "body value properties.rules.0"),
];

fn wrong(texts: impl IntoIterator<Item = (String, &'static str)>) -> Vec<String> {
    let differs = |(text, expected): (String, &str)| {
        let given = place(&text);
        (given != expected).then(|| format!("{text}\n    gives    {given}\n    expected {expected}\n"))
    };
    texts.into_iter().filter_map(differs).collect()
}

#[test]
fn whatever_holds_a_body_is_told_while_it_is_typed() {
    let texts = HOLDERS.iter().flat_map(|holder| {
        TYPED
            .iter()
            .map(move |(typed, expected)| (format!("{HEAD}{}", holder.replace('@', typed)), *expected))
    });
    let wrong = wrong(texts);
    assert!(wrong.is_empty(), "{} differ\n\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_text_may_end_at_the_cursor() {
    let texts = HOLDERS.iter().flat_map(|holder| {
        TYPED.iter().map(move |(typed, expected)| {
            let until = typed.find("$0").expect("a cursor") + 2;
            let before = holder.split('@').next().expect("what is before");
            (format!("{HEAD}{before}{}", &typed[..until]), *expected)
        })
    });
    // Where only what follows leads from the block to the place, the end of the text comes too early.
    let leads_there = |text: &str| {
        !text.contains("one([")
            && !text.contains("try(")
            && !text.contains("{ a = {\n")
            && !text.contains("{ a = { $0")
    };
    // A key at the end of the text is not finished.
    let texts = texts.filter(|(text, _)| leads_there(text)).map(|(text, expected)| match expected {
        "body key properties.count" => (text, "body key properties.cou"),
        _ => (text, expected),
    });
    let wrong = wrong(texts);
    assert!(wrong.is_empty(), "{} differ\n\n{}", wrong.len(), wrong.join("\n"));
}
