//! Previews that nobody applies any more.

use anyhow::Context;
use chrono::Utc;
use sqlx::{SqliteConnection, query, query_scalar};

use super::{KEPT, MOST, columns, kept};
use crate::ids::GuildId;
use crate::ledger::Ledger;
use crate::ledger::database::time::text_of;

impl Ledger {
    /// Drops a preview that nobody applies, and forgets the columns that it was read by: whoever named a wrong one
    /// is asked again. `Some`: somebody applied it before, and this is its batch, if it left one.
    pub async fn drop_preview(
        &self,
        guild: GuildId,
        id: i64,
    ) -> anyhow::Result<Option<Option<i64>>> {
        let mut transaction = self.begin().await.context("begin to drop a preview")?;
        let dropped = query!(
            "DELETE FROM previews WHERE id = ? AND guild_id = ? AND rows IS NOT NULL RETURNING kind, files",
            id,
            guild.0
        );
        let dropped = dropped.fetch_optional(&mut *transaction).await.context("drop a preview")?;
        if let Some(dropped) = dropped {
            for said in kept::columns(&dropped.files)? {
                let of = (guild, dropped.kind.as_str(), said.fingerprint.as_str());
                columns::forget(&mut transaction, of).await?;
            }
        }
        let applied = query_scalar!(
            "SELECT batch_id FROM previews WHERE id = ? AND guild_id = ?",
            id,
            guild.0
        );
        let applied = applied.fetch_optional(&mut *transaction).await;
        let applied = applied.context("look for an applied preview")?;
        transaction.commit().await.context("commit the dropping of a preview")?;
        Ok(applied)
    }

    /// Drops the previews of all guilds that can be applied no more.
    pub async fn drop_old_previews(&self) -> anyhow::Result<()> {
        let oldest = text_of(Utc::now() - KEPT);
        query!("DELETE FROM previews WHERE created_at < ?", oldest)
            .execute(&self.writer)
            .await
            .context("drop old previews")?;
        Ok(())
    }
}

/// Drops what is too old, and what makes room for one more.
pub(super) async fn drop_old(
    connection: &mut SqliteConnection,
    guild: GuildId,
    oldest: &str,
) -> sqlx::Result<()> {
    query!(
        "DELETE FROM previews WHERE created_at < ?1 OR (guild_id = ?2 AND id NOT IN (
             SELECT id FROM previews WHERE guild_id = ?2 ORDER BY id DESC LIMIT ?3 - 1))",
        oldest,
        guild.0,
        MOST
    )
    .execute(connection)
    .await?;
    Ok(())
}
