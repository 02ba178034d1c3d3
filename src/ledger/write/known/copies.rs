//! Which of several copies of a message counts.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::ids::MessageId;
use crate::ledger::database::time::text_of;
use crate::reading::Message;
use crate::verdict::Prepared;
use crate::verdict::payload::{unpack, unpack_json};

/// The newest copy of each message, in the order of the ids.
pub(in crate::ledger::write) fn newest(messages: &[Prepared]) -> BTreeMap<MessageId, &Prepared> {
    let mut newest: BTreeMap<MessageId, &Prepared> = BTreeMap::new();
    for message in messages {
        let kept = newest.entry(message.facts.id).or_insert(message);
        let edited = |copy: &Prepared| copy.edited_at.map(text_of);
        let order = compare_copies(
            (edited(message).as_deref(), message.payload.as_deref()),
            (edited(kept).as_deref(), kept.payload.as_deref()),
        )
        // What a person asked for is read again, whatever else brings the same copy at that moment.
        .then(message.forced().cmp(&kept.forced()));
        let shows_more = kept.says_nothing && !message.says_nothing;
        let shows_less = message.says_nothing && !kept.says_nothing;
        let newer = message.trusted().cmp(&kept.trusted()).then(order) == Ordering::Greater;
        let founds = |copy: &Prepared, other: &Prepared| {
            announces_without_text(copy) && !other.decision.announces()
        };
        if shows_more || founds(message, kept) || (newer && !shows_less && !founds(kept, message)) {
            *kept = message;
        }
    }
    newest
}

/// Whether a copy founds orders, and its text cannot be kept with what an edit says: it names somebody who was
/// forgotten. Then it counts, not the edit.
pub(super) fn announces_without_text(copy: &Prepared) -> bool {
    copy.trusted() && copy.payload.is_none() && copy.decision.announces()
}

/// Which of two copies of a message is the newer one: by the time of the edit, and where that is
/// the same, as with embeds that Discord itself adds, the longer one. The bytes decide at last, so
/// that any order of arrival ends the same.
pub(super) fn compare_copies(
    (edited, payload): (Option<&str>, Option<&[u8]>),
    (other_edited, other_payload): (Option<&str>, Option<&[u8]>),
) -> Ordering {
    let by_content = || {
        if payload == other_payload {
            return Ordering::Equal;
        }
        let json = |packed: Option<&[u8]>| packed.and_then(own_json);
        let (json, other) = (json(payload), json(other_payload));
        let length = |json: &Option<Vec<u8>>| json.as_ref().map(Vec::len);
        length(&json).cmp(&length(&other)).then_with(|| json.cmp(&other))
    };
    edited.cmp(&other_edited).then_with(by_content)
}

/// The JSON of a kept message, without what it said before its edits.
fn own_json(packed: &[u8]) -> Option<Vec<u8>> {
    let json = unpack_json(packed).ok()?;
    let name = b"\"announced\"";
    if !json.windows(name.len()).any(|part| part == name) {
        return Some(json);
    }
    let message = Message { earlier: Vec::new(), ..unpack(packed).ok()? };
    serde_json::to_vec(&message).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ChannelId, GuildId};
    use crate::reading::Labels;
    use crate::verdict::{Incoming, Packer, Via, prepare};

    #[test]
    fn what_a_person_asked_for_is_read_again_whatever_brings_the_same_copy_meanwhile() {
        let content = "Successful Checkout\nOrder Number: A-1001".to_owned();
        let copy = |via| {
            let message = Message { content: content.clone(), ..Message::default() };
            let (id, channel_id, guild_id) = (MessageId(1 << 22), ChannelId(7), GuildId(8));
            let incoming = Incoming { message, id, channel_id, guild_id, via, trust: Ok(()) };
            prepare(incoming, &Labels::built_in(), &mut Packer::new().unwrap())
        };
        for (one, other) in [(Via::Backfill, Via::Retry), (Via::Retry, Via::Backfill)] {
            let copies = [copy(one), copy(other)];
            assert!(newest(&copies).into_values().all(Prepared::forced), "{one:?}");
        }
    }
}
