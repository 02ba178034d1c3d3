//! What a list was asked for, in a button or, where that has no room, kept by the ledger.

use anyhow::Context as _;

use crate::discord::bot::Bot;
use crate::discord::interactions::error::Error;
use crate::discord::render::custom_id::Which;
use crate::ids::GuildId;

/// Characters of a query that every button has room for.
const ROOM: usize = 35;

/// The query for a button.
pub(in crate::discord::interactions) async fn which(
    bot: &Bot,
    guild: GuildId,
    query: String,
) -> Result<Which, Error> {
    if query.chars().count() <= ROOM {
        return Ok(Which::Here(query));
    }
    let kept = bot.ledger.keep_list(guild, &query).await.context("keep a list")?;
    Ok(Which::Kept(kept))
}

/// The query of a button.
pub(super) async fn query(bot: &Bot, guild: GuildId, which: &Which) -> Result<String, Error> {
    let query = match which {
        Which::Here(query) => Some(query.clone()),
        Which::Kept(id) => bot.ledger.kept_list(guild, *id).await?,
    };
    query.ok_or_else(|| {
        Error::User("This list is too old to be used. Run the command again.".to_owned())
    })
}
