//! What orders are to be, by what has happened.

use std::collections::{BTreeMap, BTreeSet};

use super::received::{self, Kept};
use super::{OldRow, PRICE, Step, UNITS, Value, WORDS};

/// What is there, what people have set, and the batches that were applied: whether each holds.
#[derive(Default, Clone)]
pub(super) struct Model {
    /// Those that a message has announced.
    pub(super) announced: BTreeSet<usize>,
    pub(super) batches: Vec<(i64, bool, Step)>,
    /// Old orders that stay although their batch does not hold, by the place of the batch.
    stays: BTreeSet<(usize, usize)>,
    /// By order and field: units, or cents.
    pub(super) by_hand: BTreeMap<(usize, Value), i64>,
    /// The statuses that sheets set, as they were brought.
    acts: Vec<Act>,
    /// The rows of groups' files that are kept.
    received: Vec<Kept>,
}

/// A row of a sheet of statuses that is kept, or the mark of a person.
#[derive(Debug, Clone, Copy)]
struct Act {
    /// The place of its batch; [`PERSON`]: of none.
    place: usize,
    /// How many batches were before it; a row that only repeats one is as old as that one.
    since: usize,
    order: usize,
    word: usize,
    /// Whether its order was not there: then it is decided when that comes, as if it had been there.
    waited: bool,
    anyway: bool,
}

const CANCELLED: usize = 3;
const PERSON: usize = usize::MAX;

/// Units received, payout, charged, refunded: as the columns have them.
type Columns = (Option<i64>, Option<i64>, Option<i64>, Option<i64>);

/// What was bought: price, units and total as the columns have them.
type Bought = (Option<i64>, i64, Option<i64>);

impl Model {
    fn held(&self) -> impl Iterator<Item = &Step> {
        self.batches.iter().filter(|(_, holds, _)| *holds).map(|(.., step)| step)
    }

    fn holders(&self, parcel: usize) -> Vec<usize> {
        let mut holders = BTreeSet::new();
        for step in self.held() {
            if let Step::Track(rows) = step {
                holders.extend(rows.iter().filter(|row| row.1 == parcel).map(|row| row.0));
            }
        }
        let orders = self.orders();
        holders.into_iter().filter(|order| orders.contains(order)).collect()
    }

    /// The orders that there are: by a message, or by a sheet that holds.
    pub(super) fn orders(&self) -> BTreeSet<usize> {
        let mut orders = self.announced.clone();
        orders.extend((0..3).filter(|order| !self.announcing(*order).is_empty()));
        orders
    }

    /// The places of the sheets that say what was bought, and hold or stay.
    fn announcing(&self, order: usize) -> Vec<usize> {
        let says = |(place, (_, holds, step)): (usize, &(i64, bool, Step))| {
            let Step::Old(rows) = step else { return None };
            let holds = *holds || self.stays.contains(&(place, order));
            (holds && rows.iter().any(|row| row.0 == order)).then_some(place)
        };
        self.batches.iter().enumerate().filter_map(says).collect()
    }

    /// The places of those whose words count: what only stays says nothing beside anything else that announces it.
    fn stating(&self, order: usize) -> Vec<usize> {
        let mut places = self.announcing(order);
        let holds = |place: &usize| self.batches[*place].1;
        if self.announced.contains(&order) || places.iter().any(holds) {
            places.retain(holds);
        }
        places
    }

    /// A message announces an order: nothing that was undone stays for it.
    pub(super) fn announce(&mut self, order: usize) {
        self.announced.insert(order);
        self.stays.retain(|(_, of)| *of != order);
    }

