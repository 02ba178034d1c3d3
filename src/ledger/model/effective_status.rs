//! An order's status as a pure function of what people marked and what the messages said.

pub(crate) mod undone;

use chrono::{DateTime, Utc};

use crate::order::Status;

/// A status that a person set and that still stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    /// What the person said that the order is.
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
    /// When they first said that it is cancelled, refunded or returned.
    pub(crate) ended_at: Option<DateTime<Utc>>,
}

impl Said {
    /// What of it was so at this time, where they tell since when it was.
    pub(crate) fn until(self, at: DateTime<Utc>) -> Self {
        let [shipped_at, delivered_at, ended_at] =
            [self.shipped_at, self.delivered_at, self.ended_at]
                .map(|since| since.filter(|since| *since <= at));
        let since = match self.status {
            Some(Status::Shipped) => self.shipped_at,
            Some(Status::Delivered) => self.delivered_at,
            Some(status) if ends_life(status) => self.ended_at,
            _ => None,
        };
        let status = match (delivered_at, shipped_at) {
            _ if since.is_none_or(|since| since <= at) => self.status,
            (Some(_), _) => Some(Status::Delivered),
            (None, Some(_)) => Some(Status::Shipped),
            (None, None) => Some(Status::Verified),
        };
        Self { status, shipped_at, delivered_at, ended_at }
    }

