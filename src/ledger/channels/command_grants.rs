//! Whom Discord let use the commands although they would not be by default.

use anyhow::Context;
use chrono::{DateTime, Utc};
use sqlx::{query, query_scalar};

use crate::ids::{GuildId, RoleId, UserId};
use crate::ledger::Ledger;
use crate::ledger::database::time::text_of;
use crate::ledger::orders::row::json_of;

impl Ledger {
    /// Notes that Discord let somebody with these roles use a command in the guild. What was noted before `since`
    /// holds no longer.
    pub(crate) async fn grant_commands(
        &self,
        guild: GuildId,
        user: UserId,
        roles: &[RoleId],
        since: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        if self.has_command_grant(guild, user, roles, since).await? {
            return Ok(());
        }
        let now = text_of(Utc::now());
        let roles = json_of(&roles.iter().map(|role| role.0).collect::<Vec<_>>());
        query!(
            "INSERT INTO let_in (guild_id, user_id, noted_at, roles) VALUES (?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET noted_at = excluded.noted_at, roles = excluded.roles",
            guild.0,
            user.0,
            now,
            roles
        )
        .execute(&self.writer)
        .await
        .context("note whom Discord lets use the commands")?;
        Ok(())
    }

    /// Whether Discord let somebody use a command in the guild, not before `since`, and the person still has
    /// the roles of then.
    pub(crate) async fn has_command_grant(
        &self,
        guild: GuildId,
        user: UserId,
        roles: &[RoleId],
        since: DateTime<Utc>,
    ) -> anyhow::Result<bool> {
        let since = text_of(since);
        let then = query_scalar!(
            "SELECT roles FROM let_in WHERE guild_id = ? AND user_id = ? AND noted_at >= ?",
            guild.0,
            user.0,
            since
        );
        let then = then.fetch_optional(&self.readers).await;
        let Some(then) = then.context("look whom Discord lets use the commands")? else {
            return Ok(false);
        };
        let then: Vec<i64> = serde_json::from_str(&then).context("read the roles of then")?;
        Ok(then.into_iter().all(|role| roles.contains(&RoleId(role))))
    }

    /// The bot was away until this moment: what changed meanwhile of who may use the commands it was not told,
    /// so nothing that was noted before holds any longer.
    pub(crate) async fn forget_unconfirmed_grants(&self, at: DateTime<Utc>) -> anyhow::Result<()> {
        let at = text_of(at);
        query!("DELETE FROM let_in WHERE noted_at < ?", at)
            .execute(&self.writer)
            .await
            .context("forget whom Discord let use the commands")?;
        Ok(())
    }

    /// Somebody has changed at this moment who may use the commands of a guild: what was noted before holds
    /// no longer.
    pub(crate) async fn forget_command_grants(
        &self,
        guild: GuildId,
        at: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let at = text_of(at);
        query!("DELETE FROM let_in WHERE guild_id = ? AND noted_at < ?", guild.0, at)
            .execute(&self.writer)
            .await
            .context("forget whom Discord lets use the commands")?;
        Ok(())
    }
}
