//! The form for pasted order numbers.

use serenity::all::{
    ActionRowComponent, Context, CreateActionRow, CreateInputText, CreateModal, InputTextStyle,
    ModalInteraction,
};

use crate::discord::bot::Bot;
use crate::discord::bot::state::unread_sheets::{UnreadFile, UnreadSheets};
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::books::deferred::Deferred;
use crate::discord::interactions::books::fetch::unread;
use crate::discord::interactions::books::{look, right_of};
use crate::discord::interactions::error::Error;
use crate::discord::render::books::ask;
use crate::discord::render::custom_id::{BooksPart, CustomId};
use crate::order::Status;
use crate::sheet::Kind;

/// The id of the form's only field.
const NUMBERS: &str = "numbers";
/// As much as Discord lets people type.
const LONGEST: u16 = 4_000;

/// The form; `status` is for lines that name none.
pub(in crate::discord::interactions) fn form(status: Option<Status>) -> CreateModal {
    let title = format!("Orders that are {}", status.unwrap_or(Status::Cancelled));
    let field =
        CreateInputText::new(InputTextStyle::Paragraph, "Order numbers, one a line", NUMBERS)
            .max_length(LONGEST)
            .placeholder("You see what would happen before anything is changed");
    CreateModal::new(CustomId::Books(BooksPart::Numbers(status)).to_string(), title)
        .components(vec![CreateActionRow::InputText(field)])
}

/// Numbers that were typed, as a list that somebody brings: words beside them may forbid what it is brought for.
///
/// # Errors
/// Where no word of it can be a number.
pub(in crate::discord::interactions) fn typed(text: &str) -> Result<UnreadFile, Error> {
    match text.split_whitespace().next() {
        Some(word) if !text.contains(|letter: char| letter.is_numeric()) => {
            Err(Error::User(ask::no_number(word)))
        }
        _ => Ok(unread("typed numbers".to_owned(), text.as_bytes().to_vec())),
    }
}

/// Somebody sent the form.
pub(in crate::discord::interactions::components) async fn submit(
    bot: &Bot,
    who: &Person<'_>,
    status: Option<Status>,
    (context, sent): (&Context, &ModalInteraction),
) -> Result<(), Error> {
    let kind = Kind::Status;
    who.require(bot, right_of(kind)).await?;
    let parts = sent.data.components.iter().flat_map(|row| &row.components);
    let mut inputs = parts.filter_map(|part| match part {
        ActionRowComponent::InputText(input) if input.custom_id == NUMBERS => {
            input.value.as_deref()
        }
        _ => None,
    });
    let files = vec![typed(inputs.next().unwrap_or_default())?];
    let sheets =
        UnreadSheets { guild: who.guild, user: who.user, kind, files, status, dates: None };
    let deferred = Deferred::begin(&context.http, (sent.id, &sent.token)).await?;
    let id = i64::try_from(sent.id.get()).unwrap_or_default();
    let result = look(bot, id, sheets, &deferred).await;
    deferred.show(result).await;
    Ok(())
}
