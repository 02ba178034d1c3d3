//! The live board: one message of a guild that the bot keeps right.
//!
//! A commit wakes [`run`], which looks at most every few seconds and edits only what reads otherwise.
//! What is to happen is noted in the ledger before Discord is asked; a message that was posted and
//! not noted is found again among the bot's own.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Value, json};
use serenity::all::{LightMethod, Route};
use tokio::time::{Instant, sleep, sleep_until};

use super::channel_posts;
use crate::discord::bot::Bot;
use crate::discord::bot::problems::Topic;
use crate::discord::render;
use crate::discord::rest::RestError;
use crate::ids::{ChannelId, GuildId, MessageId};
use crate::ledger::{Board, Bounds};
use crate::order::period::{self, Period};

mod place;

pub(crate) use place::{Placed, place, take_down};

/// It is looked this often even if nothing comes in: by then something may have become stuck.
const QUIET: Duration = Duration::from_mins(1);
/// After a failure that may pass by itself.
const SHORT_REST: Duration = Duration::from_secs(10);
/// After one that a person has to mend. Rights that change end it.
const LONG_REST: Duration = Duration::from_mins(10);
/// Discord's code for a channel that is gone.
const UNKNOWN_CHANNEL: u32 = 10_003;

/// Something happened in Discord to what these boards stand on.
pub(crate) async fn doubt(bot: &Bot, concerned: impl Fn(&Board) -> bool) {
    match bot.ledger.boards().await {
        Ok(boards) => {
            let guilds = boards.iter().filter(|board| concerned(board)).map(|board| board.guild_id);
            let guilds: Vec<GuildId> = guilds.collect();
            if !guilds.is_empty() {
                bot.boards.notes().doubtful.extend(guilds);
                bot.stir();
            }
        }
        Err(error) => tracing::warn!("the boards cannot be read: {error:#}"),
    }
}

/// Keeps all boards right for ever.
pub(crate) async fn run(bot: Arc<Bot>) {
    let (mut changes, mut stirs) = (bot.ledger.changes(), bot.stirs());
    let every = Duration::from_secs(bot.config.board.every_seconds.max(1));
    loop {
        changes.mark_unchanged();
        stirs.mark_unchanged();
        let next = Instant::now() + every;
        if bot.ready_at().is_some() {
            round(&bot).await;
        }
        tokio::select! {
            _ = changes.changed() => {}
            _ = stirs.changed() => {}
            () = sleep(quiet(&bot)) => {}
        }
        sleep_until(next).await;
    }
}

/// Until it is looked next though nothing comes in; not beyond midnight, when another day is shown.
fn quiet(bot: &Bot) -> Duration {
    let (zone, now) = (bot.config.stats.zone().ok(), bot.rest.clock().now());
    let midnight = zone.and_then(|zone| {
        let tomorrow = now.with_timezone(&zone).date_naive().succ_opt()?;
        (period::midnight(tomorrow, zone) - now).to_std().ok()
    });
    midnight.into_iter().chain(bot.boards.rest_left()).fold(QUIET, Duration::min)
}

async fn round(bot: &Bot) {
    let mut shown = bot.boards.shown.lock().await;
    let boards = match bot.ledger.boards().await {
        Ok(boards) => boards,
        Err(error) => return tracing::warn!("the boards cannot be read: {error:#}"),
    };
    for board in boards.into_iter().filter(|board| !bot.boards.rests(board.guild_id)) {
        let result = follow(bot, board, &mut shown).await;
        note(bot, &board, result.err());
    }
}

/// Tells what became of a board: in the log once, and in `/health` as long as it lasts.
fn note(bot: &Bot, board: &Board, error: Option<RestError>) {
    let Some(channel) = board.channel_id.or(board.old.map(|(channel, _)| channel)) else { return };
    let Some(error) = error else { return bot.troubles.over(channel, Topic::Board) };
    bot.heed(&error);
    let (rest, why) = match error {
        RestError::Forbidden(_) => (
            LONG_REST,
            format!(
                "the board cannot be shown here ({error}): give the bot View Channel, Send Messages \
                 and Embed Links in this channel, or move the board with /board"
            ),
        ),
        RestError::NotFound(_) => {
            (LONG_REST, "the channel of the board is gone: use /board in another one".to_owned())
        }
        RestError::Refused(..) | RestError::Unauthorized => {
            (LONG_REST, format!("the board cannot be shown: {error}"))
        }
        RestError::Other(_) => (SHORT_REST, format!("the board is not up to date: {error}")),
    };
    bot.troubles.say(channel, Topic::Board, &why);
    bot.boards.notes().resting.insert(board.guild_id, Instant::now() + rest);
}

