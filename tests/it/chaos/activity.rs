//! What Refract and people do in the channel, and what stands there in the end.

use std::collections::BTreeSet;

use super::schedule::Flavour;
use super::step::{Forger, Place, Post, Step, Who};
use crate::random::Random;

/// Messages of a schedule: the bot takes a quarter of a second for its reaction on each.
const MESSAGES_MAX: usize = 70;
/// Messages of a flood.
const FLOOD: (u64, u64) = (110, 260);
/// The longest burst.
const BURST_MAX: u64 = 9;
/// Numbers of forged checkouts begin here.
const FORGED: u64 = 900_000;
/// What people react with: the emoji of all statuses, and one that means nothing.
const EMOJI: [&str; 9] = ["✅", "⏳", "📦", "🏠", "💰", "🔙", "💸", "❌", "😀"];
const WORDS: [&str; 5] = ["Processing", "Shipped", "Delivered", "Cancelled", "Refunded"];
const PEOPLE: [Who; 4] = [Who::Owner, Who::Staff, Who::Stranger, Who::OtherBot];

/// A message as the schedule knows it.
#[expect(clippy::struct_excessive_bools, reason = "what happened to it, one by one")]
struct Posted {
    /// The numbers that it announces.
    announces: Vec<u64>,
    /// The numbers that it speaks of.
    names: Vec<u64>,
    /// Whether its sender can change it into another checkout.
    plain: bool,
    /// Whether it may be posted again as it is.
    repeatable: bool,
    stands: bool,
    edited: bool,
    marked: bool,
    reactions: Vec<(Who, &'static str)>,
    /// Who ever reacted, and with what.
    reacted: Vec<(Who, &'static str)>,
    /// Emoji that were taken away again.
    removed: Vec<&'static str>,
}

impl Posted {
    /// Whether nobody else ever used this emoji here. The history tells how many people stand behind
    /// an emoji, not who: that one took the place of another while the bot was away is found out late.
    fn is_alone(&self, who: Who, emoji: &str) -> bool {
        self.reacted.iter().all(|(other, used)| *used != emoji || *other == who)
    }
}

/// The channel as the schedule makes it.
pub(super) struct Channel {
    messages: Vec<Posted>,
    flavour: Flavour,
    swaps: bool,
    last_number: u64,
    gone: BTreeSet<u64>,
    blurred: BTreeSet<u64>,
}

impl Channel {
    pub(super) fn new(flavour: Flavour, swaps: bool) -> Self {
        let (gone, blurred) = (BTreeSet::new(), BTreeSet::new());
        Self { messages: Vec::new(), flavour, swaps, last_number: 0, gone, blurred }
    }

    /// Several things at once.
    pub(super) fn burst(&mut self, random: &mut Random, steps: &mut Vec<Step>) {
        for _ in 0..random.between(1, BURST_MAX) {
            let full = self.messages.len() >= MESSAGES_MAX;
            let changes = self.flavour != Flavour::Posted && !self.messages.is_empty();
            if changes && (full || random.percent(45)) {
                steps.extend(self.change(random));
            } else if !full {
                steps.push(Step::Post(self.post(random)));
            }
        }
    }

    /// What the owner types, to be taken back or to stay.
    pub(super) fn typed(random: &mut Random) -> Vec<Step> {
        let steps = vec![Step::Note, Step::Note, Step::TakeBack];
        steps.into_iter().skip(usize::try_from(random.below(2)).unwrap_or(0)).collect()
    }

    /// More checkouts than one page of the history holds.
    pub(super) fn flood(&mut self, random: &mut Random, steps: &mut Vec<Step>) {
        for _ in 0..random.between(FLOOD.0, FLOOD.1) {
            steps.push(Step::Post(self.checkout()));
        }
    }

    fn post(&mut self, random: &mut Random) -> Post {
        match random.below(100) {
            0..8 => self.again(random),
            8..22 => self.update(random),
            22..28 => {
                let (one, other) = (self.new_number(), self.new_number());
                self.posted(&[one, other], false, true);
                Post::Pair(one, other)
            }
            28..33 => {
                let number = self.new_number();
                self.posted(&[number], false, false);
                Post::Odd(number)
            }
            33..50 => self.no_order(random),
            _ => self.checkout(),
        }
    }

    fn checkout(&mut self) -> Post {
        let number = self.new_number();
        self.posted(&[number], true, true);
        Post::Checkout(number)
    }

    fn again(&mut self, random: &mut Random) -> Post {
        let Some(place) = self.any(random, |message| message.repeatable) else {
            return self.checkout();
        };
        let numbers = self.messages[place].announces.clone();
        self.posted(&numbers, false, true);
        Post::Again(place)
    }

    /// An update of an order of before, or of one whose checkout comes later.
    fn update(&mut self, random: &mut Random) -> Post {
        let number = random.between(1, self.last_number + 1);
        let word = random.pick(&WORDS).unwrap_or("Shipped");
        self.posted(&[], false, false);
        self.last().names = vec![number];
        Post::Update(number, word)
    }

    fn no_order(&mut self, random: &mut Random) -> Post {
        let number = random.between(1, self.last_number + 1);
        let place = self.any(random, |message| message.plain);
        self.posted(&[], false, false);
        match random.below(9) {
            0 => Post::Test,
            1 => Post::Decline(number),
            2 => Post::NoNumber,
            3 | 4 => Post::Chat,
            5 => Post::Forged(FORGED + number, Forger::Member),
            6 => Post::Forged(number, Forger::OtherBot),
            7 => Post::Forged(FORGED + number, Forger::OtherWebhook),
            _ => place.map_or(Post::Chat, Post::Forward),
        }
    }

    fn new_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    fn posted(&mut self, announces: &[u64], plain: bool, repeatable: bool) {
        self.messages.push(Posted {
            announces: announces.to_vec(),
            names: announces.to_vec(),
            plain,
            repeatable,
            stands: true,
            edited: false,
            marked: false,
            reactions: Vec::new(),
            reacted: Vec::new(),
            removed: Vec::new(),
        });
    }

    fn last(&mut self) -> &mut Posted {
        self.messages.last_mut().expect("a message was posted")
    }

    /// A message that stands and is such a one.
    fn any(&self, random: &mut Random, wanted: impl Fn(&Posted) -> bool) -> Option<Place> {
        let fits = |(_, message): &(Place, &Posted)| message.stands && wanted(message);
        let places: Vec<Place> =
            self.messages.iter().enumerate().filter(fits).map(|(place, _)| place).collect();
        random.pick(&places)
    }

    fn change(&mut self, random: &mut Random) -> Option<Step> {
        match random.below(100) {
            0..45 => self.react(random),
            45..65 => self.unreact(random),
            65..80 => self.edit(random),
            80..90 => self.delete(random),
            _ => self.clear(random),
        }
    }

    /// Mostly one mark for a message: of two the time decides, which may be unknown.
    fn react(&mut self, random: &mut Random) -> Option<Step> {
        let orders_only = random.percent(90);
        let place = self.any(random, |message| !orders_only || !message.names.is_empty())?;
        let who = random.pick(&PEOPLE)?;
        let emoji = random.pick(&EMOJI)?;
        let another = random.percent(10);
        let message = &mut self.messages[place];
        let marked = message.reactions.iter().any(|(who, _)| who.may_mark());
        let stands = message.reactions.contains(&(who, emoji));
        let replaces =
            !self.swaps && message.removed.contains(&emoji) && !message.is_alone(who, emoji);
        if stands || replaces || (who.may_mark() && marked && !another) {
            return None;
        }
        message.reactions.push((who, emoji));
        message.reacted.push((who, emoji));
        message.marked |= who.may_mark();
        Some(Step::React(place, who, emoji, random.percent(15)))
    }

    fn unreact(&mut self, random: &mut Random) -> Option<Step> {
        let place = self.any(random, |message| !message.reactions.is_empty())?;
        let message = &mut self.messages[place];
        let (who, emoji) = random.pick(&message.reactions)?;
        if !self.swaps && !message.is_alone(who, emoji) {
            return None;
        }
        message.reactions.retain(|reaction| *reaction != (who, emoji));
        message.removed.push(emoji);
        Some(Step::Unreact(place, who, emoji))
    }

    fn clear(&mut self, random: &mut Random) -> Option<Step> {
        let place = self.any(random, |message| !message.reactions.is_empty())?;
        let message = &mut self.messages[place];
        if random.percent(50) {
            message.removed.extend(message.reactions.drain(..).map(|(_, emoji)| emoji));
            return Some(Step::ClearAll(place));
        }
        let (_, emoji) = random.pick(&message.reactions)?;
        message.reactions.retain(|(_, other)| *other != emoji);
        message.removed.push(emoji);
        Some(Step::ClearEmoji(place, emoji))
    }

    fn edit(&mut self, random: &mut Random) -> Option<Step> {
        let place = self.any(random, |message| message.plain)?;
        let price = random.between(1, 999);
        let number = if random.percent(15) { Some(self.new_number()) } else { None };
        let message = &mut self.messages[place];
        let number = number.or_else(|| message.announces.first().copied())?;
        message.edited = true;
        message.announces = vec![number];
        message.names = vec![number];
        Some(Step::Edit { place, price, number })
    }

    /// Never of what was edited: which version the bot had then cannot be told.
    fn delete(&mut self, random: &mut Random) -> Option<Step> {
        let mut places = Vec::new();
        for _ in 0..random.between(1, 3) {
            let with_marks = random.percent(20);
            let place =
                self.any(random, |message| !message.edited && (with_marks || !message.marked));
            let Some(place) = place else { continue };
            let message = &mut self.messages[place];
            message.stands = false;
            self.gone.extend(&message.announces);
            if message.marked {
                self.blurred.extend(&message.names);
            }
            places.push(place);
        }
        (!places.is_empty()).then_some(Step::Delete(places))
    }

    /// The numbers of the checkouts that stand.
    pub(super) fn standing(&self) -> BTreeSet<u64> {
        let standing = self.messages.iter().filter(|message| message.stands);
        standing.flat_map(|message| message.announces.clone()).collect()
    }

    /// The same and those of deleted ones.
    pub(super) fn possible(&self) -> BTreeSet<u64> {
        self.standing().union(&self.gone).copied().collect()
    }

    /// The numbers of orders whose status cannot be foreseen.
    pub(super) fn blurred(&self) -> BTreeSet<u64> {
        self.blurred.clone()
    }
}
