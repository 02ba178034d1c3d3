//! What `refract-ledger check` asks Discord: over REST alone, so that it can be asked while the bot
//! runs, and before it ever ran.

use std::collections::BTreeMap;

use serde_json::Value;
use serenity::all::{Permissions, Route};

use super::invitation;
use super::permissions::Standing;
use crate::config::Token;
use crate::discord::bot::needs::{self, HOW_TO_GIVE, Weight, in_words};
use crate::discord::rest::codes::{INTENTS_REFUSED, TOKEN_REFUSED};
use crate::discord::rest::{Rest, RestError};
use crate::ids::{ApplicationId, ChannelId, GuildId, UserId, WebhookId};

/// Somebody waits: one call is tried so often.
const ATTEMPTS: u32 = 2;
/// The application's flags that say that the intent for message content is on.
const CONTENT_INTENT: u64 = 1 << 18 | 1 << 19;
/// Discord's types of channels in which webhooks post as Refract does: text and announcements.
const TEXT: [u64; 2] = [0, 5];

/// A channel that is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which.
    pub channel: ChannelId,
    /// Only these are trusted; empty: any webhook of the channel.
    pub webhook_ids: Vec<WebhookId>,
    /// Whether config.toml names it, and so says what is trusted.
    pub is_configured: bool,
}

/// Something that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it is.
    pub level: Level,
    /// What was looked at, in a word or two.
    pub what: String,
    /// What there is to say, with the way to mend it.
    pub said: String,
}

/// How something is.
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
    pub fn new(level: Level, what: impl Into<String>, said: impl Into<String>) -> Self {
        Self { level, what: what.into(), said: said.into() }
    }
}

/// All that Discord told.
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
            checked.say(Level::Wrong, "Discord", format!("cannot be asked: {error:#}"));
            return checked;
        }
    };
    let application = match rest.get::<Value>(Route::Oauth2ApplicationCurrent, Vec::new()).await {
        Ok(application) => application,
        Err(RestError::Unauthorized) => {
            checked.is_refused = true;
            checked.say(Level::Wrong, "token", TOKEN_REFUSED.to_owned());
            return checked;
        }
        Err(error) => {
            let why = format!(
                "cannot be reached at {api_url} ({error}); is this machine connected, and is \
                 api_url right?"
            );
            checked.say(Level::Wrong, "Discord", why);
            return checked;
        }
    };
    let name = application.get("name").and_then(Value::as_str).unwrap_or("without a name");
    checked.say(Level::Ok, "token", format!("Discord takes it, it is the bot \"{name}\""));
    checked.intents(&application);
    checked.clock(&rest);
    let invitation = id(&application, "id").map(|id| invitation::link(ApplicationId(id)));
    checked.guilds(&rest, invitation.as_deref()).await;
    checked.places(&rest, places).await;
    if let Some(link) = invitation {
        checked.say(Level::Note, "invitation", link);
    }
    checked
}

impl Checked {
    fn say(&mut self, level: Level, what: impl Into<String>, said: String) {
        self.findings.push(Finding::new(level, what, said));
    }

    fn intents(&mut self, application: &Value) {
        match application.get("flags").and_then(Value::as_u64) {
            Some(flags) if flags & CONTENT_INTENT != 0 => {
                self.say(Level::Ok, "intents", "Message Content Intent is on".to_owned());
            }
            Some(_) => {
                self.is_refused = true;
                self.say(Level::Wrong, "intents", INTENTS_REFUSED.to_owned());
            }
            None => {
                self.say(Level::Note, "intents", "Discord does not tell; `run` does".to_owned());
            }
        }
    }

    fn clock(&mut self, rest: &Rest) {
        match rest.clock().trouble() {
            None => self.say(Level::Ok, "clock", "agrees with Discord's".to_owned()),
            Some(trouble) => self.say(Level::Wrong, "clock", trouble),
        }
    }

    async fn guilds(&mut self, rest: &Rest, invitation: Option<&str>) {
        let guilds = match rest.get::<Vec<Value>>(Route::UserMeGuilds, Vec::new()).await {
            Ok(guilds) => guilds,
            Err(error) => return self.say(Level::Note, "servers", format!("not told: {error}")),
        };
        if guilds.is_empty() {
            let link = invitation.unwrap_or_default();
            let why = format!("the bot is in none; open this address and choose yours: {link}");
            return self.say(Level::Wrong, "servers", why);
        }
        let name = |guild: &Value| guild.get("name").and_then(Value::as_str).map(str::to_owned);
        let names: Vec<String> = guilds.iter().filter_map(name).take(10).collect();
        self.say(Level::Ok, "servers", format!("in {}: {}", guilds.len(), names.join(", ")));
    }

