//! Pure reading: a message goes in, what it says comes out. No I/O, no clock, no panics.
//!
//! [`Message`] is plain data, read leniently; [`read()`] decides the kind and the orders;
//! [`redact()`] strips what must never be stored.
//!
//! ```text
//! message/    Discord's JSON as plain data
//! text/       markdown off: what a person sees
//! values/     amounts, currencies, order numbers, quantities
//! labels/     which words name which piece of an order; the tables of words
//! privacy/    what must never be kept
//! sections/   a message taken apart: each section may be one checkout, and has a kind
//! orders/     a section's labels gathered into orders
//! edited/     what a message announced, and what its edits say of that since
//! ```

mod attached;
mod edited;
mod labels;
pub mod message;
mod orders;
mod privacy;
mod read;
mod result;
mod sections;
mod single;
#[cfg(test)]
mod tests;
mod text;
mod values;

pub(crate) use text::digits::plain_digits;
pub(crate) use text::{is_blank, is_invisible, is_nothing};
#[cfg(test)]
pub(crate) use values::amount::Amount as MessageAmount;
pub(crate) use values::currency_sign;
pub(crate) use values::scalar::email;
pub(crate) use values::tracking_number;

pub(crate) use edited::earlier;
pub(crate) use labels::of_order_numbers;
pub use labels::{LabelError, Labels};
pub use message::Message;
pub use message::json::value_from_slice;
pub use privacy::redact_message::redact;
pub use privacy::{addresses, columns, pattern, redact};
pub use read::{read, read_redacted};
pub use result::Doubt;
pub use result::{ItemReading, Kind, OrderReading, Reading};
pub(crate) use sections::heading::stated_status::{is_no_status_yet, status_of_words};
pub use sections::split::split_text;
pub use values::order_number;
pub use values::tracking_number::NoTracking;
