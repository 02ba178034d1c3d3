//! What people said that the columns of a sheet mean, by its headings.

use anyhow::Context;
use sqlx::{SqliteConnection, query, query_scalar};

use crate::ids::GuildId;
use crate::ledger::Ledger;
use crate::sheet::Kind;

impl Ledger {
    /// What the columns of sheets with these headings mean, if somebody has said so.
    pub async fn remembered_columns(
        &self,
        guild: GuildId,
        kind: Kind,
        fingerprint: &str,
    ) -> anyhow::Result<Option<Vec<(String, String)>>> {
        let kind = kind.as_str();
        let meanings = query_scalar!(
            "SELECT meanings FROM sheet_columns WHERE guild_id = ? AND kind = ? AND fingerprint = ?",
            guild.0,
            kind,
            fingerprint
        );
        let meanings = meanings.fetch_optional(&self.readers).await;
        let meanings = meanings.context("look for the columns of a sheet")?;
        meanings.map(|text| serde_json::from_str(&text).context("read columns")).transpose()
    }
}

/// What somebody said that the columns of sheets with certain headings mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SaidColumns {
    /// Of the headings.
    pub(super) fingerprint: String,
    /// Headings with the words of fields; none in previews of older versions.
    pub(super) meanings: Vec<(String, String)>,
}

/// Remembers what columns mean, once a sheet that was read by them is applied.
pub(super) async fn remember(
    connection: &mut SqliteConnection,
    (guild, kind): (GuildId, Kind),
    said: &[SaidColumns],
) -> anyhow::Result<()> {
    for SaidColumns { fingerprint, meanings } in
        said.iter().filter(|said| !said.meanings.is_empty())
    {
        let (kind, meanings) =
            (kind.as_str(), serde_json::to_string(meanings).context("write columns")?);
        query!(
            "INSERT INTO sheet_columns (guild_id, kind, fingerprint, meanings) VALUES (?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET meanings = excluded.meanings",
            guild.0,
            kind,
            fingerprint,
            meanings
        )
        .execute(&mut *connection)
        .await
        .context("remember the columns of a sheet")?;
    }
    Ok(())
}

/// Forgets what the columns of sheets with these headings mean, so that it is asked again.
pub(super) async fn forget(
    connection: &mut SqliteConnection,
    (guild, kind, fingerprint): (GuildId, &str, &str),
) -> anyhow::Result<()> {
    query!(
        "DELETE FROM sheet_columns WHERE guild_id = ? AND kind = ? AND fingerprint = ?",
        guild.0,
        kind,
        fingerprint
    )
    .execute(connection)
    .await
    .context("forget the columns of a sheet")?;
    Ok(())
}
