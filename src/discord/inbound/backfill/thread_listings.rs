//! Of which channels the threads are listed when. Pure: the time comes from outside.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use crate::backoff::Backoff;
use crate::discord::bot::mailboxes::Listing;
use crate::ids::ChannelId;

/// A regular round lists the open threads this often.
const ROUND: Duration = Duration::from_mins(4);
/// Where webhooks post in unknown places, they are listed this often.
const UNKNOWN: Duration = Duration::from_secs(5);
/// Closed private threads are listed this often, and at the first contact: hardly ever there are any.
const PRIVATE: Duration = Duration::from_hours(1);
/// After a failure.
const REST: Backoff = Backoff::new(Duration::from_secs(2), Duration::from_mins(5));

/// The channels whose threads are to be listed.
#[derive(Debug, Default)]
pub(crate) struct ThreadListings {
    channels: BTreeMap<ChannelId, Entry>,
}

#[derive(Debug)]
struct Entry {
    wanted: Option<(Listing, Instant)>,
    running: bool,
    listed_at: Option<Instant>,
    private_at: Instant,
    backoff: Backoff,
}

/// What is to be listed now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Due {
    pub(crate) channel: ChannelId,
    pub(crate) why: Listing,
    /// Whether it is time for the closed private ones.
    pub(crate) private: bool,
}

impl ThreadListings {
    /// Somebody asks for the threads of a channel.
    pub(crate) fn ask(&mut self, channel: ChannelId, why: Listing, now: Instant) {
        let entry = self.channels.entry(channel).or_insert_with(|| Entry {
            wanted: None,
            running: false,
            listed_at: None,
            private_at: now,
            backoff: REST,
        });
        let since = |pause| entry.listed_at.map_or(now, |at| (at + pause).max(now));
        let due = match why {
            Listing::Round if since(ROUND) > now => return,
            Listing::Round | Listing::Absence => now,
            Listing::Unknown => since(UNKNOWN),
        };
        entry.want(why, due);
    }

    /// The next channel that is due. It is not given again before it is done.
    pub(crate) fn next(&mut self, now: Instant) -> Option<Due> {
        let due = |entry: &Entry| !entry.running && entry.wanted.is_some_and(|(_, due)| due <= now);
        let (channel, entry) = self.channels.iter_mut().find(|(_, entry)| due(entry))?;
        let (why, _) = entry.wanted.take()?;
        entry.running = true;
        let private = now >= entry.private_at + PRIVATE;
        Some(Due { channel: *channel, why, private })
    }

    /// They were listed, or could not be.
    pub(crate) fn done(&mut self, due: Due, is_well: bool, now: Instant) {
        let Some(entry) = self.channels.get_mut(&due.channel) else { return };
        entry.running = false;
        if !is_well {
            let again = now + entry.backoff.wait();
            return entry.want(due.why, again);
        }
        entry.backoff.reset();
        entry.listed_at = Some(now);
        if due.private {
            entry.private_at = now;
        }
    }
}

impl Entry {
    fn want(&mut self, why: Listing, due: Instant) {
        let wanted = self.wanted.map(|(other, at)| (other.max(why), at.min(due)));
        self.wanted = Some(wanted.unwrap_or((why, due)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANNEL: ChannelId = ChannelId(1);

    fn due(why: Listing, private: bool) -> Due {
        Due { channel: CHANNEL, why, private }
    }

    #[test]
    fn an_absence_is_listed_at_once_a_round_now_and_then() {
        let (mut listings, now) = (ThreadListings::default(), Instant::now());
        listings.ask(CHANNEL, Listing::Round, now);
        listings.ask(CHANNEL, Listing::Absence, now);
        let first = listings.next(now);
        assert_eq!((first, listings.next(now)), (Some(due(Listing::Absence, false)), None));
        listings.done(first.unwrap(), true, now);
        listings.ask(CHANNEL, Listing::Round, now + UNKNOWN);
        assert_eq!(listings.next(now + ROUND), None);
        listings.ask(CHANNEL, Listing::Unknown, now);
        assert_eq!(listings.next(now), None);
        assert_eq!(listings.next(now + UNKNOWN), Some(due(Listing::Unknown, false)));
    }

    #[test]
    fn private_ones_are_listed_every_hour_and_a_failure_is_made_good() {
        let (mut listings, now) = (ThreadListings::default(), Instant::now());
        listings.ask(CHANNEL, Listing::Absence, now);
        let first = listings.next(now).unwrap();
        listings.done(first, false, now);
        assert_eq!(listings.next(now), None);
        let first = listings.next(now + PRIVATE).unwrap();
        assert_eq!(first, due(Listing::Absence, true));
        listings.done(first, true, now + PRIVATE);
        listings.ask(CHANNEL, Listing::Absence, now + PRIVATE);
        assert_eq!(listings.next(now + PRIVATE), Some(due(Listing::Absence, false)));
    }
}
