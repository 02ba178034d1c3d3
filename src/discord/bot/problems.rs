//! What does not work in a channel: said once in the log when it begins and once when it is over, and
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
    /// Telling new orders.
    Feed,
    /// Saying what has to be said.
    Notices,
    /// The webhooks that the channel trusts.
    Webhooks,
}

/// The troubles that last.
#[derive(Debug, Default)]
pub(crate) struct Troubles {
    lasting: Mutex<BTreeMap<(ChannelId, Topic), String>>,
}

impl Troubles {
    /// Something does not work, and why; said in the log unless it was said already.
    pub(crate) fn say(&self, channel: ChannelId, topic: Topic, why: &str) {
        let before = self.lock().insert((channel, topic), why.to_owned());
        if before.as_deref() != Some(why) {
            tracing::warn!(%channel, "{why}");
        }
    }

    /// It works again.
    pub(crate) fn over(&self, channel: ChannelId, topic: Topic) {
        if self.lock().remove(&(channel, topic)).is_some() {
            tracing::info!(%channel, "{} again", topic.works());
        }
    }

    /// Forgets a channel that is watched no longer.
    pub(crate) fn forget(&self, channel: ChannelId) {
        self.lock().retain(|(place, _), _| *place != channel);
    }

    /// The troubles of a channel that last.
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
            Self::Feed => "new orders can be told",
            Self::Notices => "the bot can speak",
            Self::Webhooks => "the trusted webhooks are there",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trouble_lasts_until_it_is_over() {
        let troubles = Troubles::default();
        troubles.say(ChannelId(1), Topic::History, "no permission");
        troubles.say(ChannelId(2), Topic::Reactions, "blocked");
        assert_eq!(troubles.of(ChannelId(1)), ["no permission"]);
        troubles.over(ChannelId(1), Topic::History);
        assert!(troubles.of(ChannelId(1)).is_empty());
        assert!(troubles.lasts(ChannelId(2), Topic::Reactions));
    }
}
