//! Gateway events, named as the gateway names them. serenity runs each in a task of its own, so
//! nothing here relies on their order.
//!
//! Only the raw handler is used: it alone sees the messages that serenity cannot parse.

use std::sync::{Arc, OnceLock};

use chrono::Utc;
use serenity::all::{Context, Event, Interaction, Reaction, ReactionType, ShardManager};
use serenity::async_trait;
use serenity::client::{FullEvent, RawEventHandler};

use super::catch_panic::catch_panic;
use super::convert;
use super::refused::LatestContext;
use crate::discord::bot::Bot;
use crate::discord::bot::mailboxes::ReactionChange;
use crate::discord::bot::permissions::may_mark;
use crate::discord::inbound::{self, messages};
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{components, typed};
use crate::discord::outbound::{acknowledge, board, forgotten};
use crate::discord::rest::emoji_path;
use crate::discord::setup::webhook_changes;
use crate::ids::{ChannelId, GuildId, MessageId, UserId};
use crate::ledger::Board;

mod guilds;
mod threads;
mod unknown;

/// The gateway's end of the bot.
pub(crate) struct Events {
    pub(crate) bot: Arc<Bot>,
    pub(crate) commands: poise::FrameworkOptions<Bot, Error>,
    /// Known only after the client, which owns this handler, is built.
    pub(crate) shards: Arc<OnceLock<Arc<ShardManager>>>,
    /// For frames that come from elsewhere.
    pub(super) latest: LatestContext,
}

#[async_trait]
impl RawEventHandler for Events {
    async fn raw_event(&self, context: Context, event: Event) {
        self.latest.note(&context, &event);
        catch_panic(&self.bot, self.handle(context, event)).await;
    }
}

impl Events {
    async fn handle(&self, context: Context, event: Event) {
        let bot = &*self.bot;
        match event {
            Event::MessageCreate(event) => self.message_create(event.message).await,
            Event::MessageUpdate(event) => self.message_update(event).await,
            Event::MessageDelete(event) => {
                let messages = [event.message_id.into()];
                self.deleted(event.guild_id.map(Into::into), event.channel_id.into(), &messages)
                    .await;
            }
            Event::MessageDeleteBulk(event) => {
                let messages: Vec<MessageId> = event.ids.into_iter().map(Into::into).collect();
                self.deleted(event.guild_id.map(Into::into), event.channel_id.into(), &messages)
                    .await;
            }
            Event::ReactionAdd(event) => self.reaction(event.reaction, true).await,
            Event::ReactionRemove(event) => self.reaction(event.reaction, false).await,
            Event::ReactionRemoveAll(event) => {
                let guild = event.guild_id.map(GuildId::from);
                self.cleared(guild, event.channel_id.into(), event.message_id.into(), None).await;
            }
            Event::ReactionRemoveEmoji(event) => self.emoji_cleared(event.reaction).await,
            Event::InteractionCreate(event) => {
                // Boxed, so that the task of every message does not carry the size of a command.
                Box::pin(self.interaction(&context, event.interaction)).await;
            }
            Event::GuildCreate(event) => self.guild_create(&event.guild).await,
            Event::ChannelCreate(event) => self.channel(&event.channel),
            Event::ThreadCreate(event) => self.thread_create(&event.thread),
            Event::ThreadUpdate(event) => self.thread_update(&event.thread),
            Event::ThreadDelete(event) => {
                inbound::threads::deleted(bot, event.thread.id.into()).await;
            }
            Event::ThreadListSync(event) => self.thread_list_sync(&event.threads),
            Event::ThreadMembersUpdate(event) => self.thread_members(&event),
            Event::WebhookUpdate(event) => {
                let (guild, channel) = (event.guild_id.into(), event.channel_id.into());
                webhook_changes::changed(bot, guild, channel).await;
            }
            Event::ChannelDelete(event) => self.channel_deleted(event.channel.id.into()).await,
            Event::GuildDelete(event) if !event.guild.unavailable => {
                self.guild_left(event.guild.id.into()).await;
            }
            // Rights in it, or in the whole guild, may have been taken or given back.
            Event::ChannelUpdate(event) => {
                self.channel_update(event.channel.id.into());
            }
            Event::GuildRoleUpdate(_) => self.rights_changed(),
            Event::CommandPermissionsUpdate(event) => {
                self.commands_permitted_anew(event.permission.guild_id.into());
            }
            Event::GuildMemberUpdate(event) if UserId::from(event.user.id) == bot.own_id() => {
                self.rights_changed();
            }
            Event::Ready(event) => {
                self.commands_unconfirmed();
                self.ready(&context, &event.ready).await;
            }
            Event::Resumed(_) => {
                bot.outage.over();
                tracing::info!("the connection to Discord resumed");
                bot.watching.channels().into_iter().for_each(|id| bot.backfill.read_on(id));
            }
            Event::Unknown(event) => self.unknown(&context, event).await,
            _ => {}
        }
    }

