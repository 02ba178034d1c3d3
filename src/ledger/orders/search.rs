//! Finding orders by what stands in them.
//!
//! The index knows which orders hold which three letters in a row. Those that hold pieces of all words are few; the
//! latest of them are compared with the words themselves.

mod hits;
pub(in crate::ledger) mod numbers;

use anyhow::Context;
use sqlx::query_scalar;

use super::filter::conditions::Conditions;
use super::filter::load;
use super::totals::to_usize;
use crate::count::page_start;
use crate::ids::GuildId;
use crate::ledger::model::search_words::Words;
use crate::ledger::{Ledger, Order, OrderList, Totals};
use hits::Hit;

/// Orders that the index names and that are looked at, the latest: a bound, so that what is in a
/// million orders costs no more.
pub(super) const CANDIDATES: u32 = 1_000;
/// The latest of them, which tell whether few pieces of the words are enough: where nine in ten hold the words.
const TRIED: usize = 50;
/// Words that are looked for in the lines behind the first, too.
const MOST_WORDS: usize = 8;
/// The latest orders that are looked through for words that are too short for the index.
const LATEST: u32 = 2_000;

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The orders of the page.
    pub orders: Vec<Order>,
    /// How many come before them: fewer than were asked for where the list has ended there.
    pub offset: u32,
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

/// Orders that may be meant.
struct Candidates {
    ids: Vec<i64>,
    only_latest: Option<OnlyLatest>,
}

impl Ledger {
    /// A page of a guild's orders that match and hold all words, each in one of the texts of `order_texts`,
    /// in a number of `late_texts` or in a product of their lines, without case.
    pub(super) async fn search(
        &self,
        guild: GuildId,
        list: &OrderList,
        (limit, offset): (u32, u32),
    ) -> anyhow::Result<Found> {
        let conditions = self.conditions(&list.filter).await?;
        let words = Words::of(list.typed.as_deref().unwrap_or_default())
            .and_whole(conditions.profile.as_deref());
        let candidates = match &list.among {
            Some(orders) => {
                let ids = orders.iter().map(|order| order.0).collect();
                Candidates { ids, only_latest: None }
            }
            None => self.candidates(guild, &words, &conditions).await?,
        };
        // Two threads of SQLite's take half of the time.
        let (newer, older) = candidates.ids.split_at(candidates.ids.len().div_ceil(2));
        let hits = |ids| self.hits(guild.0, ids, &words, &conditions);
        let (mut hits, more) = tokio::try_join!(hits(newer), hits(older))?;
        hits.extend(more);
        hits.sort_unstable_by(|one, other| one.compare(other, list.sort));
        let offset = page_start(offset, limit, hits.len());
        let page = hits.iter().skip(to_usize(offset)).take(to_usize(limit));
        let ids: Vec<i64> = page.map(|hit| hit.id).collect();
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        let orders = load(&mut connection, &ids).await?;
        let totals = Totals::of(hits.iter().map(Hit::currency_total)).context("sum orders up")?;
        Ok(Found { orders, offset, totals, only_latest: candidates.only_latest })
    }

    /// The orders that may hold the words, and the product that is asked for in one of their lines.
    async fn candidates(
        &self,
        guild: GuildId,
        words: &Words,
        conditions: &Conditions,
    ) -> anyhow::Result<Candidates> {
        let words = words.clone().and_whole(conditions.product.as_deref());
        let among = self.among_others(guild).await?;
        let Some(query) = words.short_query(among) else {
            return self.latest(guild, conditions).await;
        };
        let in_lines = self.with_words_in_lines(&words, among);
        let named = self.named((guild, among), &words, &query);
        let (first, found) = tokio::try_join!(named, in_lines)?;
        Ok(found.into_iter().fold(first, Candidates::and))
    }

    /// What few pieces of the words name. Where these are many orders, and not those that are meant: what all pieces
    /// name.
    async fn named(
        &self,
        (guild, among): (GuildId, Option<GuildId>),
        words: &Words,
        short: &str,
    ) -> anyhow::Result<Candidates> {
        let found = self.indexed(short).await?;
        let Some(query) = words.query(among).filter(|query| query != short) else {
            return Ok(found);
        };
        if found.only_latest.is_none() {
            return Ok(found);
        }
        let tried = found.ids.get(..TRIED).unwrap_or(&found.ids);
        let held = self.hits(guild.0, tried, words, &Conditions::default()).await?;
        if held.len() * 10 >= tried.len() * 9 { Ok(found) } else { self.indexed(&query).await }
    }

