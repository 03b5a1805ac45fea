//! A page as an HTML document that needs nothing else.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

const STYLE: &str = include_str!("style.css");

/// A document of a page in Markdown. What a list names has an anchor: `#properties.status`.
pub(crate) fn document(title: &str, markdown: &str) -> String {
    let mut body = String::new();
    html::push_html(&mut body, anchored(Parser::new_ext(markdown, Options::empty())));
    let title = escaped(title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

/// HTML of a text that is no markup.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    html::push_html(&mut out, std::iter::once(Event::Text(CowStr::from(text))));
    out
}

/// Each item of a list that begins with code is named by it and by the items around it.
fn anchored<'a>(events: impl Iterator<Item = Event<'a>>) -> impl Iterator<Item = Event<'a>> {
    let mut path: Vec<String> = Vec::new();
    let mut events = events.peekable();
    std::iter::from_fn(move || {
        let event = events.next()?;
        Some(match event {
            Event::Start(Tag::Item) => {
                let name = match events.peek() {
                    Some(Event::Code(name)) => name.to_string(),
                    _ => String::new(),
                };
                path.push(name);
                let named: Vec<&str> = path.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
                if path.last().is_some_and(String::is_empty) {
                    return Some(Event::Start(Tag::Item));
                }
                let id = escaped(&named.join(".")).replace('"', "&quot;");
                Event::Html(format!("<li id=\"{id}\">").into())
            }
            Event::End(TagEnd::Item) => {
                path.pop();
                Event::End(TagEnd::Item)
            }
            other => other,
        })
    })
}
