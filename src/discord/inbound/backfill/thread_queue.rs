//! Which thread is read when. Pure: the time comes from outside.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

use crate::backoff::Backoff;
use crate::ids::ChannelId;

/// Threads that somebody asked for, at the most; the next listing brings what does not fit.
const ASKED: usize = 4_096;
/// From one comparison to the next, where nothing was missed: there may be a thousand.
const RECONCILED: Duration = Duration::from_secs(1);
/// After a failure.
const REST: Backoff = Backoff::new(Duration::from_secs(2), Duration::from_mins(5));
/// Where the bot may not read: asked again and again it would be banned.
const LONG_REST: Duration = Duration::from_hours(1);

/// How a reading ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// It was read to its end, or is there no more.
    Well,
    /// It could not be read, and may be soon.
    Failed,
    /// The bot may not read it.
    Forbidden,
}

/// The threads that are to be read.
#[derive(Debug, Default)]
pub(crate) struct ThreadQueue {
    asked: BTreeMap<ChannelId, Asked>,
    /// Those with messages that were not read, the newest first.
    behind: VecDeque<ChannelId>,
    /// Those whose recent part is compared when nothing else is due.
    to_reconcile: VecDeque<ChannelId>,
    reconciled_at: Option<Instant>,
    resting: BTreeMap<ChannelId, Rest>,
    running: BTreeSet<ChannelId>,
}

#[derive(Debug, Clone, Copy)]
struct Asked {
    due: Instant,
    reconcile: bool,
}

#[derive(Debug)]
struct Rest {
    until: Instant,
    backoff: Backoff,
}

impl ThreadQueue {
    /// Somebody asks for a thread: it is due then, if not sooner.
    pub(crate) fn ask(&mut self, thread: ChannelId, reconcile: bool, due: Instant) {
        if self.asked.len() >= ASKED && !self.asked.contains_key(&thread) {
            return;
        }
        let asked = self.asked.entry(thread).or_insert(Asked { due, reconcile });
        asked.due = asked.due.min(due);
        asked.reconcile |= reconcile;
    }

    /// These are behind, as the ledger tells.
    pub(crate) fn set_behind(&mut self, threads: Vec<ChannelId>) {
        self.behind = threads.into();
    }

    /// Whether none of those that were behind is left.
    pub(crate) fn is_caught_up(&self) -> bool {
        self.behind.is_empty()
    }

    /// These are to be compared, in this order.
    pub(crate) fn reconcile(&mut self, threads: Vec<ChannelId>) {
        let known: BTreeSet<ChannelId> = self.to_reconcile.iter().copied().collect();
        self.to_reconcile.extend(threads.into_iter().filter(|thread| !known.contains(thread)));
    }

    /// What could not be read may be readable by now.
    pub(crate) fn end_rests(&mut self) {
        self.resting.clear();
    }

    /// Threads that are not read for now: they rest, or are being read.
    pub(crate) fn set_aside(&mut self, now: Instant) -> Vec<ChannelId> {
        let resting = self.resting.iter().filter(|(_, rest)| rest.until > now);
        resting.map(|(thread, _)| *thread).chain(self.running.iter().copied()).collect()
    }

    /// The next thread that is due, and whether its recent part is to be compared. It is not given again
    /// before it is done.
    pub(crate) fn next(&mut self, now: Instant) -> Option<(ChannelId, bool)> {
        let (thread, reconcile) = self
            .next_asked(now)
            .or_else(|| self.next_behind(now))
            .or_else(|| self.next_to_reconcile(now))?;
        self.running.insert(thread);
        Some((thread, reconcile))
    }

    fn next_asked(&mut self, now: Instant) -> Option<(ChannelId, bool)> {
        let due = |(thread, asked): &(&ChannelId, &Asked)| {
            asked.due <= now && !self.running.contains(*thread)
        };
        let thread = *self.asked.iter().find(due)?.0;
        self.asked.remove(&thread).map(|asked| (thread, asked.reconcile))
    }

