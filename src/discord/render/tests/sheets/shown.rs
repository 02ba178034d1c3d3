//! Replies about sheets, what is open, and parcels.

use serenity::all::{CreateActionRow, CreateEmbed};

use super::of;
use crate::discord::render::Audience;
use crate::discord::render::books::ask::{self, Question};
use crate::discord::render::books::{file, lists, open, parcels, preview};
use crate::discord::render::custom_id::{HandInList, LinePage, Turn, Which};
use crate::discord::render::posts::late;
use crate::discord::render::tests::made_up::{ago, order};
use crate::discord::render::tests::shown::{assert_shown, embed, rows};
use crate::ids::{GuildId, OrderId, UserId};
use crate::ledger::{
    ANYWAY, Batch, Becomes, Bulk, BulkLine, HandIn, Late, Month, Open, OpenKey, OpenLine, Parcel,
    ParcelOrder, Preview, Ranged,
};
use crate::order::{Currency, Money, StatusEmoji};
use crate::sheet::{self, Kind, Options, Why};

pub(super) fn dollars(minor: i64) -> Money {
    Money { minor, currency: Some(Currency::USD) }
}

fn line(place: u64, becomes: Becomes, reason: &str) -> BulkLine {
    BulkLine {
        row: None,
        batch: None,
        file: "parcels.csv".to_owned(),
        line: place,
        becomes,
        order_number: Some(format!("BBY01-80710000000{place}")),
        store: Some("Best Buy US".to_owned()),
        tracking_number: Some("1Z999AA10123456784".to_owned()),
        reason: reason.to_owned(),
    }
}

fn bulk(batch: Option<i64>) -> Bulk {
    let mut lines: Vec<BulkLine> = (2..9).map(|place| line(place, Becomes::Changed, "")).collect();
    lines.push(line(9, Becomes::Waiting, "the order is not in the ledger yet"));
    lines.push(line(
        10,
        Becomes::Refused,
        "\"1.02003E+14\" is a number that a spreadsheet has rounded",
    ));
    lines.push(BulkLine { order_number: None, ..line(11, Becomes::Ignored, "an empty row") });
    Bulk { batch, sums: vec![dollars(125_000)], lines, ..Bulk::default() }
}

fn kept(kind: Kind, bulk: Bulk, refused_unless_anyway: u64) -> Preview {
    Preview { id: 7, kind, files: vec!["parcels.csv".to_owned()], bulk, refused_unless_anyway }
}

fn seen(preview: &Preview) -> String {
    let (shown, parts) = (embed(&preview::embed(preview)), rows(&preview::rows(preview)));
    format!("{}\n{shown}\n{parts}", preview::anyway(preview)).trim().to_owned()
}

#[test]
fn previews_of_sheets_are_shown() {
    let already = Bulk { lines: vec![line(2, Becomes::Already, "")], ..Bulk::default() };
    let shipped = Bulk {
        lines: vec![line(2, Becomes::Refused, &format!("it is shipped{ANYWAY}"))],
        ..Bulk::default()
    };
    let month = |total, payout| Month { orders: 12, total: vec![dollars(total)], payout };
    let months = [
        ("2026-01".to_owned(), month(1_200_000, vec![dollars(1_250_000)])),
        ("2026-02".to_owned(), month(99_900, Vec::new())),
    ];
    let old = Bulk { months: months.into(), ..bulk(None) };
    let statement = Bulk { refunded: vec![dollars(5_000)], ..bulk(None) };
    let applied = |bulk| embed(&preview::applied(&bulk, Kind::Track, &["parcels.csv".to_owned()]));
    assert_shown(
        "sheet_preview",
        &[
            ("a tracking list", seen(&kept(Kind::Track, bulk(None), 0))),
            ("a group's file", seen(&kept(Kind::Received, bulk(None), 0))),
            ("a tracking list that is known", seen(&kept(Kind::Track, already.clone(), 0))),
            ("charges that are known", seen(&kept(Kind::Charges, already.clone(), 0))),
            ("orders of the past", seen(&kept(Kind::Orders, old, 0))),
            ("a statement", seen(&kept(Kind::Charges, statement, 0))),
            ("an order that is shipped", seen(&kept(Kind::Status, shipped, 1))),
            ("applied", applied(bulk(Some(3)))),
            ("nothing to apply", applied(already)),
            ("applied before", preview::before(Some(3))),
            ("looked at before", preview::before(None)),
            ("it would end otherwise", preview::OTHERWISE.to_owned()),
            ("cancelled", preview::CANCELLED.to_owned()),
            ("somebody else's", preview::OF_ANOTHER.to_owned()),
            ("not kept any more", preview::GONE.to_owned()),
            ("while a long one is compared", preview::reading(100_000)),
            ("while a long one is applied", preview::APPLYING.to_owned()),
            ("too many rows", preview::too_many(120_000, 100_000)),
            ("the file of all rows", String::from_utf8(file::csv(&bulk(None))).expect("text")),
        ],
    );
}

