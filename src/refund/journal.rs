//! What a refund's journal holds: a line for each record, JSON behind a checksum that covers every line before it. So a
//! record that was cut while it was written is told from a file that is no journal, and from one that somebody changed.

use crate::decimal::push_decimal;
use crate::errors::Problems;
use crate::hex::{LOWER, push_hex};
use crate::json::Scanner;
use crate::text::join;
use sha2::{Digest, Sha256};

/// How every journal begins.
pub const HEADER: &str = "tc3-edge refunds 1\n";

/// The kind of the record that follows one which was cut; it says how many bytes that one has.
const RESUMED: &str = "resumed";

/// Of a checksum, in hexadecimal digits.
const SUM_DIGITS: usize = 16;

/// What was read.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The values of each record, its kind first.
    pub records: Vec<Vec<String>>,
    /// The checksum of the last line, which the next one covers.
    pub sum: String,
    /// What must be appended before the next record: what is missing of the header, or what ends a record that was cut.
    pub repair: String,
    /// How many bytes of a record that was cut stand at the end.
    pub torn: usize,
}

/// A record as a line, and its checksum; `sum` is that of the line before, empty for the first.
pub fn line(sum: &str, values: &[&str]) -> (String, String) {
    let mut json = String::from("[");
    for (at, value) in values.iter().enumerate() {
        json.push_str(if at == 0 { "\"" } else { ",\"" });
        push_escaped(&mut json, value);
        json.push('"');
    }
    json.push(']');
    let sum = sum_of(sum, &json);
    (join(&[&sum, " ", &json, "\n"]), sum)
}

/// Reads a whole journal. Of the last record any part may be missing: whoever wrote it was not told that it is kept.
pub fn read(bytes: &[u8]) -> Result<Read, Problems> {
    let header = HEADER.as_bytes();
    if bytes.len() < header.len() && header.starts_with(bytes) {
        return Ok(Read {
            repair: HEADER[bytes.len()..].into(),
            torn: bytes.len(),
            ..Read::default()
        });
    }
    if !bytes.starts_with(header) {
        let message = "is no journal of refunds: name another place, nothing was written here";
        return Err(Problems::one("journal", "Format", message));
    }
    let mut found = Read::default();
    let mut rest = &bytes[header.len()..];
    while !rest.is_empty() {
        if let Some((values, sum, after)) = record(&found.sum, rest) {
            found.records.push(values);
            found.sum = sum;
            rest = after;
        } else if let Some((sum, after)) = resumed(&found.sum, rest) {
            found.sum = sum;
            rest = after;
        } else if ends(rest) {
            found.torn = rest.len();
            let mut torn = String::new();
            push_decimal(&mut torn, rest.len() as u64, 1);
            let (text, sum) = line(&found.sum, &[RESUMED, &torn]);
            found.repair = join(&["\n", &text]);
            found.sum = sum;
            return Ok(found);
        } else {
            return Err(damaged(found.records.len()));
        }
    }
    if !bytes.ends_with(b"\n") {
        found.repair = "\n".into();
    }
    Ok(found)
}

/// The record at the beginning, its checksum, and what follows; nothing where it is not whole, or not what was written. The
/// end of the last line may be missing: else it would turn into a record when more is appended.
fn record<'a>(sum: &str, bytes: &'a [u8]) -> Option<(Vec<String>, String, &'a [u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let end = end.unwrap_or(bytes.len());
    let text = core::str::from_utf8(&bytes[..end]).ok()?;
    let (said, json) = text.split_at_checked(SUM_DIGITS)?;
    let json = json.strip_prefix(' ')?;
    if said != sum_of(sum, json) {
        return None;
    }
    let values = values(json)?;
    let is_repair = values.first().is_none_or(|kind| kind == RESUMED);
    (!is_repair).then(|| {
        (
            values,
            said.into(),
            bytes.get(end + 1..).unwrap_or_default(),
        )
    })
}

/// What follows a record that was cut and the one that says so; `bytes` begin with the cut one.
fn resumed<'a>(sum: &str, bytes: &'a [u8]) -> Option<(String, &'a [u8])> {
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|byte| *byte == b'\n') {
        let torn = at + next;
        at = torn + 1;
        let mut length = String::new();
        push_decimal(&mut length, torn as u64, 1);
        let (text, own) = line(sum, &[RESUMED, &length]);
        if bytes[at..].starts_with(text.as_bytes()) {
            return Some((own, &bytes[at + text.len()..]));
        }
    }
    None
}

/// Whether nothing follows the line that stands here.
fn ends(bytes: &[u8]) -> bool {
    let line = bytes.iter().position(|byte| *byte == b'\n');
    line.is_none_or(|end| end + 1 == bytes.len())
}

fn values(json: &str) -> Option<Vec<String>> {
    let mut scanner = Scanner::new(json);
    let mut values = Vec::new();
    let mut more = scanner.open(b'[').ok()?;
    while more {
        values.push(crate::json::unescape(scanner.string().ok()?));
        more = scanner.next(b']').ok()?;
    }
    scanner.end().ok()?;
    Some(values)
}

fn sum_of(before: &str, json: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(json);
    let mut digits = String::new();
    push_hex(&mut digits, &hash.finalize()[..SUM_DIGITS / 2], LOWER);
    digits
}

