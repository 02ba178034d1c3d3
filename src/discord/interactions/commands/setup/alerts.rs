//! `/setup alerts`

use serenity::all::ChannelId;

use super::changed::{Typed, answer};
use crate::config::{NONE, Setting, SettingGroup};
use crate::discord::bot::access::Right;
use crate::discord::interactions::Context;
use crate::discord::interactions::error::Error;
use crate::discord::render::setup::settings;

/// Show or change what I warn you about, and where
#[poise::command(slash_command, guild_only, custom_data = "Right::Admin")]
#[expect(clippy::too_many_arguments, reason = "poise makes an option of each")]
pub(crate) async fn alerts(
    context: Context<'_>,
    #[description = "Post alerts in this channel"]
    #[channel_types("Text", "News")]
    channel: Option<ChannelId>,
    #[description = "True: post each alert in the watched channel that it is about"]
    same_channel: Option<bool>,
    #[description = "Warn when nothing came for so many hours on a usual day; 0: never"]
    #[min = 0]
    #[max = 10_000]
    silence_hours: Option<u32>,
    #[description = "Warn from so many failed checkouts a day that may be orders; 0: never"]
    #[min = 0]
    #[max = 10_000]
    doubtful: Option<u32>,
    #[description = "Warn from so many messages a day that could not be read; 0: never"]
    #[min = 0]
    #[max = 10_000]
    unreadable: Option<u32>,
    #[description = "Warn from so many look-alikes a day of untrusted senders; 0: never"]
    #[min = 0]
    #[max = 10_000]
    untrusted: Option<u32>,
    #[description = "Whether I reply to Refract's test notifications"] test_reply: Option<bool>,
    #[description = "True: back to what config.toml says"] default: Option<bool>,
) -> Result<(), Error> {
    let is_same = same_channel == Some(true);
    if is_same && channel.is_some() {
        return Err(Error::User(settings::CHANNEL_OR_NONE.to_owned()));
    }
    let channel = channel.map(|channel| channel.to_string());
    let channel = channel.or_else(|| is_same.then(|| NONE.to_owned()));
    let typed = Typed::default()
        .with(Setting::AlertsChannel, channel)
        .with(Setting::SilenceHours, silence_hours)
        .with(Setting::Doubtful, doubtful)
        .with(Setting::Unreadable, unreadable)
        .with(Setting::Untrusted, untrusted)
        .with(Setting::TestReply, test_reply);
    answer(context, SettingGroup::Alerts, typed, default).await
}
