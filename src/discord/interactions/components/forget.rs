//! The button that confirms a `/forget`.

use serenity::all::{ComponentInteraction, Context, CreateEmbed};

use crate::discord::bot::Bot;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::change::{AT_WORK, Change, done_already};
use crate::discord::interactions::error::Error;
use crate::discord::interactions::reply;
use crate::discord::render;
use crate::discord::render::custom_id::Confirmation;
use crate::ledger::{ForgetRequest, Ledger};

/// Forgets, and shows in the place of the preview what was erased.
pub(super) async fn press(
    bot: &Bot,
    who: &Person<'_>,
    asked: &Confirmation,
    (context, pressed): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    who.require_to_be(asked.user, "This was started by somebody else. Run `/forget` yourself.")?;
    let attempt = |ledger| async {
        let embed = forget(ledger, who, asked).await?;
        Ok(reply::changed().embed(embed).components(Vec::new()))
    };
    let change = Change::of_part(bot, &context.http, pressed).saying(AT_WORK);
    change.apply(attempt, done_already).await;
    Ok(())
}

async fn forget(
    ledger: Ledger,
    who: &Person<'_>,
    asked: &Confirmation,
) -> Result<CreateEmbed, Error> {
    let request = ForgetRequest {
        guild: who.guild,
        what: asked.what.clone(),
        delete_orders: asked.delete_orders,
        user: who.user,
    };
    let erased = ledger.forget(&request, render::posts::feed::line_of).await?;
    let (orders, messages) = (erased.orders.len(), erased.messages.len());
    tracing::info!(user = %who.user, guild = %who.guild, orders, messages, "erased personal data");
    let wiped = ledger.wipe_traces().await.inspect_err(|error| {
        tracing::error!("traces of erased data may be left in the database file: {error:#}");
    });
    if erased.is_empty() {
        // What an earlier press has shown stays.
        return Err(Error::DoneBefore(render::forget::nothing_left(wiped.ok())));
    }
    Ok(render::forget::done(who.guild, asked.delete_orders, &erased, wiped.ok()))
}
