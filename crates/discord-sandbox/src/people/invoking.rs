//! From a person's click to `INTERACTION_CREATE`, and from the bot's answer to what the person sees.

use std::fmt;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Reply;
use crate::Sandbox;
use crate::events::Event;
use crate::json::{put, text};
use crate::permission::{self, Whom};
use crate::snowflake::secret;
use crate::state::{Interaction, Stage, World};
use discord_ids::{ChannelId, MessageId, UserId};

/// How long a person looks at "is thinking ..." before giving up.
const THINKING_MAX: Duration = Duration::from_mins(1);
/// After so long without one more message nobody waits for another.
const FOLLOW_UP_MAX: Duration = Duration::from_millis(300);
/// How long a person waits for a sign after a button that was acknowledged without one.
const UPDATE_MAX: Duration = Duration::from_secs(2);

/// Why a person got no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Discord's client does not offer it: no such command, no right to it, a value that does not fit.
    Refused(String),
    /// "The application did not respond": nothing came in time.
    NoAnswer,
    /// "... is thinking", and it went on thinking.
    StillThinking,
}

impl Failure {
    pub(super) fn refused(why: impl Into<String>) -> Self {
        Self::Refused(why.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => write!(f, "Discord does not offer that: {why}"),
            Self::NoAnswer => f.write_str("The application did not respond"),
            Self::StillThinking => f.write_str("The application is still thinking"),
        }
    }
}

impl std::error::Error for Failure {}

/// A click on its way.
pub(super) struct Click {
    pub(super) kind: u64,
    pub(super) user: UserId,
    pub(super) channel: ChannelId,
    pub(super) name: String,
    pub(super) message: Option<MessageId>,
    pub(super) data: Value,
}

impl Sandbox {
    /// Sends a click to the bot and waits for what it does about it.
    pub(super) async fn click(&self, click: Click) -> Result<Interaction, Failure> {
        let (id, deadline) =
            self.discord.with(|world| (world.invoke(&click), world.options.deadline));
        let found = |world: &World| world.interactions.get(&id).cloned();
        let answered = |world: &World| found(world).filter(|it| it.stage != Stage::Waiting);
        let answered = self.discord.wait_for(deadline, answered).await.ok_or(Failure::NoAnswer)?;
        match answered.stage {
            Stage::Thinking { .. } => {
                let settled = |world: &World| found(world).filter(Interaction::is_settled);
                self.discord.wait_for(THINKING_MAX, settled).await.ok_or(Failure::StillThinking)
            }
            Stage::Updating => {
                let changed =
                    |world: &World| found(world).filter(|it| it.finished != it.acknowledged);
                Ok(self.discord.wait_for(UPDATE_MAX, changed).await.unwrap_or(answered))
            }
            _ => Ok(answered),
        }
    }

    /// The same, as what the person sees.
    pub(super) async fn ask(&self, click: Click) -> Result<Reply, Failure> {
        let interaction = self.click(click).await?;
        Ok(self.look(|world| Reply::of_interaction(world, &interaction)))
    }

    /// The reply with all the messages that follow it: until none comes for a moment, since Discord
    /// does not tell which is the last.
    pub async fn with_follow_ups(&self, mut reply: Reply) -> Reply {
        loop {
            let seen = reply.follow_ups.len();
            let more = |world: &World| {
                let found = world.interactions.get(&reply.interaction);
                found.filter(|found| found.follow_ups.len() > seen).map(|_| ())
            };
            if self.discord.wait_for(FOLLOW_UP_MAX, more).await.is_none() {
                return reply;
            }
            reply = self.followed(&reply);
        }
    }
}

