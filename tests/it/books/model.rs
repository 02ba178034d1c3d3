//! Whatever messages, sheets and corrections come, in whichever order, and whatever is undone: orders are what a
//! model makes of what holds, to the cent.

mod expected;
mod interleaved;
mod received;

use chrono::Utc;
use chrono_tz::Tz;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::test_runner::Config;
use refract_ledger::ids::UserId;
use refract_ledger::ledger::{
    BulkRequest, MarkRequest, MarkSource, MarkTarget, OrderField, SetRequest, SheetFile,
};
use refract_ledger::sheet::{self, Kind, Options};
use tokio::runtime::Runtime;

use crate::fresh::{Fresh, GUILD, assert_findable, checkout, rows};
use crate::reparse::differences;
use expected::Model;

const NUMBERS: [&str; 3] = ["A-1001", "A-1002", "A-1003"];
const UNITS: [i64; 3] = [1, 2, 4];
/// Of each unit, in cents, as the messages say it.
const PRICE: i64 = 500;
/// Statuses that sheets set; messages say the first.
const WORDS: [&str; 4] = ["verified", "shipped", "delivered", "cancelled"];
/// The group's number of a row that names none.
const NAMELESS: u8 = 3;
const PARCELS: [&str; 3] = ["PK1001", "PK1002", "PK1003"];

/// Order; cents, units and a note where a sheet says them.
type OldRow = (usize, Option<i64>, Option<i64>, Option<u8>);

/// Something that happens.
#[derive(Debug, Clone)]
enum Step {
    /// The checkout of an order, once more or for the first time.
    Checkout(usize),
    Track(Vec<(usize, usize)>),
    /// Parcel, group's number, units, cents, day of the change; 0: the row does not say.
    Received(Vec<received::Row>),
    /// Order, day, cents.
    Charges(Vec<(usize, u8, i64)>),
    /// Orders of the past.
    Old(Vec<OldRow>),
    /// Orders, the status that they are to have, and whether it is set whatever speaks against it.
    Status(Vec<usize>, &'static str, bool),
    /// The sheet of a batch once more: of one that holds, or of one that was undone.
    Again(prop::sample::Index),
    /// A status that a person sets.
    Mark(usize, usize),
    /// A value by hand; none: it is cleared.
    Correct(usize, Value, Option<i64>),
    Undo(prop::sample::Index),
    Reparse,
}

/// What a person can correct here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Price,
    Quantity,
    Total,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0_usize..3).prop_map(Step::Checkout),
        3 => track_step(),
        3 => received_step(),
        2 => charges_step(),
        3 => old_step(),
        3 => status_step(),
        2 => (0_usize..3, correctable(), prop::option::of(1_i64..9))
            .prop_map(|(order, value, to)| Step::Correct(order, value, to)),
        1 => (0_usize..3, 0..WORDS.len()).prop_map(|(order, word)| Step::Mark(order, word)),
        2 => any::<prop::sample::Index>().prop_map(Step::Undo),
        2 => any::<prop::sample::Index>().prop_map(Step::Again),
        1 => Just(Step::Reparse),
    ]
}

fn track_step() -> impl Strategy<Value = Step> {
    vec((0_usize..3, 0_usize..3), 1..4).prop_map(Step::Track)
}

fn received_step() -> impl Strategy<Value = Step> {
    let row = (0_usize..3, 0..=NAMELESS, 0_i64..5, 0_i64..1_000, 0_u8..4);
    vec(row, 1..4).prop_map(Step::Received)
}

fn charges_step() -> impl Strategy<Value = Step> {
    vec((0_usize..3, 1_u8..3, -3_i64..4), 1..5).prop_map(Step::Charges)
}

/// Of one order one row: several are its items.
fn old_step() -> impl Strategy<Value = Step> {
    btree_map(0_usize..3, said_of_old(), 1..4).prop_map(|rows| {
        Step::Old(
            rows.into_iter().map(|(of, (cents, units, note))| (of, cents, units, note)).collect(),
        )
    })
}

