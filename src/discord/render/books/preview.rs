//! What a sheet would do, and what it did.

use serenity::all::{Colour, CreateActionRow, CreateEmbed, CreateEmbedFooter};

use super::ask::meanings;
use super::{files, name};
use crate::count::{count, grouped};
use crate::discord::render::NEUTRAL;
use crate::discord::render::custom_id::{BooksPart, CustomId};
use crate::discord::render::rows::{button, buttons, danger, primary};
use crate::discord::render::text::{code, cut, escape, first_lines, whole_lines};
use crate::ledger::{ANYWAY, Applying, Becomes, Bulk, BulkLine, Month, Preview};
use crate::order::Money;
use crate::sheet::Kind;

const BLUE: Colour = Colour::new(0x0039_87E5);
const GREEN: Colour = Colour::new(0x0057_F287);
/// Lines of each outcome that are shown one by one.
const SHOWN: usize = 5;
/// Months of a sheet of old orders that are shown.
const MONTHS: usize = 12;
/// What they may take.
const ROOM: usize = 1_000;
/// Columns that are shown.
const SAID: usize = 10;
/// Below the columns that somebody chose.
const READ_WRONG: &str =
    "Is one of them wrong? Press Cancel and bring the file again: I will ask again.";

/// Below a statement that brings nothing but refunds.
const ONLY_REFUNDS: &str = "Every line is a refund. If this bank writes a purchase with a minus, press Cancel, give the \
    column of amounts another heading, and bring the file again: I will ask, and it is under **Other fields**.";

/// What people read while a long sheet is compared with the ledger.
pub(crate) fn reading(rows: u64) -> String {
    format!("Comparing {} with the ledger …", count(rows, "row", "rows"))
}
/// What people read while a long sheet is applied.
pub(crate) const APPLYING: &str = "This takes a while; your change is waiting or being made.";
/// The reply to somebody who presses a part of another person's preview.
pub(crate) const OF_ANOTHER: &str =
    "Somebody else brought this file. Use `/bulk` to bring your own.";
/// The reply to a preview that is not kept any more.
pub(crate) const GONE: &str = "This preview is more than a day old, was cancelled, or had to make room for others. \
    Bring the file again.";
/// What a preview becomes that nobody wants.
pub(crate) const CANCELLED: &str = "Cancelled. Nothing was changed.";
/// Above a preview whose rows would end otherwise by now.
pub(crate) const OTHERWISE: &str = "Something has changed since you looked, so nothing was applied. This is what would \
    happen now; press again if you still want it.";

/// The reply to a sheet that was applied before.
pub(crate) fn before(batch: Option<i64>) -> String {
    match batch {
        Some(batch) => format!("This was applied already, as batch {batch}, and only once."),
        None => "This was looked at already: there was nothing to change.".to_owned(),
    }
}

/// The reply to a sheet with more rows than one press applies.
pub(crate) fn too_many(rows: u64, most: u64) -> String {
    format!(
        "{} are too many for one preview: bring at most {} at once, or use `refract-ledger bulk` on the \
         computer that runs the bot.",
        count(rows, "row", "rows"),
        grouped(most)
    )
}

/// What a sheet would do.
pub(crate) fn embed(preview: &Preview) -> CreateEmbed {
    let embed = outcomes(&preview.bulk, preview.kind, &preview.files, &WOULD)
        .title(format!("{} · preview", name(preview.kind)))
        .colour(BLUE);
    let footer = match (can_apply(&preview.bulk), parts(preview).as_slice()) {
        (true, _) => "Nothing is changed yet. The file has every row.",
        (false, [(_, label)]) => {
            &format!("Nothing to change, unless you press {label}. The file has every row.")
        }
        (false, _) => "Nothing to change. The file has every row.",
    };
    let embed = embed.footer(CreateEmbedFooter::new(footer));
    let said = meanings(preview.kind, &preview.said);
    if said.is_empty() {
        return embed;
    }
    let said = format!("{}\n{READ_WRONG}", whole_lines(&said, SAID, ROOM - READ_WRONG.len()));
    embed.field("Columns, as somebody chose them", said, false)
}

