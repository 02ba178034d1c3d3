//! What is not finished: each live order in the first line that fits, so that they add up.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{DateTime, Utc};
use sqlx::{query, query_scalar};

use crate::ids::GuildId;
use crate::ledger::Ledger;
use crate::ledger::database::time::time_of;
use crate::ledger::database::words;
use crate::order::{Currency, Money};
use crate::sheet::Amount;

/// A line of what is open, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OpenKey {
    /// Verified, processing or shipped, without a parcel, and nothing was received.
    NoTracking,
    /// It has a parcel, is not delivered, and nothing was received.
    OnTheWay,
    /// Delivered, and the buying group has counted nothing.
    DeliveredNotReceived,
    /// The group has counted a part.
    PartReceived,
    /// Received whole, and the group has not verified it.
    Unverified,
    /// Verified, and the group says no payout.
    Unpaid,
    /// The payout is less than the cost.
    Short,
    /// The card's statements were brought, and this one is in none.
    ChargeMissing,
    /// Cancelled and charged, and nothing came back.
    RefundMissing,
    /// In a group's file and of no order.
    ForeignParcels,
}

impl OpenKey {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::NoTracking,
        Self::OnTheWay,
        Self::DeliveredNotReceived,
        Self::PartReceived,
        Self::Unverified,
        Self::Unpaid,
        Self::Short,
        Self::ChargeMissing,
        Self::RefundMissing,
        Self::ForeignParcels,
    ];

    /// The word for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoTracking => "no_tracking",
            Self::OnTheWay => "on_the_way",
            Self::DeliveredNotReceived => "delivered_not_received",
            Self::PartReceived => "part_received",
            Self::Unverified => "unverified",
            Self::Unpaid => "unpaid",
            Self::Short => "short",
            Self::ChargeMissing => "charge_missing",
            Self::RefundMissing => "refund_missing",
            Self::ForeignParcels => "foreign_parcels",
        }
    }
}

/// The orders of one line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenLine {
    /// How many.
    pub orders: i64,
    /// Units that were ordered; of foreign parcels how many there are.
    pub units: i64,
    /// What they cost, by currency; of those paid short what is missing.
    pub total: Vec<Money>,
    /// When the oldest was ordered.
    pub oldest: Option<DateTime<Utc>>,
}

/// All lines, each of them there.
pub type Open = BTreeMap<OpenKey, OpenLine>;

impl Ledger {
    /// What is open in a guild. A payout may be less than the cost by `tolerance`.
    pub async fn open_orders(&self, guild: GuildId, tolerance: Amount) -> anyhow::Result<Open> {
        let mut open: Open =
            OpenKey::ALL.into_iter().map(|key| (key, OpenLine::default())).collect();
        self.live_lines(guild, tolerance, &mut open).await.context("read what is open")?;
        self.lines_beside(guild, &mut open).await.context("read what is missing")?;
        let parcels = query_scalar!(
            r#"SELECT count(DISTINCT value) AS "count!: i64" FROM batch_keys
               JOIN batch_rows ON batch_rows.id = row_id JOIN batches ON batches.id = batch_id
               WHERE batch_keys.guild_id = ?1 AND batch_keys.kind = 'parcel'
                   AND dropped_at IS NULL AND undone_at IS NULL
                   AND NOT EXISTS (SELECT 1 FROM parcels WHERE parcels.guild_id = ?1 AND number = value)"#,
            guild.0
        );
        let parcels = parcels.fetch_one(&self.readers).await.context("count foreign parcels")?;
        open.entry(OpenKey::ForeignParcels).or_default().units = parcels;
        Ok(open)
    }

