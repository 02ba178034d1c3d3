//! Pure reading: a message goes in, what it says comes out. No I/O, no clock, no panics.
//!
//! [`Message`] is plain data, read leniently; [`read()`] decides the kind and the orders;
//! [`redact()`] strips what must never be stored. The tables of labels are in `label_table`.
//!
//! The way of a message: `section` splits it into what may be one checkout (an embed, a part of a
//! text), `lines` finds labels in running text, `labels` says what they mean, `kind` judges what the
//! section is, `draft` and `order` collect what it says.

pub mod addresses;
mod amount;
mod currency_sign;
mod draft;
mod field;
mod heading;
mod items;
mod json;
mod kind;
mod label_table;
mod labels;
mod lenient;
mod lines;
mod links;
pub mod message;
mod order;
mod order_lines;
pub mod order_number;
mod phrases;
mod raw_message;
mod read;
pub mod reading;
pub mod redact;
mod section;
mod slot;
pub mod split;
mod strip;
mod text;
mod values;
mod word_map;

pub(crate) use text::is_invisible;

pub use json::value_from_slice;
pub use labels::{LabelError, Labels};
pub use message::Message;
pub use read::read;
pub use reading::{ItemReading, Kind, OrderReading, Reading};
pub use redact::redact;
