//! `/setup replies`

use super::changed::{Typed, answer};
use crate::config::{Setting, SettingGroup};
use crate::discord::bot::access::Right;
use crate::discord::interactions::Context;
use crate::discord::interactions::commands::options::choices::RepliesWord;
use crate::discord::interactions::error::Error;

/// Show or change who sees my replies to commands
#[poise::command(slash_command, guild_only, custom_data = "Right::Admin")]
pub(crate) async fn replies(
    context: Context<'_>,
    #[description = "Who sees them"] who: Option<RepliesWord>,
    #[description = "True: back to what config.toml says"] default: Option<bool>,
) -> Result<(), Error> {
    let typed = Typed::default().with(Setting::Replies, who.map(|word| word.0.as_str()));
    answer(context, SettingGroup::Replies, typed, default).await
}
