//! What people have set in Discord for their server.

use std::collections::HashMap;

use anyhow::Context;
use chrono::{DateTime, SubsecRound, Utc};
use chrono_tz::Tz;
use sqlx::{query, query_scalar};

use crate::config::{SetHere, Setting, Settings};
use crate::ids::{ChannelId, GuildId, UserId};
use crate::ledger::Ledger;
use crate::ledger::database::time::text_of;
use crate::ledger::database::words;

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

    /// Sets values in a server; `None`: what config.toml says, again. Gives the moment by which the change can be
    /// undone.
    pub async fn change_settings(
        &self,
        (guild, user): (GuildId, UserId),
        values: &[(Setting, Option<String>)],
    ) -> anyhow::Result<DateTime<Utc>> {
        let at = Utc::now().trunc_subsecs(3);
        let now = text_of(at);
        let mut transaction = self.begin().await.context("begin to change settings")?;
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
        transaction.commit().await.context("commit settings")?;
        Ok(at)
    }

    /// Takes a change of so many settings back, and gives which they were, with the moment by which that can be
    /// undone. `None`: some of them were changed since, and nothing is taken back.
    pub async fn undo_settings(
        &self,
        (guild, user): (GuildId, UserId),
        changed_at: DateTime<Utc>,
        count: usize,
    ) -> anyhow::Result<Option<(Vec<Setting>, DateTime<Utc>)>> {
        let (at, then) = (Utc::now().trunc_subsecs(3), text_of(changed_at));
        let now = text_of(at);
        let mut transaction = self.begin().await.context("begin to undo settings")?;
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
        transaction.commit().await.context("commit undone settings")?;
        let known = |name: &String| words::known("guild_settings.name", name, Setting::named(name));
        Ok(Some((names.iter().map(known).collect::<Result<_, _>>()?, at)))
    }

    /// The channels in which the feed has posted, that of now and those of before.
    pub async fn feed_channels(&self) -> anyhow::Result<Vec<ChannelId>> {
        let channels = query_scalar!("SELECT channel_id FROM feeds ORDER BY channel_id");
        let channels = channels.fetch_all(&self.readers).await.context("read the feeds")?;
        Ok(channels.into_iter().map(ChannelId).collect())
    }
}

/// The setting of a row. A value that does not fit was written by a newer version, or by somebody else.
fn known(name: &str, value: &str) -> sqlx::Result<Setting> {
    let setting = words::known("guild_settings.name", name, Setting::named(name))?;
    let fits = Settings::default().set(setting, value).then_some(setting);
    words::known("guild_settings.value", value, fits)
}
