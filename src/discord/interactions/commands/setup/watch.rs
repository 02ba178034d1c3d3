//! `/setup watch`

use poise::CreateReply;
use serenity::all::{PartialChannel, Permissions};

use crate::config::Backfill;
use crate::discord::bot::Bot;
use crate::discord::bot::access::Right;
use crate::discord::bot::needs::{self, Weight};
use crate::discord::bot::permissions::{guild_of, permissions_of_bot_in};
use crate::discord::interactions::change::Change;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, commands, reply};
use crate::discord::render::setup::seen::Shape;
use crate::discord::render::setup::{Configured, Outcome};
use crate::discord::render::{self, Audience};
use crate::discord::rest::RestError;
use crate::discord::setup::set_up;
use crate::discord::setup::webhooks::{self, NoWebhook, Webhook, WebhookUrl};
use crate::ids::{ChannelId, GuildId, WebhookId};

/// Watch a channel, and get the webhook for Refract
#[poise::command(slash_command, guild_only, custom_data = "Right::Admin")]
pub(crate) async fn watch(
    context: Context<'_>,
    #[description = "The channel that Refract posts to (this one)"]
    #[channel_types("Text", "News", "Forum", "PublicThread", "PrivateThread", "NewsThread")]
    channel: Option<PartialChannel>,
    #[description = "How much history to read: all, none, or a number of days (all)"]
    #[max_length = 10]
    backfill: Option<String>,
    #[description = "The URL of an existing webhook, to use instead of a new one"]
    #[max_length = 300]
    webhook: Option<String>,
) -> Result<(), Error> {
    let (bot, guild) = (context.data(), commands::guild(context)?);
    let place = Place::of(context, channel.as_ref())?;
    require_same_guild(bot, guild, place.home)?;
    let backfill = backfill.map(|typed| parse_backfill(&typed)).transpose()?;
    let address = webhook.map(|typed| parse_webhook_url(bot, &typed)).transpose()?;
    let held = held(context, guild, place);
    require_readable(place.channel, held)?;
    let (asked, address) = ((place, backfill, held), address.as_ref());
    // Its reply may hold a webhook's URL: nobody else sees it, whatever `replies` says.
    let change = Change::of_command(context, Audience::Private)?;
    change.perform(move || set_up(bot, guild, asked, address)).await;
    Ok(())
}

async fn set_up(
    bot: &Bot,
    guild: GuildId,
    (place, backfill, held): (Place, Option<Backfill>, Option<Permissions>),
    address: Option<&WebhookUrl>,
) -> Result<CreateReply, Error> {
    let Place { channel, home, shape } = place;
    // Two at once would make two webhooks, and the second would forget what the first trusts.
    let _one_at_a_time = bot.set_ups.lock(guild).await;
    let is_given = address.is_some();
    // What is posted in a thread of a watched channel is read already.
    let watch = if bot.watching.get(home).is_some() { home } else { channel };
    let configured = bot.watching.get(watch).filter(|watched| watched.is_configured);
    let (webhook, outcome) = if let Some(watched) = configured {
        let webhook = match address {
            Some(address) => Some(given(bot, home, address).await?),
            None if watched.webhook_ids.is_empty() => Some(own(bot, place, held).await?),
            None => own_of(bot, home, held, &watched.webhook_ids).await,
        };
        let id = webhook.as_ref().map(|webhook| webhook.id);
        let asks_backfill = backfill.is_some();
        (webhook, Outcome::Configured(Configured { watched, webhook: id, asks_backfill }))
    } else {
        let webhook = match address {
            Some(address) => given(bot, home, address).await?,
            None => own(bot, place, held).await?,
        };
        let target = set_up::Target { channel: watch, home, is_forum: shape == Shape::Forum };
        let done = set_up::watch(bot, guild, target, webhook.id, backfill).await?;
        (Some(webhook), Outcome::SetUp(done))
    };
    let url = webhook.and_then(|webhook| webhook.url(bot)).filter(|_| !is_given);
    let shown = render::setup::Watching {
        channel,
        shape,
        watch,
        url: url.map(|url| place.posting_url(url)),
        outcome,
        lacks: held.map(lacking).unwrap_or_default(),
        others: others(bot, (watch, home), held).await.into_iter().map(Webhook::named).collect(),
    };
    Ok(reply::ephemeral().embed(render::setup::watching(&shown)))
}

/// The channel, thread or forum that is meant.
#[derive(Clone, Copy)]
struct Place {
    channel: ChannelId,
    /// Where its webhooks and its permissions are: for a thread its channel.
    home: ChannelId,
    shape: Shape,
}

impl Place {
    /// Fails with a sentence where Refract cannot post.
    fn of(context: Context<'_>, channel: Option<&PartialChannel>) -> Result<Self, Error> {
        let here = match context {
            poise::Context::Application(application) => application.interaction.channel.as_ref(),
            poise::Context::Prefix(_) => None,
        };
        let Some(channel) = channel.or(here) else {
            let channel = context.channel_id().into();
            return Ok(Self { channel, home: channel, shape: Shape::Text });
        };
        let (id, shape) = (ChannelId::from(channel.id), Shape::of(channel.kind));
        let parent = channel.parent_id.filter(|_| shape == Shape::Thread);
        match shape {
            Shape::Other => Err(Error::User(render::setup::no_text_channel(channel.kind))),
            _ => Ok(Self { channel: id, home: parent.map_or(id, ChannelId::from), shape }),
        }
    }

