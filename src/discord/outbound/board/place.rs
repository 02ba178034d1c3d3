//! Putting a board up, moving it, taking it down: what `/board` does.

use super::{follow, note, remove};
use crate::discord::bot::Bot;
use crate::discord::bot::problems::Topic;
use crate::discord::rest::RestError;
use crate::ids::{ChannelId, GuildId};
use crate::ledger::Board;

/// What became of putting a board up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Placed {
    /// It is posted.
    Stands,
    /// Discord does not answer: it will be posted.
    Coming,
    /// Discord does not let the bot post there: all is as it was before.
    Refused,
}

/// Puts the board of a guild up in a channel, in place of the one that there was.
pub(crate) async fn place(bot: &Bot, guild: GuildId, channel: ChannelId) -> anyhow::Result<Placed> {
    let mut shown = bot.boards.shown.lock(guild).await;
    let before = bot.ledger.board(guild).await?;
    let old = leave(bot, before).await;
    let board = Board { guild_id: guild, channel_id: Some(channel), message_id: None, old };
    bot.ledger.set_board(&board).await?;
    *shown = None;
    bot.boards.notes().resting.remove(&guild);
    match follow(bot, board, &mut shown).await {
        Ok(()) => {
            bot.problems.over(channel, Topic::Board);
            Ok(Placed::Stands)
        }
        Err(error @ RestError::Other(_)) => {
            note(bot, &board, Some(error));
            Ok(Placed::Coming)
        }
        Err(error) => {
            // As it was before.
            let none = Board { guild_id: guild, channel_id: None, message_id: None, old: None };
            bot.ledger.set_board(&before.unwrap_or(none)).await?;
            tracing::info!(%channel, "could not post the board: {error}");
            Ok(Placed::Refused)
        }
    }
}

/// Takes the board of a guild down. Says whether there was one.
pub(crate) async fn take_down(bot: &Bot, guild: GuildId) -> anyhow::Result<bool> {
    let mut shown = bot.boards.shown.lock(guild).await;
    let Some(before) = bot.ledger.board(guild).await? else { return Ok(false) };
    let old = leave(bot, Some(before)).await;
    let board = Board { guild_id: guild, channel_id: None, message_id: None, old };
    bot.ledger.set_board(&board).await?;
    *shown = None;
    let result = follow(bot, board, &mut shown).await;
    note(bot, &board, result.err());
    Ok(before.channel_id.is_some())
}

/// The message that is to go when another takes the place of the board.
async fn leave(bot: &Bot, before: Option<Board>) -> Option<(ChannelId, crate::ids::MessageId)> {
    let before = before?;
    if let Some(channel) = before.channel_id {
        bot.problems.over(channel, Topic::Board);
    }
    let Some(posted) = before.channel_id.zip(before.message_id) else { return before.old };
    // Only one can be remembered: the one before that goes now.
    if let Some(older) = before.old
        && let Err(error) = remove(bot, older).await
    {
        tracing::warn!("could not delete an old board: {error}");
    }
    Some(posted)
}
