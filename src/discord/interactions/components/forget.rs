//! The button that confirms a `/forget`.

use std::sync::{Mutex, PoisonError};

use serenity::all::{ComponentInteraction, Context, CreateEmbed};

use crate::discord::bot::Bot;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::change::{Change, done_already};
use crate::discord::interactions::error::Error;
use crate::discord::interactions::reply;
use crate::discord::outbound::forgotten;
use crate::discord::render;
use crate::discord::render::custom_id::Confirmation;
use crate::ledger::{ForgetRequest, Ledger, ToForget};

/// Forgets, and shows in the place of the preview what was erased.
pub(super) async fn press(
    bot: &Bot,
    who: &Person<'_>,
    asked: &Confirmation,
    (context, pressed): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    who.require_to_be(asked.user, "This was started by somebody else. Run `/forget` yourself.")?;
    let erased = Mutex::new(None);
    let attempt = |ledger| async {
        let (embed, found) = forget(ledger, who, asked).await?;
        *erased.lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
        Ok(reply::changed().embed(embed).components(Vec::new()))
    };
    // What people read of it says that the posts are being edited.
    let _waited_for = bot.afterwards.place();
    Change::of_part(bot, &context.http, pressed).apply(attempt, done_already).await;
    if let Some(found) = erased.into_inner().unwrap_or_else(PoisonError::into_inner) {
        forgotten::edit_posts(bot, who.guild, &found).await;
    }
    Ok(())
}

async fn forget(
    ledger: Ledger,
    who: &Person<'_>,
    asked: &Confirmation,
) -> Result<(CreateEmbed, ToForget), Error> {
    let request = ForgetRequest {
        guild: who.guild,
        what: asked.what.clone(),
        delete_orders: asked.delete_orders,
        user: who.user,
    };
    let erased = ledger.forget(&request).await?;
    let (orders, messages) = (erased.orders.len(), erased.messages.len());
    tracing::info!(user = %who.user, guild = %who.guild, orders, messages, "erased personal data");
    let wiped = ledger.wipe_traces().await.inspect_err(|error| {
        tracing::error!("traces of erased data may be left in the database file: {error:#}");
    });
    let embed = render::forget::done(who.guild, asked.delete_orders, &erased, wiped.is_ok());
    Ok((embed, erased))
}
