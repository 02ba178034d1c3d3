//! Replies about what is open, parcels and what is late.

use super::shown::{both, dollars};
use crate::discord::render::Audience;
use crate::discord::render::books::open;
use crate::discord::render::books::parcels::{self, Template};
use crate::discord::render::custom_id::{HandInList, LinePage, Which};
use crate::discord::render::posts::late;
use crate::discord::render::rows::pages::Shown;
use crate::discord::render::tests::made_up::{ago, order};
use crate::discord::render::tests::shown::{assert_shown, embed, rows};
use crate::ids::{OrderId, UserId};
use crate::ledger::{HandIn, Late, Open, OpenKey, OpenLine, Order, Parcel, ParcelOrder};
use crate::order::StatusEmoji;

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
        format!("{shown}\n{}", rows(&open::rows(open, page.user, page.which.clone())))
    };
    let orders = [order("1020", "Target", "Example Headphones")];
    let emoji = StatusEmoji::default();
    let of_line = |orders: &[Order], all: u32| {
        let shown = Shown::new(page.offset, open::PAGE, all);
        open::orders(orders, (&page, shown), Audience::Private, &emoji)
    };
    assert_shown(
        "open",
        &[
            ("nothing", of(&Open::default(), &[])),
            ("some", of(&some, &only)),
            ("the orders of a line", both(of_line(&orders, 1))),
            ("a page of many", both(of_line(&orders, 21))),
            ("an empty line", both(of_line(&[], 0))),
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
    let list = |template: &str| {
        let template = Template::of(template).expect("a template");
        parcels::block(&parcels::lines(&due, &template)).expect("short")
    };
    let refused = |template: &str| Template::of(template).expect_err("no template");
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
            ("marked one", parcels::done(HandIn { id: 3, parcels: 1 })),
            ("undone", parcels::undone(true).to_owned()),
            ("undone before", parcels::undone(false).to_owned()),
            ("another list by now", parcels::OTHERWISE.to_owned()),
            ("none is due", parcels::NOTHING_DUE.to_owned()),
            ("none was handed in", parcels::NONE_HANDED_IN.to_owned()),
            ("with words in capitals", list("{Tracking} {PAYOUT}")),
            ("with other braces", list("} {{tracking}} {\"n\":\"{ order }\"} {")),
            ("an odd template", refused("{payout}")),
            ("an unknown word", refused("{tracking} {total`s}")),
        ],
    );
}

#[test]
fn a_list_that_would_end_its_code_block_is_a_file() {
    let due = [parcel("X200", &[("1022", None, 1)])];
    let template = Template::of("```{tracking}").expect("a template");
    assert_eq!(parcels::block(&parcels::lines(&due, &template)), None);
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
