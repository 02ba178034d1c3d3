//! What `DiscordChatExporter` writes with `--format PlainText`, and how its dates are to be read.

pub(super) mod date;
pub(super) mod doubt;
pub(super) mod text;
