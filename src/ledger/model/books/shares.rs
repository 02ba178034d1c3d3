//! What the parcels of orders brought, divided among them.

mod units;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};

use super::Sums;
use super::received::Facts;
use crate::order::{Currency, Money};
use crate::sheet::Amount;

/// An order that has parcels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) order: i64,
    pub(crate) ordered_at: String,
    pub(crate) number: String,
    /// Units that were ordered.
    pub(crate) units: i64,
    /// Whether it is cancelled, refunded or returned.
    pub(crate) has_ended: bool,
    /// Minor units; 0 where it is not known.
    pub(crate) cost: i64,
    pub(crate) currency: Option<Currency>,
}

/// A parcel that a group has received.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parcel {
    pub(crate) number: String,
    /// The orders in it.
    pub(crate) holders: Vec<Holder>,
    pub(crate) facts: Vec<Facts>,
    /// Of the row about it that was brought last.
    pub(crate) rank: i64,
}

/// What of an order was received, and what it brings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Received {
    /// Of the row that was brought last.
    pub(crate) rank: i64,
    pub(crate) units: Option<i64>,
    pub(crate) payout: Option<Money>,
    pub(crate) commission: Option<Money>,
    /// The group's word: the first that is not VERIFIED, else VERIFIED.
    pub(crate) status: Option<String>,
    /// The group's numbers.
    pub(crate) numbers: Option<String>,
    pub(crate) created: Option<DateTime<Utc>>,
    pub(crate) modified: Option<DateTime<Utc>>,
}

/// The word of a group that has counted and found right.
pub(crate) const VERIFIED: &str = "VERIFIED";

/// What is gathered of an order before it is summed up.
#[derive(Default)]
struct Gathered {
    received: Received,
    payout: Sums,
    commission: Sums,
    statuses: BTreeSet<String>,
    numbers: BTreeSet<String>,
}

impl Holder {
    /// Which one comes first.
    fn place(&self) -> (String, String, i64) {
        (self.ordered_at.clone(), self.number.clone(), self.order)
    }
}

impl Parcel {
    /// The orders among which it is divided: what has ended takes no part, as long as another order is in it.
    fn taking_part(&self) -> Vec<&Holder> {
        let live: Vec<&Holder> = self.holders.iter().filter(|one| !one.has_ended).collect();
        if live.is_empty() { self.holders.iter().collect() } else { live }
    }
}

/// Divides what parcels brought among their orders: money by units, units to the oldest order first.
pub(crate) fn shares(mut parcels: Vec<Parcel>) -> HashMap<i64, Received> {
    for parcel in &mut parcels {
        parcel.holders.sort_by_key(Holder::place);
    }
    let mut gathered: HashMap<i64, Gathered> = HashMap::new();
    let mut currencies: HashMap<i64, Option<Currency>> = HashMap::new();
    for parcel in &parcels {
        currencies.extend(parcel.holders.iter().map(|holder| (holder.order, holder.currency)));
        give_money(parcel, &mut gathered);
        tell(parcel, &mut gathered);
    }
    for (order, units) in units::spread(&parcels) {
        gathered.entry(order).or_default().received.units = Some(units);
    }
    let sum_up = |(order, gathered): (i64, Gathered)| {
        let currency = currencies.get(&order).copied().flatten();
        (order, gathered.sum_up(currency))
    };
    gathered.into_iter().map(sum_up).collect()
}

impl Gathered {
    fn sum_up(self, currency: Option<Currency>) -> Received {
        let words = || self.statuses.iter();
        let status = words().find(|word| *word != VERIFIED).or_else(|| words().next());
        let numbers: Vec<&str> = self.numbers.iter().map(String::as_str).collect();
        Received {
            payout: self.payout.shown(currency),
            commission: self.commission.shown(currency),
            status: status.cloned(),
            numbers: (!numbers.is_empty()).then(|| numbers.join(", ")),
            ..self.received
        }
    }
}

fn give_money(parcel: &Parcel, gathered: &mut HashMap<i64, Gathered>) {
    let holders = parcel.taking_part();
    let weights = weights(&holders);
    let payouts = parcel.facts.iter().filter_map(|facts| facts.payout);
    let commissions = parcel.facts.iter().filter_map(|facts| facts.commission);
    let payouts = divided(&holders, &weights, &payouts.collect::<Vec<_>>());
    let commissions = divided(&holders, &weights, &commissions.collect::<Vec<_>>());
    for (order, money) in payouts {
        gathered.entry(order).or_default().payout.add_money(money);
    }
    for (order, money) in commissions {
        gathered.entry(order).or_default().commission.add_money(money);
    }
}

/// By units, else by cost, else to equal parts.
fn weights(holders: &[&Holder]) -> Vec<i64> {
    let all = |of: fn(&Holder) -> i64| holders.iter().map(|one| of(one).max(0)).collect::<Vec<_>>();
    let is_known = |weights: &Vec<i64>| weights.iter().any(|weight| *weight > 0);
    let by_units = Some(all(|one| one.units)).filter(is_known);
    by_units.or_else(|| Some(all(|one| one.cost)).filter(is_known)).unwrap_or_else(|| all(|_| 1))
}

