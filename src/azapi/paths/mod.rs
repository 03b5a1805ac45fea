//! Paths into bodies and responses that arguments hold as text: dotted ones and JMESPath, and where they lead.

mod dotted;
mod jmespath;
mod lexer;
mod reach;
mod selected;
mod walk;

pub(crate) use reach::{Member, Reach};
pub(crate) use selected::{Selected, selected};

use std::ops::Range;

/// What is wrong with a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PathFault {
    /// Bytes of the path.
    pub(crate) at: Range<usize>,
    pub(crate) kind: PathFaultKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PathFaultKind {
    /// It ends too early, or has something that does not belong there.
    Syntax { expected: &'static str },
    /// Nothing is called so there.
    Nothing { name: String, near: Vec<String> },
    /// An index, in a path that knows none.
    Index,
    /// It leads to no list.
    NoList,
}

/// How a path is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notation {
    /// Names with dots between; no step leads into a list.
    Dotted,
    /// Names with dots between, and `[0]` behind the name of a list.
    Indexed,
    /// Names with dots between, through lists without a word; the end is a list.
    ToList,
    JmesPath,
}

/// What is wrong with a path from `root`. Linear in its length; nothing for a path beyond all use.
pub(crate) fn judge(path: &str, notation: Notation, root: &Reach<'_>) -> Vec<PathFault> {
    match notation {
        Notation::JmesPath => match jmespath::parse(path) {
            Ok(expression) => walk::judge(&expression, root),
            Err(jmespath::Error::TooLarge) => Vec::new(),
            Err(jmespath::Error::Syntax { at, expected }) => {
                vec![PathFault { at, kind: PathFaultKind::Syntax { expected } }]
            }
        },
        _ => dotted::judge(path, notation, root),
    }
}