    async fn guild_left(&self, guild: GuildId) {
        let bot = &*self.bot;
        bot.watching.of_guild(guild).into_iter().for_each(|id| bot.backfill.read_on(id));
        forgotten::drop_dues(bot, guild).await;
    }

    async fn message_create(&self, message: serenity::all::Message) {
        let guild = message.guild_id.map(GuildId::from);
        let place = message.channel_id.into();
        if inbound::threads::is_read(&self.bot, guild, place) {
            messages::take(&self.bot, convert::message(message)).await;
        } else if let Some(guild) = guild.filter(|_| message.webhook_id.is_some()) {
            inbound::threads::look_for(&self.bot, guild, place);
        }
    }

    /// Rights in a channel may have changed, and with them those in its threads.
    fn channel_update(&self, channel: ChannelId) {
        let bot = &*self.bot;
        let watched = bot.watching.channels().into_iter();
        let concerned = watched.filter(|place| bot.watching.home(*place) == channel);
        for place in concerned.chain([channel]) {
            bot.try_again([place]);
            acknowledge::check_permission_early(bot, place);
            if bot.watching.get(place).is_some() {
                bot.backfill.read_on(place);
            }
        }
    }

    async fn channel_deleted(&self, channel: ChannelId) {
        // Reading on finds out what became of it, for `/health`.
        self.bot.backfill.read_on(channel);
        board::recheck(&self.bot, |board| board.channel_id == Some(channel)).await;
    }

    /// A session begins, and Discord tells nothing of what happened before it: who was let use the commands has to
    /// use one again.
    fn commands_unconfirmed(&self) {
        let (ledger, at) = (self.bot.ledger.clone(), Utc::now());
        self.bot.grants.forget_all(at);
        self.bot.afterwards.write("forget who may use the commands", move || {
            let ledger = ledger.clone();
            async move { ledger.forget_unconfirmed_grants(at).await }
        });
    }

    /// Who may use commands was changed in Discord: whoever was granted them has to use one again.
    fn commands_permitted_anew(&self, guild: GuildId) {
        tracing::info!(%guild, "somebody changed who may use the commands");
        let (ledger, at) = (self.bot.ledger.clone(), Utc::now());
        self.bot.grants.forget(guild, at);
        self.bot.afterwards.write("update who may use the commands", move || {
            let ledger = ledger.clone();
            async move { ledger.forget_command_grants(guild, at).await }
        });
    }

    async fn message_update(&self, event: serenity::all::MessageUpdateEvent) {
        let bot = &*self.bot;
        let (channel, message) = (event.channel_id.into(), event.id.into());
        let guild = event.guild_id.map(GuildId::from);
        if !inbound::threads::is_read(bot, guild, channel) {
            return;
        }
        if let Some(message) = convert::updated(event) {
            return messages::take(bot, message).await;
        }
        messages::fetch_patiently(bot, channel, message).await;
    }