    /// The place of the latest sheet that holds and says anything else of an order.
    fn latest_otherwise(&self, order: usize) -> Option<usize> {
        let parcels: Vec<usize> =
            (0..3).filter(|parcel| self.holders(*parcel).contains(&order)).collect();
        let speaks = |place: usize, step: &Step| match step {
            Step::Track(rows) => rows.iter().any(|row| row.0 == order),
            Step::Received(_) => {
                let mut kept = self.received.iter().filter(|it| it.place.0 == place);
                kept.any(|it| parcels.contains(&it.row.0))
            }
            Step::Charges(rows) => rows.iter().any(|row| row.0 == order),
            Step::Status(..) => self.acts_of(order).iter().any(|act| act.place == place),
            _ => false,
        };
        if self.acts.iter().any(|act| act.order == order && act.place == PERSON) {
            return Some(PERSON);
        }
        let mut batches = self.batches.iter().enumerate();
        batches.rposition(|(place, (_, holds, step))| *holds && speaks(place, step))
    }

    /// Takes a batch back. What is said of an old order since keeps it.
    pub(super) fn undo(&mut self, place: usize) {
        let latest: Vec<_> = (0..3).map(|order| self.latest_otherwise(order)).collect();
        let there = self.orders();
        self.batches[place].1 = false;
        for order in 0..3 {
            if self.announced.contains(&order) {
                continue;
            }
            let announcing = self.announcing(order);
            let latest = if matches!(self.batches[place].2, Step::Old(_)) {
                latest[order]
            } else {
                self.latest_otherwise(order)
            };
            if announcing.is_empty() && there.contains(&order) && latest > Some(place) {
                self.stays.insert((place, order));
            }
            for kept in announcing.into_iter().filter(|kept| latest < Some(*kept)) {
                self.stays.remove(&(kept, order));
            }
        }
    }

    /// What the newest sheet that says so says.
    fn said<T>(&self, order: usize, of: impl Fn(&OldRow) -> Option<T>) -> Option<T> {
        self.stating(order).into_iter().rev().find_map(|place| {
            let Step::Old(rows) = &self.batches[place].2 else { return None };
            rows.iter().filter(|row| row.0 == order).find_map(&of)
        })
    }

    /// What the notes of the newest sheet that has some are: messages say none here.
    pub(super) fn note(&self, order: usize) -> Option<u8> {
        self.said(order, |row| row.3)
    }

    /// What was bought: a person's word, else the newest sheet's, else the message's.
    pub(super) fn bought(&self, order: usize) -> Bought {
        let by_hand = |value| self.by_hand.get(&(order, value)).copied();
        let is_announced = self.announced.contains(&order);
        let message = |value| is_announced.then_some(value);
        let price = by_hand(Value::Price).or_else(|| self.said(order, |row| row.1));
        let price = price.or(message(PRICE));
        let units = by_hand(Value::Quantity).or_else(|| self.said(order, |row| row.2));
        let units = units.or(message(UNITS[order])).unwrap_or(1);
        (price, units, by_hand(Value::Total).or_else(|| Some(price? * units)))
    }

    /// The orders among which a parcel is divided: what is cancelled takes no part beside what is not.
    fn taking_part(&self, parcel: usize) -> Vec<usize> {
        let holders = self.holders(parcel);
        let live = holders.iter().copied().filter(|order| !self.is_cancelled(*order));
        let live: Vec<usize> = live.collect();
        if live.is_empty() { holders } else { live }
    }

    /// Units by order: all that these parcels can bring to the oldest, then to the next one. So many units can come
    /// from parcels if no orders together have more than the parcels that hold any of them.
    fn spread(&self, parcels: &[(Vec<usize>, i64)]) -> BTreeMap<usize, i64> {
        let orders: BTreeSet<usize> =
            parcels.iter().flat_map(|(orders, _)| orders).copied().collect();
        let can_be = |units: &BTreeMap<usize, i64>| {
            (1..1_u32 << 3).all(|set| {
                let is_in = |order: &usize| set >> order & 1 == 1;
                let wanted = units.iter().filter(|(order, _)| is_in(order)).map(|(_, units)| units);
                let there = parcels.iter().filter(|(orders, _)| orders.iter().any(is_in));
                wanted.sum::<i64>() <= there.map(|(_, units)| units).sum()
            })
        };
        let mut units: BTreeMap<usize, i64> = orders.iter().map(|order| (*order, 0)).collect();
        for is_surplus in [false, true] {
            for order in &orders {
                let room = if is_surplus { i64::MAX } else { self.bought(*order).1 };
                while units[order] < room {
                    let mut more = units.clone();
                    *more.get_mut(order).expect("an order") += 1;
                    if !can_be(&more) {
                        break;
                    }
                    units = more;
                }
            }
        }
        units
    }

