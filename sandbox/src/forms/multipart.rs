//! The parts of a body of `multipart/form-data` (RFC 7578), as the core frames them.

use super::header;
use super::tree::{Node, refuse};
use crate::answer::Refusal;
use tc3_edge::json::Scanner;

/// One part: a parameter.
#[derive(Debug)]
pub struct Part<'a> {
    pub name: String,
    /// JSON where the part says so, else a text.
    pub value: Node<'a>,
}

/// All parts, in their order. Nothing may stand before the first boundary, nor behind the last but a line's end.
pub fn parts<'a>(body: &'a [u8], boundary: &str) -> Result<Vec<Part<'a>>, Refusal> {
    let delimiter = format!("\r\n--{boundary}");
    let delimiter = delimiter.as_bytes();
    let mut parts = Vec::new();
    let mut rest = body
        .strip_prefix(&delimiter[2..])
        .ok_or_else(|| malformed("does not begin with its boundary"))?;
    loop {
        if let Some(end) = rest.strip_prefix(b"--") {
            return match end {
                b"" | b"\r\n" => Ok(parts),
                _ => Err(malformed("goes on behind its last boundary")),
            };
        }
        let started = rest
            .strip_prefix(b"\r\n")
            .ok_or_else(|| malformed("has a boundary that does not end its line"))?;
        let (content, behind) =
            split(started, delimiter).ok_or_else(|| malformed("does not end with its boundary"))?;
        parts.push(part(content)?);
        rest = behind;
    }
}

fn part(part: &[u8]) -> Result<Part<'_>, Refusal> {
    let (head, content) =
        split(part, b"\r\n\r\n").ok_or_else(|| malformed("has a part without headers"))?;
    let head = str::from_utf8(head)
        .map_err(|_| malformed("has headers of a part that are not text in UTF-8"))?;
    let disposition = sent(head, "content-disposition")?.unwrap_or_default();
    if !header::first(disposition).eq_ignore_ascii_case("form-data") {
        return Err(malformed("has a part that is not form-data"));
    }
    let name = header::parameter(disposition, "name")
        .ok_or_else(|| malformed("has a part without one name"))?;
    let name = unescape(name);
    let text = str::from_utf8(content).map_err(|_| {
        refuse(
            &name,
            "is not text in UTF-8, and no parameter here is bytes",
        )
    })?;
    let content_type = sent(head, "content-type")?.unwrap_or_default();
    if !header::first(content_type).eq_ignore_ascii_case("application/json") {
        let value = Node::Text(text.into());
        return Ok(Part { name, value });
    }
    let mut scanner = Scanner::new(text);
    if scanner.value().and_then(|_| scanner.end()).is_err() {
        return Err(refuse(&name, "is sent as JSON, and is not JSON"));
    }
    let value = Node::Json(text.trim_start_matches('\u{feff}'));
    Ok(Part { name, value })
}

/// The value of a part's header, which may be there once.
fn sent<'a>(head: &'a str, name: &str) -> Result<Option<&'a str>, Refusal> {
    let mut found = None;
    for line in head.split("\r\n") {
        let (known, value) = line
            .split_once(':')
            .ok_or_else(|| malformed("has a line among a part's headers that is none"))?;
        if known.eq_ignore_ascii_case(name) && found.replace(value.trim()).is_some() {
            return Err(malformed("has a part with a header that is there twice"));
        }
    }
    Ok(found)
}

/// What forms escape in a name.
fn unescape(name: &str) -> String {
    name.replace("%22", "\"")
        .replace("%0D", "\r")
        .replace("%0A", "\n")
}

/// What stands before the first place of `mark`, and behind it.
fn split<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = bytes
        .windows(mark.len())
        .position(|window| window == mark)?;
    Some((&bytes[..at], &bytes[at + mark.len()..]))
}

fn malformed(what: &str) -> Refusal {
    Refusal::new("InvalidRequest", format!("the multipart body {what}"))
}

#[cfg(test)]
mod tests {
    use super::{Node, parts};
    use proptest::prelude::*;
    use tc3_edge::request::multipart::frames;
    use tc3_edge::text::split;

