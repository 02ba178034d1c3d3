//! Files that people brought and that cannot be understood before somebody says what their columns are. They are
//! held in memory alone: nobody knows yet what in them is secret or not needed.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::ids::{GuildId, UserId};
use crate::order::Status;
use crate::sheet::{DateOrder, Kind};

/// Bytes of files that wait for an answer, at the most; the oldest make room.
const MOST_BYTES: usize = 32 * 1024 * 1024;
/// For so long they wait.
const PATIENCE: Duration = Duration::from_mins(15);

/// Files that somebody brought.
#[derive(Debug, Clone)]
pub(crate) struct UnreadSheets {
    pub(crate) guild: GuildId,
    pub(crate) user: UserId,
    pub(crate) kind: Kind,
    pub(crate) files: Vec<UnreadFile>,
    /// For rows that name none.
    pub(crate) status: Option<Status>,
    pub(crate) dates: Option<DateOrder>,
}

impl UnreadSheets {
    fn bytes(&self) -> usize {
        self.files.iter().map(|file| file.bytes.len()).sum()
    }
}

/// One of them.
#[derive(Debug, Clone)]
pub(crate) struct UnreadFile {
    pub(crate) name: String,
    pub(crate) bytes: Arc<[u8]>,
    /// Headings with the words of the fields that somebody says they are.
    pub(crate) map: Vec<(String, String)>,
    /// Of its headings, where they were asked about.
    pub(crate) asked: Option<Asked>,
}

/// Headings that somebody is asked about.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) headings: Vec<String>,
    pub(crate) missing: Option<&'static str>,
    /// Of the fields that its headings may be.
    pub(crate) page: usize,
}

/// Those that wait for an answer.
#[derive(Debug, Default)]
pub(crate) struct Unread {
    waiting: Mutex<VecDeque<(i64, Instant, UnreadSheets)>>,
}

impl Unread {
    /// Keeps files under the number of the interaction that brought them. False: there is no room for so many bytes.
    #[must_use]
    pub(crate) fn keep(&self, id: i64, sheets: UnreadSheets) -> bool {
        if sheets.bytes() > MOST_BYTES {
            return false;
        }
        let mut waiting = self.lock();
        waiting.retain(|(kept, since, _)| *kept != id && since.elapsed() < PATIENCE);
        waiting.push_back((id, Instant::now(), sheets));
        while waiting.iter().map(|(_, _, sheets)| sheets.bytes()).sum::<usize>() > MOST_BYTES {
            waiting.pop_front();
        }
        true
    }

    /// Files that still wait.
    pub(crate) fn get(&self, id: i64) -> Option<UnreadSheets> {
        let mut waiting = self.lock();
        waiting.retain(|(_, since, _)| since.elapsed() < PATIENCE);
        let found = waiting.iter().find(|(kept, ..)| *kept == id);
        found.map(|(_, _, sheets)| sheets.clone())
    }

    /// Changes what is known of files that still wait; whoever does it waits for others who do. `None`: they wait
    /// no longer.
    pub(crate) fn change<T>(
        &self,
        id: i64,
        change: impl FnOnce(&mut UnreadSheets) -> T,
    ) -> Option<T> {
        let mut waiting = self.lock();
        waiting.retain(|(_, since, _)| since.elapsed() < PATIENCE);
        let place = waiting.iter().position(|(kept, ..)| *kept == id)?;
        let (_, _, mut sheets) = waiting.remove(place)?;
        let changed = change(&mut sheets);
        waiting.push_back((id, Instant::now(), sheets));
        Some(changed)
    }

    /// Lets files go.
    pub(crate) fn drop(&self, id: i64) {
        self.lock().retain(|(kept, ..)| *kept != id);
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<(i64, Instant, UnreadSheets)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets(files: usize, bytes: usize) -> UnreadSheets {
        let file = |place: usize| UnreadFile {
            name: format!("{place}.csv"),
            bytes: vec![0; bytes].into(),
            map: Vec::new(),
            asked: None,
        };
        UnreadSheets {
            guild: GuildId(1),
            user: UserId(2),
            kind: Kind::Track,
            files: (0..files).map(file).collect(),
            status: None,
            dates: None,
        }
    }

    #[test]
    fn files_without_room_are_refused_and_others_make_room() {
        let (unread, half) = (Unread::default(), MOST_BYTES / 2);
        let is_kept = |id| unread.get(id).is_some();
        assert!(unread.keep(1, sheets(2, 1)) && unread.keep(2, sheets(1, half)));
        assert!(!unread.keep(3, sheets(3, half)));
        assert_eq!([1, 2, 3].map(is_kept), [true, true, false]);
        assert!(unread.keep(4, sheets(1, half)));
        assert_eq!([1, 2, 4].map(is_kept), [false, true, true]);
    }

    #[test]
    fn what_two_say_at_once_is_known_afterwards() {
        let unread = Unread::default();
        assert!(unread.keep(7, sheets(1, 1)));
        std::thread::scope(|threads| {
            for word in 0..100 {
                let unread = &unread;
                threads.spawn(move || {
                    let said = (word.to_string(), "tracking_number".to_owned());
                    unread.change(7, |sheets| sheets.files[0].map.push(said))
                });
            }
        });
        assert_eq!(unread.get(7).map(|sheets| sheets.files[0].map.len()), Some(100));
        // What was read meanwhile does not come back.
        unread.drop(7);
        assert!(unread.change(7, |_| ()).is_none() && unread.get(7).is_none());
    }
}
