//! The words of the tables, read back. One that is unknown fails, with the column and the word: as a default
//! it would be counted, shown and written on as if somebody had said so.

use crate::order::{Currency, Status};
use crate::verdict::{Outcome, Via};

/// Somebody else wrote this word there, or a newer version did.
#[derive(Debug, thiserror::Error)]
#[error("the column {column} holds \"{word}\", which this version of refract-ledger does not know")]
struct UnknownWord {
    column: &'static str,
    word: String,
}

/// What a column's word stands for, if it is known.
pub(crate) fn known<T>(column: &'static str, word: &str, value: Option<T>) -> sqlx::Result<T> {
    value.ok_or_else(|| sqlx::Error::Decode(UnknownWord { column, word: word.to_owned() }.into()))
}

pub(crate) fn status(column: &'static str, word: &str) -> sqlx::Result<Status> {
    known(column, word, word.parse().ok())
}

pub(crate) fn outcome(column: &'static str, word: &str) -> sqlx::Result<Outcome> {
    known(column, word, Outcome::from_word(word))
}

pub(crate) fn via(column: &'static str, word: &str) -> sqlx::Result<Via> {
    known(column, word, Via::from_word(word))
}

/// A currency by its code; `None` where none was stated.
pub(crate) fn currency(column: &'static str, code: Option<&str>) -> sqlx::Result<Option<Currency>> {
    code.map(|code| known(column, code, Currency::from_code(code))).transpose()
}