    /// By what parcels are divided: units, else what messages and sheets say that they cost, else equal parts.
    fn weights(&self, orders: &[usize]) -> Vec<i64> {
        let units: Vec<i64> = orders.iter().map(|order| self.bought(*order).1).collect();
        let said = Self { by_hand: BTreeMap::new(), ..self.clone() };
        let cost = |order: &usize| said.bought(*order).2.unwrap_or(0);
        let costs: Vec<i64> = orders.iter().map(cost).collect();
        let is_known = |weights: &Vec<i64>| weights.iter().any(|weight| *weight > 0);
        [units, costs].into_iter().find(is_known).unwrap_or_else(|| vec![1; orders.len()])
    }

    /// What is done: the sheet that is brought once more is that sheet.
    pub(super) fn meant(&self, step: Step) -> Step {
        match step {
            Step::Again(index) if !self.batches.is_empty() => {
                self.batches[index.index(self.batches.len())].2.clone()
            }
            step => step,
        }
    }

    /// A sheet is brought; none: it changes nothing, and is not kept.
    pub(super) fn bring(&mut self, batch: Option<i64>, sheet: Step) {
        let place = self.batches.len();
        let acts = match &sheet {
            Step::Status(orders, word, anyway) => {
                let word = WORDS.iter().position(|one| one == word).expect("a word");
                self.kept(orders, (word, *anyway), place)
            }
            _ => Vec::new(),
        };
        if let Some(batch) = batch {
            if let Step::Received(rows) = &sheet {
                self.received.extend(received::kept(rows, &self.received(), place));
            }
            self.batches.push((batch, true, sheet));
            self.acts.extend(acts);
        }
    }

    /// Those rows of a sheet of statuses that say anything.
    fn kept(&self, orders: &[usize], (word, anyway): (usize, bool), place: usize) -> Vec<Act> {
        let there = self.orders();
        let mut acts: Vec<Act> = Vec::new();
        for &order in orders {
            let known = self.acts_of(order);
            let same = known.iter().filter(|act| act.word == word && act.place != PERSON);
            let same = same.map(|act| act.since).max();
            let here = acts.iter().find(|act| act.order == order);
            let waited = !there.contains(&order);
            let is_last = |act: &&Act| act.word == word && act.anyway >= anyway;
            let (is_known, is_refused) = if waited {
                (here.is_some() || known.last().as_ref().is_some_and(is_last), false)
            } else {
                let is_known = here.is_some() || self.status(order) == word;
                (is_known, !anyway && word == CANCELLED && self.is_uncancellable(order))
            };
            let since = if is_known { same } else { Some(place) };
            if is_known || !is_refused {
                acts.extend(since.map(|since| Act { place, since, order, word, waited, anyway }));
            }
        }
        acts
    }

    /// The rows that hold and set a status of an order, the oldest first.
    fn acts_of(&self, order: usize) -> Vec<Act> {
        let holds = |act: &&Act| match self.batches.get(act.place) {
            _ if act.order != order => false,
            Some((_, holds, _)) => *holds,
            None => act.place == PERSON && act.since <= self.batches.len(),
        };
        let mut acts: Vec<Act> = self.acts.iter().filter(holds).copied().collect();
        acts.sort_by_key(|act| (act.since, act.place != PERSON, act.place));
        acts
    }

    /// The status of an order: as the last sheet says that could say so, else as messages do.
    pub(super) fn status(&self, order: usize) -> usize {
        let mut status = 0;
        for act in self.acts_of(order) {
            let then = || Self { batches: self.batches[..act.since].to_vec(), ..self.clone() };
            let is_decided = act.waited && !act.anyway && act.word == CANCELLED;
            if !(is_decided && ([1, 2].contains(&status) || then().is_received(order))) {
                status = act.word;
            }
        }
        status
    }

