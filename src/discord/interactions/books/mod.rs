//! From the files that somebody brings to what they would do.

pub(super) mod deferred;
pub(super) mod fetch;
pub(super) mod parcels_asked;
mod read;

use std::sync::Arc;

use anyhow::Context as _;
use poise::CreateReply;
use serenity::all::CreateAttachment;
use tokio::time::{Duration, Instant};

use crate::discord::bot::Bot;
use crate::discord::bot::access::Right;
use crate::discord::bot::afterwards::when_free;
use crate::discord::bot::state::unread_sheets::{Asked, UnreadFile, UnreadSheets};
use crate::discord::interactions::error::Error;
use crate::discord::interactions::reply;
use crate::discord::render::books::ask::{self, Question};
use crate::discord::render::books::{file, preview};
use crate::ledger::{Bulk, BulkRequest, Preview, SheetFile, is_busy};
use crate::sheet::{Kind, Why};
use deferred::Deferred;
use read::Read;

/// Rows of one preview: as many as one transaction applies.
const MOST_ROWS: u64 = 100_000;
/// From so many rows on people read that they are being compared.
const MANY_ROWS: u64 = 5_000;
/// Discord takes no answer a quarter of an hour after the command.
const LONGEST_WAIT: Duration = Duration::from_mins(10);

/// The right that sheets of a kind take.
pub(super) const fn right_of(kind: Kind) -> Right {
    match kind {
        Kind::Track | Kind::Received | Kind::Status => Right::Mark,
        Kind::Charges | Kind::Orders => Right::Admin,
    }
}

/// What files would do, or a question about them. `id`: of the interaction, under which files wait for an answer.
pub(super) async fn look(
    bot: &Bot,
    id: i64,
    mut sheets: UnreadSheets,
    deferred: &Deferred<'_>,
) -> Result<CreateReply, Error> {
    match read::read(bot, &mut sheets).await? {
        Read::Understood(files) => show(bot, sheets, files, deferred).await,
        Read::Failed { place, failed } => {
            let Some(question) = Question::of(&failed.why) else {
                return Err(Error::User(ask::not_understood(&failed)));
            };
            if let Some(file) = sheets.files.get_mut(place) {
                // Also where dates are asked for next, the columns can be chosen anew.
                file.asked = asked(&failed.why).or(file.asked.take());
            }
            let reply = question_about(id, &sheets, place, &question);
            if !bot.unread.keep(id, sheets) {
                return Err(Error::User(ask::TOO_MUCH.to_owned()));
            }
            Ok(reply)
        }
    }
}

fn asked(why: &Why) -> Option<Asked> {
    let (missing, found) = match why {
        Why::MissingColumn { missing, found, .. } => (Some(*missing), found),
        Why::NeedsMap { found, .. } => (None, found),
        Why::NoHeadings { found, .. } => (Some(ask::NO_HEADINGS), found),
        _ => return None,
    };
    Some(Asked { headings: found.clone(), missing, page: 0 })
}

/// The question about the columns that is open, as its menus are to look now.
pub(super) fn open_question(id: i64, sheets: &UnreadSheets) -> Option<CreateReply> {
    let (place, asked) = open(&sheets.files)?;
    let Asked { headings, missing, page } = asked.clone();
    Some(question_about(id, sheets, place, &Question::Columns { headings, missing, page }))
}

/// The file whose columns are asked about.
pub(super) fn open(files: &[UnreadFile]) -> Option<(usize, &Asked)> {
    files.iter().enumerate().find_map(|(place, file)| Some((place, file.asked.as_ref()?)))
}

fn question_about(
    id: i64,
    sheets: &UnreadSheets,
    place: usize,
    question: &Question,
) -> CreateReply {
    let file = sheets.files.get(place);
    let (name, chosen) =
        file.map_or(("", &[][..]), |file| (file.name.as_str(), file.map.as_slice()));
    let embed = ask::embed(sheets.kind, name, question, chosen);
    let rows = ask::rows(sheets.kind, id, question, chosen);
    reply::ephemeral().embed(embed).components(rows)
}

async fn show(
    bot: &Bot,
    sheets: UnreadSheets,
    files: Vec<SheetFile>,
    deferred: &Deferred<'_>,
) -> Result<CreateReply, Error> {
    let rows: u64 = files.iter().map(|file| file.sheet.rows()).sum();
    if rows > MOST_ROWS {
        return Err(Error::User(preview::too_many(rows, MOST_ROWS)));
    }
    if rows > MANY_ROWS {
        deferred.say(&preview::reading(rows)).await;
    }
    let UnreadSheets { guild, user, kind, status, .. } = sheets;
    let (user, zone) = (Some(user), bot.zone(guild));
    let request = BulkRequest { guild, kind, files, status, anyway: false, user, zone };
    let request = Arc::new(request);
    let attempt = || bot.ledger.keep_preview(Arc::clone(&request));
    let preview = when_free(Instant::now() + LONGEST_WAIT, attempt, is_busy).await?;
    shown(reply::ephemeral(), preview).await
}

/// A preview with its buttons and its file; made beside everything else, since it may have many rows.
pub(super) async fn shown(reply: CreateReply, kept: Preview) -> Result<CreateReply, Error> {
    let made = move || {
        reply
            .content(preview::anyway(&kept))
            .embed(preview::embed(&kept))
            .components(preview::rows(&kept))
            .attachment(attached(&kept.bulk))
    };
    Ok(tokio::task::spawn_blocking(made).await.context("show a preview")?)
}

/// What became of a preview that was applied, likewise.
pub(super) async fn applied(
    reply: CreateReply,
    bulk: Bulk,
    kind: Kind,
    names: Vec<String>,
) -> Result<CreateReply, Error> {
    let made = move || {
        let embed = preview::applied(&bulk, kind, &names);
        reply.content("").embed(embed).components(Vec::new()).attachment(attached(&bulk))
    };
    Ok(tokio::task::spawn_blocking(made).await.context("show what was applied")?)
}

/// Every row, as a file.
fn attached(bulk: &Bulk) -> CreateAttachment {
    CreateAttachment::bytes(file::csv(bulk), file::NAME)
}
