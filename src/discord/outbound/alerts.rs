//! What the bot notices by itself and posts: a test came, nothing comes, many messages could not be read or
//! came from elsewhere.
//!
//! It is noted before it is posted: an alert may be lost in a crash, and never comes again and again.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Days, TimeDelta, Utc};
use serde_json::json;
use tokio::time::{Instant, sleep, sleep_until};

use super::channel_posts::{self, Needs};
use crate::discord::bot::Bot;
use crate::discord::render;
use crate::ids::{ChannelId, GuildId, MessageId};
use crate::ledger::NoticeKind;
use crate::order::period::midnight;
use crate::verdict::Outcome;

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(1);
/// Between two checks for silence.
const QUIET: Duration = Duration::from_mins(1);
/// A test that is older is history: nobody waits for an answer any more.
const TEST_AT_MOST: TimeDelta = TimeDelta::minutes(2);
/// Between two answers to tests in a channel.
const TEST_PAUSE: TimeDelta = TimeDelta::minutes(1);
/// How far back messages are counted.
const DAY: TimeDelta = TimeDelta::hours(24);
/// Between two alerts about the same kind of messages.
const COUNT_PAUSE: TimeDelta = TimeDelta::hours(1);
/// Between two checks for silence as long as the history is not read.
const SOON: Duration = Duration::from_secs(5);
/// Weeks that show whether a weekday usually has orders, and how many of them have to.
const WEEKS: u64 = 4;
const USUAL: usize = 3;

/// Looks as long as the bot runs.
pub(crate) async fn run(bot: Arc<Bot>) {
    let (mut changes, mut wakeups) = (bot.ledger.changes(), bot.wakeups());
    let mut silence_due = Instant::now();
    loop {
        changes.mark_unchanged();
        wakeups.mark_unchanged();
        let watched = watched(&bot);
        for (guild, channel) in &watched {
            if let Err(error) = look(&bot, *guild, *channel).await {
                tracing::warn!(%channel, "could not check for alerts: {error:#}");
            }
        }
        let looks_for_silence =
            watched.iter().any(|(guild, _)| bot.settings(*guild).alerts.silence_hours > 0);
        if looks_for_silence && Instant::now() >= silence_due {
            silence_due = Instant::now() + silences(&bot).await;
        }
        tokio::select! {
            _ = changes.changed() => {}
            _ = wakeups.changed() => {}
            () = sleep_until(silence_due), if looks_for_silence => {}
        }
        sleep(PAUSE).await;
    }
}

/// Looks for silence in all channels, and gives the time until the next look.
async fn silences(bot: &Bot) -> Duration {
    let mut again = if bot.ready_at().is_some() { QUIET } else { SOON };
    for (guild, channel) in watched(bot) {
        match silence(bot, guild, channel, bot.rest.clock().now()).await {
            Ok(true) => {}
            Ok(false) => again = SOON,
            Err(error) => {
                tracing::warn!(%channel, "could not check for silence: {error:#}");
            }
        }
    }
    again
}

/// The watched channels with their servers, always in the same order.
pub(super) fn watched(bot: &Bot) -> Vec<(GuildId, ChannelId)> {
    let guild = |channel| Some((bot.watching.get(channel)?.guild_id?, channel));
    let mut watched: Vec<_> = bot.watching.channels().into_iter().filter_map(guild).collect();
    watched.sort_unstable();
    watched
}

async fn look(bot: &Bot, guild: GuildId, channel: ChannelId) -> anyhow::Result<()> {
    if bot.settings(guild).alerts.test_reply {
        answer_test(bot, guild, channel, bot.rest.clock().now()).await?;
    }
    // Messages are counted by when they were received, by this machine's clock.
    let now = Utc::now();
    count_alert(bot, guild, channel, NoticeKind::Unreadable, now).await?;
    count_alert(bot, guild, channel, NoticeKind::Untrusted, now).await?;
    count_alert(bot, guild, channel, NoticeKind::Doubtful, now).await
}

/// Answers the latest test notification, if nobody was answered a moment ago.
async fn answer_test(
    bot: &Bot,
    guild: GuildId,
    channel: ChannelId,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let (received, posted) = (Utc::now() - TEST_AT_MOST, now - TEST_AT_MOST);
    let tests = bot.ledger.tests_since(guild, received, posted).await?;
    let is_of = |place| bot.watching.watch_of(place) == Some(channel);
    let latest = tests.into_iter().find(|(place, _)| is_of(*place));
    let Some((place, message)) = latest else { return Ok(()) };
    // The first message after a set-up is announced, and that is the answer.
    if bot.watching.get(channel).is_some_and(|watched| watched.awaited.is_some()) {
        return Ok(());
    }
    let noted = bot.ledger.noted_at(channel, NoticeKind::Test).await?;
    let is_answered = noted.is_some_and(|noted| message.made_at().is_none_or(|made| made <= noted));
    if is_answered || noted.is_some_and(|noted| now - noted < TEST_PAUSE) {
        return Ok(());
    }
    bot.ledger
        .note_notice(channel, NoticeKind::Test, now.max(message.made_at().unwrap_or(now)))
        .await?;
    reply_to_test(bot, place, message).await;
    Ok(())
}

async fn reply_to_test(bot: &Bot, channel: ChannelId, message: MessageId) {
    // The 🧪 on the message shows it too: that the bot may not post is no problem here.
    if let Some(why) = channel_posts::lacks(bot, channel, Needs::Text) {
        return tracing::info!(%channel, "did not reply to a test notification: {why}");
    }
    let reference = json!({
        "message_id": message.to_string(),
        "channel_id": channel.to_string(),
        "fail_if_not_exists": false,
    });
    let text =
        json!({ "content": render::posts::alerts::TEST_REPLY, "message_reference": reference });
    if let Err(error) = channel_posts::post(bot, channel, text).await {
        tracing::warn!(%channel, "could not reply to a test notification: {error}");
    }
}