/// Brings Discord to what the ledger wants of a board: its message, then the end of the old one.
async fn follow(
    bot: &Bot,
    mut board: Board,
    shown: &mut BTreeMap<GuildId, String>,
) -> Result<(), RestError> {
    if bot.boards.notes().doubtful.remove(&board.guild_id) {
        shown.remove(&board.guild_id);
    }
    if let Some(channel) = board.channel_id {
        let message = message(bot, board.guild_id).await.map_err(RestError::Other)?;
        let text = message.to_string();
        if board.message_id.is_none() || shown.get(&board.guild_id) != Some(&text) {
            let standing = stand(bot, channel, &board, message).await?;
            if board.message_id != Some(standing) {
                board.message_id = Some(standing);
                bot.ledger.set_board(&board).await.map_err(RestError::Other)?;
            }
            shown.insert(board.guild_id, text);
        }
    }
    if let Some(old) = board.old {
        remove(bot, old).await?;
        board.old = None;
        bot.ledger.set_board(&board).await.map_err(RestError::Other)?;
    }
    Ok(())
}

/// Makes the board's message read so, wherever it is by now.
async fn stand(
    bot: &Bot,
    channel: ChannelId,
    board: &Board,
    message: Value,
) -> Result<MessageId, RestError> {
    if let Some(id) = board.message_id {
        match channel_posts::edit(bot, (channel, id), message.clone()).await {
            Ok(()) => return Ok(id),
            Err(RestError::NotFound(code)) if code != UNKNOWN_CHANNEL => {
                tracing::info!(%channel, "the board was deleted, and is posted again");
            }
            Err(error) => return Err(error),
        }
    }
    // One may stand there already: of a moment before a crash, or of an answer that was lost.
    let old = board.old.map(|(_, message)| message);
    let own = channel_posts::own_messages(bot, channel).await?;
    let is_board = |message: &crate::reading::Message| {
        message.id != old
            && message
                .embeds
                .first()
                .is_some_and(|embed| embed.title == render::posts::board::TITLE)
    };
    match own.iter().find(|message| is_board(message)).and_then(|found| found.id) {
        Some(id) => channel_posts::edit(bot, (channel, id), message).await.map(|()| id),
        None => channel_posts::post(bot, channel, message).await,
    }
}

async fn remove(bot: &Bot, (channel, message): (ChannelId, MessageId)) -> Result<(), RestError> {
    let route = Route::ChannelMessage { channel_id: channel.into(), message_id: message.into() };
    match bot.rest.send(LightMethod::Delete, route, None).await {
        Ok(()) | Err(RestError::NotFound(_)) => Ok(()),
        Err(error @ RestError::Forbidden(_)) => {
            tracing::warn!(%channel, %message, "an old board stays behind: {error}");
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// The board of a guild as it is to be now.
async fn message(bot: &Bot, guild: GuildId) -> anyhow::Result<Value> {
    let limits = bot.config.board;
    let (now, zone) = (bot.rest.clock().now(), bot.config.stats.zone()?);
    let today = now.with_timezone(&zone).date_naive();
    let begin = |period: Period| period.days(today).moments(zone).0.unwrap_or(now);
    let before = |days: u32| (days > 0).then(|| now - TimeDelta::days(i64::from(days)));
    let bounds = Bounds {
        now,
        today: begin(Period::Today),
        week: begin(Period::Week),
        verified_before: before(limits.stuck_verified_days),
        shipped_before: before(limits.stuck_shipped_days),
    };
    let glance = bot.ledger.glance(guild, bounds, zone).await?;
    Ok(json!({ "embeds": render::posts::board::embeds(&glance, limits, bot.ledger.emoji()) }))
}
