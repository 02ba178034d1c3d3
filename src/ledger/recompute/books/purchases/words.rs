//! Finding the order of a row that names it by nothing but what was bought, when, and by whom.

use std::collections::BTreeSet;

use sqlx::{SqliteConnection, query};

use super::joined::joined_sides;
use super::{Purchased, second};
use crate::ledger::database::time::text_of;
use crate::ledger::model::books::purchase::{Origin, Purchase, digest, is_same_buyer, who};
use crate::ledger::model::same_number::joining::WITHIN;
use crate::ledger::orders::row;
use crate::order::{OrderDetails, OrderItem, listed};

/// Of the orders of that second and these products the one of this buyer at this place, else the only one of which
/// the buyer is not known. One that has joined an order with a number is looked at as it is by itself.
pub(super) async fn of_words(
    connection: &mut SqliteConnection,
    guild: i64,
    origin: &Origin,
    place: usize,
) -> sqlx::Result<Option<Purchased>> {
    let Origin::Words(at, words, buyer) = origin else { return Ok(None) };
    let name = Purchase { origin: Origin::Words(*at, words.clone(), String::new()), place: 0 };
    let (mut same, mut unknown) = (Vec::new(), Vec::new());
    let mut look = |purchased: Purchased, items: &[OrderItem], details: &OrderDetails| {
        let lines = items.iter().map(|item| (item.product.as_deref(), item.quantity));
        if digest(&listed(lines)) != *words {
            return;
        }
        let of_order = who(details.profile.as_deref(), details.email.as_deref());
        match is_same_buyer(buyer, &of_order) {
            Some(true) => same.push(purchased),
            Some(false) => unknown.push(purchased),
            None => {}
        }
    };
    let candidates = candidates(connection, guild, &name).await?;
    let own: Vec<i64> = candidates.own.iter().copied().collect();
    for (row, items) in row::load(connection, &own).await? {
        look(Purchased { order: row.id, home: None }, &items, &row.details);
    }
    let (from, below) = second(*at);
    for lone in joined_sides(connection, &candidates.joined).await? {
        let state = &lone.side.state;
        let ordered_at = state.announcement.as_ref().map(|it| text_of(it.ordered_at));
        if let Some(order) = lone.joined
            && ordered_at.is_some_and(|at| from <= at && at < below)
        {
            let purchased = Purchased { order, home: Some(lone.side.id) };
            look(purchased, &state.lines.items, &state.details);
        }
    }
    // As they came, whatever they have joined since.
    same.sort_by_key(|one| one.home.unwrap_or(one.order));
    let only = unknown.first().filter(|_| same.is_empty() && unknown.len() == 1 && place == 0);
    Ok(same.get(place).or(only).copied())
}

/// Orders that a name may mean.
#[derive(Default)]
struct Candidates {
    own: BTreeSet<i64>,
    /// Those that a purchase without a number has joined, which may be it.
    joined: BTreeSet<i64>,
}

async fn candidates(
    connection: &mut SqliteConnection,
    guild: i64,
    name: &Purchase,
) -> sqlx::Result<Candidates> {
    let mut candidates = Candidates::default();
    let Origin::Words(at, ..) = &name.origin else { return Ok(candidates) };
    let (from, below) = second(*at);
    let (since, until) = (text_of(*at - WITHIN), text_of(*at + WITHIN));
    let (first, behind) = names_like(name);
    // Those that were found before the buyer was a part of the name may have a number by now.
    let orders = query!(
        r#"SELECT id AS "id!: i64", 0 AS "is_joined!: bool" FROM orders
           WHERE guild_id = ?1 AND ordered_at >= ?2 AND ordered_at < ?3 AND order_number IS NULL
           UNION
           SELECT order_id, home_id IS NOT NULL FROM purchases WHERE guild_id = ?1 AND name >= ?4 AND name < ?5
           UNION
           -- The first table is empty where nothing has joined anything: then no order is looked at.
           SELECT id, 1 FROM (SELECT 1 FROM purchases WHERE home_id IS NOT NULL LIMIT 1) CROSS JOIN orders
           WHERE guild_id = ?1 AND ordered_at >= ?6 AND ordered_at <= ?7 AND order_number IS NOT NULL
               AND EXISTS (SELECT 1 FROM purchases WHERE order_id = orders.id AND home_id IS NOT NULL)"#,
        guild,
        from,
        below,
        first,
        behind,
        since,
        until
    );
    for row in orders.fetch_all(connection).await? {
        if row.is_joined {
            candidates.joined.insert(row.id);
        } else {
            candidates.own.insert(row.id);
        }
    }
    Ok(candidates)
}

/// From which on and below which the names of purchases are that differ in buyer and place alone.
fn names_like(name: &Purchase) -> (String, String) {
    let name = name.to_string();
    let common = name.trim_end_matches('0').trim_end_matches('|');
    (format!("{common}|"), format!("{common}}}"))
}
