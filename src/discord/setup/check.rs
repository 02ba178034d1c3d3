//! What `refract-ledger check` asks Discord: over REST alone, so that it can be asked while the bot
//! runs, and before it ever ran.

use serde_json::Value;
use serenity::all::Route;

use super::application::{Application, servers};
use super::inspector::Inspector;
use crate::config::Token;
use crate::discord::bot::needs::{self, HOW_TO_GIVE, Weight, how_to_leave, in_words};
use crate::discord::render::setup::seen::{SeenChannel, Shape};
use crate::discord::render::setup::webhook_state::{Compared, Fate};
use crate::discord::rest::codes::{INTENTS_REFUSED, TOKEN_REFUSED};
use crate::discord::rest::{Rest, RestError};
use crate::ids::{ChannelId, UserId, WebhookId};

/// Somebody waits: one call is tried so often.
const ATTEMPTS: u32 = 2;
/// Servers that are named, at the most.
const SERVERS_NAMED: usize = 10;

/// A channel that is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// A text channel, a forum or a thread.
    pub channel: ChannelId,
    /// Only these are trusted; empty: any webhook of the channel.
    pub webhook_ids: Vec<WebhookId>,
    /// Whether config.toml names it, and decides what is trusted.
    pub is_configured: bool,
}

/// One line of `check`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it is.
    pub level: Level,
    /// What it is about, in a word or two.
    pub what: String,
    /// How it is, and what to do about it.
    pub text: String,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Well.
    Ok,
    /// It works, and could be better.
    Note,
    /// Wrong.
    Wrong,
}

impl Finding {
    /// One finding.
    pub fn new(level: Level, what: impl Into<String>, text: impl Into<String>) -> Self {
        Self { level, what: what.into(), text: text.into() }
    }
}

/// What asking Discord gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// In the order of looking.
    pub findings: Vec<Finding>,
    /// Whether `run` would be refused: for the token, or for the intents.
    pub is_refused: bool,
}

/// Asks Discord about the token, the intents, the servers, the watched channels and the time.
pub async fn check(token: &Token, api_url: &str, places: &[Place]) -> Checked {
    let mut checked = Checked::default();
    let rest = match Rest::new(token, api_url) {
        Ok(rest) => rest.with_attempts(ATTEMPTS),
        Err(error) => {
            checked.add(Level::Wrong, "Discord", format!("cannot be asked: {error:#}"));
            return checked;
        }
    };
    let application = match Application::ask(&rest).await {
        Ok(application) => application,
        Err(RestError::Unauthorized) => {
            checked.is_refused = true;
            checked.add(Level::Wrong, "token", TOKEN_REFUSED.to_owned());
            return checked;
        }
        Err(error) => {
            let why = format!(
                "cannot be reached at {api_url} ({error}); check this machine's internet connection, \
                 and api_url in config.toml"
            );
            checked.add(Level::Wrong, "Discord", why);
            return checked;
        }
    };
    let name = &application.name;
    checked.add(
        Level::Ok,
        "token",
        format!("Discord accepts it, it is that of the bot \"{name}\""),
    );
    checked.intents(application.reads_content);
    checked.clock(&rest);
    checked.guilds(&rest, application.invitation.as_deref()).await;
    checked.places(&rest, places).await;
    if let Some(link) = application.invitation {
        checked.add(Level::Note, "invitation", link);
    }
    checked
}

impl Checked {
    fn add(&mut self, level: Level, what: impl Into<String>, text: String) {
        self.findings.push(Finding::new(level, what, text));
    }

    fn intents(&mut self, reads_content: Option<bool>) {
        match reads_content {
            Some(true) => {
                self.add(Level::Ok, "intents", "Message Content Intent is on".to_owned());
            }
            Some(false) => {
                self.is_refused = true;
                self.add(Level::Wrong, "intents", INTENTS_REFUSED.to_owned());
            }
            None => {
                self.add(
                    Level::Note,
                    "intents",
                    "Discord does not say; `run` will find out".to_owned(),
                );
            }
        }
    }

    fn clock(&mut self, rest: &Rest) {
        match rest.clock().problem() {
            None => self.add(Level::Ok, "clock", "agrees with Discord's".to_owned()),
            Some(problem) => self.add(Level::Wrong, "clock", problem),
        }
    }

