//! What the orders of a span of time come to: by the sums that are kept, or, of less than a month and where a store, a
//! status or a profile is asked for, by the orders themselves.

pub(super) mod alike;
mod days;
mod names;
mod rows;
mod stores;

use anyhow::Context;
use chrono_tz::Tz;
use sqlx::{SqliteConnection, query_scalar};

use super::filter::conditions::Conditions;
use crate::figures::Figures;
use crate::ids::{GuildId, MessageId};
use crate::ledger::database::time::time_of;
use crate::ledger::model::split::{Split, Unit};
use crate::ledger::{Ledger, OrderFilter};

impl Ledger {
    /// What the orders that match come to, by the days of a zone. Declines have no store, no
    /// status and no profile: they are counted where the filter names none.
    pub async fn figures(
        &self,
        guild: GuildId,
        filter: &OrderFilter,
        zone: Tz,
    ) -> anyhow::Result<Figures> {
        let conditions = self.conditions(filter).await?;
        let is_confined =
            filter.store.is_some() || filter.status.is_some() || filter.profile.is_some();
        let split = Split::of(filter.since, filter.until, Unit::Month);
        // Of less than a month the orders are few.
        if is_confined || split.whole.is_none() {
            let mut figures = self.figures_of_rows(guild, &conditions, zone).await?;
            if !is_confined {
                let mut connection = self.readers.acquire().await.context("reach the database")?;
                figures.declines = declines(&mut connection, guild, &conditions).await?;
            }
            return Ok(figures);
        }
        // One transaction, so that all parts are of the same orders.
        let mut reading = self.readers.begin().await.context("begin to read the figures")?;
        let mut figures = Figures::default();
        alike::add_to(&mut figures, &mut reading, guild, &split).await?;
        names::add_profiles(&mut figures, &mut reading, guild, &split).await?;
        names::add_products(&mut figures, &mut reading, guild, (&split, &conditions)).await?;
        days::add_to(&mut figures, &mut reading, guild, (filter, zone)).await?;
        stores::add_to(&mut figures, &mut reading, guild, (filter, zone)).await?;
        figures.declines = declines(&mut reading, guild, &conditions).await?;
        Ok(figures)
    }
}

async fn declines(
    connection: &mut SqliteConnection,
    guild: GuildId,
    conditions: &Conditions,
) -> anyhow::Result<i64> {
    let (since, until) = (conditions.since(), conditions.until());
    // The index has the ids, and spares the rows of what is older. Imports have made theirs up.
    let first = conditions.since.as_deref().map_or(0, |since| MessageId::at(time_of(since)).0);
    let count = query_scalar!(
        r#"SELECT count(*) AS "count!: i64" FROM deliveries
           WHERE guild_id = ?1 AND outcome = 'declined' AND (message_id >= ?2 OR message_id < 0)
               AND coalesce(posted_at, received_at) >= ?3
               AND coalesce(posted_at, received_at) < ?4"#,
        guild.0,
        first,
        since,
        until
    );
    count.fetch_one(connection).await.context("count declines")
}

/// A text of the sums, where an empty one stands for none.
fn named(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}
