//! `/setup timezone`

use serenity::all::CreateAutocompleteResponse;

use super::changed::{Typed, answer};
use crate::config::{Setting, SettingGroup};
use crate::discord::bot::access::Right;
use crate::discord::interactions::commands::options::date_range::filled;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, commands};
use crate::discord::render::setup::settings;
use crate::order::zones;

/// Show or change the time zone in which days and months begin
#[poise::command(slash_command, guild_only, custom_data = "Right::Admin")]
pub(crate) async fn timezone(
    context: Context<'_>,
    #[description = "A city or a zone, like Berlin or America/New_York"]
    #[autocomplete = "zone_names"]
    #[max_length = 60]
    zone: Option<String>,
    #[description = "True: back to what config.toml says"] default: Option<bool>,
) -> Result<(), Error> {
    let meant =
        |typed: String| zones::meant(&typed).ok_or_else(|| Error::User(settings::no_zone(&typed)));
    let zone = filled(zone).map(meant).transpose()?;
    let typed = Typed::default().with(Setting::TimeZone, zone);
    answer(context, SettingGroup::TimeZone, typed, default).await
}

/// Zones that fit what is typed.
#[expect(clippy::unused_async, reason = "poise wants an async function")]
async fn zone_names(_context: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    let zones = zones::like(typed, 25);
    commands::choices(zones.into_iter().map(|zone| zone.name().to_owned()).collect())
}
