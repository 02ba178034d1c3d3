//! Which status an order has again when a person takes the last change of it back. Pure.

use crate::order::Status;

/// A change of a status that is taken back, and what is known by now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UndoneStatus {
    /// What the order was.
    pub(crate) before: Status,
    /// What the change made of it.
    pub(crate) after: Status,
    /// What messages and sheets said then; `None`: an earlier version noted the change.
    pub(crate) said_then: Option<Status>,
    /// What the order is now without the mark: what other marks or, at last, messages and sheets make of it.
    pub(crate) without: Status,
    /// What messages and sheets say now.
    pub(crate) said: Status,
    /// Whether a message came, or was edited, after the change.
    pub(crate) is_heard_since: bool,
}

impl UndoneStatus {
    /// What it was before; where something else has been said since, what it would be without the mark.
    pub(crate) fn again(self) -> Status {
        if self.is_news() { self.without } else { self.before }
    }

    /// Words are compared, and times only where the words of then are not known: the time of an edit is
    /// Discord's, and it may be read long after it was made.
    fn is_news(self) -> bool {
        match self.said_then {
            Some(then) => self.said != then,
            None => self.is_heard_since && ![self.before, self.after].contains(&self.said),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::Status::{Cancelled, Delivered, Processing, Shipped, Sold, Verified};

    fn again(
        (before, after): (Status, Status),
        said: (Option<Status>, Status),
        without: Status,
    ) -> Status {
        let ((said_then, said), is_heard_since) = (said, true);
        UndoneStatus { before, after, said_then, without, said, is_heard_since }.again()
    }

    #[test]
    fn what_was_said_since_holds_and_else_what_was_before() {
        let verified = Some(Verified);
        for (change, said, without, expected) in [
            // Nothing was said: the mark goes, and what it hid is there again.
            ((Verified, Shipped), (verified, Verified), Verified, Verified),
            ((Processing, Shipped), (verified, Verified), Processing, Processing),
            // The mark before it was taken away meanwhile.
            ((Delivered, Sold), (verified, Verified), Verified, Delivered),
            // A mark was taken away, and a notice said nothing new.
            ((Shipped, Verified), (verified, Verified), Verified, Shipped),
            // An edit, a notice or a sheet said something else.
            ((Verified, Shipped), (verified, Delivered), Delivered, Delivered),
            ((Verified, Shipped), (verified, Cancelled), Cancelled, Cancelled),
            ((Shipped, Verified), (verified, Delivered), Delivered, Delivered),
            // It said what the person had said before it.
            ((Verified, Shipped), (verified, Shipped), Shipped, Shipped),
            // The mark of somebody else holds whatever was said.
            ((Processing, Shipped), (verified, Cancelled), Processing, Processing),
        ] {
            let found = again(change, said, without);
            assert_eq!(found, expected, "{change:?}, said {said:?}, without it {without}");
        }
    }

    #[test]
    fn of_an_act_of_an_earlier_version_only_another_word_that_came_later_is_news() {
        assert_eq!(again((Verified, Shipped), (None, Delivered), Delivered), Delivered);
        assert_eq!(again((Shipped, Verified), (None, Verified), Verified), Shipped);
        let unheard = UndoneStatus {
            before: Delivered,
            after: Sold,
            said_then: None,
            without: Verified,
            said: Verified,
            is_heard_since: false,
        };
        assert_eq!(unheard.again(), Delivered);
    }
}
