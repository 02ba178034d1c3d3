//! The card of an order, its history, lists, and the replies to changes.

use super::made_up::{ago, bare, event, item, order};
use super::shown::{assert_shown, embed, rows};
use crate::discord::render::orders::list::{self, List, Page};
use crate::discord::render::orders::list_query::{ListQuery, Numbers};
use crate::discord::render::orders::{card, history};
use crate::discord::render::{self, Audience, rows as buttons};
use crate::ids::{ChannelId, OrderId, UserId};
use crate::ledger::{Found, OnlyLatest, OpenKey, Order, OrderEvent, OrderHistory, Totals};
use crate::order::period::Period;
use crate::order::{Currency, Money, Sort, Status, StatusEmoji};

/// An order of which everything is known.
pub(super) fn whole() -> Order {
    let mut order = order("BBY01-807000000001", "Best Buy US", "Example Graphics Card (16GB)");
    let some = |text: &str| Some(text.to_owned());
    order.status = Status::Delivered;
    (order.quantity, order.total_minor) = (2, Some(259_998));
    order.commission_minor = Some(500);
    order.details.email = some("woolly.demo8@example.com");
    order.details.customer_name = some("Wilma Woolly");
    order.details.profile = some("Demo #2");
    order.details.proxy_list = some("ISP");
    order.details.reference_number = some("REF-7");
    order.details.tracking_number = some("1Z999AA10123456784,PARCEL7");
    order.details.payment_method = some("Visa");
    order.details.shipping_address = some("1 Main Street");
    order.details.shipping_method = some("Ground");
    order.details.notes = some("for woolly.demo8@example.com");
    order.details.product_url = some("https://shop.example.com/card");
    order.details.order_url = some("https://shop.example.com/order/1");
    order.details.image_url = some("https://shop.example.com/card.png");
    (order.shipped_at, order.delivered_at) = (Some(ago(60)), Some(ago(10)));
    order.items[0].size = some("M");
    order.items[0].sku = some("SKU-1");
    order.items[0].quantity = Some(2);
    let [yen, dollars] = [Currency::JPY, Currency::USD].map(Some);
    order.books.all_charged =
        vec![Money { minor: 129_999, currency: dollars }, Money { minor: 500, currency: yen }];
    order.books.all_refunded = vec![Money { minor: 500, currency: yen }];
    order.books.charge_posted_on = ago(0).date_naive().checked_sub_days(chrono::Days::new(3));
    order.books.payout = Some(Money { minor: 46_000, currency: dollars });
    order.books.group_status = some("VERIFIED");
    order.books.group_order_id = some("G-104 of woolly.demo8@example.com");
    (order.qty_received, order.books.group_modified_at) = (Some(1), Some(ago(30)));
    order
}

fn unnumbered() -> Order {
    Order { order_number: None, ..order("", "Target", "Example Headphones") }
}

fn of_a_sheet() -> Order {
    Order { message_id: None, channel_id: None, ..unnumbered() }
}

fn several_items() -> Order {
    let mut order = order("1020", "Target", "Example Headphones");
    order.quantity = 3;
    order.items.push(item("Example Keyboard", 2));
    order
}

