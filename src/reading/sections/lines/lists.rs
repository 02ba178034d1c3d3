//! Which lines go on with a list of products.

use crate::reading::labels::Label;
use crate::reading::labels::field::Field;
use crate::reading::values::item_line::{self, ordinal};

/// What may follow a value as a part of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lists {
    Nothing,
    /// Any line, below one such as `2x Example`.
    Any,
    /// A line with a price, below one with a price.
    Counted,
    /// A line with a number, below one such as `1. Example`.
    Numbered,
}

impl Lists {
    /// What a label's value begins.
    pub(super) fn begun_by(label: Label, value: &str) -> Self {
        if label.field != Field::Product {
            return Self::Nothing;
        }
        match item_line::line(value) {
            Some(item) if item.quantity.is_some() => Self::Any,
            Some(item) if item.price.is_some() => Self::Counted,
            Some(_) if ordinal::cut(value).is_some_and(|(number, _)| number == 1) => Self::Numbered,
            _ => Self::Nothing,
        }
    }

    /// Whether a line that is no label is the next of the list.
    pub(super) fn goes_on(self, line: &str) -> bool {
        match self {
            Self::Nothing | Self::Any => false,
            Self::Counted => item_line::counts(line),
            Self::Numbered => ordinal::cut(line).is_some(),
        }
    }
}
