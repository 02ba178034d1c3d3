//! Answers to what is asked about a file.

use serenity::all::{ComponentInteraction, Context};

use super::super::NO_CHOICE;
use super::super::open::values;
use crate::discord::bot::Bot;
use crate::discord::bot::state::unread_sheets::UnreadSheets;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::books::{
    deferred::Deferred, look, open, open_question, right_of,
};
use crate::discord::interactions::error::Error;
use crate::discord::interactions::reply;
use crate::discord::interactions::sending::first;
use crate::discord::render::books::{ask, preview};
use crate::sheet::{DateOrder, Field};

/// Somebody said which column a field is.
pub(super) async fn choose(
    bot: &Bot,
    who: &Person<'_>,
    (field, sheet): (Field, i64),
    (context, used): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    unread(bot, who, sheet).await?;
    let gone = || Error::User(ask::GONE.to_owned());
    let chosen = values(used).first().and_then(|value| value.parse::<usize>().ok());
    // At once: whoever chooses in two menus quickly says both.
    let shown = bot.unread.change(sheet, |sheets| {
        let (place, asked) = open(&sheets.files).ok_or_else(gone)?;
        let heading = chosen.and_then(|chosen| asked.headings.get(chosen)).cloned();
        let heading = heading.ok_or_else(|| Error::User(NO_CHOICE.to_owned()))?;
        if let Some(file) = sheets.files.get_mut(place) {
            // A column is one field, and a field one column.
            file.map.retain(|(of, word)| *of != heading && word != field.as_str());
            file.map.push((heading, field.as_str().to_owned()));
        }
        open_question(sheet, sheets).ok_or_else(gone)
    });
    let shown = shown.ok_or_else(gone)??;
    first(&context.http, (used.id, &used.token), reply::update(shown)).await?;
    Ok(())
}

/// Somebody wants to see other fields that a column may be.
pub(super) async fn more(
    bot: &Bot,
    who: &Person<'_>,
    sheet: i64,
    (context, used): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    unread(bot, who, sheet).await?;
    let gone = || Error::User(ask::GONE.to_owned());
    let shown = bot.unread.change(sheet, |sheets| {
        let pages = ask::pages(sheets.kind);
        let mut asked = sheets.files.iter_mut().filter_map(|file| file.asked.as_mut());
        let asked = asked.next()?;
        asked.page = (asked.page + 1) % pages;
        open_question(sheet, sheets)
    });
    let shown = shown.flatten().ok_or_else(gone)?;
    first(&context.http, (used.id, &used.token), reply::update(shown)).await?;
    Ok(())
}

/// Reads a file with what was said of it.
pub(super) async fn read(
    bot: &Bot,
    who: &Person<'_>,
    sheet: i64,
    dates: Option<DateOrder>,
    (context, used): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    let mut sheets = unread(bot, who, sheet).await?;
    sheets.dates = dates.or(sheets.dates);
    let deferred = Deferred::begin_here(&context.http, (used.id, &used.token)).await?;
    let again = sheets.clone();
    bot.unread.drop(sheet);
    let result = look(bot, sheet, sheets, &deferred).await;
    // Where something went wrong with the bot, nobody needs to bring it again.
    if matches!(result, Err(Error::Internal(_))) && !bot.unread.keep(sheet, again) {
        tracing::debug!("a file could not be read, and there is no room to keep it");
    }
    deferred.show(result).await;
    Ok(())
}

/// Lets go of a file.
pub(super) async fn leave(
    bot: &Bot,
    who: &Person<'_>,
    sheet: i64,
    (context, used): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    unread(bot, who, sheet).await?;
    bot.unread.drop(sheet);
    let deferred = Deferred::begin_here(&context.http, (used.id, &used.token)).await?;
    deferred.show(Err(Error::User(preview::CANCELLED.to_owned()))).await;
    Ok(())
}

/// The file, if it still waits, is this person's, and the person may bring it at this moment.
async fn unread(bot: &Bot, who: &Person<'_>, sheet: i64) -> Result<UnreadSheets, Error> {
    let sheets = bot.unread.get(sheet).filter(|sheets| sheets.guild == who.guild);
    let sheets = sheets.ok_or_else(|| Error::User(ask::GONE.to_owned()))?;
    who.require_to_be(sheets.user, preview::OF_ANOTHER)?;
    who.require(bot, right_of(sheets.kind)).await?;
    Ok(sheets)
}