    async fn guilds(&mut self, rest: &Rest, invitation: Option<&str>) {
        let mut names = match servers(rest).await {
            Ok(names) => names,
            Err(error) => {
                return self.add(Level::Note, "servers", format!("cannot be listed: {error}"));
            }
        };
        if names.is_empty() {
            let link = invitation.unwrap_or_default();
            let why =
                format!("the bot is in none yet; open this address to add it to yours: {link}");
            return self.add(Level::Wrong, "servers", why);
        }
        let all = names.len();
        names.truncate(SERVERS_NAMED);
        self.add(Level::Ok, "servers", format!("in {all}: {}", names.join(", ")));
    }

    async fn places(&mut self, rest: &Rest, places: &[Place]) {
        if places.is_empty() {
            let how = "none is watched yet; start the bot, and run /setup watch in the channel that \
                       Refract posts to (or add a [[watch]] to config.toml)";
            return self.add(Level::Wrong, "channels", how.to_owned());
        }
        let own = rest.get::<Value>(Route::UserMe, Vec::new()).await.ok();
        let own = own.and_then(|user| id(&user, "id")).map(UserId);
        let mut inspector = Inspector::new(rest, own.unwrap_or_default());
        for place in places {
            let what = format!("channel {}", place.channel);
            match inspector.channel(place.channel, &place.webhook_ids).await {
                Ok(seen) => {
                    self.channel(&what, &seen);
                    self.webhooks(&what, place, seen.webhooks.as_ref());
                }
                Err(error) => self.add(Level::Wrong, what, no_channel(place.channel, &error)),
            }
        }
    }

    fn channel(&mut self, what: &str, seen: &SeenChannel) {
        let name = match seen.shape {
            Shape::Text => format!("#{}", seen.name),
            Shape::Thread => format!("the thread {}", seen.name),
            Shape::Forum => format!("the posts of the forum #{}", seen.name),
            Shape::Other => {
                let why = "this is not a text channel, thread or forum; Refract's webhook can only \
                    post to those";
                return self.add(Level::Wrong, what, why.to_owned());
            }
        };
        let held = match &seen.held {
            Ok(held) => *held,
            Err(error) => {
                return self.add(
                    Level::Note,
                    what,
                    format!("its permissions cannot be read: {error}"),
                );
            }
        };
        let wrong = [Weight::Vital, Weight::Needed].map(|weight| needs::missing(held, weight));
        let wrong = wrong.concat();
        if wrong.is_empty() {
            self.add(Level::Ok, what, format!("the bot can read {name} and react there"));
        } else {
            let why = format!("in {name} the bot is missing {}. {HOW_TO_GIVE}", in_words(&wrong));
            self.add(Level::Wrong, what, why);
        }
        let wished = needs::missing(held, Weight::Wished);
        if !wished.is_empty() {
            let what_for = format!("optional, not granted: {}", in_words(&wished));
            self.add(Level::Note, what, what_for);
        }
    }

    fn webhooks(&mut self, what: &str, place: &Place, compared: Option<&Compared>) {
        let Some(compared) = compared else {
            let why = "any webhook in this channel can post orders; to trust only Refract's, add its id to \
                       webhook_ids";
            return self.add(Level::Note, what, why.to_owned());
        };
        let lost: Vec<String> = compared.lost().map(|(id, _)| id.to_string()).collect();
        if !lost.is_empty() {
            let how = if place.is_configured {
                "put the id of the new one into webhook_ids in config.toml"
            } else {
                "run /setup watch in the channel to create a new one"
            };
            let lost = lost.join(", ");
            let why = format!("trusted, but deleted or moved to another channel: {lost}; {how}");
            self.add(Level::Wrong, what, why);
        } else if compared.trusted.iter().all(|(_, fate)| *fate == Fate::There) {
            self.add(Level::Ok, what, "the trusted webhooks are in place".to_owned());
        }
    }
}

fn no_channel(channel: ChannelId, error: &RestError) -> String {
    match error {
        RestError::NotFound(_) => {
            format!("Discord does not know it; if it was deleted, {}", how_to_leave(channel))
        }
        RestError::Forbidden(_) => {
            format!("the bot cannot see it: give it View Channel there. {HOW_TO_GIVE}")
        }
        error => format!("it cannot be checked: {error}"),
    }
}

fn id(value: &Value, key: &str) -> Option<i64> {
    value.get(key)?.as_str()?.parse().ok()
}
