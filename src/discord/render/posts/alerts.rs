//! What the bot says of its own accord.

use chrono::{DateTime, Utc};

use crate::discord::render::text::{code, cut, escape};
use crate::discord::render::time;
use crate::ids::ChannelId;
use crate::ledger::Pile;
use crate::order::status_emoji::REJECTED_EMOJI;

/// The answer to a test notification.
pub(crate) const TEST_REPLY: &str = "Connection works: Refract reaches this channel.";

/// Sources that are named.
const SOURCES: usize = 5;

/// Messages that could not be read piled up.
pub(crate) fn unreadable(channel: ChannelId, count: i64) -> String {
    format!(
        "⚠️ {count} messages in <#{channel}> looked like orders within a day, and could not be \
         stored. `/logs recent outcome:rejected` shows them, and `/logs show` says what was missing."
    )
}

/// Declines that may be orders.
pub(crate) fn doubtful(channel: ChannelId, count: i64) -> String {
    let messages = if count == 1 { "1 message" } else { &format!("{count} messages") };
    format!(
        "⚠️ {messages} in <#{channel}> read like a failed attempt, and may be orders all the same. No \
         order was made. Look for {REJECTED_EMOJI} there, or at `/logs recent outcome:declined`."
    )
}

/// Look-alikes piled up.
pub(crate) fn untrusted(channel: ChannelId, piles: &[Pile]) -> String {
    let count: i64 = piles.iter().map(|pile| pile.count).sum();
    let sources: Vec<String> = piles.iter().take(SOURCES).map(source).collect();
    format!(
        "🚫 {count} messages in <#{channel}> looked like checkouts within a day, but came from \
         sources that are not trusted: {}. No order was made of them. `/logs recent \
         outcome:untrusted` shows them.",
        sources.join("; ")
    )
}

fn source(pile: &Pile) -> String {
    let count = pile.count;
    match pile.webhook_id {
        Some(webhook) => format!("{count} from webhook {}", code(&webhook.to_string())),
        None => format!("{count} {}", cut(&escape(&pile.reason), 100)),
    }
}

/// Nothing has come for long.
pub(crate) fn silence(channel: ChannelId, last: DateTime<Utc>) -> String {
    format!(
        "⚠️ Nothing has come in <#{channel}> since {} ({}), on a weekday that usually has orders. \
         In Refract look at *Settings* → *Webhooks*, and press *Test Notification*.",
        time(last, 'f'),
        time(last, 'R')
    )
}
