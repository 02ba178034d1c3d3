//! Webhooks over REST: which there are, the bot's own one, and one that somebody names by its URL.
//!
//! The secret part of a webhook's URL is shown to the person who set it up, and kept nowhere.

use serde::Deserialize;
use serde_json::{Value, json};
use serenity::all::{LightMethod, Route};

use crate::discord::bot::Bot;
use crate::discord::render::setup::webhook_state::NamedWebhook;
use crate::discord::rest::codes::TOO_MANY_WEBHOOKS;
use crate::discord::rest::{Rest, RestError};
use crate::ids::{ApplicationId, ChannelId, WebhookId};

/// The name of the webhook that the bot makes.
const NAME: &str = "Refract";
/// Discord's type of webhooks that others post to; those that follow a channel or answer commands
/// have other ones.
const INCOMING: u8 = 1;

/// A webhook. It has no `Debug`: its token is a secret.
#[derive(Deserialize)]
pub(crate) struct Webhook {
    pub(crate) id: WebhookId,
    #[serde(rename = "type", default = "incoming")]
    kind: u8,
    #[serde(default)]
    pub(crate) channel_id: Option<ChannelId>,
    #[serde(default)]
    pub(crate) name: Option<String>,
    #[serde(default)]
    application_id: Option<ApplicationId>,
    #[serde(default)]
    token: Option<String>,
    #[serde(default)]
    url: Option<String>,
}

const fn incoming() -> u8 {
    INCOMING
}

impl Webhook {
    /// What people are shown of it.
    pub(crate) fn named(self) -> NamedWebhook {
        NamedWebhook { id: self.id, name: self.name }
    }

    /// Whether others can post to it.
    pub(crate) fn is_incoming(&self) -> bool {
        self.kind == INCOMING
    }

    /// Whether the bot's application has made it.
    pub(crate) fn is_own(&self, bot: &Bot) -> bool {
        self.application_id == Some(bot.application_id()) && self.is_incoming()
    }

    /// The address to post to, a secret. `None`: Discord does not give it to the bot.
    pub(crate) fn url(&self, bot: &Bot) -> Option<String> {
        let Self { id, token, url, .. } = self;
        let built =
            || Some(format!("{}/api/webhooks/{id}/{}", bot.rest.api_url(), token.as_ref()?));
        url.clone().or_else(built)
    }
}

/// What the URL of a webhook names.
pub(crate) struct WebhookUrl {
    id: WebhookId,
    token: String,
}

impl WebhookUrl {
    /// Reads `https://discord.com/api/webhooks/<id>/<token>`. `None`: it is none.
    pub(crate) fn parse(typed: &str, api_url: &str) -> Option<Self> {
        const SITES: [&str; 4] = [
            "https://discord.com",
            "https://discordapp.com",
            "https://ptb.discord.com",
            "https://canary.discord.com",
        ];
        let typed = typed.trim().trim_matches(['<', '>']);
        let path = SITES.into_iter().chain([api_url]).find_map(|site| typed.strip_prefix(site))?;
        let (path, _) = path.split_once('?').unwrap_or((path, ""));
        let (_, path) = path.strip_prefix("/api/")?.split_once("webhooks/")?;
        let (id, token) = path.trim_end_matches('/').split_once('/')?;
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        let is_token = !token.is_empty() && token.chars().all(plain);
        let id = id.parse().ok().filter(|id: &WebhookId| id.0 > 0 && is_token)?;
        Some(Self { id, token: token.to_owned() })
    }
}

/// Why there is no webhook for a channel.
pub(crate) enum NoWebhook {
    /// The bot may not make one there.
    Forbidden,
    /// The channel has as many as Discord lets it have.
    Full,
    /// Discord did not answer as it should.
    Unclear(RestError),
}

impl NoWebhook {
    fn of(error: RestError) -> Self {
        match error {
            RestError::Forbidden(_) => Self::Forbidden,
            RestError::Refused(_, TOO_MANY_WEBHOOKS) => Self::Full,
            error => Self::Unclear(error),
        }
    }
}

