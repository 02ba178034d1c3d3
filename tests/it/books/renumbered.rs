//! Orders that a sheet alone brought, and the number that a person gives them.

use refract_ledger::ids::OrderId;
use refract_ledger::ledger::{
    Added, Correct, CorrectRequest, Corrected, MarkRequest, MarkSource, MarkTarget,
};
use refract_ledger::order::Status;
use refract_ledger::reparse::{Watched, reparse};
use refract_ledger::sheet::Kind;

use super::by_hand::{USER, bring, by_hand};
use crate::fresh::{CHANNEL, Fresh, GUILD, assert_findable, checkout, message, rows};

const HEADINGS: &str = "Date,Time,Product,Price,Total,Commission,Quantity,Profile,Proxy List,Order Number,Email,Reference #,\
     Posted Date,Tracking Number,Status,QTY Received,Order ID,Created,Modified";

/// The old sheet with these orders: number, units and payout of each.
fn old_sheet(orders: &[(&str, &str, &str)]) -> String {
    let row = |(number, units, payout): &(&str, &str, &str)| {
        format!(
            "\n2026-01-05,12:00:00,Example Pen,$10.00,{payout},,{units},Main,,{number},,,,,,,,,"
        )
    };
    format!("{HEADINGS}{}\n", orders.iter().map(row).collect::<String>())
}

const ORDERS: &str = "SELECT coalesce(order_number, '-'), quantity, payout_minor, tracking_number FROM orders \
     ORDER BY order_number";

fn orders(fresh: &Fresh) -> Vec<String> {
    rows(&fresh.path(), ORDERS)
}

fn id_of(fresh: &Fresh, number: &str) -> OrderId {
    let query = format!("SELECT id FROM orders WHERE coalesce(order_number, '') = '{number}'");
    OrderId(rows(&fresh.path(), &query)[0].parse().expect("an id"))
}

async fn correct(fresh: &Fresh, from: &str, to: &str) -> Option<Corrected> {
    let (order, source) = (id_of(fresh, from), MarkSource::Command);
    let what = Correct::Number(to.to_owned());
    let request = CorrectRequest { guild: GUILD, order, user: USER, source, what };
    fresh.ledger.correct(&request, fresh.ingest.labels()).await.expect("corrected")
}

async fn undo(fresh: &Fresh, number: &str) -> Option<String> {
    let (order, labels) = (id_of(fresh, number), fresh.ingest.labels());
    let undone = fresh.ledger.undo(GUILD, order, USER, MarkSource::Command, labels).await;
    undone.expect("undone").and_then(|undone| undone.after)
}

async fn read_again(fresh: &Fresh) {
    let watched: Watched = [(CHANNEL, Vec::new())].into();
    reparse(&fresh.ledger, &fresh.ingest, &watched, |_| ()).await.expect("read again");
}

#[tokio::test]
async fn the_rows_of_an_order_find_it_under_its_number_before_and_its_new_one() {
    let fresh = Fresh::new().await;
    let sheet = old_sheet(&[("A-1001", "2", "$30.00")]);
    bring(&fresh, Kind::Orders, &sheet, &[]).await.expect("a batch");
    let order = id_of(&fresh, "A-1001");
    assert_eq!(correct(&fresh, "A-1001", "b-2002").await, Some(Corrected::Done(order)));
    let renamed = ["B-2002|2|3000|-"];
    assert_eq!(orders(&fresh), renamed);
    assert!(fresh.order("B-2002").await.corrected().contains(&"order_number"));
    assert_eq!(correct(&fresh, "B-2002", "B-2002").await, Some(Corrected::Nothing));
    // The same sheet, and the same order by its new number, say nothing new.
    assert_eq!(bring(&fresh, Kind::Orders, &sheet, &[]).await, None);
    let by_new = old_sheet(&[("B-2002", "2", "$30.00")]);
    assert_eq!(bring(&fresh, Kind::Orders, &by_new, &[]).await, None);
    assert_eq!(orders(&fresh), renamed);
    // A later sheet corrects the one before by either.
    let paid = |number| old_sheet(&[(number, "2", if number == "A-1001" { "31" } else { "32" })]);
    for (number, shown) in [("A-1001", "B-2002|2|3100|-"), ("B-2002", "B-2002|2|3200|-")] {
        assert!(bring(&fresh, Kind::Orders, &paid(number), &[]).await.is_some(), "{number}");
        assert_eq!(orders(&fresh), [shown]);
    }
    for (number, parcel) in [("A-1001", "TBA000000000001"), ("B-2002", "TBA000000000002")] {
        let text = format!("order,tracking\n{number},{parcel}\n");
        bring(&fresh, Kind::Track, &text, &[]).await.expect("a batch");
        assert_eq!(bring(&fresh, Kind::Track, &text, &[]).await, None, "{number}");
    }
    let whole = ["B-2002|2|3200|TBA000000000001, TBA000000000002"];
    assert_eq!(orders(&fresh), whole);
    read_again(&fresh).await;
    assert_eq!(orders(&fresh), whole);
    assert_eq!(rows(&fresh.path(), "SELECT count(*) FROM waiting_rows"), ["0"]);
    assert_findable(&fresh.path());
    fresh.stop().await;
}

