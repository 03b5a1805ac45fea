//! Descriptions, deflated in runs so that a look-up inflates only one of them.

use std::io::Write;

use crate::layout::TEXT_BLOCK;

/// The rows of `Section::TextBlocks` and the bytes of `Section::TextBytes`.
pub(crate) fn deflate_texts<'a>(texts: impl Iterator<Item = &'a str>) -> (Vec<u8>, Vec<u8>) {
    let (mut table, mut bytes, mut run) = (Vec::new(), Vec::new(), Vec::new());
    let (mut first, mut next) = (0u32, 0u32);
    for text in texts {
        // A zero byte ends each text, so none may stand inside.
        run.extend(text.bytes().filter(|&byte| byte != 0));
        run.push(0);
        next += 1;
        if run.len() >= TEXT_BLOCK {
            close_run(&mut table, &mut bytes, &mut run, first);
            first = next;
        }
    }
    if !run.is_empty() {
        close_run(&mut table, &mut bytes, &mut run, first);
    }
    (table, bytes)
}

/// Whether a description says that what it describes is deprecated: the data has no flag for it.
pub(crate) fn says_deprecated(description: &str) -> bool {
    let beginning: String = description.chars().take(80).collect::<String>().to_ascii_lowercase();
    beginning.trim_start_matches(['[', '*', '(', ' ']).starts_with("deprecated")
        || ["is deprecated", "has been deprecated"].iter().any(|words| beginning.contains(words))
}

fn close_run(table: &mut Vec<u8>, bytes: &mut Vec<u8>, run: &mut Vec<u8>, first: u32) {
    deflate(bytes, run);
    table.extend(first.to_le_bytes());
    table.extend((bytes.len() as u32).to_le_bytes());
    run.clear();
}

fn deflate(bytes: &mut Vec<u8>, run: &[u8]) {
    let mut encoder = flate2::write::DeflateEncoder::new(bytes, flate2::Compression::best());
    // Writing into a vector cannot fail.
    let written = encoder.write_all(run).and_then(|()| encoder.finish().map(drop));
    debug_assert!(written.is_ok());
}
