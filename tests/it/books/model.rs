//! Whatever messages and sheets come, in whichever order, and whatever is undone: orders are what a model makes of
//! the sheets that hold, to the cent.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::Config;
use refract_ledger::ledger::{BulkRequest, SheetFile};
use refract_ledger::sheet::{self, Kind, Options};
use tokio::runtime::Runtime;

use crate::fresh::{Fresh, GUILD, checkout, rows};

const NUMBERS: [&str; 3] = ["A-1001", "A-1002", "A-1003"];
const UNITS: [i64; 3] = [1, 2, 4];
const PARCELS: [&str; 3] = ["PK1001", "PK1002", "PK1003"];

/// Something that happens.
#[derive(Debug, Clone)]
enum Step {
    /// The checkout of an order, once more or for the first time.
    Checkout(usize),
    Track(Vec<(usize, usize)>),
    /// Parcel, group's number, units, cents, day of the change.
    Received(Vec<(usize, u8, i64, i64, u8)>),
    /// Order, day, cents.
    Charges(Vec<(usize, u8, i64)>),
    Undo(prop::sample::Index),
    Reparse,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0_usize..3).prop_map(Step::Checkout),
        3 => vec((0_usize..3, 0_usize..3), 1..4).prop_map(Step::Track),
        3 => vec((0_usize..3, 0_u8..3, 0_i64..5, 0_i64..1_000, 1_u8..4), 1..4).prop_map(Step::Received),
        2 => vec((0_usize..3, 1_u8..3, -3_i64..4), 1..5).prop_map(Step::Charges),
        2 => any::<prop::sample::Index>().prop_map(Step::Undo),
        1 => Just(Step::Reparse),
    ]
}

fn text(step: &Step) -> Option<(Kind, String)> {
    match step {
        Step::Track(rows) => {
            let row = |(order, parcel): &(usize, usize)| {
                format!("{},{}\n", NUMBERS[*order], PARCELS[*parcel])
            };
            let rows: String = rows.iter().map(row).collect();
            Some((Kind::Track, format!("order,tracking\n{rows}")))
        }
        Step::Received(rows) => {
            let row = |(parcel, group, units, cents, day): &(usize, u8, i64, i64, u8)| {
                let cents = format!("{}.{:02}", cents / 100, cents % 100);
                format!(
                    "{},G-{group},{units},{cents},\"01-{day:02}-2026, 10:00:00\"\n",
                    PARCELS[*parcel]
                )
            };
            let rows: String = rows.iter().map(row).collect();
            Some((
                Kind::Received,
                format!("tracking_number,order_number,qty,total,modified\n{rows}"),
            ))
        }
        Step::Charges(rows) => {
            let row = |(order, day, amount): &(usize, u8, i64)| {
                format!(
                    "\"Description : {} Price : 1\",R{day},01/{day:02}/2026,{amount}.25\n",
                    NUMBERS[*order]
                )
            };
            let rows: String = rows.iter().map(row).collect();
            Some((Kind::Charges, format!("Extended Details,Reference,Date,Amount\n{rows}")))
        }
        Step::Checkout(_) | Step::Undo(_) | Step::Reparse => None,
    }
}

/// What is there, and the batches that were applied: whether each holds.
#[derive(Default)]
struct Model {
    orders: BTreeSet<usize>,
    batches: Vec<(i64, bool, Step)>,
}

/// Units received, payout, charged, refunded: as the columns have them.
type Columns = (Option<i64>, Option<i64>, Option<i64>, Option<i64>);

impl Model {
    fn held(&self) -> impl Iterator<Item = &Step> {
        self.batches.iter().filter(|(_, holds, _)| *holds).map(|(.., step)| step)
    }

    fn holders(&self, parcel: usize) -> Vec<usize> {
        let mut holders = BTreeSet::new();
        for step in self.held() {
            if let Step::Track(rows) = step {
                holders.extend(rows.iter().filter(|row| row.1 == parcel).map(|row| row.0));
            }
        }
        holders.into_iter().filter(|order| self.orders.contains(order)).collect()
    }

    /// Units and cents of a parcel.
    fn brought(&self, parcel: usize) -> Option<(i64, i64)> {
        let mut groups: BTreeMap<u8, (u8, i64, i64)> = BTreeMap::new();
        for step in self.held() {
            let Step::Received(rows) = step else { continue };
            for (_, group, units, cents, day) in rows.iter().filter(|row| row.0 == parcel) {
                let known = groups.entry(*group).or_insert((*day, *units, *cents));
                if *day >= known.0 {
                    *known = (*day, *units, *cents);
                }
            }
        }
        let sum = |one: fn(&(u8, i64, i64)) -> i64| groups.values().map(one).sum();
        (!groups.is_empty()).then(|| (sum(|it| it.1), sum(|it| it.2)))
    }

    /// How often each line of a statement counts: as often as in the sheet that has most of it.
    fn lines(&self, order: usize) -> BTreeMap<(u8, i64), usize> {
        let mut lines = BTreeMap::new();
        for step in self.held() {
            let Step::Charges(rows) = step else { continue };
            let mut here: BTreeMap<(u8, i64), usize> = BTreeMap::new();
            for (_, day, amount) in rows.iter().filter(|row| row.0 == order) {
                *here.entry((*day, *amount)).or_default() += 1;
            }
            for (line, count) in here {
                let most = lines.entry(line).or_default();
                *most = count.max(*most);
            }
        }
        lines
    }