impl World {
    /// Whether Discord offers the command to the person there.
    pub(super) fn may_invoke(
        &self,
        user: UserId,
        channel: ChannelId,
        command: &Value,
    ) -> Result<(), Failure> {
        let place = self.channels.get(&channel);
        let Some(guild) = place.and_then(|place| place.guild) else {
            let allowed = command.get("contexts").and_then(Value::as_array);
            let allowed = allowed.map(|contexts| contexts.contains(&json!(1)));
            let fallback = command.get("dm_permission") != Some(&Value::Bool(false));
            return if allowed.unwrap_or(fallback) {
                Ok(())
            } else {
                Err(Failure::refused("the command is for servers only"))
            };
        };
        let may = self.permissions(channel, user);
        let needed = permission::VIEW_CHANNEL | permission::USE_APPLICATION_COMMANDS;
        if may & needed != needed {
            return Err(Failure::refused("the channel or its commands are not for this person"));
        }
        if may & permission::ADMINISTRATOR != 0 {
            return Ok(());
        }
        let name = text(command, "name");
        if let Some(granted) = self.granted(guild, user, name) {
            return if granted { Ok(()) } else { Err(Failure::refused("taken in Integrations")) };
        }
        let needed = command.get("default_member_permissions").and_then(Value::as_str);
        let needed = needed.map(|bits| bits.parse::<u64>().unwrap_or(0));
        match needed {
            None => Ok(()),
            Some(bits) if bits != 0 && may & bits == bits => Ok(()),
            Some(_) => Err(Failure::refused(format!("/{name} is not for this person"))),
        }
    }

    /// What Server Settings > Integrations says about a command and a person; a person's own line
    /// before those of its roles.
    fn granted(&self, guild: discord_ids::GuildId, user: UserId, name: &str) -> Option<bool> {
        let member = self.guilds.get(&guild)?.members.get(&user)?;
        let here =
            || self.grants.iter().filter(|grant| grant.guild == guild && grant.command == name);
        let own = here().find(|grant| grant.whom == Whom::Member(user));
        let by_role = || {
            let held = |whom: Whom| match whom {
                Whom::Role(role) => role.0 == guild.0 || member.roles.contains(&role),
                Whom::Member(_) => false,
            };
            let mut lines = here().filter(|grant| held(grant.whom)).peekable();
            lines.peek()?;
            Some(lines.any(|grant| grant.allowed))
        };
        own.map(|grant| grant.allowed).or_else(by_role)
    }

    /// Makes the interaction and tells the bot of it.
    fn invoke(&mut self, click: &Click) -> i64 {
        let id = self.snowflakes.next();
        let guild = self.channels.get(&click.channel).and_then(|channel| channel.guild);
        let interaction = Interaction {
            id,
            token: secret(4),
            kind: click.kind,
            user: click.user,
            channel: click.channel,
            guild,
            name: click.name.clone(),
            message: click.message,
            began: Instant::now(),
            expired: false,
            acknowledged: None,
            finished: None,
            stage: Stage::Waiting,
            original: None,
            follow_ups: Vec::new(),
        };
        let body = self.interaction_json(&interaction, &click.data);
        self.interactions.insert(id, interaction);
        self.emit(Event::new("INTERACTION_CREATE", 0, &body));
        id
    }

    fn interaction_json(&self, interaction: &Interaction, data: &Value) -> Value {
        let (channel, user) = (interaction.channel, interaction.user);
        let guild = interaction.guild.and_then(|guild| self.guilds.get(&guild));
        let owner = interaction.guild.unwrap_or_default().to_string();
        let permissions = self.permissions(channel, user).to_string();
        let place = self.channels.get(&channel);
        let mut place = place.map(|channel| self.channel_json(channel)).unwrap_or_default();
        put(&mut place, "permissions", permissions.as_str());
        let mut json = json!({"id": interaction.id.to_string(), "token": interaction.token,
            "application_id": self.bot.to_string(), "type": interaction.kind, "version": 1,
            "channel_id": channel.to_string(), "channel": place, "locale": "en-US",
            "app_permissions": self.permissions(channel, self.bot).to_string(),
            "entitlements": [], "entitlement_sku_ids": [],
            "authorizing_integration_owners": {"0": owner},
            "context": u8::from(guild.is_none()), "attachment_size_limit": self.options.file_bytes_max,
            "data": data});
        if let Some(message) = interaction.message.and_then(|message| self.message(message)) {
            put(&mut json, "message", self.message_for_people(message));
        }
        let Some(guild) = guild else {
            put(&mut json, "user", self.user_json(user));
            return json;
        };
        put(&mut json, "guild_id", guild.id.to_string());
        put(&mut json, "guild_locale", "en-US");
        put(
            &mut json,
            "guild",
            json!({"id": guild.id.to_string(), "locale": "en-US", "features": []}),
        );
        let member = guild.members.get(&user);
        let mut member = member.map(|member| self.member_json(member)).unwrap_or_default();
        put(&mut member, "permissions", permissions);
        put(&mut json, "member", member);
        json
    }
}
