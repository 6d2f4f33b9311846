//! The name that somebody may have meant.

/// The parts of a message that names what may have been meant.
pub(super) fn meant<'a>(
    message: &'a str,
    name: &str,
    known: &mut dyn Iterator<Item = &'a [u8]>,
) -> [&'a str; 4] {
    match nearest(name, known) {
        Some(near) => [message, "; did you mean `", near, "`?"],
        None => [message, "", "", ""],
    }
}

/// Longer texts are no mistyped names, and their distance costs time by the square of their length.
const LONGEST: usize = 64;

/// The known name that is nearest to `name`, where one is near: a different case, or a typing error in two of five letters, three at most.
fn nearest<'a>(name: &str, known: &mut dyn Iterator<Item = &'a [u8]>) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let mut limit = (name.len() * 2 / 5).min(3);
    let mut nearest = None;
    for known in known {
        let distance = distance(name, known);
        // The first of those that are as near is the one.
        if distance < limit || (distance == limit && nearest.is_none()) {
            limit = distance;
            nearest = core::str::from_utf8(known).ok();
        }
    }
    nearest
}

/// How many letters are to be changed, put in, left out or swapped with their neighbour, whatever their case, to make a
/// known name of ASCII from a name: optimal string alignment, as strsim has it for any texts in five times the code.
fn distance(name: &str, known: &[u8]) -> usize {
    // A row for each letter of the known name, a column for each of the other; and the two rows before.
    let mut row: [usize; LONGEST + 1] = core::array::from_fn(|column| column);
    let mut above = row;
    let mut last = name.chars().count();
    let mut known_before = '\0';
    for (index, known) in known.iter().enumerate() {
        let known = char::from(known.to_ascii_lowercase());
        let above_that = above;
        above = row;
        row[0] = index + 1;
        last = 0;
        let mut typed_before = '\0';
        for typed in name.chars() {
            let typed = typed.to_ascii_lowercase();
            let changed = usize::from(typed != known);
            let mut least = (above[last] + changed).min(above[last + 1].min(row[last]) + 1);
            if index > 0 && last > 0 && typed == known_before && typed_before == known {
                least = least.min(above_that[last - 1] + 1);
            }
            last += 1;
            row[last] = least;
            typed_before = typed;
        }
        known_before = known;
    }
    row[last]
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};
    use proptest::prelude::*;

    #[test]
    fn a_typing_error_is_seen() {
        let among = |name: &str, known: &[&'static str]| {
            let mut known = known.iter().map(|name| name.as_bytes());
            nearest(name, &mut known)
        };
        let find = |name: &str| among(name, &["ServiceId", "OrderId", "Tid"]);
        assert_eq!(find("serviceid"), Some("ServiceId"));
        assert_eq!(find("SevriceID"), Some("ServiceId"));
        assert_eq!(find("Order"), Some("OrderId"));
        assert_eq!(find("Tdi"), Some("Tid"));
        assert_eq!(find("Colour"), None);
        assert_eq!(find("x"), None);
        assert_eq!(among("EN", &["Cn", "Tc"]), None);
        assert_eq!(find(""), None);
        assert_eq!(find(&"ServiceId".repeat(100)), None);
        assert_eq!(among("Tid", &[]), None);
    }

    proptest! {
        #[test]
        fn the_distance_is_strsims(name in "[abAé]{0,8}", known in "[abB]{0,8}") {
            let lower = |text: &str| text.to_ascii_lowercase();
            let expected = strsim::osa_distance(&lower(&name), &lower(&known));
            prop_assert_eq!(distance(&name, known.as_bytes()), expected);
        }
    }
}
