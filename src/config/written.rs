//! `config.toml` as people write it, and how it becomes the [`Config`] that the program uses: parsed once,
//! with a sentence for everything that is wrong.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use serde::Deserialize;

use super::{
    Access, Alerts, Board, Books, Config, Database, Discord, Feed, History, Privacy, Stats, Watch,
};
use crate::order::Status;
use crate::order::status_emoji::{StatusEmoji, plain_emoji};
use crate::reading::Labels;

/// The sections of the file. Every key has a default.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Written {
    database: Database,
    discord: Discord,
    watch: Vec<Watch>,
    history: History,
    access: Access,
    /// Emoji and the word of a status; an empty word takes a built-in emoji away.
    reactions: BTreeMap<String, String>,
    /// Labels and the word of a field.
    labels: BTreeMap<String, String>,
    privacy: Privacy,
    stats: Stats,
    alerts: Alerts,
    board: Board,
    feed: Feed,
    books: Books,
}

impl Written {
    /// The configuration that is meant, or what is wrong with it in one sentence.
    pub(super) fn read(self) -> Result<Config, String> {
        let emoji = emoji(&self.reactions)?;
        let labels = self.labels.iter().map(|(label, field)| (label.as_str(), field.as_str()));
        let labels = Labels::with(labels).map_err(|error| format!("[labels] {error}"))?;
        let zone = zone(&self.stats.time_zone)?;
        self.check()?;
        let Self {
            database,
            discord,
            watch,
            history,
            access,
            privacy,
            alerts,
            board,
            feed,
            books,
            ..
        } = self;
        Ok(Config {
            database,
            discord,
            watch,
            history,
            access,
            emoji,
            labels,
            privacy,
            zone,
            alerts,
            board,
            feed,
            books,
        })
    }

    fn check(&self) -> Result<(), String> {
        self.books.check()?;
        let url = &self.discord.api_url;
        if !url.starts_with("https://") && !url.starts_with("http://") {
            return Err(format!(
                "[discord] api_url is \"{url}\"; it must begin with https:// or http://"
            ));
        }
        if self.database.path.as_os_str().is_empty() {
            return Err("[database] path is empty; write the name of a file".to_owned());
        }
        if self.feed.summary_hour > 23 {
            return Err(format!(
                "[feed] summary_hour is {}; it must be an hour from 0 to 23",
                self.feed.summary_hour
            ));
        }
        for (index, watch) in self.watch.iter().enumerate() {
            if watch.channel_id.0 <= 0 {
                return Err(format!(
                    "[[watch]] channel_id {} is not a Discord id; right-click the channel and choose \
                     Copy Channel ID",
                    watch.channel_id
                ));
            }
            if self.watch.iter().take(index).any(|other| other.channel_id == watch.channel_id) {
                return Err(format!(
                    "[[watch]] lists channel {} twice; keep one entry",
                    watch.channel_id
                ));
            }
        }
        Ok(())
    }
}

/// The emoji of `[reactions]`, and those built-in ones that it does not name.
fn emoji(reactions: &BTreeMap<String, String>) -> Result<StatusEmoji, String> {
    let mut pairs = Vec::new();
    for (emoji, status) in reactions.iter().filter(|(_, status)| !status.is_empty()) {
        let status: Status =
            status.parse().map_err(|error| format!("[reactions] \"{emoji}\": {error}"))?;
        pairs.push((emoji.clone(), status));
    }
    // One's own come first: of several emoji for a status the bot shows the first.
    let set: Vec<String> = reactions.keys().map(|emoji| plain_emoji(emoji)).collect();
    let built_in = StatusEmoji::BUILT_IN
        .into_iter()
        .filter(|(emoji, _)| !set.contains(&plain_emoji(emoji)))
        .map(|(emoji, status)| (emoji.to_owned(), status));
    Ok(StatusEmoji::new(pairs.into_iter().chain(built_in)))
}

fn zone(name: &str) -> Result<Tz, String> {
    name.parse().map_err(|_| {
        format!("[stats] time_zone \"{name}\" is not a known time zone; write one like \"Europe/Berlin\"")
    })
}
