//! What programs read of sheets.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use refract_ledger::ledger::{Batch, Becomes, Bulk, BulkLine};
use refract_ledger::order::Money;
use refract_ledger::sheet::Kind;
use serde::Serialize;

/// An answer to a sheet. Written out piece by piece: a hundred thousand lines as a tree take a hundred megabytes.
#[derive(Serialize)]
struct Answer<'a> {
    kind: &'static str,
    files: &'a [String],
    batch: Option<i64>,
    /// All of them, where a sheet has more rows than one batch holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    batches: Option<&'a [i64]>,
    applied: bool,
    rows: usize,
    counts: Counts,
    /// Of charges less what came back; both by themselves below.
    sums: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    charged: Option<BTreeMap<&'static str, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refunded: Option<BTreeMap<&'static str, String>>,
    lines: Vec<Row<'a>>,
}

/// How many rows come to what.
#[derive(Serialize)]
struct Counts {
    changed: u64,
    already: u64,
    waiting: u64,
    unclear: u64,
    refused: u64,
    ignored: u64,
}

impl Counts {
    fn of(bulk: &Bulk) -> Self {
        let counts = bulk.counts();
        let count = |of: Becomes| counts.get(&of).copied().unwrap_or_default();
        Self {
            changed: count(Becomes::Changed),
            already: count(Becomes::Already),
            waiting: count(Becomes::Waiting),
            unclear: count(Becomes::Unclear),
            refused: count(Becomes::Refused),
            ignored: count(Becomes::Ignored),
        }
    }
}

/// A row.
#[derive(Serialize)]
struct Row<'a> {
    /// Of what waits, by which it can be taken away.
    #[serde(skip_serializing_if = "Option::is_none")]
    batch: Option<i64>,
    file: &'a str,
    line: u64,
    outcome: &'static str,
    order_number: Option<&'a str>,
    store: Option<&'a str>,
    tracking_number: Option<&'a str>,
    reason: Option<&'a str>,
}

impl<'a> Row<'a> {
    fn of(line: &'a BulkLine) -> Self {
        Self {
            batch: line.batch,
            file: &line.file,
            line: line.line,
            outcome: line.becomes.as_str(),
            order_number: line.order_number.as_deref(),
            store: line.store.as_deref(),
            tracking_number: line.tracking_number.as_deref(),
            reason: Some(line.reason.as_ref()).filter(|reason| !reason.is_empty()),
        }
    }
}

/// A sheet that was previewed or applied.
pub(super) fn bulk(kind: Kind, files: &[String], bulk: &Bulk) -> String {
    let is_card = kind == Kind::Charges;
    text_of(&Answer {
        kind: kind.as_str(),
        files,
        batch: bulk.batch,
        batches: Some(bulk.batches.as_slice()).filter(|batches| batches.len() > 1),
        applied: bulk.batch.is_some(),
        rows: bulk.lines.len(),
        counts: Counts::of(bulk),
        sums: sums(&bulk.sums),
        charged: is_card.then(|| sums(&bulk.charged())),
        refunded: is_card.then(|| sums(&bulk.refunded)),
        lines: bulk.lines.iter().map(Row::of).collect(),
    })
}

/// An answer as JSON.
pub(super) fn text_of(answer: &impl Serialize) -> String {
    serde_json::to_string(answer).unwrap_or_default()
}

/// Decimal strings by currency.
pub(super) fn sums(sums: &[Money]) -> BTreeMap<&'static str, String> {
    sums.iter().map(|money| (money.code(), money.decimal())).collect()
}

/// A sheet that was applied.
#[derive(Serialize)]
struct Brought<'a> {
    batch: i64,
    kind: &'a str,
    files: &'a [String],
    by: String,
    at: String,
    rows: i64,
    changed: i64,
    waiting: i64,
    undone_at: Option<String>,
    /// Orders that its undo has left, because other things are known of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left: Vec<Left<'a>>,
}

#[derive(Serialize)]
struct Left<'a> {
    order_number: &'a str,
    store: Option<&'a str>,
}

impl<'a> Brought<'a> {
    fn of(batch: &'a Batch) -> Self {
        let left = batch.left.iter();
        Self {
            batch: batch.id,
            kind: &batch.kind,
            files: &batch.files,
            by: batch.by.map_or_else(|| "command line".to_owned(), |user| user.to_string()),
            at: time(batch.at),
            rows: batch.rows,
            changed: batch.changed,
            waiting: batch.waiting,
            undone_at: batch.undone_at.map(time),
            left: left
                .map(|(number, store)| Left { order_number: number, store: store.as_deref() })
                .collect(),
        }
    }
}

/// All batches.
pub(super) fn batches(batches: &[Batch]) -> String {
    text_of(&batches.iter().map(Brought::of).collect::<Vec<_>>())
}

/// One batch.
pub(super) fn batch(batch: &Batch) -> String {
    text_of(&Brought::of(batch))
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// What waits.
pub(super) fn waiting(lines: &[BulkLine]) -> String {
    let lines: Vec<Row<'_>> = lines.iter().map(Row::of).collect();
    text_of(&BTreeMap::from([("lines", lines)]))
}
