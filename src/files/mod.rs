//! Files that hold messages: Discord's JSON, payloads, JSON lines, exports, and plain text.
//!
//! ```text
//! message_file   a file, its shape, its messages
//! decode         bytes as text
//! window         the text from a place on, read piece by piece
//! shape          in which form messages stand in it; refusal, table: what holds none
//! json/          values one after the other, in arrays and exports
//! exporter/      DiscordChatExporter's plain text, with its dates
//! pasted         text copied from Discord
//! ```

mod decode;
mod exporter;
mod json;
mod message_file;
mod messages;
mod pasted;
mod refusal;
mod shape;
mod table;
#[cfg(test)]
mod tests;
mod window;

pub use decode::text_of;
pub use exporter::date::{DateOrder, UnknownDateOrder};
pub use exporter::text::Dates;
pub use message_file::MessageFile;
pub use messages::{FileError, Messages};
pub use refusal::Refusal;
pub use window::BytesRead;
