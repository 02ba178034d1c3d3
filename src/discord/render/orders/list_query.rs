//! What a list of orders was asked for, as its buttons carry it.

mod encoded;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::ids::{ChannelId, GuildId, OrderId};
use crate::ledger::{InLine, Narrow, OpenKey, OrderFilter, OrderList};
use crate::order::period::Period;
use crate::order::{Sort, Status};
use crate::reading::redact;
use crate::sheet::Amount;

/// Which orders, as a person asked for them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ListQuery {
    /// Words that occur in them.
    pub(crate) text: Option<String>,
    /// Of this store.
    pub(crate) store: Option<String>,
    /// Of this status.
    pub(crate) status: Option<Status>,
    /// Of this profile.
    pub(crate) profile: Option<String>,
    /// Of these days; those of today turn with the day.
    pub(crate) period: Option<Period>,
    /// With or without a tracking number.
    pub(crate) tracking: Option<bool>,
    /// In this line of what is open.
    pub(crate) line: Option<OpenKey>,
    /// A part of the product's name.
    pub(crate) product: Option<String>,
    /// Announced in this channel.
    pub(crate) channel: Option<ChannelId>,
    /// What comes first.
    pub(crate) sort: Sort,
    /// What became of several numbers that were asked for at once.
    pub(crate) numbers: Option<Numbers>,
}

/// Numbers that somebody looked for at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// How many.
    pub(crate) typed: usize,
    /// The orders that have them.
    pub(crate) orders: Vec<OrderId>,
    /// Those of no order.
    pub(crate) missing: Vec<String>,
}

impl ListQuery {
    /// The orders as the ledger takes them. `tolerance`: by how much a payout may be less than the cost.
    pub(crate) fn list(
        &self,
        guild: GuildId,
        zone: Tz,
        now: DateTime<Utc>,
        tolerance: Amount,
    ) -> OrderList {
        let mut filter = self.filter(guild, zone, now);
        filter.narrow.line = self.line.map(|key| InLine { key, tolerance });
        let found = self.numbers.as_ref().map(|numbers| &numbers.orders);
        OrderList {
            typed: self.text.clone(),
            among: found.filter(|orders| !orders.is_empty()).cloned(),
            filter,
            sort: self.sort,
        }
    }

    /// The conditions as the ledger takes them, but for the words, the numbers and the line of what is open.
    pub(crate) fn filter(&self, guild: GuildId, zone: Tz, now: DateTime<Utc>) -> OrderFilter {
        let today = now.with_timezone(&zone).date_naive();
        let (since, until) = self.period.unwrap_or(Period::All).days(today).moments(zone);
        OrderFilter {
            guild: Some(guild),
            store: self.store.clone(),
            status: self.status,
            profile: self.profile.clone(),
            since,
            until,
            narrow: Narrow {
                tracking: self.tracking,
                line: None,
                product: self.product.clone(),
                channel: self.channel,
            },
        }
    }

    /// The same without secrets, as it may be kept: no order holds one that could be found by it.
    pub(crate) fn without_secrets(&self) -> Self {
        let clean = |text: &String| redact::text(text).into_owned();
        let mut query = self.clone();
        for text in [&mut query.text, &mut query.store, &mut query.profile, &mut query.product] {
            *text = text.as_ref().map(clean);
        }
        for number in query.numbers.iter_mut().flat_map(|numbers| &mut numbers.missing) {
            *number = clean(number);
        }
        query
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_is_kept_that_somebody_looked_for() {
        let asked = ListQuery {
            text: Some("pw: hunter2".to_owned()),
            store: Some("a|b ~1".to_owned()),
            profile: Some("4111 1111 1111 1111".to_owned()),
            product: Some("token: hunter2hunter2".to_owned()),
            numbers: Some(Numbers {
                typed: 2,
                orders: vec![OrderId(5)],
                missing: vec!["4111111111111111".to_owned()],
            }),
            ..ListQuery::default()
        };
        let kept = asked.without_secrets();
        let expected = ["pw: removed", "a|b ~1", "removed", "token: removed"];
        let expected = expected.map(|text| Some(text.to_owned()));
        assert_eq!([kept.text, kept.store, kept.profile, kept.product], expected);
        assert_eq!(kept.numbers.unwrap().missing, ["removed"]);
    }
}
