//! The two stages behind the entrance: a thread that reads, a task that writes.
//!
//! Reading is work for the processor and runs on a thread of its own, so that it neither stops
//! Discord's tasks nor waits for the disk: while one batch is committed the next is read.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::Instant;

use super::outage::Outage;
use super::told;
use super::waiting::Waiting;
use super::work::Progress;
use crate::backoff::Backoff;
use crate::ids::MessageId;
use crate::ledger::Ledger;
use crate::reading::Labels;
use crate::verdict::{Packer, Prepared, Receipt, prepare};

/// Messages of one transaction: enough that its cost hardly counts for each.
pub(super) const BATCH: usize = 256;
/// Live messages of a stream are written together when so much time has passed since the last batch: a commit
/// costs more than a message, and nobody sees so short a wait.
const GATHERED: Duration = Duration::from_millis(20);
/// Waits after a failed transaction; none is longer than the end of the process may be held up.
const WAITS: Backoff = Backoff::new(Duration::from_millis(50), CLOSING_PATIENCE);
/// How long a batch that cannot be written may hold up the end of the process.
const CLOSING_PATIENCE: Duration = Duration::from_secs(3);

/// What waits in the queue.
#[derive(Debug)]
pub(super) enum Queued {
    /// A message, and who wants to know what became of it.
    Message(Waiting, Reply),
    /// The last entry: nothing is taken after it.
    End,
}

/// Who wants to know what became of a message.
type Reply = Option<oneshot::Sender<Receipt>>;

/// A read message.
pub(super) type Read = (Prepared, Reply);

/// A message of the batch can never be written as it is.
struct Spoilt;

/// Reads all that waits, up to a batch, and hands it on; ends when the queue does.
pub(super) fn read_all(
    mut queue: mpsc::Receiver<Queued>,
    batches: &mpsc::Sender<Vec<Read>>,
    (labels, progress): (&Labels, &Progress),
    mut packer: Packer,
) {
    let mut waiting = Vec::with_capacity(BATCH);
    let mut next_batch = Instant::now();
    while queue.blocking_recv_many(&mut waiting, BATCH) > 0 {
        progress.begin();
        gather(&mut queue, &mut waiting, next_batch);
        next_batch = Instant::now() + GATHERED;
        let mut batch = Vec::with_capacity(waiting.len());
        for queued in waiting.drain(..) {
            match queued {
                Queued::Message(waiting, reply) => {
                    let Some(incoming) = waiting.whole() else { continue };
                    batch.push((prepare(incoming, labels, &mut packer), reply));
                }
                Queued::End => queue.close(),
            }
        }
        if batch.is_empty() {
            progress.end();
        } else if batches.blocking_send(batch).is_err() {
            return;
        }
    }
}

/// Takes what else comes until the next batch is due. A message that comes alone does not wait, nor does one that
/// somebody waits for, nor the end: whoever hands these in unparks this thread.
fn gather(queue: &mut mpsc::Receiver<Queued>, waiting: &mut Vec<Queued>, due: Instant) {
    let may_wait = |queued: &Queued| matches!(queued, Queued::Message(_, None));
    if !waiting.iter().all(may_wait) {
        return;
    }
    let mut all_may_wait = true;
    while waiting.len() < BATCH {
        match queue.try_recv() {
            Ok(next) => {
                all_may_wait &= may_wait(&next);
                waiting.push(next);
            }
            Err(TryRecvError::Empty) if all_may_wait && Instant::now() < due => {
                std::thread::park_timeout(due.saturating_duration_since(Instant::now()));
            }
            Err(_) => return,
        }
    }
}

/// Writes batch after batch until the reader ends.
pub(super) async fn write_all(
    (ledger, labels): (Ledger, Arc<Labels>),
    mut batches: mpsc::Receiver<Vec<Read>>,
    closing: watch::Receiver<bool>,
    problem: watch::Sender<Option<String>>,
    progress: Arc<Progress>,
) {
    let (outage, closing_since) = (Outage::default(), None);
    let mut writer = Writer { ledger, labels, closing, closing_since, outage, problem, progress };
    while let Some(batch) = batches.recv().await {
        let (messages, replies): (Vec<Prepared>, Vec<_>) = batch.into_iter().unzip();
        writer.write(&messages, replies).await;
        writer.progress.end();
    }
}

fn answer(messages: &[Prepared], replies: Vec<Reply>, receipts: &HashMap<MessageId, Receipt>) {
    for (message, reply) in messages.iter().zip(replies) {
        if let (Some(reply), Some(receipt)) = (reply, receipts.get(&message.facts.id)) {
            // Whoever asked may have gone: the message is stored all the same.
            let _ = reply.send(receipt.clone());
        }
    }
}

