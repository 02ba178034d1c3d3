use super::*;
use crate::reading::ItemReading;

fn message(id: i64) -> MessageFacts {
    let posted_at = DateTime::from_timestamp(id, 0);
    MessageFacts {
        id: MessageId(id),
        channel_id: ChannelId(7),
        posted_at,
        received_at: DateTime::UNIX_EPOCH,
        via: Via::Live,
    }
}

fn item(product: &str, price_minor: i64, quantity: Option<i64>) -> ItemReading {
    let product = Some(product.to_owned());
    ItemReading { product, price_minor: Some(price_minor), quantity, ..ItemReading::default() }
}

fn checkout(id: i64, items: Vec<ItemReading>) -> Statement {
    statement(id, Kind::Checkout, OrderReading { items, ..OrderReading::default() })
}

fn update(id: i64, reading: OrderReading) -> Statement {
    statement(id, Kind::Update, reading)
}

fn statement(id: i64, kind: Kind, mut reading: OrderReading) -> Statement {
    reading.order_number = Some("A-1".to_owned());
    Statement {
        message: message(id),
        position: 0,
        kind,
        reading,
        counts_apart: false,
        joined: None,
    }
}

fn fold(statements: &[Statement]) -> (OrderState, Vec<Outcome>) {
    let mut state = OrderState::default();
    let outcomes = statements.iter().map(|statement| state.apply(statement).outcome).collect();
    (state, outcomes)
}

#[test]
fn a_repost_changes_nothing() {
    let first = checkout(1, vec![item("Console", 29_999, Some(2))]);
    let again = Statement { message: message(2), ..first.clone() };
    let (state, outcomes) = fold(&[first, again]);
    assert_eq!(outcomes, [Outcome::Stored, Outcome::Unchanged]);
    assert_eq!(state.announcement.unwrap().ordered_at, DateTime::from_timestamp(1, 0).unwrap());
}

#[test]
fn an_update_blanks_nothing() {
    let mut first = checkout(1, vec![item("Console", 29_999, Some(2))]);
    first.reading.details.email = Some("buyer@example.com".to_owned());
    let mut second = update(2, OrderReading::default());
    second.reading.details.tracking_number = Some("1Z999".to_owned());
    let (state, outcomes) = fold(&[first, second]);
    assert_eq!(outcomes, [Outcome::Stored, Outcome::Updated]);
    assert_eq!(state.details.email.as_deref(), Some("buyer@example.com"));
    assert_eq!((state.lines.quantity(), state.total_minor()), (2, Some(59_998)));
}

#[test]
fn another_product_is_another_line_and_the_same_one_is_not() {
    let console = || item("Console", 29_999, None);
    let (state, outcomes) = fold(&[
        checkout(1, vec![console()]),
        checkout(2, vec![item("Controller", 6_999, Some(2))]),
        checkout(3, vec![item("  CONSOLE ", 29_999, None)]),
    ]);
    assert_eq!(outcomes, [Outcome::Stored, Outcome::Updated, Outcome::Unchanged]);
    assert_eq!(state.lines.items.len(), 2);
    assert_eq!((state.lines.quantity(), state.total_minor()), (3, Some(43_997)));
}

#[test]
fn two_equal_lines_of_one_message_stay_two_and_a_repost_adds_none() {
    let lines = || vec![item("Cards", 500, None), item("Cards", 500, None)];
    let (state, outcomes) = fold(&[checkout(1, lines()), checkout(2, lines())]);
    assert_eq!(outcomes, [Outcome::Stored, Outcome::Unchanged]);
    assert_eq!(state.lines.items.len(), 2);
}

#[test]
fn an_update_calls_a_product_by_another_name_without_adding_a_line() {
    let (state, _) = fold(&[
        checkout(1, vec![item("Console (Digital)", 29_999, None)]),
        update(
            2,
            OrderReading { items: vec![item("Console", 1, None)], ..OrderReading::default() },
        ),
    ]);
    assert_eq!(state.lines.items.len(), 1);
    assert_eq!(state.total_minor(), Some(29_999));
}

