//! What lists were asked for, where a button has no room to say so or others could read an address in it.

use anyhow::Context;
use chrono::{Days, Utc};
use sqlx::{query, query_scalar};

use crate::ids::GuildId;
use crate::ledger::Ledger;
use crate::ledger::database::time::text_of;

/// After so many days without anybody turning its pages a list is forgotten.
const KEPT_DAYS: Days = Days::new(90);

impl Ledger {
    /// Keeps what a list was asked for in a guild; the same text has the same id.
    pub async fn keep_list(&self, guild: GuildId, filter: &str) -> anyhow::Result<i64> {
        let filter = format!("{}{filter}", of(guild));
        let now = Utc::now();
        let (used_at, old) =
            (text_of(now), text_of(now.checked_sub_days(KEPT_DAYS).unwrap_or(now)));
        let mut transaction =
            self.writer.begin_with("BEGIN IMMEDIATE").await.context("begin to keep a list")?;
        query!("DELETE FROM kept_lists WHERE used_at < ?", old)
            .execute(&mut *transaction)
            .await
            .context("forget old lists")?;
        let id = query_scalar!(
            r#"INSERT INTO kept_lists (filter, used_at) VALUES (?, ?)
               ON CONFLICT (filter) DO UPDATE SET used_at = excluded.used_at
               RETURNING id AS "id!""#,
            filter,
            used_at
        );
        let id = id.fetch_one(&mut *transaction).await.context("keep a list")?;
        transaction.commit().await.context("commit a kept list")?;
        Ok(id)
    }

    /// What a list was asked for, if that was in this guild: a tampered client may name any.
    pub async fn kept_list(&self, guild: GuildId, id: i64) -> anyhow::Result<Option<String>> {
        let filter = query_scalar!("SELECT filter FROM kept_lists WHERE id = ?", id);
        let filter = filter.fetch_optional(&self.readers).await.context("read a kept list")?;
        Ok(filter.and_then(|filter| Some(filter.strip_prefix(&of(guild))?.to_owned())))
    }
}

/// What the kept texts of a guild begin with.
fn of(guild: GuildId) -> String {
    format!("{guild}|")
}
