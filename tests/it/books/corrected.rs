//! Sheets beside values that people set by hand.

use chrono_tz::Tz;
use refract_ledger::ids::OrderId;
use refract_ledger::ledger::{MarkSource, OrderField, SetRequest};
use refract_ledger::order::Status;
use refract_ledger::sheet::Kind;
use serde_json::Value;

use super::Desk;
use super::by_hand::{USER, bring};
use crate::fresh::{Fresh, GUILD, checkout};

const NUMBER: &str = "A-1001";

async fn set(fresh: &Fresh, field: OrderField, typed: &str) {
    let order: OrderId = fresh.order(NUMBER).await.id;
    let values = vec![(field, typed.to_owned())];
    let (source, zone) = (MarkSource::Command, Tz::UTC);
    let request = SetRequest { guild: GUILD, order, user: USER, source, values, zone };
    fresh.ledger.set_values(&request).await.unwrap().expect("an order").expect("a value");
}

async fn bought(units: &str) -> Fresh {
    let fresh = Fresh::new().await;
    let fields = [
        ("Product", "Example"),
        ("Price", "$10.00"),
        ("Quantity", units),
        ("Order Number", NUMBER),
    ];
    fresh.take(checkout(1, "Target", &fields)).await;
    fresh
}

async fn shown(fresh: &Fresh) -> (i64, Status) {
    let order = fresh.order(NUMBER).await;
    (order.quantity, order.status)
}

async fn take_off(fresh: &Fresh, units: i64) -> Option<i64> {
    let sheet = format!("order,status,qty\n{NUMBER},cancelled,{units}\n");
    bring(fresh, Kind::Status, &sheet, &[]).await
}

#[tokio::test]
async fn a_part_is_taken_off_the_units_that_a_person_set() {
    let fresh = bought("2").await;
    set(&fresh, OrderField::Quantity, "5").await;
    for (units, left) in [(1, 4), (2, 3), (3, 2)] {
        let batch = take_off(&fresh, units).await.expect("a batch");
        assert_eq!(shown(&fresh).await, (left, Status::Verified), "{units} of 5");
        fresh.ledger.undo_batch(Some(GUILD), batch, None).await.unwrap();
        assert_eq!(shown(&fresh).await, (5, Status::Verified));
    }
    let whole = take_off(&fresh, 5).await.expect("a batch");
    assert_eq!(shown(&fresh).await, (0, Status::Cancelled));
    fresh.ledger.undo_batch(Some(GUILD), whole, None).await.unwrap();
    // What a person sets is what is left: parts of before are in it.
    take_off(&fresh, 1).await.expect("a batch");
    set(&fresh, OrderField::Quantity, "3").await;
    assert_eq!(shown(&fresh).await, (3, Status::Verified));
    take_off(&fresh, 2).await.expect("a batch");
    assert_eq!(shown(&fresh).await, (1, Status::Verified));
    set(&fresh, OrderField::Quantity, "").await;
    assert_eq!(shown(&fresh).await, (0, Status::Cancelled), "all that was bought was taken off");
}

#[tokio::test]
async fn one_unit_of_more_than_were_announced_does_not_cancel_the_order() {
    let fresh = bought("1").await;
    set(&fresh, OrderField::Quantity, "4").await;
    take_off(&fresh, 1).await.expect("a batch");
    assert_eq!(shown(&fresh).await, (3, Status::Verified));
}

#[tokio::test]
async fn what_this_ledger_exports_is_no_evidence_of_what_was_set_by_hand() {
    let forms: [&[&str]; 6] = [
        &["--format", "json"],
        &["--format", "csv"],
        &["--format", "csv", "--rows", "items"],
        &["--format", "xlsx"],
        &["--format", "csv", "--preset", "roms19"],
        &["--format", "xlsx", "--preset", "roms19"],
    ];
    let values = [
        (OrderField::Total, "777.00"),
        (OrderField::Price, "12.50"),
        (OrderField::Quantity, "5"),
        (OrderField::Product, "Other"),
        (OrderField::Profile, "Mine"),
        (OrderField::Email, "me@example.com"),
        (OrderField::Date, "2025-12-24 10:00:00"),
    ];
    for (field, value) in values {
        let fresh = bought("2").await;
        let shown = async || {
            let order = fresh.order(NUMBER).await;
            (order.total_minor, order.price_minor, order.quantity, order.product, order.ordered_at)
        };
        let before = shown().await;
        set(&fresh, field, value).await;
        let desk = Desk::new();
        let config = format!("[database]\npath = {:?}\n", fresh.path());
        desk.write("config.toml", &config);
        for form in forms {
            desk.run(&[&["export", "-o", "own"], form].concat());
            let own = desk.json(&["bulk", "orders", "own", "--apply"]);
            assert_eq!(own["batch"], Value::Null, "{field:?} {form:?} {own}");
        }
        // Where something else is news, the value still is none.
        desk.run(&["export", "-o", "own", "--format", "json"]);
        let text = std::fs::read_to_string(desk.folder.path().join("own")).expect("a file");
        let mut orders: Vec<Value> = serde_json::from_str(&text).expect("an array");
        orders[0]["notes"] = "from the sheet".into();
        desk.write("own", &serde_json::to_string(&orders).expect("JSON"));
        let own = desk.json(&["bulk", "orders", "own", "--apply"]);
        assert!(own["batch"].is_i64(), "{own}");
        assert_eq!(desk.json(&["bulk", "orders", "own", "--apply"])["batch"], Value::Null);
        set(&fresh, field, "").await;
        assert_eq!(shown().await, before, "{field:?}");
        assert_eq!(fresh.order(NUMBER).await.details.notes.as_deref(), Some("from the sheet"));
    }
}