    async fn places(&mut self, rest: &Rest, places: &[Place]) {
        if places.is_empty() {
            let how = "none is watched; start the bot, and type /setup watch in the channel that \
                       Refract posts to (or add a [[watch]] to config.toml)";
            return self.say(Level::Wrong, "channels", how.to_owned());
        }
        let own = rest.get::<Value>(Route::UserMe, Vec::new()).await.ok();
        let own = own.and_then(|user| id(&user, "id")).map(UserId);
        let mut standings = BTreeMap::new();
        for place in places {
            let what = format!("channel {}", place.channel);
            let route = Route::Channel { channel_id: place.channel.into() };
            match rest.get::<Value>(route, Vec::new()).await {
                Ok(channel) => {
                    let held = held(rest, own, &channel, &mut standings).await;
                    self.channel(&what, &channel, held.as_ref());
                    self.webhooks(rest, &what, place, held.ok()).await;
                }
                Err(error) => self.say(Level::Wrong, what, no_channel(&error)),
            }
        }
    }

    fn channel(&mut self, what: &str, channel: &Value, held: Result<&Permissions, &RestError>) {
        let kind = channel.get("type").and_then(Value::as_u64).unwrap_or_default();
        if !TEXT.contains(&kind) {
            let why = "it is no text channel; Refract's webhook posts into text channels";
            return self.say(Level::Wrong, what, why.to_owned());
        }
        let held = match held {
            Ok(held) => *held,
            Err(error) => {
                return self.say(Level::Note, what, format!("permissions not told: {error}"));
            }
        };
        let wrong = [Weight::Vital, Weight::Needed].map(|weight| needs::missing(held, weight));
        let wrong = wrong.concat();
        let name = channel.get("name").and_then(Value::as_str).unwrap_or_default();
        if wrong.is_empty() {
            self.say(Level::Ok, what, format!("#{name} can be read, and reacted in"));
        } else {
            let why = format!("in #{name} the bot lacks {}. {HOW_TO_GIVE}", in_words(&wrong));
            self.say(Level::Wrong, what, why);
        }
        let wished = needs::missing(held, Weight::Wished);
        if !wished.is_empty() {
            let what_for = format!("the bot may do without {}", in_words(&wished));
            self.say(Level::Note, what, what_for);
        }
    }

    async fn webhooks(
        &mut self,
        rest: &Rest,
        what: &str,
        place: &Place,
        held: Option<Permissions>,
    ) {
        if place.webhook_ids.is_empty() {
            let why = "any webhook of the channel may post orders; name Refract's in webhook_ids";
            return self.say(Level::Note, what, why.to_owned());
        }
        if held.is_some_and(|held| !held.manage_webhooks()) {
            return;
        }
        let route = Route::ChannelWebhooks { channel_id: place.channel.into() };
        let Ok(listed) = rest.get::<Vec<Value>>(route, Vec::new()).await else { return };
        let listed: Vec<i64> = listed.iter().filter_map(|webhook| id(webhook, "id")).collect();
        let lost: Vec<String> = (place.webhook_ids.iter())
            .filter(|trusted| !listed.contains(&trusted.0))
            .map(ToString::to_string)
            .collect();
        if lost.is_empty() {
            self.say(Level::Ok, what, "the trusted webhooks are there".to_owned());
        } else {
            let how = if place.is_configured {
                "put the id of the new one into webhook_ids in config.toml"
            } else {
                "type /setup watch in the channel to make a new one"
            };
            let lost = lost.join(", ");
            let why =
                format!("of the trusted webhooks {lost} is deleted or posts elsewhere; {how}");
            self.say(Level::Wrong, what, why);
        }
    }
}

/// The bot's permissions in a channel.
async fn held(
    rest: &Rest,
    own: Option<UserId>,
    channel: &Value,
    standings: &mut BTreeMap<GuildId, Standing>,
) -> Result<Permissions, RestError> {
    let untold = || RestError::Other(anyhow::anyhow!("Discord does not say whose channel it is"));
    let guild = id(channel, "guild_id").map(GuildId).ok_or_else(untold)?;
    let own = own.ok_or_else(untold)?;
    if let Some(standing) = standings.get(&guild) {
        return Ok(standing.permissions_in(channel));
    }
    let route = Route::Guild { guild_id: guild.into() };
    let roles: Value = rest.get(route, Vec::new()).await?;
    let route = Route::GuildMember { guild_id: guild.into(), user_id: own.into() };
    let member: Value = rest.get(route, Vec::new()).await?;
    let standing =
        standings.entry(guild).or_insert(Standing::new(own.to_string(), &roles, &member));
    Ok(standing.permissions_in(channel))
}

fn no_channel(error: &RestError) -> String {
    match error {
        RestError::NotFound(_) => "Discord does not know it: if it was deleted, take it out of \
            config.toml, or type /setup unwatch; its orders stay"
            .to_owned(),
        RestError::Forbidden(_) => {
            format!("the bot does not see it: give it View Channel there. {HOW_TO_GIVE}")
        }
        error => format!("it cannot be looked at: {error}"),
    }
}

fn id(value: &Value, key: &str) -> Option<i64> {
    value.get(key)?.as_str()?.parse().ok()
}
