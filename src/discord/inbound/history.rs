//! Pages of a channel's history: each message is read leniently, so that one odd message does not
//! cost its page, and with the reactions on it.

use anyhow::Context as _;
use futures::{Stream, stream};
use serenity::all::{Permissions, Route};

use crate::discord::bot::Bot;
use crate::discord::bot::needs::how_to_leave;
use crate::discord::bot::permissions::permissions_of_bot;
use crate::discord::rest::RestError;
use crate::discord::rest::seen_message::{PAGE, Seen, seen};
use crate::ids::{ChannelId, MessageId};

/// Without these Discord answers an empty list or a refusal.
const NEEDED: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::READ_MESSAGE_HISTORY);
const NO_PERMISSION: &str = "the bot may not read the history here: give it View Channel and Read \
    Message History in this channel, and it will catch up";

/// A part of a channel, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) messages: Vec<Seen>,
    /// Whether there may be more beyond it.
    pub(crate) is_full: bool,
}

impl Page {
    /// The newest message.
    pub(crate) fn last(&self) -> Option<MessageId> {
        self.messages.last().map(|seen| seen.id)
    }

    /// The oldest message.
    pub(crate) fn first(&self) -> Option<MessageId> {
        self.messages.first().map(|seen| seen.id)
    }

    /// Whether Discord hides the content: then every webhook's message is blank. One blank message
    /// among others is not enough, people can hide embeds. Gives the first that is hidden.
    pub(crate) fn hidden_from(&self) -> Option<MessageId> {
        let webhooks = || self.messages.iter().filter(|seen| seen.message.is_of_webhook());
        let blank = |seen: &&Seen| seen.message.is_blank();
        let all_blank = webhooks().all(|seen| seen.message.is_blank());
        webhooks().find(blank).filter(|_| all_blank).map(|seen| seen.id)
    }
}

/// The pages after a message, each fetched when the one before is there, up to the newest or the
/// first that is hidden.
pub(crate) fn pages_after(
    bot: &Bot,
    channel: ChannelId,
    id: MessageId,
) -> impl Stream<Item = anyhow::Result<Page>> {
    stream::try_unfold(Some(id), move |id| async move {
        let Some(id) = id else { return Ok(None) };
        let page = after(bot, channel, id).await?;
        let goes_on = page.is_full && page.hidden_from().is_none();
        let next = page.last().filter(|_| goes_on);
        Ok(page.last().map(|_| (page, next)))
    })
}

/// The messages after one.
async fn after(bot: &Bot, channel: ChannelId, id: MessageId) -> anyhow::Result<Page> {
    let mut page = fetch(bot, channel, Some(("after", id))).await?;
    page.messages.retain(|seen| seen.id > id);
    Ok(page)
}

/// The messages before one; with [`MessageId::NEWEST`] the newest, which are asked for by no id: not every
/// server takes one that nothing has.
pub(crate) async fn before(bot: &Bot, channel: ChannelId, id: MessageId) -> anyhow::Result<Page> {
    let direction = (id != MessageId::NEWEST).then_some(("before", id));
    let mut page = fetch(bot, channel, direction).await?;
    page.messages.retain(|seen| seen.id < id);
    Ok(page)
}

async fn fetch(
    bot: &Bot,
    channel: ChannelId,
    direction: Option<(&'static str, MessageId)>,
) -> anyhow::Result<Page> {
    let route = Route::ChannelMessages { channel_id: channel.into() };
    let direction = direction.map(|(direction, id)| (direction, id.to_string()));
    let params = direction.into_iter().chain([("limit", PAGE.to_string())]).collect();
    let page =
        bot.rest.get_raw(route, params).await.map_err(|error| Unreadable::of(channel, &error))?;
    let entries = page.as_array().context("Discord sent something else than a list of messages")?;
    // Without the permission Discord answers an empty list, as if there were nothing new.
    let allowed = entries.is_empty().then(|| permissions_of_bot(bot, channel)).flatten();
    if allowed.is_some_and(|allowed| !allowed.contains(NEEDED)) {
        return Err(Unreadable::forbidden().into());
    }
    let mut messages: Vec<Seen> = entries.iter().filter_map(seen).collect();
    anyhow::ensure!(
        entries.is_empty() || !messages.is_empty(),
        "Discord sent a page of messages without any message"
    );
    messages.sort_by_key(|seen| seen.id);
    Ok(Page { messages, is_full: entries.len() >= PAGE })
}

/// A history that cannot be read, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{said}")]
pub(crate) struct Unreadable {
    pub(crate) why: Why,
    said: String,
}

/// Why a history cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// The bot may not.
    Forbidden,
    /// The channel or thread is there no more.
    Gone,
    /// It may be readable soon.
    Other,
}

impl Unreadable {
    fn forbidden() -> Self {
        Self { why: Why::Forbidden, said: NO_PERMISSION.to_owned() }
    }

    fn of(channel: ChannelId, error: &RestError) -> Self {
        match error {
            RestError::Forbidden(_) => Self::forbidden(),
            RestError::NotFound(_) => Self {
                why: Why::Gone,
                said: format!(
                    "Discord no longer knows this channel: if it was deleted, {}",
                    how_to_leave(channel)
                ),
            },
            error => {
                let said = format!("the history cannot be read; trying again: {error}");
                Self { why: Why::Other, said }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn page(entries: &Value) -> Page {
        let messages = entries.as_array().expect("a list").iter().filter_map(seen).collect();
        Page { messages, is_full: false }
    }

    #[test]
    fn reactions_are_counted_without_the_bots_own_and_over_all_spellings() {
        let page = page(&json!([{"id": "5", "reactions": [
            {"count": 2, "me": true, "emoji": {"id": null, "name": "📦"}},
            {"count": 1, "me": false, "emoji": {"id": null, "name": "📦\u{FE0F}"}},
            {"count": 3, "emoji": {"id": "77", "name": "parcel"}},
            {"odd": true}]}]));
        let reactions = &page.messages[0].reactions;
        assert_eq!((reactions["📦"].others, reactions["📦"].own), (2, true));
        assert_eq!(reactions["📦"].spellings, ["📦", "📦\u{FE0F}"]);
        assert_eq!(reactions["77"].spellings, ["parcel:77"]);
        assert_eq!(reactions.len(), 2);
    }

    #[test]
    fn content_is_hidden_only_where_every_webhooks_message_is_blank() {
        let blank = |id: &str| json!({"id": id, "webhook_id": "9"});
        let full = json!({"id": "3", "webhook_id": "9", "content": "hello"});
        let chat = json!({"id": "1", "content": "", "author": {"id": "4"}});
        let answer = |id: &str, content: &str| {
            json!({"id": id, "webhook_id": "7", "type": 20, "content": content,
                "interaction_metadata": {"id": "8"}})
        };
        assert_eq!(page(&json!([chat, blank("2"), blank("4")])).hidden_from(), Some(MessageId(2)));
        assert_eq!(page(&json!([blank("2"), full])).hidden_from(), None);
        assert_eq!(page(&json!([chat])).hidden_from(), None);
        // Replies to commands prove nothing: a bot thinks, or shows its own words.
        assert_eq!(page(&json!([answer("2", "")])).hidden_from(), None);
        let own = json!([blank("2"), answer("3", "hello")]);
        assert_eq!(page(&own).hidden_from(), Some(MessageId(2)));
    }
}
