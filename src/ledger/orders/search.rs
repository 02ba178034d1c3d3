//! Finding orders by what stands in them.
//!
//! The index knows which orders hold which three letters in a row. Those that hold all pieces of all
//! words are few; the latest of them are compared with the words themselves.

use anyhow::Context;
use serde::Deserialize;
use sqlx::query;

use super::filter::{Conditions, load};
use super::totals::CurrencyTotal;
use crate::ids::GuildId;
use crate::ledger::model::search_words::Words;
use crate::ledger::{Ledger, Order, OrderFilter, Totals};

/// Orders that the index names and that are looked at, the latest: a bound, so that what is in a
/// million orders costs no more.
const CANDIDATES: u32 = 3_000;
/// The latest orders that are looked through for words that are too short for the index.
const LATEST: u32 = 2_000;

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The orders of the page, the latest first.
    pub orders: Vec<Order>,
    /// All that were found.
    pub totals: Totals,
    /// Where not everything was looked at: the latest orders that were. There may be more.
    pub only_latest: Option<OnlyLatest>,
}

/// Why not everything was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnlyLatest {
    /// Each word has less than three letters: so many of the guild's latest orders were looked through.
    Orders(u32),
    /// So many of the latest orders that may hold the words were looked through.
    Candidates(u32),
}

/// An order that may hold the words, in the order of the columns of the queries. They hand all of them
/// out as one JSON text, since SQLite and sqlx take more time for a row than this search does.
#[derive(Deserialize)]
struct Hit {
    id: i64,
    ordered_at: String,
    total_minor: Option<i64>,
    currency: Option<String>,
    /// As `order_texts` has it.
    text: String,
}

impl Ledger {
    /// A page of a guild's orders that match the filter and, where one is given, hold all words of a
    /// text. The latest first.
    pub async fn list_orders(
        &self,
        guild: GuildId,
        typed: Option<&str>,
        filter: &OrderFilter,
        limit: u32,
        offset: u32,
    ) -> anyhow::Result<Found> {
        // Profiles are found by the index of words, too.
        if typed.is_some() || filter.profile.is_some() {
            return self
                .search_orders(guild, typed.unwrap_or_default(), filter, limit, offset)
                .await;
        }
        let filter = OrderFilter { guild: Some(guild), ..filter.clone() };
        let totals = self.count_and_sum(&filter).await?;
        let orders = if totals.count > i64::from(offset) {
            self.recent_orders(&filter, limit, offset).await?
        } else {
            Vec::new()
        };
        Ok(Found { orders, totals, only_latest: None })
    }

    /// Orders of a guild that match the filter and hold all words of a text, in their number, product,
    /// e-mail, profile or tracking number, without case. The latest first.
    pub async fn search_orders(
        &self,
        guild: GuildId,
        typed: &str,
        filter: &OrderFilter,
        limit: u32,
        offset: u32,
    ) -> anyhow::Result<Found> {
        let filter = OrderFilter { guild: Some(guild), ..filter.clone() };
        let conditions = self.conditions(&filter).await?;
        let words = Words::of(typed).and_whole(conditions.profile.as_deref());
        let (mut hits, only_latest) = match words.query(guild) {
            Some(query) => self.indexed(guild, &query, &words, &conditions).await?,
            None => self.latest(guild, &words, &conditions).await?,
        };
        hits.sort_unstable_by(|one, other| {
            (&other.ordered_at, other.id).cmp(&(&one.ordered_at, one.id))
        });
        let page = hits.iter().skip(to_usize(offset)).take(to_usize(limit));
        let ids: Vec<i64> = page.map(|hit| hit.id).collect();
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        let orders = load(&mut connection, &ids).await?;
        let totals = Totals::of(hits.iter().map(Hit::currency_total)).context("sum orders up")?;
        Ok(Found { orders, totals, only_latest })
    }