    async fn deleted(&self, guild: Option<GuildId>, channel: ChannelId, messages: &[MessageId]) {
        let bot = &*self.bot;
        let is_gone = |board: &Board| board.message_id.is_some_and(|id| messages.contains(&id));
        board::recheck(bot, is_gone).await;
        bot.fetching.deleted(messages);
        let Some((_, watched)) = bot.watching.reading(channel) else { return };
        let Some(guild) = guild.or(watched.guild_id) else { return };
        if let Err(error) = bot.ledger.set_deleted(guild, channel, messages).await {
            tracing::error!(
                "could not note a deleted message; the history will show it: {error:#}"
            );
            bot.backfill.reconcile(channel);
        }
    }

    async fn reaction(&self, reaction: Reaction, added: bool) {
        let bot = &*self.bot;
        let (Some(guild), Some(user)) = (reaction.guild_id, reaction.user_id) else { return };
        let (guild, user) = (GuildId::from(guild), UserId::from(user));
        let emoji = emoji_path::name(&reaction.emoji);
        if user == bot.own_id() || bot.ledger.emoji().status(&emoji).is_none() {
            return;
        }
        let place = (guild, reaction.channel_id.into());
        let member = reaction.member.as_ref().filter(|_| added);
        let allowed = match member.and_then(|member| may_mark(bot, place, member)) {
            None if added => {
                // Who may what is not known yet: the comparison finds the reaction and asks.
                bot.backfill.reconcile(reaction.channel_id.into());
                return;
            }
            allowed => allowed == Some(true),
        };
        if added && !allowed {
            bot.ignored_reactions.note(user, reaction.message_id.into());
        }
        let change = ReactionChange {
            guild,
            channel: place.1,
            message: reaction.message_id.into(),
            user: Some(user),
            emoji: Some(emoji),
            added,
            allowed,
            on_own_message: reaction.message_author_id.map(UserId::from) == Some(bot.own_id()),
        };
        if !bot.reactions.take(change).await {
            bot.backfill.reconcile(place.1);
        }
    }

    async fn cleared(
        &self,
        guild: Option<GuildId>,
        channel: ChannelId,
        message: MessageId,
        emoji: Option<&ReactionType>,
    ) {
        let bot = &*self.bot;
        let Some(guild) = guild.or_else(|| bot.watching.guild(channel)) else { return };
        let emoji = emoji.map(emoji_path::name);
        let change = ReactionChange {
            guild,
            channel,
            message,
            user: None,
            emoji,
            added: false,
            allowed: false,
            on_own_message: false,
        };
        // The bot's own reaction may have gone, too.
        if let Err(error) = acknowledge::cleared(bot, message, change.emoji.as_deref()).await {
            tracing::warn!(message_id = %message, "could not put the bot's own reaction back: {error:#}");
        }
        bot.reactions.take(change).await;
    }

    async fn interaction(&self, context: &Context, mut interaction: Interaction) {
        if !self.bot.taken.take(interaction.id().into()) {
            return tracing::info!("Discord delivered an interaction again; it is done once");
        }
        typed::clean(&mut interaction);
        match interaction {
            Interaction::Component(pressed) => {
                components::press(&self.bot, context, &pressed).await;
            }
            Interaction::Modal(sent) => components::submit(&self.bot, context, &sent).await,
            Interaction::Command(_) | Interaction::Autocomplete(_) => {
                let Some(shard_manager) = self.shards.get() else { return };
                let framework = poise::FrameworkContext {
                    serenity_context: context,
                    options: &self.commands,
                    user_data: &*self.bot,
                    shard_manager,
                };
                let event = FullEvent::InteractionCreate { interaction };
                Box::pin(poise::dispatch_event(framework, event)).await;
            }
            _ => {}
        }
    }

    async fn emoji_cleared(&self, reaction: Reaction) {
        let Reaction { guild_id, channel_id, message_id, emoji, .. } = reaction;
        let guild = guild_id.map(GuildId::from);
        self.cleared(guild, channel_id.into(), message_id.into(), Some(&emoji)).await;
    }
}
