//! What functions are for, and what their parameters are called, for people: Terraform's (`schemas/functions.txt`), and
//! those of JMESPath (`schemas/jmespath-functions.txt`). What Terraform's do is the evaluator's (`table.rs`).

/// Rows `NAME(PARAMETER, …) TYPE | SENTENCE`, sorted. A parameter is `name: type`; `name?` may be left out, and of `name...`
/// there may be any number.
const TABLE: &str = include_str!("../../../schemas/functions.txt");
/// In the same form.
const OF_JMESPATH: &str = include_str!("../../../schemas/jmespath-functions.txt");

/// A function as people read of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Described {
    pub(crate) name: &'static str,
    pub(crate) parameters: Vec<Parameter>,
    /// The type of what it gives.
    pub(crate) returns: &'static str,
    /// One sentence, in Markdown.
    pub(crate) about: &'static str,
}

/// What one argument is, or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) ty: &'static str,
    pub(crate) takes: Takes,
}

/// How many arguments a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    One,
    /// It may be left out.
    OneOrNone,
    Any,
}

/// The function of Terraform of a name, which may begin with `core::`. O(functions).
pub(crate) fn described(name: &str) -> Option<Described> {
    find(TABLE, name.strip_prefix("core::").unwrap_or(name))
}

/// The function of JMESPath of a name. O(functions).
pub(crate) fn described_in_jmespath(name: &str) -> Option<Described> {
    find(OF_JMESPATH, name)
}

fn find(table: &'static str, name: &str) -> Option<Described> {
    table.lines().find(|row| row.strip_prefix(name).is_some_and(|rest| rest.starts_with('('))).and_then(read)
}

impl Described {
    /// `(name: type, …) → type`: of parameters that may be many `name: type...`, of those that may be left out
    /// `name?: type`.
    pub(crate) fn signature(&self) -> String {
        let parameters = self.parameters.iter().map(|Parameter { name, ty, takes }| match takes {
            Takes::One => format!("{name}: {ty}"),
            Takes::OneOrNone => format!("{name}?: {ty}"),
            Takes::Any => format!("{name}: {ty}..."),
        });
        format!("({}) → {}", parameters.collect::<Vec<_>>().join(", "), self.returns)
    }
}

fn read(row: &'static str) -> Option<Described> {
    let (signature, about) = row.split_once(" | ")?;
    let (name, _) = signature.split_once('(')?;
    let close = closing(signature)?;
    let parameters = signature[name.len() + 1..close].split(", ").filter(|it| !it.is_empty()).map(parameter);
    let returns = signature[close + 1..].trim_start();
    Some(Described { name, parameters: parameters.collect::<Option<_>>()?, returns, about })
}

/// Where the parenthesis is closed that is opened first.
fn closing(signature: &str) -> Option<usize> {
    let mut depth = 0;
    signature.bytes().position(|byte| {
        depth += i32::from(byte == b'(') - i32::from(byte == b')');
        byte == b')' && depth == 0
    })
}

fn parameter(written: &'static str) -> Option<Parameter> {
    let (name, ty) = written.split_once(": ")?;
    let (name, takes) = match (name.strip_suffix("..."), name.strip_suffix('?')) {
        (Some(name), _) => (name, Takes::Any),
        (None, Some(name)) => (name, Takes::OneOrNone),
        (None, None) => (name, Takes::One),
    };
    Some(Parameter { name, ty, takes })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::terraform::functions::table;

    /// The names in the evaluator's table, which is a `match`.
    fn known() -> BTreeSet<&'static str> {
        let rows = include_str!("table.rs").lines().filter(|line| line.contains("\" => ("));
        rows.filter_map(|line| line.trim().strip_prefix('"')?.split('"').next()).collect()
    }

    #[test]
    fn exactly_the_functions_that_the_evaluator_knows_are_described() {
        let described: BTreeSet<&str> = TABLE.lines().map(|row| read(row).expect(row).name).collect();
        assert_eq!(described, known());
        assert_eq!(described.len(), TABLE.lines().count());
        assert!(described.len() > 100);
        let names: Vec<&str> = TABLE.lines().map(|row| row.split('(').next().unwrap()).collect();
        assert!(names.is_sorted());
    }

    #[test]
    fn parameters_are_as_many_as_the_evaluator_takes() {
        for row in TABLE.lines() {
            let Described { name, parameters, .. } = read(row).expect(row);
            let function = table::function(name).expect(name);
            let fixed = parameters.iter().take_while(|it| it.takes == Takes::One).count();
            assert_eq!(fixed, function.fixed.len(), "{row}");
            let has_more = parameters.len() > fixed;
            assert_eq!(has_more, function.more.is_some(), "{row}");
            assert!(parameters.len() <= fixed + 1, "{row}");
            let names: BTreeSet<&str> = parameters.iter().map(|it| it.name).collect();
            assert_eq!(names.len(), parameters.len(), "{row}");
        }
    }

    #[test]
    fn each_is_told_in_one_ascii_sentence_with_types_that_terraform_has() {
        let is_type = |ty: &str| {
            let plain = ty.replace("list(", "").replace("set(", "").replace("map(", "").replace(')', "");
            matches!(plain.as_str(), "any" | "bool" | "number" | "string" | "expression")
                && ty.matches('(').count() == ty.matches(')').count()
        };
        for row in TABLE.lines().chain(OF_JMESPATH.lines()) {
            let function = read(row).expect(row);
            assert!(row.is_ascii() && row.ends_with('.') && function.about.len() < 140, "{row}");
            assert!(function.about.starts_with(|c: char| c.is_ascii_uppercase() || c == '-'), "{row}");
            assert_eq!(function.about.matches('`').count() % 2, 0, "{row}");
            assert!(is_type(function.returns), "{row}");
            assert!(function.parameters.iter().all(|it| is_type(it.ty)), "{row}");
        }
    }

    #[test]
    fn the_functions_of_jmespath_are_those_of_its_specification() {
        assert_eq!(OF_JMESPATH.lines().count(), 26);
        assert!(OF_JMESPATH.lines().is_sorted_by_key(|row| row.split('(').next().unwrap()));
        assert_eq!(described_in_jmespath("sort_by").expect("a function").parameters[1].ty, "expression");
        assert_eq!(described_in_jmespath("cidrhost"), None);
    }

    #[test]
    fn a_function_is_found_by_its_whole_name() {
        let merge = described("core::merge").expect("a function");
        assert_eq!(merge.parameters, [Parameter { name: "maps", ty: "any", takes: Takes::Any }]);
        assert_eq!(described("lookup").expect("a function").parameters[2].takes, Takes::OneOrNone);
        assert_eq!(described("timestamp").expect("a function").parameters, []);
        assert_eq!(described("chunklist").expect("a function").returns, "list(list(any))");
        assert!(["mer", "merge(", "", "core::", "no_such"].iter().all(|name| described(name).is_none()));
    }
}
