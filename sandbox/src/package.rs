//! What a `PkgId` such as `yc1m3d` says: kind of recording, term, days of retention.

use crate::calendar::Term;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The packages that the documentation lists (assumption 11), each with its term and its retention in days.
const PACKAGES: [(&str, Term, i64); 14] = [
    ("yc1m3d", Term::Months(1), 3),
    ("yc1m7d", Term::Months(1), 7),
    ("yc1m30d", Term::Months(1), 30),
    ("yc1y3d", Term::Months(12), 3),
    ("yc1y7d", Term::Months(12), 7),
    ("yc1y30d", Term::Months(12), 30),
    ("ye1m3d", Term::Months(1), 3),
    ("ye1m7d", Term::Months(1), 7),
    ("ye1m30d", Term::Months(1), 30),
    ("ye1y3d", Term::Months(12), 3),
    ("ye1y7d", Term::Months(12), 7),
    ("ye1y30d", Term::Months(12), 30),
    ("yc1w7d", Term::Week, 7),
    ("ye1w7d", Term::Week, 7),
];

/// A package that can be bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Package {
    /// Its identifier.
    pub id: &'static str,
    /// How long one order runs.
    pub term: Term,
    /// How long recordings are kept after the end.
    pub retention_seconds: i64,
}

/// Kept by its identifier.
impl Serialize for Package {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.id)
    }
}

impl<'de> Deserialize<'de> for Package {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let id = String::deserialize(from)?;
        Self::find(&id).ok_or_else(|| de::Error::custom(format!("{id:?} is no package")))
    }
}

impl Package {
    /// The package of an identifier.
    pub fn find(id: &str) -> Option<Self> {
        let (id, term, days) = *PACKAGES.iter().find(|(known, ..)| *known == id)?;
        Some(Self {
            id,
            term,
            retention_seconds: days * 86_400,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{PACKAGES, Package};
    use crate::calendar::Term;

    #[test]
    fn each_name_says_what_the_table_says() {
        for (id, term, days) in PACKAGES {
            let term = match term {
                Term::Week => "1w",
                Term::Months(12) => "1y",
                Term::Months(_) => "1m",
            };
            let kind = if id.starts_with("yc") { "yc" } else { "ye" };
            assert_eq!(id, format!("{kind}{term}{days}d"));
        }
    }

    #[test]
    fn other_names_are_unknown() {
        for id in ["", "xx", "yc1m4d", "YC1M3D", "yc1w3d"] {
            assert_eq!(Package::find(id), None, "{id}");
        }
    }
}
