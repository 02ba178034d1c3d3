//! What is said about a server's set-up: `/setup`, and what the bot says of its own accord.

mod check;
mod configured;
mod list;
mod notices;
mod refusals;
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
use crate::discord::render::setup::webhook_state::NamedWebhook;
use crate::ids::{ChannelId, MessageId, WebhookId};
use crate::ledger::Watch;
use crate::order::status_emoji::TEST_EMOJI;

pub(crate) use check::{Checked, General, check};
pub(crate) use list::list;
pub(crate) use notices::{first_message, lost_webhooks};
pub(crate) use refusals::{
    Absent, DEAD_WEBHOOK_URL, ELSEWHERE, FOLLOWING_WEBHOOK, NO_WEBHOOK_URL, TOO_MANY_WEBHOOKS,
    absent, cannot_make_webhook, cannot_read, configured, no_backfill, no_id, no_text_channel,
    not_watched, webhook_elsewhere,
};

/// A watched channel, as the lists show it.
pub(crate) struct Listed {
    pub(crate) channel: ChannelId,
    pub(crate) watched: Watched,
    /// Absent until its history was begun.
    pub(crate) watch: Option<Watch>,
    /// Absent: none of the latest messages is of this channel.
    pub(crate) last_message: Option<MessageId>,
    pub(crate) troubles: Vec<String>,
}

/// What came of `/setup watch`.
pub(crate) struct Watching {
    pub(crate) channel: ChannelId,
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
pub(crate) fn watching(told: &Watching) -> CreateEmbed {
    let channel = told.channel;
    let mut parts = vec![beginning(told)];
    parts.extend(match (&told.url, &told.outcome) {
        (Some(url), _) => Some(steps(url, announces(told))),
        (None, Outcome::SetUp(_)) => Some(
            "If Refract does not post there yet: *Settings* → *Webhooks* → *Add Webhook*, the same \
             URL, event *Successful Checkout*. What it posted before that was not trusted is read \
             again with `/logs retry`."
                .to_owned(),
        ),
        (None, Outcome::Configured(_)) => None,
    });
    if !told.lacks.is_empty() {
        parts.push(format!("⚠️ I lack {}. {HOW_TO_GIVE}", in_words(&told.lacks)));
    }
    parts.extend(others(told));
    CreateEmbed::new()
        .title("This channel is watched")
        .colour(NEUTRAL)
        .description(cut(&format!("<#{channel}>: {}", parts.join("\n\n")), DESCRIPTION))
}

fn announces(told: &Watching) -> bool {
    matches!(&told.outcome, Outcome::SetUp(done) if done.announces)
}

fn beginning(told: &Watching) -> String {
    match &told.outcome {
        Outcome::SetUp(done) => {
            let others = match done.others {
                0 => String::new(),
                1 => " One more webhook is trusted, as before.".to_owned(),
                count => format!(" {count} more webhooks are trusted, as before."),
            };
            format!(
                "I read it from now on, and {} of its past. Only what this webhook posts makes \
                 orders.{others}",
                past(done.backfill)
            )
        }
        Outcome::Configured(configured) => self::configured::beginning(configured),
    }
}

/// What else can post there, and how it is trusted.
fn others(told: &Watching) -> Option<String> {
    let mut names: Vec<String> = told.others.iter().take(OTHERS).map(named).collect();
    if told.others.len() > OTHERS {
        names.push(format!("and {} more", told.others.len() - OTHERS));
    }
    let how = match told.outcome {
        Outcome::SetUp(_) => "give me its URL: `/setup watch webhook:…`",
        Outcome::Configured(_) => "put its id into `webhook_ids` and start me again.",
    };
    (!names.is_empty()).then(|| {
        format!(
            "Not trusted, though they can post here: {}. If Refract posts with one of them already, \
             {how}",
            names.join(", ")
        )
    })
}

/// A webhook by its name and its id.
fn named(webhook: &NamedWebhook) -> String {
    let name = webhook.name.as_deref().unwrap_or("without a name");
    format!("{} ({})", escape(&cut(name, 80)), webhook.id)
}

fn past(backfill: Backfill) -> String {
    match backfill {
        Backfill::All => "all".to_owned(),
        Backfill::None => "none".to_owned(),
        Backfill::Days(1) => "the last day".to_owned(),
        Backfill::Days(days) => format!("the last {days} days"),
    }
}

/// Where the URL goes.
fn steps(url: &str, announces: bool) -> String {
    let and_then = if announces { " and write here that Refract reaches this channel" } else { "" };
    format!(
        "**Now tell Refract.** Whoever knows this URL can post orders: only you see it.\n\
         ```\n{url}\n```\n\
         1. In Refract: *Settings* → *Webhooks* → *Add Webhook*.\n\
         2. Paste the URL, choose the event *Successful Checkout*, save.\n\
         3. Press *Test Notification*: I put {TEST_EMOJI} on its message{and_then}. It holds no \
         order, so none is stored."
    )
}

pub(crate) fn unwatch(channel: ChannelId) -> String {
    format!(
        "Stop watching <#{channel}>? What is posted there makes no orders then. The orders that \
         there are stay, and a later `/setup watch` reads what was missed."
    )
}

pub(crate) fn unwatched(channel: ChannelId, deleted: Option<&Result<usize, RestError>>) -> String {
    let webhook = match deleted {
        None => " Its webhook is still there: Refract can go on posting to it.".to_owned(),
        Some(Ok(0)) => " I have no webhook there.".to_owned(),
        Some(Ok(_)) => " My webhook is deleted: take its URL out of Refract.".to_owned(),
        Some(Err(error)) => format!(
            " My webhook could not be deleted ({error}): Edit Channel → Integrations → Webhooks."
        ),
    };
    format!("<#{channel}> is watched no longer; its orders stay.{webhook}")
}

/// Which permissions are missing, for a line of a list; `None`: none.
fn lacks(held: serenity::all::Permissions) -> Option<String> {
    use needs::Weight::{Needed, Vital, Wished};
    let wrong = [Vital, Needed].map(|weight| needs::missing(held, weight)).concat();
    let wished = needs::missing(held, Wished);
    let wrong =
        (!wrong.is_empty()).then(|| format!("⚠️ I lack {}. {HOW_TO_GIVE}", in_words(&wrong)));
    let wished = (!wished.is_empty()).then(|| format!("I do without {}.", in_words(&wished)));
    let parts: Vec<String> = wrong.into_iter().chain(wished).collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}
