//! Base64, URLs and character encodings.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};

use super::read::{self, Answer, Stop};
use super::signature::Call;
use crate::terraform::value::{LONGEST, Value};

/// As Go decodes: padded, unused bits in the last digit do not matter.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// `None` beyond the longest string.
pub(super) fn base64(bytes: &[u8]) -> Answer {
    let text = BASE64.encode(bytes);
    if text.len() > LONGEST { Err(Stop::Unknown) } else { Ok(Value::string(text)) }
}

fn from_base64(text: &str) -> Result<Vec<u8>, Stop> {
    let digits: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    BASE64.decode(digits).map_err(|_| Stop::Fails)
}

pub(super) fn base64encode(call: &Call<'_>) -> Answer {
    base64(read::text(&call.arguments[0])?.as_bytes())
}

pub(super) fn base64decode(call: &Call<'_>) -> Answer {
    let bytes = from_base64(&read::text(&call.arguments[0])?)?;
    String::from_utf8(bytes).map(Value::string).map_err(|_| Stop::Fails)
}

/// A query parameter: a blank is a plus sign.
pub(super) fn urlencode(call: &Call<'_>) -> Answer {
    let text = read::text(&call.arguments[0])?;
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte))
            }
            b' ' => encoded.push('+'),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    Ok(Value::string(encoded))
}

#[derive(Debug, Clone, Copy)]
enum Charset {
    Utf8,
    Utf16 {
        is_big: bool,
    },
    /// The characters below 256; those between 128 and 160 differ between the charsets of this family.
    Latin {
        has_controls: bool,
    },
}

/// The charsets that scripts for Windows need; others are not told.
fn charset(name: &str) -> Result<Charset, Stop> {
    match name.to_ascii_lowercase().as_str() {
        "utf-8" => Ok(Charset::Utf8),
        "utf-16le" => Ok(Charset::Utf16 { is_big: false }),
        "utf-16be" => Ok(Charset::Utf16 { is_big: true }),
        "iso-8859-1" => Ok(Charset::Latin { has_controls: true }),
        "windows-1252" => Ok(Charset::Latin { has_controls: false }),
        _ => Err(Stop::Unknown),
    }
}

pub(super) fn textencodebase64(call: &Call<'_>) -> Answer {
    let charset = charset(&read::text(&call.arguments[1])?)?;
    let text = read::text(&call.arguments[0])?;
    let bytes = match charset {
        Charset::Utf8 => text.as_bytes().to_vec(),
        Charset::Utf16 { is_big } => {
            let bytes = |unit: u16| if is_big { unit.to_be_bytes() } else { unit.to_le_bytes() };
            text.encode_utf16().flat_map(bytes).collect()
        }
        Charset::Latin { has_controls } => {
            text.chars().map(|c| latin_byte(c, has_controls)).collect::<Result<_, _>>()?
        }
    };
    base64(&bytes)
}

fn latin_byte(c: char, has_controls: bool) -> Result<u8, Stop> {
    match u8::try_from(u32::from(c)) {
        Ok(byte) if has_controls || !(0x80..0xa0).contains(&byte) => Ok(byte),
        Err(_) if has_controls => Err(Stop::Fails),
        _ => Err(Stop::Unknown),
    }
}

pub(super) fn textdecodebase64(call: &Call<'_>) -> Answer {
    let charset = charset(&read::text(&call.arguments[1])?)?;
    let bytes = from_base64(&read::text(&call.arguments[0])?)?;
    let text = match charset {
        Charset::Utf8 => String::from_utf8(bytes).map_err(|_| Stop::Unknown)?,
        Charset::Utf16 { is_big } => {
            let unit = |pair: &[u8]| {
                let pair = [pair[0], pair[1]];
                if is_big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
            };
            let pairs = bytes.chunks_exact(2);
            if !pairs.remainder().is_empty() {
                return Err(Stop::Unknown);
            }
            let units: Vec<u16> = pairs.map(unit).collect();
            String::from_utf16(&units).map_err(|_| Stop::Unknown)?
        }
        Charset::Latin { has_controls } => {
            if !has_controls && bytes.iter().any(|byte| (0x80..0xa0).contains(byte)) {
                return Err(Stop::Unknown);
            }
            bytes.into_iter().map(char::from).collect()
        }
    };
    Ok(Value::string(text))
}
