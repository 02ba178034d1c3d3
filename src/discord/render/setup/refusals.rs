//! Why something about the set-up does not work, and what to do.

use serenity::all::ChannelType;

use super::super::text::{code, cut};
use crate::discord::bot::needs::{HOW_TO_GIVE, Need, in_words};
use crate::ids::{ChannelId, MessageId};

/// Why a message is not in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WhyMissing {
    NotWatched,
    BeforeBeginning,
    NotReadYet,
    NotThere,
    /// Only its id is known.
    Anywhere,
}

pub(crate) fn why_missing(why: WhyMissing, message: MessageId) -> String {
    match why {
        WhyMissing::NotWatched => {
            "I don't watch this channel, so I don't read its messages. Run `/setup watch` there to \
             change that."
                .to_owned()
        }
        WhyMissing::BeforeBeginning => {
            "This message is older than the history I was asked to read. `/setup watch backfill:all` \
             reads all of it (or `backfill` in config.toml)."
                .to_owned()
        }
        WhyMissing::NotReadYet => {
            "I haven't read this message yet. That usually takes seconds; if it takes longer, \
             `/health` says why."
                .to_owned()
        }
        WhyMissing::NotThere => {
            "I don't have this message: it is one of mine, or it was deleted before I could read it."
                .to_owned()
        }
        WhyMissing::Anywhere => format!(
            "I don't have message {message}: it is in a channel I don't watch, or older than the \
             history I read. Its link (Copy Message Link) tells me more than its id."
        ),
    }
}

pub(crate) const NO_WEBHOOK_URL: &str = "That is not a webhook URL. Edit Channel → Integrations → \
    Webhooks → Copy Webhook URL gives you one; it begins with https://discord.com/api/webhooks/. Or \
    leave `webhook` out, and I'll create one.";
pub(crate) const ELSEWHERE: &str =
    "That channel belongs to another server. Run `/setup watch` there.";
pub(crate) const DEAD_WEBHOOK_URL: &str = "Discord doesn't know this webhook: it was deleted, or the \
    URL is incomplete. Copy it again, or leave `webhook` out, and I'll create one.";
pub(crate) const FOLLOWING_WEBHOOK: &str = "That webhook follows another channel, so Refract can't \
    post to it. Leave `webhook` out, and I'll create one.";
pub(crate) const TOO_MANY_WEBHOOKS: &str = "This channel already has as many webhooks as Discord \
    allows. Delete one under Edit Channel → Integrations → Webhooks, or give me the URL of an \
    existing one: `/setup watch webhook:…`";

pub(crate) fn no_backfill(typed: &str) -> String {
    let typed = code(&cut(typed, 20));
    format!("{typed} is not valid here. Use all, none, or a number of days like 30.")
}

pub(crate) fn no_id(typed: &str) -> String {
    format!("{} is not a channel id. `/setup list` shows them.", code(&cut(typed, 30)))
}

pub(crate) fn no_text_channel(kind: ChannelType) -> String {
    let what = match kind {
        ChannelType::Voice | ChannelType::Stage => "a voice channel",
        ChannelType::Category => "a category",
        _ => "not a text channel",
    };
    format!(
        "That is {what}. Refract's webhook can only post to text channels, threads and forums: choose one \
         with `channel`, or create one for the checkouts."
    )
}

pub(crate) fn cannot_read(channel: ChannelId, lacks: &[&Need]) -> String {
    format!(
        "I can't watch <#{channel}> yet: I'm missing {}. {HOW_TO_GIVE} Then run `/setup watch` again.",
        in_words(lacks)
    )
}

pub(crate) fn cannot_make_webhook(channel: ChannelId, is_watched: bool) -> String {
    let as_before = if is_watched { " I keep watching it as before." } else { "" };
    format!(
        "I can't create a webhook in <#{channel}> without Manage Webhooks. {HOW_TO_GIVE} Or create one \
         yourself (Edit Channel → Integrations → Webhooks → New Webhook → Copy Webhook URL) and run \
         `/setup watch webhook:` with its URL.{as_before}"
    )
}

pub(crate) fn webhook_elsewhere(channel: ChannelId, other: ChannelId) -> String {
    format!(
        "That webhook posts to <#{other}>, not to <#{channel}>. Choose that channel with `channel`, or \
         move the webhook under Edit Channel → Integrations → Webhooks."
    )
}

pub(crate) fn not_watched(channel: ChannelId) -> String {
    format!("I don't watch <#{channel}> here. `/setup list` shows the channels I watch.")
}

pub(crate) fn configured(channel: ChannelId) -> String {
    format!(
        "I watch <#{channel}> because config.toml says so. Remove the [[watch]] block with \
         `channel_id = \"{channel}\"` from config.toml and restart me; its orders stay."
    )
}