#[tokio::test]
async fn undo_gives_an_order_its_number_again_and_each_row_its_order() {
    let fresh = Fresh::new().await;
    let sheet = old_sheet(&[("A-1001", "2", "$30.00")]);
    bring(&fresh, Kind::Orders, &sheet, &[]).await.expect("a batch");
    correct(&fresh, "A-1001", "B-2002").await;
    correct(&fresh, "B-2002", "C-3003").await;
    let by_new = old_sheet(&[("B-2002", "5", "$50.00")]);
    bring(&fresh, Kind::Orders, &by_new, &[]).await.expect("a batch");
    // The second number was never named by a row while the order had it.
    assert_eq!(orders(&fresh), ["B-2002|5|5000|-", "C-3003|2|3000|-"]);
    assert_eq!(undo(&fresh, "C-3003").await.as_deref(), Some("B-2002"));
    assert_eq!(orders(&fresh), ["B-2002|5|5000|-"]);
    assert_eq!(undo(&fresh, "B-2002").await.as_deref(), Some("A-1001"));
    assert_eq!(orders(&fresh), ["A-1001|2|3000|-", "B-2002|5|5000|-"]);
    assert_eq!(bring(&fresh, Kind::Orders, &sheet, &[]).await, None);
    assert_eq!(rows(&fresh.path(), "SELECT count(*) FROM purchases"), ["0"]);
    assert_findable(&fresh.path());
    fresh.stop().await;
}

#[tokio::test]
async fn what_waits_for_the_new_number_and_its_message_find_the_order() {
    let fresh = Fresh::new().await;
    let parcel = "order,tracking\nB-2002,TBA000000000001\n";
    bring(&fresh, Kind::Track, parcel, &[]).await.expect("a batch");
    let shipped = [("Order Number", "B-2002"), ("Status", "Shipped")];
    fresh.take(message(2, "Order Shipped", &shipped)).await;
    let sheet = old_sheet(&[("A-1001", "2", "$30.00")]);
    bring(&fresh, Kind::Orders, &sheet, &[]).await.expect("a batch");
    correct(&fresh, "A-1001", "B-2002").await;
    let shown = "SELECT order_number, payout_minor, tracking_number, status FROM orders ORDER BY 1";
    let shown = || rows(&fresh.path(), shown);
    assert_eq!(shown(), ["B-2002|3000|TBA000000000001|shipped"]);
    let fields = [("Product", "Example Pen"), ("Price", "$10.00"), ("Order Number", "B-2002")];
    fresh.take(checkout(3, "Target", &fields)).await;
    let told = ["B-2002|3000|TBA000000000001|shipped"];
    assert_eq!(shown(), told);
    read_again(&fresh).await;
    assert_eq!(shown(), told);
    // A message of the number before is another purchase, as it is for an order of a message.
    let fields = [("Product", "Example Cup"), ("Price", "$5.00"), ("Order Number", "A-1001")];
    fresh.take(checkout(4, "Target", &fields)).await;
    let both = ["A-1001|-|-|verified", "B-2002|3000|TBA000000000001|shipped"];
    assert_eq!(shown(), both);
    read_again(&fresh).await;
    assert_eq!(shown(), both);
    assert_findable(&fresh.path());
    fresh.stop().await;
}

