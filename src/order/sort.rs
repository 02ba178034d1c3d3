//! In which order orders are listed.

use std::fmt;

/// What comes first in a list of orders.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The latest checkout.
    #[default]
    Newest,
    /// The first checkout.
    Oldest,
    /// The largest total; currencies are not converted. Orders without a total come last.
    Total,
    /// What was changed last.
    Changed,
}

impl Sort {
    /// All of them, as people are offered them.
    pub const ALL: [Self; 4] = [Self::Newest, Self::Oldest, Self::Total, Self::Changed];

    /// The word that is stored and typed.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Total => "total",
            Self::Changed => "changed",
        }
    }

    /// The words that people choose it by.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Newest => "newest first",
            Self::Oldest => "oldest first",
            Self::Total => "highest total first",
            Self::Changed => "last changed first",
        }
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}
