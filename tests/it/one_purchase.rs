//! One purchase is counted once, however many tell of it and however they spell it. Carts add up.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::Config;
use refract_ledger::ids::{MessageId, UserId};
use refract_ledger::ledger::{Correct, CorrectRequest, Corrected, MarkSource, Order};
use refract_ledger::order::Currency;
use refract_ledger::reparse::{Watched, reparse};
use refract_ledger::verdict::{Incoming, Outcome, Via};
use tokio::runtime::Runtime;

use crate::fresh::{CHANNEL, Fresh, GUILD, assert_findable, checkout, dump, edited, message};

const NUMBER: &str = "102003000000017";
const USER: UserId = UserId(5);

/// Products of which no two are the same, some of them very alike.
const PRODUCTS: [&str; 10] = [
    "Pokémon TCG: Sword & Shield – Example Elite Trainer Box",
    "Example Collector’s Tin “Red”",
    "Example Collector’s Tin “Blue”",
    "LEGO® Example Castle 10305",
    "LEGO® Example Castle 10497",
    "Example Console 5 Slim (Disc)",
    "Example Console 5 Slim (Digital)",
    "Example Shoe Low - 9.5",
    "Example Shoe Low - 10",
    "ポケモンカードゲーム 拡張パック",
];

/// How another program may write the same name.
const SPELLINGS: usize = 14;

fn spelled(name: &str, way: usize) -> String {
    let replaced = |pairs: &[(&str, &str)]| {
        pairs.iter().fold(name.to_owned(), |name, (from, to)| name.replace(from, to))
    };
    match way {
        0 => replaced(&[("é", "e")]),
        1 => replaced(&[("é", "e\u{301}")]),
        2 => replaced(&[
            ("&", "&amp;"),
            ("é", "&#233;"),
            ("’", "&#39;"),
            ("“", "&quot;"),
            ("”", "&quot;"),
        ]),
        3 => replaced(&[("&", "&amp;amp;"), ("é", "&eacute;"), ("–", "&ndash;")]),
        4 => replaced(&[("’", "'"), ("“", "\""), ("”", "\""), ("–", "-")]),
        5 => replaced(&[("’", ""), ("“", ""), ("”", ""), (" – ", " "), (":", "")]),
        6 => replaced(&[("®", "")]),
        7 => format!("{name}™"),
        8 => name.to_uppercase(),
        9 => format!("Target {name}"),
        10 => format!("Target: {name}"),
        11 => format!("{name} (6 Packs)"),
        12 => replaced(&[(" & ", " and ")]),
        13 => name.replace(' ', "  "),
        _ => name.to_owned(),
    }
}

/// A notice of one product: the checkout bot's, or a shorter one of another program.
fn notice(id: i64, product: &str, price: &str, quantity: &str, is_first: bool) -> Incoming {
    let fields =
        [("Product", product), ("Price", price), ("Order Number", NUMBER), ("Quantity", quantity)];
    if is_first { checkout(id, "Target", &fields) } else { message(id, "Order Confirmed", &fields) }
}

fn watched() -> Watched {
    [(CHANNEL, Vec::new())].into()
}

async fn order_of(messages: Vec<Incoming>) -> (Order, Vec<Outcome>) {
    let fresh = Fresh::new().await;
    let outcomes = fresh.take_all(messages).await;
    let order = fresh.order(NUMBER).await;
    assert_findable(&fresh.path());
    let before = dump(&fresh.path());
    reparse(&fresh.ledger, &fresh.ingest, &watched(), |_| ()).await.unwrap();
    assert_eq!(dump(&fresh.path()), before);
    fresh.stop().await;
    (order, outcomes)
}

/// What an order comes to.
fn sums(order: &Order) -> (usize, i64, Option<i64>) {
    (order.items.len(), order.quantity, order.total_minor)
}

#[derive(Debug, Clone)]
struct Told {
    product: usize,
    way: usize,
    via: Via,
    edit: u32,
}

