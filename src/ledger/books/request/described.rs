//! Lines of statements whose descriptions hold numbers of orders that nobody would take for one: the ledger knows them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use sqlx::SqliteConnection;

use super::{Becomes, Brought, NotSaid, Said};
use crate::ids::GuildId;
use crate::ledger::books::judge::orders_named;
use crate::sheet::{Named, Refusal, Row};

/// Lets rows name the orders that are there, and refuses those that name none.
pub(super) async fn with_known<'r>(
    connection: &mut SqliteConnection,
    guild: GuildId,
    rows: &'r [Brought],
) -> sqlx::Result<Cow<'r, [Brought]>> {
    let wanted: BTreeSet<&String> = rows.iter().flat_map(|row| &row.others).collect();
    if wanted.is_empty() {
        return Ok(Cow::Borrowed(rows));
    }
    let known = orders_named(connection, guild, wanted).await?;
    let mut named = Cow::Borrowed(rows);
    for (place, brought) in rows.iter().enumerate() {
        let Ok(Said { row: Row::Charges(row), .. }) = &brought.said else { continue };
        let mut numbers: Vec<String> =
            brought.others.iter().filter(|number| known.contains(*number)).cloned().collect();
        if numbers.is_empty() && !row.order_numbers.is_empty() {
            continue;
        }
        numbers.extend_from_slice(&row.order_numbers);
        let said = if numbers.is_empty() {
            let why = Refusal::NoNumberInDescription.to_string();
            Err(NotSaid::new(Becomes::Refused, why, Named::default()))
        } else {
            let mut row = row.clone();
            row.order_numbers = numbers;
            Ok(Said::of(Row::Charges(row)))
        };
        if let Some(row) = named.to_mut().get_mut(place) {
            row.said = said;
        }
    }
    Ok(named)
}
