//! What stands between the contents of a `multipart/form-data` body (RFC 7578). The contents do not pass through
//! here: a body is its frames and contents in turn.

use super::rules::{NOT_PRINTABLE, PRINTABLE};
use crate::decimal::push_decimal;
use crate::errors::Problems;
use crate::hex::{LOWER, push_hex};
use crate::text::{Split, join, push_value, within};

/// A boundary from 16 random bytes. It has no capitals, so that both readings of the signature agree: header values
/// lower-cased, as documented, and as they are, as the official SDKs sign them.
pub fn boundary(random: &[u8; 16]) -> String {
    let mut text = join(&["tc3-edge-"]);
    push_hex(&mut text, random, LOWER);
    text
}

/// The boundary and the frames of a body: one before each part's content, and one behind the last; a NUL between all.
/// `parts` are name, file name and content type of each; the last two are not sent when empty.
pub fn frames(boundary: &str, mut parts: Split<'_>) -> Result<String, Problems> {
    let mut problems = Problems::default();
    if boundary.is_empty() || boundary.len() > 70 || !within(boundary, b"az09++-.__") {
        let message = "must be 1 to 70 lower-case letters, digits and `-_.+`";
        problems.value("boundary", message);
    }
    let mut frames = join(&[boundary]);
    let mut line = "--";
    let mut count = 0;
    while let (Some(name), Some(filename), Some(content_type)) =
        (parts.next(), parts.next(), parts.next())
    {
        if name.is_empty() {
            problems.push(&path(count, "name"), "Missing", "must be given");
        }
        if !within(content_type, PRINTABLE) {
            problems.value(&path(count, "contentType"), NOT_PRINTABLE);
        }
        push_value(&mut frames, line);
        frames.push_str(boundary);
        frames.push_str("\r\nContent-Disposition: form-data; name=\"");
        push_quoted(&mut frames, name);
        if !filename.is_empty() {
            frames.push_str("\"; filename=\"");
            push_quoted(&mut frames, filename);
        }
        frames.push_str("\"\r\n");
        if !content_type.is_empty() {
            frames.push_str("Content-Type: ");
            frames.push_str(content_type);
            frames.push_str("\r\n");
        }
        frames.push_str("\r\n");
        line = "\r\n--";
        count += 1;
    }
    if count == 0 {
        problems.push("parts", "Missing", "must hold at least one part");
    }
    push_value(&mut frames, "\r\n--");
    frames.push_str(boundary);
    frames.push_str("--\r\n");
    if problems.is_empty() {
        return Ok(frames);
    }
    Err(problems)
}

/// Appends a name as forms write it: what would end the quotation or the line is percent-encoded.
#[inline(never)]
fn push_quoted(text: &mut String, name: &str) {
    let mut at = 0;
    let mut start = 0;
    for byte in name.as_bytes() {
        let escaped = match byte {
            b'"' => "%22",
            b'\r' => "%0D",
            b'\n' => "%0A",
            _ => "",
        };
        at += 1;
        if !escaped.is_empty() {
            text.push_str(name.get(start..at - 1).unwrap_or_default());
            text.push_str(escaped);
            start = at;
        }
    }
    text.push_str(name.get(start..).unwrap_or_default());
}

#[inline(never)]
fn path(at: u64, member: &str) -> String {
    let mut path = join(&["parts["]);
    push_decimal(&mut path, at, 1);
    path.push_str("].");
    path.push_str(member);
    path
}

#[cfg(test)]
mod tests {
    use super::{boundary, frames};
    use crate::text::split;

    #[test]
    fn frames_stand_around_the_contents() {
        let parts = split("A\0\0\0é\"\r\n\0f.bin\0image/png", 0);
        let made = frames("b1", parts).expect("right");
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
        let paths = |boundary: &str, parts: &str| -> Vec<String> {
            let found = frames(boundary, split(parts, 0)).expect_err("wrong");
            found.iter().map(|[path, ..]| path.into()).collect()
        };
        let long = "a".repeat(71);
        for wrong in ["", "A", "a b", "a\"", "é", &long] {
            assert_eq!(paths(wrong, "A\0\0"), ["boundary"], "{wrong}");
        }
        assert_eq!(paths("b", ""), ["parts"]);
        assert_eq!(
            paths("b", "\0\0\0A\0\0a\r\nb"),
            ["parts[0].name", "parts[1].contentType"]
        );
    }
}