fn any_notice(products: usize) -> impl Strategy<Value = Told> {
    let via = select(vec![Via::Live, Via::Backfill, Via::Import]);
    (0..products, 0..=SPELLINGS, via, 0_u32..3).prop_map(|(product, way, via, edit)| Told {
        product,
        way,
        via,
        edit,
    })
}

proptest! {
    #![proptest_config(Config { cases: 48, max_shrink_iters: 200, ..Config::default() })]

    #[test]
    fn a_cart_counts_once_in_any_spelling_order_of_arrival_and_way(
        cart in 1_usize..5,
        first in any::<Index>(),
        notices in vec(any_notice(4), 0..7),
        places in vec(any::<Index>(), 12),
    ) {
        let first = first.index(PRODUCTS.len());
        let product = |place: usize| (first + place % cart) % PRODUCTS.len();
        let price = |place: usize| format!("${}.00", 10 + product(place));
        let mut messages: Vec<Incoming> = (0..cart)
            .zip(1..)
            .map(|(place, id)| notice(id, PRODUCTS[product(place)], &price(place), "2", true))
            .collect();
        for (id, told) in (20..).zip(&notices) {
            let name = spelled(PRODUCTS[product(told.product)], told.way);
            let mut again = notice(id, &name, &price(told.product), "2", false);
            again.via = told.via;
            messages.push(if told.edit == 0 { again } else { edited(told.edit, again) });
        }
        for (index, place) in places.iter().enumerate().take(messages.len()) {
            let other = place.index(messages.len());
            messages.swap(index, other);
        }
        let runtime = Runtime::new().unwrap();
        let (order, _) = runtime.block_on(order_of(messages));
        let total: usize = (0..cart).map(|place| 2 * 100 * (10 + product(place))).sum();
        let units = 2 * i64::try_from(cart).unwrap();
        prop_assert_eq!(sums(&order), (cart, units, i64::try_from(total).ok()), "{:?}", order.items);
    }
}

#[tokio::test]
async fn a_name_that_is_cut_off_is_the_same_and_gives_way_to_the_whole_one() {
    let name = "Example Elite Trainer Box with a rather long name, 9 packs";
    for cut in ["Example Elite Trainer Box with a rath...", "Example Elite Trainer Box with a…"] {
        for names in [[name, cut], [cut, name]] {
            let messages = vec![
                notice(1, names[0], "$49.99", "1", true),
                notice(2, names[1], "$49.99", "1", false),
            ];
            let (order, _) = order_of(messages).await;
            assert_eq!(sums(&order), (1, 1, Some(4999)), "{names:?}");
            assert_eq!(order.product.as_deref(), Some(name));
        }
    }
}

#[tokio::test]
async fn the_later_message_says_how_many_and_for_how_much() {
    let cases = [
        // (price, quantity, stated total) of the second notice, and what the order comes to.
        ("$44.99", "1", None, (1, 1, Some(4499))),
        ("$49.99", "3", None, (1, 3, Some(14_997))),
        ("$49.99", "1", Some("$53.99"), (1, 1, Some(5399))),
        ("$49.99", "2", Some("$105.00"), (1, 2, Some(10_500))),
        ("", "2", None, (1, 2, Some(9998))),
    ];
    for (price, quantity, total, expected) in cases {
        let mut fields = vec![
            ("Product", "Pokemon Example Box"),
            ("Price", price),
            ("Order Number", NUMBER),
            ("Quantity", quantity),
        ];
        fields.extend(total.map(|total| ("Total", total)));
        fields.retain(|(_, value)| !value.is_empty());
        let messages = vec![
            notice(1, "Pokémon Example Box", "$49.99", "1", true),
            message(2, "Order Confirmed", &fields),
        ];
        assert_eq!(sums(&order_of(messages).await.0), expected, "{price} {quantity} {total:?}");
    }
}

