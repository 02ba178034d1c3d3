//! The live board: one message of a guild that the bot keeps up to date.
//!
//! A commit wakes [`run`], which looks at most every few seconds and edits only what reads otherwise.
//! What is to happen is noted in the ledger before Discord is asked; a message that was posted and
//! not noted is found again among the bot's own.

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
use crate::discord::rest::codes::UNKNOWN_CHANNEL;
use crate::ids::{ChannelId, GuildId, MessageId};
use crate::ledger::{Board, Bounds, Open, tolerance};
use crate::order::period::{self, Period};

mod place;

pub(crate) use place::{Placed, place, take_down};

/// Between two rounds at the most: by then something may have become stuck.
const QUIET: Duration = Duration::from_mins(1);
/// After a failure that may pass by itself.
const SHORT_REST: Duration = Duration::from_secs(10);
/// After one that a person has to mend. Rights that change end it.
const LONG_REST: Duration = Duration::from_mins(10);

/// Checks boards again: in Discord something happened to their message or channel.
pub(crate) async fn recheck(bot: &Bot, concerned: impl Fn(&Board) -> bool) {
    match bot.ledger.boards().await {
        Ok(boards) => {
            let guilds = boards.iter().filter(|board| concerned(board)).map(|board| board.guild_id);
            let guilds: Vec<GuildId> = guilds.collect();
            if !guilds.is_empty() {
                bot.boards.notes().recheck.extend(guilds);
                bot.wake();
            }
        }
        Err(error) => tracing::warn!("could not read the boards: {error:#}"),
    }
}

/// Keeps all boards up to date as long as the bot runs.
pub(crate) async fn run(bot: Arc<Bot>) {
    let (mut changes, mut wakeups) = (bot.ledger.changes(), bot.wakeups());
    let every = Duration::from_secs(bot.config.board.every_seconds.max(1));
    loop {
        changes.mark_unchanged();
        wakeups.mark_unchanged();
        let next = Instant::now() + every;
        if bot.ready_at().is_some() {
            round(&bot).await;
        }
        tokio::select! {
            _ = changes.changed() => {}
            _ = wakeups.changed() => {}
            () = sleep(quiet(&bot)) => {}
        }
        sleep_until(next).await;
    }
}

/// The time until the next round though nothing comes in; not beyond midnight, when another day is shown.
fn quiet(bot: &Bot) -> Duration {
    let (zone, now) = (bot.config.zone, bot.rest.clock().now());
    let tomorrow = now.with_timezone(&zone).date_naive().succ_opt();
    let midnight =
        tomorrow.and_then(|tomorrow| (period::midnight(tomorrow, zone) - now).to_std().ok());
    midnight.into_iter().chain(bot.boards.rest_left()).fold(QUIET, Duration::min)
}

async fn round(bot: &Bot) {
    let boards = match bot.ledger.boards().await {
        Ok(boards) => boards,
        Err(error) => return tracing::warn!("could not read the boards: {error:#}"),
    };
    for guild in boards.into_iter().map(|board| board.guild_id) {
        if bot.boards.rests(guild) {
            continue;
        }
        let mut shown = bot.boards.shown.lock(guild).await;
        // Somebody may have moved it while this waited.
        match bot.ledger.board(guild).await {
            Ok(Some(board)) => {
                let result = follow(bot, board, &mut shown).await;
                note(bot, &board, result.err());
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%guild, "could not read the board: {error:#}"),
        }
    }
}

/// Reports what became of a board: in the log once, and in `/health` as long as it lasts.
fn note(bot: &Bot, board: &Board, error: Option<RestError>) {
    let Some(channel) = board.channel_id.or(board.old.map(|(channel, _)| channel)) else { return };
    let Some(error) = error else { return bot.problems.over(channel, Topic::Board) };
    let (rest, why) = match error {
        RestError::Forbidden(_) => (
            LONG_REST,
            format!(
                "the board cannot be shown here ({error}): give the bot View Channel, Send Messages \
                 and Embed Links in this channel, or move the board with /board"
            ),
        ),
        RestError::NotFound(_) => {
            (LONG_REST, "the channel of the board is gone: run /board in another one".to_owned())
        }
        RestError::Refused(..) | RestError::Unauthorized => {
            (LONG_REST, format!("the board cannot be shown: {error}"))
        }
        RestError::Other(_) => (SHORT_REST, format!("the board is not up to date: {error}")),
    };
    bot.problems.report(channel, Topic::Board, &why);
    bot.boards.notes().resting.insert(board.guild_id, Instant::now() + rest);
}

/// Brings Discord to what the ledger wants of a board: its message, then the end of the old one.
async fn follow(bot: &Bot, mut board: Board, shown: &mut Option<String>) -> Result<(), RestError> {
    if bot.boards.notes().recheck.remove(&board.guild_id) {
        *shown = None;
    }
    if let Some(channel) = board.channel_id {
        let message = message(bot, board.guild_id).await.map_err(RestError::Other)?;
        let text = message.to_string();
        if board.message_id.is_none() || shown.as_ref() != Some(&text) {
            let posted = show(bot, channel, &board, message).await?;
            if board.message_id != Some(posted) {
                board.message_id = Some(posted);
                bot.ledger.set_board(&board).await.map_err(RestError::Other)?;
            }
            *shown = Some(text);
        }
    }
    if let Some(old) = board.old {
        remove(bot, old).await?;
        board.old = None;
        bot.ledger.set_board(&board).await.map_err(RestError::Other)?;
    }
    Ok(())
}

/// Brings the board's message up to date or posts it, and gives its id.
async fn show(
    bot: &Bot,
    channel: ChannelId,
    board: &Board,
    message: Value,
) -> Result<MessageId, RestError> {
    if let Some(id) = board.message_id {
        match channel_posts::edit(bot, (channel, id), message.clone()).await {
            Ok(()) => return Ok(id),
            Err(RestError::NotFound(code)) if code != UNKNOWN_CHANNEL => {
                tracing::info!(%channel, "the board was deleted; posting it again");
            }
            Err(error) => return Err(error),
        }
    }
    // One may be there already: from a moment before a crash, or an answer was lost.
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
            tracing::warn!(%channel, message_id = %message, "could not delete an old board: {error}");
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// The board of a guild as it is to be now.
async fn message(bot: &Bot, guild: GuildId) -> anyhow::Result<Value> {
    let limits = bot.config.board;
    let (now, zone) = (bot.rest.clock().now(), bot.config.zone);
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
    let figures = bot.ledger.board_figures(guild, bounds).await?;
    let open = open(bot, guild).await?;
    let shown = render::posts::board::Shown { figures: &figures, open: &open, limits, now };
    Ok(json!({ "embeds": render::posts::board::embeds(&shown, bot.ledger.emoji()) }))
}

async fn open(bot: &Bot, guild: GuildId) -> anyhow::Result<Open> {
    let now = Instant::now();
    if let Some(open) = bot.boards.open(guild, now) {
        return Ok(open);
    }
    let open = bot.ledger.open_orders(guild, tolerance(&bot.config.books)).await?;
    bot.boards.keep_open(guild, open.clone(), now);
    Ok(open)
}
