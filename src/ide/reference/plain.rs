//! Our own pages for clients that show no Markdown.

use super::markdown::is_padded;

/// The text of what [`super::markdown`] made, without its markup.
pub(crate) fn plain_text(markdown: &str) -> String {
    let mut plain = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        if c == '\\'
            && let Some(literal) = after.chars().next()
        {
            plain.push(literal);
            rest = &after[literal.len_utf8()..];
        } else if let Some((text, behind)) = code_span(rest) {
            plain.push_str(text);
            rest = behind;
        } else if let Some(behind) = rest.strip_prefix("**") {
            rest = behind;
        } else if let Some((text, address, behind)) = link(rest) {
            plain.push_str(&format!("{text}: {address}"));
            rest = behind;
        } else {
            plain.push(c);
            rest = after;
        }
    }
    plain
}

/// The text of the code span that `markdown` begins with, and what follows it.
fn code_span(markdown: &str) -> Option<(&str, &str)> {
    let ticks = markdown.len() - markdown.trim_start_matches('`').len();
    if ticks == 0 {
        return None;
    }
    let (fence, inside) = markdown.split_at(ticks);
    let mut from = 0;
    loop {
        let start = from + inside[from..].find('`')?;
        let length = inside[start..].len() - inside[start..].trim_start_matches('`').len();
        if length == fence.len() {
            let text = &inside[..start];
            let text = if is_padded(text) { &text[1..text.len() - 1] } else { text };
            return Some((text, &inside[start + length..]));
        }
        from = start + length;
    }
}

/// The text and the address of the link that `markdown` begins with, and what follows it.
fn link(markdown: &str) -> Option<(&str, &str, &str)> {
    let (text, behind) = markdown.strip_prefix('[')?.split_once("](")?;
    let (address, behind) = behind.split_once(')')?;
    (!text.contains(['[', '\n']) && !address.contains(char::is_whitespace)).then_some((text, address, behind))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::plain_text;
    use crate::ide::reference::markdown::{self, code, escape};
    use crate::ide::reference::{NamedVersion, resource_type};
    use crate::schema::toy;

    #[test]
    fn a_page_is_read_as_its_text() {
        let page = "**Test.Rp/widgets** `2024-01-01`\n\nParents:\n- `/a/{b}`\n\n1 \\< 2, [Documentation](https://a.b/c?d=e)";
        let plain =
            "Test.Rp/widgets 2024-01-01\n\nParents:\n- /a/{b}\n\n1 < 2, Documentation: https://a.b/c?d=e";
        assert_eq!(plain_text(page), plain);
        let ty = toy::schema().resource_type("Test.Rp/shapes").expect("a toy type");
        let page = markdown::page(&resource_type(toy::schema(), ty, NamedVersion::None));
        assert!(plain_text(&page).contains(" · Documentation: https://"), "{page}");
    }

    #[test]
    fn what_is_half_a_span_or_a_link_stays() {
        for text in ["`a", "[a](b", "[a", "a\\", "a ` b"] {
            assert_eq!(plain_text(text), text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn text_and_code_come_back_as_they_were(text in "[a-z`*\\[\\]()<>\\\\_ é]{0,24}") {
            prop_assert_eq!(plain_text(&escape(&text)), text.clone());
            if !text.is_empty() {
                prop_assert_eq!(plain_text(&code(&text)), text);
            }
        }
    }
}