    /// Whether a person can set this status of an order, and it is another one.
    pub(super) fn marks_anew(&self, order: usize, word: usize) -> bool {
        self.orders().contains(&order) && self.status(order) != word
    }

    /// A person sets a status.
    pub(super) fn mark(&mut self, order: usize, word: usize) {
        // Before the rows of the next batch.
        let since = self.batches.len();
        self.acts.push(Act { place: PERSON, since, order, word, waited: false, anyway: true });
    }

    /// What speaks against a cancellation.
    fn is_uncancellable(&self, order: usize) -> bool {
        [1, 2].contains(&self.status(order)) || self.is_received(order)
    }

    /// Whether a group has any of it, or has paid for it.
    fn is_received(&self, order: usize) -> bool {
        let columns = self.columns();
        let is_some = |value: Option<i64>| value.is_some_and(|value| value > 0);
        columns.get(&order).is_some_and(|columns| is_some(columns.0) || is_some(columns.1))
    }

    fn is_cancelled(&self, order: usize) -> bool {
        self.status(order) == CANCELLED
    }

    /// The rows of groups' files that hold.
    fn received(&self) -> Vec<Kept> {
        let holds = |it: &&Kept| self.batches.get(it.place.0).is_some_and(|(_, holds, _)| *holds);
        self.received.iter().filter(holds).copied().collect()
    }

    /// Units and cents of a parcel.
    fn brought(&self, parcel: usize) -> Option<(i64, i64)> {
        let mut rows = self.received();
        rows.retain(|it| it.row.0 == parcel);
        let facts = received::facts(&rows);
        let sum = |one: fn(&(Option<u8>, i64, i64)) -> i64| facts.values().map(one).sum();
        (!facts.is_empty()).then(|| (sum(|it| it.1), sum(|it| it.2)))
    }

    /// How often each line of a statement counts: as often as in the sheet that has most of it.
    fn lines(&self, order: usize) -> BTreeMap<(u8, i64), usize> {
        let mut lines = BTreeMap::new();
        for step in self.held() {
            let Step::Charges(rows) = step else { continue };
            let mut here: BTreeMap<(u8, i64), usize> = BTreeMap::new();
            for (_, day, amount) in rows.iter().filter(|row| row.0 == order) {
                *here.entry((*day, *amount)).or_default() += 1;
            }
            for (line, count) in here {
                let most = lines.entry(line).or_default();
                *most = count.max(*most);
            }
        }
        lines
    }

    pub(super) fn columns(&self) -> BTreeMap<usize, Columns> {
        let mut columns: BTreeMap<usize, Columns> =
            self.orders().into_iter().map(|order| (order, Columns::default())).collect();
        let mut brought = Vec::new();
        for parcel in 0..3 {
            let (Some((units, cents)), orders) = (self.brought(parcel), self.taking_part(parcel))
            else {
                continue;
            };
            let weights = self.weights(&orders);
            let whole: i64 = weights.iter().sum();
            let shares: i64 = weights.iter().map(|weight| cents * weight / whole).sum();
            for (place, order) in orders.iter().enumerate() {
                let payout = &mut columns.get_mut(order).expect("an order").1;
                let rest = if place == 0 { cents - shares } else { 0 };
                *payout = Some(payout.unwrap_or(0) + cents * weights[place] / whole + rest);
            }
            brought.push((orders, units));
        }
        for (order, units) in self.spread(&brought) {
            columns.get_mut(&order).expect("an order").0 = Some(units);
        }
        for (order, (_, _, charged, refunded)) in &mut columns {
            for ((_, amount), count) in self.lines(*order) {
                let cents = if amount < 0 { amount * 100 - 25 } else { amount * 100 + 25 };
                let sum = if cents < 0 { &mut *refunded } else { &mut *charged };
                let count = i64::try_from(count).expect("few");
                *sum = Some(sum.unwrap_or(0) + cents.abs() * count);
            }
        }
        columns
    }
}