    fn columns(&self) -> BTreeMap<usize, Columns> {
        let mut columns: BTreeMap<usize, Columns> =
            self.orders.iter().map(|order| (*order, Columns::default())).collect();
        let mut parcels: Vec<(bool, usize)> =
            (0..3).map(|parcel| (self.holders(parcel).len() > 1, parcel)).collect();
        parcels.sort_unstable();
        for (_, parcel) in parcels {
            let (Some((mut left, cents)), holders) = (self.brought(parcel), self.holders(parcel))
            else {
                continue;
            };
            let whole: i64 = holders.iter().map(|order| UNITS[*order]).sum();
            let shares: i64 = holders.iter().map(|order| cents * UNITS[*order] / whole).sum();
            for (place, order) in holders.iter().enumerate() {
                let (units, payout, ..) = columns.get_mut(order).expect("an order");
                let given = left.min((UNITS[*order] - units.unwrap_or(0)).max(0));
                left -= given;
                *units = Some(units.unwrap_or(0) + given);
                let rest = if place == 0 { cents - shares } else { 0 };
                *payout = Some(payout.unwrap_or(0) + cents * UNITS[*order] / whole + rest);
            }
            if let Some(first) = holders.first() {
                let units = &mut columns.get_mut(first).expect("an order").0;
                *units = units.map(|units| units + left);
            }
        }
        for (order, (_, _, charged, refunded)) in &mut columns {
            for ((_, amount), count) in self.lines(*order) {
                let cents = if amount < 0 { amount * 100 - 25 } else { amount * 100 + 25 };
                let sum = if cents < 0 { &mut *refunded } else { &mut *charged };
                let count = i64::try_from(count).expect("few");
                *sum = Some(sum.unwrap_or(0) + cents.abs() * count);
            }
        }
        columns
    }
}

async fn bring(fresh: &Fresh, kind: Kind, text: String) -> Option<i64> {
    let sheet =
        sheet::read(kind, "a.csv", text.into_bytes(), &Options::default()).expect("a sheet");
    let file = SheetFile { name: "a.csv".to_owned(), sha256: String::new(), sheet };
    let (status, anyway) = (None, false);
    let request = BulkRequest {
        guild: GUILD,
        kind,
        files: vec![file],
        status,
        anyway,
        user: None,
        zone: Tz::UTC,
    };
    let preview = fresh.ledger.preview_sheet(&request).await.expect("a preview");
    let applied = fresh.ledger.apply_sheet(&request).await.expect("applied");
    assert_eq!((preview.lines, preview.sums), (applied.lines, applied.sums), "as the preview said");
    applied.batch
}

async fn run(steps: Vec<Step>) {
    let (fresh, mut model) = (Fresh::new().await, Model::default());
    for step in steps {
        match &step {
            Step::Checkout(order) => {
                let units = UNITS[*order].to_string();
                let fields = [
                    ("Order Number", NUMBERS[*order]),
                    ("Product", "Box"),
                    ("Price", "$5.00"),
                    ("Quantity", &units),
                ];
                let mut incoming =
                    checkout(i64::try_from(*order).expect("small") + 1, "Target", &fields);
                incoming.message.posted_at =
                    format!("2026-01-0{}T12:00:00Z", order + 1).parse().ok();
                fresh.take(incoming).await;
                model.orders.insert(*order);
            }
            Step::Undo(index) if !model.batches.is_empty() => {
                let index = index.index(model.batches.len());
                let batch = &mut model.batches[index];
                batch.1 = false;
                fresh.ledger.undo_batch(None, batch.0, None).await.expect("undone");
            }
            Step::Undo(_) => {}
            Step::Reparse => {
                let watched = refract_ledger::reparse::Watched::default();
                refract_ledger::reparse::reparse(&fresh.ledger, &fresh.ingest, &watched, |_| ())
                    .await
                    .expect("reparse");
            }
            sheet => {
                let (kind, text) = text(sheet).expect("a sheet");
                let batch = bring(&fresh, kind, text).await;
                model.batches.extend(batch.map(|batch| (batch, true, sheet.clone())));
            }
        }
    }
    let found = rows(
        &fresh.path(),
        "SELECT order_number, qty_received, payout_minor, charged_minor, refunded_minor FROM orders ORDER BY 1",
    );
    let word = |value: Option<i64>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
    let expected: Vec<String> = model
        .columns()
        .into_iter()
        .map(|(order, (units, payout, charged, refunded))| {
            let words = [units, payout, charged, refunded].map(word);
            format!("{}|{}", NUMBERS[order], words.join("|"))
        })
        .collect();
    assert_eq!(found, expected);
    fresh.stop().await;
}

proptest! {
    #![proptest_config(Config { cases: 48, max_shrink_iters: 200, ..Config::default() })]

    #[test]
    fn orders_are_what_the_sheets_that_hold_make_of_them(steps in vec(step(), 1..12)) {
        Runtime::new().unwrap().block_on(run(steps));
    }
}