    /// The orders that may hold one of the words in a line behind the first, or in the numbers that come late to an
    /// order and are searched as a line of it, and the others anywhere.
    async fn with_words_in_lines(
        &self,
        words: &Words,
        among: Option<GuildId>,
    ) -> anyhow::Result<Vec<Candidates>> {
        let mut found = Vec::new();
        for word in words.each().take(MOST_WORDS) {
            if let Some(query) = word.query(among) {
                found.push((word, self.in_lines(&query).await?));
            }
        }
        let is_whole = |(_, of_word): &(Words, Candidates)| of_word.only_latest.is_none();
        let (mut whole, cut): (Vec<_>, Vec<_>) = found.into_iter().partition(is_whole);
        let others = words.without(cut.iter().map(|(word, _)| word));
        let Some(query) = others.query(among).filter(|_| !cut.is_empty()) else {
            return Ok(whole.into_iter().chain(cut).map(|(_, of_word)| of_word).collect());
        };
        // What holds nothing but words of many lines in its lines holds the others elsewhere, which may be few.
        let elsewhere = (others, self.indexed(&query).await?);
        if is_whole(&elsewhere) {
            whole.push(elsewhere);
        } else {
            whole.extend(cut);
        }
        Ok(whole.into_iter().map(|(_, of_word)| of_word).collect())
    }

    /// The latest orders of which the index names a line.
    async fn in_lines(&self, query: &str) -> anyhow::Result<Candidates> {
        let found = query_scalar!(
            r#"SELECT json_group_array(candidate) AS "ids!: String"
               FROM (SELECT DISTINCT rowid / 4096 AS candidate FROM order_search_lines
                     WHERE order_search_lines MATCH ?1 ORDER BY rowid DESC LIMIT ?2)"#,
            query,
            CANDIDATES
        );
        let found = found.fetch_one(&self.readers).await.context("search the lines of orders")?;
        Candidates::of(&found, OnlyLatest::Candidates(CANDIDATES))
    }

    /// The guild, where others have orders, too: else the index need not be asked for it.
    pub(super) async fn among_others(&self, guild: GuildId) -> anyhow::Result<Option<GuildId>> {
        let others = query_scalar!(
            r#"SELECT EXISTS (SELECT 1 FROM order_tallies WHERE guild_id < ?1)
                   OR EXISTS (SELECT 1 FROM order_tallies WHERE guild_id > ?1) AS "others!: bool""#,
            guild.0
        );
        let others = others.fetch_one(&self.readers).await.context("look for other servers")?;
        Ok(others.then_some(guild))
    }

    /// The latest orders that the index names.
    async fn indexed(&self, query: &str) -> anyhow::Result<Candidates> {
        let found = query_scalar!(
            r#"SELECT json_group_array(candidate) AS "ids!: String"
               FROM (SELECT rowid AS candidate FROM order_search WHERE order_search MATCH ?1
                     ORDER BY rowid DESC LIMIT ?2)"#,
            query,
            CANDIDATES
        );
        let found = found.fetch_one(&self.readers).await.context("search for orders")?;
        Candidates::of(&found, OnlyLatest::Candidates(CANDIDATES))
    }

    /// The latest orders.
    async fn latest(&self, guild: GuildId, conditions: &Conditions) -> anyhow::Result<Candidates> {
        let (since, until) = (conditions.since(), conditions.until());
        let found = query_scalar!(
            r#"SELECT json_group_array(id) AS "ids!: String"
               FROM (SELECT id FROM orders
                     WHERE guild_id = ?1 AND ordered_at >= ?3 AND ordered_at < ?4
                     ORDER BY ordered_at DESC, id DESC LIMIT ?2)"#,
            guild.0,
            LATEST,
            since,
            until
        );
        let found = found.fetch_one(&self.readers).await.context("search the latest orders")?;
        Candidates::of(&found, OnlyLatest::Orders(LATEST))
    }
}

impl Candidates {
    /// These and others, the latest.
    fn and(mut self, others: Self) -> Self {
        self.ids.extend(others.ids);
        self.ids.sort_unstable_by(|one, other| other.cmp(one));
        self.ids.dedup();
        Self { only_latest: self.only_latest.or(others.only_latest), ..self }
    }

    /// From a JSON array of so many at most.
    fn of(ids: &str, most: OnlyLatest) -> anyhow::Result<Self> {
        let ids: Vec<i64> = serde_json::from_str(ids).context("read what was found")?;
        let (OnlyLatest::Orders(limit) | OnlyLatest::Candidates(limit)) = most;
        let only_latest = (ids.len() >= to_usize(limit)).then_some(most);
        Ok(Self { ids, only_latest })
    }
}

#[cfg(test)]
mod tests {
    use sqlx::query;

    use crate::ledger::Ledger;
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
