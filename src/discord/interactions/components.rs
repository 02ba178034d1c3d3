//! Buttons, menus and forms: what they are for is in their `custom_id`, so that they work after a restart.

pub(super) mod books;
mod cancel;
pub(super) mod card;
mod forget;
mod form;
pub(super) mod kept;
pub(super) mod log;
mod open;
pub(super) mod page;
mod retry;
mod settings;
pub(super) mod unwatch;
mod values;

use serenity::all::{ComponentInteraction, Context, CreateInteractionResponse, ModalInteraction};

use super::error::{Error, sentence};
use super::reply;
use super::sending::give;
use crate::discord::bot::Bot;
use crate::discord::bot::access::Right;
use crate::discord::interactions::asker::Person;
use crate::discord::render::custom_id::{BooksPart, CustomId};

const OLD_PART: &str =
    "This button is from another version of the bot. Run `/orders recent` or `/order` again.";
const OLD_FORM: &str = "This form is from another version of the bot. Run `/order` again.";
/// The reply to somebody who uses the parts of another person's list.
const OF_ANOTHER: &str =
    "This list belongs to somebody else. Run `/orders recent` to get your own.";

/// The reply to a choice that no menu of the bot offers.
const NO_CHOICE: &str = "That is not a choice in this menu.";

/// Somebody pressed a button or chose in a menu.
pub(crate) async fn press(bot: &Bot, context: &Context, pressed: &ComponentInteraction) {
    let response = pressed_response(bot, context, pressed).await;
    let Some(response) = response.unwrap_or_else(|error| Some(refusal(&error))) else { return };
    give(&context.http, (pressed.id, &pressed.token), response).await;
}

/// The answer; `None` where it was given already.
async fn pressed_response(
    bot: &Bot,
    context: &Context,
    pressed: &ComponentInteraction,
) -> Result<Option<CreateInteractionResponse>, Error> {
    let who = Person::of(pressed.guild_id, pressed.member.as_ref())?;
    match allowed(bot, &who, &pressed.data.custom_id, OLD_PART).await? {
        CustomId::Page(page) => page::turn(bot, &who, page, &pressed.message).await.map(Some),
        CustomId::Log(page) => log::turn(bot, &who, page).await.map(Some),
        CustomId::Open(user) => open::press(bot, &who, user, context, pressed).await,
        CustomId::Marks(orders) => {
            open::mark(bot, &who, orders, (context, pressed)).await.map(|()| None)
        }
        CustomId::Card(part) => card::press(bot, &who, part, (context, pressed)).await,
        CustomId::Fields(fields) => values::ask(bot, &who, fields.order, pressed).await.map(Some),
        CustomId::Retry(message) => {
            retry::press(bot, &who, message, (context, pressed)).await.map(|()| None)
        }
        CustomId::Forget(asked) => {
            forget::press(bot, &who, &asked, (context, pressed)).await.map(|()| None)
        }
        CustomId::Unwatch(asked) => {
            unwatch::press(bot, &who, asked, (context, pressed)).await.map(|()| None)
        }
        CustomId::Settings(at, count) => {
            settings::press(bot, &who, (at, count), (context, pressed)).await.map(|()| None)
        }
        CustomId::Show(order) => {
            open::show(bot, &who, order, (context, pressed)).await.map(|()| None)
        }
        CustomId::Cancel(user) => cancel::press(&who, user).map(Some),
        CustomId::Books(part) => {
            books::press(bot, &who, part, (context, pressed)).await.map(|()| None)
        }
        // A form is sent.
        CustomId::Form(_) => Err(Error::User(OLD_PART.to_owned())),
    }
}

/// Somebody sent a form.
pub(crate) async fn submit(bot: &Bot, context: &Context, sent: &ModalInteraction) {
    let Err(error) = submitted(bot, context, sent).await else { return };
    give(&context.http, (sent.id, &sent.token), refusal(&error)).await;
}

/// Fails where there is nothing to change, and nothing was answered yet.
async fn submitted(bot: &Bot, context: &Context, sent: &ModalInteraction) -> Result<(), Error> {
    let who = Person::of(sent.guild_id, sent.member.as_ref())?;
    match allowed(bot, &who, &sent.data.custom_id, OLD_FORM).await? {
        CustomId::Form(form) => form::submit(bot, &who, form, (context, sent)).await,
        CustomId::Fields(fields) => values::submit(bot, &who, fields, (context, sent)).await,
        CustomId::Books(BooksPart::Numbers(status)) => {
            books::form::submit(bot, &who, status, (context, sent)).await
        }
        _ => Err(Error::User(OLD_FORM.to_owned())),
    }
}

/// What an id is for, if the person may use it; `older` is the reply to an id that is unknown.
async fn allowed(bot: &Bot, who: &Person<'_>, id: &str, older: &str) -> Result<CustomId, Error> {
    let id = id.parse::<CustomId>();
    for right in id.as_ref().map_or(&[Right::View][..], CustomId::rights) {
        who.require(bot, *right).await?;
    }
    id.map_err(|_| Error::User(older.to_owned()))
}

/// A sentence for the person alone.
fn refusal(error: &Error) -> CreateInteractionResponse {
    reply::message(reply::ephemeral().content(sentence(error)))
}
