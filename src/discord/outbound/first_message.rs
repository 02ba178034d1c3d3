//! The first message after a channel was set up: it is announced there, once.

use std::sync::Arc;
use std::time::Duration;

use futures::{StreamExt as _, stream};
use tokio::sync::mpsc;

use super::channel_posts;
use crate::discord::bot::Bot;
use crate::discord::bot::mailboxes::First;
use crate::discord::bot::watching::Watched;
use crate::discord::render;
use crate::ids::{GuildId, MessageId};
use crate::ledger::{Delivery, DeliveryDetail, NoticeKind};
use crate::verdict::Outcome;

/// Messages that are waited for at the same time.
const AT_ONCE: usize = 16;
/// Between two checks whether the message is on disk, and how many there are.
const PAUSE: Duration = Duration::from_millis(200);
const LOOKS: u32 = 300;

/// Announces them, a few at once: one that does not come to the disk holds up no other server's.
pub(crate) async fn run(bot: Arc<Bot>, first: mpsc::Receiver<First>) {
    let messages = stream::unfold(first, async |mut first| Some((first.recv().await?, first)));
    messages.for_each_concurrent(AT_ONCE, |first| announce_awaited(&bot, first)).await;
}

async fn announce_awaited(bot: &Bot, first: First) {
    let channel = first.channel;
    let is_awaited = |watched: Watched| watched.awaited.is_some();
    if !bot.watching.get(channel).is_some_and(is_awaited) {
        return;
    }
    if let Err(error) = announce(bot, first).await {
        tracing::warn!(%channel, "could not announce the first message: {error:#}");
    }
}

/// Waits until the message is on disk, and announces it. Noted before it is posted: a crash in between
/// costs the announcement, and never posts it twice.
async fn announce(bot: &Bot, first: First) -> anyhow::Result<()> {
    let First { guild, channel, place, message } = first;
    let Some(delivery) = stored(bot, guild, message).await? else { return Ok(()) };
    if delivery.outcome == Outcome::Test {
        let posted = message.made_at().unwrap_or_default();
        bot.ledger
            .note_notice(channel, NoticeKind::Test, posted.max(bot.rest.clock().now()))
            .await?;
    }
    if bot.ledger.first_message_came(channel).await? {
        bot.watching.first_message_came(channel);
        tracing::info!(%channel, "the first message arrived: {}", delivery.outcome.word());
        let text = render::setup::first_message(&delivery);
        channel_posts::post_notice(bot, place, &text).await;
    }
    Ok(())
}

/// The message's record, as soon as there is one.
async fn stored(bot: &Bot, guild: GuildId, message: MessageId) -> anyhow::Result<Option<Delivery>> {
    for _ in 0..LOOKS {
        if let Some(DeliveryDetail { delivery, .. }) = bot.ledger.delivery(guild, message).await? {
            return Ok(Some(delivery));
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(None)
}
