//! The words of a shell's command line: quotation marks, backslashes, continued lines.

/// Takes the first command apart into words; what a pipe, a redirection or a second command adds is left out.
/// Variables are not known here and stay as they are written.
pub(super) fn words(line: &str) -> Result<Vec<String>, &'static str> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // Line continuations of POSIX shells, PowerShell and Windows' command prompt.
            '\\' | '`' | '^' if continues(&mut chars) => {}
            '\\' => word.get_or_insert_default().extend(chars.next()),
            '\'' => single(&mut chars, word.get_or_insert_default())?,
            '"' => double(&mut chars, word.get_or_insert_default())?,
            '$' if chars.next_if_eq(&'\'').is_some() => {
                escaped(&mut chars, word.get_or_insert_default())?;
            }
            '\n' | ';' | '|' | '&' | '>' | '<' => {
                words.extend(word.take());
                if !words.is_empty() {
                    break;
                }
            }
            '#' if word.is_none() => break,
            c if c.is_whitespace() => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    Ok(words)
}

type Chars<'a> = core::iter::Peekable<core::str::Chars<'a>>;

const OPEN: &str = "a quotation mark is not closed";

/// Passes a line's end, if one follows.
fn continues(chars: &mut Chars<'_>) -> bool {
    let mut ahead = chars.clone();
    ahead.next_if_eq(&'\r');
    let ends = ahead.next_if_eq(&'\n').is_some();
    if ends {
        *chars = ahead;
    }
    ends
}

fn single(chars: &mut Chars<'_>, word: &mut String) -> Result<(), &'static str> {
    loop {
        match chars.next().ok_or(OPEN)? {
            '\'' => return Ok(()),
            c => word.push(c),
        }
    }
}

fn double(chars: &mut Chars<'_>, word: &mut String) -> Result<(), &'static str> {
    loop {
        match chars.next().ok_or(OPEN)? {
            '"' => return Ok(()),
            '\\' => match chars.next().ok_or(OPEN)? {
                '\n' => {}
                c @ ('"' | '\\' | '$' | '`') => word.push(c),
                c => word.extend(['\\', c]),
            },
            c => word.push(c),
        }
    }
}

/// `$'…'`, in which browsers write what other quotation marks cannot hold.
fn escaped(chars: &mut Chars<'_>, word: &mut String) -> Result<(), &'static str> {
    loop {
        match chars.next().ok_or(OPEN)? {
            '\'' => return Ok(()),
            '\\' => match chars.next().ok_or(OPEN)? {
                'n' => word.push('\n'),
                'r' => word.push('\r'),
                't' => word.push('\t'),
                'x' => word.extend(number(chars, 16, 2)),
                'u' => word.extend(unit(chars)),
                'U' => word.extend(number(chars, 16, 8)),
                c @ ('\\' | '\'' | '"' | '?') => word.push(c),
                c if c.is_digit(8) => word.push('\u{fffd}'),
                c => word.extend(['\\', c]),
            },
            c => word.push(c),
        }
    }
}

/// A `\u` escape; browsers write what lies beyond its four digits as a pair of surrogates.
fn unit(chars: &mut Chars<'_>) -> Option<char> {
    let first = digits(chars, 16, 4)?;
    if !(0xd800..0xdc00).contains(&first) {
        return char::from_u32(first);
    }
    let mut ahead = chars.clone();
    if ahead.next() == Some('\\')
        && ahead.next() == Some('u')
        && let Some(second @ 0xdc00..0xe000) = digits(&mut ahead, 16, 4)
    {
        *chars = ahead;
        return char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00));
    }
    Some(char::REPLACEMENT_CHARACTER)
}

fn number(chars: &mut Chars<'_>, radix: u32, most: usize) -> Option<char> {
    digits(chars, radix, most).and_then(char::from_u32)
}

fn digits(chars: &mut Chars<'_>, radix: u32, most: usize) -> Option<u32> {
    let mut value = None;
    for _ in 0..most {
        let Some(digit) = chars.peek().and_then(|c| c.to_digit(radix)) else {
            break;
        };
        chars.next();
        value = Some(value.unwrap_or(0) * radix + digit);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::words;

    fn check(line: &str, expected: &[&str]) {
        assert_eq!(words(line).unwrap_or_else(|why| panic!("{why}")), expected);
    }

    #[test]
    fn quotation_marks_are_taken_off() {
        check(
            "a 'b c' \"d \\\"e\\\" \\x\" f\\ g''",
            &["a", "b c", "d \"e\" \\x", "f g"],
        );
        check("'it'\\''s' \"\"", &["it's", ""]);
        check(
            r"$'a\n\'\u4f60\ud83d\ude00\x21\\'",
            &["a\n'\u{4f60}\u{1f600}!\\"],
        );
        check(r"$'\ud83d' $HOME", &["\u{fffd}", "$HOME"]);
    }

    #[test]
    fn lines_continue_and_commands_end() {
        check("a \\\n b ^\r\n c `\n d\ne", &["a", "b", "c", "d"]);
        check("a | b", &["a"]);
        check("a 2>&1", &["a", "2"]);
        check("\n a # b", &["a"]);
    }

    #[test]
    fn what_is_not_closed_is_refused() {
        for line in ["'", "\"a", "$'\\", "\"\\"] {
            assert!(words(line).is_err());
        }
    }
}
