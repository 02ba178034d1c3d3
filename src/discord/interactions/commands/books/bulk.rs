//! `/bulk`: sheets that people bring, first looked at, then applied by a button.

use serenity::all::{Attachment, CreateInteractionResponse};

use super::lists::{list, undo, waiting};
use crate::discord::bot::access::Right;
use crate::discord::bot::state::unread_sheets::{UnreadFile, UnreadSheets};
use crate::discord::interactions::books::{deferred::Deferred, fetch, look};
use crate::discord::interactions::commands::options::choices::StatusWord;
use crate::discord::interactions::commands::options::date_range::filled;
use crate::discord::interactions::components::books as components;
use crate::discord::interactions::error::{Error, IN_A_SERVER};
use crate::discord::interactions::sending::first;
use crate::discord::interactions::{Context, commands, reply};
use crate::discord::render::Audience;
use crate::order::Status;
use crate::sheet::Kind;

/// Bring files: tracking numbers, received goods, statuses, card charges, old orders
#[poise::command(
    slash_command,
    guild_only,
    subcommands("track", "received", "status", "charges", "orders", "list", "undo", "waiting"),
    subcommand_required,
    default_member_permissions = "MANAGE_MESSAGES"
)]
#[expect(clippy::unused_async, reason = "poise wants an async function; only subcommands run")]
pub(crate) async fn bulk(_context: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// Add tracking numbers from a file; you see what would happen first
#[poise::command(slash_command, guild_only, custom_data = "Right::Mark")]
async fn track(
    context: Context<'_>,
    #[description = "CSV, TSV or XLSX with order numbers and tracking numbers"] file: Attachment,
) -> Result<(), Error> {
    bring(context, Kind::Track, vec![file], None).await
}

/// Take in what a buying group received and pays, by tracking number
#[poise::command(slash_command, guild_only, custom_data = "Right::Mark")]
async fn received(
    context: Context<'_>,
    #[description = "The group's file: tracking number, total, qty, status, …"] file: Attachment,
) -> Result<(), Error> {
    bring(context, Kind::Received, vec![file], None).await
}

/// Set the status of many orders; cancelled, unless you say otherwise
#[poise::command(slash_command, guild_only, custom_data = "Right::Mark")]
async fn status(
    context: Context<'_>,
    #[description = "A file with order numbers; without file and numbers a form opens"]
    file: Option<Attachment>,
    #[description = "Order numbers, separated by spaces or commas"]
    #[max_length = 6000]
    numbers: Option<String>,
    #[description = "The status of rows that name none (cancelled)"] status: Option<StatusWord>,
) -> Result<(), Error> {
    let status = status.map(|word| word.0);
    match (file, filled(numbers)) {
        (Some(_), Some(_)) => {
            Err(Error::User("Give either a `file` or `numbers`, not both.".to_owned()))
        }
        (Some(file), None) => bring(context, Kind::Status, vec![file], status).await,
        (None, Some(numbers)) => {
            let typed = vec![components::form::typed(&numbers)?];
            reply::defer_for(context, Audience::Private).await?;
            look_at(context, Kind::Status, typed, status).await
        }
        (None, None) => ask_for_numbers(context, status).await,
    }
}

async fn ask_for_numbers(context: Context<'_>, status: Option<Status>) -> Result<(), Error> {
    let poise::Context::Application(application) = context else {
        return Err(Error::User(IN_A_SERVER.to_owned()));
    };
    let form = CreateInteractionResponse::Modal(components::form::form(status));
    let used = application.interaction;
    first(context.http(), (used.id, &used.token), form).await?;
    Ok(())
}

/// Compare card statements with your orders: charges and refunds
#[poise::command(slash_command, guild_only, custom_data = "Right::Admin")]
async fn charges(
    context: Context<'_>,
    #[description = "The statement as the card's website gives it, as CSV or XLSX"]
    file: Attachment,
    #[description = "Another statement"] file2: Option<Attachment>,
    #[description = "Another statement"] file3: Option<Attachment>,
    #[description = "Another statement"] file4: Option<Attachment>,
    #[description = "Another statement"] file5: Option<Attachment>,
) -> Result<(), Error> {
    let more = [file2, file3, file4, file5].into_iter().flatten();
    bring(context, Kind::Charges, std::iter::once(file).chain(more).collect(), None).await
}

/// Bring orders of the past: the old spreadsheet, or what /orders export has written
#[poise::command(slash_command, guild_only, custom_data = "Right::Admin")]
async fn orders(
    context: Context<'_>,
    #[description = "CSV, XLSX or JSON; you see orders and sums per month first"] file: Attachment,
) -> Result<(), Error> {
    bring(context, Kind::Orders, vec![file], None).await
}

/// Fetches files and shows what they would do, to whoever brought them alone.
async fn bring(
    context: Context<'_>,
    kind: Kind,
    files: Vec<Attachment>,
    status: Option<Status>,
) -> Result<(), Error> {
    reply::defer_for(context, Audience::Private).await?;
    let files = fetch::fetch(context.data(), &files).await?;
    look_at(context, kind, files, status).await
}

async fn look_at(
    context: Context<'_>,
    kind: Kind,
    files: Vec<UnreadFile>,
    status: Option<Status>,
) -> Result<(), Error> {
    let poise::Context::Application(application) = context else {
        return Err(Error::User(IN_A_SERVER.to_owned()));
    };
    let (guild, user) = (commands::guild(context)?, context.author().id.into());
    let sheets = UnreadSheets { guild, user, kind, files, status, dates: None };
    let command = application.interaction;
    let deferred = Deferred::of(&context.serenity_context().http, &command.token);
    let id = i64::try_from(command.id.get()).unwrap_or_default();
    let result = look(context.data(), id, sheets, &deferred).await;
    deferred.show(result).await;
    Ok(())
}
