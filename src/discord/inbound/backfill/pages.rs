//! The pages of a history, each on disk before the cursor moves.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use futures::StreamExt as _;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::take::{Marks, Taken, take_new};
use crate::count::count;
use crate::discord::bot::Bot;
use crate::discord::inbound::history::{self, Page};
use crate::ids::{ChannelId, MessageId};

/// Pages of one history that are fetched, read and written at the same time.
const IN_FLIGHT: usize = 3;
/// Between two log lines about a long reading.
const PROGRESS: Duration = Duration::from_secs(10);

/// Whose history is read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// A watched channel's.
    Channel(ChannelId),
    /// That of a thread of one, with a cursor of its own.
    Thread(ChannelId),
}

impl Place {
    fn id(self) -> ChannelId {
        match self {
            Self::Channel(id) | Self::Thread(id) => id,
        }
    }

    async fn move_cursor(self, bot: &Bot, to: MessageId) -> anyhow::Result<()> {
        match self {
            Self::Channel(channel) => bot.ledger.move_cursor(channel, to).await.map(|_| ()),
            Self::Thread(thread) => bot.ledger.move_thread_cursor(thread, to).await,
        }
    }
}

/// Reads a history from its cursor to its end. Says whether it came there: what is hidden now stays
/// before the cursor.
pub(super) async fn read_pages(
    bot: &Arc<Bot>,
    place: Place,
    cursor: MessageId,
    progress: &mut Progress,
) -> anyhow::Result<bool> {
    let marks = progress.marks();
    let steps = history::pages_after(bot, place.id(), cursor)
        .map(|page| {
            let bot = Arc::clone(bot);
            apart(async move { step(&bot, place.id(), page?, marks).await })
        })
        .buffered(IN_FLIGHT)
        .ready_chunks(IN_FLIGHT);
    let mut steps = pin!(steps);
    while let Some(steps) = steps.next().await {
        let (steps, failure) = until_failure(steps);
        for step in &steps {
            progress.add(&step.taken, step.reached);
        }
        let Some(last) = steps.last() else { return failure.map_or(Ok(false), Err) };
        place.move_cursor(bot, last.reached).await.context("move the cursor")?;
        if let Some(failure) = failure {
            return Err(failure);
        }
        if last.is_hidden {
            bot.log_once.content(true);
            return Ok(false);
        }
    }
    Ok(true)
}

/// Takes a step in a task of its own: one that nobody polls while the cursor moves would keep the ledger's writer,
/// for which the cursor waits. It ends with the reading that it is a part of.
fn apart<T: Send + 'static>(
    step: impl Future<Output = anyhow::Result<T>> + Send + 'static,
) -> impl Future<Output = anyhow::Result<T>> {
    let mut task = JoinSet::new();
    task.spawn(step);
    async move {
        let step = task.join_next().await.context("no page of the history is read")?;
        step.context("wait for a page of the history")?
    }
}

/// A page that is on disk.
struct Step {
    taken: Taken,
    /// How far the history is read with it.
    reached: MessageId,
    is_hidden: bool,
}

/// Puts a page on disk. What is hidden now is read when Discord shows it: the cursor is to stay
/// before it.
async fn step(bot: &Bot, channel: ChannelId, page: Page, marks: Marks) -> anyhow::Result<Step> {
    let last = page.last().context("an empty page reached ingest")?;
    let hidden = page.hidden_from();
    let reached = hidden.map_or(last, |hidden| MessageId(hidden.0 - 1));
    let taken = take_new(bot, channel, page, marks).await?;
    Ok(Step { taken, reached, is_hidden: hidden.is_some() })
}

/// The steps before the first failure, and the failure: what comes after it waits for another time,
/// or the cursor would pass a gap.
fn until_failure<T, E>(steps: Vec<Result<T, E>>) -> (Vec<T>, Option<E>) {
    let mut done = Vec::with_capacity(steps.len());
    for step in steps {
        match step {
            Ok(step) => done.push(step),
            Err(failure) => return (done, Some(failure)),
        }
    }
    (done, None)
}

/// How a reading goes on, for the log.
pub(super) struct Progress {
    place: ChannelId,
    /// What the first contact brings was not missed.
    is_first_contact: bool,
    messages: u64,
    marks: u64,
    /// Whether reactions could not be read that Discord showed: they are compared once more.
    pub(super) is_doubtful: bool,
    pub(super) missed: u64,
    pub(super) changes: u64,
    logged_at: Instant,
}

impl Progress {
    pub(super) fn new(place: ChannelId, is_first_contact: bool) -> Self {
        Self {
            place,
            is_first_contact,
            messages: 0,
            marks: 0,
            is_doubtful: false,
            missed: 0,
            changes: 0,
            logged_at: Instant::now(),
        }
    }

    /// Of the past nobody needs a line for each mark.
    fn marks(&self) -> Marks {
        if self.is_first_contact { Marks::Counted } else { Marks::EachLogged }
    }

    fn add(&mut self, taken: &Taken, last: MessageId) {
        self.messages += taken.messages;
        self.marks += taken.marks;
        self.is_doubtful |= taken.doubt.is_some();
        self.changes += taken.changes;
        if !self.is_first_contact {
            self.missed += taken.missed;
        }
        if self.logged_at.elapsed() >= PROGRESS {
            self.logged_at = Instant::now();
            let day = last.made_at().map(|time| time.date_naive());
            let day = day.map(tracing::field::display);
            let (channel, messages) = (self.place, self.messages);
            let messages = count(messages, "message", "messages");
            tracing::info!(%channel, day, "reading the history: {messages} so far");
        }
    }

    pub(super) fn end(&self) {
        let Self { place: channel, is_first_contact, messages, marks, missed, .. } = *self;
        if is_first_contact {
            let messages = count(messages, "message", "messages");
            let marks = match marks {
                0 => String::new(),
                marks => format!(
                    ", {}",
                    count(marks, "status set by reactions", "statuses set by reactions")
                ),
            };
            tracing::info!(%channel, "read the whole history: {messages}{marks}");
        } else if missed > 0 {
            let missed = count(missed, "missed message", "missed messages");
            tracing::info!(%channel, "found {missed} in the history");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_step_ends_with_the_reading_that_it_is_a_part_of() {
        let (alive, ended) = tokio::sync::oneshot::channel::<()>();
        let reading = apart(async move {
            let _alive = alive;
            std::future::pending::<anyhow::Result<()>>().await
        });
        drop(reading);
        assert!(ended.await.is_err());
        assert_eq!(apart(async { Ok(7) }).await.unwrap(), 7);
    }

    #[test]
    fn nothing_after_a_failure_counts() {
        assert_eq!(until_failure(vec![Ok(1), Err("cut"), Ok(3)]), (vec![1], Some("cut")));
        assert_eq!(until_failure::<_, ()>(vec![Ok(1), Ok(2)]), (vec![1, 2], None));
    }
}