#[tokio::test]
async fn an_order_with_the_number_of_another_one_joins_it_until_that_is_taken_back() {
    let sheet = old_sheet(&[("A-1001", "2", "$30.00")]);
    let other = old_sheet(&[("B-2002", "1", "$15.00")]);
    for by_message in [false, true] {
        let fresh = Fresh::new().await;
        bring(&fresh, Kind::Orders, &sheet, &[]).await.expect("a batch");
        if by_message {
            let fields =
                [("Product", "Example Pen"), ("Price", "$10.00"), ("Order Number", "B-2002")];
            fresh.take(checkout(3, "Target", &fields)).await;
        } else {
            bring(&fresh, Kind::Orders, &other, &[]).await.expect("a batch");
        }
        let before = orders(&fresh);
        let (order, at) = (id_of(&fresh, "A-1001"), Some(chrono::Utc::now()));
        let mark = MarkRequest {
            guild: GUILD,
            target: MarkTarget::Order(order),
            user: USER,
            status: Status::Delivered,
            emoji: None,
            source: MarkSource::Command,
            at,
        };
        fresh.ledger.mark(mark).await.unwrap();
        let corrected = correct(&fresh, "A-1001", "B-2002").await;
        assert_eq!(corrected, Some(Corrected::Done(id_of(&fresh, "B-2002"))));
        let statuses = "SELECT order_number, status FROM orders ORDER BY 1";
        assert_eq!(rows(&fresh.path(), statuses), ["B-2002|delivered"], "message: {by_message}");
        assert_eq!(bring(&fresh, Kind::Orders, &sheet, &[]).await, None);
        read_again(&fresh).await;
        assert_eq!(rows(&fresh.path(), statuses), ["B-2002|delivered"], "message: {by_message}");
        assert_eq!(undo(&fresh, "B-2002").await.as_deref(), Some("A-1001"));
        assert_eq!(orders(&fresh), before, "message: {by_message}");
        let parted = ["A-1001|delivered", "B-2002|verified"];
        assert_eq!(rows(&fresh.path(), statuses), parted, "message: {by_message}");
        assert_eq!(id_of(&fresh, "A-1001"), order);
        assert_eq!(bring(&fresh, Kind::Orders, &sheet, &[]).await, None);
        assert_findable(&fresh.path());
        fresh.stop().await;
    }
}

#[tokio::test]
async fn an_order_whose_sheet_was_undone_while_it_was_a_part_of_another_is_gone() {
    let fresh = Fresh::new().await;
    let sheet = old_sheet(&[("A-1001", "2", "$30.00")]);
    let batch = bring(&fresh, Kind::Orders, &sheet, &[]).await.expect("a batch");
    let fields = [("Product", "Example Pen"), ("Price", "$10.00"), ("Order Number", "B-2002")];
    fresh.take(checkout(3, "Target", &fields)).await;
    correct(&fresh, "A-1001", "B-2002").await;
    fresh.ledger.undo_batch(Some(GUILD), batch, None).await.unwrap();
    assert_eq!(orders(&fresh), ["B-2002|1|-|-"]);
    undo(&fresh, "B-2002").await;
    assert_eq!(orders(&fresh), ["B-2002|1|-|-"]);
    assert_eq!(rows(&fresh.path(), "SELECT count(*) FROM purchases"), ["0"]);
    bring(&fresh, Kind::Orders, &sheet, &[]).await.expect("a batch");
    assert_eq!(orders(&fresh), ["A-1001|2|3000|-", "B-2002|1|-|-"]);
    fresh.stop().await;
}