fn status_step() -> impl Strategy<Value = Step> {
    (vec(0_usize..3, 1..4), prop::sample::select(WORDS.to_vec()), any::<bool>())
        .prop_map(|(orders, word, anyway)| Step::Status(orders, word, anyway))
}

fn said_of_old() -> impl Strategy<Value = (Option<i64>, Option<i64>, Option<u8>)> {
    let cents = prop::option::of(1_i64..2_000);
    (cents, prop::option::of(1_i64..6), prop::option::of(0_u8..3))
}

fn correctable() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![Value::Price, Value::Quantity, Value::Total])
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
            let row = |(parcel, group, units, cents, day): &received::Row| {
                let cents = format!("{}.{:02}", cents / 100, cents % 100);
                let day = match day {
                    0 => String::new(),
                    day => format!("\"01-{day:02}-2026, 10:00:00\""),
                };
                let group = match *group {
                    NAMELESS => String::new(),
                    group => format!("G-{group}"),
                };
                format!("{},{group},{units},{cents},{day}\n", PARCELS[*parcel])
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
        Step::Old(rows) => {
            let row = |(order, cents, units, note): &OldRow| {
                let cents = cents.map(|cents| format!("{}.{:02}", cents / 100, cents % 100));
                let units = units.map(|units| units.to_string());
                let (cents, units) = (cents.unwrap_or_default(), units.unwrap_or_default());
                let note = note.map(|note| format!("note {note}")).unwrap_or_default();
                format!(
                    "{},Target,2026-01-0{},{cents},{units},{note}\n",
                    NUMBERS[*order],
                    order + 1
                )
            };
            let rows: String = rows.iter().map(row).collect();
            Some((Kind::Orders, format!("Order,Shop,Day,Cost,Units,Remark\n{rows}")))
        }
        Step::Status(orders, word, _) => {
            let row = |order: &usize| format!("{},{word}\n", NUMBERS[*order]);
            let rows: String = orders.iter().map(row).collect();
            Some((Kind::Status, format!("order,status\n{rows}")))
        }
        Step::Checkout(_)
        | Step::Mark(..)
        | Step::Correct(..)
        | Step::Undo(_)
        | Step::Again(_)
        | Step::Reparse => None,
    }
}

/// What the columns of the sheets of the past are.
const OLD: [(&str, &str); 6] = [
    ("Order", "order_number"),
    ("Shop", "store"),
    ("Day", "date"),
    ("Cost", "price"),
    ("Units", "quantity"),
    ("Remark", "notes"),
];

/// Whether what speaks against a row is passed over.
fn is_anyway(step: &Step) -> bool {
    matches!(step, Step::Status(.., true))
}

