//! What stands between the contents of a `multipart/form-data` body (RFC 7578). The contents do not pass through
//! here: a body is its frames and contents in turn.

use super::check::{NOT_PRINTABLE, printable};
use crate::decimal::push_decimal;
use crate::errors::Problem;
use crate::hex::{LOWER, push_hex};

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
pub fn boundary(random: [u8; 16]) -> String {
    let mut text = String::from("tc3-edge-");
    for byte in random {
        push_hex(&mut text, byte, LOWER);
    }
    text
}

/// The frames of a body: one before each part's content, and one behind the last.
pub fn frames(boundary: &str, parts: &[Part<'_>]) -> Result<Vec<String>, Vec<Problem>> {
    let mut problems = Vec::new();
    let token =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.+".contains(&byte);
    if boundary.is_empty() || boundary.len() > 70 || !boundary.bytes().all(token) {
        let message = "must be 1 to 70 lower-case letters, digits and `-_.+`";
        problems.push(Problem::new("boundary", "Value", message));
    }
    if parts.is_empty() {
        problems.push(Problem::new(
            "parts",
            "Missing",
            "must hold at least one part",
        ));
    }
    let mut frames = Vec::with_capacity(parts.len() + 1);
    for (at, part) in parts.iter().enumerate() {
        if part.name.is_empty() {
            problems.push(Problem::new(&path(at, "name"), "Missing", "must be given"));
        }
        if !printable(part.content_type) {
            problems.push(Problem::new(
                &path(at, "contentType"),
                "Value",
                NOT_PRINTABLE,
            ));
        }
        frames.push(head(boundary, part, at == 0));
    }
    let mut last = String::from("\r\n--");
    last.push_str(boundary);
    last.push_str("--\r\n");
    frames.push(last);
    if problems.is_empty() {
        Ok(frames)
    } else {
        Err(problems)
    }
}

fn head(boundary: &str, part: &Part<'_>, first: bool) -> String {
    let mut text = String::with_capacity(160);
    text.push_str(if first { "--" } else { "\r\n--" });
    text.push_str(boundary);
    text.push_str("\r\nContent-Disposition: form-data; name=\"");
    push_quoted(&mut text, part.name);
    if !part.filename.is_empty() {
        text.push_str("\"; filename=\"");
        push_quoted(&mut text, part.filename);
    }
    text.push_str("\"\r\n");
    if !part.content_type.is_empty() {
        text.push_str("Content-Type: ");
        text.push_str(part.content_type);
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    text
}

/// Appends a name as forms write it: what would end the quotation or the line is percent-encoded.
fn push_quoted(text: &mut String, name: &str) {
    for char in name.chars() {
        match char {
            '"' => text.push_str("%22"),
            '\r' => text.push_str("%0D"),
            '\n' => text.push_str("%0A"),
            other => text.push(other),
        }
    }
}

fn path(at: usize, member: &str) -> String {
    let mut path = String::from("parts[");
    push_decimal(&mut path, at as u64, 1);
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
        let made = frames(
            "b1",
            &[part("A", "", ""), part("B\"\r\n", "f.bin", "image/png")],
        );
        assert_eq!(
            made.expect("right"),
            [
                "--b1\r\nContent-Disposition: form-data; name=\"A\"\r\n\r\n",
                "\r\n--b1\r\nContent-Disposition: form-data; name=\"B%22%0D%0A\"; filename=\"f.bin\"\r\n\
                 Content-Type: image/png\r\n\r\n",
                "\r\n--b1--\r\n",
            ]
        );
    }

    #[test]
    fn a_boundary_has_no_capitals() {
        assert_eq!(
            boundary([0xab; 16]),
            format!("tc3-edge-{}", "ab".repeat(16))
        );
    }

    #[test]
    fn what_would_break_the_body_is_refused() {
        let paths = |boundary: &str, parts: &[Part<'_>]| -> Vec<String> {
            let found = frames(boundary, parts).expect_err("wrong");
            found.into_iter().map(|problem| problem.path).collect()
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
