//! `/orders export`: the orders as a file, for whoever asked alone.

use std::time::Duration;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serenity::all::{CreateAttachment, PartialChannel};
use tokio::time::{Instant, timeout_at};

use crate::discord::bot::ExportPlace;
use crate::discord::bot::afterwards::when_free;
use crate::discord::interactions::commands::options::choices::{
    FormatWord, LineWord, PeriodWord, StatusWord,
};
use crate::discord::interactions::commands::options::date_range::{self, filled};
use crate::discord::interactions::commands::options::names::{profile_names, store_names};
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, commands, reply};
use crate::discord::render::{self, Audience};
use crate::export::{Format, Layout, Parts};
use crate::ids::GuildId;
use crate::ledger::{Disclosure, InLine, Narrow, OrderFilter, is_busy, tolerance};
use crate::order::period::{Period, Span};

/// What Discord takes from anybody, where it does not say.
const USUAL_BYTES_MAX: u64 = 10_000_000;
/// More is not held in memory, whatever Discord takes.
const HELD_BYTES_MAX: u64 = 25_000_000;
/// Files of one export; more would flood the screen of whoever asked.
const PARTS_MAX: usize = 10;
/// Discord takes five answers in two seconds.
const BETWEEN_PARTS: Duration = Duration::from_millis(500);
/// Discord takes no answer a quarter of an hour after the command.
const LONGEST_WAIT: Duration = Duration::from_mins(10);
/// The form's other parts beside the file.
const FORM_BYTES: u64 = 16_384;

/// Export orders as a file
#[poise::command(slash_command, guild_only)]
#[expect(clippy::too_many_arguments, reason = "poise makes an option of each")]
pub(crate) async fn export(
    context: Context<'_>,
    #[description = "The file format (xlsx)"] format: Option<FormatWord>,
    #[description = "Only this period (all)"] period: Option<PeriodWord>,
    #[description = "Only this store"]
    #[autocomplete = "store_names"]
    #[max_length = 100]
    store: Option<String>,
    #[description = "From this day, like 2026-01-31, 1/31/2026, Jan 31, yesterday"]
    #[max_length = 40]
    since: Option<String>,
    #[description = "Up to and including this day, like 2026-02-28 or yesterday"]
    #[max_length = 40]
    until: Option<String>,
    #[description = "Only this status"] status: Option<StatusWord>,
    #[description = "Only this profile"]
    #[autocomplete = "profile_names"]
    #[max_length = 100]
    profile: Option<String>,
    #[description = "Only products with this in their name"]
    #[max_length = 100]
    product: Option<String>,
    #[description = "True: only with a tracking number; False: only without one"] tracking: Option<
        bool,
    >,
    #[description = "Only this line of what is open"] open: Option<LineWord>,
    #[description = "Only orders announced in this channel or its threads"] channel: Option<
        PartialChannel,
    >,
) -> Result<(), Error> {
    let guild = commands::guild(context)?;
    let zone = context.data().zone(guild);
    let today = context.data().rest.clock().now().with_timezone(&zone).date_naive();
    let typed = (period.map(|word| word.0), since, until);
    let (span, title) = date_range::asked(typed, Period::All, today)?;
    // The file holds whole e-mail addresses: nobody else sees it, whatever `replies` says.
    reply::defer_for(context, Audience::Private).await?;
    let _place = turn(context).await?;
    let format = format.map_or(Format::Xlsx, |word| word.0);
    let (since, until) = span.moments(zone);
    let status = status.map(|word| word.0);
    let (store, profile) = (filled(store), filled(profile));
    let tolerance = tolerance(&context.data().config.books);
    let narrow = Narrow {
        tracking,
        line: open.map(|word| InLine { key: word.0, tolerance }),
        product: filled(product),
        channel: channel.map(|channel| channel.id.into()),
    };
    let filter = OrderFilter { guild: Some(guild), store, status, profile, since, until, narrow };
    let which = render::export::which(&title, &filter);
    // Whoever opens a CSV of Discord's does so with Excel, which takes it for another encoding without the mark.
    let layout = Layout { zone, byte_order_mark: true, ..Layout::default() };
    let name = Name { span: in_name(span, today), layout, format };
    let count = send_all(context, filter, &name, &which).await?;
    let user = context.author().id;
    tracing::info!(%user, %guild, orders = count, format = format.as_str(), "orders were exported");
    Ok(())
}

