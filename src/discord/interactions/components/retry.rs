//! The button that reads a message again.

use poise::CreateReply;
use serenity::all::{ComponentInteraction, Context};

use crate::discord::bot::Bot;
use crate::discord::inbound::retry;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::change::Change;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{disclosure, reply};
use crate::discord::render::{self, Audience, rows};
use crate::ids::MessageId;
use crate::ledger::Disclosure;

/// Reads the message again, and shows what became of it in the place of what was shown.
pub(super) async fn press(
    bot: &Bot,
    who: &Person<'_>,
    message: MessageId,
    (context, pressed): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    let audience = reply::audience_of(&pressed.message);
    let work = move || again(bot, who, message, audience);
    Change::of_part(bot, &context.http, pressed).perform(work).await;
    Ok(())
}

async fn again(
    bot: &Bot,
    who: &Person<'_>,
    message: MessageId,
    audience: Audience,
) -> Result<CreateReply, Error> {
    let again = retry::one(bot, who.guild, message).await?;
    let detail = bot.ledger.delivery(who.guild, message).await?;
    let (Some(again), Some(detail)) = (again, detail) else {
        return Err(Error::User(
            "I can't try this message again: it is no longer in the channel, and I kept no copy."
                .to_owned(),
        ));
    };
    if audience == Audience::Private && detail.message.is_some() {
        disclosure::note(bot, who.guild, who.user, Disclosure::Message(message));
    }
    let outcome = detail.delivery.outcome;
    let text = render::delivery::tried_again(again.before, outcome, chrono::Utc::now());
    let card = render::delivery::card(&detail, &bot.config.labels, audience);
    Ok(reply::changed().content(text).embed(card).components(rows::retry(&detail.delivery)))
}