#[test]
fn questions_about_sheets_are_shown() {
    let read = |kind, text: &str| {
        let bytes = text.as_bytes().to_vec();
        sheet::read(kind, "sheet.csv", bytes, &Options::default()).expect_err("not understood")
    };
    let asked = |kind, text: &str, chosen: &[(String, String)]| {
        let question = Question::of(&read(kind, text).why).expect("a question");
        let shown = embed(&ask::embed(kind, "sheet.csv", &question, chosen));
        format!("{shown}\n{}", rows(&ask::rows(kind, 5, &question, chosen)))
    };
    let chosen = [("Paket".to_owned(), "tracking_number".to_owned())];
    assert_shown(
        "sheet_question",
        &[
            ("unknown headings", asked(Kind::Track, "Beleg,Paket\nA-1001,PK1\n", &[])),
            ("one is said", asked(Kind::Track, "Beleg,Paket\nA-1001,PK1\n", &chosen)),
            ("of a card", asked(Kind::Charges, "Date,Amount,Memo\n01/31/2026,5,A-1001\n", &[])),
            ("which comes first", {
                let why = Why::Dates { example: "03/04/2026".to_owned(), line: 2 };
                let question = Question::of(&why).expect("a question");
                let shown = embed(&ask::embed(Kind::Charges, "sheet.csv", &question, &[]));
                format!("{shown}\n{}", rows(&ask::rows(Kind::Charges, 5, &question, &[])))
            }),
            ("empty", ask::not_understood(&read(Kind::Track, ""))),
            ("a PDF", ask::not_understood(&read(Kind::Track, "%PDF-1.7"))),
            (
                "two columns that mean the same",
                ask::not_understood(&read(
                    Kind::Track,
                    "order,order #,tracking\nA-1001,A-1001,PK1\n",
                )),
            ),
            ("not there any more", ask::GONE.to_owned()),
            ("not fetched", ask::not_fetched("sheet.csv")),
            ("too large", ask::too_large("sheet.csv")),
        ],
    );
}

fn both((shown, parts): (CreateEmbed, Vec<CreateActionRow>)) -> String {
    format!("{}\n{}", embed(&shown), rows(&parts))
}

pub(super) fn batch(id: i64, undone: bool) -> Batch {
    Batch {
        id,
        guild: GuildId(10),
        kind: "track".to_owned(),
        files: vec!["parcels.csv".to_owned()],
        by: (id > 1).then_some(UserId(7)),
        at: ago(60),
        rows: 12,
        changed: 9,
        waiting: if undone { 0 } else { 2 },
        undone_at: undone.then(|| ago(5)),
        left: Vec::new(),
    }
}

#[test]
fn lists_about_sheets_are_shown() {
    let stays = [("1021", Some("Target")), ("1022", None)];
    let stays = stays.map(|(number, store)| (number.to_owned(), store.map(str::to_owned)));
    let left = Batch { kind: "orders".to_owned(), left: stays.into(), ..batch(2, true) };
    let turn = Turn { user: UserId(7), offset: 0 };
    let waiting = |batch, place: u64| BulkLine {
        row: i64::try_from(place).ok(),
        batch: Some(batch),
        ..line(place, Becomes::Waiting, "the order is not in the ledger yet")
    };
    let many = Ranged { rows: (5..9).map(|place| waiting(3, place)).collect(), all: 14 };
    assert_shown(
        "sheet_lists",
        &[
            ("no batch", both(lists::batches(&of(Vec::new()), turn))),
            ("batches", both(lists::batches(&of(vec![batch(2, false), batch(1, true)]), turn))),
            ("nothing waits", both(lists::waiting(&of(Vec::new()), turn))),
            ("two wait", both(lists::waiting(&of(vec![waiting(2, 5), waiting(3, 6)]), turn))),
            ("many wait", both(lists::waiting(&many, Turn { offset: 10, ..turn }))),
            ("one is taken away", lists::dropped(1)),
            ("none is", lists::dropped(0)),
            ("a batch is undone", lists::undone(&batch(2, true), false)),
            ("a batch of orders is undone", lists::undone(&left, false)),
            ("it was undone before", lists::undone(&batch(2, true), true)),
            ("no such batch", lists::no_batch(9)),
        ],
    );
}

