//! An order's status as a pure function of what people marked and what the messages said.

use chrono::{DateTime, Utc};

use crate::checkout::Status;

/// A status that a person set and that still stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Which.
    pub(crate) status: Status,
    /// When; unknown for reactions that were set while the bot was away.
    pub(crate) at: Option<DateTime<Utc>>,
    /// When it was noted: not before it was set.
    pub(crate) noted_at: DateTime<Utc>,
}

/// What the messages alone make of the status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// Absent until a checkout or a status was read.
    pub(crate) status: Option<Status>,
    /// When they first said that it is on the way.
    pub(crate) shipped_at: Option<DateTime<Utc>>,
    /// When they first said that it arrived.
    pub(crate) delivered_at: Option<DateTime<Utc>>,
}

impl Said {
    /// Takes in the next message's word. A late `pending` undoes nothing; cancelled, refunded and
    /// returned beat what was before.
    pub(crate) fn hear(&mut self, status: Status, at: Option<DateTime<Utc>>) {
        match status {
            Status::Shipped => self.shipped_at = self.shipped_at.or(at),
            Status::Delivered => self.delivered_at = self.delivered_at.or(at),
            _ => {}
        }
        self.status = Some(match self.status {
            Some(before) if !ends_life(status) => before.max(status),
            _ => status,
        });
    }
}

/// What an order shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Its status.
    pub(crate) status: Status,
    /// When it was on the way.
    pub(crate) shipped_at: Option<DateTime<Utc>>,
    /// When it arrived.
    pub(crate) delivered_at: Option<DateTime<Utc>>,
}

/// The latest mark that stands, else what the messages said. Marks of unknown time compete by the
/// stage of life instead, but not with what was marked after they were noted.
pub(crate) fn standing(marks: &[Mark], said: &Said) -> Standing {
    let latest =
        marks.iter().filter(|mark| mark.at.is_some()).max_by_key(|mark| (mark.at, mark.status));
    let competes = |mark: &&Mark| {
        mark.at.is_none() && latest.and_then(|mark| mark.at).is_none_or(|at| at <= mark.noted_at)
    };
    let untimed = marks.iter().filter(competes).map(|mark| mark.status).max();
    let marked = latest.map(|mark| mark.status).max(untimed);
    Standing {
        status: marked.or(said.status).unwrap_or(Status::Verified),
        shipped_at: marked_at(marks, Status::Shipped).or(said.shipped_at),
        delivered_at: marked_at(marks, Status::Delivered).or(said.delivered_at),
    }
}

fn marked_at(marks: &[Mark], status: Status) -> Option<DateTime<Utc>> {
    marks.iter().filter(|mark| mark.status == status).filter_map(|mark| mark.at).max()
}

fn ends_life(status: Status) -> bool {
    matches!(status, Status::Returned | Status::Refunded | Status::Cancelled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkout::Status::{Cancelled, Delivered, Processing, Refunded, Shipped, Verified};

    fn at(second: i64) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp(second, 0)
    }

    fn said(words: &[Status]) -> Said {
        let mut said = Said::default();
        for &status in words {
            said.hear(status, None);
        }
        said
    }

    fn status(marks: &[(Status, Option<DateTime<Utc>>)], words: &[Status]) -> Status {
        let noted_at = DateTime::from_timestamp(100, 0).unwrap();
        let mark = |&(status, at)| Mark { status, at, noted_at };
        let marks: Vec<Mark> = marks.iter().map(mark).collect();
        standing(&marks, &said(words)).status
    }

    #[test]
    fn the_latest_mark_counts_even_when_it_goes_back() {
        assert_eq!(status(&[(Delivered, at(1)), (Shipped, at(2))], &[Verified]), Shipped);
        assert_eq!(status(&[(Delivered, at(1))], &[Verified, Cancelled]), Delivered);
    }

    #[test]
    fn marks_of_unknown_time_compete_by_stage() {
        assert_eq!(status(&[(Shipped, None), (Delivered, None)], &[Verified]), Delivered);
        assert_eq!(status(&[(Cancelled, None), (Delivered, at(9))], &[Verified]), Cancelled);
        assert_eq!(status(&[(Processing, None), (Delivered, at(9))], &[Verified]), Delivered);
    }

    #[test]
    fn a_mark_after_the_bot_was_back_beats_those_of_the_absence() {
        assert_eq!(status(&[(Cancelled, None), (Shipped, at(101))], &[Verified]), Shipped);
    }

    #[test]
    fn without_marks_messages_count_and_never_lead_back() {
        assert_eq!(status(&[], &[Verified, Delivered, Processing]), Delivered);
        assert_eq!(status(&[], &[Verified, Cancelled, Shipped]), Cancelled);
        assert_eq!(status(&[], &[Verified, Cancelled, Refunded, Verified]), Refunded);
        assert_eq!(status(&[], &[]), Verified);
    }

    #[test]
    fn the_time_of_shipping_comes_from_the_mark_or_else_from_the_message() {
        let mut said = said(&[Verified]);
        said.hear(Shipped, at(5));
        said.hear(Shipped, at(6));
        assert_eq!(standing(&[], &said).shipped_at, at(5));
        let mark = Mark { status: Shipped, at: at(3), noted_at: at(3).unwrap() };
        assert_eq!(standing(&[mark], &said).shipped_at, at(3));
    }
}