#[tokio::test]
async fn the_price_of_all_units_is_not_taken_for_that_of_one() {
    let messages = vec![
        notice(1, "Console", "$10.00", "3", true),
        message(
            2,
            "Order Confirmed",
            &[("Product", "Console"), ("Price", "$30.00"), ("Order Number", NUMBER)],
        ),
    ];
    assert_eq!(sums(&order_of(messages).await.0), (1, 3, Some(3000)));
}

#[tokio::test]
async fn a_stated_total_gives_way_when_its_quantity_is_restated() {
    let fields = [
        ("Product", "Console"),
        ("Price", "$10.00"),
        ("Order Number", NUMBER),
        ("Quantity", "1"),
        ("Total", "$10.80"),
    ];
    let messages = vec![checkout(1, "Target", &fields), notice(2, "Console", "$10.00", "3", false)];
    assert_eq!(sums(&order_of(messages).await.0), (1, 3, Some(3000)));
}

#[tokio::test]
async fn the_totals_of_a_carts_messages_are_of_their_own_lines_or_of_all() {
    let line = |id, product, price, total| {
        let fields = [
            ("Product", product),
            ("Price", price),
            ("Order Number", NUMBER),
            ("Quantity", "1"),
            ("Total", total),
        ];
        checkout(id, "Target", &fields)
    };
    let own = vec![line(1, "Console", "$10.00", "$10.80"), line(2, "Mug", "$5.00", "$5.40")];
    assert_eq!(sums(&order_of(own).await.0), (2, 2, Some(1620)));
    let all = vec![line(1, "Console", "$10.00", "$16.20"), line(2, "Mug", "$5.00", "$16.20")];
    assert_eq!(sums(&order_of(all).await.0), (2, 2, Some(1620)));
    let again = vec![
        line(1, "Console", "$10.00", "$10.80"),
        line(2, "Mug", "$5.00", "$5.40"),
        line(3, "Mug", "$5.00", "$5.40"),
    ];
    assert_eq!(sums(&order_of(again).await.0), (2, 2, Some(1620)));
}

#[tokio::test]
async fn two_currencies_are_never_added() {
    let messages =
        vec![notice(1, "Console", "$10.00", "1", true), notice(2, "Mug", "€5.00", "1", false)];
    let (order, _) = order_of(messages).await;
    assert_eq!(sums(&order), (2, 2, None));
    assert_eq!((order.currency, order.price_minor), (Some(Currency::USD), Some(1000)));
    assert_eq!(order.items[1].currency, Some(Currency::EUR));
    // The same product in another currency: the later message's, and nothing is added.
    let messages =
        vec![notice(1, "Console", "$10.00", "2", true), notice(2, "Console", "€9.00", "2", false)];
    let (order, _) = order_of(messages).await;
    assert_eq!(sums(&order), (1, 2, Some(1800)));
    assert_eq!(order.currency, Some(Currency::EUR));
}

#[tokio::test]
async fn a_second_tracking_number_is_another_parcel() {
    let tracking = |id, number| {
        message(id, "Order update", &[("Order Number", NUMBER), ("Tracking Number", number)])
    };
    let messages = vec![
        notice(1, "Console", "$10.00", "1", true),
        tracking(2, "1Z999AA10123456784"),
        tracking(3, "9400100000000000000001"),
        tracking(4, "1Z999AA10123456784"),
    ];
    let (order, _) = order_of(messages).await;
    let both = "1Z999AA10123456784, 9400100000000000000001";
    assert_eq!(order.details.tracking_number.as_deref(), Some(both));
}

