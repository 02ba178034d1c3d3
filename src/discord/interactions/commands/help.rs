//! `/help`: what the emoji mean, and what the bot can do.

use crate::discord::bot::access::Right;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, reply};
use crate::discord::render;

/// Show what the emoji mean, and what you can do here
#[poise::command(slash_command, guild_only, default_member_permissions = "MANAGE_MESSAGES")]
pub(crate) async fn help(context: Context<'_>) -> Result<(), Error> {
    let mut may = Vec::new();
    for right in [Right::View, Right::Mark, Right::Admin] {
        if super::has(context, right).await {
            may.push(right);
        }
    }
    let embed = render::help::embed(context.data().ledger.emoji(), &may);
    reply::send(context, reply::configured(context).embed(embed)).await
}