    /// Takes in the next message's word. A late `pending` undoes nothing; cancelled, refunded and
    /// returned beat what was before.
    pub(crate) fn hear(&mut self, status: Status, at: Option<DateTime<Utc>>) {
        match status {
            Status::Shipped => self.shipped_at = self.shipped_at.or(at),
            Status::Delivered => self.delivered_at = self.delivered_at.or(at),
            _ if ends_life(status) && !self.status.is_some_and(ends_life) => self.ended_at = at,
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
pub(crate) struct EffectiveStatus {
    /// Its status.
    pub(crate) status: Status,
    /// When it was on the way.
    pub(crate) shipped_at: Option<DateTime<Utc>>,
    /// When it arrived.
    pub(crate) delivered_at: Option<DateTime<Utc>>,
}

/// The latest mark that stands, else what the messages said. Marks of unknown time compete by the
/// stage of life instead, but not with what was marked after they were noted.
pub(crate) fn effective_status(marks: &[Mark], said: &Said) -> EffectiveStatus {
    let latest =
        marks.iter().filter(|mark| mark.at.is_some()).max_by_key(|mark| (mark.at, mark.status));
    let competes = |mark: &&Mark| {
        mark.at.is_none() && latest.and_then(|mark| mark.at).is_none_or(|at| at <= mark.noted_at)
    };
    let untimed = marks.iter().filter(competes).map(|mark| mark.status).max();
    let marked = latest.map(|mark| mark.status).max(untimed);
    let (shipped_at, delivered_at) = dates(marks, said);
    EffectiveStatus {
        status: marked.or(said.status).unwrap_or(Status::Verified),
        shipped_at,
        delivered_at,
    }
}

/// Since when it is on the way, and since when it is there. The same status again moves no date; a person
/// who goes back to a status before takes the dates back, too.
fn dates(marks: &[Mark], said: &Said) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
    let told = [(said.shipped_at, Status::Shipped), (said.delivered_at, Status::Delivered)];
    let told = told.into_iter().filter_map(|(at, status)| Some((at?, status, false)));
    let marked = marks.iter().filter_map(|mark| Some((mark.at?, mark.status, true)));
    let mut steps: Vec<_> = told.chain(marked).collect();
    steps.sort_unstable();
    let (mut shipped, mut delivered) = (None, None);
    for (at, status, by_person) in steps {
        match status {
            Status::Verified | Status::Processing => (shipped, delivered) = (None, None),
            Status::Shipped => {
                shipped = shipped.or(Some(at));
                delivered = delivered.filter(|_| !by_person);
            }
            Status::Delivered => delivered = delivered.or(Some(at)),
            Status::Sold | Status::Returned | Status::Refunded | Status::Cancelled => {}
        }
    }
    (shipped, delivered)
}

fn ends_life(status: Status) -> bool {
    matches!(status, Status::Returned | Status::Refunded | Status::Cancelled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::Status::{Cancelled, Delivered, Processing, Refunded, Shipped, Verified};

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
        effective_status(&marks, &said(words)).status
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
    fn it_is_on_the_way_since_the_first_word_or_mark_of_it() {
        let mut said = said(&[Verified]);
        said.hear(Shipped, at(5));
        said.hear(Shipped, at(6));
        assert_eq!(effective_status(&[], &said).shipped_at, at(5));
        let mark = |status, second| Mark { status, at: at(second), noted_at: at(9).unwrap() };
        assert_eq!(effective_status(&[mark(Shipped, 3)], &said).shipped_at, at(3));
        let again = [mark(Shipped, 3), mark(Shipped, 4), mark(Cancelled, 8)];
        assert_eq!(effective_status(&again, &said).shipped_at, at(3));
    }

    #[test]
    fn who_goes_back_takes_the_dates_back() {
        let dates = |marks: &[(Status, i64)]| {
            let mark =
                |&(status, second)| Mark { status, at: at(second), noted_at: at(9).unwrap() };
            let marks: Vec<Mark> = marks.iter().map(mark).collect();
            let effective = effective_status(&marks, &Said::default());
            (effective.shipped_at, effective.delivered_at)
        };
        assert_eq!(dates(&[(Shipped, 1), (Delivered, 2)]), (at(1), at(2)));
        assert_eq!(dates(&[(Shipped, 1), (Delivered, 2), (Shipped, 3)]), (at(1), None));
        assert_eq!(dates(&[(Shipped, 1), (Delivered, 2), (Verified, 3)]), (None, None));
        assert_eq!(dates(&[(Shipped, 1), (Verified, 2), (Shipped, 3)]), (at(3), None));
    }

    #[test]
    fn what_messages_say_of_later_was_not_so_before() {
        let mut said = said(&[Verified]);
        said.hear(Shipped, at(5));
        assert_eq!(
            [4, 5].map(|second| said.until(at(second).unwrap()).status),
            [Some(Verified), Some(Shipped)]
        );
        said.hear(Delivered, at(9));
        assert_eq!(
            [4, 8, 9].map(|second| said.until(at(second).unwrap()).status),
            [Some(Verified), Some(Shipped), Some(Delivered)]
        );
        let mut undated = said;
        undated.hear(Cancelled, None);
        assert_eq!(undated.until(at(1).unwrap()).status, Some(Cancelled));
        said.hear(Cancelled, at(12));
        said.hear(Refunded, at(15));
        assert_eq!(
            [4, 8, 11, 12].map(|second| said.until(at(second).unwrap()).status),
            [Some(Verified), Some(Shipped), Some(Delivered), Some(Refunded)]
        );
    }

    #[test]
    fn a_late_word_of_shipping_takes_no_delivery_back() {
        let mut said = said(&[Verified]);
        said.hear(Delivered, at(5));
        said.hear(Shipped, at(6));
        assert_eq!(effective_status(&[], &said).delivered_at, at(5));
    }

    #[test]
    fn a_mark_of_the_moment_in_which_others_were_noted_competes_with_them() {
        assert_eq!(status(&[(Cancelled, None), (Shipped, at(100))], &[Verified]), Cancelled);
    }

    #[test]
    fn it_is_there_since_the_first_word_or_mark_of_it() {
        let mut said = said(&[Verified]);
        said.hear(Delivered, at(5));
        said.hear(Delivered, at(6));
        assert_eq!(effective_status(&[], &said).delivered_at, at(5));
        let mark = |status, second| Mark { status, at: at(second), noted_at: at(9).unwrap() };
        assert_eq!(effective_status(&[mark(Delivered, 3)], &said).delivered_at, at(3));
        assert_eq!(effective_status(&[mark(Processing, 7)], &said).delivered_at, None);
    }
}
