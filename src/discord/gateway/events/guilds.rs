//! The gateway's events about the bot's servers and about its permissions in them.

use std::sync::Arc;
use std::time::Duration;

use serenity::all::{Context, Guild, GuildChannel, Ready};

use super::Events;
use crate::count::count;
use crate::discord::inbound::threads;
use crate::discord::interactions::registration;
use crate::discord::outbound::acknowledge;
use crate::discord::render::setup::seen::Shape;
use crate::discord::setup::{invitation, webhook_changes};
use crate::ids::ChannelId;

/// By then the gateway has told of all guilds that are available.
const TOLD_BY_THEN: Duration = Duration::from_secs(10);

impl Events {
    /// A connection was made; the guilds follow, an event each.
    pub(crate) async fn ready(&self, context: &Context, ready: &Ready) {
        let bot = &*self.bot;
        bot.set_ready(ready.user.id.into(), ready.application.id.into());
        bot.set_cache(Arc::clone(&context.cache));
        bot.wake();
        let channels = count(bot.watching.channels().len(), "channel", "channels");
        tracing::info!("ready as {}, watching {channels}", ready.user.name);
        invitation::remind(bot, ready.guilds.len());
        registration::register(bot, ready.application.id, &self.commands).await;
        // The guilds' events may have been handled before this one: nothing was known of the
        // bot's permissions then.
        self.look_over(&bot.watching.channels()).await;
        tokio::time::sleep(TOLD_BY_THEN).await;
        threads::locate(bot, &bot.watching.homeless()).await;
    }

    pub(crate) async fn guild_create(&self, guild: &Guild) {
        guild.channels.values().chain(&guild.threads).for_each(|channel| self.channel(channel));
        // A closed thread is not told with its guild.
        let is_told = |channel: &ChannelId| {
            let id = serenity::all::ChannelId::from(*channel);
            guild.channels.contains_key(&id) || guild.threads.iter().any(|thread| thread.id == id)
        };
        let mut untold = self.bot.watching.of_guild(guild.id.into());
        untold.retain(|channel| !is_told(channel));
        threads::locate(&self.bot, &untold).await;
        self.look_over(&self.bot.watching.of_guild(guild.id.into())).await;
    }

    /// Checks permissions and webhooks of these channels, as far as the gateway has sent them.
    async fn look_over(&self, channels: &[ChannelId]) {
        for channel in channels {
            acknowledge::check_permission_early(&self.bot, *channel);
            webhook_changes::look_after_absence(&self.bot, *channel).await;
        }
        self.bot.wake();
    }

    /// Notes to which guild a watched channel's orders belong.
    pub(crate) fn channel(&self, channel: &GuildChannel) {
        let bot = &*self.bot;
        let id = channel.id.into();
        bot.watching.belongs(id, channel.guild_id.into());
        threads::listed(bot, channel);
        if Shape::of(channel.kind) == Shape::Forum {
            bot.watching.note_forum(id);
        }
        if bot.watching.get(id).is_some() {
            // The gateway sends the guilds after every READY: something may have been missed.
            bot.backfill.reconcile(id);
        }
    }

    /// The bot may do other things in a guild than before.
    pub(crate) fn rights_changed(&self) {
        let channels = self.bot.watching.channels();
        for channel in &channels {
            acknowledge::check_permission_early(&self.bot, *channel);
        }
        self.bot.try_again(channels);
    }
}