#[test]
fn cards_are_shown() {
    let emoji = StatusEmoji::default();
    let by_person = event("status", "menu", 9, r#"{"status": ["shipped", "delivered"]}"#);
    let shown = |order: &Order, last: Option<&OrderEvent>, audience| {
        embed(&card::card(order, last, &[], &emoji, audience))
    };
    let parts = rows(&buttons::card(&whole(), false, &emoji));
    let doubts = ["Example Graphics Card (8GB)".to_owned(), String::new()];
    let doubtful = |doubts: &[String]| {
        embed(&card::card(&bare("A-1"), None, doubts, &emoji, Audience::Private))
    };
    assert_shown(
        "card",
        &[
            ("nothing but a number", shown(&bare("A-1"), None, Audience::Private)),
            (
                "one product",
                shown(&order("1020", "Target", "Example Headphones"), None, Audience::Private),
            ),
            ("several products", shown(&several_items(), None, Audience::Private)),
            ("without a number", shown(&unnumbered(), None, Audience::Private)),
            ("without a number, of a sheet", shown(&of_a_sheet(), None, Audience::Private)),
            ("a product that was counted once", doubtful(&doubts)),
            ("a product without a name that was counted once", doubtful(&doubts[1..])),
            (
                "everything, for the person who asked",
                shown(&whole(), Some(&by_person), Audience::Private),
            ),
            (
                "everything, for the whole channel",
                shown(&whole(), Some(&by_person), Audience::Public),
            ),
            ("its menu and buttons", parts),
            (
                "its menu and buttons, doubtful and without a number",
                rows(&buttons::card(&unnumbered(), true, &emoji)),
            ),
            (
                "its menu and buttons, of a sheet without a number",
                rows(&buttons::card(&of_a_sheet(), false, &emoji)),
            ),
        ],
    );
}

#[test]
fn histories_are_shown() {
    let emoji = StatusEmoji::default();
    let events = vec![
        event("created", "webhook", 0, "{}"),
        event("created", "import", 0, "{}"),
        event(
            "changed",
            "webhook",
            0,
            r#"{"total_minor": [129999, 99950], "email": [null, "a.buyer@example.com"]}"#,
        ),
        event(
            "changed",
            "webhook",
            0,
            r#"{"items": [[], [{"product": "x"}]], "message_id": [1, 2], "channel_id": [1, 2]}"#,
        ),
        event("status", "reaction", 9, r#"{"status": ["verified", "shipped"]}"#),
        event("status", "reaction", 0, r#"{"status": ["shipped", "verified"]}"#),
        event("amended", "command", 9, r#"{"tracking_number": ["A1", "A1,B2"]}"#),
        event("amended", "menu", 9, r#"{"notes": [null, "sold to Mike"]}"#),
        event("amended", "menu", 9, r#"{"notes": ["sold to Mike", "sold to Ann"]}"#),
        event("amended", "menu", 9, r#"{"notes": ["sold to Ann", null]}"#),
        event("undone", "menu", 9, r#"{"event": 7, "notes": [null, "sold to Ann"]}"#),
        event("corrected", "menu", 9, r#"{"order_number": [null, "1020"]}"#),
        event("corrected", "menu", 9, r#"{"counted_apart": [null, "Box"]}"#),
        event("forgotten", "command", 9, "{}"),
        event("changed", "webhook", 0, "{}"),
    ];
    let order = order("1020", "Target", "Example Headphones");
    let shown = |earlier| {
        embed(&history::embed(&order, &OrderHistory { events: events.clone(), earlier }, &emoji))
    };
    let public =
        |event: &OrderEvent| history::line(event, Some(Currency::EUR), &emoji, Audience::Public);
    assert_shown(
        "history",
        &[
            ("all of it", shown(0)),
            ("an older entry", shown(1).lines().take(2).collect::<Vec<_>>().join("\n")),
            ("many older entries", shown(1_500).lines().take(2).collect::<Vec<_>>().join("\n")),
            ("a line for the whole channel", public(&events[2])),
        ],
    );
}

fn listed(
    orders: Vec<Order>,
    count: i64,
    only_latest: Option<OnlyLatest>,
    asked: ListQuery,
) -> String {
    let sums = vec![(Some(Currency::USD), 1_254_900), (Some(Currency::EUR), 29_999)];
    let found = Found { orders, offset: 0, totals: Totals { count, sums }, only_latest };
    let page = Page { user: UserId(9), limit: 10, offset: 20, asked };
    let list = List {
        found: &found,
        page: &page,
        audience: Audience::Public,
        warning: None,
        unknown_store: None,
    };
    embed(&list::embed(&list, &StatusEmoji::default()))
}

#[test]
fn lists_are_shown() {
    let all = ListQuery::default;
    let some = |text: &str| Some(text.to_owned());
    let filtered = ListQuery {
        text: some("graphics buyer.one@example.com"),
        store: some("Target"),
        status: Some(Status::Shipped),
        profile: some("Demo #2"),
        period: Some(Period::LastMonth),
        ..all()
    };
    let orders =
        vec![order("1020", "Target", "Example Headphones"), whole(), several_items(), bare("A-1")];
    let one = || vec![bare("A-1")];
    let emoji = StatusEmoji::default();
    let choice = |order: &Order| {
        let (label, description) = list::choice(order);
        format!("{label} / {description}")
    };
    let warned = List {
        found: &Found {
            orders: Vec::new(),
            offset: 0,
            totals: Totals::default(),
            only_latest: None,
        },
        page: &Page { user: UserId(9), limit: 10, offset: 0, asked: all() },
        audience: Audience::Private,
        warning: Some("Something has to be done"),
        unknown_store: None,
    };
    assert_shown(
        "list",
        &[
            ("a page", listed(orders.clone(), 9_568, None, all())),
            ("a page of what was looked for", listed(one(), 1, None, filtered.clone())),
            ("short words", listed(one(), 1, Some(OnlyLatest::Orders(3_000)), filtered.clone())),
            (
                "too many matches",
                listed(one(), 40, Some(OnlyLatest::Candidates(3_000)), filtered.clone()),
            ),
            ("no orders yet, and a warning", embed(&list::embed(&warned, &emoji))),
            ("nothing found", listed(Vec::new(), 0, None, filtered.clone())),
            (
                "no short words found",
                listed(Vec::new(), 0, Some(OnlyLatest::Orders(3_000)), filtered.clone()),
            ),
            (
                "not found among too many",
                listed(Vec::new(), 0, Some(OnlyLatest::Candidates(3_000)), filtered),
            ),
            ("a page that is empty by now", listed(Vec::new(), 5, None, all())),
            ("chosen together", embed(&list::several(&orders[..2], &emoji))),
            ("a choice of the menu", orders.iter().map(choice).collect::<Vec<_>>().join("\n")),
            (
                "the menu of a page",
                rows(
                    &buttons::open(UserId(9), &orders[..1], &emoji)
                        .map_or(Vec::new(), |row| vec![row]),
                ),
            ),
            ("the menu of several", rows(&[buttons::marks(&orders[..2], &emoji)])),
            ("in place of the pages", rows(&[buttons::instead("No pages")])),
        ],
    );
}

#[test]
fn narrow_and_sorted_lists_are_shown() {
    let all = ListQuery::default;
    let some = |text: &str| Some(text.to_owned());
    let narrow = ListQuery {
        tracking: Some(false),
        line: Some(OpenKey::NoTracking),
        product: some("Box of buyer.one@example.com"),
        channel: Some(ChannelId(1_290_000_000_000_000_100)),
        ..all()
    };
    let sorted = |sort| ListQuery { sort, ..all() };
    let numbers = |orders: &[i64], missing: usize| ListQuery {
        sort: Sort::Total,
        numbers: Some(Numbers {
            typed: orders.len() + missing,
            orders: orders.iter().copied().map(OrderId).collect(),
            missing: (0..missing).map(|place| format!("10200300000{place:04}")).collect(),
        }),
        ..all()
    };
    let one = || vec![bare("A-1")];
    assert_shown(
        "narrow_list",
        &[
            ("a narrow page", listed(one(), 1, None, narrow.clone())),
            ("nothing in a narrow page", listed(Vec::new(), 0, None, narrow)),
            ("the oldest first", listed(one(), 1, None, sorted(Sort::Oldest))),
            ("the highest total first", listed(one(), 1, None, sorted(Sort::Total))),
            ("the last changed first", listed(one(), 1, None, sorted(Sort::Changed))),
            ("no orders to sort", listed(Vec::new(), 0, None, sorted(Sort::Changed))),
            ("several numbers", listed(one(), 1, None, numbers(&[7], 2))),
            ("many numbers of no order", listed(one(), 1, None, numbers(&[7], 80))),
            ("all numbers were found", listed(one(), 2, None, numbers(&[7, 8], 0))),
            ("none of the numbers was found", listed(Vec::new(), 0, None, numbers(&[], 2))),
        ],
    );
}

#[test]
fn unknown_numbers_are_shown() {
    let closest = ["1020".to_owned(), "1021".to_owned()];
    let stores = [order("1020", "Target", "A"), order("1020", "Walmart", "A"), bare("1020")];
    assert_shown(
        "numbers",
        &[
            ("unknown", render::unknown_number("9", &[])),
            ("unknown, one is close", render::unknown_number("102", &closest[..1])),
            ("unknown, several are close", render::unknown_number("102", &closest)),
            ("several unknown", render::unknown_numbers(&["8", "9"])),
            ("several stores", render::several_stores("1020", &stores)),
            ("one more card", render::more_cards(1)),
            ("more cards", render::more_cards(2)),
        ],
    );
}
