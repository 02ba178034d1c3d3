//! Units that parcels brought, spread over the orders in them.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::Parcel;

/// The units of each order that takes part in a parcel whose units are known. The oldest order gets as many as it has
/// room for, then the next one, over all parcels: which parcel fills which order is no matter of how they are called.
/// What is more than all have room for is the oldest's that can have it.
pub(super) fn spread(parcels: &[Parcel]) -> HashMap<i64, i64> {
    let mut spread = Spread::default();
    let mut room = BTreeMap::new();
    for parcel in parcels {
        let mut stated = parcel.facts.iter().filter_map(|facts| facts.units).peekable();
        if stated.peek().is_none() {
            continue;
        }
        let units = stated.fold(0_i64, i64::saturating_add).max(0);
        let here = spread.parcels.len();
        let mut orders = Vec::new();
        for holder in parcel.taking_part() {
            orders.push(holder.order);
            spread.parcels_of.entry(holder.order).or_default().push(here);
            room.insert(holder.place(), (holder.order, holder.units.max(0)));
        }
        spread.parcels.push(Brought { left: units, orders, given: HashMap::new() });
    }
    for (order, units) in room.values() {
        spread.give(*order, *units);
    }
    for (order, _) in room.values() {
        spread.give(*order, i64::MAX);
    }
    let units = |(order, _): &(i64, i64)| (*order, spread.units(*order));
    room.values().map(units).collect()
}

/// What a parcel brought, and whom it went to.
struct Brought {
    left: i64,
    orders: Vec<i64>,
    given: HashMap<i64, i64>,
}

#[derive(Default)]
struct Spread {
    parcels: Vec<Brought>,
    parcels_of: HashMap<i64, Vec<usize>>,
    /// Parcels of which nothing is left, nor of any that could make up for them: that does not change any more.
    used_up: BTreeSet<usize>,
}

/// One order takes from a parcel, and another one gives it up there.
type Step = (i64, usize);

impl Spread {
    fn units(&self, order: i64) -> i64 {
        let of_parcel = |place: &usize| self.parcels.get(*place)?.given.get(&order).copied();
        let parcels = self.parcels_of.get(&order).into_iter().flatten();
        parcels.filter_map(of_parcel).fold(0, i64::saturating_add)
    }

    /// Gives an order so many units, or as many as there are; others keep as many as they have, if from other parcels.
    fn give(&mut self, order: i64, mut wanted: i64) {
        while wanted > 0 {
            let Some(way) = self.way(order) else { return };
            let units = self.passing(&way).min(wanted);
            if units <= 0 {
                return;
            }
            self.pass(&way, units);
            wanted = wanted.saturating_sub(units);
        }
    }

    /// The shortest way from an order to a parcel of which something is left: who takes from which parcel.
    fn way(&mut self, order: i64) -> Option<Vec<Step>> {
        let mut before: HashMap<usize, i64> = HashMap::new();
        let mut gave_up: HashMap<i64, usize> = HashMap::new();
        let mut next = VecDeque::from([order]);
        while let Some(taking) = next.pop_front() {
            for &place in self.parcels_of.get(&taking).into_iter().flatten() {
                if self.used_up.contains(&place) || before.contains_key(&place) {
                    continue;
                }
                before.insert(place, taking);
                let Some(parcel) = self.parcels.get(place) else { continue };
                if parcel.left > 0 {
                    return Some(back(place, &before, &gave_up));
                }
                for &other in &parcel.orders {
                    let has_some = parcel.given.get(&other).is_some_and(|units| *units > 0);
                    if has_some && other != order && !gave_up.contains_key(&other) {
                        gave_up.insert(other, place);
                        next.push_back(other);
                    }
                }
            }
        }
        self.used_up.extend(before.into_keys());
        None
    }

    /// How many units can go this way.
    fn passing(&self, way: &[Step]) -> i64 {
        let mut most =
            way.last().and_then(|(_, last)| self.parcels.get(*last)).map_or(0, |it| it.left);
        for ((_, place), (giving, _)) in way.iter().zip(way.iter().skip(1)) {
            let given = self.parcels.get(*place).and_then(|parcel| parcel.given.get(giving));
            most = most.min(given.copied().unwrap_or(0));
        }
        most
    }

    fn pass(&mut self, way: &[Step], units: i64) {
        let mut givers = way.iter().skip(1);
        for (taking, place) in way {
            let Some(parcel) = self.parcels.get_mut(*place) else { continue };
            let taken = parcel.given.entry(*taking).or_default();
            *taken = taken.saturating_add(units);
            let from = match givers.next() {
                Some((giving, _)) => parcel.given.entry(*giving).or_default(),
                None => &mut parcel.left,
            };
            *from = from.saturating_sub(units);
        }
    }
}

/// The way to this parcel, from its beginning.
fn back(last: usize, before: &HashMap<usize, i64>, gave_up: &HashMap<i64, usize>) -> Vec<Step> {
    let (mut way, mut place) = (Vec::new(), Some(last));
    while let Some((here, taking)) = place.and_then(|here| Some((here, *before.get(&here)?))) {
        way.push((taking, here));
        place = gave_up.get(&taking).copied();
    }
    way.reverse();
    way
}
