//! The button that confirms a `/forget`.

use serenity::all::{ComponentInteraction, Context, CreateEmbed, CreateInteractionResponse};

use crate::discord::bot::Bot;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::error::{Error, sentence};
use crate::discord::interactions::reply;
use crate::discord::render;
use crate::discord::render::custom_id::Confirmation;
use crate::ledger::ForgetRequest;

/// Forgets, and shows in the place of the preview what was erased. On a large database it takes longer
/// than Discord waits for an answer, so the press is acknowledged first.
pub(super) async fn press(
    bot: &Bot,
    who: &Person<'_>,
    asked: &Confirmation,
    (context, pressed): (&Context, &ComponentInteraction),
) -> Result<Option<CreateInteractionResponse>, Error> {
    who.require_to_be(asked.user, "This was started by somebody else. Run `/forget` yourself.")?;
    if let Err(error) = pressed.defer(context).await {
        tracing::warn!("could not reply to a confirmed /forget, so nothing was erased: {error}");
        return Ok(None);
    }
    let edit = reply::edit().components(Vec::new());
    let edit = match forget(bot, who, asked).await {
        Ok(embed) => edit.embed(embed),
        Err(error) => edit.content(sentence(&error)).embeds(Vec::new()),
    };
    if let Err(error) = pressed.edit_response(context, edit).await {
        tracing::warn!("could not show what /forget erased: {error}");
    }
    Ok(None)
}

async fn forget(bot: &Bot, who: &Person<'_>, asked: &Confirmation) -> Result<CreateEmbed, Error> {
    let request = ForgetRequest {
        guild: who.guild,
        what: asked.what.clone(),
        delete_orders: asked.delete_orders,
        user: who.user,
    };
    let erased = bot.ledger.forget(&request).await?;
    let (orders, messages) = (erased.orders.len(), erased.messages.len());
    tracing::info!(user = %who.user, guild = %who.guild, orders, messages, "erased personal data");
    let wiped = bot.ledger.wipe_traces().await.inspect_err(|error| {
        tracing::error!("traces of erased data may be left in the database file: {error:#}");
    });
    Ok(render::forget::done(asked.delete_orders, &erased, wiped.is_ok()))
}
