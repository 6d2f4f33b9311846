//! The name that somebody may have meant.

/// The parts of a message that names what may have been meant.
pub(super) fn meant<'a>(message: &'a str, name: &str, known: &[&'a str]) -> [&'a str; 4] {
    match nearest(name, known) {
        Some(near) => [message, "; did you mean `", near, "`?"],
        None => [message, "", "", ""],
    }
}

/// Longer texts are no mistyped names, and their distance costs time by the square of their length.
const LONGEST: usize = 64;

/// The known name that is nearest to `name`, where one is near: a different case, or a typing error in two of five letters, three at most.
fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    // The first of those that are as near is the one.
    let mut near = (name.len() * 2 / 5).min(3) + 1;
    let mut nearest = None;
    for known in known {
        let distance = distance(name.as_bytes(), known.as_bytes());
        if distance < near {
            near = distance;
            nearest = Some(*known);
        }
    }
    nearest
}

/// How many letters are to be changed, put in, left out or swapped with their neighbour, whatever their case, to make a
/// known name of ASCII from a name: optimal string alignment, as strsim has it for any texts in three times the code.
fn distance(name: &[u8], known: &[u8]) -> usize {
    // A column for each letter of the name; a row for each letter of the other, of which three matter.
    let mut row = [0; LONGEST + 1];
    let mut above = row;
    let mut last = 0;
    let mut known_before = 0;
    for index in 0..=known.len() {
        let two_above = above;
        above = row;
        row[0] = index;
        last = 0;
        let letter = index
            .checked_sub(1)
            .map_or(0, |at| known[at].to_ascii_lowercase());
        let mut typed_before = 0;
        for byte in name {
            // A letter that is not ASCII counts once, by its first byte, and is none of the known ones.
            if byte & 0xc0 == 0x80 {
                continue;
            }
            let typed = byte.to_ascii_lowercase();
            let mut fewest = row[last] + 1;
            if index > 0 {
                fewest = fewest
                    .min(above[last + 1] + 1)
                    .min(above[last] + usize::from(typed != letter));
            }
            if index > 1 && last > 0 && typed == known_before && typed_before == letter {
                fewest = fewest.min(two_above[last - 1] + 1);
            }
            last += 1;
            row[last] = fewest;
            typed_before = typed;
        }
        known_before = letter;
    }
    row[last]
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};
    use proptest::prelude::*;

    #[test]
    fn a_typing_error_is_seen() {
        let find = |name: &str| nearest(name, &["ServiceId", "OrderId", "Tid"]);
        assert_eq!(find("serviceid"), Some("ServiceId"));
        assert_eq!(find("SevriceID"), Some("ServiceId"));
        assert_eq!(find("Order"), Some("OrderId"));
        assert_eq!(find("Tdi"), Some("Tid"));
        assert_eq!(find("Colour"), None);
        assert_eq!(find("x"), None);
        assert_eq!(nearest("EN", &["Cn", "Tc"]), None);
        assert_eq!(find(""), None);
        assert_eq!(find(&"ServiceId".repeat(100)), None);
        assert_eq!(nearest("Tid", &[]), None);
    }

    proptest! {
        #[test]
        fn the_distance_is_strsims(name in "[abAé]{0,8}", known in "[abB]{0,8}") {
            let lower = |text: &str| text.to_ascii_lowercase();
            let expected = strsim::osa_distance(&lower(&name), &lower(&known));
            prop_assert_eq!(distance(name.as_bytes(), known.as_bytes()), expected);
        }
    }
}