#[test]
fn a_stated_quantity_counts_for_the_only_line() {
    let mut statement = checkout(1, vec![item("Console", 10_000, None)]);
    statement.reading.quantity = Some(3);
    let (state, _) = fold(&[statement]);
    assert_eq!((state.lines.quantity(), state.total_minor()), (3, Some(30_000)));
}

#[test]
fn a_stated_total_beats_the_sum_until_a_line_is_added() {
    let mut first = checkout(1, vec![item("Console", 10_000, None)]);
    first.reading.total_minor = Some(10_825);
    let second = checkout(2, vec![item("Controller", 5_000, None)]);
    assert_eq!(fold(std::slice::from_ref(&first)).0.total_minor(), Some(10_825));
    assert_eq!(fold(&[first, second]).0.total_minor(), Some(15_000));
}

#[test]
fn giant_amounts_have_no_total_rather_than_a_wrong_one() {
    let (state, _) = fold(&[checkout(1, vec![item("Console", i64::MAX, Some(2))])]);
    assert_eq!(state.total_minor(), None);
}

#[test]
fn the_fuller_name_of_the_store_is_kept() {
    let mut statements = [1, 2, 3].map(|id| checkout(id, vec![item("Console", 1, None)]));
    for (statement, store) in statements.iter_mut().zip(["Best Buy", "Best Buy US", "best buy"]) {
        statement.reading.store = Some(store.to_owned());
    }
    assert_eq!(fold(&statements).0.store.as_deref(), Some("Best Buy US"));
}

#[test]
fn an_update_that_came_first_adds_its_facts_to_the_checkout() {
    let status = Some("shipped".to_owned());
    let (state, outcomes) = fold(&[
        update(1, OrderReading { status, ..OrderReading::default() }),
        checkout(2, vec![item("Console", 1, None)]),
    ]);
    assert_eq!(outcomes, [Outcome::Updated, Outcome::Stored]);
    assert_eq!(state.said.status, Some(Status::Shipped));
    assert_eq!(state.announcement.unwrap().message_id, Some(MessageId(2)));
}

#[test]
fn a_total_of_some_lines_is_not_that_of_the_order() {
    let all = || vec![item("Console", 30_000, None), item("Controller", 5_000, None)];
    let total = |stated: i64| {
        let mut last = checkout(2, vec![item("Controller", 5_000, None)]);
        last.reading.total_minor = Some(stated);
        fold(&[checkout(1, all()), last]).0.total_minor()
    };
    assert_eq!(total(5_400), Some(35_000), "the controller with its tax");
    assert_eq!(total(37_900), Some(37_900), "the order with its tax");
    assert_eq!(total(20_000), Some(20_000), "as near to both: the latest word counts");
}

#[test]
fn when_it_was_bought_is_its_own_word_before_discords() {
    let mut statement = checkout(100, vec![item("Console", 1, None)]);
    assert_eq!(statement.stated_time(), DateTime::from_timestamp(100, 0));
    statement.reading.ordered_at = DateTime::from_timestamp(50, 0);
    assert_eq!(statement.stated_time(), DateTime::from_timestamp(50, 0));
    let (state, _) = fold(std::slice::from_ref(&statement));
    assert_eq!(state.announcement.unwrap().stated_time(), DateTime::from_timestamp(50, 0));
    (statement.reading.ordered_at, statement.message.posted_at) = (None, None);
    let (state, _) = fold(&[statement]);
    assert_eq!(state.announcement.unwrap().stated_time(), None, "nobody knows");
}