struct Writer {
    ledger: Ledger,
    labels: Arc<Labels>,
    closing: watch::Receiver<bool>,
    /// Since when the end waits for a database that cannot be written.
    closing_since: Option<Instant>,
    outage: Outage,
    /// What keeps the database from being written, for those who ask.
    problem: watch::Sender<Option<String>>,
    progress: Arc<Progress>,
}

impl Writer {
    /// Writes a batch. Where one message spoils it, each half is tried alone, so that only that
    /// message is left out.
    async fn write(&mut self, messages: &[Prepared], replies: Vec<Reply>) {
        let mut parts = vec![(messages, replies)];
        while let Some((messages, mut replies)) = parts.pop() {
            match self.write_patiently(messages).await {
                Ok(receipts) => {
                    for line in told::lines(messages, &receipts) {
                        tracing::info!("{line}");
                    }
                    answer(messages, replies, &receipts);
                }
                Err(Spoilt) if messages.len() > 1 => {
                    let (first, second) = messages.split_at(messages.len() / 2);
                    let rest = replies.split_off(first.len());
                    parts.push((second, rest));
                    parts.push((first, replies));
                }
                Err(Spoilt) => self.write_without_orders(messages, replies).await,
            }
        }
    }

    /// The last resort for a message whose orders the database refuses: it is kept, says so in the
    /// log, and can be tried again.
    async fn write_without_orders(&mut self, messages: &[Prepared], replies: Vec<Reply>) {
        let bare: Vec<Prepared> = messages.iter().cloned().map(Prepared::without_orders).collect();
        if let Ok(receipts) = self.write_patiently(&bare).await {
            return answer(messages, replies, &receipts);
        }
        for message in messages {
            tracing::error!(message_id = %message.facts.id, "could not store a message; please report this");
        }
    }

    /// Waits out what passes by itself: a lock, a full disk. An error of the data is returned.
    async fn write_patiently(
        &mut self,
        messages: &[Prepared],
    ) -> Result<HashMap<MessageId, Receipt>, Spoilt> {
        let mut waits = WAITS;
        loop {
            let written = self.ledger.write(messages, &self.labels).await;
            self.progress.step();
            let error = match written {
                Ok(receipts) => {
                    if let Some(news) = self.outage.succeeded(Instant::now()) {
                        news.log("");
                        self.problem.send_replace(None);
                    }
                    return Ok(receipts);
                }
                Err(error) => error,
            };
            if !error.may_pass {
                let count = messages.len();
                tracing::error!(count, "could not write messages: {}", error.source);
                return Err(Spoilt);
            }
            if let Some(news) = self.outage.failed(Instant::now()) {
                news.log(&error.problem());
                self.problem.send_replace(Some(error.problem()));
            }
            if *self.closing.borrow() {
                let since = *self.closing_since.get_or_insert_with(Instant::now);
                if since.elapsed() >= CLOSING_PATIENCE {
                    return Ok(HashMap::new());
                }
            }
            tokio::time::sleep(waits.wait()).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ChannelId, GuildId};
    use crate::reading::Message;
    use crate::verdict::{Incoming, Via};

    fn message(reply: Reply) -> Queued {
        let incoming = Incoming {
            message: Message::from_json(&serde_json::json!({})),
            id: MessageId(1),
            channel_id: ChannelId(2),
            guild_id: GuildId(3),
            via: Via::Live,
            trust: Ok(()),
        };
        Queued::Message(Waiting::behind(0, incoming), reply)
    }

    #[test]
    fn whoever_comes_while_messages_are_gathered_and_waits_is_not_kept_waiting() {
        let somebody_waits = || message(Some(oneshot::channel().0));
        for last in [somebody_waits, || Queued::End] {
            for comes_late in [false, true] {
                let (sender, mut queue) = mpsc::channel(8);
                let due = Instant::now() + Duration::from_secs(20);
                let mut waiting = vec![message(None)];
                if !comes_late {
                    sender.blocking_send(last()).unwrap();
                }
                let gathering = std::thread::spawn(move || {
                    gather(&mut queue, &mut waiting, due);
                    waiting.len()
                });
                if comes_late {
                    sender.blocking_send(message(None)).unwrap();
                    sender.blocking_send(last()).unwrap();
                    gathering.thread().unpark();
                }
                let gathered = gathering.join().unwrap();
                assert!(Instant::now() < due, "gathered on until the next batch was due");
                assert_eq!(gathered, if comes_late { 3 } else { 2 });
            }
        }
    }
}
