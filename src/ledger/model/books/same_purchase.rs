//! Which purchase without a number, of a sheet, an order with one is: by the rule of messages, and only where no file
//! tells both apart. Pure.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};

use super::Evidence;
use crate::ledger::model::fold::OrderState;
use crate::ledger::model::folded::folded;
use crate::ledger::model::lines::Lines;
use crate::ledger::model::same_number::joining::{WITHIN, buyers_agree};
use crate::order::OrderItem;
use crate::sheet::Row;

/// An order, and the rows of sheets that speak of it.
#[derive(Debug)]
pub(crate) struct Side {
    pub(crate) id: i64,
    pub(crate) state: OrderState,
    pub(crate) rows: Vec<Evidence>,
}

/// The purchases without a number that are one of the orders with one, each the only candidate of the other.
pub(crate) fn same_purchases(lone: &[&Side], numbered: &[&Side]) -> Vec<(i64, i64)> {
    let is_possible = |(one, other): &(&Side, &Side)| one.files().is_disjoint(&other.files());
    let possible: Vec<(i64, i64)> = agreeing(lone, numbered)
        .into_iter()
        .filter(is_possible)
        .map(|(one, other)| (one.id, other.id))
        .collect();
    let mut candidates: HashMap<i64, usize> = HashMap::new();
    for order in possible.iter().flat_map(|(one, other)| [*one, *other]) {
        *candidates.entry(order).or_default() += 1;
    }
    let is_only = |order: &i64| candidates.get(order) == Some(&1);
    possible.into_iter().filter(|(one, other)| is_only(one) && is_only(other)).collect()
}

/// Those that agree in all, whatever files list both.
pub(crate) fn agreeing<'s>(lone: &[&'s Side], numbered: &[&'s Side]) -> Vec<(&'s Side, &'s Side)> {
    let timed = |side: &&'s Side| side.time().map(|time| (time, *side));
    let mut numbered: Vec<(DateTime<Utc>, &Side)> = numbered.iter().filter_map(timed).collect();
    numbered.sort_by_key(|(time, _)| *time);
    let mut agreeing = Vec::new();
    for (time, one) in lone.iter().filter_map(timed) {
        let first = numbered.partition_point(|(other, _)| *other < time - WITHIN);
        let near = numbered.iter().skip(first).take_while(|(other, _)| *other <= time + WITHIN);
        agreeing
            .extend(near.filter(|(_, other)| agree(one, other)).map(|(_, other)| (one, *other)));
    }
    agreeing
}

/// Whether all but their times agrees.
fn agree(lone: &Side, numbered: &Side) -> bool {
    let (one, other) = (&lone.state, &numbered.state);
    one.store_key.fits(&other.store_key)
        && one.currency == other.currency
        && buyers_agree(&one.details, &other.details)
        && hold(&other.lines, &one.lines)
}

/// Whether all products of a purchase are among those of an order, each for the same price: several purchases may be
/// one order. As many units, where these are all of it.
fn hold(lines: &Lines, of_purchase: &Lines) -> bool {
    let named = |item: &OrderItem| {
        let name = item.product.as_deref().map(folded)?;
        Some((name, item.price_minor?, item.size.as_deref().map(folded)))
    };
    let mut left: Vec<_> = lines.items.iter().map(named).collect();
    let mut take = |item: &OrderItem| {
        let item = named(item)?;
        let place = left.iter().position(|other| other.as_ref() == Some(&item))?;
        Some(left.swap_remove(place))
    };
    let are_among =
        !of_purchase.items.is_empty() && of_purchase.items.iter().all(|item| take(item).is_some());
    are_among
        && if left.is_empty() {
            of_purchase.quantity() == lines.quantity()
        } else {
            of_purchase.quantity() <= lines.quantity()
        }
}

impl Side {
    /// When it was bought; `None` where no more than its day is known.
    fn time(&self) -> Option<DateTime<Utc>> {
        let announcement = self.state.announcement.as_ref()?;
        let is_of_message = announcement.message_id.is_some();
        let mut stated = self.rows.iter().filter_map(|row| match &row.row {
            Row::Orders(row) => row.ordered_at,
            _ => None,
        });
        let is_timed = is_of_message || stated.any(|moment| moment.time.is_some());
        announcement.stated_time().filter(|_| is_timed)
    }