    /// The address of a webhook of its channel, as it posts here.
    fn posting_url(self, url: String) -> String {
        match self.shape {
            Shape::Thread => format!("{url}?thread_id={}", self.channel),
            _ => url,
        }
    }
}

/// Fails with a sentence where the channel is one of another guild: Discord offers those of this one
/// alone, and a tampered client may name any.
fn require_same_guild(bot: &Bot, guild: GuildId, channel: ChannelId) -> Result<(), Error> {
    match guild_of(bot, channel) {
        Some(other) if other != guild => Err(Error::User(render::setup::ELSEWHERE.to_owned())),
        _ => Ok(()),
    }
}

fn parse_backfill(typed: &str) -> Result<Backfill, Error> {
    typed.parse().map_err(|_| Error::User(render::setup::no_backfill(typed)))
}

fn parse_webhook_url(bot: &Bot, typed: &str) -> Result<WebhookUrl, Error> {
    WebhookUrl::parse(typed, bot.rest.api_url())
        .ok_or_else(|| Error::User(render::setup::NO_WEBHOOK_URL.to_owned()))
}

/// The bot's permissions there. Discord sends those of the channel in which a command is used with the
/// command. `None`: of another channel they are not known yet; then trying shows them.
fn held(context: Context<'_>, guild: GuildId, place: Place) -> Option<Permissions> {
    let here = match context {
        poise::Context::Application(application) => application.interaction.app_permissions,
        poise::Context::Prefix(_) => None,
    };
    let is_here = ChannelId::from(context.channel_id()) == place.channel;
    here.filter(|_| is_here).or_else(|| permissions_of_bot_in(context.data(), guild, place.home))
}

/// Fails with a sentence where the bot is known to lack what reading takes.
fn require_readable(channel: ChannelId, held: Option<Permissions>) -> Result<(), Error> {
    let vital = held.map(|held| needs::missing(held, Weight::Vital)).unwrap_or_default();
    if vital.is_empty() {
        return Ok(());
    }
    Err(Error::User(render::setup::cannot_read(channel, &vital)))
}

fn lacking(held: Permissions) -> Vec<&'static needs::Need> {
    [Weight::Needed, Weight::Wished].map(|weight| needs::missing(held, weight)).concat()
}

/// The webhook of a URL, if it posts into the channel.
async fn given(bot: &Bot, channel: ChannelId, address: &WebhookUrl) -> Result<Webhook, Error> {
    let webhook = match webhooks::by_url(bot, address).await {
        Ok(webhook) => webhook,
        Err(RestError::NotFound(_) | RestError::Unauthorized) => {
            return Err(Error::User(render::setup::DEAD_WEBHOOK_URL.to_owned()));
        }
        Err(error) => return Err(no_answer(error)),
    };
    match webhook.channel_id {
        _ if !webhook.is_incoming() => {
            Err(Error::User(render::setup::FOLLOWING_WEBHOOK.to_owned()))
        }
        Some(other) if other != channel => {
            Err(Error::User(render::setup::webhook_elsewhere(channel, other)))
        }
        _ => Ok(webhook),
    }
}

/// The bot's own webhook of the channel, or of the channel that the thread belongs to.
async fn own(bot: &Bot, place: Place, held: Option<Permissions>) -> Result<Webhook, Error> {
    let is_watched = bot.watching.watch_of(place.channel).is_some();
    let forbidden = || Error::User(render::setup::cannot_make_webhook(place.home, is_watched));
    if held.is_some_and(|held| !held.manage_webhooks()) {
        return Err(forbidden());
    }
    webhooks::own(bot, place.home).await.map_err(|why| match why {
        NoWebhook::Forbidden => forbidden(),
        NoWebhook::Full => Error::User(render::setup::TOO_MANY_WEBHOOKS.to_owned()),
        NoWebhook::Unclear(error) => no_answer(error),
    })
}

fn no_answer(error: RestError) -> Error {
    match error {
        RestError::Other(why) => Error::Internal(why.context("ask Discord for a webhook")),
        error => Error::Internal(anyhow::Error::new(error).context("ask Discord for a webhook")),
    }
}

/// The bot's own webhook of the channel, if it is one of the trusted ones. None is made: it would not be
/// trusted.
async fn own_of(
    bot: &Bot,
    channel: ChannelId,
    held: Option<Permissions>,
    trusted: &[WebhookId],
) -> Option<Webhook> {
    let mut listed = listed(bot, channel, held).await;
    listed.retain(|webhook| webhook.is_own(bot) && trusted.contains(&webhook.id));
    listed.pop()
}

/// Other webhooks of the channel, that are not trusted: Refract may post with one of them already.
async fn others(
    bot: &Bot,
    (watch, home): (ChannelId, ChannelId),
    held: Option<Permissions>,
) -> Vec<Webhook> {
    let trusted = bot.watching.get(watch).map(|watched| watched.webhook_ids).unwrap_or_default();
    if trusted.is_empty() {
        return Vec::new();
    }
    let mut others = listed(bot, home, held).await;
    others.retain(|webhook| webhook.is_incoming() && !trusted.contains(&webhook.id));
    others
}

/// The webhooks of the channel; none where the bot may not look.
async fn listed(bot: &Bot, channel: ChannelId, held: Option<Permissions>) -> Vec<Webhook> {
    if !held.is_some_and(Permissions::manage_webhooks) {
        return Vec::new();
    }
    let mut listed = webhooks::of_channel(&bot.rest, channel).await.unwrap_or_default();
    listed.retain(|webhook| !bot.gone_webhooks.contains(webhook.id));
    listed
}