    async fn indexed(
        &self,
        guild: GuildId,
        query: &str,
        words: &Words,
        conditions: &Conditions,
    ) -> anyhow::Result<(Vec<Hit>, Option<OnlyLatest>)> {
        let (since, until) = (conditions.since(), conditions.until());
        let found = query!(
            r#"SELECT count(*) AS "candidates!: u32",
                   json_group_array(json_array(orders.id, ordered_at, total_minor, currency, text))
                       FILTER (WHERE orders.id IS NOT NULL) AS "hits!: String"
               FROM (SELECT rowid AS candidate FROM order_search WHERE order_search MATCH ?1
                     ORDER BY rowid DESC LIMIT ?2)
               LEFT JOIN orders ON orders.id = candidate AND +guild_id = ?3
                   AND (?4 IS NULL OR store_key IN (SELECT value FROM json_each(?4)))
                   AND (?5 IS NULL OR status = ?5)
                   AND (?6 IS NULL OR profile = ?6 COLLATE NOCASE)
                   AND ordered_at >= ?7 AND ordered_at < ?8
               LEFT JOIN order_texts ON order_texts.id = orders.id"#,
            query,
            CANDIDATES,
            guild.0,
            conditions.stores,
            conditions.status,
            conditions.profile,
            since,
            until
        );
        let found = found.fetch_one(&self.readers).await.context("search for orders")?;
        let more = found.candidates >= CANDIDATES;
        let only_latest = more.then_some(OnlyLatest::Candidates(CANDIDATES));
        Ok((hits(&found.hits, words)?, only_latest))
    }

    async fn latest(
        &self,
        guild: GuildId,
        words: &Words,
        conditions: &Conditions,
    ) -> anyhow::Result<(Vec<Hit>, Option<OnlyLatest>)> {
        let (since, until) = (conditions.since(), conditions.until());
        let found = query!(
            r#"SELECT count(*) AS "candidates!: u32",
                   json_group_array(json_array(latest.id, ordered_at, total_minor, currency, text))
                       FILTER (
                           WHERE (?3 IS NULL OR store_key IN (SELECT value FROM json_each(?3)))
                               AND (?4 IS NULL OR status = ?4)
                               AND (?5 IS NULL OR profile = ?5 COLLATE NOCASE)
                       ) AS "hits!: String"
               FROM (SELECT id, ordered_at, total_minor, currency, store_key, status, profile
                     FROM orders
                     WHERE guild_id = ?1
                         AND ordered_at >= ?6 AND ordered_at < ?7
                     ORDER BY ordered_at DESC, id DESC LIMIT ?2) AS latest
               JOIN order_texts ON order_texts.id = latest.id"#,
            guild.0,
            LATEST,
            conditions.stores,
            conditions.status,
            conditions.profile,
            since,
            until
        );
        let found = found.fetch_one(&self.readers).await.context("search the latest orders")?;
        let more = found.candidates >= LATEST;
        let only_latest = more.then_some(OnlyLatest::Orders(LATEST));
        Ok((hits(&found.hits, words)?, only_latest))
    }
}

/// Those that hold the words.
fn hits(json: &str, words: &Words) -> anyhow::Result<Vec<Hit>> {
    let mut hits: Vec<Hit> = serde_json::from_str(json).context("read what was found")?;
    hits.retain(|hit| words.are_in(&hit.text));
    Ok(hits)
}

pub(crate) fn to_usize(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl Hit {
    fn currency_total(&self) -> CurrencyTotal {
        CurrencyTotal {
            currency: self.currency.clone(),
            orders: 1,
            total_minor: self.total_minor.unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::model::folded::folded;

    /// Blocks of letters that Latin is written with, and their wide forms.
    const LATIN: [std::ops::RangeInclusive<char>; 3] =
        ['\u{C0}'..='\u{24F}', '\u{1E00}'..='\u{1EFF}', '\u{FF01}'..='\u{FF5E}'];

    #[tokio::test]
    async fn the_index_folds_what_the_program_folds() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(&folder.path().join("ledger.db")).await.unwrap();
        let rows = query!("SELECT letter, plain FROM folded_letters");
        let rows = rows.fetch_all(&ledger.readers).await.unwrap();
        let letters: std::collections::HashMap<String, String> =
            rows.into_iter().map(|row| (row.letter, row.plain)).collect();
        for (letter, plain) in &letters {
            // A mark alone has no letter that it could be taken off.
            if !plain.is_empty() {
                assert_eq!(folded(letter), *plain, "{letter}");
            }
        }
        for letter in LATIN.into_iter().flatten().map(String::from) {
            let plain = folded(&letter);
            if plain.is_ascii() && plain != letter {
                assert_eq!(letters.get(&letter), Some(&plain), "{letter}");
            }
        }
    }
}
