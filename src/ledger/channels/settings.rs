//! What people have set in Discord for their server.

use std::collections::HashMap;

use anyhow::Context;
use chrono::{DateTime, SubsecRound, Utc};
use chrono_tz::Tz;
use sqlx::{SqliteConnection, query, query_scalar};

use super::feed;
use crate::config::{SetHere, Setting, Settings};
use crate::ids::{ChannelId, GuildId, UserId};
use crate::ledger::Ledger;
use crate::ledger::database::time::text_of;
use crate::ledger::database::words;

/// What came of changing settings of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsChanged {
    /// Which they were.
    pub settings: Vec<Setting>,
    /// What is set in the server by now.
    pub here: SetHere,
    /// The moment by which the change can be undone.
    pub at: DateTime<Utc>,
}

impl Ledger {
    /// What was set, by server.
    pub async fn settings(&self) -> anyhow::Result<HashMap<GuildId, SetHere>> {
        let rows = query!(
            r#"SELECT guild_id, name, value AS "value!" FROM guild_settings WHERE value IS NOT NULL"#
        );
        let rows = rows.fetch_all(&self.readers).await.context("read the servers' settings")?;
        let mut all: HashMap<GuildId, SetHere> = HashMap::new();
        for row in rows {
            let setting = known(&row.name, &row.value)?;
            all.entry(GuildId(row.guild_id)).or_default().insert(setting, row.value);
        }
        Ok(all)
    }

    /// What was set in one server.
    pub async fn settings_of(&self, guild: GuildId) -> anyhow::Result<SetHere> {
        Ok(self.settings().await?.remove(&guild).unwrap_or_default())
    }

    /// The time zone that was set in a server: in the one that is named, or in the only one that the database
    /// knows.
    pub async fn zone_set_in(&self, guild: Option<GuildId>) -> anyhow::Result<Option<Tz>> {
        let guild = match guild {
            Some(guild) => Some(guild),
            None => match self.known_guilds().await?.as_slice() {
                [guild] => Some(*guild),
                _ => None,
            },
        };
        let Some(guild) = guild else { return Ok(None) };
        let here = self.settings_of(guild).await?;
        Ok(here.get(&Setting::TimeZone).and_then(|zone| zone.parse().ok()))
    }

    /// Sets values in a server; `None`: what config.toml (`configured`) says, again. A feed that moves by that begins
    /// with the next order.
    pub async fn change_settings(
        &self,
        (guild, user): (GuildId, UserId),
        values: &[(Setting, Option<String>)],
        configured: &Settings,
    ) -> anyhow::Result<SettingsChanged> {
        let at = Utc::now().trunc_subsecs(3);
        let now = text_of(at);
        let mut transaction = self.begin().await.context("begin to change settings")?;
        let before = set_in(&mut transaction, guild).await?;
        for (setting, value) in values {
            let name = setting.as_str();
            query!(
                "INSERT INTO guild_settings (guild_id, name, value, changed_by, changed_at)
                 VALUES (?, ?, ?, ?, ?)
                 ON CONFLICT (guild_id, name) DO UPDATE SET value_before = value,
                     value = excluded.value, changed_by = excluded.changed_by,
                     changed_at = excluded.changed_at",
                guild.0,
                name,
                value,
                user.0,
                now
            )
            .execute(&mut *transaction)
            .await
            .context("change a setting")?;
        }
        let here = follow(&mut transaction, guild, &before, configured).await?;
        transaction.commit().await.context("commit settings")?;
        let settings = values.iter().map(|(setting, _)| *setting).collect();
        Ok(SettingsChanged { settings, here, at })
    }

    /// Takes a change of so many settings back. `None`: some of them were changed since, and nothing is taken back.
    pub async fn undo_settings(
        &self,
        (guild, user): (GuildId, UserId),
        (changed_at, count): (DateTime<Utc>, usize),
        configured: &Settings,
    ) -> anyhow::Result<Option<SettingsChanged>> {
        let (at, then) = (Utc::now().trunc_subsecs(3), text_of(changed_at));
        let now = text_of(at);
        let mut transaction = self.begin().await.context("begin to undo settings")?;
        let before = set_in(&mut transaction, guild).await?;
        let names = query_scalar!(
            "UPDATE guild_settings SET value = value_before, value_before = value,
                 changed_by = ?1, changed_at = ?2
             WHERE guild_id = ?3 AND changed_at = ?4
             RETURNING name",
            user.0,
            now,
            guild.0,
            then
        );
        let names = names.fetch_all(&mut *transaction).await.context("undo settings")?;
        if names.len() != count {
            return Ok(None);
        }
        let here = follow(&mut transaction, guild, &before, configured).await?;
        transaction.commit().await.context("commit undone settings")?;
        let known = |name: &String| words::known("guild_settings.name", name, Setting::named(name));
        let settings = names.iter().map(known).collect::<Result<_, _>>()?;
        Ok(Some(SettingsChanged { settings, here, at }))
    }

    /// The channels in which the feed has posted, that of now and those of before.
    pub async fn feed_channels(&self) -> anyhow::Result<Vec<ChannelId>> {
        let channels = query_scalar!("SELECT channel_id FROM feeds ORDER BY channel_id");
        let channels = channels.fetch_all(&self.readers).await.context("read the feeds")?;
        Ok(channels.into_iter().map(ChannelId).collect())
    }
}

/// What is set in a server.
async fn set_in(connection: &mut SqliteConnection, guild: GuildId) -> anyhow::Result<SetHere> {
    let rows = query!(
        r#"SELECT name, value AS "value!" FROM guild_settings
           WHERE guild_id = ? AND value IS NOT NULL"#,
        guild.0
    );
    let rows = rows.fetch_all(connection).await.context("read a server's settings")?;
    rows.into_iter().map(|row| Ok((known(&row.name, &row.value)?, row.value))).collect()
}

/// What is set in a server by now. Its feed follows to the channel that was chosen.
async fn follow(
    connection: &mut SqliteConnection,
    guild: GuildId,
    before: &SetHere,
    configured: &Settings,
) -> anyhow::Result<SetHere> {
    let here = set_in(connection, guild).await?;
    let feed = |here: &SetHere| configured.clone().with(here).feed.channel_id;
    if let Some(to) = feed(&here)
        && feed(before) != Some(to)
    {
        feed::move_to(connection, feed(before), to).await?;
    }
    Ok(here)
}

/// The setting of a row. A value that does not fit was written by a newer version, or by somebody else.
fn known(name: &str, value: &str) -> sqlx::Result<Setting> {
    let setting = words::known("guild_settings.name", name, Setting::named(name))?;
    let fits = Settings::default().set(setting, value).then_some(setting);
    words::known("guild_settings.value", value, fits)
}
