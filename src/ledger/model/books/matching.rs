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

/// The same of a row that announces no order: what is only guessed from a link may be called as the row calls it, where
/// no other order has the number.
pub(crate) fn matching_known<'a>(
    store: &StoreKey,
    orders: impl IntoIterator<Item = &'a StoreKey>,
) -> Match {
    let orders: Vec<&StoreKey> = orders.into_iter().collect();
    match (matching(store, orders.iter().copied()), orders.as_slice()) {
        (Match::None, [only]) if only.is_guess() => Match::One(0),
        (found, _) => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guess_may_be_called_otherwise_where_no_other_order_has_the_number() {
        let host = |host| StoreKey::guessed(Some(host));
        let (kith, target) = (StoreKey::of(Some("Kith")), StoreKey::of(Some("Target")));
        let (a, b) = (host("a.example"), host("b.example"));
        assert_eq!(matching_known(&kith, [&a]), Match::One(0));
        assert_eq!(matching_known(&kith, [&a, &b]), Match::None);
        assert_eq!(matching_known(&kith, [&a, &target]), Match::None);
        assert_eq!(matching_known(&kith, [&target]), Match::None);
        assert_eq!(matching_known(&StoreKey::of(Some("b.example")), [&a, &b]), Match::One(1));
        assert_eq!(matching(&kith, [&a]), Match::None, "a row that announces an order");
    }

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
