//! What the orders of a span of time come to. Pure: orders go in one by one, figures come out.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::order::{Currency, Money, Status};

mod day;

pub use day::{Day, Share};

/// What the figures need to know of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// When the checkout happened.
    pub ordered_at: DateTime<Utc>,
    /// Units.
    pub units: i64,
    /// What it cost, where that is known.
    pub total_minor: Option<i64>,
    /// Of the total.
    pub currency: Option<Currency>,
    /// What a buying group pays for it, where that is known.
    pub payout: Option<Money>,
    /// The present one.
    pub status: Status,
    /// The shop's name as its latest message writes it; `None`: no message or sheet named one.
    pub store: Option<String>,
    /// Refract's billing profile.
    pub profile: Option<String>,
    /// What was bought.
    pub lines: Vec<Line>,
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What was bought; `None`: its message named no product.
    pub product: Option<String>,
    /// Units.
    pub units: i64,
}

/// Amounts per currency, minor units.
pub type Amounts = HashMap<Option<Currency>, i64>;

/// Amounts of one currency, minor units; each order is in one of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spend {
    /// Orders, whatever became of them.
    pub orders: i64,
    /// What stands.
    pub spent: i64,
    /// Of cancelled orders.
    pub cancelled: i64,
    /// Of refunded orders.
    pub refunded: i64,
    /// Of returned orders.
    pub returned: i64,
}

/// What has a store, a profile or a product in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// Orders, whatever became of them.
    pub orders: i64,
    /// Their units; of a product those of its own lines.
    pub units: i64,
    /// What stands, by the orders' totals; empty for a product, which may be a part of an order.
    pub spent: Amounts,
}

/// Days, from the first one with orders to the last one, up to which it is known of each what stores had.
pub(crate) const STORE_DAYS: i64 = 190;
/// Stores that are told apart in each day.
const STORES_MAX: usize = 6;

/// The name of the group of those that have none.
pub(crate) const UNNAMED: &str = "not named";

/// The figures of a span of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Orders, whatever became of them.
    pub orders: i64,
    /// Their units.
    pub units: i64,
    /// Of these orders those whose total is not known.
    pub unpriced: i64,
    /// Cards that were declined.
    pub declines: i64,
    /// Amounts; never summed across currencies.
    pub spend: HashMap<Option<Currency>, Spend>,
    /// By status.
    pub statuses: HashMap<Status, i64>,
    /// By store, as written.
    pub stores: HashMap<String, Group>,
    /// By profile.
    pub profiles: HashMap<String, Group>,
    /// By product.
    pub products: HashMap<String, Group>,
    /// By day of the zone.
    pub days: HashMap<NaiveDate, Day>,
}

/// Orders of a store, a status and a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Alike<'a> {
    /// As written.
    pub(crate) store: Option<&'a str>,
    /// The present one.
    pub(crate) status: Status,
    /// Of their totals.
    pub(crate) currency: Option<Currency>,
    /// Orders.
    pub(crate) orders: i64,
    /// Their units.
    pub(crate) units: i64,
    /// Orders whose total is known.
    pub(crate) totals: i64,
    /// The sum of these totals.
    pub(crate) total_minor: i64,
}

impl Figures {
    /// Counts one more order.
    pub fn add(&mut self, order: &Counted, zone: Tz) {
        let spent = self.add_alike(&Alike {
            store: order.store.as_deref(),
            status: order.status,
            currency: order.currency,
            orders: 1,
            units: order.units,
            totals: i64::from(order.total_minor.is_some()),
            total_minor: order.total_minor.unwrap_or(0),
        });
        let group = Group { orders: 1, units: order.units, spent: spent.into_iter().collect() };
        self.add_profile(order.profile.as_deref(), &group);
        for (place, line) in order.lines.iter().enumerate() {
            // Two sizes of a product are one order of it.
            let again = order.lines.iter().take(place).any(|other| other.product == line.product);
            self.add_product(line.product.as_deref(), i64::from(!again), line.units);
        }
        let day = order.ordered_at.with_timezone(&zone).date_naive();
        let payout = order.payout.map(|payout| (payout.currency, payout.minor));
        let is_kept = order.status != Status::Cancelled;
        let of_day = self.days.entry(day).or_default();
        of_day.add(&Day {
            orders: 1,
            cancelled: i64::from(!is_kept),
            spent: spent.into_iter().collect(),
            payout: payout.into_iter().collect(),
            stores: HashMap::new(),
        });
        if let Some(store) = order.store.as_deref().filter(|_| is_kept) {
            let spent = spent.filter(|(_, minor)| *minor != 0);
            of_day.add_store(store, &Share { kept: 1, spent: spent.into_iter().collect() });
        }
    }

