//! Whom Discord let use the commands although they would not be by default.

use anyhow::Context;
use chrono::Utc;
use sqlx::{query, query_scalar};

use super::Ledger;
use super::time::text_of;
use crate::ids::{GuildId, UserId};

impl Ledger {
    /// Notes that Discord let somebody use a command in the guild.
    pub(crate) async fn let_in(&self, guild: GuildId, user: UserId) -> anyhow::Result<()> {
        if self.was_let_in(guild, user).await? {
            return Ok(());
        }
        let now = text_of(Utc::now());
        query!(
            "INSERT INTO let_in (guild_id, user_id, noted_at) VALUES (?, ?, ?)
             ON CONFLICT DO NOTHING",
            guild.0,
            user.0,
            now
        )
        .execute(&self.writer)
        .await
        .context("note whom Discord lets use the commands")?;
        Ok(())
    }

    /// Whether Discord let somebody use a command in the guild, and nothing has changed since.
    pub(crate) async fn was_let_in(&self, guild: GuildId, user: UserId) -> anyhow::Result<bool> {
        let found = query_scalar!(
            r#"SELECT EXISTS (SELECT 1 FROM let_in WHERE guild_id = ? AND user_id = ?)
               AS "found!: bool""#,
            guild.0,
            user.0
        );
        found.fetch_one(&self.readers).await.context("look whom Discord lets use the commands")
    }

    /// Somebody has changed who may use the commands of a guild: what was noted holds no longer.
    pub(crate) async fn forget_let_in(&self, guild: GuildId) -> anyhow::Result<()> {
        query!("DELETE FROM let_in WHERE guild_id = ?", guild.0)
            .execute(&self.writer)
            .await
            .context("forget whom Discord lets use the commands")?;
        Ok(())
    }
}
