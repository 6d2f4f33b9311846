//! The repository stands for itself: no file names a folder of somebody's machine.

use super::tree::Tree;

/// In pieces, so that this file does not hold them.
const PLACES: [[&str; 2]; 3] = [["/ro", "ot/"], ["/ho", "me/"], ["/Us", "ers/"]];

/// Each line that names such a place.
pub(super) fn check(tree: &Tree) -> Vec<String> {
    let places = PLACES.map(|pieces| pieces.concat());
    let mut failures = Vec::new();
    for file in &tree.files {
        for (index, line) in file.text.lines().enumerate() {
            for place in places.iter().filter(|place| line.contains(place.as_str())) {
                failures.push(format!(
                    "{}:{}: names {place}, which nobody else has; say it without, or by a path from the root",
                    file.path,
                    index + 1
                ));
            }
        }
    }
    failures
}

#[cfg(test)]
mod tests {
    use super::super::tree::Tree;
    use super::{PLACES, check};

    #[test]
    fn each_place_is_found_with_its_line() {
        for pieces in PLACES {
            let text = format!("a\nsee {}x\n", pieces.concat());
            let found = check(&Tree::sample(&[("docs/a.md", &text)]));
            assert_eq!(found.len(), 1);
            assert!(found[0].starts_with("docs/a.md:2:"));
        }
    }

    #[test]
    fn other_paths_pass() {
        assert!(check(&Tree::sample(&[("a.md", "see /usr/bin, ../src and home/")])).is_empty());
    }
}
