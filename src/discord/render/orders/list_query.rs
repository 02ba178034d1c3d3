//! What a list of orders was asked for, as its buttons carry it.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::ids::GuildId;
use crate::ledger::OrderFilter;
use crate::order::Status;
use crate::order::period::Period;
use crate::reading::redact;

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
}

impl ListQuery {
    /// The conditions as the ledger takes them, but for the words.
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
        }
    }

    /// The same without secrets, as it may be kept: no order holds one that could be found by it.
    pub(crate) fn without_secrets(&self) -> Self {
        let clean =
            |text: &Option<String>| text.as_deref().map(|text| redact::text(text).into_owned());
        let [text, store, profile] = [&self.text, &self.store, &self.profile].map(clean);
        Self { text, store, profile, ..*self }
    }

    /// As one text.
    pub(crate) fn encoded(&self) -> String {
        let status = self.status.map_or("", Status::as_str);
        let period = self.period.map_or("", Period::as_str);
        let [text, store, profile] = [&self.text, &self.store, &self.profile]
            .map(|text| escaped(text.as_deref().unwrap_or_default()));
        format!("{status}|{period}|{text}|{store}|{profile}")
    }

    /// Such a text read back.
    pub(crate) fn decoded(text: &str) -> Option<Self> {
        let mut parts = text.split('|');
        let mut next = || parts.next().map(|part| Some(part).filter(|part| !part.is_empty()));
        let (status, period, text, store, profile) = (next()?, next()?, next()?, next()?, next()?);
        let period = match period {
            Some(word) => Some(Period::ALL.into_iter().find(|period| period.as_str() == word)?),
            None => None,
        };
        Some(Self {
            status: status.map(str::parse).transpose().ok()?,
            period,
            text: text.map(unescaped),
            store: store.map(unescaped),
            profile: profile.map(unescaped),
        })
    }
}

fn escaped(text: &str) -> String {
    text.replace('~', "~0").replace('|', "~1")
}

fn unescaped(text: &str) -> String {
    text.replace("~1", "|").replace("~0", "~")
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
            ..ListQuery::default()
        };
        let kept = asked.without_secrets();
        let expected = ["pw: removed", "a|b ~1", "removed"].map(|text| Some(text.to_owned()));
        assert_eq!([kept.text, kept.store, kept.profile], expected);
    }

    #[test]
    fn what_was_asked_survives_the_way_through_a_button() {
        let some = |text: &str| Some(text.to_owned());
        let asked = ListQuery {
            text: some("a|b ~1"),
            store: some("A~|B"),
            status: Some(Status::Shipped),
            profile: some("VCC"),
            period: Some(Period::LastMonth),
        };
        assert_eq!(ListQuery::decoded(&asked.encoded()), Some(asked));
        assert_eq!(ListQuery::decoded("||||"), Some(ListQuery::default()));
        for garbage in ["", "|||", "eaten||||", "|never|||"] {
            assert_eq!(ListQuery::decoded(garbage), None, "{garbage}");
        }
    }
}
