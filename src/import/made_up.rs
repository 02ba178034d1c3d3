//! Ids for messages that came without one: negative, and out of the content, so that the same text
//! imported twice is one message.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Utc};
use sha2::{Digest, Sha256};

use crate::ids::MessageId;
use crate::ledger::Ledger;
use crate::reading::{Labels, Message, read_redacted, redact};

/// The ids of messages with a time lie so far below those that Discord gives, in the same order.
const BELOW_DISCORD: i64 = 1 << 62;
/// The bits of an id that do not tell its time.
const TIMELESS: i64 = (1 << 22) - 1;
/// The years whose ids have room there.
const YEARS: std::ops::RangeInclusive<i32> = 2015..=2045;
const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;

/// Makes up ids, message after message.
#[derive(Debug, Default)]
pub(super) struct MadeUp {
    /// The time of the last message.
    at: Option<DateTime<Utc>>,
    /// How often each message with that time came.
    same: HashMap<u64, u64>,
    /// Which of them has which id of before.
    before: HashMap<MessageId, u64>,
}

/// The id of one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Made {
    id: MessageId,
    /// The id that it got before ids were spread over the time that is not known. Absent where it is the same.
    before: Option<MessageId>,
    /// Whether no message in front of it got the same.
    is_first: bool,
}

impl MadeUp {
    /// The ids of messages, each its own where it has one. Those that are stored under an id of before keep it, so
    /// that the file that brought them brings nothing new: of several with the same id the one that is kept there.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(super) async fn ids(
        &mut self,
        messages: &[Message],
        (ledger, labels): (&Ledger, &Labels),
    ) -> anyhow::Result<Vec<MessageId>> {
        let made: Vec<Made> = messages.iter().map(|message| self.of(message)).collect();
        let before: Vec<MessageId> = made.iter().filter_map(|made| made.before).collect();
        let stored =
            if before.is_empty() { HashMap::new() } else { ledger.stored_among(&before).await? };
        let id = |(made, message): (Made, &Message)| {
            let has = |before: &MessageId| match stored.get(before)? {
                Some(kept) => is_kept(kept, message, labels).then_some(*before),
                None => made.is_first.then_some(*before),
            };
            made.before.as_ref().and_then(has).unwrap_or(made.id)
        };
        Ok(made.into_iter().zip(messages).map(id).collect())
    }

    fn of(&mut self, message: &Message) -> Made {
        if let Some(id) = message.id {
            return Made { id, before: None, is_first: true };
        }
        let Some(at) = message.posted_at.filter(|at| YEARS.contains(&at.year())) else {
            let id = MessageId(-(hash(message, 0).cast_signed() & i64::MAX).max(1));
            return Made { id, before: None, is_first: true };
        };
        if self.at.replace(at) != Some(at) {
            self.same.clear();
            self.before.clear();
        }
        let hash = hash(message, self.equal_before(message, at));
        let before = id_at(at, hash);
        let unknown = chrono::Duration::milliseconds(hash_of_time(hash) % unknown_ms(at));
        let id = id_at(at + unknown, hash);
        let is_first = *self.before.entry(before).or_insert(hash) == hash;
        Made { id, before: Some(before).filter(|before| *before != id), is_first }
    }

    /// Texts tell the minute alone: of two equal messages the second is another one.
    fn equal_before(&mut self, message: &Message, at: DateTime<Utc>) -> u64 {
        if unknown_ms(at) != MINUTE_MS {
            return 0;
        }
        let same = self.same.entry(hash(message, 0)).or_default();
        *same += 1;
        *same - 1
    }
}

/// Whether a kept message is this one: by its text or, where other rules have cleaned it, by what it says.
fn is_kept(kept: &Message, message: &Message, labels: &Labels) -> bool {
    let [kept, message] = [kept, message].map(|message| redact(message.clone(), labels));
    let text = |message: &Message| (message.content.clone(), message.embeds.clone());
    let says = |message: &Message| read_redacted(message, labels).orders;
    text(&kept) == text(&message) || (!says(&message).is_empty() && says(&kept) == says(&message))
}

/// How much of a time is not known, as far as it shows: texts tell the minute, or the second.
fn unknown_ms(at: DateTime<Utc>) -> i64 {
    let is_whole = |span: &i64| at.timestamp_millis() % span == 0;
    [MINUTE_MS, SECOND_MS].into_iter().find(is_whole).unwrap_or(1)
}

fn id_at(at: DateTime<Utc>, hash: u64) -> MessageId {
    MessageId((MessageId::at(at).0 & !TIMELESS | hash.cast_signed() & TIMELESS) - BELOW_DISCORD)
}

/// The bits of a hash that do not stand in the id's timeless part.
fn hash_of_time(hash: u64) -> i64 {
    (hash >> TIMELESS.count_ones()).cast_signed()
}

