//! What a list was asked for: in its buttons or, where they have no room for it, kept by the ledger.

use std::time::Duration;

use anyhow::Context as _;

use crate::discord::bot::Bot;
use crate::discord::interactions::error::Error;
use crate::discord::render::custom_id::Which;
use crate::ids::GuildId;

/// Nobody waits longer for what a list's buttons cannot hold: the list is shown without them.
const LONGEST_KEEPING: Duration = Duration::from_secs(1);

/// The query for the parts of a list. `here`: as it was asked. `clean`: the same without secrets, as it may be kept.
/// `fits`: whether the parts have room for it. An address is always kept: whoever sees a message can read its parts.
///
/// # Errors
/// When the database cannot be written in time.
pub(in crate::discord::interactions) async fn which(
    bot: &Bot,
    guild: GuildId,
    here: String,
    clean: String,
    fits: impl FnOnce(&Which) -> bool,
) -> anyhow::Result<Which> {
    let asks_for_address = here.contains('@');
    let here = Which::Here(here);
    if !asks_for_address && fits(&here) {
        return Ok(here);
    }
    let ledger = bot.ledger.clone();
    let keeping = tokio::spawn(async move { ledger.keep_list(guild, &clean).await });
    let kept = tokio::time::timeout(LONGEST_KEEPING, keeping).await;
    let kept = kept.context("the database is busy")?.context("keep a list")??;
    Ok(Which::Kept(kept))
}

/// The query of a part, as `decoded` reads it.
pub(super) async fn query<T>(
    bot: &Bot,
    guild: GuildId,
    which: &Which,
    decoded: impl FnOnce(&str) -> Option<T>,
) -> Result<T, Error> {
    let query = match which {
        Which::Here(query) => Some(query.clone()),
        Which::Kept(id) => bot.ledger.kept_list(guild, *id).await?,
    };
    query.as_deref().and_then(decoded).ok_or_else(|| {
        Error::User("This list is too old to be used. Run the command again.".to_owned())
    })
}