#[test]
fn the_quantity_and_the_money_of_a_notice_are_its_own() {
    let bought = || checkout(1, vec![item("Console", 4_999, Some(2))]);
    let noticed = |status: &str, price: i64, quantity: Option<i64>, total: Option<i64>| {
        let status = Some(status.to_owned());
        let items = vec![item("Console", price, quantity)];
        let said = OrderReading { status, items, total_minor: total, ..OrderReading::default() };
        let (state, _) = fold(&[bought(), update(2, said)]);
        (state.lines.quantity(), state.total_minor(), state.said.status)
    };
    let stands = |status| (2, Some(9_998), Some(status));
    assert_eq!(noticed("Shipped", 4_999, Some(1), None), stands(Status::Shipped));
    assert_eq!(noticed("Cancelled", 4_999, Some(1), Some(4_999)), stands(Status::Cancelled));
    assert_eq!(noticed("partly refunded", 1_000, None, Some(1_000)), stands(Status::Verified));
    // What the checkout left out is filled in, but not by a refund.
    let silent =
        || checkout(1, vec![ItemReading { price_minor: None, ..item("Console", 0, None) }]);
    let total = |status: &str| {
        let (status, items) = (Some(status.to_owned()), vec![item("Console", 1_000, None)]);
        let said = OrderReading { items, status, ..OrderReading::default() };
        fold(&[silent(), update(2, said)]).0.total_minor()
    };
    assert_eq!(total("Shipped"), Some(1_000));
    assert_eq!(total("Partially Refunded"), None);
}

#[test]
fn a_cancelled_item_is_the_order_where_nothing_else_was_bought() {
    let after = |units: Vec<ItemReading>| {
        let status = Some("Item Cancelled".to_owned());
        let said = OrderReading { status, ..OrderReading::default() };
        fold(&[checkout(1, units), update(2, said)]).0.said.status
    };
    assert_eq!(after(vec![item("Console", 100, Some(1))]), Some(Status::Cancelled));
    assert_eq!(after(vec![item("Console", 100, Some(2))]), Some(Status::Verified));
    let two = vec![item("Console", 100, None), item("Kettle", 100, None)];
    assert_eq!(after(two), Some(Status::Verified));
}

#[test]
fn a_notice_of_a_changed_order_changes_what_it_costs_and_holds() {
    use crate::reading::message::{Embed, Field};
    use crate::reading::{Labels, Message, read};
    let noticed = |title: &str, fields: &[(&str, &str)]| {
        let fields = [("Order Number", "A-1001")].iter().chain(fields);
        let field =
            |(name, value): &(&str, &str)| Field { name: (*name).into(), value: (*value).into() };
        let fields = fields.map(field).collect();
        let embed = Embed { title: title.into(), fields, ..Embed::default() };
        let message = Message { embeds: vec![embed], ..Message::default() };
        let reading = read(&message, &Labels::built_in());
        assert_eq!(reading.kind, Kind::Update, "{title}");
        let mut bought = checkout(1, vec![item("Console", 1_000, Some(3))]);
        bought.reading.total_minor = Some(3_300);
        bought.reading.currency = Some(Currency::USD);
        let (state, _) = fold(&[bought, update(2, reading.orders[0].clone())]);
        (state.lines.quantity(), state.total_minor())
    };
    for title in [
        "Price Adjusted",
        "Order Updated",
        "Order Modified",
        "Order Update",
        "Changes to your order",
        "Price adjustment confirmed",
        "Bestellung aktualisiert",
        "订单更新",
    ] {
        assert_eq!(noticed(title, &[("Total", "$28.00")]), (3, Some(2_800)), "{title}");
        assert_eq!(noticed(title, &[("Quantity", "2")]), (2, Some(2_000)), "{title}");
        let processing = [("Total", "$28.00"), ("Status", "Processing")];
        assert_eq!(noticed(title, &processing), (3, Some(2_800)), "{title}");
        for of_itself in [
            ("Status", "Shipped"),
            ("Status", "Refund requested"),
            ("Status", "Partially Refunded"),
            ("Tracking Number", "1Z999AA10123456784"),
        ] {
            let fields = [("Total", "$11.00"), ("Quantity", "1"), of_itself];
            assert_eq!(noticed(title, &fields), (3, Some(3_300)), "{title}: {of_itself:?}");
        }
    }
    for title in [
        "Order Shipped",
        "Order Delivered",
        "Refund requested",
        "Order Update: Refund requested",
        "Return approved",
        "Cancellation requested",
        "Delivery update",
        "Price adjustment denied",
        "Order Updated: 1 of 3 items cancelled",
    ] {
        let fields = [("Total", "$11.00"), ("Quantity", "1")];
        assert_eq!(noticed(title, &fields), (3, Some(3_300)), "{title}");
    }
}
