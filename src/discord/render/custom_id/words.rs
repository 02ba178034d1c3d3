//! The words of what a card's parts and forms do.

use super::{CardAction, FormKind};

impl CardAction {
    pub(crate) const ALL: [Self; 8] = [
        Self::Status,
        Self::Tracking,
        Self::Note,
        Self::History,
        Self::Undo,
        Self::CountBoth,
        Self::Number,
        Self::Correct,
    ];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Tracking => "tracking",
            Self::Note => "note",
            Self::History => "history",
            Self::Undo => "undo",
            Self::CountBoth => "both",
            Self::Number => "number",
            Self::Correct => "correct",
        }
    }
}

impl FormKind {
    pub(super) const ALL: [Self; 3] = [Self::Tracking, Self::Note, Self::Number];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Tracking => "tracking",
            Self::Note => "note",
            Self::Number => "number",
        }
    }
}
