//! Names with dots between.

use super::reach::{Member, Reach};
use super::{Notation, PathFault, PathFaultKind};

/// Longer paths are of no use.
const LONGEST: usize = 4_096;

pub(super) fn judge(path: &str, notation: Notation, root: &Reach<'_>) -> Vec<PathFault> {
    follow(path, notation, root).err().into_iter().collect()
}

/// Where it leads; else the first fault.
pub(super) fn follow<'s>(path: &str, notation: Notation, root: &Reach<'s>) -> Result<Reach<'s>, PathFault> {
    if path.len() > LONGEST {
        return Ok(Reach::anything());
    }
    let mut here = root.clone();
    let mut start = 0;
    for part in path.split('.') {
        let at = start..start + part.len();
        start = at.end + 1;
        let fault = |kind| Err(PathFault { at: at.clone(), kind });
        let (name, indexes) = part.split_at(part.find('[').unwrap_or(part.len()));
        if name.is_empty() {
            return fault(PathFaultKind::Syntax { expected: "a name" });
        }
        if !indexes.is_empty() {
            if notation != Notation::Indexed {
                return fault(PathFaultKind::Index);
            }
            if let Err((within, expected)) = read_indexes(indexes) {
                let behind = at.start + name.len();
                let at = behind + within.start..behind + within.end;
                return Err(PathFault { at, kind: PathFaultKind::Syntax { expected } });
            }
        }
        if !here.is_anything() && here.has_list() && !here.has_object() {
            match notation {
                Notation::ToList => here = here.items(),
                _ => return fault(PathFaultKind::Index),
            }
        }
        here = match here.member(name) {
            Member::To(found) => found,
            Member::Nowhere(near) => {
                return fault(PathFaultKind::Nothing { name: name.to_owned(), near });
            }
        };
        for _ in 0..indexes.matches('[').count() {
            here = here.items();
            if here.is_nothing() {
                here = Reach::anything();
            }
        }
        if start > path.len() && notation == Notation::ToList && !here.has_list() {
            return fault(PathFaultKind::NoList);
        }
    }
    Ok(here)
}

/// `[0][1]`; else where and what is expected.
fn read_indexes(text: &str) -> Result<(), (std::ops::Range<usize>, &'static str)> {
    let mut at = 0;
    while at < text.len() {
        if !text[at..].starts_with('[') {
            return Err((at..text.len(), "`.` or `[`"));
        }
        at += 1;
        let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        let next = text[at + digits..].chars().next();
        if digits == 0 {
            return Err((at..at + next.map_or(0, char::len_utf8), "an index"));
        }
        at += digits;
        if next != Some(']') {
            return Err((at..at + next.map_or(0, char::len_utf8), "`]`"));
        }
        at += 1;
    }
    Ok(())
}
