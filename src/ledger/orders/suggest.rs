//! What a person may mean: order numbers, stores and profiles for what was typed of them.

use std::collections::HashSet;

use anyhow::Context;
use sqlx::query_scalar;

use super::totals::to_usize;
use crate::ids::{GuildId, OrderId};
use crate::ledger::Ledger;
use crate::ledger::model::search_words::{Words, visible};
use crate::ledger::model::typed::order::{handle_of, typed_number};

pub(crate) mod stores;

/// Orders that are looked at for a suggestion: a bound, so that a million orders cost no more.
const CANDIDATES: i64 = 500;
/// The same, where the index of words names them, which takes longer.
const HOLDING: i64 = 300;
/// The latest orders that are searched for what no index finds.
const LATEST: i64 = 2000;
/// What the handles of orders without a number begin with, as typed numbers are written.
const UNNUMBERED: &str = "NO:";
/// Suggestions for a number that is not known.
const CLOSEST: usize = 5;
/// Less alike than this is no suggestion; 1 is equal.
const LEAST_SIMILARITY: f64 = 0.75;

impl Ledger {
    /// Known order numbers that resemble one that is not known, the most similar first. Looked for
    /// among those that begin alike and among the latest.
    pub async fn closest_numbers(
        &self,
        guild: GuildId,
        typed: &str,
    ) -> anyhow::Result<Vec<String>> {
        let typed = typed_number(typed);
        let beginning: String = typed.chars().take(typed.chars().count() / 2).collect();
        let mut candidates = self.numbers_from(guild, &beginning).await?;
        let holding = self.holding(guild, &typed, CLOSEST).await?;
        if !holding.is_empty() {
            return Ok(holding);
        }
        candidates.extend(self.latest_numbers(guild, CANDIDATES).await?);
        candidates.sort_unstable();
        candidates.dedup();
        let mut scored: Vec<(f64, String)> = candidates
            .into_iter()
            .map(|number| (strsim::normalized_damerau_levenshtein(&typed, &number), number))
            .filter(|(similarity, _)| *similarity >= LEAST_SIMILARITY)
            .collect();
        scored.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        Ok(scored.into_iter().take(CLOSEST).map(|(_, number)| number).collect())
    }

    /// What commands take orders by whose numbers begin with what was typed, for autocomplete, the latest first; then
    /// those that hold it anywhere, since people leave `BBY01-` out. Simply the latest where nothing was typed yet.
    pub async fn suggest_numbers(
        &self,
        guild: GuildId,
        typed: &str,
        limit: u32,
    ) -> anyhow::Result<Vec<String>> {
        let typed = typed_number(typed);
        let mut numbers = if typed.is_empty() {
            self.latest_numbers(guild, i64::from(limit)).await?
        } else if typed.starts_with(UNNUMBERED) {
            self.latest_unnumbered(guild, i64::from(limit)).await?
        } else {
            self.numbers_from(guild, &typed).await?
        };
        let limit = to_usize(limit);
        let mut seen = HashSet::new();
        numbers.retain(|number| seen.insert(number.clone()));
        if numbers.len() < limit && !typed.is_empty() {
            // Those that begin so hold it, too.
            let holding = self.holding(guild, &typed, limit + numbers.len()).await?;
            numbers.extend(holding.into_iter().filter(|number| seen.insert(number.clone())));
        }
        numbers.truncate(limit);
        Ok(numbers)
    }

    /// Stores of the guild's latest orders whose name holds what was typed, in the way in which a filter
    /// by stores compares them, those of most orders first; where there are none, those whose name is
    /// like it.
    pub async fn suggest_stores(
        &self,
        guild: GuildId,
        typed: &str,
        limit: u32,
    ) -> anyhow::Result<Vec<String>> {
        let names = self.store_names(guild.0, LATEST).await?;
        let mut found = stores::holding(typed, &names);
        if found.is_empty() {
            found = stores::close(typed, &names);
        }
        found.truncate(to_usize(limit));
        Ok(found)
    }

