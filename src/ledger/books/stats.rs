//! What the orders of a span came to: what was placed and kept, what it cost, what it brought.

use anyhow::Context;
use sqlx::{query_as, query_scalar};

use crate::ids::GuildId;
use crate::ledger::database::words;
use crate::ledger::model::books::Sums;
use crate::ledger::model::books::charges::Charged;
use crate::ledger::model::split::{Split, Unit};
use crate::ledger::orders::filter::conditions::Conditions;
use crate::ledger::{Ledger, OrderFilter};
use crate::order::{Currency, Money};

/// What orders came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BookStats {
    /// All orders of the span.
    pub placed: i64,
    /// Those that were cancelled.
    pub cancelled: i64,
    /// Units of the others.
    pub units: i64,
    /// What the others cost, without those refunded and returned.
    pub spend: Vec<Money>,
    /// What buying groups pay.
    pub payout: Vec<Money>,
    /// The part of it that is the reseller's wage.
    pub commission: Vec<Money>,
    /// Payout, or sold price less fees, less cost, of what is settled.
    pub profit: Vec<Money>,
    /// What live orders cost that are not settled.
    pub open: Vec<Money>,
    /// What cards were charged.
    pub charged: Vec<Money>,
    /// What came back to cards.
    pub refunded: Vec<Money>,
}

impl BookStats {
    /// Orders that were kept.
    pub const fn orders(&self) -> i64 {
        self.placed.saturating_sub(self.cancelled)
    }

    /// Kept orders of those placed, in ten thousandths. `None`: nothing was placed.
    pub fn stick_rate(&self) -> Option<i64> {
        let rate = |placed: i64| (self.orders() * 20_000 + placed) / (2 * placed);
        Some(self.placed).filter(|placed| *placed > 0).map(rate)
    }

    /// The same as people read it: `85.71%`.
    pub fn stick_percent(&self) -> Option<String> {
        self.stick_rate().map(|rate| format!("{}.{:02}%", rate / 100, rate % 100))
    }
}

/// Orders that are alike, added up.
struct Group {
    status: String,
    /// 0: it is not settled; 1: sold with a price; 2: received whole with a payout.
    settled: i64,
    is_live: bool,
    currency: Option<String>,
    payout_currency: Option<String>,
    charge_currency: Option<String>,
    orders: i64,
    units: i64,
    total: i64,
    totals: i64,
    payout: i64,
    payouts: i64,
    commission: i64,
    commissions: i64,
    sold: i64,
    charged: i64,
    charges: i64,
    refunded: i64,
    refunds: i64,
}

/// Sums while they are added up.
#[derive(Default)]
struct Adding {
    spend: Sums,
    payout: Sums,
    commission: Sums,
    profit: Sums,
    open: Sums,
    charged: Sums,
    refunded: Sums,
}

impl Adding {
    fn add(&mut self, row: &Group) -> sqlx::Result<()> {
        let own = words::currency("orders.currency", row.currency.as_deref())?;
        let payout = words::currency("orders.payout_currency", row.payout_currency.as_deref())?;
        let charge = words::currency("orders.charge_currency", row.charge_currency.as_deref())?;
        let (payout, charge) = (payout.or(own), charge.or(own));
        add(&mut self.payout, row.payouts, row.payout, payout);
        add(&mut self.commission, row.commissions, row.commission, own);
        add(&mut self.charged, row.charges, row.charged, charge);
        add(&mut self.refunded, row.refunds, row.refunded, charge);
        if row.is_live {
            add(&mut self.spend, row.totals, row.total, own);
        }
        match row.settled {
            1 => add(&mut self.profit, row.totals, row.sold.saturating_sub(row.total), own),
            2 => {
                add(&mut self.profit, row.totals, row.payout, payout);
                add(&mut self.profit, row.totals, row.total.saturating_neg(), own);
            }
            _ if row.is_live => add(&mut self.open, row.totals, row.total, own),
            _ => {}
        }
        Ok(())
    }

    fn into_stats(self, placed: i64, cancelled: i64, units: i64) -> BookStats {
        BookStats {
            placed,
            cancelled,
            units,
            spend: self.spend.all(),
            payout: self.payout.all(),
            commission: self.commission.all(),
            profit: self.profit.all(),
            open: self.open.all(),
            charged: self.charged.all(),
            refunded: self.refunded.all(),
        }
    }
}