/// Waits until it is this export's turn, and tells meanwhile how many are before it.
async fn turn(context: Context<'_>) -> Result<ExportPlace<'_>, Error> {
    let place = context.data().exports.join();
    let until = Instant::now() + LONGEST_WAIT;
    let mut has_waited = false;
    loop {
        let before = place.before();
        has_waited |= before > 0;
        if has_waited {
            reply::say(context, &render::export::waits(before)).await?;
        }
        if before == 0 {
            return Ok(place);
        }
        if timeout_at(until, place.fewer_than(before)).await.is_err() {
            return Err(Error::User(render::export::WAITED_TOO_LONG.to_owned()));
        }
    }
}

/// Sends the files, one after the other, and says how many orders they hold.
async fn send_all(
    context: Context<'_>,
    filter: OrderFilter,
    name: &Name,
    which: &str,
) -> Result<usize, Error> {
    let (bot, guild, format) = (context.data(), commands::guild(context)?, name.format);
    let how = (format, name.layout.clone());
    let mut parts = Parts::new(bot.ledger.clone(), filter.clone(), how, limit_of(context));
    let (mut sent, mut count) = (0, 0);
    while let Some(part) = parts.next().await? {
        if part.orders == 0 {
            let unknown = bot.ledger.no_such_store(&filter).await?;
            let nothing = render::export::nothing(which, unknown.as_ref());
            reply::send(context, reply::ephemeral().content(nothing)).await?;
            break;
        }
        sent += 1;
        count += part.orders;
        let taken = Disclosure::Export { format: format.as_str(), orders: part.orders as u64 };
        note(context, guild, &taken).await?;
        let text = render::export::part(sent, part.orders, part.is_last, which);
        let file = CreateAttachment::bytes(part.bytes.as_slice(), name.of(sent, part.is_last));
        reply::send(context, reply::ephemeral().content(text).attachment(file)).await?;
        if !part.is_last {
            tokio::time::sleep(BETWEEN_PARTS).await;
        }
        if sent == PARTS_MAX && !part.is_last {
            let left = render::export::too_many(count);
            reply::send(context, reply::ephemeral().content(left)).await?;
            break;
        }
    }
    Ok(count)
}

/// Notes that orders are taken away. They are not handed out where it cannot be noted: that waits for as long
/// as others hold the database.
async fn note(context: Context<'_>, guild: GuildId, taken: &Disclosure) -> anyhow::Result<()> {
    let (ledger, user) = (&context.data().ledger, context.author().id.into());
    let attempt = || ledger.note_disclosure(guild, user, taken.clone());
    when_free(Instant::now() + LONGEST_WAIT, attempt, is_busy).await
}

/// What the files are called.
struct Name {
    span: String,
    layout: Layout,
    format: Format,
}

impl Name {
    /// `orders-2026-01-31.csv`; with the zone of a CSV's times, which has no other place for it, and the
    /// number of the part where there are several.
    fn of(&self, number: usize, is_last: bool) -> String {
        let zone = match (self.format, self.layout.zone) {
            (Format::Csv, zone) if zone != Tz::UTC => format!("-{}", zone.name().replace('/', "-")),
            _ => String::new(),
        };
        let part = if number == 1 && is_last { String::new() } else { format!("-part{number}") };
        format!("orders-{}{zone}{part}.{}", self.span, self.format.as_str())
    }
}

/// The days of the span for a file's name; of all time the day on which it was asked for.
fn in_name(span: Span, today: NaiveDate) -> String {
    let last = span.until.and_then(|until| until.pred_opt());
    match (span.since, last) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first}-to-{last}"),
        (Some(first), None) => format!("since-{first}"),
        (None, Some(last)) => format!("up-to-{last}"),
        (None, None) => format!("all-{today}"),
    }
}

/// What fits into a reply to this command.
fn limit_of(context: Context<'_>) -> u64 {
    let stated = match context {
        poise::Context::Application(context) => {
            u64::from(context.interaction.attachment_size_limit)
        }
        poise::Context::Prefix(_) => 0,
    };
    let limit = if stated == 0 { USUAL_BYTES_MAX } else { stated.min(HELD_BYTES_MAX) };
    limit.saturating_sub(FORM_BYTES)
}
