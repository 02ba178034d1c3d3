//! `/bulk list`, `/bulk undo`, `/bulk waiting`: what was brought, taking it back, what waits.

use crate::discord::interactions::books::right_of;
use crate::discord::interactions::change::{Change, done_already};
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, commands, reply};
use crate::discord::render::Audience;
use crate::discord::render::books::{lists, preview};
use crate::discord::render::custom_id::Turn;
use crate::ledger::Ledger;

/// List the files that were applied, and what they changed
#[poise::command(slash_command, guild_only)]
pub(super) async fn list(context: Context<'_>) -> Result<(), Error> {
    let guild = commands::guild(context)?;
    let batches = context.data().ledger.batches(Some(guild), lists::range(0)).await?;
    let (embed, rows) = lists::batches(&batches, first_page(context));
    reply::send(context, reply::ephemeral().embed(embed).components(rows)).await
}

/// Show the rows whose orders are not there yet
#[poise::command(slash_command, guild_only)]
pub(super) async fn waiting(context: Context<'_>) -> Result<(), Error> {
    let guild = commands::guild(context)?;
    let waiting = context.data().ledger.waiting_rows(Some(guild), lists::range(0)).await?;
    let (embed, rows) = lists::waiting(&waiting, first_page(context));
    reply::send(context, reply::ephemeral().embed(embed).components(rows)).await
}

fn first_page(context: Context<'_>) -> Turn {
    Turn { user: context.author().id.into(), offset: 0 }
}

/// Take back everything that a file changed
#[poise::command(slash_command, guild_only)]
pub(super) async fn undo(
    context: Context<'_>,
    #[description = "The number of the batch, as /bulk list shows it"]
    #[min = 1]
    batch: i64,
) -> Result<(), Error> {
    let guild = commands::guild(context)?;
    let known = context.data().ledger.batch(Some(guild), batch).await?;
    let known = known.ok_or_else(|| Error::User(lists::no_batch(batch)))?;
    let kind = known.kind.parse().map_err(anyhow::Error::from)?;
    commands::require(context, right_of(kind)).await?;
    let user = context.author().id.into();
    let attempt = move |ledger: Ledger| async move {
        let undone = ledger.undo_batch(Some(guild), batch, Some(user)).await?;
        let (undone, was_undone) = undone.ok_or_else(|| Error::User(lists::no_batch(batch)))?;
        Ok(reply::ephemeral().content(lists::undone(&undone, was_undone)))
    };
    let change = Change::of_command(context, Audience::Private)?.saying(preview::APPLYING);
    change.apply(attempt, done_already).await;
    Ok(())
}