async fn bring(fresh: &Fresh, (kind, text): (Kind, String), anyway: bool) -> Option<i64> {
    let own = |(column, field): &(&str, &str)| ((*column).to_owned(), (*field).to_owned());
    let map = if kind == Kind::Orders { OLD.iter().map(own).collect() } else { Vec::new() };
    let options = Options { map, ..Options::default() };
    let sheet = sheet::read(kind, "a.csv", text.into_bytes(), &options).expect("a sheet");
    let file = SheetFile { name: "a.csv".to_owned(), sha256: String::new(), sheet };
    let status = None;
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

/// Whether that changed something: an order that is so by itself stays without a correction.
async fn correct(fresh: &Fresh, (order, value): (usize, Value), to: Option<i64>) -> bool {
    let (field, typed) = match (value, to) {
        (Value::Quantity, units) => (OrderField::Quantity, units.map(|units| units.to_string())),
        (Value::Price, cents) => (OrderField::Price, cents.map(|cents| format!("0.0{cents}"))),
        (Value::Total, cents) => (OrderField::Total, cents.map(|cents| format!("0.0{cents}"))),
    };
    let request = SetRequest {
        guild: GUILD,
        order: fresh.order(NUMBERS[order]).await.id,
        user: UserId(5),
        source: MarkSource::Command,
        values: vec![(field, typed.unwrap_or_default())],
        zone: Tz::UTC,
    };
    let set = fresh.ledger.set_values(&request).await.expect("set").expect("an order");
    !set.expect("a value").changes.is_empty()
}

async fn mark(fresh: &Fresh, order: usize, word: &str) {
    let request = MarkRequest {
        guild: GUILD,
        target: MarkTarget::Order(fresh.order(NUMBERS[order]).await.id),
        user: UserId(5),
        status: word.parse().expect("a status"),
        emoji: None,
        source: MarkSource::Command,
        at: Some(Utc::now()),
    };
    fresh.ledger.mark(request).await.expect("marked");
}

async fn announce(fresh: &Fresh, order: usize) {
    let units = UNITS[order].to_string();
    let fields = [
        ("Order Number", NUMBERS[order]),
        ("Product", "Box"),
        ("Price", "$5.00"),
        ("Quantity", &units),
    ];
    let mut incoming = checkout(i64::try_from(order).expect("small") + 1, "Target", &fields);
    incoming.message.posted_at = format!("2026-01-0{}T12:00:00Z", order + 1).parse().ok();
    fresh.take(incoming).await;
}

async fn read_again(fresh: &Fresh) {
    let watched = refract_ledger::reparse::Watched::default();
    refract_ledger::reparse::reparse(&fresh.ledger, &fresh.ingest, &watched, |_| ())
        .await
        .expect("reparse");
}

async fn run(steps: Vec<Step>) {
    let (fresh, mut model) = (Fresh::new().await, Model::default());
    for step in steps {
        let step = model.meant(step);
        match &step {
            Step::Checkout(order) => {
                announce(&fresh, *order).await;
                model.announce(*order);
            }
            Step::Undo(index) if !model.batches.is_empty() => {
                let index = index.index(model.batches.len());
                let batch = model.batches[index].0;
                model.undo(index);
                fresh.ledger.undo_batch(None, batch, None).await.expect("undone");
            }
            Step::Reparse => {
                let before = interleaved::kept(&fresh);
                read_again(&fresh).await;
                let changed = differences(&before, &interleaved::kept(&fresh));
                assert_eq!(changed, <[&str; 0]>::default(), "read again");
            }
            Step::Correct(order, value, to) if model.announced.contains(order) => {
                if correct(&fresh, (*order, *value), *to).await {
                    model.by_hand.remove(&(*order, *value));
                    model.by_hand.extend(to.map(|to| ((*order, *value), to)));
                }
            }
            Step::Mark(order, word) if model.marks_anew(*order, *word) => {
                mark(&fresh, *order, WORDS[*word]).await;
                model.mark(*order, *word);
            }
            Step::Undo(_) | Step::Again(_) | Step::Mark(..) | Step::Correct(..) => {}
            sheet => {
                let batch = bring(&fresh, text(sheet).expect("a sheet"), is_anyway(sheet)).await;
                model.bring(batch, sheet.clone());
            }
        }
    }
    let found = rows(
        &fresh.path(),
        "SELECT order_number, price_minor, quantity, total_minor, qty_received, payout_minor,
                charged_minor, refunded_minor, replace(notes, 'note ', ''), status
         FROM orders ORDER BY 1",
    );
    let word = |value: Option<i64>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
    let expected: Vec<String> = model
        .columns()
        .into_iter()
        .map(|(order, (units, payout, charged, refunded))| {
            let (price, bought, total) = model.bought(order);
            let note = model.note(order).map(i64::from);
            let words = [price, Some(bought), total, units, payout, charged, refunded, note];
            let words = words.map(word);
            format!("{}|{}|{}", NUMBERS[order], words.join("|"), WORDS[model.status(order)])
        })
        .collect();
    assert_eq!(found, expected);
    assert_findable(&fresh.path());
    fresh.stop().await;
}

proptest! {
    #![proptest_config(Config { cases: 32, max_shrink_iters: 200, ..Config::default() })]

    #[test]
    fn orders_are_what_the_sheets_that_hold_make_of_them(steps in vec(step(), 1..12)) {
        Runtime::new().unwrap().block_on(run(steps));
    }
}
