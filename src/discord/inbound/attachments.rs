//! Text files of messages that may make orders, fetched before these come to the one door: what a file
//! says is read like the message's own text.

use futures::future::join_all;

use crate::discord::bot::Bot;
use crate::reading::Message;
use crate::reading::message::{Attachment, Unread};
use crate::verdict::Incoming;

/// Whether files of the message are to be fetched. Those of untrusted senders never are.
pub(crate) fn are_awaited(incoming: &Incoming) -> bool {
    incoming.trust.is_ok() && incoming.message.attachments.iter().any(Attachment::is_awaited)
}

/// Fetches the files of a message. What cannot be fetched says so in it.
pub(crate) async fn fetch(bot: &Bot, message: &mut Message) {
    let id = message.id;
    let awaited = message.attachments.iter_mut().filter(|file| file.is_awaited());
    join_all(awaited.map(|file| async move {
        if !file.is_small() {
            file.unread = Some(Unread::TooLarge);
            return;
        }
        match bot.files.text(&file.url).await {
            Ok(text) => file.take_in(&text),
            Err(error) => {
                let message_id = id.map(tracing::field::display);
                tracing::warn!(message_id, "could not fetch a text file: {error:#}");
                file.unread = Some(Unread::Failed);
            }
        }
    }))
    .await;
}

/// Fetches the files of the messages of a page. Those that were read as they are need no second reading,
/// and are taken out.
///
/// # Errors
/// When the database cannot be asked.
pub(crate) async fn fetch_all(bot: &Bot, page: &mut Vec<Incoming>) -> anyhow::Result<()> {
    let awaiting = page.iter().filter(|incoming| are_awaited(incoming));
    let copies: Vec<_> =
        awaiting.map(|incoming| (incoming.id, incoming.message.edited_at)).collect();
    if copies.is_empty() {
        return Ok(());
    }
    let settled = bot.ledger.settled(&copies).await?;
    page.retain(|incoming| !are_awaited(incoming) || !settled.contains(&incoming.id));
    let awaiting = page.iter_mut().filter(|incoming| are_awaited(incoming));
    join_all(awaiting.map(|incoming| fetch(bot, &mut incoming.message))).await;
    Ok(())
}
