//! Files of a command's options: fetched at once, and only from where Discord keeps them. Their addresses are
//! neither kept nor logged.

use std::sync::Arc;

use serenity::all::Attachment;

use crate::discord::bot::Bot;
use crate::discord::bot::state::unread_sheets::UnreadFile;
use crate::discord::interactions::error::Error;
use crate::discord::render::books::ask;
use crate::discord::rest::files::MAX_SHEET_BYTES;

/// The bytes of the files, in their order.
pub(crate) async fn fetch(bot: &Bot, files: &[Attachment]) -> Result<Vec<UnreadFile>, Error> {
    let mut fetched = Vec::new();
    for file in files {
        if file.size as usize > MAX_SHEET_BYTES {
            return Err(Error::User(ask::too_large(&file.filename)));
        }
        let bytes = bot.files.sheet(&file.url).await.map_err(|error| {
            tracing::warn!("could not fetch a sheet: {error:#}");
            Error::User(ask::not_fetched(&file.filename))
        })?;
        fetched.push(unread(file.filename.clone(), bytes));
    }
    Ok(fetched)
}

/// A file that nobody was asked about yet.
pub(crate) fn unread(name: String, bytes: Vec<u8>) -> UnreadFile {
    UnreadFile { name, bytes: Arc::from(bytes), map: Vec::new(), asked: None }
}
