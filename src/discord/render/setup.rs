//! A server's set-up: the replies to `/setup`, and what the bot posts about webhooks.

mod check;
mod configured;
mod list;
mod notices;
pub(crate) mod places;
mod refusals;
pub(crate) mod seen;
pub(crate) mod settings;
pub(crate) mod webhook_state;

#[cfg(test)]
mod tests;

use serenity::all::CreateEmbed;

use super::text::{cut, escape};
use super::{DESCRIPTION, NEUTRAL};
use crate::discord::bot::needs::{self, HOW_TO_GIVE, Need, in_words};
use crate::discord::bot::watching::Watched;
use crate::discord::rest::RestError;

/// Other webhooks that are named; of more of them it says how many.
const OTHERS: usize = 3;
use crate::config::Backfill;
use crate::count::{count, grouped};
use crate::discord::render::setup::seen::Shape;
use crate::discord::render::setup::webhook_state::NamedWebhook;
use crate::ids::{ChannelId, MessageId, WebhookId};
use crate::ledger::{ThreadCount, Watch};
use crate::order::status_emoji::TEST_EMOJI;

pub(crate) use check::{Checked, General, check};
pub(crate) use list::{NOTHING, list};
pub(crate) use notices::{first_message, lost_webhooks};
pub(crate) use refusals::{
    DEAD_WEBHOOK_URL, ELSEWHERE, FOLLOWING_WEBHOOK, NO_WEBHOOK_URL, TOO_MANY_WEBHOOKS, WhyMissing,
    cannot_make_webhook, cannot_read, configured, no_backfill, no_id, no_text_channel, not_watched,
    webhook_elsewhere, why_missing,
};

/// A watched channel, as the lists show it.
pub(crate) struct Listed {
    pub(crate) channel: ChannelId,
    pub(crate) watched: Watched,
    /// Absent until its history was begun.
    pub(crate) watch: Option<Watch>,
    /// Absent: none of the latest messages is of this channel.
    pub(crate) last_message: Option<MessageId>,
    pub(crate) problems: Vec<String>,
    /// Whether one of them is in the way of reading it.
    pub(crate) is_hindered: bool,
    /// Its threads, or its posts; `None`: it is a thread.
    pub(crate) threads: Option<ThreadCount>,
}

/// What came of `/setup watch`.
pub(crate) struct Watching {
    pub(crate) channel: ChannelId,
    pub(crate) shape: Shape,
    /// The channel that is watched: itself, or for a thread of a watched channel that.
    pub(crate) watch: ChannelId,
    /// The secret address, where the person does not have it yet.
    pub(crate) url: Option<String>,
    pub(crate) outcome: Outcome,
    pub(crate) lacks: Vec<&'static Need>,
    /// Webhooks that are not trusted.
    pub(crate) others: Vec<NamedWebhook>,
}

/// A channel that is watched from now on.
pub(crate) struct Done {
    pub(crate) backfill: Backfill,
    /// Webhooks that are trusted beside the one that was set up.
    pub(crate) others: usize,
    /// Whether the next message is announced.
    pub(crate) announces: bool,
}

/// Who decides about the channel.
pub(crate) enum Outcome {
    /// It was set up in Discord.
    SetUp(Done),
    /// config.toml names it; nothing was changed.
    Configured(Configured),
}

/// What config.toml says of the channel, and what was asked for.
pub(crate) struct Configured {
    pub(crate) watched: Watched,
    /// The webhook that was named, or the bot's own one.
    pub(crate) webhook: Option<WebhookId>,
    pub(crate) asks_backfill: bool,
}

/// The reply to `/setup watch`; for the person alone, since it shows the URL.
pub(crate) fn watching(shown: &Watching) -> CreateEmbed {
    let channel = shown.channel;
    let first = places::beginning(shown.shape, shown.watch, channel);
    let mut parts: Vec<String> = first.into_iter().chain([beginning(shown)]).collect();
    parts.extend(match (&shown.url, &shown.outcome) {
        (Some(url), _) => Some(steps(url, announces(shown))),
        (None, Outcome::SetUp(_)) => Some(
            "If Refract doesn't post there yet: in Refract, open *Settings* → *Webhooks* → *Add \
             Webhook*, paste the same URL and choose the event *Successful Checkout*. If it has \
             posted already, run `/logs retry` to store what I did not trust then."
                .to_owned(),
        ),
        (None, Outcome::Configured(_)) => None,
    });
    if !shown.lacks.is_empty() {
        parts.push(format!("⚠️ I'm missing {}. {HOW_TO_GIVE}", in_words(&shown.lacks)));
    }
    parts.extend(others(shown));
    CreateEmbed::new()
        .title("Watching this channel")
        .colour(NEUTRAL)
        .description(cut(&format!("<#{channel}>: {}", parts.join("\n\n")), DESCRIPTION))
}

