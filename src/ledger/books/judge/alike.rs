//! New orders that may be in the ledger by another number, or without one: the preview says so, since nobody but
//! whoever brings the sheet can tell.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use sqlx::{SqliteConnection, query};

use super::old_orders::NEW;
use super::{Becomes, Judging};
use crate::ids::OrderId;
use crate::ledger::database::time::text_of;
use crate::ledger::model::books::purchase::{Origin, digest};
use crate::ledger::model::same_number::joining::WITHIN;
use crate::ledger::model::typed::order::handle_of;
use crate::ledger::orders::row;
use crate::order::listed;
use crate::sheet::Row;

/// Orders that the new ones of a look are compared with.
const MOST: i64 = 1_000;

/// A second, as stored, what was bought in it, and whether that has no number: then it may be an order with one.
type Bought = (String, String, bool);

impl Judging<'_> {
    /// Names the orders of the same products in the same second beside those of these rows that make a new order, and
    /// the orders with a number that a purchase without one may become a part of.
    pub(super) async fn point_out_alike(
        &mut self,
        connection: &mut SqliteConnection,
        places: impl Iterator<Item = &usize>,
    ) -> sqlx::Result<()> {
        let bought: BTreeMap<usize, Bought> =
            places.filter_map(|&place| Some((place, self.bought(place)?))).collect();
        if bought.is_empty() {
            return Ok(());
        }
        let there = bought_in(connection, self.request.guild.0, bought.values()).await?;
        for (place, bought) in bought {
            if let Some(handle) = there.get(&bought) {
                let why = match handle {
                    (handle, true) => {
                        format!("{NEW}; {handle} is the same product, bought in the same second")
                    }
                    (handle, false) => format!(
                        "{NEW}, or one with {handle}: the same product, bought within 30 minutes"
                    ),
                };
                self.set(place, Becomes::Changed, why);
            }
        }
        Ok(())
    }

    /// What the row of a new order says of it; `None`: it is no new order, or says no more than the day.
    fn bought(&self, place: usize) -> Option<Bought> {
        self.lines.get(place).filter(|line| line.reason == NEW)?;
        let Row::Orders(row) = &self.brought(place)?.1.row else { return None };
        row.ordered_at.filter(|moment| moment.time.is_some())?;
        match Origin::of(row, Tz::UTC)? {
            Origin::Words(at, words, _) => Some((text_of(at), words, row.purchase.is_some())),
            Origin::Message(_) | Origin::Ledger(..) => None,
        }
    }
}

/// What was bought in these seconds, and the orders that it is: whether in the same one.
async fn bought_in(
    connection: &mut SqliteConnection,
    guild: i64,
    bought: impl Iterator<Item = &Bought>,
) -> sqlx::Result<HashMap<Bought, (String, bool)>> {
    let second = |(at, _, is_lone): &Bought| {
        let from: DateTime<Utc> = at.parse().ok()?;
        let around = if *is_lone { WITHIN } else { TimeDelta::zero() };
        let until = from + TimeDelta::seconds(1) + around;
        Some((at.clone(), text_of(from - around), text_of(until), *is_lone))
    };
    let spans: BTreeSet<_> = bought.filter_map(second).collect();
    let spans = serde_json::to_string(&spans).unwrap_or_default();
    let found = query!(
        r#"SELECT DISTINCT span.value ->> 0 AS "second!: String", span.value ->> 3 AS "is_lone!: bool",
                  orders.id AS "id!", orders.ordered_at >= span.value ->> 0
                      AND orders.ordered_at < strftime('%Y-%m-%dT%H:%M:%fZ', span.value ->> 0, '+1 second') AS "is_same!: bool"
           FROM json_each(?) AS span CROSS JOIN orders ON guild_id = ?
               AND ordered_at >= span.value ->> 1 AND ordered_at < span.value ->> 2 LIMIT ?"#,
        spans,
        guild,
        MOST
    );
    let found = found.fetch_all(&mut *connection).await?;
    let mut seconds: HashMap<i64, Vec<(String, bool, bool)>> = HashMap::new();
    for row in found {
        let second = (row.second, row.is_lone, row.is_same);
        seconds.entry(row.id).or_default().push(second);
    }
    let ids: Vec<i64> = seconds.keys().copied().collect();
    let mut there: HashMap<Bought, (String, bool)> = HashMap::new();
    for (row, items) in row::load(connection, &ids).await? {
        let lines = items.iter().map(|item| (item.product.as_deref(), item.quantity));
        let words = digest(&listed(lines));
        for (second, is_lone, is_same) in seconds.remove(&row.id).unwrap_or_default() {
            if is_same || row.order_number.is_some() {
                let handle = handle_of(row.order_number.as_deref(), OrderId(row.id));
                let known = there.entry((second, words.clone(), is_lone));
                let known = known.or_insert_with(|| (handle.clone(), is_same));
                if is_same {
                    *known = (handle, is_same);
                }
            }
        }
    }
    Ok(there)
}
