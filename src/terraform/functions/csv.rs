//! `csvdecode`

use std::collections::BTreeMap;
use std::sync::Arc;

use super::read::{self, Answer, Stop};
use super::signature::Call;
use crate::terraform::value::{Collection, Element, Item, Object, Value, ValueKind};

/// A list of objects, one for each line behind the header.
pub(super) fn decode(call: &Call<'_>) -> Answer {
    let text = read::text(&call.arguments[0])?;
    call.charge(text.len() / 16)?;
    let mut records = Records { rest: &text };
    let header: Vec<Arc<str>> = match records.next().transpose()? {
        Some(names) => names.into_iter().map(Arc::from).collect(),
        None => return Err(Stop::Fails),
    };
    let mut rows = Vec::new();
    for record in records {
        let record = record?;
        if record.len() != header.len() {
            return Err(Stop::Fails);
        }
        call.charge(record.len())?;
        let item =
            |(name, field): (&Arc<str>, String)| (Arc::clone(name), Item::always(Value::string(field)));
        let items: BTreeMap<Arc<str>, Item> = header.iter().zip(record).map(item).collect();
        // A column that is named twice.
        if items.len() != header.len() {
            return Err(Stop::Fails);
        }
        rows.push(Element::always(ValueKind::Object(Object::new(items)).into()));
    }
    let names: std::collections::BTreeSet<&Arc<str>> = header.iter().collect();
    if names.len() != header.len() {
        return Err(Stop::Fails);
    }
    Ok(read::list_of(rows, Collection::List))
}

struct Records<'t> {
    rest: &'t str,
}

impl Iterator for Records<'_> {
    type Item = Result<Vec<String>, Stop>;

    /// Empty lines are none.
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let behind = self.rest.strip_prefix("\r\n").or_else(|| self.rest.strip_prefix('\n'));
            match behind {
                Some(behind) => self.rest = behind,
                None => break,
            }
        }
        if self.rest.is_empty() { None } else { Some(self.record()) }
    }
}

impl Records<'_> {
    fn record(&mut self) -> Result<Vec<String>, Stop> {
        let mut fields = Vec::new();
        loop {
            let field = if let Some(behind) = self.rest.strip_prefix('"') {
                self.rest = behind;
                self.quoted()?
            } else {
                let end = self.rest.find([',', '\n']).unwrap_or(self.rest.len());
                let (field, behind) = self.rest.split_at(end);
                self.rest = behind;
                let is_last = !behind.starts_with(',');
                let field = if is_last { field.strip_suffix('\r').unwrap_or(field) } else { field };
                if field.contains('"') {
                    return Err(Stop::Fails);
                }
                field.to_owned()
            };
            fields.push(field);
            match self.rest.strip_prefix(',') {
                Some(behind) => self.rest = behind,
                None => break,
            }
        }
        let end = ["\r\n", "\n"].iter().find_map(|end| self.rest.strip_prefix(end));
        match end {
            Some(behind) => self.rest = behind,
            None if self.rest.is_empty() => {}
            None => return Err(Stop::Fails),
        }
        Ok(fields)
    }

    /// Behind the first quote; two quotes are one.
    fn quoted(&mut self) -> Result<String, Stop> {
        let mut field = String::new();
        loop {
            let end = self.rest.find('"').ok_or(Stop::Fails)?;
            field.push_str(&self.rest[..end].replace("\r\n", "\n"));
            self.rest = &self.rest[end + 1..];
            match self.rest.strip_prefix('"') {
                Some(behind) => self.rest = behind,
                None => return Ok(field),
            }
            field.push('"');
        }
    }
}
