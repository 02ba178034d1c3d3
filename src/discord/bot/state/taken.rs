//! Which interactions this process has taken: Discord delivers some twice, and replays some on a resume.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use crate::ids::InteractionId;

/// The latest that are remembered. People make some hundred in the minutes after which Discord replays none.
const REMEMBERED: usize = 1_000;

/// The interactions that were taken last.
#[derive(Debug, Default)]
pub(crate) struct TakenInteractions {
    latest: Mutex<VecDeque<InteractionId>>,
}

impl TakenInteractions {
    /// Takes an interaction; false where it was taken before.
    pub(crate) fn take(&self, id: InteractionId) -> bool {
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if latest.contains(&id) {
            return false;
        }
        if latest.len() == REMEMBERED {
            latest.pop_front();
        }
        latest.push_back(id);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interaction_is_taken_once_and_the_oldest_is_forgotten() {
        let taken = TakenInteractions::default();
        assert!(taken.take(InteractionId(0)));
        assert!(!taken.take(InteractionId(0)));
        let more = 1..=i64::try_from(REMEMBERED).unwrap();
        assert!(more.map(InteractionId).all(|id| taken.take(id)));
        assert!(taken.take(InteractionId(0)), "the list does not grow");
    }
}
