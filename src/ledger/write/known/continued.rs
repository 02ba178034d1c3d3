//! Messages that announced orders and were edited into something that announces none: what they announced is kept with
//! what they say by now, in whichever order the copies come.

use std::collections::{BTreeMap, HashMap};

use super::ExistingDelivery;
use crate::ids::MessageId;
use crate::ledger::database::time::{text_of, time_of};
use crate::reading::{self, Labels, Message, addresses};
use crate::verdict::payload::unpack;
use crate::verdict::{Outcome, Packer, Prepared, decide};

/// Those of these messages that are to be kept anew, as what they say by now together with what they announced.
pub(in crate::ledger::write) fn continued(
    messages: &[Prepared],
    newest: &BTreeMap<MessageId, &Prepared>,
    known: &HashMap<MessageId, ExistingDelivery>,
    labels: &Labels,
) -> HashMap<MessageId, Prepared> {
    if known.is_empty() && newest.len() == messages.len() {
        return HashMap::new();
    }
    let mut copies: HashMap<MessageId, Vec<&Prepared>> = HashMap::new();
    for message in messages.iter().filter(|copy| copy.trusted && !copy.says_nothing) {
        copies.entry(message.facts.id).or_default().push(message);
    }
    let of_message = |(id, newest): (&MessageId, &&Prepared)| {
        let kept = known.get(id).filter(|kept| kept.outcome != Outcome::Untrusted);
        let copies = Copies { newest, all: copies.get(id)?, kept, labels };
        Some((*id, copies.continued()?))
    };
    newest.iter().filter(|(_, message)| message.trusted).filter_map(of_message).collect()
}

/// What is known of one message.
struct Copies<'a> {
    newest: &'a Prepared,
    all: &'a [&'a Prepared],
    kept: Option<&'a ExistingDelivery>,
    labels: &'a Labels,
}

/// A message, and when it was edited, as the ledger writes it.
type Edited = (Option<String>, Message);

impl Copies<'_> {
    /// `None`: it announces something by now, or never did, or is kept like that already.
    fn continued(&self) -> Option<Prepared> {
        let is_news = self.kept.is_none_or(|kept| kept.is_superseded_by(self.newest));
        let replaces = is_news && self.newest.decision.announces();
        if self.newest.says_nothing || replaces || self.are_one() {
            return None;
        }
        let (edited, mut message) =
            if is_news { of_copy(self.newest)? } else { of_kept(self.kept?)? };
        let before = message.announced.take();
        let is_read_again = self.newest.forced() && before.is_some();
        if is_read_again || self.announces(&message) {
            return None;
        }
        let announced = self.announced()?;
        if !is_news && before.as_deref() == Some(&announced) {
            return None;
        }
        message.announced = Some(Box::new(announced));
        self.prepared(edited.as_deref(), message)
    }

    /// Nearly always there is one copy, or the same once more.
    fn are_one(&self) -> bool {
        let kept = self.kept.and_then(|kept| kept.payload.as_ref());
        let mut payloads = self.all.iter().filter_map(|copy| copy.payload.as_ref()).chain(kept);
        let first = payloads.next();
        payloads.all(|payload| Some(payload) == first)
    }

    /// The latest copy that announces something.
    fn announced(&self) -> Option<Message> {
        let mut copies: Vec<Edited> = self.all.iter().filter_map(|copy| of_copy(copy)).collect();
        if let Some((edited, mut message)) = self.kept.and_then(of_kept) {
            copies.extend(before_edit(&mut message));
            // What is read again is the same copy, and the kept one may hold what was cleaned away since.
            let is_again = self.newest.forced() && self.newest.edited_at.map(text_of) == edited;
            copies.extend((!is_again).then_some((edited, message)));
        }
        let announcing = copies.into_iter().filter(|(_, message)| self.announces(message));
        let (edited, latest) = announcing
            .max_by_key(|(edited, message)| (edited.clone(), length_and_text(message)))?;
        Some(Message { edited_at: edited.as_deref().map(time_of), ..latest })
    }

    fn announces(&self, message: &Message) -> bool {
        reading::read_redacted(message, self.labels).announces()
    }

    fn prepared(&self, edited: Option<&str>, mut message: Message) -> Option<Prepared> {
        message.webhook_id = self.newest.webhook_id;
        let decision = decide(&message, reading::read_redacted(&message, self.labels), &Ok(()));
        let mut addresses = addresses::of_message(&message);
        addresses.extend(decision.orders.iter().filter_map(|order| order.details.email.clone()));
        let payload = Packer::new().and_then(|mut packer| packer.pack(message)).ok();
        Some(Prepared {
            edited_at: edited.map(time_of),
            decision,
            addresses,
            payload: Some(payload?),
            ..self.newest.clone()
        })
    }
}

/// A copy without content that is kept, as of a person who was forgotten, is none.
fn of_copy(copy: &Prepared) -> Option<Edited> {
    Some((copy.edited_at.map(text_of), unpack(copy.payload.as_deref()?).ok()?))
}

fn of_kept(kept: &ExistingDelivery) -> Option<Edited> {
    Some((kept.edited_at.clone(), unpack(kept.payload.as_deref()?).ok()?))
}

/// What a kept message announced before it was edited.
fn before_edit(message: &mut Message) -> Option<Edited> {
    let mut before = *message.announced.take()?;
    Some((before.edited_at.take().map(text_of), before))
}

/// Of copies of the same time the longer one is the newer.
fn length_and_text(message: &Message) -> (usize, Vec<u8>) {
    let text = serde_json::to_vec(message).unwrap_or_default();
    (text.len(), text)
}