/// The shares of each order, rounded down, the remainder on the first.
fn divided(holders: &[&Holder], weights: &[i64], amounts: &[Amount]) -> Vec<(i64, Money)> {
    let whole: i128 = weights.iter().copied().map(i128::from).sum();
    let share = |total: i128, weight: i64| (total * i128::from(weight)).div_euclid(whole.max(1));
    let mut shares = Vec::new();
    for (place, (holder, weight)) in holders.iter().zip(weights).enumerate() {
        // An amount without a currency is in that of each order.
        let mut totals: BTreeMap<&str, (Money, i128)> = BTreeMap::new();
        for money in amounts.iter().filter_map(|amount| amount.money(holder.currency)) {
            totals.entry(money.code()).or_insert((money, 0)).1 += i128::from(money.minor);
        }
        for (money, total) in totals.into_values() {
            let given: i128 = weights.iter().map(|weight| share(total, *weight)).sum();
            let rest = if place == 0 { total - given } else { 0 };
            let minor = i64::try_from(share(total, *weight) + rest).unwrap_or(i64::MAX);
            shares.push((holder.order, Money { minor, ..money }));
        }
    }
    shares
}

/// What the group says of a parcel holds of all orders in it.
fn tell(parcel: &Parcel, gathered: &mut HashMap<i64, Gathered>) {
    for holder in &parcel.holders {
        let gathered = gathered.entry(holder.order).or_default();
        for facts in &parcel.facts {
            gathered.statuses.extend(facts.status.clone());
            gathered.numbers.extend(facts.number.clone());
            let received = &mut gathered.received;
            received.rank = received.rank.max(parcel.rank);
            let earliest = [received.created, facts.created].into_iter().flatten().min();
            received.created = earliest;
            received.modified = received.modified.max(facts.modified);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holder(order: i64, units: i64) -> Holder {
        let ordered_at = format!("2026-01-0{order}");
        Holder { order, ordered_at, units, ..Holder::default() }
    }

    fn parcel(number: &str, holders: &[Holder], units: i64, payout: &str) -> Parcel {
        let facts = Facts { units: Some(units), payout: payout.parse().ok(), ..Facts::default() };
        let (number, holders) = (number.to_owned(), holders.to_vec());
        Parcel { number, holders, facts: vec![facts], rank: 1 }
    }

    fn of(shares: &HashMap<i64, Received>, order: i64) -> (Option<i64>, Option<i64>) {
        let received = &shares[&order];
        (received.units, received.payout.map(|money| money.minor))
    }

    #[test]
    fn money_is_divided_by_units_and_the_remainder_is_the_firsts() {
        let divided = shares(vec![parcel("P", &[holder(2, 1), holder(1, 2)], 3, "100.00")]);
        assert_eq!(
            (of(&divided, 1), of(&divided, 2)),
            ((Some(2), Some(6667)), (Some(1), Some(3333)))
        );
    }

    #[test]
    fn units_fill_the_oldest_order_first_over_all_parcels() {
        let both = [holder(1, 2), holder(2, 2)];
        let divided = shares(vec![parcel("P", &both, 2, ""), parcel("Q", &both, 1, "")]);
        assert_eq!((of(&divided, 1).0, of(&divided, 2).0), (Some(2), Some(1)));
        let more = shares(vec![parcel("P", &both, 5, "")]);
        assert_eq!((of(&more, 1).0, of(&more, 2).0), (Some(3), Some(2)));
    }

    #[test]
    fn how_parcels_are_called_moves_no_unit() {
        let (dead, old, new) =
            (Holder { has_ended: true, ..holder(1, 1) }, holder(2, 3), holder(3, 3));
        for [one, other] in [["P", "Q"], ["Q", "P"]] {
            let parcels = |dead: &Holder, units| {
                let first = parcel(one, &[dead.clone(), old.clone()], units, "30.00");
                shares(vec![first, parcel(other, &[old.clone(), new.clone()], units, "30.00")])
            };
            let divided = parcels(&dead, 3);
            assert_eq!(of(&divided, 1), (None, None), "it takes no part");
            assert_eq!((of(&divided, 2).0, of(&divided, 3).0), (Some(3), Some(3)));
            let divided = parcels(&holder(1, 1), 3);
            let units = [1, 2, 3].map(|order| of(&divided, order).0);
            assert_eq!(units, [Some(1), Some(3), Some(2)], "the oldest first");
            let divided = parcels(&dead, 4);
            assert_eq!((of(&divided, 2).0, of(&divided, 3).0), (Some(5), Some(3)), "the oldest's");
        }
    }

    #[test]
    fn a_parcel_of_which_all_have_ended_is_divided_as_if_they_lived() {
        let live = [Holder { cost: 3996, ..holder(1, 4) }, Holder { cost: 2000, ..holder(2, 2) }];
        let ended = live.clone().map(|one| Holder { has_ended: true, ..one });
        let brought = |holders: &[Holder]| shares(vec![parcel("P", holders, 1, "100.01")]);
        assert_eq!(brought(&ended), brought(&live));
    }

    #[test]
    fn amounts_of_one_currency_are_divided_as_one_sum() {
        let dollars = |order| Holder { currency: Currency::from_code("USD"), ..holder(order, 1) };
        let mut parcel = parcel("P", &[dollars(1), dollars(2)], 2, "5.01");
        let more = ["5.01 $", "5.01 USD"]
            .map(|payout| Facts { payout: payout.parse().ok(), ..Facts::default() });
        parcel.facts.extend(more);
        let divided = shares(vec![parcel]);
        assert_eq!((of(&divided, 1).1, of(&divided, 2).1), (Some(752), Some(751)));
    }

    #[test]
    fn orders_without_units_share_by_cost() {
        let holders = [Holder { cost: 100, ..holder(1, 0) }, Holder { cost: 300, ..holder(2, 0) }];
        let divided = shares(vec![parcel("P", &holders, 0, "4.00")]);
        assert_eq!((of(&divided, 1).1, of(&divided, 2).1), (Some(100), Some(300)));
    }
}