/// The webhooks of a channel; it takes Manage Webhooks.
pub(crate) async fn of_channel(rest: &Rest, channel: ChannelId) -> Result<Vec<Webhook>, RestError> {
    let route = Route::ChannelWebhooks { channel_id: channel.into() };
    let list: Vec<Value> = rest.get(route, Vec::new()).await?;
    Ok(list.into_iter().filter_map(|entry| serde_json::from_value(entry).ok()).collect())
}

/// One webhook, wherever it is now.
pub(crate) async fn by_id(rest: &Rest, id: WebhookId) -> Result<Webhook, RestError> {
    let route = Route::Webhook { webhook_id: id.into() };
    rest.get(route, Vec::new()).await
}

/// The webhook behind a URL. Here a 401 is about the URL, and not about the bot's token.
pub(crate) async fn by_url(bot: &Bot, address: &WebhookUrl) -> Result<Webhook, RestError> {
    let route = Route::WebhookWithToken { webhook_id: address.id.into(), token: &address.token };
    bot.rest.get(route, Vec::new()).await
}

/// The bot's own webhook of the channel, made now if there is none. A creation whose outcome is
/// unclear is looked up and not repeated.
pub(crate) async fn own(bot: &Bot, channel: ChannelId) -> Result<Webhook, NoWebhook> {
    if let Some(own) = find_own(bot, channel).await? {
        return Ok(own);
    }
    let route = Route::ChannelWebhooks { channel_id: channel.into() };
    match bot.rest.ask(LightMethod::Post, route, &json!({ "name": NAME })).await {
        Ok(made) => Ok(made),
        Err(error @ RestError::Other(_)) => {
            find_own(bot, channel).await?.ok_or(NoWebhook::Unclear(error))
        }
        Err(error) => Err(NoWebhook::of(error)),
    }
}

async fn find_own(bot: &Bot, channel: ChannelId) -> Result<Option<Webhook>, NoWebhook> {
    let there = of_channel(&bot.rest, channel).await.map_err(NoWebhook::of)?;
    let posts = |webhook: &Webhook| {
        webhook.is_own(bot) && webhook.url(bot).is_some() && !bot.gone_webhooks.contains(webhook.id)
    };
    Ok(there.into_iter().rfind(posts))
}

/// Deletes the bot's own webhooks of a channel, and counts them.
pub(crate) async fn delete_own(bot: &Bot, channel: ChannelId) -> Result<usize, RestError> {
    let mut deleted = 0;
    for webhook in of_channel(&bot.rest, channel).await?.into_iter().filter(|it| it.is_own(bot)) {
        let route = Route::Webhook { webhook_id: webhook.id.into() };
        match bot.rest.send(LightMethod::Delete, route, None).await {
            Ok(()) => deleted += 1,
            // Somebody was faster, or an answer got lost on its way.
            Err(RestError::NotFound(_)) => {}
            Err(error) => {
                return Err(error);
            }
        }
    }
    Ok(deleted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const API: &str = "http://127.0.0.1:9";

    fn parsed(typed: &str) -> Option<(i64, String)> {
        WebhookUrl::parse(typed, API).map(|address| (address.id.0, address.token))
    }

    #[test]
    fn a_webhook_is_named_by_its_url() {
        let expected = Some((5, "a-B_c".to_owned()));
        for typed in [
            "https://discord.com/api/webhooks/5/a-B_c",
            " <https://discordapp.com/api/v10/webhooks/5/a-B_c/> ",
            "https://canary.discord.com/api/webhooks/5/a-B_c?wait=true",
            "http://127.0.0.1:9/api/webhooks/5/a-B_c",
        ] {
            assert_eq!(parsed(typed), expected, "{typed}");
        }
    }

    #[test]
    fn anything_else_is_none() {
        for typed in [
            "",
            "https://discord.com/api/webhooks/5",
            "https://discord.com/api/webhooks/5/",
            "https://discord.com/api/webhooks/x/a",
            "https://discord.com/api/webhooks/5/a/slack",
            "https://discord.com/channels/1/2/3",
            "https://discord.com.evil.example/api/webhooks/5/a",
            "https://evil.example/api/webhooks/5/a",
            "5/a",
        ] {
            assert_eq!(parsed(typed), None, "{typed}");
        }
    }
}
