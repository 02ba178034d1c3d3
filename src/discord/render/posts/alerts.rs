//! Notifications: what the bot posts when it notices something.

use chrono::{DateTime, Utc};

use crate::count::{count, grouped};
use crate::discord::render::text::{code, cut, escape, shown_to};
use crate::discord::render::{Audience, time};
use crate::ids::ChannelId;
use crate::ledger::MessageCount;
use crate::order::status_emoji::REJECTED_EMOJI;

/// The answer to a test notification.
pub(crate) const TEST_REPLY: &str = "The connection works: Refract can post to this channel.";

/// Sources that are named.
const SOURCES: usize = 5;

/// Messages that could not be read piled up.
pub(crate) fn unreadable(channel: ChannelId, messages: i64) -> String {
    format!(
        "⚠️ In the last 24 hours, {} could not be stored. See `/logs recent outcome:not stored`; \
         `/logs show` tells you what was missing.",
        looking_like(messages, channel, "an order", "orders")
    )
}

/// Declines that may be orders.
pub(crate) fn doubtful(channel: ChannelId, messages: i64) -> String {
    let one = format!("message in <#{channel}> reads like a failed checkout, but may be an order");
    let many = format!("messages in <#{channel}> read like failed checkouts, but may be orders");
    format!(
        "⚠️ In the last 24 hours, {}. Nothing was stored. Look for {REJECTED_EMOJI} in the channel, or \
         see `/logs recent outcome:declined`.",
        count(messages, &one, &many)
    )
}

/// Look-alikes piled up.
pub(crate) fn untrusted(channel: ChannelId, counts: &[MessageCount]) -> String {
    let messages: i64 = counts.iter().map(|of| of.count).sum();
    let sources: Vec<String> = counts.iter().take(SOURCES).map(source).collect();
    format!(
        "🚫 In the last 24 hours, {} came from senders I don't trust: {}. They made no orders. See \
         `/logs recent outcome:untrusted`.",
        looking_like(messages, channel, "a checkout", "checkouts"),
        sources.join("; ")
    )
}

fn looking_like(messages: i64, channel: ChannelId, one: &str, many: &str) -> String {
    let one = format!("message in <#{channel}> that looks like {one}");
    let many = format!("messages in <#{channel}> that look like {many}");
    count(messages, &one, &many)
}

fn source(of: &MessageCount) -> String {
    let messages = grouped(of.count);
    match of.webhook_id {
        Some(webhook) => format!("{messages} from webhook {}", code(&webhook.to_string())),
        None => {
            format!("{messages} {}", cut(&escape(&shown_to(Audience::Public, &of.reason)), 100))
        }
    }
}

/// Nothing has come for long.
pub(crate) fn silence(channel: ChannelId, last: DateTime<Utc>) -> String {
    format!(
        "⚠️ Nothing has been posted in <#{channel}> since {} ({}), on a weekday that usually has \
         orders. In Refract, open *Settings* → *Webhooks* and press *Test Notification*.",
        time(last, 'f'),
        time(last, 'R')
    )
}
