//! What an order is, for everybody: its status and the emoji that stand for it, money, the carriers of its
//! parcels, spans of time, time zones. Pure: no I/O, no clock.

pub mod carrier;
pub mod day;
pub mod details;
mod item;
pub mod money;
pub mod period;
pub mod sort;
pub mod status;
pub mod status_emoji;
pub mod zones;

pub use details::{Detail, OrderDetails};
pub use item::{OrderItem, listed};
pub use money::{Currency, Money};
pub use sort::Sort;
pub use status::Status;
pub use status_emoji::StatusEmoji;
