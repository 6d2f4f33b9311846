//! ARCHITECTURE.md is a map: every folder at the top is on it.

use super::tree::Tree;

const MAP: &str = "ARCHITECTURE.md";

/// The folders that the map does not name; those of tools begin with a dot and need no place on it.
pub(super) fn check(tree: &Tree) -> Vec<String> {
    let Some(map) = tree.file(MAP) else {
        return vec![format!(
            "{MAP}: missing; write it, with a line for each top-level folder"
        )];
    };
    let mut folders: Vec<&str> = tree
        .files
        .iter()
        .filter_map(|file| Some(file.path.split_once('/')?.0))
        .collect();
    folders.sort_unstable();
    folders.dedup();
    folders.retain(|folder| !folder.starts_with('.') && !map.text.contains(&format!("`{folder}/")));
    let failure =
        |folder| format!("{MAP}: say in a line what stands in `{folder}/`, and what does not");
    folders.into_iter().map(failure).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tree::Tree;
    use super::check;

    #[test]
    fn a_folder_must_be_on_the_map() {
        let map = ("ARCHITECTURE.md", "| `src/` | the core |");
        assert!(
            check(&Tree::sample(&[
                map,
                ("src/a.rs", ""),
                (".cargo/config.toml", "")
            ]))
            .is_empty()
        );
        assert_eq!(
            check(&Tree::sample(&[map, ("new/a.rs", ""), ("new/b.rs", "")])).len(),
            1
        );
    }

    #[test]
    fn the_map_must_be_there() {
        assert!(check(&Tree::sample(&[("src/a.rs", "")]))[0].contains("missing"));
    }
}
