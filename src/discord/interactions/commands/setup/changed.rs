//! Showing and changing what holds in a server: what the commands about settings have in common.

use crate::config::{Setting, SettingGroup};
use crate::discord::bot::Bot;
use crate::discord::interactions::change::{Change, done_already};
use crate::discord::interactions::error::Error;
use crate::discord::interactions::settings::{replied, shown};
use crate::discord::interactions::{Context, commands, reply};
use crate::discord::render::Audience;
use crate::discord::render::setup::settings;
use crate::discord::setup::settings::{NewValue, change};
use crate::ids::GuildId;
use crate::ledger::Ledger;

/// The values that somebody typed; options that were left out change nothing.
#[derive(Default)]
pub(super) struct Typed(Vec<(Setting, String)>);

impl Typed {
    pub(super) fn with(mut self, setting: Setting, value: Option<impl ToString>) -> Self {
        self.0.extend(value.map(|value| (setting, value.to_string())));
        self
    }
}

/// Shows the settings of a group, or changes those that were typed, or all of them back to the default.
pub(super) async fn answer(
    context: Context<'_>,
    group: SettingGroup,
    typed: Typed,
    default: Option<bool>,
) -> Result<(), Error> {
    let (bot, guild) = (context.data(), commands::guild(context)?);
    let values = match (default == Some(true), typed.0.is_empty()) {
        (true, false) => return Err(Error::User(settings::EITHER.to_owned())),
        (true, true) => back_to_default(bot, guild, group)?,
        (false, _) => typed.0.into_iter().map(|(setting, value)| (setting, Some(value))).collect(),
    };
    // A server's settings are for those who run it, whatever `replies` says.
    if values.is_empty() {
        return reply::send(context, reply::ephemeral().embed(shown(bot, guild, group))).await;
    }
    let (who, values) = ((guild, context.author().id.into()), &values);
    let attempt = move |ledger: Ledger| async move {
        replied(bot, guild, change(bot, &ledger, who, values).await?, settings::SAVED)
    };
    Change::of_command(context, Audience::Private)?.apply(attempt, done_already).await;
    Ok(())
}

fn back_to_default(bot: &Bot, guild: GuildId, group: SettingGroup) -> Result<Vec<NewValue>, Error> {
    let here = bot.settings.here(guild);
    let set = group.settings().filter(|setting| here.contains_key(setting));
    let values: Vec<NewValue> = set.map(|setting| (setting, None)).collect();
    if values.is_empty() { Err(Error::User(settings::NOTHING_SET.to_owned())) } else { Ok(values) }
}
