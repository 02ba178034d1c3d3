//! What may become of a message.

/// What became of a message, the most telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It announced a new order.
    Stored,
    /// It changed a known order.
    Updated,
    /// It named a known order and said nothing new.
    Unchanged,
    /// A checkout or update that could not be applied; the reason says why.
    Rejected,
    /// A failed attempt.
    Declined,
    /// A test notification.
    Test,
    /// Nothing of ours: chat, notices, empty messages.
    Ignored,
    /// It looks like a checkout, but not from a trusted webhook.
    Untrusted,
}

impl Outcome {
    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Rejected => "rejected",
            Self::Declined => "declined",
            Self::Test => "test",
            Self::Ignored => "ignored",
            Self::Untrusted => "untrusted",
        }
    }

    /// The word that people read and choose.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unchanged => "nothing new",
            Self::Rejected => "not stored",
            other => other.as_str(),
        }
    }

    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Stored,
        Self::Updated,
        Self::Unchanged,
        Self::Rejected,
        Self::Declined,
        Self::Test,
        Self::Ignored,
        Self::Untrusted,
    ];

    /// The outcome behind a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_is_known_by_its_stored_word() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_word(outcome.as_str()), Some(outcome));
        }
        assert_eq!(Outcome::from_word("nothing new"), None, "what people read is not stored");
        assert_eq!(Outcome::Unchanged.word(), "nothing new");
        assert_eq!(Outcome::Rejected.word(), "not stored");
        assert_eq!(Outcome::Stored.word(), "stored");
    }
}
