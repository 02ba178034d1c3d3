//! The stores that a person means by a name or a part of one.

use std::collections::{BTreeSet, HashSet};
use std::fmt;

use anyhow::Context;
use sqlx::query_scalar;

use crate::ids::ChannelId;
use crate::ledger::model::search_words::visible;
use crate::ledger::model::store_key::StoreKey;
use crate::ledger::orders::filter::conditions::Conditions;
use crate::ledger::{Ledger, OrderFilter};

/// The latest orders of a guild whose stores' names are offered.
const LATEST: i64 = 20_000;
/// Names that are offered where none is close.
const OFFERED: usize = 5;
/// Less alike than this is no suggestion; 1 is equal.
const LEAST_SIMILARITY: f64 = 0.7;

/// What to say where no store is called so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchStore {
    /// As it was typed.
    pub typed: String,
    /// Those that are meant, perhaps.
    pub close: Vec<String>,
    /// Where none is close: the stores of most orders.
    pub others: Vec<String>,
}

impl fmt::Display for NoSuchStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "There is no store \"{}\"", self.typed)?;
        match (self.close.as_slice(), self.others.as_slice()) {
            ([], []) => f.write_str(": no order names a store."),
            ([], others) => write!(f, ". There are orders of {}.", others.join(", ")),
            (close, _) => write!(f, ". Did you mean {}?", close.join(" or ")),
        }
    }
}

impl Ledger {
    /// The conditions of a filter, with the stores that it means.
    pub(crate) async fn conditions(&self, filter: &OrderFilter) -> anyhow::Result<Conditions> {
        let stores = match filter.store.as_deref() {
            Some(typed) => Some(keys_json(&self.stores_meant(filter, typed).await?)),
            None => None,
        };
        let channels = match filter.narrow.channel {
            Some(channel) => Some(self.with_threads(channel).await?),
            None => None,
        };
        Ok(Conditions::new(filter, stores, channels))
    }

    /// A channel and its threads, as a JSON array.
    async fn with_threads(&self, channel: ChannelId) -> anyhow::Result<String> {
        let ids = query_scalar!(
            r#"SELECT json_group_array(id) AS "ids!: String" FROM (
                   SELECT ?1 AS id UNION SELECT thread_id FROM threads WHERE channel_id = ?1
               )"#,
            channel.0
        );
        ids.fetch_one(&self.readers).await.context("find the threads of a channel")
    }

    /// Whether the filter names a store that has no orders in these guilds, and what may be meant.
    pub async fn no_such_store(&self, filter: &OrderFilter) -> anyhow::Result<Option<NoSuchStore>> {
        let Some(typed) = filter.store.as_deref() else { return Ok(None) };
        if !self.stores_meant(filter, typed).await?.is_empty() {
            return Ok(None);
        }
        let mut names = Vec::new();
        for guild in self.guilds_of(filter).await? {
            names.extend(self.store_names(guild, LATEST).await?);
        }
        let mut seen = HashSet::new();
        names.retain(|name| seen.insert(name.clone()));
        let close = close(typed, &names);
        let others =
            if close.is_empty() { names.into_iter().take(OFFERED).collect() } else { Vec::new() };
        Ok(Some(NoSuchStore { typed: typed.trim().to_owned(), close, others }))
    }

    async fn stores_meant(
        &self,
        filter: &OrderFilter,
        typed: &str,
    ) -> anyhow::Result<Vec<StoreKey>> {
        let mut keys = BTreeSet::new();
        for guild in self.guilds_of(filter).await? {
            // The sums of all days have one row for each store, status and currency.
            let of_guild = query_scalar!(
                "SELECT DISTINCT store_key FROM order_tallies WHERE guild_id = ? AND unit = 'all'",
                guild
            );
            keys.extend(of_guild.fetch_all(&self.readers).await.context("read the stores")?);
        }
        let keys = keys.into_iter().map(StoreKey::stored).collect();
        Ok(StoreKey::of(Some(typed)).meant_among(keys))
    }

    /// The names of the stores of a guild's latest orders, those of most orders first.
    pub(crate) async fn store_names(&self, guild: i64, latest: i64) -> anyhow::Result<Vec<String>> {
        let names = query_scalar!(
            r#"SELECT store AS "store!" FROM (
                   SELECT store FROM orders WHERE guild_id = ?
                   ORDER BY ordered_at DESC, id DESC LIMIT ?
               ) WHERE store IS NOT NULL GROUP BY store ORDER BY count(*) DESC, store"#,
            guild,
            latest
        );
        names.fetch_all(&self.readers).await.context("read the stores' names")
    }
}

