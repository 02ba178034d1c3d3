//! Buttons, menus and forms: their state is in the `custom_id`, so that they work after a restart.

pub(crate) mod asked;
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
    CreateInteractionResponse, CreateInteractionResponseMessage, Member, ModalInteraction,
    Permissions,
};

use super::error::{Error, may_not, sentence};
use crate::discord::bot::access::{Right, allows, may_press, roles};
use crate::discord::bot::bot::Bot;
use crate::ids::{GuildId, UserId};
use forget::Confirmation;
use form::Form;

/// Discord's limit for a `custom_id`, in characters.
const CUSTOM_ID: usize = 100;

/// Who used a part of a message, and where.
pub(crate) struct Person<'a> {
    guild: GuildId,
    pub(crate) user: UserId,
    member: &'a Member,
}

impl<'a> Person<'a> {
    fn of(
        guild: Option<serenity::all::GuildId>,
        member: Option<&'a Member>,
    ) -> Result<Self, Error> {
        let (Some(guild), Some(member)) = (guild, member) else {
            return Err(Error::User("Orders belong to a server.".to_owned()));
        };
        Ok(Self { guild: guild.into(), user: member.user.id.into(), member })
    }

    /// Fails with a sentence unless it is the person for whom a list was made.
    fn must_be(&self, user: UserId) -> Result<(), Error> {
        if user == self.user {
            return Ok(());
        }
        let whose = "This list was made for somebody else. Make your own with /orders recent.";
        Err(Error::User(whose.to_owned()))
    }

    /// Fails with a sentence unless the person may look. Looked at anew with every press: a role that
    /// was taken away counts at once.
    async fn must_view(&self, bot: &Bot) -> Result<(), Error> {
        let access = &bot.config.access;
        let (roles, permissions) = (roles(self.member), self.permissions());
        let may = may_press(access, &roles, permissions, false)
            || may_press(
                access,
                &roles,
                permissions,
                bot.ledger.was_let_in(self.guild, self.user, &roles).await?,
            );
        if may { Ok(()) } else { Err(Error::User(may_not(Right::View).to_owned())) }
    }

    /// Fails with a sentence unless the person has the right in the channel.
    fn must(&self, bot: &Bot, right: Right) -> Result<(), Error> {
        if allows(&bot.config.access, right, &roles(self.member), self.permissions()) {
            return Ok(());
        }
        Err(Error::User(may_not(right).to_owned()))
    }

    fn permissions(&self) -> Permissions {
        self.member.permissions.unwrap_or_default()
    }
}

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
    if let Some(part) = card::Part::parse(id) {
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
