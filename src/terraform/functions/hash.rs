//! Hashes of strings.

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha512};

use super::encoding;
use super::read::{self, Answer, Stop};
use super::signature::Call;
use crate::terraform::value::Value;

pub(super) fn md5_of(bytes: &[u8]) -> Answer {
    Ok(Value::string(hex(&Md5::digest(bytes))))
}

pub(super) fn sha1_of(bytes: &[u8]) -> Answer {
    Ok(Value::string(hex(&Sha1::digest(bytes))))
}

pub(super) fn sha256_of(bytes: &[u8]) -> Answer {
    Ok(Value::string(hex(&Sha256::digest(bytes))))
}

pub(super) fn sha512_of(bytes: &[u8]) -> Answer {
    Ok(Value::string(hex(&Sha512::digest(bytes))))
}

pub(super) fn base64sha256_of(bytes: &[u8]) -> Answer {
    encoding::base64(&Sha256::digest(bytes))
}

pub(super) fn base64sha512_of(bytes: &[u8]) -> Answer {
    encoding::base64(&Sha512::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn of_text(call: &Call<'_>, hash: fn(&[u8]) -> Answer) -> Answer {
    let text = read::text(&call.arguments[0])?;
    call.charge(text.len() / 64)?;
    hash(text.as_bytes())
}

pub(super) fn md5(call: &Call<'_>) -> Answer {
    of_text(call, md5_of)
}

pub(super) fn sha1(call: &Call<'_>) -> Answer {
    of_text(call, sha1_of)
}

pub(super) fn sha256(call: &Call<'_>) -> Answer {
    of_text(call, sha256_of)
}

pub(super) fn sha512(call: &Call<'_>) -> Answer {
    of_text(call, sha512_of)
}

pub(super) fn base64sha256(call: &Call<'_>) -> Answer {
    of_text(call, base64sha256_of)
}

pub(super) fn base64sha512(call: &Call<'_>) -> Answer {
    of_text(call, base64sha512_of)
}

/// The UUID of a name in a namespace (RFC 4122, version 5).
pub(super) fn uuidv5(call: &Call<'_>) -> Answer {
    let namespace = namespace(&read::text(&call.arguments[0])?).ok_or(Stop::Fails)?;
    let name = read::text(&call.arguments[1])?;
    let digest = Sha1::new_with_prefix(namespace).chain_update(name.as_bytes()).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x50;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = hex(&bytes);
    let groups = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    Ok(Value::string(groups.join("-")))
}

fn namespace(text: &str) -> Option<[u8; 16]> {
    let fourth = match text {
        "dns" => 0x10,
        "url" => 0x11,
        "oid" => 0x12,
        "x500" => 0x14,
        _ => return uuid(text),
    };
    let mut bytes = uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8")?;
    bytes[3] = fourth;
    Some(bytes)
}

/// With hyphens, in braces, behind `urn:uuid:`, or digits alone.
fn uuid(text: &str) -> Option<[u8; 16]> {
    let bare = match text.len() {
        45 => text.strip_prefix("urn:uuid:")?,
        38 => text.strip_prefix('{')?.strip_suffix('}')?,
        _ => text,
    };
    let digits = match bare.len() {
        32 => bare.to_owned(),
        36 if [8, 13, 18, 23].iter().all(|at| bare.as_bytes()[*at] == b'-') => bare.replace('-', ""),
        _ => return None,
    };
    let value = if digits.len() == 32 { u128::from_str_radix(&digits, 16).ok()? } else { return None };
    Some(value.to_be_bytes())
}