fn announces(shown: &Watching) -> bool {
    matches!(&shown.outcome, Outcome::SetUp(done) if done.announces)
}

fn beginning(shown: &Watching) -> String {
    match &shown.outcome {
        Outcome::SetUp(done) => {
            let history = match done.backfill {
                Backfill::None => ", without its history".to_owned(),
                other => format!(" and reading {}", past(other)),
            };
            let trusted = match done.others {
                0 => "Only this webhook is".to_owned(),
                others => format!("This webhook and {} are", count(others, "other", "others")),
            };
            format!("I'm now watching this channel{history}. {trusted} trusted to post orders.")
        }
        Outcome::Configured(configured) => self::configured::beginning(configured),
    }
}

/// What else can post there, and how it is trusted.
fn others(shown: &Watching) -> Option<String> {
    let mut names: Vec<String> = shown.others.iter().take(OTHERS).map(named).collect();
    if shown.others.len() > OTHERS {
        names.push(format!("and {} more", grouped(shown.others.len() - OTHERS)));
    }
    let how = match shown.outcome {
        Outcome::SetUp(_) => "run `/setup watch webhook:` with its URL.",
        Outcome::Configured(_) => "add its id to `webhook_ids` and restart me.",
    };
    (!names.is_empty()).then(|| {
        format!(
            "Other webhooks that can post here, but are not trusted: {}. If Refract already uses one \
             of them, {how}",
            names.join(", ")
        )
    })
}

/// A webhook by its name and its id.
fn named(webhook: &NamedWebhook) -> String {
    let name = webhook.name.as_deref().unwrap_or("unnamed");
    format!("{} ({})", escape(&cut(name, 80)), webhook.id)
}

fn past(backfill: Backfill) -> String {
    match backfill {
        Backfill::All => "its full history".to_owned(),
        Backfill::None => "no history".to_owned(),
        Backfill::Days(1) => "the last day of its history".to_owned(),
        Backfill::Days(days) => format!("the last {} days of its history", grouped(days)),
    }
}

/// Where the URL goes.
fn steps(url: &str, announces: bool) -> String {
    let and_then = if announces { " and confirm here that it works" } else { "" };
    format!(
        "**Now give this URL to Refract.** Keep it secret: whoever has it can post orders. Only you \
         can see it here.\n\
         ```\n{url}\n```\n\
         1. In Refract: *Settings* → *Webhooks* → *Add Webhook*.\n\
         2. Paste the URL, choose the event *Successful Checkout*, and save.\n\
         3. Press *Test Notification*. I'll put {TEST_EMOJI} on its message{and_then}. A test holds no \
         order, so nothing is stored."
    )
}

pub(crate) fn unwatch(channel: ChannelId) -> String {
    format!(
        "Stop watching <#{channel}>? New messages there will be ignored; existing orders stay. If you \
         run `/setup watch` again later, I'll catch up on what I missed."
    )
}

pub(crate) fn unwatched(channel: ChannelId, deleted: Option<&Result<usize, RestError>>) -> String {
    let webhook = match deleted {
        None => " Its webhook still exists, so Refract can go on posting to it.".to_owned(),
        Some(Ok(0)) => " I have no webhook there.".to_owned(),
        Some(Ok(_)) => " I deleted my webhook; remove its URL from Refract.".to_owned(),
        Some(Err(error)) => format!(
            " I could not delete my webhook: {error}. Delete it under Edit Channel → Integrations → \
             Webhooks."
        ),
    };
    format!("I no longer watch <#{channel}>; its orders stay.{webhook}")
}

/// Which permissions are missing, for a line of a list; `None`: none.
fn lacks(held: serenity::all::Permissions) -> Option<String> {
    use needs::Weight::{Needed, Vital, Wished};
    let wrong = [Vital, Needed].map(|weight| needs::missing(held, weight)).concat();
    let wished = needs::missing(held, Wished);
    let wrong =
        (!wrong.is_empty()).then(|| format!("⚠️ I'm missing {}. {HOW_TO_GIVE}", in_words(&wrong)));
    let wished =
        (!wished.is_empty()).then(|| format!("Optional, not granted: {}.", in_words(&wished)));
    let parts: Vec<String> = wrong.into_iter().chain(wished).collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}
