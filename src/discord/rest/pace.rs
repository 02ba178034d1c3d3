//! How fast the bot may ask: a turn per channel for reactions, and whatever Discord's headers say.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::HeaderMap;
use serenity::all::Route;
use tokio::time::Instant;

/// Discord takes about one change of reactions per channel in this time, and does not always say so
/// in its headers.
const REACTION_TURN: Duration = Duration::from_millis(250);
/// Discord rounds what it says to the millisecond.
const ROUNDING: Duration = Duration::from_millis(5);
/// Buckets that are remembered; old ones are dropped first when there are more.
const BUCKETS: usize = 1_000;

/// When each bucket is free again.
#[derive(Default)]
pub(crate) struct Pace {
    free_at: Mutex<HashMap<Bucket, Instant>>,
}

/// Calls that share a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Bucket {
    All,
    /// Adding and removing the bot's reactions in one channel.
    Reactions(u64),
    /// Everything else that is asked of one channel.
    Channel(u64),
    /// Lists of the threads of a channel, or of a guild.
    Threads(u64),
}

impl Pace {
    /// Takes the next turn. `None`: now.
    pub(crate) fn reserve(&self, route: &Route<'_>) -> Option<Instant> {
        let bucket = bucket(route);
        let mut free_at = self.free_at.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let all = free_at.get(&Bucket::All).copied();
        let own = bucket.and_then(|bucket| free_at.get(&bucket).copied());
        let start = all.into_iter().chain(own).max().filter(|at| *at > now).unwrap_or(now);
        if let Some(bucket @ Bucket::Reactions(_)) = bucket {
            free_at.insert(bucket, start + REACTION_TURN);
        }
        (start > now).then_some(start)
    }

    /// Notes what an answer's headers say of its bucket.
    pub(crate) fn learn(&self, route: &Route<'_>, headers: &HeaderMap) {
        let Some(bucket) = bucket(route) else { return };
        let number = |name: &str| headers.get(name)?.to_str().ok()?.parse::<f64>().ok();
        if number("x-ratelimit-remaining") != Some(0.0) {
            return;
        }
        let Some(reset) = number("x-ratelimit-reset-after") else { return };
        let reset = Duration::try_from_secs_f64(reset).unwrap_or_default();
        self.hold(bucket, Instant::now() + reset + ROUNDING);
    }

    /// Nobody asks anything of that kind before that time.
    pub(crate) fn hold_route(&self, route: &Route<'_>, until: Instant) {
        if let Some(bucket) = bucket(route) {
            self.hold(bucket, until);
        }
    }

    /// Nobody asks anything before that time.
    pub(crate) fn hold_all(&self, until: Instant) {
        self.hold(Bucket::All, until);
    }

    fn hold(&self, bucket: Bucket, until: Instant) {
        let mut free_at = self.free_at.lock().unwrap_or_else(PoisonError::into_inner);
        if free_at.len() >= BUCKETS {
            let now = Instant::now();
            free_at.retain(|_, at| *at > now);
        }
        let at = free_at.entry(bucket).or_insert(until);
        *at = until.max(*at);
    }
}

fn bucket(route: &Route<'_>) -> Option<Bucket> {
    match route {
        Route::ChannelMessageReactionMe { channel_id, .. } => {
            Some(Bucket::Reactions(channel_id.get()))
        }
        Route::ChannelMessages { channel_id }
        | Route::ChannelMessage { channel_id, .. }
        | Route::ChannelMessageReactionEmoji { channel_id, .. } => {
            Some(Bucket::Channel(channel_id.get()))
        }
        Route::ChannelArchivedPublicThreads { channel_id }
        | Route::ChannelJoinedPrivateThreads { channel_id } => {
            Some(Bucket::Threads(channel_id.get()))
        }
        Route::GuildThreadsActive { guild_id } => Some(Bucket::Threads(guild_id.get())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reaction(channel: u64) -> Route<'static> {
        Route::ChannelMessageReactionMe {
            channel_id: channel.into(),
            message_id: 1.into(),
            reaction: "x",
        }
    }

    #[tokio::test]
    async fn reactions_take_turns_within_a_channel_only() {
        let pace = Pace::default();
        assert_eq!(pace.reserve(&reaction(1)), None);
        let second = pace.reserve(&reaction(1)).expect("the second has to wait");
        let third = pace.reserve(&reaction(1)).expect("the third has to wait");
        assert_eq!(third - second, REACTION_TURN);
        assert_eq!(pace.reserve(&reaction(2)), None);
    }

    #[tokio::test]
    async fn a_limit_of_a_route_holds_its_channel_only() {
        let history = |channel: u64| Route::ChannelMessages { channel_id: channel.into() };
        let pace = Pace::default();
        let until = Instant::now() + Duration::from_secs(5);
        pace.hold_route(&history(3), until);
        assert_eq!(pace.reserve(&history(3)), Some(until));
        assert_eq!(pace.reserve(&history(4)), None);
        assert_eq!(pace.reserve(&reaction(3)), None);
    }

    #[tokio::test]
    async fn a_global_limit_holds_everything() {
        let pace = Pace::default();
        let until = Instant::now() + Duration::from_secs(5);
        pace.hold_all(until);
        let route = Route::ChannelMessages { channel_id: 3.into() };
        assert_eq!(pace.reserve(&route), Some(until));
    }
}
