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
use crate::ledger::model::typed::order::handle_of;
use crate::ledger::orders::row;
use crate::order::listed;
use crate::sheet::Row;

/// Orders that the new ones of a look are compared with.
const MOST: i64 = 1_000;

/// A second, as stored, and what was bought in it.
type Bought = (String, String);

impl Judging<'_> {
    /// Names the orders of the same products in the same second beside those of these rows that make a new order.
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
                let why = format!("{NEW}; {handle} is the same product, bought in the same second");
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
            Origin::Words(at, words, _) => Some((text_of(at), words)),
            Origin::Message(_) | Origin::Ledger(..) => None,
        }
    }
}

/// What was bought in these seconds, and the orders that it is.
async fn bought_in(
    connection: &mut SqliteConnection,
    guild: i64,
    bought: impl Iterator<Item = &Bought>,
) -> sqlx::Result<HashMap<Bought, String>> {
    let second = |at: &str| {
        let from: DateTime<Utc> = at.parse().ok()?;
        Some((text_of(from), text_of(from + TimeDelta::seconds(1))))
    };
    let spans: BTreeSet<_> = bought.filter_map(|(at, _)| second(at)).collect();
    let spans = serde_json::to_string(&spans).unwrap_or_default();
    let found = query!(
        r#"SELECT DISTINCT span.value ->> 0 AS "second!: String", orders.id AS "id!"
           FROM json_each(?) AS span CROSS JOIN orders ON guild_id = ?
               AND ordered_at >= span.value ->> 0 AND ordered_at < span.value ->> 1 LIMIT ?"#,
        spans,
        guild,
        MOST
    );
    let found = found.fetch_all(&mut *connection).await?.into_iter();
    let seconds: HashMap<i64, String> = found.map(|row| (row.id, row.second)).collect();
    let ids: Vec<i64> = seconds.keys().copied().collect();
    let mut there = HashMap::new();
    for (row, items) in row::load(connection, &ids).await? {
        let lines = items.iter().map(|item| (item.product.as_deref(), item.quantity));
        if let Some(second) = seconds.get(&row.id) {
            let handle = handle_of(row.order_number.as_deref(), OrderId(row.id));
            there.insert((second.clone(), digest(&listed(lines))), handle);
        }
    }
    Ok(there)
}
