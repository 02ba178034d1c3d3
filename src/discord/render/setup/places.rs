//! Threads and forums, as the set-up speaks of them.

use super::seen::Shape;
use crate::count::{count, grouped};
use crate::ids::ChannelId;
use crate::ledger::ThreadCount;

/// What is set up where it is no plain channel: a sentence before all others.
pub(crate) fn beginning(shape: Shape, watch: ChannelId, channel: ChannelId) -> Option<String> {
    match shape {
        Shape::Thread if watch != channel => Some(format!(
            "This is a thread of <#{watch}>, which I watch: what is posted here counts as posted there."
        )),
        Shape::Forum => Some(
            "A forum holds only posts, so each message needs one. Put `?thread_id=` and the id of a \
             post (right-click it, Copy Thread ID) at the end of the URL. A program that sends \
             `thread_name` begins a post with each message. Without either Discord refuses what is \
             posted."
                .to_owned(),
        ),
        _ => None,
    }
}

/// How many threads of a channel are read, or posts of a forum. `None`: it has no threads, or is one.
pub(crate) fn threads(held: Option<ThreadCount>, is_forum: bool) -> Option<String> {
    let held = held?;
    let read = if is_forum {
        format!("I read its {}", count(held.threads, "post", "posts"))
    } else {
        format!("I also read its {}", count(held.threads, "thread", "threads"))
    };
    match (held.threads, held.behind) {
        (0, _) if is_forum => Some("It has no posts yet.".to_owned()),
        (0, _) => None,
        (_, 0) => Some(format!("{read}, to the end.")),
        (_, behind) => Some(format!("{read}; {} not yet to the end.", grouped(behind))),
    }
}
