//! What was forgotten, as keyed hashes: enough to know it again, not to read it.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sqlx::{SqliteConnection, query, query_scalar};

use super::{ForgetRequest, Forgettable};
use crate::ids::GuildId;
use crate::ledger::database::time::{text_of, time_of};

/// How something was forgotten.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Past {
    /// Whether the orders went, too.
    pub(crate) deleted: bool,
    pub(crate) at: DateTime<Utc>,
}

/// All that was forgotten.
pub(crate) struct Forgotten {
    key: Vec<u8>,
    by_hash: HashMap<Vec<u8>, Past>,
    guilds: BTreeSet<GuildId>,
}

impl Forgotten {
    /// `None` where nothing was ever forgotten.
    pub(crate) async fn load(connection: &mut SqliteConnection) -> sqlx::Result<Option<Self>> {
        let key = query_scalar!(
            "SELECT key FROM forgotten_key WHERE EXISTS (SELECT 1 FROM forgotten) LIMIT 1"
        );
        let Some(key) = key.fetch_optional(&mut *connection).await? else { return Ok(None) };
        let rows =
            query!(r#"SELECT hash, guild_id, deleted AS "deleted: bool", at FROM forgotten"#);
        let rows = rows.fetch_all(connection).await?;
        let guilds = rows.iter().map(|row| GuildId(row.guild_id)).collect();
        let past = |deleted, at: &str| Past { deleted, at: time_of(at) };
        let by_hash = rows.into_iter().map(|row| (row.hash, past(row.deleted, &row.at))).collect();
        Ok(Some(Self { key, by_hash, guilds }))
    }

    /// Whether something was forgotten in the guild, and how. What an import brings of no known guild
    /// is taken for one of each.
    pub(crate) fn past(&self, guild: GuildId, what: &Forgettable) -> Option<Past> {
        let past = |guild: &GuildId| self.by_hash.get(&hash(&self.key, *guild, what)).copied();
        if guild == GuildId(0) { self.guilds.iter().find_map(past) } else { past(&guild) }
    }
}

/// Notes the hash by which what comes later is known.
pub(super) async fn remember(
    connection: &mut SqliteConnection,
    request: &ForgetRequest,
    what: &Forgettable,
) -> sqlx::Result<()> {
    let key = query_scalar!("SELECT key FROM forgotten_key LIMIT 1");
    let key = key.fetch_one(&mut *connection).await?;
    let now = text_of(Utc::now());
    let (hash, kind) = (hash(&key, request.guild, what), what.kind());
    query!(
        "INSERT INTO forgotten (hash, guild_id, kind, deleted, user_id, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (hash) DO UPDATE SET deleted = max(deleted, excluded.deleted),
             -- Orders are deleted that were posted before this.
             at = CASE WHEN excluded.deleted THEN excluded.at ELSE at END",
        hash,
        request.guild.0,
        kind,
        request.delete_orders,
        request.user.0,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The hash by which something is known again.
fn hash(key: &[u8], guild: GuildId, what: &Forgettable) -> Vec<u8> {
    let (kind, text) = (what.kind(), what.text());
    let mut hash = Sha256::new();
    for part in [key, &guild.0.to_be_bytes(), kind.as_bytes(), &[0], text.as_bytes()] {
        hash.update(part);
    }
    hash.finalize().to_vec()
}

/// The hash by which a text is known again.
pub(in crate::ledger::privacy) fn hash_of_text(key: &[u8], text: &str) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(key);
    hash.update(text.as_bytes());
    hash.finalize().to_vec()
}

impl Forgettable {
    /// The word that is stored.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Email(_) => "email",
            Self::Order(_) => "order",
            Self::Message(_) => "message",
        }
    }

    /// What names it.
    pub(super) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Email(text) | Self::Order(text) => Cow::Borrowed(text),
            Self::Message(message) => Cow::Owned(message.to_string()),
        }
    }
}