    /// Counts orders without their days, profiles and products, and hands back what of their totals was spent.
    pub(crate) fn add_alike(&mut self, alike: &Alike<'_>) -> Option<(Option<Currency>, i64)> {
        self.orders += alike.orders;
        self.units = self.units.saturating_add(alike.units);
        self.unpriced += alike.orders - alike.totals;
        *self.statuses.entry(alike.status).or_default() += alike.orders;
        let spent = self.spend(alike).map(|total| (alike.currency, total));
        let group =
            Group { orders: alike.orders, units: alike.units, spent: spent.into_iter().collect() };
        count(&mut self.stores, alike.store, &group);
        spent
    }

    /// Counts orders of a profile, which are counted otherwise already.
    pub(crate) fn add_profile(&mut self, profile: Option<&str>, group: &Group) {
        count(&mut self.profiles, profile, group);
    }

    /// Counts orders and units of a product, which are counted otherwise already.
    pub(crate) fn add_product(&mut self, product: Option<&str>, orders: i64, units: i64) {
        count(&mut self.products, product, &Group { orders, units, ..Group::default() });
    }

    /// Counts orders of a day, which are counted otherwise already.
    pub(crate) fn add_day(&mut self, day: NaiveDate, of: &Day) {
        self.days.entry(day).or_default().add(of);
    }

    /// The stores of most orders, as written, that of most first; orders that name none are in none of them.
    pub(crate) fn largest_stores(&self) -> Vec<&str> {
        let named = ranked(&self.stores).into_iter().map(|(name, _)| name);
        named.filter(|name| *name != UNNAMED).take(STORES_MAX).collect()
    }

    /// Puts totals where they belong, and hands them back where they were spent.
    fn spend(&mut self, alike: &Alike<'_>) -> Option<i64> {
        if alike.totals == 0 {
            return None;
        }
        let by_status = self.spend.entry(alike.currency).or_default();
        by_status.orders += alike.totals;
        let (sum, spent) = match alike.status {
            Status::Cancelled => (&mut by_status.cancelled, None),
            Status::Refunded => (&mut by_status.refunded, None),
            Status::Returned => (&mut by_status.returned, None),
            _ => (&mut by_status.spent, Some(alike.total_minor)),
        };
        *sum = sum.saturating_add(alike.total_minor);
        spent
    }

    /// The currencies, that of most orders first.
    pub fn currencies(&self) -> Vec<(Option<Currency>, Spend)> {
        let mut all: Vec<_> = self.spend.iter().map(|(code, spend)| (*code, *spend)).collect();
        all.sort_by_key(|(code, spend)| {
            (Reverse(spend.orders), code.is_none(), code.map(|code| code.code()))
        });
        all
    }
}

impl Group {
    fn add(&mut self, other: &Self) {
        self.orders += other.orders;
        self.units = self.units.saturating_add(other.units);
        for (currency, amount) in &other.spent {
            add(&mut self.spent, *currency, *amount);
        }
    }
}

/// The largest groups first.
pub(crate) fn ranked(groups: &HashMap<String, Group>) -> Vec<(&str, &Group)> {
    let mut all: Vec<_> = groups.iter().map(|(name, group)| (name.as_str(), group)).collect();
    all.sort_by(|(name, group), (other_name, other)| {
        (other.orders, other.units).cmp(&(group.orders, group.units)).then(name.cmp(other_name))
    });
    all
}

fn count(groups: &mut HashMap<String, Group>, name: Option<&str>, group: &Group) {
    let name = name.unwrap_or(UNNAMED);
    // Most orders join a group that is there: no name is copied for them.
    match groups.get_mut(name) {
        Some(there) => there.add(group),
        None => groups.entry(name.to_owned()).or_default().add(group),
    }
}

fn add(amounts: &mut Amounts, currency: Option<Currency>, amount: i64) {
    let sum = amounts.entry(currency).or_default();
    *sum = sum.saturating_add(amount);
}
