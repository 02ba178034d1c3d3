//! What was forgotten, as keyed hashes: enough to know it again, not to read it.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;

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

/// What was forgotten: all of it, or what was asked for.
pub(crate) struct Forgotten {
    key: Vec<u8>,
    by_hash: HashMap<Vec<u8>, Past>,
    guilds: BTreeSet<GuildId>,
    /// The hashes that were looked up; `None`: all are here.
    asked: Option<HashSet<Vec<u8>>>,
}

impl Forgotten {
    /// All of it. `None` where nothing was ever forgotten.
    pub(crate) async fn load(connection: &mut SqliteConnection) -> sqlx::Result<Option<Self>> {
        let Some(key) = key(connection).await? else { return Ok(None) };
        let rows =
            query!(r#"SELECT hash, guild_id, deleted AS "deleted: bool", at FROM forgotten"#);
        let rows = rows.fetch_all(connection).await?;
        let guilds = rows.iter().map(|row| GuildId(row.guild_id)).collect();
        let by_hash = rows.into_iter().map(|row| (row.hash, past(row.deleted, &row.at))).collect();
        Ok(Some(Self { key, by_hash, guilds, asked: None }))
    }

    /// What of these was forgotten, by an index: most of what comes names nothing of the sort. `None`: nothing.
    pub(crate) async fn among(
        connection: &mut SqliteConnection,
        asked: &[(GuildId, Forgettable)],
    ) -> sqlx::Result<Option<Self>> {
        let Some(key) = key(connection).await? else { return Ok(None) };
        let mut guilds = BTreeSet::new();
        if asked.iter().any(|(guild, _)| *guild == GuildId(0)) {
            let all = query_scalar!("SELECT DISTINCT guild_id FROM forgotten");
            guilds.extend(all.fetch_all(&mut *connection).await?.into_iter().map(GuildId));
        }
        let mut hashes = HashSet::new();
        for (guild, what) in asked {
            let all = guilds.iter().filter(|_| *guild == GuildId(0));
            hashes.extend(all.chain([guild]).map(|guild| hash(&key, *guild, what)));
        }
        let list: Vec<String> = hashes.iter().map(|hash| hexadecimal(hash)).collect();
        let list = serde_json::to_string(&list).unwrap_or_default();
        let rows = query!(
            r#"SELECT hash AS "hash!", deleted AS "deleted!: bool", at AS "at!"
               FROM json_each(?) AS wanted CROSS JOIN forgotten ON hash = unhex(wanted.value)"#,
            list
        );
        let rows = rows.fetch_all(connection).await?.into_iter();
        let by_hash: HashMap<_, _> =
            rows.map(|row| (row.hash, past(row.deleted, &row.at))).collect();
        let found = Self { key, by_hash, guilds, asked: Some(hashes) };
        Ok(Some(found).filter(|found| !found.by_hash.is_empty()))
    }

    /// Whether something was forgotten in the guild, and how. What an import brings of no known guild
    /// is taken for one of each.
    pub(crate) fn past(&self, guild: GuildId, what: &Forgettable) -> Option<Past> {
        let past = |guild: &GuildId| {
            let hash = hash(&self.key, *guild, what);
            let is_known = self.asked.as_ref().is_none_or(|asked| asked.contains(&hash));
            debug_assert!(is_known, "nobody has looked it up");
            self.by_hash.get(&hash).copied()
        };
        if guild == GuildId(0) { self.guilds.iter().find_map(past) } else { past(&guild) }
    }
}

fn past(deleted: bool, at: &str) -> Past {
    Past { deleted, at: time_of(at) }
}

/// The key of the hashes; `None` where nothing was ever forgotten.
async fn key(connection: &mut SqliteConnection) -> sqlx::Result<Option<Vec<u8>>> {
    query_scalar!("SELECT key FROM forgotten_key WHERE EXISTS (SELECT 1 FROM forgotten) LIMIT 1")
        .fetch_optional(connection)
        .await
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
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
