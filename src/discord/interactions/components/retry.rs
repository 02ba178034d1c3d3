//! The button that reads a message again.

use serenity::all::{
    ComponentInteraction, Context, CreateActionRow, CreateEmbed, CreateInteractionResponse,
};

use crate::discord::bot::Bot;
use crate::discord::inbound::retry;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::error::{Error, sentence};
use crate::discord::interactions::{disclosure, reply};
use crate::discord::render::{self, Audience, rows};
use crate::ids::MessageId;
use crate::ledger::Disclosure;

/// Reads the message again, and shows what became of it in the place of what was shown. Discord waits three
/// seconds, and a full disk or Discord itself may take longer: so the press is acknowledged first.
pub(super) async fn press(
    bot: &Bot,
    who: &Person<'_>,
    message: MessageId,
    (context, pressed): (&Context, &ComponentInteraction),
) -> Result<Option<CreateInteractionResponse>, Error> {
    if let Err(error) = pressed.defer(context).await {
        tracing::warn!("could not reply to a button: {error}");
        return Ok(None);
    }
    let edit = match again(bot, who, message).await {
        Ok((text, card, rows)) => reply::edit().content(text).embed(card).components(rows),
        Err(error) => reply::edit().content(sentence(&error)),
    };
    if let Err(error) = pressed.edit_response(context, edit).await {
        tracing::warn!("could not show what came of a retry: {error}");
    }
    Ok(None)
}

async fn again(
    bot: &Bot,
    who: &Person<'_>,
    message: MessageId,
) -> Result<(String, CreateEmbed, Vec<CreateActionRow>), Error> {
    let again = retry::one(bot, who.guild, message).await?;
    let detail = bot.ledger.delivery(who.guild, message).await?;
    let (Some(again), Some(detail)) = (again, detail) else {
        return Err(Error::User(
            "I can't try this message again: it is no longer in the channel, and I kept no copy."
                .to_owned(),
        ));
    };
    let audience = Audience::of(bot.config.privacy.replies);
    if audience == Audience::Private && detail.message.is_some() {
        disclosure::note(bot, who.guild, who.user, Disclosure::Message(message)).await;
    }
    let outcome = detail.delivery.outcome;
    let text = render::delivery::tried_again(again.before, outcome, chrono::Utc::now());
    let card = render::delivery::card(&detail, &bot.config.labels, audience);
    Ok((text, card, rows::retry(&detail.delivery)))
}
