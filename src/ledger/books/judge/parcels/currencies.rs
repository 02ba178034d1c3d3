//! Amounts in currencies that an order has no place for: nothing of them may be lost, so their rows are refused.

use std::collections::BTreeSet;

use crate::ledger::books::judge::known::Known;
use crate::ledger::books::judge::{Becomes, Judging};
use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::parcel_key::key_of_parcel;
use crate::ledger::model::books::received::currencies::{
    foreign, misplaced, odd_cents, pays_otherwise,
};
use crate::ledger::model::books::received::{Facts, facts, more_than_paid};
use crate::ledger::model::books::shares::{Parcel, shares};
use crate::order::{Currency, Money};
use crate::sheet::{self, Row};

impl Judging<'_> {
    /// Why a group's row cannot be kept beside what is said of these orders. `rows`: what is said of its parcel.
    pub(in crate::ledger::books::judge) fn in_other_currency(
        &mut self,
        row: &Evidence,
        held: &[&Known],
        rows: &[Evidence],
    ) -> sqlx::Result<Option<String>> {
        let Row::Received(said) = &row.row else { return Ok(None) };
        let facts = facts(rows.iter().chain([row]));
        let parcel = key_of_parcel(&said.parcel);
        for order in held {
            let own = order.currency()?;
            if let Some(why) = misplaced(said, own) {
                return Ok(Some(why));
            }
            let Some(paid) = said.payout.and_then(|amount| amount.money(own)) else { continue };
            if let Some(other) = self.paid_otherwise(order, own, (&parcel, &facts, paid))? {
                return Ok(Some(pays_otherwise(paid, other)));
            }
        }
        for order in held {
            let own = order.currency()?;
            if let Some(paid) = said.payout.and_then(|amount| amount.money(own)) {
                let known = self.paid.get(&order.id);
                let alone = known.is_none_or(|(_, by)| by.as_ref() == Some(&parcel));
                self.paid.insert(order.id, (paid.code(), alone.then(|| parcel.clone())));
            }
        }
        Ok(None)
    }

    /// The other currency in which an order is paid already.
    fn paid_otherwise(
        &mut self,
        order: &Known,
        own: Option<Currency>,
        (parcel, facts, paid): (&String, &[Facts], Money),
    ) -> sqlx::Result<Option<&'static str>> {
        let payouts = facts.iter().filter_map(|facts| facts.payout?.money(own));
        let codes: BTreeSet<&'static str> = payouts.map(|money| money.code()).collect();
        if let Some(other) = codes.iter().find(|code| **code != paid.code()) {
            return Ok(Some(other));
        }
        if let Some(known) = order.paid()?
            && !self.paid.contains_key(&order.id)
        {
            let parcels: BTreeSet<String> = order.parcels().filter(|key| !key.is_empty()).collect();
            let alone = Some(parcel.clone()).filter(|_| parcels.len() <= 1);
            self.paid.insert(order.id, (known.code(), alone));
        }
        let known = self.paid.get(&order.id);
        let other = known.filter(|(code, by)| *code != paid.code() && by.as_ref() != Some(parcel));
        Ok(other.map(|(code, _)| *code))
    }

    /// Adds what a line of a statement comes to.
    pub(in crate::ledger::books::judge) fn sum(&mut self, row: &Row, of_order: Option<Currency>) {
        let Row::Charges(charge) = row else { return };
        let Some(money) = charge.amount.money(of_order) else { return };
        self.sums.add_money(money);
        if money.minor < 0 {
            self.refunded.add_money(Money { minor: money.minor.saturating_neg(), ..money });
        }
    }

    /// Adds what a row pays, as it is divided among these orders.
    pub(in crate::ledger::books::judge) fn sum_divided(
        &mut self,
        row: &Row,
        held: &[&Known],
    ) -> sqlx::Result<()> {
        let Row::Received(said) = row else { return Ok(()) };
        let mut holders = Vec::new();
        for order in held {
            holders.push(order.holder()?);
        }
        let facts = vec![Facts { payout: said.payout, ..Facts::default() }];
        let parcel = Parcel { holders, facts, ..Parcel::default() };
        for received in shares(vec![parcel]).into_values() {
            if let Some(money) = received.payout {
                self.sums.add_money(money);
            }
        }
        Ok(())
    }

    /// Refuses a row of an order whose amounts cannot be kept. `true`: it is.
    pub(in crate::ledger::books::judge) fn is_lost(
        &mut self,
        place: usize,
        row: &Evidence,
        (brought, of_order): (&[Evidence], Option<Currency>),
    ) -> bool {
        let Row::Orders(said) = &row.row else { return false };
        let why = without_place(said, of_order).or_else(|| not_added(said, brought, of_order));
        let is_lost = why.is_some();
        if let Some(why) = why {
            self.set(place, Becomes::Refused, why);
        }
        is_lost
    }
}

/// Why a row states an amount that its order cannot hold.
fn without_place(row: &sheet::OrderRow, of_order: Option<Currency>) -> Option<String> {
    let own = row.named_currency(of_order).or(of_order);
    foreign("commission", row.commission, own)
        .or_else(|| foreign("sold price", row.sold_price, own))
        .or_else(|| foreign("fees", row.fees, own))
        .or_else(|| in_odd_cents(row, row.currency.or(own)))
        .or_else(|| of_too_much(row).map(str::to_owned))
}

fn in_odd_cents(row: &sheet::OrderRow, own: Option<Currency>) -> Option<String> {
    let prices = row.items.iter().map(|item| ("price", item.price));
    let others = [
        ("total", row.total),
        ("payout", row.payout),
        ("commission", row.commission),
        ("charged amount", row.charged),
        ("refunded amount", row.refunded),
        ("sold price", row.sold_price),
        ("fees", row.fees),
    ];
    prices.chain(others).find_map(|(what, amount)| odd_cents(what, amount, own))
}

/// Why a row's commission cannot be. What this program has written comes in again, whatever it says.
fn of_too_much(row: &sheet::OrderRow) -> Option<&'static str> {
    let is_ours = !row.adds_up || row.is_shown;
    more_than_paid(row.commission, row.payout).filter(|_| !is_ours)
}

/// Why an amount cannot be added to that of the rows above of the same order.
fn not_added(
    row: &sheet::OrderRow,
    brought: &[Evidence],
    of_order: Option<Currency>,
) -> Option<String> {
    let above = brought.iter().filter_map(|evidence| match &evidence.row {
        Row::Orders(above) if above.adds_up && row.adds_up => Some(above),
        _ => None,
    });
    let amounts = |row: &sheet::OrderRow| {
        [
            ("total", row.total),
            ("payout", row.payout),
            ("charged amount", row.charged),
            ("refunded amount", row.refunded),
        ]
        .map(|(what, amount)| {
            (what, amount.map(|it| (it, it.currency_in(row.currency.or(of_order)))))
        })
    };
    for above in above {
        for ((what, stated), (_, before)) in amounts(row).into_iter().zip(amounts(above)) {
            let Some(((amount, stated), (other, before))) = stated.zip(before) else { continue };
            if stated != before {
                let code = |currency| Money { minor: 0, currency }.code();
                return Some(format!(
                    "its {what} is in {}, and that of a row above of the same order in {}",
                    code(stated),
                    code(before)
                ));
            }
            if other.plus(amount).is_none() {
                return Some(format!(
                    "its {what} is {amount}, and that of a row above of the same order {other}: they cannot be added"
                ));
            }
        }
    }
    None
}
