//! The parts of messages about sheets.

mod apply;
mod columns;
pub(in crate::discord::interactions) mod form;
mod hand_in;
mod lists;
mod open_lines;

use serenity::all::{ComponentInteraction, Context};

use crate::discord::bot::Bot;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::error::Error;
use crate::discord::render::custom_id::BooksPart;

const OLD: &str = "This button is from another version of the bot. Use `/bulk` again.";

/// Somebody used a part of a message about sheets; it answers by itself.
pub(super) async fn press(
    bot: &Bot,
    who: &Person<'_>,
    part: BooksPart,
    pressed: (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    match part {
        BooksPart::Apply(how, preview) => apply::apply(bot, who, (how, preview), pressed).await,
        BooksPart::Cancel(preview) => apply::cancel(bot, who, preview, pressed).await,
        BooksPart::Column(field, sheet) => columns::choose(bot, who, (field, sheet), pressed).await,
        BooksPart::More(sheet) => columns::more(bot, who, sheet, pressed).await,
        BooksPart::Dates(order, sheet) => {
            columns::read(bot, who, sheet, Some(order), pressed).await
        }
        BooksPart::Read(sheet) => columns::read(bot, who, sheet, None, pressed).await,
        BooksPart::Leave(sheet) => columns::leave(bot, who, sheet, pressed).await,
        BooksPart::Batches(turn) => lists::batches(bot, who, turn, pressed).await,
        BooksPart::Waiting(turn) => lists::waiting(bot, who, turn, pressed).await,
        BooksPart::Drop(turn) => lists::drop(bot, who, turn, pressed).await,
        BooksPart::Lines(user, which) => open_lines::choose(bot, who, (user, which), pressed).await,
        BooksPart::Line(page) => open_lines::turn(bot, who, page, pressed).await,
        BooksPart::HandIn(list) => hand_in::mark(bot, who, list, pressed).await,
        BooksPart::Unhand(id) => hand_in::undo(bot, who, id, pressed).await,
        // A form is sent.
        BooksPart::Numbers(_) => Err(Error::User(OLD.to_owned())),
    }
}
