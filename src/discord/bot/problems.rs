//! What does not work in a channel: logged once when it begins and once when it is over, and
//! shown by `/health` as long as it lasts.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::ids::ChannelId;

/// What does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Topic {
    /// Reading the channel's history.
    History,
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

/// The problems that last, of all channels.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    lasting: Mutex<BTreeMap<(ChannelId, Topic), String>>,
}

impl Problems {
    /// Notes what does not work, and why; logs it unless it is known already.
    pub(crate) fn report(&self, channel: ChannelId, topic: Topic, why: &str) {
        let before = self.lock().insert((channel, topic), why.to_owned());
        if before.as_deref() != Some(why) {
            tracing::warn!(%channel, "{why}");
        }
    }

    /// Notes that it works again, and logs that.
    pub(crate) fn over(&self, channel: ChannelId, topic: Topic) {
        if self.lock().remove(&(channel, topic)).is_some() {
            tracing::info!(%channel, "{} again", topic.works());
        }
    }

    /// Forgets a channel that is watched no longer.
    pub(crate) fn forget(&self, channel: ChannelId) {
        self.lock().retain(|(place, _), _| *place != channel);
    }

    /// The sentences about what does not work in a channel.
    pub(crate) fn of(&self, channel: ChannelId) -> Vec<String> {
        let of = |((place, _), why): (&(ChannelId, Topic), &String)| {
            (*place == channel).then(|| why.clone())
        };
        self.lock().iter().filter_map(of).collect()
    }

    /// Whether this does not work in the channel.
    pub(crate) fn lasts(&self, channel: ChannelId, topic: Topic) -> bool {
        self.lock().contains_key(&(channel, topic))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<(ChannelId, Topic), String>> {
        self.lasting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Topic {
    fn works(self) -> &'static str {
        match self {
            Self::History => "the history can be read",
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
        problems.report(ChannelId(2), Topic::Reactions, "blocked");
        assert_eq!(problems.of(ChannelId(1)), ["no permission"]);
        problems.over(ChannelId(1), Topic::History);
        assert!(problems.of(ChannelId(1)).is_empty());
        assert!(problems.lasts(ChannelId(2), Topic::Reactions));
    }
}