fn keys_json(keys: &[StoreKey]) -> String {
    let keys: Vec<&str> = keys.iter().map(StoreKey::as_str).collect();
    serde_json::json!(keys).to_string()
}

/// Names that hold what was typed, letter by letter or as stores are compared.
pub(crate) fn holding(typed: &str, names: &[String]) -> Vec<String> {
    let (letters, key) = (visible(typed.trim()).to_lowercase(), StoreKey::of(Some(typed)));
    let holds = |name: &&String| {
        let is_meant = || !key.meant_among(vec![StoreKey::of(Some(name))]).is_empty();
        name.to_lowercase().contains(&letters) || is_meant()
    };
    names.iter().filter(holds).cloned().collect()
}

/// Names that are like what was typed, as a whole or in one of their words, the most similar first.
pub(crate) fn close(typed: &str, names: &[String]) -> Vec<String> {
    let typed = folded(typed);
    let similarity = |name: &String| {
        let words = name.split_whitespace().map(folded).chain([folded(name)]);
        words
            .map(|word| strsim::normalized_damerau_levenshtein(&typed, &word))
            .fold(0.0_f64, f64::max)
    };
    let scored = names.iter().map(|name| (similarity(name), name));
    let mut scored: Vec<_> = scored.filter(|(alike, _)| *alike >= LEAST_SIMILARITY).collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    scored.into_iter().take(OFFERED).map(|(_, name)| name.clone()).collect()
}

fn folded(name: &str) -> String {
    name.to_lowercase().chars().filter(|character| character.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_in_a_name_or_in_one_of_its_words_is_seen() {
        let names = ["Target", "Pokemon Center US", "Pokemon Center CA", "Best Buy US"];
        let names = names.map(str::to_owned);
        assert_eq!(close("traget", &names), ["Target"]);
        assert_eq!(close("pokmon", &names), ["Pokemon Center US", "Pokemon Center CA"]);
        assert_eq!(close("bestby us", &names), ["Best Buy US"]);
        assert_eq!(close("walmart", &names), [""; 0]);
    }

    #[test]
    fn what_is_typed_of_a_name_is_in_it() {
        let names = ["Target", "Best Buy US", "Pokemon Center US"].map(str::to_owned);
        assert_eq!(holding("", &names), names);
        assert_eq!(holding("buy u", &names), ["Best Buy US"]);
        assert_eq!(holding("bestbuy", &names), ["Best Buy US"]);
        assert_eq!(holding("center us", &names), ["Pokemon Center US"]);
        assert_eq!(holding("walmart", &names), [""; 0]);
    }

    #[test]
    fn the_sentence_names_the_store_and_what_there_is() {
        let said = |close: &[&str], others: &[&str]| {
            let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
            let typed = "pokmon".to_owned();
            NoSuchStore { typed, close: owned(close), others: owned(others) }.to_string()
        };
        assert_eq!(
            said(&["Pokemon Center US"], &[]),
            "There is no store \"pokmon\". Did you mean Pokemon Center US?"
        );
        assert_eq!(
            said(&[], &["Target", "Walmart US"]),
            "There is no store \"pokmon\". There are orders of Target, Walmart US."
        );
    }
}
