//! The name that somebody may have meant.

/// The known name that is nearest to `name`, where one is near: a different case, or a typing error in two of five letters, three at most.
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = name.to_ascii_lowercase();
    // Longer texts are no mistyped names, and their distance costs time by the square of their length.
    if typed.len() > 64 {
        return None;
    }
    let distances = known.map(|name| {
        (
            strsim::osa_distance(&typed, &name.to_ascii_lowercase()),
            name,
        )
    });
    let (distance, name) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= (typed.len() * 2 / 5).min(3)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_typing_error_is_seen() {
        let known = ["ServiceId", "OrderId", "Tid"];
        let find = |name: &str| nearest(name, known.into_iter());
        assert_eq!(find("serviceid"), Some("ServiceId"));
        assert_eq!(find("SevriceID"), Some("ServiceId"));
        assert_eq!(find("Order"), Some("OrderId"));
        assert_eq!(find("Tdi"), Some("Tid"));
        assert_eq!(find("Colour"), None);
        assert_eq!(find("x"), None);
        assert_eq!(nearest("EN", ["Cn", "Tc"].into_iter()), None);
        assert_eq!(find(""), None);
        assert_eq!(find(&"ServiceId".repeat(100)), None);
        assert_eq!(nearest("Tid", std::iter::empty()), None);
    }
}
