//! The feed: each new order is posted in a channel, and once a day the figures of the day before.
//!
//! At least once: what is posted is noted afterwards. After a start, or an answer that was lost, the bot
//! looks at its own latest messages first, so that an order is posted twice only where it may not read
//! them.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, sleep_until};

use super::channel_posts::{self, Needs};
use crate::config::{self, FeedStyle, Settings};
use crate::discord::bot::Bot;
use crate::discord::bot::permissions::guild_of;
use crate::discord::bot::problems::Topic;
use crate::discord::render::{self, Audience};
use crate::discord::rest::RestError;
use crate::ids::{ChannelId, GuildId};
use crate::ledger::{FeedPlace, OrderFilter};
use crate::order::period::Span;
use crate::reading::Message;
use orders::post_orders;

mod orders;

/// After a failure that may pass by itself.
const SHORT_REST: Duration = Duration::from_secs(10);
/// Between two rounds: what comes in one drop is posted in one message.
const PAUSE: Duration = Duration::from_secs(2);
/// Between two rounds at the most, for the summary and after a failure.
const QUIET: Duration = Duration::from_mins(1);
/// By then the gateway has sent all servers.
const TOLD_BY_THEN: TimeDelta = TimeDelta::minutes(1);
const NOT_SEEN: &str = "the bot does not see the channel for new orders: choose another one with /setup feed, or \
    look at [feed] channel_id in config.toml and at the bot's permissions";

/// Posts as long as the bot runs.
pub(crate) async fn run(bot: Arc<Bot>) {
    let mut feeds: HashMap<ChannelId, Feed> = HashMap::new();
    let (mut changes, mut wakeups) = (bot.ledger.changes(), bot.wakeups());
    loop {
        changes.mark_unchanged();
        wakeups.mark_unchanged();
        let places = bot.feeds();
        feeds.retain(|channel, _| places.iter().any(|(_, place)| place == channel));
        for (guild, channel) in &places {
            let feed = feeds.entry(*channel).or_default();
            if feed.rests_until.is_none_or(|until| until <= Instant::now()) {
                feed.post(&bot, (*guild, *channel)).await;
            }
        }
        // Somebody may choose a channel with /setup: that wakes.
        let rest = feeds.values().filter_map(|feed| feed.rests_until).min();
        let next = rest.unwrap_or_else(|| Instant::now() + QUIET);
        let is_posting = feeds.values().any(|feed| feed.rests_until.is_none());
        tokio::select! {
            _ = changes.changed(), if is_posting => {}
            _ = wakeups.changed() => feeds.values_mut().for_each(Feed::end_rest),
            () = sleep_until(next), if !feeds.is_empty() => {}
        }
        sleep(PAUSE).await;
    }
}

/// The feed of one server.
#[derive(Default)]
struct Feed {
    /// Whether all that was posted is known to have arrived: after a start, or a failure, it is not.
    is_sure: bool,
    /// After a failure: until when nothing is tried.
    rests_until: Option<Instant>,
}

impl Feed {
    async fn post(&mut self, bot: &Bot, (guild, channel): (Option<GuildId>, ChannelId)) {
        match self.round(bot, guild, channel).await {
            Ok(()) => self.end_rest(),
            Err(error) => {
                self.is_sure = false;
                let why = format!("new orders cannot be posted here: {error}");
                bot.problems.report(channel, Topic::Feed, &why);
                let rest = if matches!(error, RestError::Other(_)) { SHORT_REST } else { QUIET };
                self.rests_until = Some(Instant::now() + rest);
            }
        }
    }

    fn end_rest(&mut self) {
        self.rests_until = None;
    }

