//! What the ledger believes to stand in a channel, to be compared with what the history shows.

use std::collections::{BTreeSet, HashMap, HashSet};

use anyhow::Context;
use chrono::{DateTime, Utc};
use sqlx::{query, query_scalar};

use crate::ids::{ChannelId, MessageId, UserId};
use crate::ledger::Ledger;
use crate::ledger::database::time::text_of;
use crate::ledger::orders::row::json_of;
use crate::order::status_emoji::plain_emoji;
use crate::verdict::{EMPTY_REASON, FILE_FAILED_REASON, Outcome};

/// Messages that are looked up at once, at the most.
const MOST_VANISHED: i64 = 1_000;

/// What the ledger believes of the reactions of some messages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownReactions {
    /// How many people stand behind each emoji of a status, in the form of [`plain_emoji`].
    pub people: HashMap<(MessageId, String), u64>,
    /// What the bot itself shows.
    pub shown: HashMap<MessageId, String>,
}

/// Who is believed to stand behind one emoji of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reactors {
    /// Those whose reaction counts.
    pub allowed: BTreeSet<UserId>,
    /// Those who may not set a status.
    pub not_allowed: BTreeSet<UserId>,
}

impl Ledger {
    /// The messages of a part of a channel that are believed to stand there, newest first, as far as
    /// they were known at that time; `from` and `to` are not part of it.
    pub async fn messages_between(
        &self,
        channel: ChannelId,
        (from, to): (MessageId, MessageId),
        known_at: DateTime<Utc>,
    ) -> anyhow::Result<Vec<MessageId>> {
        let known_at = text_of(known_at);
        let ids = query_scalar!(
            "SELECT message_id FROM deliveries
             WHERE message_id > ? AND message_id < ? AND channel_id = ? AND deleted_at IS NULL
                 AND received_at < ?
             ORDER BY message_id DESC LIMIT ?",
            from.0,
            to.0,
            channel.0,
            known_at,
            MOST_VANISHED
        );
        let ids = ids.fetch_all(&self.readers).await.context("read what stands in a channel")?;
        Ok(ids.into_iter().map(MessageId).collect())
    }

    /// Which of these messages, with their time of the last edit, need not be read again: they were
    /// read as they are, and nothing about them is doubtful.
    pub async fn settled(
        &self,
        messages: &[(MessageId, Option<DateTime<Utc>>)],
    ) -> anyhow::Result<HashSet<MessageId>> {
        let keys: Vec<_> = messages.iter().map(|(id, edit)| (id.0, edit.map(text_of))).collect();
        let list = serde_json::to_string(&keys).context("write messages as JSON")?;
        let untrusted = Outcome::Untrusted.as_str();
        let ids = query_scalar!(
            r#"SELECT message_id AS "message_id!"
               FROM json_each(?) AS row CROSS JOIN deliveries ON message_id = row.value ->> 0
               WHERE edited_at IS row.value ->> 1
                   -- Its webhook may be trusted by now, its content be shown, its file be there, its
                   -- guild be known.
                   -- What else there is to say stands beside it.
                   AND outcome <> ? AND reason <> ? AND instr(reason, ?) = 0 AND guild_id <> 0"#,
            list,
            untrusted,
            EMPTY_REASON,
            FILE_FAILED_REASON
        );
        let ids = ids.fetch_all(&self.readers).await.context("look up what was read")?;
        Ok(ids.into_iter().map(MessageId).collect())
    }

    /// The reactions of these messages, as they are believed to stand.
    pub async fn known_reactions(&self, messages: &[MessageId]) -> anyhow::Result<KnownReactions> {
        let ids: Vec<i64> = messages.iter().map(|message| message.0).collect();
        let list = json_of(&ids);
        let rows = query!(
            r#"SELECT message_id AS "message_id!: i64", emoji AS "emoji!: String",
                      count(*) AS "people!: i64"
               FROM (SELECT message_id, emoji, user_id FROM marks
                     WHERE message_id IN (SELECT value FROM json_each(?1)) AND emoji IS NOT NULL
                     UNION
                     SELECT message_id, emoji, user_id FROM unheard_reactions
                     WHERE message_id IN (SELECT value FROM json_each(?1)))
               GROUP BY message_id, emoji"#,
            list
        );
        let rows = rows.fetch_all(&self.readers).await.context("count known reactions")?;
        let people = rows.into_iter().map(|row| {
            ((MessageId(row.message_id), row.emoji), u64::try_from(row.people).unwrap_or_default())
        });
        let people = people.collect();
        let own = query!(
            r#"SELECT message_id AS "message_id!", nullif(reaction_shown, '') AS "shown: String"
               FROM deliveries
               WHERE message_id IN (SELECT value FROM json_each(?))"#,
            list
        );
        let own = own.fetch_all(&self.readers).await.context("read the bot's own reactions")?;
        let mut known = KnownReactions { people, ..KnownReactions::default() };
        for row in own {
            let id = MessageId(row.message_id);
            known.shown.extend(row.shown.map(|emoji| (id, emoji)));
        }
        Ok(known)
    }

    /// Who is believed to stand behind an emoji of a message.
    pub async fn reactors(&self, message: MessageId, emoji: &str) -> anyhow::Result<Reactors> {
        let emoji = plain_emoji(emoji);
        let rows = query!(
            r#"SELECT user_id AS "user_id!: i64", 1 AS "heard!: bool" FROM marks
               WHERE message_id = ?1 AND emoji = ?2
               UNION ALL
               SELECT user_id, 0 FROM unheard_reactions WHERE message_id = ?1 AND emoji = ?2"#,
            message.0,
            emoji
        );
        let rows = rows.fetch_all(&self.readers).await.context("read who reacted")?;
        let mut reactors = Reactors::default();
        for row in rows {
            let side = if row.heard { &mut reactors.allowed } else { &mut reactors.not_allowed };
            side.insert(UserId(row.user_id));
        }
        Ok(reactors)
    }

    /// Notes a reaction by somebody who may not set a status.
    pub async fn note_not_allowed(
        &self,
        message: MessageId,
        user: UserId,
        emoji: &str,
    ) -> anyhow::Result<()> {
        let emoji = plain_emoji(emoji);
        query!(
            "INSERT INTO unheard_reactions (message_id, user_id, emoji) VALUES (?, ?, ?)
             ON CONFLICT DO NOTHING",
            message.0,
            user.0,
            emoji
        )
        .execute(&self.writer)
        .await
        .context("note a reaction without effect")?;
        Ok(())
    }

    /// Notes that nobody knows what the bot shows on these messages: whatever it should be, they are
    /// due. The empty text stands for that, which no emoji is.
    pub async fn recheck_shown(&self, messages: &[MessageId]) -> anyhow::Result<()> {
        let ids: Vec<i64> = messages.iter().map(|message| message.0).collect();
        let list = json_of(&ids);
        query!(
            "UPDATE deliveries SET reaction_shown = ''
             WHERE message_id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL",
            list
        )
        .execute(&self.writer)
        .await
        .context("doubt shown reactions")?;
        self.committed();
        Ok(())
    }
}
