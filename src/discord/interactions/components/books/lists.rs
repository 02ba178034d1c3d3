//! Pages of the lists about sheets, and the menu that takes away what waits.

use poise::CreateReply;
use serenity::all::{ComponentInteraction, Context};

use super::super::open::values;
use super::super::{NO_CHOICE, OF_ANOTHER};
use crate::discord::bot::Bot;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::books::right_of;
use crate::discord::interactions::change::{Change, done_already};
use crate::discord::interactions::error::Error;
use crate::discord::interactions::reply;
use crate::discord::interactions::sending::first;
use crate::discord::render::books::lists;
use crate::discord::render::custom_id::Turn;
use crate::ledger::{Ledger, WaitingPlace};

/// Turns the list of batches.
pub(super) async fn batches(
    bot: &Bot,
    who: &Person<'_>,
    turn: Turn,
    (context, used): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    who.require_to_be(turn.user, OF_ANOTHER)?;
    let batches = bot.ledger.batches(Some(who.guild), lists::range(turn.offset)).await?;
    let (embed, rows) = lists::batches(&batches, turn);
    let shown = reply::update(reply::changed().embed(embed).components(rows));
    first(&context.http, (used.id, &used.token), shown).await?;
    Ok(())
}

/// Turns the list of what waits.
pub(super) async fn waiting(
    bot: &Bot,
    who: &Person<'_>,
    turn: Turn,
    (context, used): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    who.require_to_be(turn.user, OF_ANOTHER)?;
    let shown = reply::update(page(bot, who, turn).await?);
    first(&context.http, (used.id, &used.token), shown).await?;
    Ok(())
}

async fn page(bot: &Bot, who: &Person<'_>, turn: Turn) -> Result<CreateReply, Error> {
    let waiting = bot.ledger.waiting_rows(Some(who.guild), lists::range(turn.offset)).await?;
    let (embed, rows) = lists::waiting(&waiting, turn);
    Ok(reply::changed().embed(embed).components(rows))
}

/// Takes away what waits.
pub(super) async fn drop(
    bot: &Bot,
    who: &Person<'_>,
    turn: Turn,
    (context, used): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    who.require_to_be(turn.user, OF_ANOTHER)?;
    let value = values(used).first().cloned().unwrap_or_default();
    let (batch, row) = place(bot, who, &value).await?;
    let known = bot.ledger.batch(Some(who.guild), batch).await?;
    let known = known.ok_or_else(|| Error::User(lists::no_batch(batch)))?;
    let kind = known.kind.parse().map_err(anyhow::Error::from)?;
    who.require(bot, right_of(kind)).await?;
    let of = WaitingPlace { row, ..WaitingPlace::default() };
    let attempt = move |ledger: Ledger| async move {
        let dropped = ledger.drop_waiting(Some(who.guild), batch, of).await?;
        Ok(page(bot, who, turn).await?.content(lists::dropped(dropped)))
    };
    Change::of_part(bot, &context.http, used).apply(attempt, done_already).await;
    Ok(())
}

/// The batch that was chosen, and its row; `None`: all of them.
async fn place(bot: &Bot, who: &Person<'_>, value: &str) -> Result<(i64, Option<i64>), Error> {
    let none = || Error::User(NO_CHOICE.to_owned());
    let Some(row) = value.strip_prefix(lists::ROW) else {
        return Ok((value.parse().map_err(|_| none())?, None));
    };
    let row = row.parse().map_err(|_| none())?;
    let batch = bot.ledger.batch_of_row(who.guild, row).await?;
    Ok((batch.ok_or_else(|| Error::User(lists::dropped(0)))?, Some(row)))
}
