//! Text files that came with a message, read like its own text.

use serde::{Deserialize, Serialize};

use super::Message;
use super::limits::string;
use super::raw_message::RawAttachment;

/// Longer files are not fetched.
pub const MAX_ATTACHMENT_BYTES: usize = 1024 * 1024;

/// A `.txt` or `.json` file. Pictures and all other files are none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attachment {
    /// As its sender named it.
    pub name: String,
    /// Where Discord keeps it; never stored.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// Its size.
    pub bytes: u64,
    /// What it says, as messages: of a text one for each order, of JSON one for each message or object in it.
    /// `None` until it was fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub messages: Option<Vec<Message>>,
    /// Why it is not read although its sender is trusted. `None`: it is read, or nobody tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<Unread>,
}

/// Why a file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unread {
    /// It could not be fetched; it may be later.
    Failed,
    /// It is larger than [`MAX_ATTACHMENT_BYTES`].
    TooLarge,
}

impl Attachment {
    /// A file of a message, if it is a text by its name or its type.
    pub fn of(name: String, url: String, bytes: u64, content_type: &str) -> Option<Self> {
        let ends_with = |ending: &str| {
            let from = name.len().saturating_sub(ending.len());
            name.get(from..).is_some_and(|end| end.eq_ignore_ascii_case(ending))
        };
        let is_text = [".txt", ".json"].into_iter().any(ends_with)
            || ["text/plain", "application/json"].iter().any(|kind| content_type.starts_with(kind));
        is_text.then_some(Self { name, url, bytes, messages: None, unread: None })
    }

    /// Whether it still has to be fetched.
    pub fn is_awaited(&self) -> bool {
        self.messages.is_none() && self.url.starts_with("http")
    }

    /// Whether it is small enough to be read.
    pub fn is_small(&self) -> bool {
        usize::try_from(self.bytes).is_ok_and(|bytes| bytes <= MAX_ATTACHMENT_BYTES)
    }
}

/// The attachment, if it is a text.
pub(super) fn of_raw(raw: RawAttachment<'_>) -> Option<Attachment> {
    let names = [raw.filename, raw.exported_name, raw.name].map(string);
    let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    let bytes = raw.size.number().or(raw.exported_size.number()).unwrap_or(0);
    Attachment::of(name, string(raw.url), bytes, raw.content_type.text())
}
