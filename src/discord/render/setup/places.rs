//! Threads and forums, as the set-up speaks of them.

use super::Listed;
use super::seen::Shape;
use crate::ids::ChannelId;

/// What is set up where it is no plain channel: a sentence before all others.
pub(crate) fn beginning(shape: Shape, watch: ChannelId, channel: ChannelId) -> Option<String> {
    match shape {
        Shape::Thread if watch != channel => Some(format!(
            "This is a thread of <#{watch}>, which I watch: what is posted here counts as that \
             channel's."
        )),
        Shape::Forum => Some(
            "A forum holds posts alone, so each message needs one. Put `?thread_id=` and the id of a \
             post (right-click it, Copy Thread ID) at the end of the URL. A program that sends \
             `thread_name` begins a post with each message. Without either Discord refuses what is \
             posted."
                .to_owned(),
        ),
        _ => None,
    }
}

/// How many threads of a channel are read; `None`: it has none.
pub(super) fn threads(listed: &Listed) -> Option<String> {
    let count = listed.threads.filter(|count| count.threads > 0 || listed.watched.is_forum)?;
    let (one, many) =
        if listed.watched.is_forum { ("post", "posts") } else { ("thread", "threads") };
    let read = match count.threads {
        1 => format!("1 {one}"),
        threads => format!("{threads} {many}"),
    };
    Some(match count.behind {
        0 => format!("I read {read}, too, each to its end."),
        behind => format!("I read {read}, too; {behind} not to the end yet."),
    })
}