/// What the items of the list may be to which a dotted path leads; anything where it leads to none.
pub(crate) fn items<'s>(path: &str, root: &Reach<'s>) -> Reach<'s> {
    dotted::follow(path, Notation::ToList, root).map_or_else(|_| Reach::anything(), |list| list.any_item())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::toy;

    fn check(notation: Notation, path: &str, expected: &str) {
        let body = toy::schema().resource_type("Test.Rp/widgets").unwrap().newest_stable().unwrap().body();
        let found = judge(path, notation, &Reach::of(body));
        let shown = found.iter().map(|fault| {
            let kind = match &fault.kind {
                PathFaultKind::Syntax { expected } => format!("expected {expected}"),
                PathFaultKind::Nothing { name, near } => format!("no {name} ({})", near.join(", ")),
                PathFaultKind::Index => "an index".to_owned(),
                PathFaultKind::NoList => "no list".to_owned(),
            };
            format!("{}..{} {kind}", fault.at.start, fault.at.end)
        });
        assert_eq!(shown.collect::<Vec<_>>().join("; "), expected, "{path}");
    }

    #[test]
    fn a_dotted_path_leads_through_objects() {
        let dotted = |path, expected| check(Notation::Dotted, path, expected);
        for path in ["properties.status", "tags.a", "properties", "properties.vault.x.y", "name"] {
            dotted(path, "");
        }
        dotted("properties.statuss", "11..18 no statuss (status)");
        dotted("propertie.x", "0..9 no propertie (properties)");
        dotted("properties.rules[0].action", "11..19 an index");
        dotted("properties.rules.0", "17..18 an index");
        dotted("properties.rules.action", "17..23 an index");
        dotted("properties..x", "11..11 expected a name");
        dotted("", "0..0 expected a name");
        dotted("properties.status.x", "18..19 no x ()");
        let long = "x".repeat(4_096);
        check(Notation::Dotted, &long, &format!("0..4096 no {long} ()"));
        check(Notation::Dotted, &format!("{long}x"), "");
    }

    #[test]
    fn an_indexed_path_leads_into_lists() {
        let indexed = |path, expected| check(Notation::Indexed, path, expected);
        indexed("properties.rules[0].action", "");
        indexed("properties.rules[0].actio", "20..25 no actio (action)");
        indexed("properties.rules[x]", "17..18 expected an index");
        indexed("properties.rules[0", "18..18 expected `]`");
    }

    #[test]
    fn a_path_to_a_list_ends_there() {
        let list = |path, expected| check(Notation::ToList, path, expected);
        list("properties.rules", "");
        list("properties.parts.parts", "");
        list("properties.status", "11..17 no list");
        list("properties.rulez", "11..16 no rulez (rules)");
    }

    #[test]
    fn a_jmespath_is_followed_as_far_as_it_can_be() {
        let jmes = |path, expected| check(Notation::JmesPath, path, expected);
        for path in [
            "properties.rules[0].action",
            "properties.rules[*].action",
            "properties.rules[].action",
            "properties.rules[?priority > `1`].action | [0]",
            "properties.{a: status, b: colour}",
            "properties.[status, colour]",
            "keys(tags)",
            "properties.engine.volts",
            "@",
            "*.status",
            "properties.rules[1:2].action",
            "tags.\"a-b\"",
            "sort_by(properties.rules, &priority)[0].nothing",
            "!properties.enabled || properties.status == 'x' && `true`",
            "'raw'",
        ] {
            jmes(path, "");
        }
        jmes("properties.statuss", "11..18 no statuss (status)");
        jmes("properties.rules[*].actio", "20..25 no actio (action)");
        jmes("properties.rules[?prio].action", "18..22 no prio ()");
        jmes("properties.{a: statuss}", "15..22 no statuss (status)");
        jmes("properties.rules.action", "17..23 no action ()");
        jmes("keys(tag)", "5..8 no tag (tags)");
        jmes("(propertis).x", "1..10 no propertis (properties)");
    }

    #[test]
    fn a_jmespath_that_is_none_says_where() {
        let jmes = |path, expected| check(Notation::JmesPath, path, expected);
        jmes("properties.[", "12..12 expected an expression");
        jmes("a.", "2..2 expected a name, `*`, `[` or `{`");
        jmes("a..b", "2..3 expected a name, `*`, `[` or `{`");
        jmes("a b", "2..3 expected the end");
        jmes("a-b", "1..2 expected a number");
        jmes("a[0", "3..3 expected `]`");
        jmes("'a", "0..2 expected a closing quote");
        jmes("{a}", "2..3 expected `:`");
        jmes("", "0..0 expected an expression");
        jmes("f(a", "3..3 expected `,` or `)`");
        jmes("a = b", "2..3 expected `==`");
        jmes("a # b", "2..3 expected an operator");
    }

    #[test]
    fn what_is_listed_stands_under_one_name() {
        let body = toy::schema().resource_type("Test.Rp/widgets").unwrap().newest_stable().unwrap().body();
        let answer = Reach::of(body).listed();
        let faults = |notation, path: &str| {
            let found = judge(path, notation, &answer);
            found.iter().map(|fault| &path[fault.at.clone()]).collect::<Vec<_>>().join(" ")
        };
        for path in [
            "value[].{n: name, s: properties.status}",
            "value[?name=='x'].properties.rules[].action",
            "value[0].tags.a",
            "length(value)",
            "*[]",
            "own.count",
        ] {
            assert_eq!(faults(Notation::JmesPath, path), "", "{path}");
        }
        for (path, fault) in [
            ("value[].properties.statuss", "statuss"),
            ("value[*].{n: namee}", "namee"),
            ("value[?namee=='x']", "namee"),
            ("values[].name", "values"),
            ("properties.status", "properties"),
            ("value.name", "name"),
        ] {
            assert_eq!(faults(Notation::JmesPath, path), fault, "{path}");
        }
        for (path, fault) in [("value", ""), ("value.name", "name"), ("name", "name"), ("x.y", "")] {
            assert_eq!(faults(Notation::Dotted, path), fault, "{path}");
        }
    }

    #[test]
    fn depth_and_length_have_an_end() {
        let deep = |open: &str, close: &str| format!("{}a{}", open.repeat(900), close.repeat(900));
        for path in [deep("(", ")"), deep("!", ""), deep("[", "]"), "a.".repeat(100_000), "a|".repeat(500)] {
            let found = judge(&path, Notation::JmesPath, &Reach::anything());
            assert!(found.len() <= 1, "{found:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_path_or_none(text in "[a-z.\\[\\]*?|&!'\"`{}(),:@ 0-9-]{0,40}") {
            let anything = Reach::anything();
            for notation in [Notation::Dotted, Notation::Indexed, Notation::ToList, Notation::JmesPath] {
                for fault in judge(&text, notation, &anything) {
                    proptest::prop_assert!(text.get(fault.at).is_some());
                }
            }
        }
    }
}