/// Posts an alert when many messages could not be read, or came from elsewhere.
async fn count_alert(
    bot: &Bot,
    guild: GuildId,
    channel: ChannelId,
    kind: NoticeKind,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let alerts = bot.settings(guild).alerts;
    let (outcome, most) = match kind {
        NoticeKind::Unreadable => (Outcome::Rejected, alerts.unreadable),
        NoticeKind::Doubtful => (Outcome::Declined, alerts.doubtful),
        _ => (Outcome::Untrusted, alerts.untrusted),
    };
    let noted = bot.ledger.noted_at(channel, kind).await?;
    if most == 0 || noted.is_some_and(|noted| now - noted < COUNT_PAUSE) {
        return Ok(());
    }
    let since = noted.unwrap_or_default().max(now - DAY);
    let counts = match kind {
        NoticeKind::Doubtful => bot.ledger.doubtful_since(guild, channel, since).await?,
        _ => bot.ledger.message_counts_since(guild, channel, outcome, since).await?,
    };
    let count: i64 = counts.iter().map(|of| of.count).sum();
    if count < i64::from(most) {
        return Ok(());
    }
    bot.ledger.note_notice(channel, kind, now).await?;
    let text = match kind {
        NoticeKind::Unreadable => render::posts::alerts::unreadable(channel, count),
        NoticeKind::Doubtful => render::posts::alerts::doubtful(channel, count),
        _ => render::posts::alerts::untrusted(channel, &counts),
    };
    channel_posts::post_notice(bot, channel, &text).await;
    Ok(())
}

/// Posts an alert about a channel in which nothing comes although it is a day for it. False: it is not known
/// yet, since what was posted while the bot was away has to be read first.
async fn silence(
    bot: &Bot,
    guild: GuildId,
    channel: ChannelId,
    now: DateTime<Utc>,
) -> anyhow::Result<bool> {
    let silence_hours = bot.settings(guild).alerts.silence_hours;
    if silence_hours == 0 {
        return Ok(true);
    }
    let hours = TimeDelta::hours(i64::from(silence_hours));
    let watch = bot.ledger.watch(channel).await?;
    let read_at = watch.and_then(|watch| watch.caught_up_at);
    if bot.ready_at().is_none_or(|ready| read_at.is_none_or(|read| read < ready)) {
        return Ok(false);
    }
    // The short look first: on most days it is the only one.
    let recent = bot.ledger.last_posted_at(guild, channel, now - hours).await?;
    if recent.is_some_and(|last| !is_silent(now, last, None, hours))
        || !usually_has_orders(&days_with_orders(bot, guild, channel, now).await?)
    {
        return Ok(true);
    }
    let noted = bot.ledger.noted_at(channel, NoticeKind::Silence).await?;
    let weeks = TimeDelta::weeks(i64::try_from(WEEKS).unwrap_or_default());
    let since = noted.unwrap_or_default().max(now - weeks);
    let posted = bot.ledger.last_posted_at(guild, channel, since).await?;
    let Some(last) = posted.filter(|last| is_silent(now, *last, noted, hours)) else {
        return Ok(true);
    };
    bot.ledger.note_notice(channel, NoticeKind::Silence, now).await?;
    channel_posts::post_notice(bot, channel, &render::posts::alerts::silence(channel, last)).await;
    Ok(true)
}

/// Whether nothing was posted for so long, and no alert since the last post.
fn is_silent(
    now: DateTime<Utc>,
    last: DateTime<Utc>,
    noted: Option<DateTime<Utc>>,
    hours: TimeDelta,
) -> bool {
    now - last >= hours && noted.is_none_or(|noted| noted < last)
}

/// Whether most of the last weeks had an order on this weekday.
fn usually_has_orders(weeks: &[bool]) -> bool {
    weeks.iter().filter(|had| **had).count() >= USUAL
}

/// Of each of the last weeks, whether it had an order on today's weekday.
async fn days_with_orders(
    bot: &Bot,
    guild: GuildId,
    channel: ChannelId,
    now: DateTime<Utc>,
) -> anyhow::Result<Vec<bool>> {
    let zone = bot.zone(guild);
    let today = now.with_timezone(&zone).date_naive();
    let mut weeks = Vec::new();
    for week in 1..=WEEKS {
        let day = today.checked_sub_days(Days::new(7 * week));
        let Some((day, next)) = day.and_then(|day| Some((day, day.succ_opt()?))) else { continue };
        let span = (midnight(day, zone), midnight(next, zone));
        weeks.push(bot.ledger.had_orders(guild, channel, span).await?);
    }
    Ok(weeks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_said_once_after_the_hours() {
        let at = |hour| DateTime::UNIX_EPOCH + TimeDelta::hours(hour);
        let hours = TimeDelta::hours(6);
        assert!(!is_silent(at(15), at(10), None, hours));
        assert!(is_silent(at(16), at(10), None, hours));
        assert!(!is_silent(at(17), at(10), Some(at(16)), hours));
        // Something came since the alert, and then nothing again.
        assert!(is_silent(at(30), at(20), Some(at(16)), hours));
    }

    #[test]
    fn a_weekday_is_usual_when_most_weeks_had_orders() {
        assert!(usually_has_orders(&[true, false, true, true]));
        assert!(!usually_has_orders(&[true, false, false, true]));
        assert!(!usually_has_orders(&[]));
    }
}