/// A number out of the content, and of how many equal messages came before.
fn hash(message: &Message, before: u64) -> u64 {
    let mut digest = Sha256::new();
    digest.update(serde_json::to_vec(message).unwrap_or_default());
    if before > 0 {
        digest.update(before.to_be_bytes());
    }
    digest.finalize().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::ids::{ChannelId, GuildId};
    use crate::ingest::Ingest;
    use crate::verdict::{Incoming, Via, trust};

    fn message(content: &str, at: Option<&str>) -> Message {
        Message {
            content: content.to_owned(),
            posted_at: at.map(|at| at.parse().expect("a time")),
            ..Message::default()
        }
    }

    fn ids(messages: &[(&str, Option<&str>)]) -> Vec<MessageId> {
        let mut made_up = MadeUp::default();
        messages.iter().map(|(content, at)| made_up.of(&message(content, *at)).id).collect()
    }

    #[test]
    fn made_up_ids_are_negative_in_the_order_of_time_and_the_same_each_time() {
        let at = ["2015-06-01T00:00:00Z", "2026-01-15T18:00:00Z", "2026-01-15T18:01:00Z"].map(Some);
        let messages = [("a", at[0]), ("b", at[1]), ("b", at[1]), ("b", at[2]), ("b", None)];
        let found = ids(&messages);
        assert!(found.iter().all(|id| id.0 < 0), "{found:?}");
        assert!(found[0] < found[1] && found[1] != found[2] && found[2] < found[3], "{found:?}");
        assert_eq!(ids(&messages), found);
    }

    #[test]
    fn equal_messages_are_one_where_their_second_is_known_or_nothing_is() {
        let exactly = Some("2026-01-15T18:00:05.123Z");
        for at in [exactly, None, Some("9999-01-01T00:00:00Z")] {
            let found = ids(&[("b", at), ("b", at)]);
            assert!(found[0] == found[1] && found[0].0 < 0, "{found:?}");
        }
    }

    /// Some ten thousand messages of one minute, of which several have the same id of before.
    #[test]
    fn as_many_messages_as_a_minute_may_hold_have_each_an_id_of_their_own() {
        for at in ["2026-01-15T18:00:00Z", "2026-01-15T18:00:07Z"] {
            let mut made_up = MadeUp::default();
            let made =
                (0..10_000).map(|number| made_up.of(&message(&number.to_string(), Some(at))));
            let made: Vec<Made> = made.collect();
            let ids: HashSet<i64> = made.iter().map(|made| made.id.0).collect();
            assert_eq!(ids.len(), made.len(), "{at}");
            let first = made.iter().filter(|made| made.is_first);
            let before: Vec<i64> = first.filter_map(|made| Some(made.before?.0)).collect();
            let different: HashSet<&i64> = before.iter().collect();
            assert_eq!(different.len(), before.len(), "{at}: an id of before is one message's");
            assert!(before.len() < made.len(), "{at}: some had the same");
        }
    }

    /// As a program of before stored them: all under their ids of before, of which two messages have the same.
    #[tokio::test]
    async fn what_is_stored_under_an_id_of_before_keeps_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let ledger = Ledger::open(&folder.path().join("ledger.db")).await.expect("a ledger");
        let labels = Labels::built_in();
        let ingest = Ingest::start(ledger.clone(), Labels::built_in()).expect("ingest");
        let text = |number: usize| format!("Successful Checkout | Target\nProduct\nBox {number}");
        let at = Some("2026-01-15T18:00:00Z");
        let messages: Vec<Message> = (0..10_000).map(|number| message(&text(number), at)).collect();
        let mut made_up = MadeUp::default();
        let made: Vec<Made> = messages.iter().map(|message| made_up.of(message)).collect();
        let second = made.iter().position(|made| !made.is_first).expect("two have the same");
        let first = made.iter().position(|one| one.before == made[second].before).expect("it");
        let pair = [first, second].map(|place| messages[place].clone());
        for stored in pair.iter().rev() {
            let before = made[first].before.expect("an id of before");
            let trust = trust::judge_saved(stored);
            let (channel_id, guild_id) = (ChannelId(1), GuildId(6));
            let message = stored.clone();
            let incoming =
                Incoming { id: before, channel_id, guild_id, message, via: Via::Import, trust };
            ingest.submit(incoming).await.expect("stored");
            let kept = ledger.stored_among(&[before]).await.expect("read").remove(&before);
            let kept = kept.flatten().expect("it is kept").content;
            let expected = pair.each_ref().map(|one| one.content == kept);
            assert!(expected[0] != expected[1], "one of them is kept");
            let ids = MadeUp::default().ids(&pair, (&ledger, &labels)).await.expect("ids");
            assert_eq!([ids[0] == before, ids[1] == before], expected);
            assert_ne!(ids[0], ids[1]);
        }
        ingest.close().await;
        ledger.close().await;
    }
}
