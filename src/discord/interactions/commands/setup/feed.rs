//! `/setup feed`

use serenity::all::ChannelId;

use super::changed::{Typed, answer};
use crate::config::{NONE, Setting, SettingGroup};
use crate::discord::bot::access::Right;
use crate::discord::interactions::Context;
use crate::discord::interactions::commands::options::choices::StyleWord;
use crate::discord::interactions::error::Error;
use crate::discord::render::setup::settings;

/// Show or change where new orders are posted, and the daily summary
#[poise::command(slash_command, guild_only, custom_data = "Right::Admin")]
pub(crate) async fn feed(
    context: Context<'_>,
    #[description = "Post every new order in this channel"]
    #[channel_types("Text", "News")]
    channel: Option<ChannelId>,
    #[description = "How an order is posted"] style: Option<StyleWord>,
    #[description = "Post the stats of the day before there, once a day"] daily_summary: Option<
        bool,
    >,
    #[description = "At which hour, in the server's time zone"]
    #[min = 0]
    #[max = 23]
    summary_hour: Option<u32>,
    #[description = "True: post no new orders"] off: Option<bool>,
    #[description = "True: back to what config.toml says"] default: Option<bool>,
) -> Result<(), Error> {
    let is_off = off == Some(true);
    if is_off && channel.is_some() {
        return Err(Error::User(settings::CHANNEL_OR_NONE.to_owned()));
    }
    let channel = channel.map(|channel| channel.to_string());
    let channel = channel.or_else(|| is_off.then(|| NONE.to_owned()));
    let typed = Typed::default()
        .with(Setting::FeedChannel, channel)
        .with(Setting::FeedStyle, style.map(|word| word.0.as_str()))
        .with(Setting::DailySummary, daily_summary)
        .with(Setting::SummaryHour, summary_hour);
    answer(context, SettingGroup::Feed, typed, default).await
}
