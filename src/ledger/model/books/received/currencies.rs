//! Amounts in currencies that an order has no place for: it has one payout, and its commission is in its own currency.

use std::collections::HashMap;

use super::facts;
use crate::ledger::model::books::Evidence;
use crate::order::{Currency, Money};
use crate::sheet::{Amount, ReceivedRow, Row};

/// A parcel, what groups say of it, and the orders in it with their currencies.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    pub(crate) rows: Vec<Evidence>,
    pub(crate) holders: Vec<(i64, Option<Currency>)>,
}

/// A row whose amounts an order has no place for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misplaced {
    pub(crate) row: i64,
    pub(crate) order: i64,
    /// Why, for people.
    pub(crate) why: String,
}

/// Why an amount that is in the order's currency alone cannot be in this one.
pub(crate) fn foreign(what: &str, amount: Option<Amount>, own: Option<Currency>) -> Option<String> {
    let stated = Money { minor: 0, currency: amount?.currency_in(own) };
    let own = own?;
    (stated.currency != Some(own))
        .then(|| format!("its {what} is in {}, and the order in {}", stated.code(), own.code()))
}

/// Why an amount without a currency of its own cannot be of an order in a currency that has no cents.
pub(crate) fn odd_cents(
    what: &str,
    amount: Option<Amount>,
    own: Option<Currency>,
) -> Option<String> {
    let (amount, own) = (amount?, own?);
    amount.has_odd_cents(Some(own)).then(|| {
        format!(
            "its {what} of {} has cents, and the order is in {}, which has none; bring it without, or name the currency that it is in",
            amount.bare(),
            own.code()
        )
    })
}

/// Why a group's row cannot be of an order in this currency, whatever else is said of it.
pub(crate) fn misplaced(said: &ReceivedRow, own: Option<Currency>) -> Option<String> {
    foreign("commission", said.commission, own)
        .or_else(|| odd_cents("payout", said.payout, own))
        .or_else(|| odd_cents("commission", said.commission, own))
}

/// Why a payout cannot be beside one in another currency.
pub(crate) fn pays_otherwise(paid: Money, other: &str) -> String {
    format!("it pays in {}, and the order is paid in {other}: an order has one payout", paid.code())
}

/// Takes the rows out of parcels that cannot be beside what was brought before them: of an order that is paid in
/// several currencies the first one counts.
pub(crate) fn take_misplaced(parcels: &mut [Told]) -> Vec<Misplaced> {
    let mut misplaced = Vec::new();
    if !may_be_misplaced(parcels) {
        return misplaced;
    }
    let mut rows: Vec<(usize, Evidence)> = Vec::new();
    for (place, parcel) in parcels.iter_mut().enumerate() {
        rows.extend(std::mem::take(&mut parcel.rows).into_iter().map(|row| (place, row)));
    }
    rows.sort_by_key(|(_, row)| (row.rank, row.id));
    for (place, row) in rows {
        if let Some((order, why)) = why_misplaced(parcels, place, &row) {
            misplaced.push(Misplaced { row: row.id, order, why });
        } else if let Some(parcel) = parcels.get_mut(place) {
            parcel.rows.push(row);
        }
    }
    for parcel in parcels {
        parcel.rows.sort_by_key(|row| row.id);
    }
    misplaced
}

fn received(row: &Evidence) -> Option<&ReceivedRow> {
    match &row.row {
        Row::Received(said) => Some(said.as_ref()),
        _ => None,
    }
}

/// Whether any order is paid in two currencies, or has a commission in another one. In most ledgers none is.
fn may_be_misplaced(parcels: &[Told]) -> bool {
    let mut paid: HashMap<i64, &'static str> = HashMap::new();
    for parcel in parcels {
        for said in parcel.rows.iter().filter_map(received) {
            for (order, own) in &parcel.holders {
                let payout = said.payout.and_then(|amount| amount.money(*own));
                let is_other = payout.is_some_and(|money| {
                    *paid.entry(*order).or_insert(money.code()) != money.code()
                });
                if is_other || misplaced(said, *own).is_some() {
                    return true;
                }
            }
        }
    }
    false
}

fn why_misplaced(parcels: &[Told], place: usize, row: &Evidence) -> Option<(i64, String)> {
    let said = received(row)?;
    for &(order, own) in &parcels.get(place)?.holders {
        if let Some(why) = misplaced(said, own) {
            return Some((order, why));
        }
        let Some(paid) = said.payout.and_then(|amount| amount.money(own)) else { continue };
        for (at, parcel) in parcels.iter().enumerate() {
            if !parcel.holders.iter().any(|(holder, _)| *holder == order) {
                continue;
            }
            // A row may correct what its parcel paid.
            let also = Some(row).filter(|_| at == place);
            let payouts = facts(parcel.rows.iter().chain(also)).into_iter();
            let mut codes = payouts.filter_map(|it| Some(it.payout?.money(own)?.code()));
            if let Some(other) = codes.find(|code| *code != paid.code()) {
                return Some((order, pays_otherwise(paid, other)));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: i64, number: &str, payout: &str, commission: &str) -> Evidence {
        let said = ReceivedRow {
            group_order_number: Some(number.to_owned()),
            payout: payout.parse().ok(),
            commission: commission.parse().ok(),
            ..ReceivedRow::default()
        };
        Evidence::of(id, Row::Received(Box::new(said)))
    }

    fn taken(parcels: &[(&[i64], &[Evidence])]) -> (Vec<i64>, Vec<i64>) {
        let dollars = Currency::from_code("USD");
        let told = |(holders, rows): &(&[i64], &[Evidence])| Told {
            rows: rows.to_vec(),
            holders: holders.iter().map(|order| (*order, dollars)).collect(),
        };
        let mut told: Vec<Told> = parcels.iter().map(told).collect();
        let misplaced = take_misplaced(&mut told).into_iter().map(|one| one.row).collect();
        let kept = told.iter().flat_map(|parcel| parcel.rows.iter().map(|row| row.id)).collect();
        (kept, misplaced)
    }

    #[test]
    fn of_payouts_in_several_currencies_the_first_counts() {
        let rows = [row(1, "7", "12 EUR", ""), row(2, "8", "9.00", ""), row(3, "9", "1 EUR", "")];
        assert_eq!(taken(&[(&[1], &rows)]), (vec![1, 3], vec![2]));
        let [euros, dollars, more] = rows;
        let corrected = [euros.clone(), row(2, "7", "9.00", "")];
        assert_eq!(taken(&[(&[1], &corrected)]), (vec![1, 2], vec![]), "the parcel's own word");
        let parcels = [(&[1][..], &[dollars][..]), (&[1, 2], &[euros.clone(), more])];
        assert_eq!(taken(&parcels), (vec![1, 3], vec![2]), "over all parcels");
        let apart = [(&[1][..], &[euros][..]), (&[2], &[row(2, "8", "9.00", "")])];
        assert_eq!(taken(&apart), (vec![1, 2], vec![]), "of two orders");
    }

    #[test]
    fn a_commission_is_in_the_currency_of_the_order() {
        assert_eq!(taken(&[(&[1], &[row(1, "7", "9.00", "1 EUR")])]), (vec![], vec![1]));
        assert_eq!(taken(&[(&[1], &[row(1, "7", "9.00", "1.00")])]), (vec![1], vec![]));
    }
}
