//! Drafts as HCL: plain text that holds by itself, or a snippet with a stop wherever something is to be filled in.

use super::Draft;
use crate::azapi::emit;
use crate::syntax::literal;

/// What one level is set in by.
const STEP: &str = "  ";
/// A choice has no more values: a list of hundreds helps nobody, and completion has them all.
const MOST_CHOICES: usize = 40;

/// What text is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// HCL, the first of several choices in their place.
    Plain,
    /// A snippet of the protocol's syntax, whose lines stand relative to the one that it is put into.
    Snippet,
}

/// Writes HCL bit by bit, and numbers the stops of a snippet.
#[derive(Debug)]
pub(crate) struct Writer {
    style: Style,
    out: String,
    /// What the lines behind the first begin with.
    indent: String,
    /// Stops so far, each with its place in the text.
    stops: Vec<std::ops::Range<usize>>,
}

impl Writer {
    /// `indent` is what the line that the text is put into begins with; of no matter to a snippet.
    pub(crate) fn new(style: Style, indent: &str) -> Self {
        let indent = if style == Style::Plain { indent.to_owned() } else { String::new() };
        Self { style, out: String::new(), indent, stops: Vec::new() }
    }

    /// The text. The only stop of a snippet is where the cursor ends.
    pub(crate) fn finish(mut self) -> String {
        if let [only] = self.stops.as_slice()
            && self.out[only.clone()].starts_with("$1")
        {
            self.out.replace_range(only.clone(), "$0");
        }
        self.out
    }

    /// HCL that is written already.
    pub(crate) fn raw(&mut self, text: &str) {
        match self.style {
            Style::Plain => self.out.push_str(text),
            Style::Snippet => self.out.push_str(&escaped(text, &['\\', '$'])),
        }
    }

    /// The start of the next line.
    pub(crate) fn line(&mut self) {
        self.out.push('\n');
        self.out.push_str(&self.indent);
    }

    /// One level deeper, from the next line on.
    pub(crate) fn deeper(&mut self) {
        self.indent.push_str(STEP);
    }

    /// One level back.
    pub(crate) fn back(&mut self) {
        self.indent.truncate(self.indent.len().saturating_sub(STEP.len()));
    }

    /// Where something is to be written; nothing in plain text.
    pub(crate) fn stop(&mut self) {
        self.placeholder("");
    }

    /// Where something else may be written in the place of `text`.
    pub(crate) fn placeholder(&mut self, text: &str) {
        if self.style == Style::Plain {
            self.out.push_str(text);
            return;
        }
        let (start, number) = (self.out.len(), self.stops.len() + 1);
        let stop = match text {
            "" => format!("${number}"),
            text => format!("${{{number}:{}}}", escaped(text, &['\\', '$', '}'])),
        };
        self.out.push_str(&stop);
        self.stops.push(start..self.out.len());
    }

    /// One of several texts. A snippet takes those alone that editors can show there.
    pub(crate) fn choice(&mut self, values: &[String]) {
        let first = values.first().map_or("", String::as_str);
        if self.style == Style::Plain || values.len() < 2 {
            self.placeholder(first);
            return;
        }
        let (start, number) = (self.out.len(), self.stops.len() + 1);
        let shown = values.iter().take(MOST_CHOICES);
        let values: Vec<String> = shown.map(|value| escaped(value, &['\\', ',', '|'])).collect();
        self.out.push_str(&format!("${{{number}|{}|}}", values.join(",")));
        self.stops.push(start..self.out.len());
    }

    /// A value.
    pub(crate) fn value(&mut self, draft: &Draft) {
        match draft {
            Draft::Object(items) => self.object(items),
            Draft::List(items) => self.list(items),
            Draft::Text(text) => {
                self.raw("\"");
                self.placeholder(&literal::escaped(text));
                self.raw("\"");
            }
            Draft::Fixed(text) => self.raw(&emit::string(text)),
            Draft::Choice(values) => {
                self.raw("\"");
                self.choice(&values.iter().map(|value| literal::escaped(value)).collect::<Vec<_>>());
                self.raw("\"");
            }
            Draft::Number(number) => self.placeholder(&number.to_string()),
            Draft::Bool => self.choice(&["true".to_owned(), "false".to_owned()]),
            Draft::Null => self.placeholder("null"),
            Draft::Blank => self.stop(),
        }
    }

    /// `key = value`, a line each, the first where the text stands.
    pub(crate) fn items(&mut self, items: &[(String, Draft)]) {
        let style = self.style;
        let names: Vec<String> = items.iter().map(|(name, _)| emit::key(name)).collect();
        let width = |at: usize| names[at].chars().count();
        let is_short = |at: &usize| is_on_one_line(&items[*at].1, style);
        let mut aligned = 0..0;
        for (at, name) in names.iter().enumerate() {
            if at > 0 {
                self.line();
            }
            // Neighbours of one line each have their signs below each other, as `terraform fmt` leaves them.
            if !aligned.contains(&at) {
                aligned = at..(at..items.len()).find(|at| !is_short(at)).unwrap_or(items.len()).max(at + 1);
            }
            let spaces = aligned.clone().map(width).max().unwrap_or(0) - width(at);
            self.raw(&format!("{name}{} = ", " ".repeat(spaces)));
            self.value(&items[at].1);
        }
    }

    fn object(&mut self, items: &[(String, Draft)]) {
        if items.is_empty() && self.style == Style::Plain {
            self.raw("{}");
            return;
        }
        self.out.push('{');
        self.deeper();
        self.line();
        if items.is_empty() {
            self.stop();
        } else {
            self.items(items);
        }
        self.back();
        self.line();
        self.out.push('}');
    }

    fn list(&mut self, items: &[Draft]) {
        let over_lines = !items.iter().all(|item| is_on_one_line(item, self.style));
        self.out.push('[');
        if items.is_empty() {
            self.stop();
        }
        if over_lines {
            self.deeper();
        }
        for (at, item) in items.iter().enumerate() {
            match (over_lines, at) {
                (true, _) => self.line(),
                (false, 0) => {}
                (false, _) => self.out.push_str(", "),
            }
            self.value(item);
            if over_lines {
                self.out.push(',');
            }
        }
        if over_lines {
            self.back();
            self.line();
        }
        self.out.push(']');
    }
}

fn is_on_one_line(draft: &Draft, style: Style) -> bool {
    match draft {
        Draft::Object(items) => items.is_empty() && style == Style::Plain,
        Draft::List(items) => items.iter().all(|item| is_on_one_line(item, style)),
        _ => true,
    }
}

fn escaped(text: &str, special: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if special.contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