/// Two lines of what is open, and foreign parcels.
pub(in crate::discord::render::tests) fn some_open() -> Open {
    let line = |orders, minor, days: i64| OpenLine {
        orders,
        units: orders + 1,
        total: vec![dollars(minor)],
        oldest: Some(ago(days * 24 * 60)),
    };
    let foreign = OpenLine { units: 2, ..OpenLine::default() };
    [
        (OpenKey::NoTracking, line(12, 1_234_500, 21)),
        (OpenKey::OnTheWay, OpenLine::default()),
        (OpenKey::Short, line(1, 1_250, 40)),
        (OpenKey::ForeignParcels, foreign),
    ]
    .into()
}

#[test]
fn what_is_open_is_shown() {
    let which = Which::Here("||||".to_owned());
    let page = LinePage { user: UserId(7), key: OpenKey::NoTracking, offset: 0, which };
    let only = ["Best Buy".to_owned()];
    let some = some_open();
    let of = |open: &Open, only: &[String]| {
        let shown = embed(&open::embed(open, only, Audience::Private, ago(0)));
        format!("{shown}\n{}", rows(&open::rows(open, &page)))
    };
    let orders = [order("1020", "Target", "Example Headphones")];
    let emoji = StatusEmoji::default();
    assert_shown(
        "open",
        &[
            ("nothing", of(&Open::default(), &[])),
            ("some", of(&some, &only)),
            ("the orders of a line", both(open::orders(&orders, (&page, 1), &emoji))),
            ("a page of many", both(open::orders(&orders, (&page, 21), &emoji))),
            ("an empty line", both(open::orders(&[], (&page, 0), &emoji))),
        ],
    );
}

fn parcel(number: &str, orders: &[(&str, Option<i64>, i64)]) -> Parcel {
    let order = |(handle, minor, parcels): &(&str, Option<i64>, i64)| ParcelOrder {
        id: OrderId(1),
        handle: (*handle).to_owned(),
        store: Some("Target".to_owned()),
        worth: minor.map(dollars),
        parcels: *parcels,
        is_first: true,
    };
    Parcel { number: number.to_owned(), orders: orders.iter().map(order).collect() }
}

#[test]
fn parcels_to_hand_in_are_shown() {
    let due = [
        parcel("1Z999AA10123456784", &[("1020", Some(10_000), 1), ("1021", Some(5_050), 1)]),
        parcel("X200", &[("1022", Some(10_001), 2)]),
        parcel("X201", &[("1023", None, 1)]),
    ];
    let list = |template: &str| parcels::block(&parcels::lines(&due, template)).expect("short");
    let handed_in = HandIn { id: 3, parcels: 3 };
    let button = HandInList {
        user: UserId(7),
        digest: parcels::digest(&due),
        which: Which::Here("|".to_owned()),
    };
    assert_shown(
        "parcels",
        &[
            ("due", format!("{}\n{}", parcels::head(3, false), list(parcels::TEMPLATE))),
            ("with the payout", list("{tracking}${payout}")),
            ("with order and store", list("{order} {store} {tracking}")),
            ("handed in", parcels::head(1, true)),
            ("buttons", rows(&parcels::rows(button))),
            (
                "marked",
                format!("{}\n{}", parcels::done(handed_in), rows(&parcels::undo(handed_in))),
            ),
            ("undone", parcels::undone(true).to_owned()),
            ("undone before", parcels::undone(false).to_owned()),
            ("another list by now", parcels::OTHERWISE.to_owned()),
            ("none is due", parcels::NOTHING_DUE.to_owned()),
            ("none was handed in", parcels::NONE_HANDED_IN.to_owned()),
            ("an odd template", parcels::NO_TEMPLATE.to_owned()),
        ],
    );
}

#[test]
fn late_orders_are_shown() {
    let numbers: Vec<String> = (1..=7).map(|number| format!("102{number}")).collect();
    let of = |late| late::sentence(late, 14, &numbers);
    let one = |late| late::sentence(late, 1, &numbers[..1]);
    assert_shown(
        "late",
        &[
            ("not received", of(Late::Claim)),
            ("not paid", of(Late::Unpaid)),
            ("not charged", of(Late::Charge)),
            ("not refunded", of(Late::Refund)),
            ("one not received", one(Late::Claim)),
            ("one not paid", one(Late::Unpaid)),
            ("one not charged", one(Late::Charge)),
            ("one not refunded", one(Late::Refund)),
        ],
    );
}