    fn next_behind(&mut self, now: Instant) -> Option<(ChannelId, bool)> {
        while let Some(thread) = self.behind.pop_front() {
            let rests = self.resting.get(&thread).is_some_and(|rest| rest.until > now);
            if !rests && !self.running.contains(&thread) {
                return Some((thread, false));
            }
        }
        None
    }

    fn next_to_reconcile(&mut self, now: Instant) -> Option<(ChannelId, bool)> {
        if self.reconciled_at.is_some_and(|at| now < at + RECONCILED) {
            return None;
        }
        let free = |thread: &ChannelId| !self.running.contains(thread);
        let index = self.to_reconcile.iter().position(free)?;
        self.reconciled_at = Some(now);
        self.to_reconcile.remove(index).map(|thread| (thread, true))
    }

    /// A thread was read, or could not be; `reconcile` as [`ThreadQueue::next`] gave it.
    pub(crate) fn done(&mut self, thread: ChannelId, reconcile: bool, ended: Ended, now: Instant) {
        self.running.remove(&thread);
        if ended == Ended::Well {
            self.resting.remove(&thread);
            return;
        }
        let rest = self.resting.entry(thread).or_insert(Rest { until: now, backoff: REST });
        let wait = rest.backoff.wait();
        rest.until = now + if ended == Ended::Forbidden { LONG_REST } else { wait };
        if reconcile {
            let due = rest.until;
            self.ask(thread, true, due);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thread(id: i64) -> ChannelId {
        ChannelId(id)
    }

    #[test]
    fn what_is_asked_for_comes_first_and_comparisons_last_and_slowly() {
        let (mut queue, now) = (ThreadQueue::default(), Instant::now());
        queue.reconcile(vec![thread(5), thread(6)]);
        queue.set_behind(vec![thread(3), thread(4)]);
        queue.ask(thread(1), true, now);
        queue.ask(thread(2), false, now + RECONCILED);
        let next: Vec<_> = std::iter::from_fn(|| queue.next(now)).collect();
        let order = [(1, true), (3, false), (4, false), (5, true)].map(|(id, it)| (thread(id), it));
        assert_eq!(next, order);
        assert!(queue.is_caught_up());
        assert_eq!(queue.next(now + RECONCILED), Some((thread(2), false)));
        assert_eq!(queue.next(now + RECONCILED), Some((thread(6), true)));
    }

    #[test]
    fn a_thread_is_not_read_twice_at_once() {
        let (mut queue, now) = (ThreadQueue::default(), Instant::now());
        queue.set_behind(vec![thread(1)]);
        assert_eq!(queue.next(now), Some((thread(1), false)));
        queue.ask(thread(1), false, now);
        queue.set_behind(vec![thread(1)]);
        queue.reconcile(vec![thread(1)]);
        assert_eq!((queue.next(now), queue.set_aside(now)), (None, vec![thread(1)]));
        queue.done(thread(1), false, Ended::Well, now);
        assert_eq!(queue.next(now), Some((thread(1), false)));
    }

    #[test]
    fn a_thread_that_fails_rests_and_holds_up_no_other() {
        let (mut queue, now) = (ThreadQueue::default(), Instant::now());
        for (ended, rest) in [(Ended::Failed, 2), (Ended::Failed, 4), (Ended::Forbidden, 3_600)] {
            queue.ask(thread(1), false, now);
            assert_eq!(queue.next(now), Some((thread(1), false)));
            queue.done(thread(1), false, ended, now);
            queue.set_behind(vec![thread(1), thread(2)]);
            assert_eq!(queue.next(now), Some((thread(2), false)));
            queue.done(thread(2), false, Ended::Well, now);
            queue.set_behind(vec![thread(1)]);
            let later = now + Duration::from_secs(rest);
            assert_eq!(queue.set_aside(later - Duration::from_millis(1)), [thread(1)]);
            assert_eq!(queue.next(later), Some((thread(1), false)));
            queue.running.clear();
        }
        queue.end_rests();
        queue.set_behind(vec![thread(1)]);
        assert_eq!(queue.next(now), Some((thread(1), false)));
    }
}
