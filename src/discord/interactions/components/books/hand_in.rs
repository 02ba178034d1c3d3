//! Marking parcels as handed in.

use serenity::all::{ComponentInteraction, Context};

use super::super::{OF_ANOTHER, kept};
use crate::discord::bot::Bot;
use crate::discord::bot::access::Right;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::books::parcels_asked::ParcelsAsked;
use crate::discord::interactions::change::{Change, done_already};
use crate::discord::interactions::error::Error;
use crate::discord::interactions::reply;
use crate::discord::render::books::parcels;
use crate::discord::render::custom_id::HandInList;
use crate::ledger::{Ledger, Parcel};

/// Marks the parcels that somebody saw.
pub(super) async fn mark(
    bot: &Bot,
    who: &Person<'_>,
    list: HandInList,
    (context, pressed): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    who.require_to_be(list.user, OF_ANOTHER)?;
    who.require(bot, Right::Mark).await?;
    let asked = kept::query(bot, who.guild, &list.which, ParcelsAsked::decoded).await?;
    let (filter, digest) = (asked.filter(who.guild, bot.zone(who.guild)), &list.digest);
    let (guild, user, filter) = (who.guild, who.user, &filter);
    let attempt = move |ledger: Ledger| async move {
        let is_seen = |due: &[Parcel]| parcels::digest(due) == *digest;
        let marked = ledger.hand_in(guild, user, filter, &is_seen).await?;
        // Somebody may have marked them a moment ago, in this message: it stays as it is.
        let marked = marked.ok_or_else(|| Error::User(parcels::OTHERWISE.to_owned()))?;
        Ok(reply::changed().content(parcels::done(marked)).components(parcels::undo(marked)))
    };
    Change::of_part(bot, &context.http, pressed).apply(attempt, done_already).await;
    Ok(())
}

/// Takes it back.
pub(super) async fn undo(
    bot: &Bot,
    who: &Person<'_>,
    id: i64,
    (context, pressed): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    who.require(bot, Right::Mark).await?;
    let (guild, now) = (who.guild, chrono::Utc::now());
    let attempt = move |ledger: Ledger| async move {
        let was_there = ledger.undo_hand_in(guild, id, now).await?;
        Ok(reply::changed().content(parcels::undone(was_there)).components(Vec::new()))
    };
    Change::of_part(bot, &context.http, pressed).apply(attempt, done_already).await;
    Ok(())
}
