//! Which channel's history is read when. Pure: the time comes from outside.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tokio::time::Instant;

use crate::backoff::Backoff;
use crate::ids::ChannelId;

/// A quiet channel is read on this often: the gateway may lose an event without a word.
const QUIET: Duration = Duration::from_mins(5);
/// A channel in which messages come is read on this often.
const BUSY: Duration = Duration::from_secs(20);
/// The recent part of a channel is compared this often, even if the bot was never away.
const COMPARED: Duration = Duration::from_hours(1);
/// Waits after failures.
const WAITS: Backoff = Backoff::new(Duration::from_secs(2), QUIET);

/// When each channel is due.
#[derive(Debug, Default)]
pub(crate) struct Schedule {
    channels: BTreeMap<ChannelId, Entry>,
}

#[derive(Debug, Default)]
struct Entry {
    due: Option<Instant>,
    reconcile: bool,
    running: bool,
    /// The waits that are left; `None`: it did not fail the last time.
    waits: Option<Backoff>,
    read_at: Option<Instant>,
    compared_at: Option<Instant>,
}

impl Schedule {
    /// Somebody asks for a channel: it is due then, if not sooner.
    pub(crate) fn ask(&mut self, channel: ChannelId, reconcile: bool, at: Instant) {
        let entry = self.channels.entry(channel).or_default();
        entry.due = Some(entry.due.map_or(at, |due| due.min(at)));
        entry.reconcile |= reconcile;
    }

    /// Time went by: channels become due by themselves.
    pub(crate) fn follow(
        &mut self,
        watched: &[ChannelId],
        busy: &BTreeSet<ChannelId>,
        now: Instant,
    ) {
        self.channels.retain(|channel, entry| entry.running || watched.contains(channel));
        for (channel, entry) in &mut self.channels {
            let Some(read_at) = entry.read_at.filter(|_| entry.waits.is_none()) else { continue };
            let wait = if busy.contains(channel) { BUSY } else { QUIET };
            let regular = (read_at + wait).max(now);
            entry.due = Some(entry.due.map_or(regular, |due| due.min(regular)));
            entry.reconcile |= entry.compared_at.is_some_and(|at| now >= at + COMPARED);
        }
    }

    /// The next channel that is due, and whether its recent part is to be compared. It is not given
    /// again before it is done.
    pub(crate) fn next(&mut self, now: Instant) -> Option<(ChannelId, bool)> {
        let due = |entry: &Entry| !entry.running && entry.due.is_some_and(|due| due <= now);
        let (channel, entry) = self.channels.iter_mut().find(|(_, entry)| due(entry))?;
        entry.running = true;
        entry.due = None;
        Some((*channel, std::mem::take(&mut entry.reconcile)))
    }

    /// A channel was read, or could not be; `compare` as [`Schedule::next`] gave it.
    pub(crate) fn done(&mut self, channel: ChannelId, reconcile: bool, well: bool, now: Instant) {
        let entry = self.channels.entry(channel).or_default();
        entry.running = false;
        entry.read_at = Some(now);
        if well {
            entry.waits = None;
            if reconcile {
                entry.compared_at = Some(now);
            }
            return;
        }
        entry.reconcile |= reconcile;
        let again = now + entry.waits.get_or_insert(WAITS).wait();
        entry.due = Some(entry.due.map_or(again, |due| due.min(again)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANNEL: ChannelId = ChannelId(1);

    fn follow(schedule: &mut Schedule, busy: bool, now: Instant) {
        let busy = if busy { BTreeSet::from([CHANNEL]) } else { BTreeSet::new() };
        schedule.follow(&[CHANNEL], &busy, now);
    }

    #[test]
    fn a_channel_is_not_read_twice_at_once_and_again_when_asked_meanwhile() {
        let (mut schedule, now) = (Schedule::default(), Instant::now());
        schedule.ask(CHANNEL, true, now);
        assert_eq!(schedule.next(now), Some((CHANNEL, true)));
        schedule.ask(CHANNEL, false, now);
        assert_eq!(schedule.next(now), None);
        schedule.done(CHANNEL, true, true, now);
        assert_eq!(schedule.next(now), Some((CHANNEL, false)));
    }

    #[test]
    fn a_busy_channel_is_read_sooner_than_a_quiet_one() {
        let (mut schedule, now) = (Schedule::default(), Instant::now());
        schedule.ask(CHANNEL, false, now);
        schedule.next(now);
        schedule.done(CHANNEL, false, true, now);
        follow(&mut schedule, false, now);
        assert_eq!(schedule.next(now + BUSY), None);
        follow(&mut schedule, true, now);
        assert_eq!(schedule.next(now + BUSY), Some((CHANNEL, false)));
    }

    #[test]
    fn a_failure_is_tried_again_soon_and_then_less_often() {
        let (mut schedule, mut now) = (Schedule::default(), Instant::now());
        schedule.ask(CHANNEL, true, now);
        for wait in WAITS.take(3) {
            assert_eq!(schedule.next(now), Some((CHANNEL, true)));
            schedule.done(CHANNEL, true, false, now);
            follow(&mut schedule, true, now);
            assert_eq!(schedule.next(now + wait - Duration::from_millis(1)), None);
            now += wait;
        }
    }

    #[test]
    fn the_recent_part_is_compared_every_hour() {
        let (mut schedule, now) = (Schedule::default(), Instant::now());
        schedule.ask(CHANNEL, true, now);
        schedule.next(now);
        schedule.done(CHANNEL, true, true, now);
        follow(&mut schedule, false, now + COMPARED);
        assert_eq!(schedule.next(now + COMPARED), Some((CHANNEL, true)));
    }
}
