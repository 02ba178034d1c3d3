//! Alerts about orders that are late: not received, not paid, not charged, not refunded. Of each order once.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{TimeDelta, Utc};
use tokio::time::sleep;

use super::alerts::watched;
use super::channel_posts::{self, Needs};
use crate::discord::bot::Bot;
use crate::discord::render::posts::late;
use crate::ids::{ChannelId, GuildId};
use crate::ledger::Late;

/// Between two looks.
const PAUSE: Duration = Duration::from_mins(1);
/// Between two attempts where Discord refused an alert, and nothing is known to have changed.
const AFTER_REFUSAL: Duration = Duration::from_hours(1);

/// Channels that took no alert: whether the bot was known to lack something there, and when it was tried.
type Refusals = HashMap<ChannelId, (bool, Instant)>;

/// Looks as long as the bot runs.
pub(crate) async fn run(bot: Arc<Bot>) {
    let mut refusals = Refusals::new();
    loop {
        for (guild, channel) in places(&bot) {
            for late in Late::ALL {
                if let Err(error) = look(&bot, &mut refusals, (guild, channel), late).await {
                    tracing::warn!(%guild, "could not check what is late: {error:#}");
                }
            }
        }
        let until_ready = if bot.ready_at().is_some() { PAUSE } else { Duration::from_secs(1) };
        sleep(until_ready).await;
    }
}

/// A watched channel of each server: if there is one, a channel in which the bot may post.
fn places(bot: &Bot) -> BTreeMap<GuildId, ChannelId> {
    let mut places = BTreeMap::new();
    if bot.ready_at().is_none() {
        return places;
    }
    for (guild, channel) in watched(bot) {
        let place = places.entry(guild).or_insert(channel);
        if lacks(bot, *place) && !lacks(bot, channel) {
            *place = channel;
        }
    }
    places
}

/// Whether Discord refused an alert a moment ago, and would again.
fn is_refused(bot: &Bot, refusals: &Refusals, channel: ChannelId) -> bool {
    refusals.get(&channel).is_some_and(|(lacked, tried)| {
        *lacked == lacks(bot, channel) && tried.elapsed() < AFTER_REFUSAL
    })
}

fn lacks(bot: &Bot, channel: ChannelId) -> bool {
    let place = channel_posts::place_of_notices(bot, channel);
    channel_posts::lacks(bot, place, Needs::Text).is_some()
}

async fn look(
    bot: &Bot,
    refusals: &mut Refusals,
    (guild, channel): (GuildId, ChannelId),
    late: Late,
) -> anyhow::Result<()> {
    let books = &bot.config.books;
    let days = match late {
        Late::Claim => books.claim_days,
        Late::Unpaid => books.unpaid_days,
        Late::Charge => books.charge_days,
        Late::Refund => books.refund_days,
    };
    if days == 0 || is_refused(bot, refusals, channel) {
        return Ok(());
    }
    let before = Utc::now() - TimeDelta::days(i64::from(days));
    let noted = bot.ledger.note_late(guild, late, before).await?;
    if noted.handles.is_empty() {
        return Ok(());
    }
    let lacked = lacks(bot, channel);
    let text = late::sentence(late, days, &noted.handles);
    if channel_posts::post_notice(bot, channel, &text).await {
        return Ok(());
    }
    refusals.insert(channel, (lacked, Instant::now()));
    bot.ledger.forget_late(guild, late, &noted).await
}
