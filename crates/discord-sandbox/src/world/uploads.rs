//! Files that people choose for options of commands: uploaded first, and given out by an address of their own.

use serde_json::{Value, json};

use crate::model::File;
use crate::world::state::World;

impl World {
    /// Takes a file in, and gives its id.
    pub(crate) fn upload(&mut self, file: File) -> i64 {
        let id = self.snowflakes.next();
        self.uploads.insert(id, file);
        id
    }

    /// An uploaded file, as the bot is told of it.
    pub(crate) fn upload_json(&self, id: i64) -> Option<Value> {
        let file = self.uploads.get(&id)?;
        let (address, bot, key, name) = (&self.address, self.bot, &self.file_key, &file.name);
        let url = format!("http://{address}/ephemeral-attachments/{bot}/{id}/{name}?hm={key}");
        Some(json!({"id": id.to_string(), "filename": name, "size": file.bytes.len(), "url": url,
            "proxy_url": url, "content_type": file.content_type(), "ephemeral": true}))
    }
}