    /// Names and values; JSON stands in round brackets.
    fn read(body: &str) -> Result<Vec<(String, String)>, String> {
        let parts = parts(body.as_bytes(), "b").map_err(|refusal| refusal.code.into_owned())?;
        let pairs = parts.into_iter().map(|part| match part.value {
            Node::Json(json) => (part.name, format!("({json})")),
            Node::Text(text) => (part.name, text.into_owned()),
            Node::Members(_) => panic!("a part holds no names"),
        });
        Ok(pairs.collect())
    }

    #[test]
    fn parts_are_read() {
        let body = "--b\r\ncontent-disposition: form-data; name=\"A\"\r\n\r\n-b\r\n\r\n--b\r\n\
                    Content-Type: application/json; charset=utf-8\r\nX-Other: 1\r\n\
                    Content-Disposition: Form-Data; name=B; filename=\"f\"\r\n\r\n [1] \r\n--b--\r\n";
        let expected = [("A", "-b\r\n"), ("B", "( [1] )")];
        let expected = expected.map(|(name, value)| (name.into(), value.into()));
        assert_eq!(read(body), Ok(expected.to_vec()));
        assert_eq!(read("--b--"), Ok(Vec::new()));
    }

    #[test]
    fn what_is_malformed_is_refused() {
        const A: &str = "Content-Disposition: form-data; name=\"A\"\r\n";
        let check = |body: String, code: &str| {
            assert_eq!(read(&body), Err(code.into()), "{body:?}");
        };
        for body in [
            String::new(),
            "--a--".into(),
            "\r\n--b--".into(),
            "--b".into(),
            "--b--x".into(),
            format!("--b\r\n{A}\r\n1"),
            format!("--b\r\n{A}\r\n1\r\n--b"),
            format!("--b\r\n{A}\r\n1\r\n--bx\r\n--b--"),
            format!("--b \r\n{A}\r\n1\r\n--b--"),
            format!("--b\n{A}\r\n1\r\n--b--"),
            "--b\r\n\r\n1\r\n--b--".into(),
            "--b\r\nX: 1\r\n\r\n1\r\n--b--".into(),
            "--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--".into(),
            "--b\r\nContent-Disposition: attachment; name=A\r\n\r\n1\r\n--b--".into(),
            format!("--b\r\n{A}{A}\r\n1\r\n--b--"),
            format!("--b\r\n{A}none\r\n\r\n1\r\n--b--"),
        ] {
            check(body, "InvalidRequest");
        }
        for json in ["", "{", "[1] 2", "a"] {
            let body = format!("--b\r\n{A}Content-Type: application/json\r\n\r\n{json}\r\n--b--");
            check(body, "InvalidParameter");
        }
        let mut body = format!("--b\r\n{A}\r\n?\r\n--b--").into_bytes();
        let at = body.iter().position(|byte| *byte == b'?').expect("there");
        body[at] = 0xff;
        assert_eq!(
            parts(&body, "b").expect_err("bytes").code,
            "InvalidParameter"
        );
    }

    proptest! {
        #[test]
        fn what_the_core_frames_is_read(name in "[^\0%]{1,9}", content in "[^-]*") {
            let given = format!("{name}\0\0\0B\0f\0text/plain");
            let frames = frames("b", split(&given, 0)).expect("right");
            let frames: Vec<&str> = frames.split('\0').collect();
            let body = [frames[1], &content, frames[2], "2", frames[3]].concat();
            prop_assert_eq!(read(&body), Ok(vec![(name, content), ("B".into(), "2".into())]));
        }

        #[test]
        fn any_body_is_answered(
            body in prop::collection::vec(any::<u8>(), 0..99),
            pieces in prop::collection::vec(prop::sample::select(vec![
                "--b", "\r\n", "--", "Content-Disposition: form-data; name=A", "Content-Type: application/json",
                "\"", ";", ":", "{}", "x",
            ]), 0..20),
        ) {
            let _ = parts(&body, "b");
            let _ = read(&pieces.concat());
            let _ = read(&format!("--b\r\n{}\r\n--b--", pieces.concat()));
        }
    }
}
