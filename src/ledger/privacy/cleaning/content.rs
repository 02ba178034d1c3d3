//! What a row holds, and the same without secrets.

use anyhow::Context;
use serde_json::Value;

use crate::reading::{Labels, columns, redact};
use crate::verdict::Packer;
use crate::verdict::payload::unpack;

/// The texts of one row.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ledger::privacy) enum Content {
    /// A kept message and why it was not stored. `None`: age has dropped it, or it is damaged.
    Message {
        /// As it is kept.
        payload: Option<Vec<u8>>,
        /// What `/logs` says of it.
        reason: String,
    },
    /// By the names of their columns; what belongs to the row is nested.
    Texts(Value),
}

impl Content {
    /// Columns by their names.
    pub(super) fn of_object(json: &str) -> Self {
        Self::Texts(serde_json::from_str(json).unwrap_or_default())
    }

    /// A column of JSON. What is none is taken for a text.
    pub(super) fn of_json(column: &str, text: &str) -> Self {
        let value = serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
        Self::of(column, value)
    }

    /// One column.
    pub(super) fn of(column: &str, value: impl Into<Value>) -> Self {
        Self::Texts(serde_json::json!({ column: value.into() }))
    }

    /// The same without secrets, by the labels that messages are read by; `None` where it holds none. Fails only
    /// where memory does.
    pub(super) fn clean(self, labels: &Labels) -> anyhow::Result<Option<Self>> {
        match self {
            Self::Message { payload, reason } => {
                let packed = payload
                    .as_deref()
                    .map(|payload| without_secrets(payload, labels))
                    .transpose()?
                    .flatten();
                let said = redact::text(&reason);
                if packed.is_none() && said == reason {
                    return Ok(None);
                }
                let said = said.into_owned();
                Ok(Some(Self::Message { payload: packed.or(payload), reason: said }))
            }
            Self::Texts(mut value) => {
                let mut changed = columns::json("", &mut value);
                if let Some(row) = value.pointer_mut("/said/said_row") {
                    changed |= clean_said_row(row);
                }
                Ok(changed.then_some(Self::Texts(value)))
            }
        }
    }
}

/// A kept message packed again; `None` where it holds no secret, or is damaged.
fn without_secrets(payload: &[u8], labels: &Labels) -> anyhow::Result<Option<Vec<u8>>> {
    let Ok(message) = unpack(payload) else { return Ok(None) };
    let clean = crate::reading::redact(message.clone(), labels);
    if clean == message {
        return Ok(None);
    }
    let packed = Packer::new().and_then(|mut packer| packer.pack(clean));
    packed.map(Some).context("pack a clean message")
}

/// Where the texts are in a row of `orders` as `said_row` keeps it; the details have names of their own there.
const COLUMNS: [(usize, &str); 3] = [(3, "store"), (4, "product"), (11, "details")];
/// Where they are in one of its lines.
const OF_LINE: [(usize, &str); 4] = [(0, "product"), (3, "sku"), (4, "size"), (6, "product_url")];

/// Cleans what messages alone make of an order: its columns and its lines, without their names.
fn clean_said_row(row: &mut Value) -> bool {
    let mut changed = row.get_mut(0).is_some_and(|row| clean_places(row, &COLUMNS));
    let lines = row.get_mut(1).and_then(Value::as_array_mut);
    for line in lines.into_iter().flatten() {
        changed |= clean_places(line, &OF_LINE);
    }
    changed
}

fn clean_places(row: &mut Value, places: &[(usize, &str)]) -> bool {
    places.iter().fold(false, |changed, (place, name)| {
        changed | row.get_mut(*place).is_some_and(|text| columns::json(name, text))
    })
}
