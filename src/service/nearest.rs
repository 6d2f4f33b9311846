//! The name that somebody may have meant.

/// The parts of a message that names what may have been meant.
pub(super) fn meant<'a>(
    message: &'a str,
    name: &str,
    known: &mut dyn Iterator<Item = &'a str>,
) -> [&'a str; 4] {
    match nearest(name, known) {
        Some(near) => [message, "; did you mean `", near, "`?"],
        None => [message, "", "", ""],
    }
}

/// The known name that is nearest to `name`, where one is near: a different case, or a typing error in two of five letters, three at most.
fn nearest<'a>(name: &str, known: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = name.to_ascii_lowercase();
    // Longer texts are no mistyped names, and their distance costs time by the square of their length.
    if typed.len() > 64 {
        return None;
    }
    let mut nearest = None;
    let mut limit = (typed.len() * 2 / 5).min(3);
    for name in known {
        let distance = strsim::osa_distance(&typed, &name.to_ascii_lowercase());
        // The first of those that are as near is the one.
        if distance < limit || (distance == limit && nearest.is_none()) {
            limit = distance;
            nearest = Some(name);
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_typing_error_is_seen() {
        let known = ["ServiceId", "OrderId", "Tid"];
        let find = |name: &str| nearest(name, &mut known.into_iter());
        assert_eq!(find("serviceid"), Some("ServiceId"));
        assert_eq!(find("SevriceID"), Some("ServiceId"));
        assert_eq!(find("Order"), Some("OrderId"));
        assert_eq!(find("Tdi"), Some("Tid"));
        assert_eq!(find("Colour"), None);
        assert_eq!(find("x"), None);
        assert_eq!(nearest("EN", &mut ["Cn", "Tc"].into_iter()), None);
        assert_eq!(find(""), None);
        assert_eq!(find(&"ServiceId".repeat(100)), None);
        assert_eq!(nearest("Tid", &mut std::iter::empty()), None);
    }
}
