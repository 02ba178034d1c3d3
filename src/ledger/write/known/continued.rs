//! Messages that were edited: what they announced, and what was said of it since, is kept with what they say by now, in
//! whichever order the copies come.

use std::collections::{BTreeMap, HashMap};

use super::ExistingDelivery;
use crate::ids::MessageId;
use crate::ledger::database::time::{text_of, time_of};
use crate::reading::{self, Labels, Message, addresses};
use crate::verdict::payload::unpack;
use crate::verdict::{Outcome, Packer, Prepared, Via, decide};

/// Those of these messages that are to be kept anew, as what they say by now together with what they said before.
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
    for message in messages.iter().filter(|copy| !copy.says_nothing) {
        copies.entry(message.facts.id).or_default().push(message);
    }
    let of_message = |(id, newest): (&MessageId, &&Prepared)| {
        let (all, kept) = (copies.get(id)?, known.get(id));
        let copies = Copies { newest, all, kept, labels };
        Some((*id, copies.continued()?))
    };
    newest.iter().filter_map(of_message).collect()
}

/// What is known of one message.
struct Copies<'a> {
    newest: &'a Prepared,
    all: &'a [&'a Prepared],
    kept: Option<&'a ExistingDelivery>,
    labels: &'a Labels,
}

impl Copies<'_> {
    /// `None`: nothing that it said before counts, or it is kept like that already.
    fn continued(&self) -> Option<Prepared> {
        let is_news = self.kept.is_none_or(|kept| kept.is_superseded_by(self.newest));
        if self.newest.says_nothing || self.is_plain(is_news) || !self.may_be_kept() {
            return None;
        }
        let mut last = if is_news { of_copy(self.newest)? } else { of_kept(self.kept?)? };
        let before = std::mem::take(&mut last.earlier);
        let is_read_again = self.newest.forced() && !before.is_empty();
        if is_news && is_read_again {
            return None;
        }
        let earlier = reading::earlier(&last, self.copies(), self.labels);
        let is_kept_so = if is_news { earlier.is_empty() } else { earlier == before };
        (!is_kept_so).then_some(())?;
        self.prepared(Message { earlier, ..last })
    }

    /// What comes most often, told without reading anything: the same once more, another form of what is kept (Discord
    /// shows embeds when it has them), and what announces all its orders anew.
    fn is_plain(&self, is_news: bool) -> bool {
        let (is_alone, is_forced) = (self.all.len() == 1, self.newest.forced());
        let replaces = is_news && self.newest.decision.announces_by_number();
        let is_known = || self.kept.is_some_and(|kept| kept.compared(self.newest).is_eq());
        (replaces && (is_alone || !is_forced))
            || self.are_one()
            || (!is_news && is_alone && is_known())
    }

    /// Nearly always there is one copy, or the same once more.
    fn are_one(&self) -> bool {
        let kept = self.kept.and_then(|kept| kept.payload.as_ref());
        let mut payloads = self.all.iter().filter_map(|copy| copy.payload.as_ref()).chain(kept);
        let first = payloads.next();
        payloads.all(|payload| Some(payload) == first)
    }

    /// What people say by hand is not kept once it is gone; and nobody but its author edits a message.
    fn may_be_kept(&self) -> bool {
        let was_trusted = self.kept.is_some_and(ExistingDelivery::was_trusted);
        self.newest.trusted() || (self.newest.webhook_id.is_some() && !was_trusted)
    }

    /// All that it said, each with the time of its edit.
    fn copies(&self) -> Vec<Message> {
        let is_of_author =
            |is_trusted: bool, via: Via| is_trusted || !self.newest.trusted() || via != Via::Import;
        let again = self.all.iter().filter(|copy| copy.forced()).map(|copy| edit_time(copy));
        let again: Vec<Option<String>> = again.collect();
        let copies = self.all.iter().filter(|copy| is_of_author(copy.trusted(), copy.facts.via));
        let mut copies: Vec<Message> = copies.filter_map(|copy| of_copy(copy)).collect();
        let kept =
            self.kept.filter(|kept| is_of_author(kept.outcome != Outcome::Untrusted, kept.via));
        if let Some(mut message) = kept.and_then(of_kept) {
            // What is read again is the same copy, and the kept one may hold what was cleaned away since.
            if kept.is_some_and(|kept| again.contains(&kept.edited_at)) {
                copies.append(&mut message.earlier);
            } else {
                copies.push(message);
            }
        }
        let earlier: Vec<Message> =
            copies.iter_mut().flat_map(|copy| std::mem::take(&mut copy.earlier)).collect();
        copies.extend(earlier);
        copies
    }

    fn prepared(&self, mut message: Message) -> Option<Prepared> {
        message.webhook_id = self.newest.webhook_id;
        let reading = reading::read_redacted(&message, self.labels);
        let decision = decide(&message, reading, &self.newest.trust);
        let mut addresses = addresses::of_message(&message);
        addresses.extend(decision.orders.iter().filter_map(|order| order.details.email.clone()));
        let edited_at = message.edited_at;
        let payload = Packer::new().and_then(|mut packer| packer.pack(message)).ok();
        Some(Prepared {
            edited_at,
            decision,
            addresses,
            payload: Some(payload?),
            ..self.newest.clone()
        })
    }
}

/// A copy without content that is kept, as of a person who was forgotten, is none.
fn of_copy(copy: &Prepared) -> Option<Message> {
    of_payload(copy.payload.as_deref()?, edit_time(copy).as_deref())
}

fn of_kept(kept: &ExistingDelivery) -> Option<Message> {
    of_payload(kept.payload.as_deref()?, kept.edited_at.as_deref())
}

/// As the ledger writes it: a copy that comes again is the same.
fn edit_time(copy: &Prepared) -> Option<String> {
    copy.edited_at.map(text_of)
}

fn of_payload(payload: &[u8], edited_at: Option<&str>) -> Option<Message> {
    Some(Message { edited_at: edited_at.map(time_of), ..unpack(payload).ok()? })
}
