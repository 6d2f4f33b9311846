//! A raw HTTP request: its first line, headers, an empty line, the body.

use super::request::Request;

/// Whether a text begins like one.
pub(super) fn is_request(text: &str) -> bool {
    first_line(text).is_some()
}

/// Reads one; lines of the head end with a line feed, with or without a carriage return.
pub(super) fn parse(text: &str) -> Result<Request, String> {
    let (method, url) = first_line(text).ok_or("the first line is not METHOD target HTTP/1.1")?;
    let mut request = Request {
        method: method.into(),
        ..Request::default()
    };
    request.set_url(url);
    let mut rest = text.split_once('\n').map_or("", |(_, rest)| rest);
    while !rest.is_empty() {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        rest = after;
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.is_empty() {
            break;
        }
        let (name, value) = line
            .split_once(':')
            .ok_or("a line of the head has no colon, and no empty line ended the head before it")?;
        request
            .headers
            .push((name.trim().into(), value.trim_ascii().into()));
    }
    request.complete_host();
    request.body = body(&request, rest).into();
    Ok(request)
}

/// A paste often ends with a line feed that was never sent: the length that was sent tells.
fn body<'a>(request: &Request, rest: &'a str) -> &'a [u8] {
    let length = request
        .header("content-length")
        .and_then(|text| text.parse::<usize>().ok());
    let bytes = rest.as_bytes();
    match length.and_then(|length| bytes.split_at_checked(length)) {
        Some((body, paste)) if paste.trim_ascii().is_empty() => body,
        _ => bytes,
    }
}

fn first_line(text: &str) -> Option<(&str, &str)> {
    let line = text.lines().next()?;
    let mut words = line.split(' ');
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    let whole = words.next().is_none()
        && version.starts_with("HTTP/")
        && !method.is_empty()
        && method.bytes().all(|byte| byte.is_ascii_alphabetic());
    whole.then_some((method, target))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn both_kinds_of_line_ends_are_read() {
        for end in ["\n", "\r\n"] {
            let text = [
                "POST / HTTP/1.1",
                "Host: h",
                "X-A:  b ",
                "",
                "{\"a\":\r\n1}\n",
            ]
            .join(end);
            let request = parse(&text).unwrap_or_else(|why| panic!("{why}"));
            assert_eq!(
                (request.method.as_str(), request.target.as_str()),
                ("POST", "/")
            );
            assert_eq!(request.header("x-a"), Some("b"));
            assert_eq!(request.body, b"{\"a\":\r\n1}\n");
        }
    }

    #[test]
    fn the_length_ends_the_body_and_a_whole_url_names_the_host() {
        let text = "POST https://h/?a HTTP/1.1\nContent-Length: 2\n\n{}\n\n";
        let request = parse(text).unwrap_or_else(|why| panic!("{why}"));
        assert_eq!(request.body, b"{}");
        assert_eq!(request.header("host"), Some("h"));
        let cut = "POST / HTTP/1.1\nContent-Length: 2\n\n{}x";
        assert_eq!(parse(cut).map(|request| request.body), Ok(b"{}x".to_vec()));
    }

    #[test]
    fn what_is_no_head_is_refused() {
        assert!(parse("POST /").is_err());
        assert!(parse("POST / HTTP/1.1\nno colon\n").is_err());
        assert!(parse("POST / HTTP/1.1").is_ok());
    }
}
