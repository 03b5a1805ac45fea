//! Functions of files and templates. A file that cannot be read here may be there when Terraform runs.

use std::sync::Arc;

use super::read::{self, Answer, Stop};
use super::signature::Call;
use super::{encoding, hash};
use crate::terraform::value::{Collection, Element, LONGEST, Object, Value, ValueKind};

fn content(call: &Call<'_>) -> Result<Arc<str>, Stop> {
    let path = read::file_path(&call.arguments[0])?;
    let content = call.context.read_file(&path).ok_or(Stop::Unknown)?;
    call.charge(content.len() / 64)?;
    Ok(content)
}

pub(super) fn file(call: &Call<'_>) -> Answer {
    let content = content(call)?;
    if content.len() > LONGEST { Err(Stop::Unknown) } else { Ok(Value::string(content)) }
}

pub(super) fn fileexists(call: &Call<'_>) -> Answer {
    let path = read::file_path(&call.arguments[0])?;
    if call.context.has_file(&path) { Ok(Value::bool(true)) } else { Err(Stop::Unknown) }
}

pub(super) fn filebase64(call: &Call<'_>) -> Answer {
    encoding::base64(content(call)?.as_bytes())
}

pub(super) fn filemd5(call: &Call<'_>) -> Answer {
    hash::md5_of(content(call)?.as_bytes())
}

pub(super) fn filesha1(call: &Call<'_>) -> Answer {
    hash::sha1_of(content(call)?.as_bytes())
}

pub(super) fn filesha256(call: &Call<'_>) -> Answer {
    hash::sha256_of(content(call)?.as_bytes())
}

pub(super) fn filesha512(call: &Call<'_>) -> Answer {
    hash::sha512_of(content(call)?.as_bytes())
}

pub(super) fn filebase64sha256(call: &Call<'_>) -> Answer {
    hash::base64sha256_of(content(call)?.as_bytes())
}

pub(super) fn filebase64sha512(call: &Call<'_>) -> Answer {
    hash::base64sha512_of(content(call)?.as_bytes())
}

pub(super) fn fileset(call: &Call<'_>) -> Answer {
    let folder = read::file_path(&call.arguments[0])?;
    let pattern = read::text(&call.arguments[1])?;
    let found = call.context.find_files(&folder, &pattern).ok_or(Stop::Unknown)?;
    call.charge(found.len())?;
    let elements = found.into_iter().map(|path| Element::always(Value::string(path))).collect();
    Ok(read::list_of(elements, Collection::Set))
}

pub(super) fn templatefile(call: &Call<'_>) -> Answer {
    let template = content(call)?;
    rendered(call, &template)
}

pub(super) fn templatestring(call: &Call<'_>) -> Answer {
    let template = read::text(&call.arguments[0])?;
    rendered(call, &template)
}

fn rendered(call: &Call<'_>, template: &str) -> Answer {
    let variables: &Object = read::object(&call.arguments[1])?;
    if variables.rest.is_some() {
        return Err(Stop::Unknown);
    }
    let value = call.context.render(template, variables);
    if matches!(value.kind, ValueKind::Fails) { Err(Stop::Fails) } else { Ok(value) }
}
