//! What people read of sheets.

use refract_ledger::count::{count, grouped};
use refract_ledger::ledger::{Batch, Becomes, Bulk, BulkLine};
use refract_ledger::order::Money;
use refract_ledger::sheet::Kind;

/// Lines of each kind that are shown one by one.
const SHOWN: usize = 10;

/// Below a statement that brings nothing but refunds.
const ONLY_REFUNDS: &str = "Every line is a refund. If this bank writes a purchase with a minus, say so: \
                            --map COLUMN=negative_amount";

/// A sheet that was previewed or applied.
pub(super) fn bulk(kind: Kind, files: &[String], bulk: &Bulk, asked_to_apply: bool) -> String {
    let mut lines = vec![format!(
        "{} from {}: {}",
        kind.as_str(),
        clean(&files.join(", ")),
        count(bulk.lines.len() as u64, "row", "rows")
    )];
    for (becomes, rows, empty) in bulk.counted() {
        let meanings = [(rows - empty, meaning(becomes)), (empty, "with an empty cell")];
        let meanings = meanings.into_iter().filter(|(rows, _)| *rows > 0);
        lines.extend(meanings.map(|(rows, what)| format!("{:>9}  {what}", grouped(rows))));
    }
    if !bulk.sums.is_empty() {
        let (charged, refunded) = (sum(&bulk.charged()), sum(&bulk.refunded));
        lines.push(match kind {
            Kind::Charges if bulk.refunded.is_empty() => format!("Changed rows: charged {charged}"),
            Kind::Charges => format!("Changed rows: charged {charged}, refunded {refunded}"),
            _ => format!("Sum of the changed rows: {}", sum(&bulk.sums)),
        });
    }
    lines.extend(bulk.not_read().map(|text| clean(&text)));
    lines.extend(bulk.is_only_refunds(kind).then(|| ONLY_REFUNDS.to_owned()));
    lines.extend(bulk.without_number(kind));
    lines.extend(months(bulk));
    for becomes in [Becomes::Refused, Becomes::Unclear, Becomes::Waiting, Becomes::Changed] {
        lines.extend(shown(bulk, becomes.as_str(), |line| line.becomes == becomes));
    }
    lines.extend(shown(bulk, "with an empty cell", BulkLine::has_empty_cell));
    lines.push(end(bulk, asked_to_apply));
    lines.join("\n")
}

fn meaning(becomes: Becomes) -> &'static str {
    match becomes {
        Becomes::Changed => "changed",
        Becomes::Already => "in the ledger already",
        Becomes::Waiting => "waiting for an order",
        Becomes::Unclear => "unclear: several orders fit",
        Becomes::Refused => "refused",
        Becomes::Ignored => "without content",
    }
}

fn shown(bulk: &Bulk, heading: &str, is_one: impl Fn(&BulkLine) -> bool) -> Vec<String> {
    let all: Vec<&BulkLine> = bulk.lines.iter().filter(|line| is_one(line)).collect();
    let mut lines: Vec<String> = all.iter().take(SHOWN).map(|found| line(found)).collect();
    if let Some(first) = lines.first_mut() {
        first.insert_str(0, &format!("\n{heading}:\n"));
    }
    if all.len() > SHOWN {
        lines.push(format!("  and {} more", grouped((all.len() - SHOWN) as u64)));
    }
    lines
}

fn line(line: &BulkLine) -> String {
    let mut text = format!("  {}:{}", line.file, line.line);
    let known = [
        line.order_number.as_deref(),
        line.product.as_deref(),
        line.store.as_deref(),
        line.tracking_number.as_deref(),
    ];
    for part in known.into_iter().flatten() {
        text.push_str("  ");
        text.push_str(part);
    }
    if !line.reason.is_empty() {
        text.push_str(": ");
        text.push_str(&line.reason);
    }
    clean(&text)
}

/// A text of others without what would steer a terminal or turn the direction of what follows.
pub(super) fn clean(text: &str) -> String {
    let steers = |sign: char| {
        sign.is_control()
            || matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|sign| if steers(sign) { '\u{fffd}' } else { sign }).collect()
}

