//! Which order a row speaks of.

use crate::ledger::model::store_key::StoreKey;

/// What the orders of a number are for a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Match {
    /// There is none yet, or none of the store that the row names.
    None,
    /// This one, by its place.
    One(usize),
    /// Several stores gave the number, and the row does not say which one it means.
    Several,
}

/// The order that a row means which names this store, among those of its number, by their stores.
pub(crate) fn matching<'a>(
    store: &StoreKey,
    orders: impl IntoIterator<Item = &'a StoreKey>,
) -> Match {
    let mut fitting = orders.into_iter().enumerate().filter(|(_, key)| store.fits(key));
    match (fitting.next(), fitting.next()) {
        (None, _) => Match::None,
        (Some((place, _)), None) => Match::One(place),
        (Some(_), Some(_)) => Match::Several,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(store: &str, orders: &[&str]) -> Match {
        let keys: Vec<StoreKey> = orders.iter().map(|name| StoreKey::of(Some(name))).collect();
        matching(&StoreKey::of(Some(store)), &keys)
    }

    #[test]
    fn a_row_without_a_store_means_the_only_order_of_its_number() {
        assert_eq!(of("", &[]), Match::None);
        assert_eq!(of("", &["Target"]), Match::One(0));
        assert_eq!(of("", &["Target", "Best Buy US"]), Match::Several);
        assert_eq!(of("best buy", &["Target", "Best Buy US"]), Match::One(1));
        assert_eq!(of("Walmart", &["Target"]), Match::None);
    }
}
