//! Messages in a stream of bytes, each below headers that say how long it is.
//!
//! Where a header or a length is wrong, nothing but the message that it belongs to may be lost. JSON has no line breaks
//! in its strings, so a line that ends in a `Content-Length` is a header wherever it stands, and there reading goes on.

use std::io::{self, BufRead, ErrorKind};

use serde_json::Value;

use super::json::{self, Nesting};

/// Bytes of the largest message that is read; a larger one is refused.
const LARGEST_MESSAGE: usize = 256 << 20;
/// Bytes that are looked at of a header line, from its start.
const LONGEST_HEADER: usize = 4096;
/// Bytes of the longest `Content-Length` that is found at the end of a line.
const LONGEST_LENGTH: usize = 64;
/// Bytes that are kept for further messages.
const KEPT: usize = 64 << 10;

const NAME: &[u8] = b"content-length";

/// What comes next.
pub(super) enum Frame {
    /// JSON.
    Message(Value),
    /// What is none, and why.
    Bad(&'static str),
    /// The input has ended.
    End,
}

/// The frames of an input.
pub(super) struct Frames<R> {
    input: R,
    /// What has been read of it, from `at` on not yet used.
    bytes: Vec<u8>,
    at: usize,
    /// Whether what comes is no header, up to the next one that has a length.
    lost: bool,
    /// The length that the headers so far say.
    length: Option<usize>,
    /// Bytes from `at` to where the last message ended by its length, if it did not end there by what it holds.
    end: Option<usize>,
}

impl<R: BufRead> Frames<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, bytes: Vec::new(), at: 0, lost: false, length: None, end: None }
    }

    /// The next message, or what is none: each stretch of bytes that cannot be read is told once.
    pub(super) fn next(&mut self) -> io::Result<Frame> {
        let mut any = self.length.is_some();
        while let Some(line) = self.line()? {
            let line = line.trim_ascii();
            if line.is_empty() {
                match self.length.take() {
                    Some(length) if length > LARGEST_MESSAGE => {
                        return Ok(self.lose("the message is too large"));
                    }
                    Some(length) => return self.body(length),
                    None if any && !self.lost => {
                        return Ok(self.lose("a header without a usable Content-Length"));
                    }
                    None => continue,
                }
            }
            any = true;
            match Header::of(line) {
                Header::Length(length) if !self.lost => self.length = Some(length),
                Header::Other if !self.lost => {}
                Header::Joined if !self.lost && self.length.is_some() => {}
                Header::Length(_) | Header::Other | Header::Joined | Header::None => {
                    let was_lost = self.lost;
                    let found = last_length(line);
                    (self.lost, self.length) = (found.is_none(), found.map(|(_, length)| length));
                    if !was_lost {
                        return Ok(Frame::Bad("there is no header where one should be"));
                    }
                }
            }
        }
        if any || self.lost || !self.rest().trim_ascii().is_empty() {
            tracing::warn!("the input ended among the headers of a message");
        }
        self.at = self.bytes.len();
        Ok(Frame::End)
    }

    fn lose(&mut self, what: &'static str) -> Frame {
        self.lost = true;
        Frame::Bad(what)
    }

    /// What has been read and not been used.
    fn rest(&self) -> &[u8] {
        &self.bytes[self.at..]
    }

    /// More bytes behind those; `false` at the end of the input.
    fn fill(&mut self) -> io::Result<bool> {
        if self.at == self.bytes.len() && self.bytes.capacity() > KEPT {
            (self.bytes, self.at) = (Vec::new(), 0);
        }
        if self.at > self.bytes.len() / 2 {
            self.bytes.drain(..self.at);
            self.at = 0;
        }
        loop {
            match self.input.fill_buf() {
                Ok([]) => return Ok(false),
                Ok(more) => {
                    self.bytes.extend_from_slice(more);
                    let count = more.len();
                    self.input.consume(count);
                    return Ok(true);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The next line, of a long one its start and its end; `None` where the input ends without one. A header that stands
    /// where the last message had to end is a line of its own, whatever is before it.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut searched = 0;
        loop {
            if let Some(found) = line_end(&self.rest()[searched..]) {
                let line = self.rest()[..searched + found].to_vec();
                let end = self.end.filter(|&end| end > 0 && end < line.len());
                if let Some(end) = end.filter(|&end| matches!(Header::of(&line[end..]), Header::Length(_))) {
                    self.at += end;
                    self.end = None;
                    return Ok(Some(line[..end].to_vec()));
                }
                self.at += line.len() + 1;
                self.end = self.end.and_then(|end| end.checked_sub(line.len() + 1));
                return Ok(Some(line));
            }
            searched = self.rest().len();
            if searched > 2 * LONGEST_HEADER {
                let end = self.bytes.len() - LONGEST_LENGTH;
                self.bytes.drain(self.at + LONGEST_HEADER..end);
                searched = self.rest().len();
                self.end = None;
            }
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// The message below headers that say this length. Nothing is allocated by what they say.
    fn body(&mut self, length: usize) -> io::Result<Frame> {
        let mut lines = Lines::default();
        self.end = None;
        loop {
            let come = self.rest().len().min(length);
            if let Some(header) = lines.next_header(&self.rest()[..come]) {
                return Ok(self.cut_at(header));
            }
            if come == length {
                break;
            }
            if !self.fill()? {
                tracing::warn!("the input ended within a message: {come} of {length} bytes came");
                self.lost = false;
                return Ok(self.first_of(come).unwrap_or(Frame::End));
            }
        }
        match json::read(&self.rest()[..length]) {
            Ok(message) => {
                self.at += length;
                Ok(Frame::Message(message))
            }
            Err(error) if error.is_eof() => self.longer(lines),
            Err(error) => {
                if let Some(first) = self.first_of(length) {
                    return Ok(first);
                }
                tracing::warn!("a message that is no JSON: {error}");
                // Its end may be the start of a header.
                let before = length.min(LONGEST_LENGTH);
                self.at += length - before;
                self.end = Some(before);
                Ok(self.lose("the message is no JSON"))
            }
        }
    }

    /// A header stands within what should be one message, which then ends before it.
    fn cut_at(&mut self, header: usize) -> Frame {
        let frame = self.first_of(header).unwrap_or_else(|| {
            self.at += header;
            Frame::Bad("the message is no JSON")
        });
        self.lost = true;
        frame
    }

    /// The message that so many bytes begin with, if nothing but headers stands behind it.
    fn first_of(&mut self, count: usize) -> Option<Frame> {
        let (message, end) = json::read_first(&self.rest()[..count])?;
        // Of the last line only the start may be there.
        let mut behind = self.rest()[end..count].rsplit(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
        let is_sound = behind.next().is_none_or(|line| line.is_empty() || begins_header(line))
            && behind.all(|line| line.is_empty() || !matches!(Header::of(line), Header::None));
        if !is_sound {
            return None;
        }
        tracing::warn!("a message is shorter than its Content-Length; it is taken as it is");
        self.at += end;
        self.end = Some(count - end);
        Some(Frame::Message(message))
    }

    /// A message that is not at its end where its length says: it goes on, or the next one comes.
    fn longer(&mut self, mut lines: Lines) -> io::Result<Frame> {
        let mut nesting = Nesting::default();
        let mut seen = 0;
        loop {
            while seen < self.rest().len() {
                let byte = self.rest()[seen];
                seen += 1;
                if nesting.ends_with(byte) {
                    return Ok(self.ended_at(seen));
                }
                if byte == b'\n'
                    && let Some(header) = lines.next_header(&self.rest()[..seen])
                {
                    self.at += header;
                    return Ok(self.lose("the message is no JSON"));
                }
            }
            if seen > LARGEST_MESSAGE {
                self.at += seen;
                return Ok(self.lose("the message is too large"));
            }
            if !self.fill()? {
                self.at = self.bytes.len();
                return Ok(Frame::Bad("the message is no JSON"));
            }
        }
    }

    fn ended_at(&mut self, end: usize) -> Frame {
        let read = json::read(&self.rest()[..end]);
        self.at += end;
        match read {
            Ok(message) => {
                tracing::warn!("a message is longer than its Content-Length; it is taken as it is");
                Frame::Message(message)
            }
            Err(error) => {
                tracing::warn!("a message that is no JSON: {error}");
                self.lose("the message is no JSON")
            }
        }
    }
}

/// Finds a header among the lines of what should be a message.
#[derive(Default)]
struct Lines {
    /// The bytes that have been looked at.
    seen: usize,
    /// Where the line begins that they end in.
    start: usize,
}

impl Lines {
    /// The start of the next one in the bytes, of which the first may have been looked at already.
    fn next_header(&mut self, bytes: &[u8]) -> Option<usize> {
        while let Some(found) = bytes.get(self.seen..).and_then(line_end) {
            let end = self.seen + found;
            self.seen = end + 1;
            let start = std::mem::replace(&mut self.start, end + 1);
            if let Some((header, _)) = last_length(&bytes[start..end]) {
                return Some(start + header);
            }
        }
        self.seen = self.seen.max(bytes.len());
        None
    }
}

/// The place of the first line break.
fn line_end(mut bytes: &[u8]) -> Option<usize> {
    let all = bytes;
    let line = bytes.skip_until(b'\n').ok()?;
    all[..line].ends_with(b"\n").then(|| line - 1)
}

/// A line as a header.
enum Header {
    Length(usize),
    /// One by another name.
    Other,
    /// One by another name that ends in ours: something may stand before it.
    Joined,
    /// None, or none that can be used.
    None,
}

impl Header {
    fn of(line: &[u8]) -> Self {
        let Some(colon) = line.iter().position(|&byte| byte == b':') else { return Self::None };
        let name = line[..colon].trim_ascii();
        if name.eq_ignore_ascii_case(NAME) {
            return number(line[colon + 1..].trim_ascii()).map_or(Self::None, Self::Length);
        }
        match name.len().checked_sub(NAME.len()) {
            _ if !is_name(name) => Self::None,
            Some(start) if name[start..].eq_ignore_ascii_case(NAME) => Self::Joined,
            _ => Self::Other,
        }
    }
}

fn is_name(text: &[u8]) -> bool {
    !text.is_empty()
        && text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte))
}

fn number(text: &[u8]) -> Option<usize> {
    let digits = text.iter().all(u8::is_ascii_digit).then(|| std::str::from_utf8(text).ok())?;
    digits?.parse().ok()
}

/// The `Content-Length` that a line ends in, whatever stands before it, and where it begins. The value of another header
/// is none.
fn last_length(line: &[u8]) -> Option<(usize, usize)> {
    let end = line.trim_ascii_end();
    let from = end.len().saturating_sub(LONGEST_LENGTH);
    let name = end[from..].windows(NAME.len()).rposition(|text| text.eq_ignore_ascii_case(NAME))? + from;
    let value = end[name + NAME.len()..].trim_ascii_start().strip_prefix(b":")?;
    let length = number(value.trim_ascii())?;
    let before = end[..name].trim_ascii();
    let is_value = before.strip_suffix(b":").is_some_and(|before| is_name(before.trim_ascii()));
    (!is_value).then_some((name, length))
}

/// Whether the line may be the first bytes of a header.
fn begins_header(line: &[u8]) -> bool {
    let end = line.iter().position(|&byte| byte == b':').unwrap_or(line.len());
    is_name(line[..end].trim_ascii())
}

#[cfg(test)]
mod tests;
