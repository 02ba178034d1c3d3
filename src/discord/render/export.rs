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
    let narrow = &filter.narrow;
    parts.extend(narrow.product.as_ref().map(|product| named("product", product)));
    let tracking = |has| if has { "with tracking" } else { "without tracking" };
    parts.extend(narrow.tracking.map(|has| tracking(has).to_owned()));
    parts.extend(narrow.line.map(|line| line.key.words().to_owned()));
    parts.extend(narrow.channel.map(|channel| format!("<#{channel}>")));
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

/// The text while others are before it; with none it begins.
pub(crate) fn waits(before: usize) -> String {
    if before == 0 {
        return "It's your turn: the export is being made.".to_owned();
    }
    format!(
        "Your export is waiting: {} to be made before it. It begins by itself.",
        count(before, "export has", "exports have")
    )
}

/// The reply where its turn did not come in time.
pub(crate) const WAITED_TOO_LONG: &str =
    "Too many exports were asked for before yours, so yours was not made. Please try again later.";

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
