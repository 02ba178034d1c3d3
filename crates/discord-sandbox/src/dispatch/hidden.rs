//! What the `MESSAGE_CONTENT` intent shows, and its lack hides.

use serde_json::{Value, json};

/// What a bot without `MESSAGE_CONTENT` sees of a message.
pub(crate) fn hide_content(message: &mut Value) {
    if let Some(object) = message.as_object_mut() {
        object.insert("content".to_owned(), json!(""));
        for name in ["embeds", "attachments", "components"] {
            object.insert(name.to_owned(), json!([]));
        }
        object.remove("poll");
        object.remove("message_snapshots");
    }
}
