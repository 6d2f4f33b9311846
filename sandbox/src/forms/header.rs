//! Headers that hold more than one thing: `form-data; name="A"`.

/// What stands before the parameters.
pub fn first(value: &str) -> &str {
    value.split(';').next().unwrap_or_default().trim()
}

/// A parameter's value, without quotation marks; `None` where it is not there exactly once, or the header has another
/// form. Names may have any case.
pub fn parameter<'a>(value: &'a str, name: &str) -> Option<&'a str> {
    let (_, mut rest) = value.split_once(';')?;
    let mut found = None;
    loop {
        let (key, behind) = rest.split_once('=')?;
        let quoted = behind.strip_prefix('"');
        let (value, next) = match quoted {
            // As forms write it: nothing within is escaped by a backslash.
            Some(quoted) => quoted.split_once('"')?,
            None => behind.split_at(behind.find(';').unwrap_or(behind.len())),
        };
        if key.trim().eq_ignore_ascii_case(name) {
            let value = if quoted.is_some() {
                value
            } else {
                value.trim()
            };
            if found.replace(value).is_some() {
                return None;
            }
        }
        let next = next.trim_start();
        if next.is_empty() {
            return found;
        }
        rest = next.strip_prefix(';')?;
    }
}

#[cfg(test)]
mod tests {
    use super::{first, parameter};
    use proptest::prelude::*;

    #[test]
    fn a_parameter_is_found() {
        let check = |value, expected| assert_eq!(parameter(value, "name"), expected, "{value}");
        check("form-data; name=\"A\"", Some("A"));
        check("form-data;NAME=A ; x=y", Some("A"));
        check("form-data; x=\"; name=B\"; name=\"a;b\" ", Some("a;b"));
        check("form-data; name=\"\"", Some(""));
        check("form-data; filename=\"A\"", None);
        check("form-data; name=A; name=A", None);
        check("form-data; name=\"A", None);
        check("form-data; name=\"A\"B", None);
        check("form-data; name=A;", None);
        check("form-data", None);
        assert_eq!(first(" form-data ; name=A"), "form-data");
    }

    proptest! {
        #[test]
        fn any_header_is_answered(value in "([a-z ]{0,3}[;=\"]?){0,9}|.*", name in ".{0,3}") {
            let _ = parameter(&value, &name);
        }
    }
}