fn push_escaped(json: &mut String, value: &str) {
    for character in value.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\0'..='\x1f' => {
                json.push_str("\\u00");
                push_hex(json, &[character as u8], LOWER);
            }
            _ => json.push(character),
        }
    }
}

fn damaged(whole: usize) -> Problems {
    let mut count = String::new();
    push_decimal(&mut count, whole as u64, 1);
    let message = join(&[
        "is damaged behind record ",
        &count,
        ": what follows is not what was written; keep the file, look at what was refunded, and name another place",
    ]);
    Problems::one("journal", "Format", &message)
}

#[cfg(test)]
mod tests {
    use super::{HEADER, Read, line, read};
    use proptest::prelude::*;

    /// A journal of these records, and where each of them ends.
    fn written(records: &[Vec<String>]) -> (Vec<u8>, Vec<usize>) {
        let mut text = String::from(HEADER);
        let mut sum = String::new();
        let mut ends = vec![text.len()];
        for values in records {
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            let (more, next) = line(&sum, &values);
            text.push_str(&more);
            sum = next;
            ends.push(text.len());
        }
        (text.into_bytes(), ends)
    }

    fn append(bytes: &mut Vec<u8>, read: &Read, values: &[&str]) {
        bytes.extend_from_slice(read.repair.as_bytes());
        bytes.extend_from_slice(line(&read.sum, values).0.as_bytes());
    }

    fn record() -> impl Strategy<Value = Vec<String>> {
        // A kind of its own, then whatever a service may call its orders.
        ("[a-q]{1,8}", prop::collection::vec(any::<String>(), 0..5)).prop_map(|(kind, more)| {
            let mut values = vec![kind];
            values.extend(more);
            values
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(records in prop::collection::vec(record(), 0..8)) {
            let found = read(&written(&records).0).expect("a journal");
            prop_assert_eq!(&found.records, &records);
            prop_assert_eq!((found.torn, found.repair.as_str()), (0, ""));
        }

        #[test]
        fn cut_anywhere_every_whole_record_is_there_and_more_can_follow(
            records in prop::collection::vec(record(), 0..6),
            at in any::<prop::sample::Index>(),
            garbage in prop::collection::vec(any::<u8>(), 0..3),
            zeros in any::<bool>(),
        ) {
            let (bytes, ends) = written(&records);
            let at = at.index(bytes.len() + 1);
            // Without its line's end a record is whole too.
            let whole = ends.iter().skip(1).filter(|end| **end - 1 <= at).count();
            let mut cut = bytes[..at].to_vec();
            if zeros && at > HEADER.len() && !ends.contains(&at) && !ends.contains(&(at + 1)) {
                // A file may be longer than what was written to it.
                cut.extend(garbage.iter().filter(|byte| **byte != b'\n'));
                cut.extend([0; 9]);
            }
            let found = read(&cut).expect("a journal");
            prop_assert_eq!(&found.records, &records[..whole]);
            append(&mut cut, &found, &["a", "b"]);
            let again = read(&cut).expect("a journal");
            prop_assert_eq!(again.records.len(), whole + 1);
            // And cut once more, in what was appended.
            cut.truncate(cut.len() - 2);
            let torn = read(&cut).expect("a journal");
            prop_assert_eq!(torn.records.len(), whole);
            prop_assert!(torn.torn > 0);
            append(&mut cut, &torn, &["a", "b"]);
            prop_assert_eq!(read(&cut).expect("a journal").records.len(), whole + 1);
        }

        #[test]
        fn a_change_before_the_last_record_is_told(
            records in prop::collection::vec(record(), 3..6),
            at in any::<prop::sample::Index>(),
            to in any::<u8>(),
        ) {
            let (mut bytes, ends) = written(&records);
            // Without the end of its line, the record before the last would be one that was cut.
            let at = at.index(ends[ends.len() - 2] - 1);
            prop_assume!(bytes[at] != to);
            bytes[at] = to;
            prop_assert!(read(&bytes).is_err());
        }

        #[test]
        fn garbage_is_no_journal(bytes in prop::collection::vec(any::<u8>(), 1..200)) {
            prop_assume!(!HEADER.as_bytes().starts_with(&bytes));
            prop_assert!(read(&bytes).is_err());
            let mut behind = HEADER.as_bytes().to_vec();
            behind.extend_from_slice(&bytes);
            if let Ok(found) = read(&behind) {
                prop_assert_eq!(found.records.len(), 0);
            }
        }
    }

    #[test]
    fn an_empty_place_gets_the_header_first() {
        let found = read(b"").expect("nothing yet");
        assert_eq!((found.repair.as_str(), found.torn), (HEADER, 0));
        let found = read(&HEADER.as_bytes()[..4]).expect("a header that was cut");
        assert_eq!((found.repair.as_str(), found.torn), (&HEADER[4..], 4));
    }

    #[test]
    fn a_line_is_for_people_too() {
        let (text, sum) = line("", &["intent", "svc", "a\"\n"]);
        assert_eq!(
            text,
            format!("{sum} [\"intent\",\"svc\",\"a\\\"\\u000a\"]\n")
        );
    }
}
