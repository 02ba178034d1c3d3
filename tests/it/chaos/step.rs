//! What can happen in a schedule.

use std::time::Duration;

use discord_sandbox::Answer;

/// The place of a message among all that the schedule posts.
pub(super) type Place = usize;

/// One step of a schedule.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// A message is posted; it gets the next place.
    Post(Post),
    /// Somebody reacts; as a burst or not.
    React(Place, Who, &'static str, bool),
    /// Somebody takes a reaction back.
    Unreact(Place, Who, &'static str),
    /// A moderator takes all reactions with one emoji away.
    ClearEmoji(Place, &'static str),
    /// A moderator takes all reactions away.
    ClearAll(Place),
    /// Refract changes a checkout: another price, and the number of the order that it speaks of now.
    Edit { place: Place, price: u64, number: u64 },
    /// Messages are deleted, more than one at once.
    Delete(Vec<Place>),
    /// The bot's process ends as in a power cut.
    Kill,
    /// The bot is asked to stop.
    Terminate,
    /// The bot is started.
    Start,
    /// The bot's files can grow by so many kilobytes, and then its disk is full.
    Fill(u64),
    /// There is room on the disk again.
    MakeRoom,
    /// The bot's connections break.
    Cut,
    /// The gateway closes the connections.
    Close(Option<u16>),
    /// Op 7.
    AskToReconnect,
    /// Op 9.
    Invalidate { resumable: bool },
    /// No session can be resumed.
    Forget,
    /// So many requests of this kind get another answer.
    Fail { method: &'static str, path: &'static str, count: usize, answer: Answer },
    /// Each event comes so often.
    Repeat(usize),
    /// Events are held back.
    Hold,
    /// What was held back comes, in an order that this number decides.
    Release(u64),
    /// Events are lost, or come again.
    Lossy(bool),
    /// Time passes.
    Pass(Duration),
    /// The bot is given some time to come back to the gateway.
    Reconnected,
    /// The owner adds an order by hand, for what is typed afterwards.
    AddByHand,
    /// The owner types a note to it.
    Note,
    /// The owner takes back the note that was just saved.
    TakeBack,
}

/// What is posted.
#[derive(Debug, Clone)]
pub(super) enum Post {
    /// A checkout as Refract posts it.
    Checkout(u64),
    /// Two checkouts in one message.
    Pair(u64, u64),
    /// A checkout that serenity cannot parse.
    Odd(u64),
    /// What was posted before, once more.
    Again(Place),
    /// An update of an order.
    Update(u64, &'static str),
    Test,
    Decline(u64),
    /// A checkout without a usable number.
    NoNumber,
    /// A member talks.
    Chat,
    /// What looks like a checkout and is none of Refract's.
    Forged(u64, Forger),
    /// A member forwards a message.
    Forward(Place),
}

/// Who forges a checkout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Forger {
    Member,
    OtherBot,
    OtherWebhook,
}

/// Who reacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    Owner,
    Staff,
    /// A member without the right to mark.
    Stranger,
    OtherBot,
}

impl Who {
    /// Whether this one's reactions are marks.
    pub(super) fn may_mark(self) -> bool {
        matches!(self, Self::Owner | Self::Staff)
    }
}
