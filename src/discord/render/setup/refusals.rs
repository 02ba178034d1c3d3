//! Why something about the set-up cannot be, and what to do.

use serenity::all::ChannelType;

use super::super::text::{code, cut};
use crate::discord::bot::needs::{HOW_TO_GIVE, Need, in_words};
use crate::ids::{ChannelId, MessageId};

/// Why a message is not in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Absent {
    NotWatched,
    BeforeBeginning,
    NotReadYet,
    NotThere,
    /// Only its id is known.
    Anywhere,
}

pub(crate) fn absent(why: Absent, message: MessageId) -> String {
    match why {
        Absent::NotWatched => {
            "This channel is not watched, so its messages are not read. `/setup watch` there \
             changes that."
                .to_owned()
        }
        Absent::BeforeBeginning => {
            "This message is older than what I was told to read of the channel's past. \
             `/setup watch backfill:all` reads all of it (or `backfill` in config.toml)."
                .to_owned()
        }
        Absent::NotReadYet => {
            "This message is not in the log yet. Messages are read within seconds; `/health` says \
             whether something is in the way."
                .to_owned()
        }
        Absent::NotThere => {
            "The channel was read past this message, and it was not there: it is one of mine, or \
             it was deleted before it could be read."
                .to_owned()
        }
        Absent::Anywhere => format!(
            "Message {message} is not in the log: it was posted in a channel that is not watched, \
             or is older than what is read. Its link (Copy Message Link) tells more than its id."
        ),
    }
}

pub(crate) const NO_WEBHOOK_URL: &str = "That is no URL of a webhook. Edit Channel → \
    Integrations → Webhooks → Copy Webhook URL gives one; it begins with \
    https://discord.com/api/webhooks/. Or leave `webhook` out, and I make one.";
pub(crate) const ELSEWHERE: &str = "That channel belongs to another server. Type \
    `/setup watch` there.";
pub(crate) const DEAD_WEBHOOK_URL: &str = "Discord does not know the webhook of that URL: \
    it was deleted, or the URL is not whole. Copy it again, or leave `webhook` out, and I make one.";
pub(crate) const FOLLOWING_WEBHOOK: &str = "That webhook follows another channel; Refract \
    cannot post to it. Leave `webhook` out, and I make one.";
pub(crate) const TOO_MANY_WEBHOOKS: &str = "This channel has as many webhooks as Discord \
    allows. Delete one under Edit Channel → Integrations → Webhooks, or give me the URL of one of \
    them: `/setup watch webhook:…`";

pub(crate) fn no_backfill(typed: &str) -> String {
    format!("{} is no backfill. Type all, none, or a number of days.", code(&cut(typed, 20)))
}

pub(crate) fn no_id(typed: &str) -> String {
    format!("{} is no id of a channel. `/setup list` shows them.", code(&cut(typed, 30)))
}

pub(crate) fn no_text_channel(kind: ChannelType) -> String {
    let what = match kind {
        ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::NewsThread => {
            "a thread"
        }
        ChannelType::Voice | ChannelType::Stage => "a voice channel",
        ChannelType::Forum => "a forum",
        ChannelType::Category => "a category",
        _ => "no text channel",
    };
    format!(
        "That is {what}, and Refract's webhook posts into text channels. Choose one with `channel`, \
         or make one for the checkouts."
    )
}

pub(crate) fn cannot_read(channel: ChannelId, lacks: &[&Need]) -> String {
    format!(
        "I cannot watch <#{channel}> yet: I lack {}. {HOW_TO_GIVE} Then type `/setup watch` again.",
        in_words(lacks)
    )
}

pub(crate) fn cannot_make_webhook(channel: ChannelId, is_watched: bool) -> String {
    let as_before = if is_watched { " It is watched as before." } else { "" };
    format!(
        "I may not make a webhook in <#{channel}>: that takes Manage Webhooks. {HOW_TO_GIVE} Or make \
         one yourself (Edit Channel → Integrations → Webhooks → New Webhook → Copy Webhook URL) and \
         type `/setup watch webhook:` with its URL.{as_before}"
    )
}

pub(crate) fn webhook_elsewhere(channel: ChannelId, other: ChannelId) -> String {
    format!(
        "That webhook posts into <#{other}> and not into <#{channel}>. Choose that channel with \
         `channel`, or move the webhook under Edit Channel → Integrations → Webhooks."
    )
}

pub(crate) fn not_watched(channel: ChannelId) -> String {
    format!("<#{channel}> is not watched here. `/setup list` shows the channels that are.")
}

pub(crate) fn configured(channel: ChannelId) -> String {
    format!(
        "<#{channel}> is watched because config.toml names it. Take its [[watch]] with the line \
         `channel_id = \"{channel}\"` out of config.toml and start me again; its orders stay."
    )
}
