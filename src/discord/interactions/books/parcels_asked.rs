//! Which parcels somebody asked for, as a button carries it.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::ids::GuildId;
use crate::ledger::OrderFilter;
use crate::order::period::midnight;
use crate::reading::redact;

/// Which parcels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ParcelsAsked {
    pub(crate) store: Option<String>,
    /// Of orders of this day and later.
    pub(crate) since: Option<NaiveDate>,
}

impl ParcelsAsked {
    /// The orders whose parcels are meant.
    pub(crate) fn filter(&self, guild: GuildId, zone: Tz) -> OrderFilter {
        OrderFilter {
            guild: Some(guild),
            store: self.store.clone(),
            since: self.since.map(|day| midnight(day, zone)),
            ..OrderFilter::default()
        }
    }

    /// The same without secrets, as it may be kept: no order is of a store by such a name.
    pub(crate) fn without_secrets(&self) -> Self {
        let store = self.store.as_deref().map(|store| redact::text(store).into_owned());
        Self { store, ..*self }
    }

    /// As one text.
    pub(crate) fn encoded(&self) -> String {
        let since = self.since.map(|day| day.to_string()).unwrap_or_default();
        format!("{since}|{}", self.store.as_deref().unwrap_or_default())
    }

    /// Such a text read back.
    pub(crate) fn decoded(text: &str) -> Option<Self> {
        let (since, store) = text.split_once('|')?;
        let since = Some(since).filter(|since| !since.is_empty());
        let since = since.map(str::parse).transpose().ok()?;
        Some(Self { store: Some(store.to_owned()).filter(|store| !store.is_empty()), since })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_is_kept_that_somebody_typed() {
        let asked = ParcelsAsked { store: Some("pw: hunter2".to_owned()), since: None };
        assert_eq!(asked.without_secrets().store.as_deref(), Some("pw: removed"));
    }

    #[test]
    fn what_was_asked_survives_the_way_through_a_button() {
        let asked = ParcelsAsked {
            store: Some("A|B".to_owned()),
            since: NaiveDate::from_ymd_opt(2026, 1, 31),
        };
        assert_eq!(ParcelsAsked::decoded(&asked.encoded()), Some(asked));
        assert_eq!(ParcelsAsked::decoded("|"), Some(ParcelsAsked::default()));
        assert_eq!(ParcelsAsked::decoded("never|"), None);
    }
}