#[tokio::test]
async fn the_same_page_or_number_helps_where_name_and_price_do_not_both_differ() {
    let linked = |id, product: &str, price, link: &str| {
        let product = format!("[{product}]({link})");
        notice(id, &product, price, "1", true)
    };
    let page = "https://www.target.com/p/~/-/A-90000001";
    let cases = [
        ("ETB", "$49.99", page, (1, 1, Some(4999))),
        ("ETB", "$44.99", page, (2, 2, Some(9498))),
        ("ETB", "$49.99", "https://www.target.com", (2, 2, Some(9998))),
    ];
    for (name, price, link, expected) in cases {
        let messages =
            vec![linked(1, "Premium Collection", "$49.99", page), linked(2, name, price, link)];
        assert_eq!(sums(&order_of(messages).await.0), expected, "{name} {price} {link}");
    }
}

/// A name that is a part of another one, for another price: one purchase or two.
fn doubtful() -> Vec<Incoming> {
    vec![
        notice(1, "Example Booster Box", "$149.99", "1", true),
        notice(2, "Example Booster Box Case", "$899.99", "1", false),
    ]
}

async fn correct(fresh: &Fresh, what: Correct) -> Option<Corrected> {
    let order = fresh.order(NUMBER).await.id;
    let request =
        CorrectRequest { guild: GUILD, order, user: USER, source: MarkSource::Menu, what };
    fresh.ledger.correct(&request, fresh.ingest.labels()).await.unwrap()
}

#[tokio::test]
async fn what_is_doubtful_counts_once_until_a_person_counts_both() {
    let fresh = Fresh::new().await;
    assert_eq!(fresh.take_all(doubtful()).await, [Outcome::Stored, Outcome::Updated]);
    let order = fresh.order(NUMBER).await;
    assert_eq!(sums(&order), (1, 1, Some(89_999)));
    assert_eq!(fresh.ledger.doubts(order.id).await.unwrap(), ["Example Booster Box Case"]);
    let log = async || fresh.ledger.delivery(GUILD, MessageId(2)).await.unwrap().unwrap().delivery;
    assert_eq!(
        log().await.reason,
        "Counted once: Example Booster Box Case may be a product that was counted already."
    );
    let wanted = async || {
        let due = fresh.ledger.pending_reactions(9).await.unwrap();
        due.into_iter().find(|one| one.message == MessageId(2)).unwrap().wanted.unwrap()
    };
    assert_eq!(wanted().await, "⚠️");

    assert_eq!(correct(&fresh, Correct::CountBoth).await, Some(Corrected::Done(order.id)));
    assert_eq!(sums(&fresh.order(NUMBER).await), (2, 2, Some(104_998)));
    assert_eq!((log().await.reason.as_str(), wanted().await.as_str()), ("", "✅"));
    assert_eq!(fresh.ledger.doubts(order.id).await.unwrap(), Vec::<String>::new());
    assert_eq!(correct(&fresh, Correct::CountBoth).await, Some(Corrected::Nothing));

    let before = dump(&fresh.path());
    reparse(&fresh.ledger, &fresh.ingest, &watched(), |_| ()).await.unwrap();
    assert_eq!(dump(&fresh.path()), before);

    let labels = fresh.ingest.labels();
    let undone = fresh.ledger.undo(GUILD, order.id, USER, MarkSource::Menu, labels).await.unwrap();
    assert_eq!(undone.unwrap().column, "counted_apart");
    assert_eq!(sums(&fresh.order(NUMBER).await), (1, 1, Some(89_999)));
    assert_eq!(wanted().await, "⚠️");
    reparse(&fresh.ledger, &fresh.ingest, &watched(), |_| ()).await.unwrap();
    assert_eq!(sums(&fresh.order(NUMBER).await), (1, 1, Some(89_999)));
}

#[tokio::test]
async fn an_edit_may_end_the_doubt() {
    let mut messages = doubtful();
    messages.push(edited(5, notice(2, "Example Booster Box", "$149.99", "1", false)));
    let (order, outcomes) = order_of(messages).await;
    assert_eq!(sums(&order), (1, 1, Some(14_999)));
    assert_eq!(outcomes, [Outcome::Stored, Outcome::Updated, Outcome::Unchanged]);
}
