//! Finding an order number or a store from what a person typed.

use anyhow::bail;

use super::Ledger;
use crate::ids::GuildId;

impl Ledger {
    /// Known order numbers that resemble one that is not known, the most similar first.
    pub async fn closest_numbers(
        &self,
        guild: GuildId,
        typed: &str,
    ) -> anyhow::Result<Vec<String>> {
        bail!("not written yet: {guild} {typed}")
    }

    /// Order numbers that begin with what was typed, for autocomplete; the latest where nothing
    /// was typed yet.
    pub async fn suggest_numbers(
        &self,
        guild: GuildId,
        typed: &str,
        limit: u32,
    ) -> anyhow::Result<Vec<String>> {
        bail!("not written yet: {guild} {typed} {limit}")
    }

    /// Stores of the guild whose name holds what was typed.
    pub async fn suggest_stores(
        &self,
        guild: GuildId,
        typed: &str,
        limit: u32,
    ) -> anyhow::Result<Vec<String>> {
        bail!("not written yet: {guild} {typed} {limit}")
    }
}