    async fn live_lines(
        &self,
        guild: GuildId,
        tolerance: Amount,
        open: &mut Open,
    ) -> anyhow::Result<()> {
        let minor = |currency| tolerance.money(currency).map_or(0, |money| money.minor);
        let two = minor(None);
        let (none, three) = (minor(Some(Currency::JPY)), minor(Some(Currency::KWD)));
        let rows = query!(
            r#"WITH live AS (
                   SELECT status, quantity, total_minor, payout_minor, payout_currency, currency, ordered_at,
                          tracking_number, group_status, coalesce(qty_received, 0) AS received,
                          total_minor - payout_minor AS gap,
                          CASE WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG',
                                                 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN ?2
                               WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN ?4
                               ELSE ?3 END AS tolerance
                   FROM orders WHERE guild_id = ?1
                       AND status IN ('verified', 'processing', 'shipped', 'delivered')
               ), lines AS (
                   SELECT *, CASE
                       WHEN received = 0 AND status <> 'delivered' AND tracking_number IS NULL THEN 0
                       WHEN received = 0 AND status <> 'delivered' THEN 1
                       WHEN received = 0 AND EXISTS (
                           SELECT 1 FROM batches WHERE guild_id = ?1 AND kind = 'received' AND undone_at IS NULL
                       ) THEN 2
                       WHEN received = 0 THEN NULL
                       WHEN received < quantity THEN 3
                       WHEN group_status IS NOT 'VERIFIED' THEN 4
                       WHEN payout_minor IS NULL THEN 5
                       WHEN payout_currency IS NULL AND gap > tolerance THEN 6
                   END AS line FROM live
               )
               SELECT line AS "line!: i64", currency, count(*) AS "orders!: i64",
                      CAST(total(quantity) AS INTEGER) AS "units!: i64", count(total_minor) AS "known!: i64",
                      CAST(total(CASE line WHEN 6 THEN gap ELSE total_minor END) AS INTEGER) AS "total!: i64",
                      min(ordered_at) AS "oldest!: String"
               FROM lines WHERE line IS NOT NULL GROUP BY line, currency"#,
            guild.0,
            none,
            two,
            three
        );
        for row in rows.fetch_all(&self.readers).await? {
            let place = usize::try_from(row.line).ok();
            let Some(key) = place.and_then(|place| OpenKey::ALL.get(place)) else { continue };
            let currency = words::currency("orders.currency", row.currency.as_deref())?;
            let total = (row.known > 0).then_some(Money { minor: row.total, currency });
            add(open, *key, (row.orders, row.units), total, &row.oldest);
        }
        Ok(())
    }

    async fn lines_beside(&self, guild: GuildId, open: &mut Open) -> anyhow::Result<()> {
        let rows = query!(
            r#"WITH charged AS (
                   SELECT DISTINCT lower(coalesce(profile, '')) AS profile FROM orders
                   WHERE guild_id = ?1 AND charged_minor IS NOT NULL
               ), lines AS (
                   SELECT *, CASE
                       WHEN status = 'cancelled' AND charged_minor > 0 AND coalesce(refunded_minor, 0) = 0 THEN 8
                       WHEN status NOT IN ('cancelled', 'refunded', 'returned') AND charged_minor IS NULL
                           AND lower(coalesce(profile, '')) IN (SELECT profile FROM charged) THEN 7
                   END AS line FROM orders WHERE guild_id = ?1 AND EXISTS (SELECT 1 FROM charged)
               )
               SELECT line AS "line!: i64", currency, count(*) AS "orders!: i64",
                      CAST(total(quantity) AS INTEGER) AS "units!: i64", count(total_minor) AS "known!: i64",
                      CAST(total(total_minor) AS INTEGER) AS "total!: i64", min(ordered_at) AS "oldest!: String"
               FROM lines WHERE line IS NOT NULL GROUP BY line, currency"#,
            guild.0
        );
        for row in rows.fetch_all(&self.readers).await? {
            let key = if row.line == 8 { OpenKey::RefundMissing } else { OpenKey::ChargeMissing };
            let currency = words::currency("orders.currency", row.currency.as_deref())?;
            let total = (row.known > 0).then_some(Money { minor: row.total, currency });
            add(open, key, (row.orders, row.units), total, &row.oldest);
        }
        Ok(())
    }
}

fn add(
    open: &mut Open,
    key: OpenKey,
    (orders, units): (i64, i64),
    total: Option<Money>,
    oldest: &str,
) {
    let line = open.entry(key).or_default();
    line.orders = line.orders.saturating_add(orders);
    line.units = line.units.saturating_add(units);
    line.total.extend(total);
    let oldest = time_of(oldest);
    line.oldest = Some(line.oldest.map_or(oldest, |known| known.min(oldest)));
}
