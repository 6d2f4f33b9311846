//! What stands between the contents of a `multipart/form-data` body (RFC 7578). The contents do not pass through
//! here: a body is its frames and contents in turn.

use super::member::{NOT_PRINTABLE, PRINTABLE};
use crate::decimal::push_decimal;
use crate::errors::Problems;
use crate::hex::{LOWER, push_hex};
use crate::text::{push_value, within};

/// What is said of one part beside its content.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The parameter.
    pub name: &'a str,
    /// Not sent when empty.
    pub filename: &'a str,
    /// Not sent when empty.
    pub content_type: &'a str,
}

/// A boundary from 16 random bytes. It has no capitals, so that both readings of the signature agree: header values
/// lower-cased, as documented, and as they are, as the official SDKs sign them.
pub fn boundary(random: &[u8; 16]) -> String {
    let mut text = String::from("tc3-edge-");
    for byte in random {
        push_hex(&mut text, *byte, LOWER);
    }
    text
}

/// The boundary and the frames of a body: one before each part's content, and one behind the last; a NUL between all.
pub fn frames<'a>(
    boundary: &str,
    parts: impl Iterator<Item = Part<'a>>,
) -> Result<String, Problems> {
    let mut problems = Problems::default();
    if boundary.is_empty() || boundary.len() > 70 || !within(boundary, b"az09++-.__") {
        let message = "must be 1 to 70 lower-case letters, digits and `-_.+`";
        problems.value("boundary", message);
    }
    let mut frames = String::new();
    frames.push_str(boundary);
    let mut count = 0;
    for part in parts {
        if part.name.is_empty() {
            problems.push(&path(count, "name"), "Missing", "must be given");
        }
        if !within(part.content_type, PRINTABLE) {
            problems.value(&path(count, "contentType"), NOT_PRINTABLE);
        }
        let line = if count == 0 { "--" } else { "\r\n--" };
        push_value(&mut frames, line);
        frames.push_str(boundary);
        frames.push_str("\r\nContent-Disposition: form-data; name=\"");
        push_quoted(&mut frames, part.name);
        if !part.filename.is_empty() {
            frames.push_str("\"; filename=\"");
            push_quoted(&mut frames, part.filename);
        }
        frames.push_str("\"\r\n");
        if !part.content_type.is_empty() {
            frames.push_str("Content-Type: ");
            frames.push_str(part.content_type);
            frames.push_str("\r\n");
        }
        frames.push_str("\r\n");
        count += 1;
    }
    if count == 0 {
        problems.push("parts", "Missing", "must hold at least one part");
    }
    push_value(&mut frames, "\r\n--");
    frames.push_str(boundary);
    frames.push_str("--\r\n");
    if problems.is_empty() {
        Ok(frames)
    } else {
        Err(problems)
    }
}

/// Appends a name as forms write it: what would end the quotation or the line is percent-encoded.
#[inline(never)]
fn push_quoted(text: &mut String, name: &str) {
    let mut start = 0;
    for (at, byte) in name.bytes().enumerate() {
        let escaped = match byte {
            b'"' => "%22",
            b'\r' => "%0D",
            b'\n' => "%0A",
            _ => continue,
        };
        text.push_str(name.get(start..at).unwrap_or_default());
        text.push_str(escaped);
        start = at + 1;
    }
    text.push_str(name.get(start..).unwrap_or_default());
}

#[inline(never)]
fn path(at: u64, member: &str) -> String {
    let mut path = String::from("parts[");
    push_decimal(&mut path, at, 1);
    path.push_str("].");
    path.push_str(member);
    path
}

#[cfg(test)]
mod tests {
    use super::{Part, boundary, frames};

    fn part<'a>(name: &'a str, filename: &'a str, content_type: &'a str) -> Part<'a> {
        Part {
            name,
            filename,
            content_type,
        }
    }

    #[test]
    fn frames_stand_around_the_contents() {
        let parts = [part("A", "", ""), part("é\"\r\n", "f.bin", "image/png")];
        let made = frames("b1", parts.into_iter()).expect("right");
        assert_eq!(
            made.split('\0').collect::<Vec<_>>(),
            [
                "b1",
                "--b1\r\nContent-Disposition: form-data; name=\"A\"\r\n\r\n",
                "\r\n--b1\r\nContent-Disposition: form-data; name=\"é%22%0D%0A\"; filename=\"f.bin\"\r\n\
                 Content-Type: image/png\r\n\r\n",
                "\r\n--b1--\r\n",
            ]
        );
    }

    #[test]
    fn a_boundary_has_no_capitals() {
        assert_eq!(
            boundary(&[0xab; 16]),
            format!("tc3-edge-{}", "ab".repeat(16))
        );
    }

    #[test]
    fn what_would_break_the_body_is_refused() {
        let paths = |boundary: &str, parts: &[Part<'static>]| -> Vec<String> {
            let found = frames(boundary, parts.iter().copied()).expect_err("wrong");
            found.iter().map(|[path, ..]| path.into()).collect()
        };
        let long = "a".repeat(71);
        for wrong in ["", "A", "a b", "a\"", "é", &long] {
            assert_eq!(paths(wrong, &[part("A", "", "")]), ["boundary"], "{wrong}");
        }
        assert_eq!(paths("b", &[]), ["parts"]);
        let parts = [part("", "", ""), part("A", "", "a\r\nb")];
        assert_eq!(
            paths("b", &parts),
            ["parts[0].name", "parts[1].contentType"]
        );
    }
}