impl Ledger {
    /// What the orders of a guild that match came to.
    pub async fn book_stats(
        &self,
        guild: GuildId,
        filter: &OrderFilter,
    ) -> anyhow::Result<BookStats> {
        let conditions = self.conditions(filter).await?;
        // Profiles are not in the sums: their orders are counted themselves.
        let split = match conditions.profile {
            Some(_) => Split::all_edge(filter.since, filter.until, Unit::Month),
            None => Split::of(filter.since, filter.until, Unit::Month),
        };
        let ((first, last), edges) = (split.bounds(), split.edges());
        let rows = query_as!(
            Group,
            r#"WITH edges AS MATERIALIZED (
                   SELECT value ->> 'from' AS since, value ->> 'below' AS until, value ->> 'sign' AS sign
                   FROM json_each(?4)
               )
               SELECT status AS "status!", settled AS "settled!: i64",
                      status NOT IN ('cancelled', 'refunded', 'returned') AS "is_live!: bool",
                      nullif(currency, '') AS "currency: String",
                      nullif(payout_currency, '') AS "payout_currency: String",
                      nullif(charge_currency, '') AS "charge_currency: String", sum(orders) AS "orders!: i64",
                      CAST(total(units) AS INTEGER) AS "units!: i64",
                      CAST(total(total_minor) AS INTEGER) AS "total!: i64", sum(totals) AS "totals!: i64",
                      CAST(total(payout_minor) AS INTEGER) AS "payout!: i64", sum(payouts) AS "payouts!: i64",
                      CAST(total(commission_minor) AS INTEGER) AS "commission!: i64",
                      sum(commissions) AS "commissions!: i64", CAST(total(sold_minor) AS INTEGER) AS "sold!: i64",
                      CAST(total(charged_minor) AS INTEGER) AS "charged!: i64", sum(charges) AS "charges!: i64",
                      CAST(total(refunded_minor) AS INTEGER) AS "refunded!: i64", sum(refunds) AS "refunds!: i64"
               FROM (
                   SELECT status, settled, currency, payout_currency, charge_currency, orders, units, totals,
                          total_minor, payouts, payout_minor, commissions, commission_minor, sold_minor, charges,
                          charged_minor, refunds, refunded_minor
                   FROM order_tallies
                   WHERE guild_id = ?1 AND unit = 'month' AND span >= ?2 AND span < ?3
                       AND (?5 IS NULL OR store_key IN (SELECT value FROM json_each(?5)))
                   UNION ALL
                   SELECT status, settled, currency, payout_currency, charge_currency, sign, sign * units,
                          sign * totals, sign * total_minor, sign * payouts, sign * payout_minor,
                          sign * commissions, sign * commission_minor, sign * sold_minor, sign * charges,
                          sign * charged_minor, sign * refunds, sign * refunded_minor
                   FROM edges CROSS JOIN order_sums
                   WHERE guild_id = ?1 AND ordered_at >= since AND ordered_at < until
                       AND (?5 IS NULL OR store_key IN (SELECT value FROM json_each(?5)))
                       AND (?6 IS NULL OR profile = ?6 COLLATE NOCASE)
               )
               GROUP BY status, settled, currency, payout_currency, charge_currency HAVING sum(orders) <> 0"#,
            guild.0,
            first,
            last,
            edges,
            conditions.stores,
            conditions.profile
        );
        let rows = rows.fetch_all(&self.readers).await.context("add up orders")?;
        let (mut placed, mut cancelled, mut units) = (0_i64, 0_i64, 0_i64);
        let mut sums = Adding::default();
        for row in rows {
            placed = placed.saturating_add(row.orders);
            if row.status == "cancelled" {
                cancelled = cancelled.saturating_add(row.orders);
            } else {
                units = units.saturating_add(row.units);
            }
            sums.add(&row).context("add up orders")?;
        }
        let others = self.other_charges(guild, &conditions).await?;
        for (code, charged, refunded) in others {
            let currency = Currency::from_code(&code);
            add(&mut sums.charged, charged, charged, currency);
            add(&mut sums.refunded, refunded, refunded, currency);
        }
        Ok(sums.into_stats(placed, cancelled, units))
    }
}

impl Ledger {
    /// What cards were charged for orders that match in other currencies than the first, which the tallies know. Such
    /// orders are few.
    async fn other_charges(
        &self,
        guild: GuildId,
        conditions: &Conditions,
    ) -> anyhow::Result<Vec<Charged>> {
        let (since, until) = (conditions.since(), conditions.until());
        let rows = query_scalar!(
            r#"SELECT other_charges AS "other_charges!" FROM orders
               WHERE guild_id = ?1 AND other_charges IS NOT NULL AND ordered_at >= ?2 AND ordered_at < ?3
                   AND (?4 IS NULL OR store_key IN (SELECT value FROM json_each(?4)))
                   AND (?5 IS NULL OR profile = ?5 COLLATE NOCASE)"#,
            guild.0,
            since,
            until,
            conditions.stores,
            conditions.profile
        );
        let rows =
            rows.fetch_all(&self.readers).await.context("read charges in other currencies")?;
        let read = |row: &String| serde_json::from_str::<Vec<Charged>>(row);
        let read: Result<Vec<_>, _> = rows.iter().map(read).collect();
        Ok(read.context("read charges in other currencies")?.concat())
    }
}

/// Adds a sum of so many known amounts; of none there is no sum.
fn add(sums: &mut Sums, known: i64, minor: i64, currency: Option<Currency>) {
    if known > 0 {
        sums.add_sum(Money { minor, currency }, known);
    }
}
