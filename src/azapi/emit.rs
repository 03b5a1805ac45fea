//! Writes HCL text: strings and `import` blocks, as `terraform fmt` leaves them.

use hcl::expr::{TemplateExpr, Variable};
use hcl::{Block, Body, Expression};

use crate::syntax::is_identifier;
use crate::syntax::literal::escaped;

/// Why no text could be written. Nothing is put in its place: half a block would be worse than none.
#[derive(Debug)]
pub(crate) struct EmitError(hcl::Error);

impl From<hcl::Error> for EmitError {
    fn from(error: hcl::Error) -> Self {
        Self(error)
    }
}

impl std::fmt::Display for EmitError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot be written as HCL: {}", self.0)
    }
}

impl std::error::Error for EmitError {}

/// A string in its quotes. What would begin a template in it is escaped: the value is the text itself.
pub(crate) fn string(value: &str) -> String {
    format!("\"{}\"", escaped(value))
}

/// A key of an object: bare where HCL allows it.
pub(crate) fn key(name: &str) -> String {
    if is_identifier(name) { name.to_owned() } else { string(name) }
}

/// The block that imports `id` to the address `to`, with a line break at its end.
pub(crate) fn import_block(to: &str, id: &str) -> Result<String, EmitError> {
    // An address is HCL already; hcl-rs would write the keys in it anew, with the fault above.
    let to = Variable::unchecked(to);
    // Escaped by us: hcl-rs 0.20 leaves the marker in `$${` as it is, which is then read as an escaped one.
    let id = Expression::from(TemplateExpr::QuotedString(escaped(id)));
    let block = Block::builder("import").add_attribute(("to", to)).add_attribute(("id", id)).build();
    Ok(hcl::format::to_string(&Body::from([block]))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::ast::Expression as Read;
    use crate::syntax::parse;
    use proptest::prelude::*;

    /// What our own parser makes of a string's text: its value, and nothing else in the file.
    fn read_back(written: &str) -> Option<String> {
        let parsed = parse(&format!("a = {written}\n"));
        assert!(parsed.errors().is_empty(), "{written}: {:?}", parsed.errors());
        match parsed.root().body().attribute("a")?.value()? {
            Read::Template(template) => template.literal(),
            _ => None,
        }
    }

    #[test]
    fn strings_are_escaped_where_hcl_needs_it() {
        let cases = [
            ("", r#""""#),
            ("it's", r#""it's""#),
            (r#"a "b" \c"#, r#""a \"b\" \\c""#),
            ("a\nb\r\tc", r#""a\nb\r\tc""#),
            ("\u{0}\u{1b}", r#""\u0000\u001b""#),
            ("${a} %{b}", r#""$${a} %%{b}""#),
            ("$ % {} $x", r#""$ % {} $x""#),
            ("$${a} $$ %%{", r#""$$${a} $$ %%%{""#),
            ("é 😀 {subscriptionId}", r#""é 😀 {subscriptionId}""#),
            (" blanks ", r#"" blanks ""#),
        ];
        for (value, written) in cases {
            assert_eq!(string(value), written);
            assert_eq!(read_back(written).as_deref(), Some(value), "{written}");
        }
    }

    proptest! {
        #[test]
        fn every_string_is_read_back_as_it_was(value in "([$%{}\"\\\\]{1,4}|\\PC|\\pC){0,6}") {
            let written = string(&value);
            prop_assert_eq!(read_back(&written), Some(value), "{}", written);
        }
    }

    #[test]
    fn an_import_block_names_address_and_id() {
        let cases = [
            ("azapi_resource.x", "/a/b", "to = azapi_resource.x\n  id = \"/a/b\""),
            ("azapi_resource.x[\"$$${a}\"]", "/", "to = azapi_resource.x[\"$$${a}\"]\n  id = \"/\""),
            ("azapi_resource.x-1[0]", "/{a}", "to = azapi_resource.x-1[0]\n  id = \"/{a}\""),
            (
                "azapi_resource.é[\"a \\\"$${b}\"]",
                "${c}",
                "to = azapi_resource.é[\"a \\\"$${b}\"]\n  id = \"$${c}\"",
            ),
        ];
        for (to, id, inside) in cases {
            assert_eq!(import_block(to, id).unwrap(), format!("import {{\n  {inside}\n}}\n"));
        }
    }
}
