//! What does not work in a channel: logged once when it begins and once when it is over, and
//! shown by `/health` as long as it lasts.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::ids::ChannelId;
use lasting::{Lasting, Worth};

pub(crate) mod gone_webhooks;
mod lasting;
pub(crate) mod outage;

/// What does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Topic {
    /// Reading the channel's history.
    History,
    /// Comparing its recent part.
    Comparison,
    /// Putting the bot's reactions on messages.
    Reactions,
    /// Showing the board.
    Board,
    /// Posting new orders.
    Feed,
    /// Posting alerts and announcements.
    Posts,
    /// The webhooks that the channel trusts.
    Webhooks,
    /// Reading the channel's threads.
    Threads,
    /// Finding them.
    ThreadList,
}

/// The problems that last, of all channels, and those that were over a moment ago.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    all: Mutex<BTreeMap<(ChannelId, Topic), Lasting>>,
    /// Whether the bot stops: what breaks off then is no problem.
    is_stopping: AtomicBool,
}

impl Problems {
    /// Notes what does not work, and why; logs it unless it is known already.
    pub(crate) fn report(&self, channel: ChannelId, topic: Topic, why: &str) {
        if self.is_stopping.load(Ordering::Relaxed) {
            return tracing::debug!(%channel, "broken off, since the bot stops: {why}");
        }
        // What two parts of the bot find is one line.
        let is_known = self.of(channel).iter().any(|known| known == why);
        match self.turn(channel, topic, Some(why)) {
            Worth::Line if !is_known => tracing::warn!(%channel, "{why}"),
            Worth::LastLine if !is_known => {
                tracing::warn!(%channel, "{why}; this comes and goes, /health shows how it is now");
            }
            _ => {}
        }
    }

    /// Notes that it works again, and logs that.
    pub(crate) fn over(&self, channel: ChannelId, topic: Topic) {
        if self.turn(channel, topic, None) != Worth::Nothing {
            tracing::info!(%channel, "{} again", topic.works());
        }
    }

    fn turn(&self, channel: ChannelId, topic: Topic, why: Option<&str>) -> Worth {
        let now = Instant::now();
        let mut all = self.lock();
        all.retain(|_, lasting| !lasting.is_past(now));
        if why.is_none() && !all.contains_key(&(channel, topic)) {
            return Worth::Nothing;
        }
        all.entry((channel, topic)).or_insert_with(|| Lasting::new(now)).turn(why, now)
    }

    /// The bot stops: from now on nothing is reported.
    pub(crate) fn stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }

    /// Forgets a channel that is watched no longer.
    pub(crate) fn forget(&self, channel: ChannelId) {
        self.lock().retain(|(place, _), _| *place != channel);
    }

    /// The sentences about what does not work in a channel, each once.
    pub(crate) fn of(&self, channel: ChannelId) -> Vec<String> {
        let all = self.lock();
        let here = all.iter().filter(|((place, _), _)| *place == channel);
        let mut sentences = Vec::new();
        for why in here.filter_map(|(_, lasting)| lasting.why()) {
            if !sentences.iter().any(|known| known == why) {
                sentences.push(why.to_owned());
            }
        }
        sentences
    }

    /// Whether this does not work in the channel.
    pub(crate) fn lasts(&self, channel: ChannelId, topic: Topic) -> bool {
        self.lock().get(&(channel, topic)).is_some_and(|lasting| lasting.why().is_some())
    }

    /// Whether something is in the way of reading the channel or its threads: then messages may be missing.
    pub(crate) fn hinder_reading(&self, channel: ChannelId) -> bool {
        Topic::READING.into_iter().any(|topic| self.lasts(channel, topic))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<(ChannelId, Topic), Lasting>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Topic {
    /// Those without which messages may be missing.
    const READING: [Self; 4] = [Self::History, Self::Comparison, Self::Threads, Self::ThreadList];

    fn works(self) -> &'static str {
        match self {
            Self::History => "the history can be read",
            Self::Comparison => "the recent history can be compared",
            Self::Reactions => "the bot can react",
            Self::Board => "the board can be shown",
            Self::Feed => "the feed can be posted",
            Self::Posts => "the bot can post messages",
            Self::Webhooks => "the trusted webhooks are there",
            Self::Threads => "the threads can be read",
            Self::ThreadList => "the threads can be listed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_lasts_until_it_is_over() {
        let problems = Problems::default();
        problems.report(ChannelId(1), Topic::History, "no permission");
        problems.report(ChannelId(1), Topic::Comparison, "no permission");
        problems.report(ChannelId(2), Topic::Reactions, "blocked");
        assert_eq!(problems.of(ChannelId(1)), ["no permission"]);
        problems.over(ChannelId(1), Topic::History);
        assert_eq!(problems.of(ChannelId(1)), ["no permission"], "the other lasts");
        problems.over(ChannelId(1), Topic::Comparison);
        assert!(problems.of(ChannelId(1)).is_empty());
        assert!(problems.lasts(ChannelId(2), Topic::Reactions));
        assert!(!problems.hinder_reading(ChannelId(2)));
        problems.report(ChannelId(2), Topic::Threads, "no permission");
        assert!(problems.hinder_reading(ChannelId(2)));
    }

    #[test]
    fn nothing_is_a_problem_that_breaks_off_when_the_bot_stops() {
        let problems = Problems::default();
        problems.stop();
        problems.report(ChannelId(1), Topic::History, "the bot stops");
        assert!(!problems.lasts(ChannelId(1), Topic::History));
    }
}
