//! Paths as text, with `/`.

use super::format::parts_of;
use super::read::{self, Answer, Stop};
use super::signature::Call;
use crate::terraform::value::{PartKind, Value};

/// The last part. Known too where only that is.
pub(super) fn basename(call: &Call<'_>) -> Answer {
    let value = &call.arguments[0];
    let Ok(text) = read::text(value) else { return known_end(value) };
    if text.is_empty() {
        return Ok(Value::string("."));
    }
    let trimmed = text.trim_end_matches('/');
    let last = trimmed.rsplit('/').next().filter(|last| !last.is_empty());
    Ok(Value::string(last.unwrap_or("/")))
}

fn known_end(value: &Value) -> Answer {
    let parts = parts_of(value)?;
    let Some(PartKind::Known(end)) = parts.last().map(|part| &part.kind) else { return Err(Stop::Unknown) };
    let (_, last) = end.trim_end_matches('/').rsplit_once('/').ok_or(Stop::Unknown)?;
    if last.is_empty() { Err(Stop::Unknown) } else { Ok(Value::string(last)) }
}

pub(super) fn dirname(call: &Call<'_>) -> Answer {
    let text = read::text(&call.arguments[0])?;
    let folder = text.rfind('/').map_or("", |at| &text[..=at]);
    Ok(Value::string(clean(folder)))
}

/// Without `.`, `..` inside and doubled slashes.
fn clean(path: &str) -> String {
    let is_rooted = path.starts_with('/');
    let mut names: Vec<&str> = Vec::new();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." if names.last().is_some_and(|last| *last != "..") => {
                names.pop();
            }
            ".." if is_rooted => {}
            name => names.push(name),
        }
    }
    match (is_rooted, names.is_empty()) {
        (true, _) => format!("/{}", names.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => names.join("/"),
    }
}

/// A relative path depends on where Terraform runs.
pub(super) fn abspath(call: &Call<'_>) -> Answer {
    let text = read::text(&call.arguments[0])?;
    if text.starts_with('/') { Ok(Value::string(clean(&text))) } else { Err(Stop::Unknown) }
}

/// A path in the user's folder depends on the user.
pub(super) fn pathexpand(call: &Call<'_>) -> Answer {
    let text = read::text(&call.arguments[0])?;
    if text.starts_with('~') { Err(Stop::Unknown) } else { Ok(Value::string(text)) }
}
