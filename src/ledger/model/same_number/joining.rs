//! Which checkouts without an order number belong to an order that has one. Pure.
//!
//! Two without a number are two purchases, however alike. One without and one with a number are one
//! purchase only where everything says so and there is no choice: each is the only candidate of the other.

use chrono::TimeDelta;

use super::super::fold::{OrderState, Statement};
use super::super::store_key::StoreKey;
use crate::order::OrderDetails;
use crate::reading::Kind;

/// Notices of one purchase come within this time.
pub(crate) const WITHIN: TimeDelta = TimeDelta::minutes(30);

/// For each checkout without a number the order that it belongs to, by its place in `orders`. These are
/// orders as their messages with a number make them.
pub(crate) fn join(unnumbered: &[Statement], orders: &[&OrderState]) -> Vec<Option<usize>> {
    let mut candidates: Vec<Vec<usize>> = Vec::with_capacity(unnumbered.len());
    let mut claims = vec![0_usize; orders.len()];
    for statement in unnumbered {
        let agreeing = orders.iter().enumerate().filter(|(_, order)| agrees(statement, order));
        let agreeing: Vec<usize> = agreeing.map(|(place, _)| place).collect();
        for &place in &agreeing {
            if let Some(claims) = claims.get_mut(place) {
                *claims += 1;
            }
        }
        candidates.push(agreeing);
    }
    let only = |places: Vec<usize>| match places.as_slice() {
        [place] if claims.get(*place) == Some(&1) => Some(*place),
        _ => None,
    };
    candidates.into_iter().map(only).collect()
}

/// Whether both speak of one purchase: product, price, and profile or e-mail agree, nothing disagrees,
/// and they are of the same time.
fn agrees(statement: &Statement, order: &OrderState) -> bool {
    let Some(announcement) = &order.announcement else { return false };
    let time = announcement.stated_time();
    let apart = statement.stated_time().zip(time).map(|(one, other)| (one - other).abs());
    statement.kind == Kind::Checkout
        && apart.is_some_and(|apart| apart <= WITHIN)
        && buyers_agree(&statement.reading.details, &order.details)
        && StoreKey::of(statement.reading.store.as_deref()).fits(&order.store_key)
        && order.lines.hold(&statement.reading, order.around())
}

/// Whether profile or e-mail are the same, and none of both differs.
pub(crate) fn buyers_agree(details: &OrderDetails, others: &OrderDetails) -> bool {
    let agree = |one: &Option<String>, other: &Option<String>| {
        Some(one.as_deref()?.eq_ignore_ascii_case(other.as_deref()?))
    };
    let emails = agree(&details.email, &others.email);
    let profiles = agree(&details.profile, &others.profile);
    let one_agrees = emails == Some(true) || profiles == Some(true);
    one_agrees && emails != Some(false) && profiles != Some(false)
}

#[cfg(test)]
mod tests;
