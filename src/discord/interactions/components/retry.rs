//! The button that reads a message again.

use serenity::all::{
    ButtonStyle, ComponentInteraction, Context, CreateActionRow, CreateAllowedMentions,
    CreateButton, CreateEmbed, EditInteractionResponse,
};

use crate::discord::bot::Bot;
use crate::discord::bot::access::Right;
use crate::discord::inbound::retry;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::disclosure;
use crate::discord::interactions::error::{Error, sentence};
use crate::discord::render::{self, Audience};
use crate::ids::MessageId;
use crate::ledger::{Delivery, Disclosure, NO_NUMBER};
use crate::verdict::Outcome;

const RETRY: &str = "retry1";

/// The message that the button is for.
pub(crate) fn parse(custom_id: &str) -> Option<MessageId> {
    match custom_id.split_once('|')? {
        (RETRY, id) => id.parse().ok(),
        _ => None,
    }
}

/// The button, where another reading may end otherwise.
pub(crate) fn parts(delivery: &Delivery) -> Vec<CreateActionRow> {
    let hopeful =
        matches!(delivery.outcome, Outcome::Rejected | Outcome::Untrusted | Outcome::Ignored);
    if !hopeful && !delivery.reason.contains(NO_NUMBER) {
        return Vec::new();
    }
    let button = CreateButton::new(format!("{RETRY}|{}", delivery.message_id))
        .label("Try again")
        .style(ButtonStyle::Secondary);
    vec![CreateActionRow::Buttons(vec![button])]
}

/// Reads the message again, and shows what became of it in the place of what was shown. Discord waits three
/// seconds, and a full disk or Discord itself may take longer: so it is told first.
pub(crate) async fn press(
    bot: &Bot,
    who: &Person<'_>,
    message: MessageId,
    (context, pressed): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    who.must(bot, Right::Admin)?;
    if let Err(error) = pressed.defer(context).await {
        tracing::warn!("a pressed button could not be answered: {error}");
        return Ok(());
    }
    let edit = EditInteractionResponse::new().allowed_mentions(CreateAllowedMentions::new());
    let edit = match again(bot, who, message).await {
        Ok((said, card, parts)) => edit.content(said).embed(card).components(parts),
        Err(error) => edit.content(sentence(&error)),
    };
    if let Err(error) = pressed.edit_response(context, edit).await {
        tracing::warn!("what came of reading a message again could not be told: {error}");
    }
    Ok(())
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
            "The message is neither kept nor in the channel any more.".to_owned(),
        ));
    };
    let audience = Audience::of(bot.config.privacy.replies);
    let labels = bot.config.labels().map_err(anyhow::Error::new)?;
    if audience == Audience::Private && detail.message.is_some() {
        disclosure::note(bot, who.guild, who.user, Disclosure::Message(message)).await;
    }
    let outcome = detail.delivery.outcome;
    let said = render::delivery::tried_again(again.before, outcome, chrono::Utc::now());
    let card = render::delivery::card(&detail, &labels, audience);
    Ok((said, card, parts(&detail.delivery)))
}
