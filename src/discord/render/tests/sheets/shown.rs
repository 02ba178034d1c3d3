//! Replies about sheets.

use serenity::all::{CreateActionRow, CreateEmbed};

use super::of;
use crate::discord::render::books::ask::{self, Question};
use crate::discord::render::books::{file, lists, preview};
use crate::discord::render::custom_id::Turn;
use crate::discord::render::tests::made_up::ago;
use crate::discord::render::tests::shown::{assert_shown, embed, rows};
use crate::ids::{GuildId, UserId};
use crate::ledger::{ANYWAY, Batch, Becomes, Bulk, BulkLine, Month, Preview, Ranged};
use crate::order::{Currency, Money};
use crate::sheet::{self, Kind, Options, Why};

pub(super) fn dollars(minor: i64) -> Money {
    Money { minor, currency: Some(Currency::USD) }
}

fn line(place: u64, becomes: Becomes, reason: &str) -> BulkLine {
    BulkLine {
        row: None,
        batch: None,
        file: "parcels.csv".into(),
        line: place,
        becomes,
        order_number: Some(format!("BBY01-80710000000{place}")),
        product: None,
        store: Some("Best Buy US".into()),
        tracking_number: Some("1Z999AA10123456784".to_owned()),
        reason: reason.to_owned().into(),
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
    let files = vec!["parcels.csv".to_owned()];
    Preview { id: 7, kind, files, said: Vec::new(), bulk, refused_unless_anyway }
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
    let text_of = |bulk: &Bulk| String::from_utf8(file::csv(bulk)).expect("text");
    let typed = BulkLine {
        order_number: Some("102003000000017".to_owned()),
        store: Some("=1+1".into()),
        ..line(2, Becomes::Changed, "")
    };
    let typed = Bulk { lines: vec![typed], ..Bulk::default() };
    let unnumbered = BulkLine {
        order_number: None,
        product: Some("Example Pen and 2 more products".to_owned()),
        tracking_number: None,
        ..line(2, Becomes::Changed, "a new order")
    };
    let unnumbered = Bulk { lines: vec![unnumbered], ..Bulk::default() };
    let applied = |bulk| embed(&preview::applied(&bulk, Kind::Track, &["parcels.csv".to_owned()]));
    assert_shown(
        "sheet_preview",
        &[
            ("a tracking list", seen(&kept(Kind::Track, bulk(None), 0))),
            ("a group's file", seen(&kept(Kind::Received, bulk(None), 0))),
            ("a tracking list that is known", seen(&kept(Kind::Track, already.clone(), 0))),
            ("charges that are known", seen(&kept(Kind::Charges, already.clone(), 0))),
            ("orders of the past", seen(&kept(Kind::Orders, old, 0))),
            ("a purchase without a number", seen(&kept(Kind::Orders, unnumbered, 0))),
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
            ("the file of all rows", text_of(&bulk(None))),
            ("a number and a formula in it", text_of(&typed)),
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
            ("other fields of a card", {
                let read = read(Kind::Charges, "Date,Amount,Memo\n01/31/2026,5,A-1001\n");
                let Some(Question::Columns { headings, missing, .. }) = Question::of(&read.why)
                else {
                    panic!("a question");
                };
                let question = Question::Columns { headings, missing, page: 1 };
                rows(&ask::rows(Kind::Charges, 5, &question, &[]))
            }),
            ("without headings", asked(Kind::Track, "102003000000017,123456789012\n", &[])),
            ("which comes first", {
                let why = Why::Dates { example: "03/04/2026".to_owned(), line: 2, against: None };
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

pub(super) fn both((shown, parts): (CreateEmbed, Vec<CreateActionRow>)) -> String {
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
            ("many waited", both(lists::waiting(&many, Turn { offset: 990, ..turn }))),
            ("one is taken away", lists::dropped(1)),
            ("none is", lists::dropped(0)),
            ("a batch is undone", lists::undone(&batch(2, true), false)),
            ("a batch of orders is undone", lists::undone(&left, false)),
            ("it was undone before", lists::undone(&batch(2, true), true)),
            ("no such batch", lists::no_batch(9)),
        ],
    );
}