    /// The files that announce it: two orders of one file are two.
    fn files(&self) -> BTreeSet<(i64, i64)> {
        let announcing = self.rows.iter().filter(|row| matches!(row.row, Row::Orders(_)));
        announcing.map(|row| (row.batch, row.file)).collect()
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::ledger::database::time::text_of;
    use crate::ledger::model::fold::Announcement;
    use crate::order::OrderDetails;
    use crate::sheet::{Moment, OrderRow};

    fn side(id: i64, minute: i64, file: i64) -> Side {
        let at = DateTime::from_timestamp(1_770_000_000, 0).unwrap() + TimeDelta::minutes(minute);
        let announcement = Announcement {
            message_id: None,
            channel_id: None,
            posted_at: None,
            ordered_at: at,
            received_at: Utc::now(),
            source: "sheet".to_owned(),
        };
        let item = OrderItem {
            product: Some("Example Box".to_owned()),
            price_minor: Some(1_000),
            ..OrderItem::default()
        };
        let details = OrderDetails { profile: Some("Main".to_owned()), ..OrderDetails::default() };
        let state = OrderState {
            announcement: Some(announcement),
            lines: Lines { items: vec![item], stated_quantity: None },
            details,
            ..OrderState::default()
        };
        let row = OrderRow { ordered_at: text_of(at).parse().ok(), ..OrderRow::default() };
        let evidence = Evidence { batch: file, ..Evidence::of(id, Row::Orders(Box::new(row))) };
        Side { id, state, rows: vec![evidence] }
    }

    #[test]
    fn all_must_agree_and_each_be_the_only_candidate_of_the_other() {
        let one = side(1, 0, 1);
        assert_eq!(same_purchases(&[&one], &[&side(2, 29, 2)]), [(1, 2)]);
        assert_eq!(same_purchases(&[&one], &[&side(2, 31, 2)]), []);
        assert_eq!(same_purchases(&[&one], &[&side(2, 1, 1)]), [], "of one file");
        let two = [&side(2, 1, 2), &side(3, 2, 3)];
        assert_eq!(same_purchases(&[&one], &two), [], "two orders");
        let two = [&one, &side(4, 5, 4)];
        assert_eq!(same_purchases(&two, &[&side(2, 1, 2)]), [], "two purchases");
    }

    #[test]
    fn a_purchase_may_be_a_part_of_an_order() {
        let (one, mut whole) = (side(1, 0, 1), side(2, 1, 2));
        let cup = OrderItem { product: Some("Example Cup".to_owned()), ..OrderItem::default() };
        whole.state.lines.items.push(cup.clone());
        assert_eq!(same_purchases(&[&one], &[&whole]), [(1, 2)]);
        let mut more = side(3, 0, 3);
        more.state.lines.items.push(cup);
        assert_eq!(same_purchases(&[&more], &[&whole]), [], "without a price");
        let mut twice = side(4, 0, 4);
        twice.state.lines.items.push(twice.state.lines.items[0].clone());
        assert_eq!(same_purchases(&[&twice], &[&whole]), [], "two of what it has once");
    }

    #[test]
    fn what_differs_or_is_not_said_makes_two_purchases() {
        type Change = fn(&mut Side);
        let changes: [Change; 6] = [
            |side| side.state.lines.items[0].price_minor = Some(1_001),
            |side| side.state.lines.items[0].product = None,
            |side| side.state.lines.items[0].quantity = Some(2),
            |side| side.state.details.profile = None,
            |side| {
                side.state.store_key =
                    crate::ledger::model::store_key::StoreKey::of(Some("Target"));
            },
            |side| {
                let Row::Orders(row) = &mut side.rows[0].row else { return };
                row.ordered_at = row.ordered_at.map(|moment| Moment { time: None, ..moment });
            },
        ];
        let mut found = Vec::new();
        for change in changes {
            let mut one = side(1, 0, 1);
            change(&mut one);
            found.push(same_purchases(&[&one], &[&side(2, 1, 2)]).len());
        }
        // A store that one of them does not name may be any.
        assert_eq!(found, [0, 0, 0, 0, 1, 0]);
    }
}
