//! Buttons, menus and forms: their state is in the `custom_id`, so that they work after a restart.

pub(crate) mod card;
pub(crate) mod forget;
mod form;
pub(crate) mod log;
mod open;
pub(crate) mod page;
pub(crate) mod retry;
pub(crate) mod unwatch;

use serenity::all::{
    ComponentInteraction, Context, CreateActionRow, CreateAllowedMentions, CreateEmbed,
    CreateInteractionResponse, CreateInteractionResponseMessage, ModalInteraction,
};

use super::error::{Error, sentence};
use crate::discord::bot::Bot;
use crate::discord::interactions::asker::Person;
use crate::discord::render::orders::card_actions::CardPart;
use forget::Confirmation;
use form::Form;

/// Somebody pressed a button or chose in a menu.
pub(crate) async fn press(bot: &Bot, context: &Context, pressed: &ComponentInteraction) {
    let response = pressed_response(bot, context, pressed).await;
    let Some(response) = response.unwrap_or_else(|error| Some(told(&error))) else { return };
    if let Err(error) = pressed.create_response(context, response).await {
        tracing::warn!("a pressed button could not be answered: {error}");
    }
}

/// The answer; `None` where it was given already.
async fn pressed_response(
    bot: &Bot,
    context: &Context,
    pressed: &ComponentInteraction,
) -> Result<Option<CreateInteractionResponse>, Error> {
    let who = Person::of(pressed.guild_id, pressed.member.as_ref())?;
    let id = pressed.data.custom_id.as_str();
    // These take the right to run the bot, and not the one to look.
    if let Some(choice) = unwatch::Choice::parse(id) {
        return unwatch::press(bot, &who, choice).await.map(Some);
    }
    if let Some(confirmed) = Confirmation::parse(id) {
        forget::may_confirm(bot, &who, &confirmed)?;
        forget::press(bot, context, pressed, &confirmed).await;
        return Ok(None);
    }
    who.must_view(bot).await?;
    if let Some(button) = page::Button::parse(id) {
        return page::turn(bot, &who, button).await.map(Some);
    }
    if let Some(page) = log::LogPage::parse(id) {
        return log::turn(bot, &who, page).await.map(Some);
    }
    if let Some(user) = open::parse(id) {
        return open::press(bot, &who, user, context, pressed).await;
    }
    if let Some(orders) = open::parse_marks(id) {
        return open::mark(bot, &who, orders, pressed).await.map(Some);
    }
    if let Some(part) = CardPart::parse(id) {
        return card::press(bot, &who, part, pressed).await.map(Some);
    }
    if let Some(message) = retry::parse(id) {
        retry::press(bot, &who, message, (context, pressed)).await?;
        return Ok(None);
    }
    Err(Error::User(
        "This button is from an older version of the bot. Ask again with /orders recent or /order."
            .to_owned(),
    ))
}

/// Somebody sent a form.
pub(crate) async fn submit(bot: &Bot, context: &Context, sent: &ModalInteraction) {
    let response = submitted_response(bot, sent).await.unwrap_or_else(|error| told(&error));
    if let Err(error) = sent.create_response(context, response).await {
        tracing::warn!("a form could not be answered: {error}");
    }
}

async fn submitted_response(
    bot: &Bot,
    sent: &ModalInteraction,
) -> Result<CreateInteractionResponse, Error> {
    let who = Person::of(sent.guild_id, sent.member.as_ref())?;
    who.must_view(bot).await?;
    match Form::parse(&sent.data.custom_id) {
        Some(form) => form::submit(bot, &who, form, sent).await,
        None => Err(Error::User(
            "This form is from an older version of the bot. Ask again with /order.".to_owned(),
        )),
    }
}

/// Another page in the place of the one that was shown.
fn turned(page: CreateEmbed, rows: Vec<CreateActionRow>) -> CreateInteractionResponse {
    CreateInteractionResponse::UpdateMessage(
        CreateInteractionResponseMessage::new()
            .embed(page)
            .components(rows)
            .allowed_mentions(CreateAllowedMentions::new()),
    )
}

/// A sentence for the person alone.
fn told(error: &Error) -> CreateInteractionResponse {
    CreateInteractionResponse::Message(
        CreateInteractionResponseMessage::new()
            .content(sentence(error))
            .ephemeral(true)
            .allowed_mentions(CreateAllowedMentions::new()),
    )
}
