//! What people said of what messages say. Pure.

use std::collections::HashMap;

use super::Statement;
use crate::ids::MessageId;

/// What a person said of one part of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Correction {
    /// Its products count apart from those that they may be.
    Apart,
    /// Its order number.
    Number(String),
}

impl Correction {
    /// The word that is stored.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Apart => "apart",
            Self::Number(_) => "number",
        }
    }

    /// What is stored beside the word.
    pub(crate) fn value(&self) -> &str {
        match self {
            Self::Apart => "",
            Self::Number(number) => number,
        }
    }

    /// The correction behind stored words; `None` where a newer version wrote another.
    pub(crate) fn stored(kind: &str, value: String) -> Option<Self> {
        match kind {
            "apart" => Some(Self::Apart),
            "number" => Some(Self::Number(value)),
            _ => None,
        }
    }
}

/// The corrections that hold, by message and position.
#[derive(Debug, Clone, Default)]
pub(crate) struct Corrections(HashMap<(MessageId, i64), Vec<Correction>>);

impl Corrections {
    pub(crate) fn add(&mut self, part: (MessageId, i64), correction: Correction) {
        self.0.entry(part).or_default().push(correction);
    }

    /// The statement as a person corrected it.
    pub(crate) fn apply(&self, statement: &mut Statement) {
        let part = (statement.message.id, statement.position);
        for correction in self.0.get(&part).into_iter().flatten() {
            match correction {
                Correction::Apart => statement.counts_apart = true,
                Correction::Number(number) => {
                    statement.reading.order_number = Some(number.clone());
                }
            }
        }
    }
}
