//! The repository as the rules see it: what git tracks, or would track.

use std::process::Command;

/// A file, by its path from the root.
pub(super) struct File {
    pub path: String,
    /// Empty where the file is not text.
    pub text: String,
}

/// All files.
pub(super) struct Tree {
    pub files: Vec<File>,
}

impl Tree {
    /// Reads what is tracked, and what is neither tracked nor ignored.
    pub(super) fn of_repository() -> Result<Self, String> {
        let mut git = Command::new("git");
        git.args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]);
        let output = git
            .output()
            .map_err(|why| format!("git could not be started: {why}"))?;
        if !output.status.success() {
            return Err(format!(
                "git ls-files: {}",
                String::from_utf8_lossy(&output.stderr)
            ));
        }
        let paths = String::from_utf8_lossy(&output.stdout);
        let files = paths.split_terminator('\0').filter_map(|path| {
            // A deleted file stays tracked until the deletion is staged.
            let bytes = std::fs::read(path).ok()?;
            let text = String::from_utf8(bytes).unwrap_or_default();
            Some(File {
                path: path.into(),
                text,
            })
        });
        Ok(Self {
            files: files.collect(),
        })
    }

    /// The files whose paths begin with one of the prefixes.
    pub(super) fn under<'a>(&'a self, prefixes: &'a [&str]) -> impl Iterator<Item = &'a File> {
        self.files
            .iter()
            .filter(|file| prefixes.iter().any(|prefix| file.path.starts_with(prefix)))
    }

    /// The file at a path.
    pub(super) fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// A tree for the tests of rules.
    #[cfg(test)]
    pub(super) fn sample(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| File {
            path: (*path).into(),
            text: (*text).into(),
        };
        Self {
            files: files.iter().map(file).collect(),
        }
    }
}

impl File {
    /// What stands after the last dot of the name.
    pub(super) fn ending(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, ending)| ending)
    }

    /// Whether a tool wrote it.
    pub(super) fn generated(&self) -> bool {
        self.path.contains("/generated/") || self.path.ends_with("/generated.rs")
    }
}