    /// Profiles of the guild's latest orders whose name holds what was typed.
    pub async fn suggest_profiles(
        &self,
        guild: GuildId,
        typed: &str,
        limit: u32,
    ) -> anyhow::Result<Vec<String>> {
        let typed = visible(typed.trim());
        let profiles = query_scalar!(
            r#"SELECT profile AS "profile!" FROM (
                   SELECT profile FROM orders WHERE guild_id = ?1
                   ORDER BY ordered_at DESC, id DESC LIMIT ?2
               ) WHERE profile IS NOT NULL AND instr(lower(profile), lower(?3)) > 0
               GROUP BY profile ORDER BY count(*) DESC, profile LIMIT ?4"#,
            guild.0,
            LATEST,
            typed,
            limit
        );
        profiles.fetch_all(&self.readers).await.context("suggest profiles")
    }

    /// Numbers that begin so, from a bounded part of the index, the latest orders first.
    async fn numbers_from(&self, guild: GuildId, beginning: &str) -> anyhow::Result<Vec<String>> {
        // A range of the index: no character sorts behind U+10FFFF.
        let end = format!("{beginning}\u{10FFFF}");
        let numbers = query_scalar!(
            r#"SELECT order_number AS "number!" FROM (
                   SELECT order_number, id FROM orders
                   WHERE guild_id = ? AND order_number >= ? AND order_number < ?
                   ORDER BY order_number LIMIT ?
               ) ORDER BY id DESC"#,
            guild.0,
            beginning,
            end,
            CANDIDATES
        );
        numbers.fetch_all(&self.readers).await.context("find order numbers")
    }

    /// Numbers that hold a text anywhere, of the latest orders first; at most so many.
    async fn holding(
        &self,
        guild: GuildId,
        text: &str,
        limit: usize,
    ) -> anyhow::Result<Vec<String>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let among_others = self.among_others(guild).await?;
        let Some(query) = Words::of(text).query(among_others) else {
            return self.latest_holding(guild, text, limit).await;
        };
        let numbers = query_scalar!(
            r#"SELECT order_number AS "number!" FROM (
                   SELECT rowid AS candidate FROM order_search WHERE order_search MATCH ?1
                   ORDER BY rowid DESC LIMIT ?2
               ) JOIN orders ON orders.id = candidate
               -- The plus keeps SQLite to the candidates.
               WHERE +guild_id = ?3 AND instr(order_number, ?4) > 0
               GROUP BY order_number ORDER BY max(candidate) DESC LIMIT ?5"#,
            query,
            HOLDING,
            guild.0,
            text,
            limit
        );
        numbers.fetch_all(&self.readers).await.context("search for order numbers")
    }

    /// The same, of the latest orders only: what is too short for the index.
    async fn latest_holding(
        &self,
        guild: GuildId,
        text: &str,
        limit: i64,
    ) -> anyhow::Result<Vec<String>> {
        let numbers = query_scalar!(
            r#"SELECT order_number AS "number!" FROM (
                   SELECT order_number, ordered_at, id FROM orders WHERE guild_id = ?1
                   ORDER BY ordered_at DESC, id DESC LIMIT ?2
               ) WHERE instr(order_number, ?3) > 0
               GROUP BY order_number ORDER BY max(ordered_at) DESC, max(id) DESC LIMIT ?4"#,
            guild.0,
            LATEST,
            text,
            limit
        );
        numbers.fetch_all(&self.readers).await.context("find order numbers that hold a text")
    }

    /// The latest orders without a number, as commands take them.
    async fn latest_unnumbered(&self, guild: GuildId, limit: i64) -> anyhow::Result<Vec<String>> {
        let orders = query_scalar!(
            r#"SELECT id AS "id!" FROM orders WHERE guild_id = ? AND order_number IS NULL
               ORDER BY id DESC LIMIT ?"#,
            guild.0,
            limit
        );
        let orders =
            orders.fetch_all(&self.readers).await.context("find orders without a number")?;
        Ok(orders.into_iter().map(|id| handle_of(None, OrderId(id))).collect())
    }

    async fn latest_numbers(&self, guild: GuildId, limit: i64) -> anyhow::Result<Vec<String>> {
        let numbers = query_scalar!(
            r#"SELECT coalesce(order_number, 'no:' || id) AS "number!: String" FROM orders WHERE guild_id = ?
             ORDER BY ordered_at DESC, id DESC LIMIT ?"#,
            guild.0,
            limit
        );
        numbers.fetch_all(&self.readers).await.context("find the latest order numbers")
    }
}
