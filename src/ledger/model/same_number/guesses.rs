//! Which guessed stores give way to a named one. Pure.
//!
//! The host of a link only shows where the product was seen: the store may be called otherwise. Messages are looked at
//! first, by themselves; then the orders that they make, beside what sheets announce.

use std::collections::BTreeSet;

use super::super::store_key::StoreKey;

/// The named store that all guesses among these stores of one number mean: they give way only where there is no choice,
/// all of them fit each other, and so do all names. `None`: each is a store of its own.
pub(crate) fn meant<'a>(stores: impl IntoIterator<Item = &'a StoreKey>) -> Option<StoreKey> {
    let stores: BTreeSet<&StoreKey> = stores.into_iter().collect();
    let (guesses, others): (BTreeSet<_>, BTreeSet<_>) =
        stores.into_iter().partition(|store| store.is_guess());
    let named: BTreeSet<_> = others.into_iter().filter(|store| store.is_named()).collect();
    let is_one = !guesses.is_empty() && agree(&guesses) && agree(&named);
    let fullest = named.into_iter().max_by_key(|store| store.as_str().len());
    fullest.filter(|_| is_one).cloned()
}

fn agree(stores: &BTreeSet<&StoreKey>) -> bool {
    stores.iter().all(|one| stores.iter().all(|other| one.fits(other)))
}

/// The store of a statement or of an order, where guesses mean this one.
pub(super) fn giving_way(key: StoreKey, meant: Option<&StoreKey>) -> StoreKey {
    if meant.is_some() && key.is_guess() { StoreKey::default() } else { key }
}

/// The order, by its place, that a notice of this store speaks of: the oldest that it fits; else one whose guess gave
/// way and is called so; else the only one whose store is guessed. `said`: the stores by messages alone.
pub(super) fn home_of_notice(
    store: &StoreKey,
    said: &[StoreKey],
    laid: &[StoreKey],
) -> Option<usize> {
    let gave_way = |(said, laid): (&StoreKey, &StoreKey)| said.is_guess() && !said.fits(laid);
    let mut guesses = laid.iter().enumerate().filter(|(_, laid)| laid.is_guess());
    let fitting = laid.iter().position(|laid| laid.fits(store));
    let called = || said.iter().zip(laid).position(|pair| gave_way(pair) && pair.0.fits(store));
    fitting.or_else(called).or_else(|| match (guesses.next(), guesses.next()) {
        (Some((place, _)), None) => Some(place),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `?`: a guess from a link.
    fn key(store: &str) -> StoreKey {
        match store.strip_suffix('?') {
            Some(host) => StoreKey::guessed(Some(host)),
            None => StoreKey::of(Some(store)),
        }
    }

    #[test]
    fn the_only_guess_means_the_only_store_that_is_named() {
        let of = |stores: &[&str]| {
            let keys: Vec<StoreKey> = stores.iter().map(|store| key(store)).collect();
            let backwards = meant(keys.iter().rev());
            assert_eq!(meant(&keys), backwards, "{stores:?}");
            backwards
        };
        assert_eq!(of(&["a.example?", "Kith"]), Some(key("Kith")));
        assert_eq!(of(&["a.example?", "", "a.example?", "Kith", "Kith US"]), Some(key("Kith US")));
        assert_eq!(of(&["kith.com?", "Kith"]), Some(key("Kith")));
        for own in [
            &["a.example?"][..],
            &["a.example?", ""],
            &["Kith", "Target"],
            &["a.example?", "b.example?"],
            &["a.example?", "b.example?", "Kith"],
            &["a.example?", "kith.com?", "Kith"],
            &["a.example?", "Kith", "Target"],
            &["a.example?", "Kith CA", "Kith US"],
        ] {
            assert_eq!(of(own), None, "{own:?}");
        }
    }

    #[test]
    fn a_notice_finds_the_only_guess_that_it_may_mean() {
        let home = |store: &str, said: &[&str], laid: &[&str]| {
            let keys = |stores: &[&str]| stores.iter().map(|store| key(store)).collect::<Vec<_>>();
            home_of_notice(&key(store), &keys(said), &keys(laid))
        };
        let same = |store: &str, stores: &[&str]| home(store, stores, stores);
        assert_eq!(same("Kith", &["a.example?"]), Some(0));
        assert_eq!(same("Kith", &["a.example?", "Target", "Kith"]), Some(2));
        assert_eq!(same("Kith", &["Target", "a.example?", "Walmart"]), Some(1));
        assert_eq!(same("Kith", &["a.example?", "b.example?"]), None);
        assert_eq!(same("b.example", &["a.example?", "b.example?"]), Some(1));
        assert_eq!(same("", &["a.example?", "b.example?"]), Some(0));
        assert_eq!(same("Kith", &["Target"]), None);
        assert_eq!(home("Kith", &["a.example?"], &["Kith"]), Some(0));
        assert_eq!(home("a.example", &["a.example?"], &["Kith"]), Some(0));
        assert_eq!(home("Target", &["a.example?"], &["Kith"]), None);
        assert_eq!(home("Kith CA", &["Kith"], &["Kith US"]), None);
    }
}
