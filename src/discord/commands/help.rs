//! `/help`: what the emoji mean, and what the bot can do.

use super::super::bot::Context;
use super::super::error::Error;
use super::super::render;

/// What the emoji mean, and what you can do here
#[poise::command(slash_command, guild_only, default_member_permissions = "MANAGE_MESSAGES")]
pub(super) async fn help(context: Context<'_>) -> Result<(), Error> {
    let emoji = context.data().ledger.emoji();
    super::reply(context, render::help::embed(emoji)).await
}