    async fn round(
        &mut self,
        bot: &Bot,
        guild: Option<GuildId>,
        channel: ChannelId,
    ) -> Result<(), RestError> {
        // First of all, so that the feed begins before the first order comes.
        let place = bot.ledger.feed_place(channel).await.map_err(RestError::Other)?;
        let Some(ready_at) = bot.ready_at() else { return Ok(()) };
        let Some(guild) = guild.filter(|guild| guild_of(bot, channel) == Some(*guild)) else {
            if Utc::now() - ready_at > TOLD_BY_THEN {
                bot.problems.report(channel, Topic::Feed, NOT_SEEN);
            }
            return Ok(());
        };
        let Settings { feed, zone, .. } = bot.settings(guild);
        if let Some(why) = channel_posts::lacks(bot, channel, needs(&feed)) {
            bot.problems.report(channel, Topic::Feed, &why);
            return Ok(());
        }
        let own_messages = if self.is_sure {
            Vec::new()
        } else {
            channel_posts::own_messages(bot, channel).await?
        };
        let to = (guild, channel, feed.style);
        let place = post_orders(bot, to, place, &own_messages).await?;
        if feed.daily_summary {
            let when = (zone, feed.summary_hour);
            summarise(bot, (guild, channel), when, place, &own_messages).await?;
        }
        self.is_sure = true;
        bot.problems.over(channel, Topic::Feed);
        Ok(())
    }
}

/// What the messages of a feed take in their channel.
pub(crate) fn needs(feed: &config::Feed) -> Needs {
    let is_plain = feed.style == FeedStyle::Line && !feed.daily_summary;
    if is_plain { Needs::Text } else { Needs::Embeds }
}

/// Posts the summary of yesterday, once it is time.
async fn summarise(
    bot: &Bot,
    (guild, channel): (GuildId, ChannelId),
    (zone, hour): (Tz, u32),
    mut place: FeedPlace,
    own_messages: &[Message],
) -> Result<(), RestError> {
    let Some(day) = due(bot.rest.clock().now(), zone, hour, place.summarised) else {
        return Ok(());
    };
    let (since, until) = Span { since: Some(day), until: day.succ_opt() }.moments(zone);
    let filter = OrderFilter { guild: Some(guild), since, until, ..OrderFilter::default() };
    let figures = bot.ledger.figures(guild, &filter, zone).await.map_err(RestError::Other)?;
    let title = day.to_string();
    let audience = Audience::Public;
    let shown = render::stats::Shown {
        figures: &figures,
        title,
        only: Vec::new(),
        audience,
        zone,
        came: None,
        unknown_store: None,
    };
    let embed = json!(render::stats::embed(&shown, bot.ledger.emoji()));
    let stands = |message: &Message| {
        let first = message.embeds.first().map(|first| first.title.as_str());
        first.is_some() && first == embed.get("title").and_then(Value::as_str)
    };
    if !own_messages.iter().any(stands) {
        channel_posts::post(bot, channel, json!({ "embeds": [embed] })).await?;
    }
    place.summarised = Some(day);
    bot.ledger.set_feed_place(channel, place).await.map_err(RestError::Other)
}

/// The day whose summary is to be posted now: yesterday, from the hour on, if it was not yet.
fn due(
    now: DateTime<Utc>,
    zone: Tz,
    hour: u32,
    summarised: Option<NaiveDate>,
) -> Option<NaiveDate> {
    let now = now.with_timezone(&zone);
    let yesterday = now.date_naive().pred_opt()?;
    (now.hour() >= hour && summarised < Some(yesterday)).then_some(yesterday)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_summarised_once_from_the_hour_on() {
        let at = |time: &str| time.parse::<DateTime<Utc>>().expect("a time");
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let berlin = "Europe/Berlin".parse().expect("a zone");
        let due = |time, summarised| due(at(time), berlin, 9, summarised);
        assert_eq!(due("2026-11-24T07:59:00Z", None), None);
        assert_eq!(due("2026-11-24T08:00:00Z", None), Some(day("2026-11-23")));
        assert_eq!(due("2026-11-24T22:59:00Z", Some(day("2026-11-23"))), None);
        assert_eq!(due("2026-11-25T08:00:00Z", Some(day("2026-11-23"))), Some(day("2026-11-24")));
    }
}
