//! How a message may come.

/// How a message came to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Via {
    /// A gateway event.
    Live,
    /// The channel's history.
    Backfill,
    /// A file.
    Import,
    /// A person asked to read it again.
    Retry,
}

impl Via {
    const ALL: [Self; 4] = [Self::Live, Self::Backfill, Self::Import, Self::Retry];

    /// The word that is stored and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Backfill => "backfill",
            Self::Import => "import",
            Self::Retry => "retry",
        }
    }

    /// The way behind a stored word; `None` where a newer version wrote another.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|via| via.as_str() == word)
    }
}