#[tokio::test]
async fn an_order_without_a_number_gets_one_and_loses_it_again() {
    let fresh = Fresh::new().await;
    let sheet = old_sheet(&[("", "1", "$15.00")]);
    let batch = bring(&fresh, Kind::Orders, &sheet, &[]).await.expect("a batch");
    assert!(matches!(correct(&fresh, "", "A-1001").await, Some(Corrected::Done(_))));
    assert_eq!(orders(&fresh), ["A-1001|1|1500|-"]);
    for number in ["", "A-1001"] {
        let again = old_sheet(&[(number, "1", "$15.00")]);
        assert_eq!(bring(&fresh, Kind::Orders, &again, &[]).await, None, "{number:?}");
    }
    read_again(&fresh).await;
    assert_eq!(orders(&fresh), ["A-1001|1|1500|-"]);
    // What a person said of it keeps it when its sheet goes.
    fresh.ledger.undo_batch(Some(GUILD), batch, None).await.unwrap();
    assert_eq!(orders(&fresh), ["A-1001|1|1500|-"]);
    assert_eq!(undo(&fresh, "A-1001").await, None);
    assert_eq!(orders(&fresh), Vec::<String>::new());
    bring(&fresh, Kind::Orders, &sheet, &[]).await.expect("a batch");
    assert_eq!(orders(&fresh), ["-|1|1500|-"]);
    fresh.stop().await;
}

#[tokio::test]
async fn the_message_of_the_number_that_a_person_gave_joins_the_order() {
    for number in ["", "Z-9009"] {
        let fresh = Fresh::new().await;
        let sheet = old_sheet(&[(number, "1", "$15.00")]);
        bring(&fresh, Kind::Orders, &sheet, &[]).await.expect("a batch");
        let order = id_of(&fresh, number);
        correct(&fresh, number, "A-1001").await;
        let fields = [("Product", "Example Pen"), ("Price", "$10.00"), ("Order Number", "A-1001")];
        fresh.take(checkout(3, "Target", &fields)).await;
        for _ in 0..2 {
            assert_eq!(orders(&fresh), ["A-1001|1|1500|-"], "{number:?}");
            assert_eq!(bring(&fresh, Kind::Orders, &sheet, &[]).await, None, "{number:?}");
            assert_eq!(id_of(&fresh, "A-1001"), order);
            read_again(&fresh).await;
        }
        // Without the number of the person the message has an order of its own.
        undo(&fresh, "A-1001").await;
        let parted = rows(&fresh.path(), "SELECT payout_minor, message_id FROM orders ORDER BY 1");
        assert_eq!(parted, ["-|3", "1500|-"], "{number:?}");
        assert_findable(&fresh.path());
        fresh.stop().await;
    }
}

#[tokio::test]
async fn the_rows_of_an_order_of_a_message_follow_the_number_that_a_person_gives_it() {
    let fresh = Fresh::new().await;
    let sheet = old_sheet(&[("A-1001", "2", "$30.00")]);
    bring(&fresh, Kind::Orders, &sheet, &[]).await.expect("a batch");
    let fields = [("Product", "Example Pen"), ("Price", "$10.00"), ("Order Number", "A-1001")];
    fresh.take(checkout(3, "Target", &fields)).await;
    let before = orders(&fresh);
    correct(&fresh, "A-1001", "B-2002").await;
    let after: Vec<String> = before.iter().map(|row| row.replace("A-1001", "B-2002")).collect();
    assert_eq!(orders(&fresh), after);
    assert_eq!(bring(&fresh, Kind::Orders, &sheet, &[]).await, None);
    read_again(&fresh).await;
    assert_eq!(orders(&fresh), after);
    undo(&fresh, "B-2002").await;
    assert_eq!(orders(&fresh), before);
    assert_findable(&fresh.path());
    fresh.stop().await;
}

#[tokio::test]
async fn an_order_that_a_person_wrote_down_gets_another_number() {
    let fresh = Fresh::new().await;
    let added = fresh.ledger.add_order(&by_hand()).await.unwrap();
    assert_eq!(added, Added::Done(id_of(&fresh, "A-1001")));
    correct(&fresh, "A-1001", "B-2002").await;
    assert_eq!(orders(&fresh), ["B-2002|2|-|-"]);
    undo(&fresh, "B-2002").await;
    assert_eq!(orders(&fresh), ["A-1001|2|-|-"]);
    undo(&fresh, "A-1001").await;
    assert_eq!(orders(&fresh), Vec::<String>::new());
    fresh.stop().await;
}