/// What a sheet did.
pub(crate) fn applied(bulk: &Bulk, kind: Kind, names: &[String]) -> CreateEmbed {
    let embed = outcomes(bulk, kind, names, &DID);
    match bulk.batch {
        Some(batch) => embed
            .title(format!("{} · applied as batch {batch}", name(kind)))
            .colour(GREEN)
            .footer(CreateEmbedFooter::new(format!("To take it back: /bulk undo batch:{batch}"))),
        None => embed
            .title(format!("{} · nothing to change", name(kind)))
            .colour(NEUTRAL)
            .footer(CreateEmbedFooter::new("The ledger says all of this already.")),
    }
}

/// The words for each outcome, in the order of [`Becomes::ALL`].
type Words = [&'static str; 6];

const WOULD: Words = [
    "would change an order",
    "in the ledger already",
    "would wait until the order comes",
    "unclear: several orders fit",
    "refused",
    "without content",
];
const DID: Words = [
    "changed an order",
    "in the ledger already",
    "waiting until the order comes",
    "unclear: several orders fit",
    "refused",
    "without content",
];

fn outcomes(bulk: &Bulk, kind: Kind, names: &[String], words: &Words) -> CreateEmbed {
    let counts = bulk.counts();
    let rows = count(bulk.lines.len(), "row", "rows");
    let mut lines = vec![format!("{rows} from {}", files(names)), String::new()];
    for (becomes, rows, empty) in bulk.counted() {
        let words = Becomes::ALL.iter().zip(words).find(|(one, _)| **one == becomes);
        let words = words.map_or("", |(_, words)| words);
        let words = [(rows - empty, words), (empty, "with an empty cell")];
        let words = words.into_iter().filter(|(rows, _)| *rows > 0);
        lines.extend(words.map(|(rows, words)| format!("**{}** {words}", grouped(rows))));
    }
    lines.extend(changed_sums(bulk, kind));
    lines.extend(bulk.not_read().map(|text| escape(&text)));
    lines.extend(bulk.is_only_refunds(kind).then(|| ONLY_REFUNDS.to_owned()));
    lines.extend(bulk.without_number(kind));
    let embed = CreateEmbed::new().description(lines.join("\n"));
    let several = names.len() > 1;
    let shown = [
        (Becomes::Refused, "Refused"),
        (Becomes::Unclear, "Unclear"),
        (Becomes::Waiting, "Waiting"),
        (Becomes::Changed, "Changed"),
    ];
    let fields = shown.into_iter().filter_map(|(becomes, title)| {
        let all = counts.get(&becomes).copied().filter(|rows| *rows > 0)?;
        let all = usize::try_from(all).unwrap_or(usize::MAX);
        let of = bulk.lines.iter().filter(|line| line.becomes == becomes).take(SHOWN);
        let lines: Vec<String> = of.map(|of| line(of, several)).collect();
        Some((title, first_lines(&lines, all, ROOM), false))
    });
    embed.fields(months(bulk)).fields(fields)
}

/// What the changed rows come to; of charges what came back beside it.
fn changed_sums(bulk: &Bulk, kind: Kind) -> Option<String> {
    if bulk.sums.is_empty() {
        return None;
    }
    Some(match kind {
        Kind::Charges if bulk.refunded.is_empty() => {
            format!("Changed rows: charged **{}**", joined(&bulk.charged()))
        }
        Kind::Charges => format!(
            "Changed rows: charged **{}**, refunded **{}**",
            joined(&bulk.charged()),
            joined(&bulk.refunded)
        ),
        _ => format!("Sum of the rows that change something: **{}**", joined(&bulk.sums)),
    })
}

fn joined(sums: &[Money]) -> String {
    super::joined(sums, 6, 300)
}

/// What a sheet of old orders comes to by itself, the latest months first.
fn months(bulk: &Bulk) -> Option<(&'static str, String, bool)> {
    let lines: Vec<String> = bulk.months.iter().rev().map(month).collect();
    (!lines.is_empty())
        .then(|| ("The sheet by itself, by month", whole_lines(&lines, MONTHS, ROOM), false))
}

fn month((name, month): (&String, &Month)) -> String {
    let name = if name.is_empty() { "no date" } else { name };
    let orders = format!("{name}: {}", count(month.orders, "order", "orders"));
    let sums = [("cost", &month.total), ("payout", &month.payout)].into_iter();
    let sums = sums.filter(|(_, sums)| !sums.is_empty());
    let sums = sums.map(|(what, sums)| format!("{what} {}", joined(sums)));
    std::iter::once(orders).chain(sums).collect::<Vec<_>>().join(" · ")
}

/// Where a row is, which order and parcel it names, and why it ends as it does.
pub(super) fn line(line: &BulkLine, several: bool) -> String {
    let place = if several {
        format!("{}:{}", cut(&line.file, 30), line.line)
    } else {
        format!("line {}", line.line)
    };
    let mut parts = vec![escape(&place)];
    parts.extend(line.order_number.as_deref().map(|number| code(&cut(number, 40))));
    parts.extend(line.product.as_deref().map(|product| escape(&cut(product, 40))));
    parts.extend(line.store.as_deref().map(|store| escape(&cut(store, 30))));
    parts.extend(line.tracking_number.as_deref().map(|numbers| code(&cut(numbers, 40))));
    let text = parts.join(" · ");
    match reason(line) {
        "" => text,
        reason => format!("{text} — {}", escape(&cut(reason, 120))),
    }
}

/// Why a row ends as it does, without the advice for the command line: here it is a button.
pub(super) fn reason(line: &BulkLine) -> &str {
    line.reason.strip_suffix(ANYWAY).unwrap_or(&line.reason)
}

fn has(bulk: &Bulk, wanted: &[Becomes]) -> bool {
    bulk.lines.iter().any(|line| wanted.contains(&line.becomes))
}

fn can_apply(bulk: &Bulk) -> bool {
    has(bulk, &[Becomes::Changed, Becomes::Waiting])
}

/// The ways in which a preview can be applied.
fn parts(preview: &Preview) -> Vec<(Applying, &'static str)> {
    let (bulk, mut parts) = (&preview.bulk, Vec::new());
    if can_apply(bulk) {
        parts.push((Applying::AsShown, "Apply"));
    }
    let names_orders = [Becomes::Changed, Becomes::Already, Becomes::Waiting];
    if preview.kind == Kind::Track && has(bulk, &names_orders) {
        parts.push((Applying::Shipped, "Apply and mark shipped"));
    }
    if preview.refused_unless_anyway > 0 {
        parts.push((Applying::Anyway, "Apply anyway"));
    }
    parts
}

/// The buttons of a preview; none where there is nothing to apply.
pub(crate) fn rows(preview: &Preview) -> Vec<CreateActionRow> {
    let parts = parts(preview);
    if parts.is_empty() {
        return Vec::new();
    }
    let id = |how| CustomId::Books(BooksPart::Apply(how, preview.id));
    let applies = parts.into_iter().map(|(how, label)| match how {
        Applying::Anyway => danger(&id(how), label),
        _ => primary(&id(how), label),
    });
    let cancel = button(&CustomId::Books(BooksPart::Cancel(preview.id)), "Cancel");
    vec![buttons(applies.chain([cancel]).collect())]
}

/// What "Apply anyway" does, beside a preview that has the button.
pub(crate) fn anyway(preview: &Preview) -> String {
    match preview.refused_unless_anyway {
        0 => String::new(),
        rows => format!(
            "**Apply anyway** also cancels {} that {} shipped, delivered, received or paid.",
            count(rows, "order", "orders"),
            if rows == 1 { "is" } else { "are" }
        ),
    }
}
