//! A page of the history on its way to the disk.

use anyhow::Context as _;
use chrono::TimeDelta;

use super::reconcile;
use crate::discord::bot::Bot;
use crate::discord::bot::mailboxes::Comparison;
use crate::discord::inbound::history::Page;
use crate::discord::inbound::{attachments, messages};
use crate::discord::rest::seen_message::Seen;
use crate::ids::{ChannelId, MessageId};
use crate::verdict::Via;

/// A message that is found in the history and was posted before the connection was begun, or this long
/// ago, was missed; the event of a newer one may be on its way.
const MISSED_AFTER: TimeDelta = TimeDelta::seconds(10);

/// What a page brought.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    pub(crate) messages: u64,
    /// That were not known, and too old to be on their way.
    pub(crate) missed: u64,
    /// Missed messages, edits and reactions that no event had brought.
    pub(crate) changes: u64,
    /// Marks that people had set by reacting.
    pub(crate) marks: u64,
    /// Reactions of as many people as expected.
    pub(crate) expected: Vec<Comparison>,
    /// Why not all reactions could be compared.
    pub(crate) doubt: Option<String>,
}

/// How marks are logged that a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marks {
    /// Each in a line of its own: somebody set it while the bot was away.
    EachLogged,
    /// As a sum: the history is read for the first time.
    Counted,
}

/// Puts on disk what is not there yet. What came live since the cursor moved last needs no second
/// reading.
pub(crate) async fn take_new(
    bot: &Bot,
    channel: ChannelId,
    mut page: Page,
    marks: Marks,
) -> anyhow::Result<Taken> {
    let copies: Vec<_> =
        page.messages.iter().map(|seen| (seen.id, seen.message.edited_at)).collect();
    let settled = bot.ledger.settled(&copies).await?;
    for seen in page.messages.iter_mut().filter(|seen| settled.contains(&seen.id)) {
        seen.is_settled = true;
    }
    take_in(bot, channel, page, marks).await
}

/// Puts a page on disk, with the reactions on its messages.
pub(crate) async fn take_in(
    bot: &Bot,
    channel: ChannelId,
    page: Page,
    marks: Marks,
) -> anyhow::Result<Taken> {
    let incoming = page.messages.iter().filter(|seen| !seen.is_settled).filter_map(|seen| {
        let mut message = seen.message.clone();
        message.channel_id = Some(channel);
        messages::incoming(bot, message, Via::Backfill)
    });
    let shows = |seen: &Seen| seen.message.is_of_webhook() && !seen.message.is_blank();
    if page.messages.iter().any(shows) && bot.log_once.content(false) {
        bot.backfill.reconcile(channel);
    }
    let mut incoming = incoming.collect();
    attachments::fetch_all(bot, &mut incoming).await?;
    let receipts = bot.ingest.submit_all(incoming).await;
    let receipts = receipts.context("store a page of the history")?;
    let late = bot.rest.clock().now() - MISSED_AFTER;
    let on_its_way = MessageId::at(bot.connecting_at().max(late));
    let new = receipts.iter().filter(|receipt| !receipt.known);
    let missed = new.filter(|receipt| receipt.message_id < on_its_way).count() as u64;
    let compared = reconcile::reactions(bot, channel, &page, marks).await?;
    let reconcile::Compared { differing, marks, expected, doubt } = compared;
    let (messages, changes) = (page.messages.len() as u64, missed + differing);
    Ok(Taken { messages, missed, changes, marks, expected, doubt })
}
