//! The replies to somebody who changed an order.

use super::shown::assert_shown;
use crate::discord::render::Audience;
use crate::discord::render::orders::changes;
use crate::ids::{GuildId, OrderId, UserId};
use crate::ledger::{
    Amended, Correct, CorrectRequest, Corrected, MarkSource, NoTracking, StatusChange, Undoing,
    Undone,
};
use crate::order::{Status, StatusEmoji};

fn amended(what: &str, before: Option<&str>, after: Option<&str>, left_out: &[&str]) -> String {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let amended = Amended {
        handle: "1020".to_owned(),
        before: owned(before),
        after: owned(after),
        left_out: left_out.iter().map(|number| (*number).to_owned()).collect(),
    };
    changes::amended(what, &amended, Audience::Public)
}

fn undone(column: &str, before: Option<&str>, after: Option<&str>) -> String {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let (column, result) = match column {
        "not kept" => (column, Undoing::NotKept),
        "stays" => ("added", Undoing::Evidenced),
        "gone" => ("notes", Undoing::Gone),
        _ => (column, Undoing::Done),
    };
    let order = OrderId(12);
    let (before, after) = (owned(before), owned(after));
    let undone = Undone { column: column.to_owned(), before, after, order, result };
    changes::undone(&undone, Audience::Private)
}

fn corrections() -> Vec<String> {
    let request = |what| CorrectRequest {
        guild: GuildId(10),
        order: OrderId(12),
        user: UserId(9),
        source: MarkSource::Menu,
        what,
    };
    let number = request(Correct::Number("nothing".to_owned()));
    let both = request(Correct::CountBoth);
    let all = [
        changes::corrected(&Corrected::Done(OrderId(12)), &number),
        changes::corrected(&Corrected::Done(OrderId(11)), &number),
        changes::corrected(&Corrected::Nothing, &number),
        changes::corrected(&Corrected::Nothing, &both),
        changes::corrected(&Corrected::NoNumber, &number),
        changes::corrected(&Corrected::Several, &number),
        changes::corrected(&Corrected::NotKept, &both),
    ];
    all.map(|text| text.unwrap_or_else(|| "(the card tells it)".to_owned())).to_vec()
}

#[test]
fn changes_are_shown() {
    let emoji = StatusEmoji::default();
    let change = StatusChange {
        order: OrderId(12),
        handle: "1020".to_owned(),
        before: Status::Verified,
        after: Status::Shipped,
    };
    let marked = |change| changes::marked("1020", change, Status::Shipped, &emoji);
    let several =
        |changed, orders| changes::several_marked(changed, orders, Status::Shipped, &emoji);
    let not_tracking = |why| changes::no_tracking(&why);
    assert_shown(
        "changes",
        &[
            ("marked", marked(Some(&change))),
            ("marked already", marked(None)),
            (
                "several marked",
                [(2, 2), (1, 1), (1, 2), (3, 5), (0, 2)]
                    .map(|(changed, all)| several(changed, all))
                    .join("\n"),
            ),
            ("note", amended("note", None, Some("for a.buyer@example.com"), &[])),
            ("note again", amended("note", Some("gift"), Some("gift"), &[])),
            ("note removed", amended("note", Some("gift"), None, &[])),
            ("no note to remove", amended("note", None, None, &[])),
            ("tracking", amended("tracking number", Some("A1"), Some("A1, B2"), &[])),
            (
                "tracking without room for all",
                amended("tracking number", Some("A1"), Some("A1, B2"), &["C3", "D4"]),
            ),
            ("no room at all", amended("tracking number", Some("A1"), Some("A1"), &["C3"])),
            ("not tracking: nothing", not_tracking(NoTracking::Nothing)),
            ("not tracking: a word", not_tracking(NoTracking::NotANumber("hello".to_owned()))),
            (
                "not tracking: a link",
                not_tracking(NoTracking::NotInLink("https://example.com/".to_owned())),
            ),
            ("nothing to undo", changes::NOTHING_TO_UNDO.to_owned()),
            ("undone note", undone("notes", Some("gift"), None)),
            ("undone change of a note", undone("notes", Some("gift"), Some("sold"))),
            ("undone removal of a note", undone("notes", None, Some("sold"))),
            ("undone tracking", undone("tracking_number", Some("A1,B2"), Some("A1"))),
            ("undone removal of tracking", undone("tracking_number", Some("A1"), Some("A1,C3"))),
            ("undone change of tracking", undone("tracking_number", Some("A1,B2"), Some("A1,C3"))),
            ("undone order of tracking", undone("tracking_number", Some("A1,B2"), Some("B2,A1"))),
            ("undone count of both", undone("counted_apart", Some("Box"), None)),
            ("undone number", undone("order_number", Some("1020"), None)),
            ("undone change of a number", undone("order_number", Some("1020"), Some("1021"))),
            ("undone sold price", undone("sold_price", Some("$7.00"), Some("$5.00"))),
            ("undone fees", undone("fees", None, Some("$5.00"))),
            (
                "undone date",
                undone(
                    "ordered_at",
                    Some("2026-02-28T14:30:00.000Z"),
                    Some("2026-02-27 14:30 UTC"),
                ),
            ),
            ("undone adding", undone("added", Some("1020"), None)),
            ("undone adding of what is announced", undone("added", Some("1020"), Some("1020"))),
            ("undone the last that was known", undone("gone", Some("gift"), None)),
            ("not undone adding", undone("stays", Some("1020"), Some("1020"))),
            ("not undone", undone("not kept", None, None)),
            ("corrections", corrections().join("\n")),
            ("undone status", undone("status", Some("shipped"), Some("verified"))),
            ("undone status that stays", undone("status", Some("shipped"), Some("shipped"))),
        ],
    );
}
