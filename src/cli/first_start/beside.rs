//! What is said while the bot runs already: the channel, the first message, how it keeps running.

use std::convert::Infallible;
use std::time::Duration;

use refract_ledger::config::{Config, ConfigFile};
use refract_ledger::discord::Onlooker;
use refract_ledger::ids::{ChannelId, GuildId};
use refract_ledger::ledger::{DeliveryFilter, Ledger};
use refract_ledger::platform::System;
use refract_ledger::verdict::Outcome;

use super::stay_up::{Place, stay_up};
use super::{line, logging, report, say, words};

/// How often the database is looked at for what the bot has written.
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);
/// Channels that are named, at the most.
const CHANNELS_NAMED: usize = 10;

/// Leads on beside the running bot, until that ends.
pub(super) async fn accompany(
    file: &ConfigFile,
    config: Config,
    ledger: Ledger,
    onlooker: Onlooker,
) -> Infallible {
    let mut watched = watched_now(&config, &ledger).await;
    if watched.is_empty() {
        say(words::WATCH);
    }
    while watched.is_empty() {
        tokio::time::sleep(BETWEEN_LOOKS).await;
        watched = watched_now(&config, &ledger).await;
    }
    let mut names = Vec::new();
    for (channel, _) in watched.iter().take(CHANNELS_NAMED) {
        names.push(onlooker.channel(*channel).await);
    }
    say(&words::watching(&names));
    // From now on the bot speaks for itself: what keeps it from reading is said there.
    logging::hold_back(false);
    if first_message(&ledger, &watched).await.is_none() {
        say(words::REFRACT);
        say(words::first_message(until_first_message(&ledger, &watched).await));
    }
    say(words::OFFER);
    if let Ok(Some(_)) = line().await {
        // Files and commands are copied as they are.
        report(&stay_up(System::HERE, &Place::of(file)));
    }
    std::future::pending().await
}

/// The channels of the configuration, and those that were set up in Discord, with their servers.
async fn watched_now(config: &Config, ledger: &Ledger) -> Vec<(ChannelId, GuildId)> {
    let kept = ledger.watches().await.unwrap_or_default();
    let is_configured =
        |channel: ChannelId| config.watch.iter().any(|watch| watch.channel_id == channel);
    let kept =
        kept.iter().filter(|watch| watch.set_up.is_some() || is_configured(watch.channel_id));
    kept.map(|watch| (watch.channel_id, watch.guild_id)).collect()
}

/// What is said of the first message.
const SAID: [Outcome; 5] =
    [Outcome::Stored, Outcome::Test, Outcome::Untrusted, Outcome::Rejected, Outcome::Declined];

/// What became of a message of these servers that concerns the bot; chat does not. `None`: none came yet.
async fn first_message(ledger: &Ledger, watched: &[(ChannelId, GuildId)]) -> Option<Outcome> {
    for (_, guild) in watched {
        for outcome in SAID {
            let (guild, wanted) = (*guild, Some(outcome));
            let filter = DeliveryFilter { guild, outcome: wanted, limit: 1, before: None };
            if ledger.deliveries(&filter).await.is_ok_and(|found| !found.is_empty()) {
                return Some(outcome);
            }
        }
    }
    None
}

async fn until_first_message(ledger: &Ledger, watched: &[(ChannelId, GuildId)]) -> Outcome {
    loop {
        if let Some(outcome) = first_message(ledger, watched).await {
            return outcome;
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}
