//! Pure reading: a message goes in, what it says comes out. No I/O, no clock, no panics.
//!
//! [`Message`] is plain data, read leniently; [`read`] decides the kind and the orders;
//! [`redact`] strips what must never be stored. The tables of labels are in `labels`.

pub mod message;
pub mod money;
pub mod reading;
pub mod status;
mod stub;

pub use message::Message;
pub use money::{Currency, Money};
pub use reading::{ItemReading, Kind, OrderReading, Reading};
pub use status::Status;
pub use stub::{Labels, read, redact};
