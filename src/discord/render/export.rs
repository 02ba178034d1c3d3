//! What comes with the files of `/orders export`.

use super::text::{cut, escape};
use super::{Audience, no_such_store};
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

/// What is said with a file; `which` is told with the first one.
pub(crate) fn part(number: usize, orders: usize, is_last: bool, which: &str) -> String {
    let orders = if orders == 1 { "1 order".to_owned() } else { format!("{orders} orders") };
    if number > 1 {
        return format!("Part {number}: {orders}.");
    }
    if is_last {
        return format!("{orders}: {which}. The file holds e-mail addresses in full.");
    }
    format!(
        "They do not fit into one file: {which}. Part 1: the first {orders}. The files hold e-mail \
         addresses in full."
    )
}

/// Where there is no file.
pub(crate) fn nothing(which: &str, unknown: Option<&NoSuchStore>) -> String {
    let store = unknown.map(|unknown| format!(" {}", no_such_store(unknown, Audience::Private)));
    format!("No order matches: {which}. So there is no file.{}", store.unwrap_or_default())
}

/// Where more would be too many.
pub(crate) fn too_many(sent: usize) -> String {
    format!(
        "These were the first {sent} orders; more files are too many for Discord. Choose fewer days \
         (`period`, or `since` and `until`), a `store` or a `status` for the others; whoever runs the \
         bot gets all of them at once with `refract-ledger export`."
    )
}
