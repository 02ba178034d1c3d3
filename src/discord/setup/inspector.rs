//! Looks at watched channels: over REST alone, so that it works while the bot runs, and before it ever ran.

use std::collections::HashMap;

use serde_json::Value;
use serenity::all::{GuildChannel, Member, PartialGuild, Permissions, Route};

use super::webhook_changes::check_webhooks;
use crate::discord::render::setup::seen::{SeenChannel, Shape};
use crate::discord::render::setup::webhook_state::{Compared, Fate};
use crate::discord::rest::{Rest, RestError, salvage};
use crate::ids::{ChannelId, GuildId, UserId, WebhookId};

/// Attempts at one call: somebody waits.
const ATTEMPTS: u32 = 2;

/// Asks about channels, and of each of their guilds once.
pub(crate) struct Inspector {
    rest: Rest,
    own: UserId,
    guilds: HashMap<GuildId, (PartialGuild, Member)>,
}

impl Inspector {
    /// For the bot with this id.
    pub(crate) fn new(rest: &Rest, own: UserId) -> Self {
        let rest = rest.clone().with_attempts(ATTEMPTS);
        Self { rest, own, guilds: HashMap::new() }
    }

    /// Asks about a channel and the webhooks that are trusted in it; an error: the bot does not see it.
    pub(crate) async fn channel(
        &mut self,
        channel: ChannelId,
        trusted: &[WebhookId],
    ) -> Result<SeenChannel, RestError> {
        let seen = self.seen(channel).await?;
        let shape = Shape::of(seen.kind);
        // A thread has the permissions and the webhooks of its channel.
        let parent = seen.parent_id.filter(|_| shape == Shape::Thread).map(ChannelId::from);
        let home = parent.unwrap_or(channel);
        let held = match parent {
            Some(parent) => self.held(&self.seen(parent).await?).await,
            None => self.held(&seen).await,
        };
        let may_list = held.as_ref().ok().is_none_or(|held| held.manage_webhooks());
        let webhooks = match trusted {
            [] => None,
            trusted if may_list => Some(check_webhooks(&self.rest, home, trusted).await),
            trusted => Some(unknown(trusted)),
        };
        Ok(SeenChannel { name: seen.name, shape, held, webhooks })
    }

    async fn seen(&self, channel: ChannelId) -> Result<GuildChannel, RestError> {
        let route = Route::Channel { channel_id: channel.into() };
        let seen = salvage::channel(&self.rest.get::<Value>(route, Vec::new()).await?);
        seen.ok_or_else(|| odd("the channel"))
    }

    /// The bot's permissions in a channel.
    async fn held(&mut self, channel: &GuildChannel) -> Result<Permissions, RestError> {
        let id = GuildId::from(channel.guild_id);
        if !self.guilds.contains_key(&id) {
            let route = Route::Guild { guild_id: id.into() };
            let guild: Value = self.rest.get(route, Vec::new()).await?;
            let guild = salvage::partial_guild(&guild).ok_or_else(|| odd("the server"))?;
            let route = Route::GuildMember { guild_id: id.into(), user_id: self.own.into() };
            let member = self.rest.get(route, Vec::new()).await?;
            self.guilds.insert(id, (guild, member));
        }
        let (guild, member) = self.guilds.get(&id).ok_or_else(|| odd("the server"))?;
        Ok(guild.user_permissions_in(channel, member))
    }
}

fn odd(what: &str) -> RestError {
    RestError::Other(anyhow::anyhow!("could not read what Discord says about {what}"))
}

/// Where the bot may not list webhooks, it would be refused each of them.
fn unknown(trusted: &[WebhookId]) -> Compared {
    let trusted = trusted.iter().map(|id| (*id, Fate::Unknown)).collect();
    Compared { trusted, others: Vec::new() }
}
