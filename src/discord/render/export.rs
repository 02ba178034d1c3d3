//! What comes with the files of `/orders export`.

use super::text::{cut, escape};
use super::{Audience, no_such_store};
use crate::count::count;
use crate::ledger::{NoSuchStore, OrderFilter};

/// Characters of a store or a profile that was asked for.
const NAME: usize = 100;

/// Which orders were asked for, in words.
pub(crate) fn which(days: &str, filter: &OrderFilter) -> String {
    let named = |what: &str, text: &String| format!("{what} {}", cut(&escape(text), NAME));
    let mut parts = vec![days.to_owned()];
    parts.extend(filter.store.as_ref().map(|store| named("store", store)));
    parts.extend(filter.status.map(|status| format!("status {status}")));
    parts.extend(filter.profile.as_ref().map(|profile| named("profile", profile)));
    parts.join(", ")
}

/// The text with a file; the first one says `which` orders they are.
pub(crate) fn part(number: usize, orders: usize, is_last: bool, which: &str) -> String {
    let orders = count(orders, "order", "orders");
    if number > 1 {
        return format!("Part {number}: {orders}.");
    }
    if is_last {
        return format!("{orders}, {which}. ⚠️ The file contains full e-mail addresses.");
    }
    format!(
        "Too many orders for one file ({which}). Part 1: the first {orders}. ⚠️ The files contain \
         full e-mail addresses."
    )
}

/// Where there is no file.
pub(crate) fn nothing(which: &str, unknown: Option<&NoSuchStore>) -> String {
    let store = unknown.map(|unknown| format!(" {}", no_such_store(unknown, Audience::Private)));
    let store = store.unwrap_or_default();
    format!("No orders found ({which}), so there is nothing to export.{store}")
}

/// Where more would be too many.
pub(crate) fn too_many(sent: usize) -> String {
    format!(
        "These were the first {}; I can't send more files at once. For the rest, choose fewer days \
         (`period`, or `since` and `until`), a `store` or a `status`. Whoever runs the bot can export \
         everything with `refract-ledger export`.",
        count(sent, "order", "orders")
    )
}
