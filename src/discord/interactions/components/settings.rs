//! The button that takes a change of settings back.

use chrono::{DateTime, Utc};
use serenity::all::{ComponentInteraction, Context};

use crate::discord::bot::Bot;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::change::{Change, done_already};
use crate::discord::interactions::error::Error;
use crate::discord::interactions::settings::replied;
use crate::discord::render::setup::settings::UNDONE;
use crate::discord::setup::settings::undo;
use crate::ledger::Ledger;

pub(super) async fn press(
    bot: &Bot,
    who: &Person<'_>,
    change: (DateTime<Utc>, usize),
    (context, pressed): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    let (guild, user) = (who.guild, who.user);
    let attempt = move |ledger: Ledger| async move {
        replied(bot, guild, undo(bot, &ledger, (guild, user), change).await?, UNDONE)
    };
    Change::of_part(bot, &context.http, pressed).apply(attempt, done_already).await;
    Ok(())
}