fn sum(sums: &[Money]) -> String {
    sums.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + ")
}

/// What a sheet of old orders comes to, month by month.
fn months(bulk: &Bulk) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (name, month) in &bulk.months {
        if lines.is_empty() {
            lines.push("\nThe sheet by itself, by the month of the orders:".to_owned());
        }
        let sum =
            |sums: &[Money]| sums.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + ");
        let name = if name.is_empty() { "no date" } else { name };
        let mut line =
            format!("  {name:<7}  {:>12}", count(month.orders as u64, "order", "orders"));
        if !month.total.is_empty() {
            line.push_str("  cost ");
            line.push_str(&sum(&month.total));
        }
        if !month.payout.is_empty() {
            line.push_str("  payout ");
            line.push_str(&sum(&month.payout));
        }
        lines.push(line);
    }
    lines
}

fn end(bulk: &Bulk, asked_to_apply: bool) -> String {
    let counts = bulk.counts();
    let would = [Becomes::Changed, Becomes::Waiting].iter().any(|it| counts.get(it) > Some(&0));
    match bulk.batch {
        Some(_) if bulk.batches.len() > 1 => {
            let ids: Vec<String> = bulk.batches.iter().map(i64::to_string).collect();
            format!(
                "\nApplied in parts, as the batches {}. Each is taken back by itself.",
                ids.join(", ")
            )
        }
        Some(batch) => {
            format!("\nApplied as batch {batch}. To take it back: refract-ledger bulk undo {batch}")
        }
        None if asked_to_apply || !would => "\nNothing to change.".to_owned(),
        None => "\nNothing was changed yet. To apply it, add --apply.".to_owned(),
    }
}

/// All batches.
pub(super) fn batches(batches: &[Batch]) -> String {
    if batches.is_empty() {
        return "No sheet was applied yet.".to_owned();
    }
    batches.iter().map(of_batch).collect::<Vec<_>>().join("\n")
}

fn of_batch(batch: &Batch) -> String {
    let by = batch.by.map_or_else(|| "command line".to_owned(), |user| user.to_string());
    let waiting = grouped(batch.waiting.unsigned_abs());
    let waiting = if batch.waiting > 0 { format!(", {waiting} waiting") } else { String::new() };
    let undone = batch.undone_at.map(|at| format!(", undone {}", at.format("%Y-%m-%d %H:%M UTC")));
    format!(
        "{}  {}  {}  {}  by {by}: {}, {} changed{waiting}{}",
        batch.id,
        batch.at.format("%Y-%m-%d %H:%M UTC"),
        batch.kind,
        clean(&batch.files.join(", ")),
        count(batch.rows.unsigned_abs(), "row", "rows"),
        grouped(batch.changed.unsigned_abs()),
        undone.unwrap_or_default(),
    )
}

/// A batch that is undone.
pub(super) fn undone(batch: &Batch) -> String {
    let files = clean(&batch.files.join(", "));
    let mut text = format!("Batch {} ({}, {files}) is undone.", batch.id, batch.kind);
    if !batch.left.is_empty() {
        let known = match batch.left.len() as u64 {
            1 => "1 order of it stays, because other things are known of it by now:".to_owned(),
            several => format!(
                "{} of it stay, because other things are known of them by now:",
                count(several, "order", "orders")
            ),
        };
        text.push('\n');
        text.push_str(&known);
        for (number, store) in &batch.left {
            let store = store.as_deref().unwrap_or_default();
            text.push_str("\n  ");
            text.push_str(clean(&format!("{number}  {store}")).trim_end());
        }
    }
    text
}

/// What waits.
pub(super) fn waiting(lines: &[BulkLine]) -> String {
    if lines.is_empty() {
        return "Nothing waits.".to_owned();
    }
    let of_line = |waiting: &BulkLine| {
        let batch = waiting.batch.map(|batch| format!("batch {batch}")).unwrap_or_default();
        format!("{batch}{}", line(waiting))
    };
    lines.iter().map(of_line).collect::<Vec<_>>().join("\n")
}
