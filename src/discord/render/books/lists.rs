//! The sheets that were applied, and what waits.

use serenity::all::{CreateActionRow, CreateEmbed, CreateEmbedFooter, CreateSelectMenuOption};

use super::preview::line;
use super::{files, name};
use crate::count::{count, grouped};
use crate::discord::render::custom_id::{BooksPart, CustomId, Turn};
use crate::discord::render::rows::menu;
use crate::discord::render::rows::pages::Shown;
use crate::discord::render::text::{code, cut, escape, plain, whole_lines};
use crate::discord::render::{CONTENT, NEUTRAL, time};
use crate::ledger::{Batch, BulkLine, ListRange, Ranged};
use crate::sheet::Kind;

/// Entries of a page.
pub(crate) const PAGE: u32 = 10;
/// In front of the number of a row that is to be taken away.
pub(crate) const ROW: &str = "row:";
/// Orders that stay after their batch is undone, and are named.
const LEFT: usize = 20;

/// The page that begins there.
pub(crate) fn range(offset: u32) -> ListRange {
    ListRange { offset, limit: i64::from(PAGE) }
}

/// The page of a list of so many that is shown for that place.
fn shown(offset: u32, all: usize) -> Shown {
    Shown::new(offset, PAGE, all)
}

/// A page of the sheets that were applied, the latest first.
pub(crate) fn batches(listed: &Ranged<Batch>, turn: Turn) -> (CreateEmbed, Vec<CreateActionRow>) {
    let embed = CreateEmbed::new().title("Sheets that were applied").colour(NEUTRAL);
    let all = listed.all;
    if all == 0 {
        let how = "No sheet was applied yet. `/bulk track`, `/bulk received`, `/bulk status`, `/bulk charges` and \
                   `/bulk orders` take files.";
        return (embed.description(how), Vec::new());
    }
    let shown = shown(turn.offset, all);
    let entries: Vec<String> = listed.rows.iter().map(batch).collect();
    let embed = embed.description(entries.join("\n")).footer(footer(shown, "sheet", "sheets"));
    let to = |offset| CustomId::Books(BooksPart::Batches(Turn { offset, ..turn }));
    (embed, shown.buttons(["◀ Newer", "Older ▶"], to).into_iter().collect())
}

fn footer(shown: Shown, one: &str, many: &str) -> CreateEmbedFooter {
    let all = count(shown.all, one, many);
    let parts: Vec<String> = std::iter::once(all).chain(shown.words()).collect();
    CreateEmbedFooter::new(parts.join(" · "))
}

fn named(kind: &str) -> &str {
    match kind.parse::<Kind>() {
        Ok(kind) => name(kind),
        Err(_) => kind,
    }
}

fn batch(batch: &Batch) -> String {
    let kind = named(&batch.kind);
    let by = batch.by.map_or_else(|| "the command line".to_owned(), |user| format!("<@{user}>"));
    let mut parts = vec![
        count(batch.rows, "row", "rows"),
        format!("{} changed an order", grouped(batch.changed)),
    ];
    if batch.waiting > 0 {
        parts.push(format!("{} waiting", grouped(batch.waiting)));
    }
    let undone = batch.undone_at.map(|at| format!("undone {}", time(at, 'R')));
    let state = undone.map_or_else(String::new, |undone| format!(" · **{undone}**"));
    format!(
        "**{}** · {kind} · {}{state}\n{} · by {by} · {}",
        batch.id,
        files(&batch.files),
        time(batch.at, 'R'),
        parts.join(" · ")
    )
}

/// A page of what waits, the oldest first.
pub(crate) fn waiting(
    listed: &Ranged<BulkLine>,
    turn: Turn,
) -> (CreateEmbed, Vec<CreateActionRow>) {
    let embed = CreateEmbed::new().title("Rows that wait for their order").colour(NEUTRAL);
    let all = listed.all;
    if all == 0 {
        return (embed.description("Nothing waits."), Vec::new());
    }
    let shown = shown(turn.offset, all);
    let page = listed.rows.as_slice();
    let entries: Vec<String> = page.iter().map(waits).collect();
    let embed = embed.description(entries.join("\n")).footer(footer(shown, "row", "rows"));
    let to = |offset| CustomId::Books(BooksPart::Waiting(Turn { offset, ..turn }));
    let mut rows: Vec<_> = shown.buttons(["◀ Older", "Newer ▶"], to).into_iter().collect();
    let options: Vec<CreateSelectMenuOption> =
        page.iter().filter_map(choice).chain(whole(page)).collect();
    if !options.is_empty() {
        let drop = menu(&CustomId::Books(BooksPart::Drop(turn)), options);
        rows.push(CreateActionRow::SelectMenu(drop.placeholder("Take away what waits")));
    }
    (embed, rows)
}

fn waits(waiting: &BulkLine) -> String {
    let batch = waiting.batch.map(|batch| format!("**{batch}** · ")).unwrap_or_default();
    let file = code(&cut(&waiting.file, 30));
    format!("{batch}{file} · {}", line(waiting, false))
}

fn choice(waiting: &BulkLine) -> Option<CreateSelectMenuOption> {
    let (batch, row) = waiting.batch.zip(waiting.row)?;
    let known = [&waiting.order_number, &waiting.product, &waiting.tracking_number];
    let which = known.into_iter().find_map(Option::as_deref);
    let label = format!("Batch {batch}, line {}", waiting.line);
    let option = CreateSelectMenuOption::new(label, format!("{ROW}{row}"));
    let which = which.map(|which| cut(&plain(which), 90)).filter(|which| !which.is_empty());
    Some(match which {
        Some(which) => option.description(which),
        None => option,
    })
}

/// The choices that take away all that waits of a batch.
fn whole(page: &[BulkLine]) -> Vec<CreateSelectMenuOption> {
    let mut batches: Vec<i64> = page.iter().filter_map(|line| line.batch).collect();
    batches.dedup();
    let option = |batch: i64| {
        CreateSelectMenuOption::new(format!("All that waits of batch {batch}"), batch.to_string())
    };
    batches.into_iter().map(option).collect()
}

/// What was taken away.
pub(crate) fn dropped(rows: u64) -> String {
    match rows {
        0 => "Nothing of that waits any more.".to_owned(),
        rows => format!("Taken away: {}.", count(rows, "row", "rows")),
    }
}

/// What became of an undoing.
pub(crate) fn undone(batch: &Batch, was_undone: bool) -> String {
    let kind = named(&batch.kind);
    let what = format!("Batch {} ({kind}, {})", batch.id, files(&batch.files));
    if was_undone {
        format!("{what} was undone before; nothing was changed.")
    } else {
        let left: Vec<String> = batch.left.iter().map(stays).collect();
        let undone = format!("{what} is undone. What it changed is as it was without it.");
        if left.is_empty() {
            return undone;
        }
        let lines = whole_lines(&left, LEFT, CONTENT - 500);
        format!(
            "{undone}\nThese orders stay, because other things are known of them by now:\n{lines}"
        )
    }
}

fn stays((number, store): &(String, Option<String>)) -> String {
    let store = store
        .as_deref()
        .map_or_else(String::new, |store| format!(" · {}", escape(&cut(store, 60))));
    format!("{}{store}", code(&cut(number, 60)))
}

/// The reply to a number that is no batch's.
pub(crate) fn no_batch(batch: i64) -> String {
    escape(&format!("There is no batch {batch}. ")) + "`/bulk list` shows all of them."
}
