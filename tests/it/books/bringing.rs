//! What sheets do to orders.

use serde_json::{Value, json};

use super::{Desk, assert_in_order, outcomes};

const TRACK: &str = "Order Number,Tracking Number\nA-1001,1Z999AA10123456784\nA-1002,X-200 X201\n,\nA-9999,LATER1\n";

#[test]
fn a_preview_changes_nothing_and_says_of_each_row_what_would_happen() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.checkout("Target", "A-1002", 1);
    let before = desk.export();
    let answer = desk.bulk("track", TRACK, &[]);
    assert_eq!(outcomes(&answer), ["changed", "changed", "ignored", "waiting"]);
    assert_eq!((&answer["batch"], &answer["applied"]), (&Value::Null, &json!(false)));
    assert_eq!((&answer["rows"], &answer["kind"]), (&json!(4), &json!("track")));
    assert_eq!(answer["files"], json!(["sheet.csv"]));
    assert_eq!(
        answer["counts"],
        json!({"changed": 2, "already": 0, "waiting": 1, "unclear": 0, "refused": 0, "ignored": 1})
    );
    assert_eq!(
        answer["lines"][0],
        json!({"file": "sheet.csv", "line": 2, "outcome": "changed", "order_number": "A-1001",
            "store": "Target", "tracking_number": "1Z999AA10123456784", "reason": null})
    );
    assert_eq!(desk.export(), before);
    assert_eq!(desk.waiting(), Vec::<Value>::new());
}

#[test]
fn twice_is_once_and_leaves_no_batch() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.checkout("Target", "A-1002", 1);
    let first = desk.apply("track", TRACK);
    assert_eq!((&first["batch"], &first["applied"]), (&json!(1), &json!(true)));
    assert_eq!(desk.order("A-1002")["parcels"], json!(["X-200", "X201"]));
    let after = desk.export();
    let again = desk.apply("track", TRACK);
    assert_eq!(outcomes(&again), ["already", "already", "ignored", "already"]);
    assert_eq!((&again["batch"], &again["applied"]), (&Value::Null, &json!(false)));
    assert_eq!(desk.export(), after);
}

#[test]
fn what_waits_takes_effect_when_its_order_comes_and_can_be_taken_away() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.apply("track", "order,tracking\nA-2001,PK1001\nA-2002,PK1002\n");
    desk.apply("status", "A-2001\n");
    assert_eq!(desk.waiting().len(), 3);
    desk.run(&["bulk", "waiting", "--drop", "1:3"]);
    assert_eq!(desk.waiting().len(), 2);
    desk.checkout("Target", "A-2001", 1);
    desk.checkout("Target", "A-2002", 1);
    assert_eq!(
        desk.columns("A-2001", &["parcels", "status"]),
        [json!(["PK1001"]), json!("cancelled")]
    );
    assert_eq!(desk.order("A-2002")["parcels"], json!([]));
    assert_eq!(desk.waiting(), Vec::<Value>::new());
}

#[test]
fn a_batch_counts_its_rows_also_when_they_take_effect_later() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.apply(
        "track",
        "order,tracking\nA-1001,PK1000\nA-2001,PK1001\nA-2002,PK1002\nA-2003,PK1003\n",
    );
    let counts = || {
        let batch = &desk.json(&["bulk", "list"])[0];
        [batch["changed"].clone(), batch["waiting"].clone()]
    };
    assert_eq!(counts(), [1, 3]);
    desk.checkout("Target", "A-2001", 1);
    assert_eq!(counts(), [2, 2]);
    desk.run(&["bulk", "waiting", "--drop", "1:5"]);
    assert_eq!(counts(), [2, 1]);
    // What still waits when the batch is taken back has never taken effect.
    desk.run(&["bulk", "undo", "1"]);
    assert_eq!(counts(), [2, 0]);
}

#[test]
fn a_number_of_two_stores_is_unclear_until_the_row_names_one() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.checkout("Walmart", "A-1001", 1);
    let unclear = desk.apply("track", "order,tracking\nA-1001,PK1001\n");
    assert_eq!((outcomes(&unclear), &unclear["batch"]), (vec!["unclear"], &Value::Null));
    let clear = desk.apply("track", "order,store,tracking\nA-1001,walmart,PK1001\n");
    assert_eq!(
        (outcomes(&clear), &clear["lines"][0]["store"]),
        (vec!["changed"], &json!("Walmart"))
    );
}

#[test]
fn a_parcel_of_several_orders_is_divided_to_the_cent() {
    let desk = Desk::new();
    for (number, units) in [("A-1001", 2), ("A-1002", 1)] {
        desk.checkout("Target", number, units);
    }
    desk.apply("track", "order,tracking\nA-1001,PARCEL1\nA-1002,PARCEL1\n");
    let answer = desk.apply(
        "received",
        "tracking_number,total,qty,commission,status,order_number,modified\n\
         PARCEL1,$100.00,2,$10.00,VERIFIED,G-77,\"01-05-2026, 10:00:00\"\n\
         FOREIGN9,5,1,,VERIFIED,G-78,\"01-05-2026, 10:00:00\"\n",
    );
    assert_eq!(outcomes(&answer), ["changed", "waiting"]);
    assert_eq!(answer["sums"], json!({"USD": "100.00"}));
    let names = ["qty_received", "payout", "commission", "group_status", "group_order_id"];
    assert_eq!(
        desk.columns("A-1001", &names),
        [json!(2), json!("66.67"), json!("6.67"), json!("VERIFIED"), json!("G-77")]
    );
    assert_eq!(
        desk.columns("A-1002", &names),
        [json!(0), json!("33.33"), json!("3.33"), json!("VERIFIED"), json!("G-77")]
    );
    // A later row corrects, a blank cell erases nothing, an older one says nothing.
    desk.apply("received", "tracking_number,total,qty,order_number,modified\nPARCEL1,,3,G-77,\"01-06-2026, 10:00:00\"\n");
    desk.apply("received", "tracking_number,total,qty,order_number,modified\nPARCEL1,1,1,G-77,\"01-04-2026, 10:00:00\"\n");
    assert_eq!(desk.columns("A-1002", &["qty_received", "payout"]), [json!(1), json!("33.33")]);
    assert_eq!(desk.order("A-1001")["group_modified_at"], json!("2026-01-06T10:00:00.000Z"));
}

#[test]
fn a_cancellation_stops_at_what_is_on_its_way_unless_anyway() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.checkout("Target", "A-1002", 3);
    desk.apply("status", "order,status\nA-1001,shipped\n");
    let refused = desk.apply("status", "A-1001\nA-1002\n");
    assert_eq!(outcomes(&refused), ["refused", "changed"]);
    assert_eq!(
        (desk.order("A-1001")["status"].clone(), desk.order("A-1002")["status"].clone()),
        (json!("shipped"), json!("cancelled"))
    );
    let anyway = desk.bulk("status", "A-1001\n", &["--apply", "--anyway"]);
    assert_eq!(outcomes(&anyway), ["changed"]);
    assert_eq!(desk.order("A-1001")["status"], json!("cancelled"));
}

#[test]
fn a_part_is_taken_off_once_and_the_messages_do_not_bring_it_back() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 5);
    let part = "order,qty\nA-1001,2\n";
    assert_eq!(outcomes(&desk.apply("status", part)), ["changed"]);
    assert_eq!(outcomes(&desk.apply("status", part)), ["already"]);
    let names = ["quantity", "status", "total"];
    assert_eq!(desk.columns("A-1001", &names), [json!(3), json!("verified"), json!("30.00")]);
    desk.run(&["reparse"]);
    assert_eq!(desk.columns("A-1001", &names), [json!(3), json!("verified"), json!("30.00")]);
    desk.apply("status", "order,qty\nA-1001,3\n");
    assert_eq!(desk.columns("A-1001", &["quantity", "status"]), [json!(0), json!("cancelled")]);
}

#[test]
fn a_tracking_list_marks_its_orders_when_it_is_asked_to() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    let sheet = "order,tracking\nA-1001,1Z999AA10123456784\n";
    desk.apply("track", sheet);
    assert_eq!(desk.order("A-1001")["status"], json!("verified"));
    let shipped = ["--apply", "--status", "shipped"];
    let marked = desk.bulk("track", sheet, &shipped);
    assert_eq!(outcomes(&marked), ["changed"]);
    assert_eq!(desk.order("A-1001")["status"], json!("shipped"));
    assert_eq!(outcomes(&desk.bulk("track", sheet, &shipped)), ["already"]);
    desk.undo(&marked);
    let order = desk.order("A-1001");
    assert_eq!(order["status"], json!("verified"));
    assert_eq!(order["parcels"], json!(["1Z999AA10123456784"]));
    for (kind, option) in [("received", "--anyway"), ("charges", "--anyway"), ("track", "--anyway")]
    {
        let (code, err) = desk.fails(&["bulk", kind, "sheet.csv", option]);
        assert!(code == 2 && err.contains(option), "{kind}: {err}");
    }
}

#[test]
fn a_row_of_a_tracking_list_without_a_parcel_marks_nothing_and_waits_for_nothing() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.checkout("Target", "A-1002", 1);
    let sheet = "order,tracking\nA-1001,1Z999AA10123456784\nA-1002,\nA-1003,n/a\n";
    let shipped = ["--apply", "--status", "shipped"];
    let marked = desk.bulk("track", sheet, &shipped);
    assert_eq!(outcomes(&marked), ["changed", "already", "already"]);
    assert_eq!(desk.json(&["bulk", "waiting"])["lines"], json!([]));
    desk.checkout("Target", "A-1003", 1);
    let status = |number| desk.order(number)["status"].clone();
    let all = ["A-1001", "A-1002", "A-1003"].map(status);
    assert_eq!(all, [json!("shipped"), json!("verified"), json!("verified")]);
}

#[test]
fn a_row_of_a_groups_file_that_only_names_its_parcel_changes_nothing() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.apply("track", "order,tracking\nA-1001,1Z999AA10123456784\n");
    let sheet = "tracking_id,total,qty\n1Z999AA10123456784,,\nPK-1002,,\n";
    let brought = desk.apply("received", sheet);
    assert_eq!((outcomes(&brought), &brought["batch"]), (vec!["already"; 2], &Value::Null));
    let filled = desk.apply("received", &format!("{sheet}PK-1003,5.00,1\n"));
    assert_eq!(outcomes(&filled), ["already", "already", "waiting"]);
    let open = desk.json(&["open"]);
    let foreign = open["lines"].as_array().and_then(|lines| lines.last());
    assert_eq!(foreign.map(|line| &line["units"]), Some(&json!(1)), "{open}");
}

#[test]
fn a_quantity_beside_a_status_that_ends_nothing_takes_nothing_off() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 3);
    desk.apply("status", "order,status,qty\nA-1001,shipped,3\nA-1002,delivered,1\n");
    desk.checkout("Target", "A-1002", 2);
    let names = ["quantity", "status", "total"];
    assert_eq!(desk.columns("A-1001", &names), [json!(3), json!("shipped"), json!("30.00")]);
    assert_eq!(desk.columns("A-1002", &names), [json!(2), json!("verified"), json!("20.00")]);
}

#[test]
fn what_is_no_sheet_is_wrong_usage_and_names_the_column() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.write("sheet.csv", "Order,Parcel\nA-1001,PK1001\n");
    let (code, why) = desk.fails(&["bulk", "track", "sheet.csv", "--apply"]);
    assert!(code == 2 && why.contains("tracking") && why.contains("Parcel"), "{code}: {why}");
    let mapped =
        desk.bulk("track", "Order,Parcel\nA-1001,PK1001\n", &["--map", "Parcel=tracking_number"]);
    assert_eq!(outcomes(&mapped), ["changed"]);
    assert_eq!(desk.fails(&["bulk", "undo", "99"]).0, 2);
}

#[test]
fn the_keys_of_json_stand_as_the_contract_has_them() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.write("sheet.csv", "order,tracking\nA-1001,PK1000001\n");
    let printed = |arguments: &[&str]| desk.run(&[arguments, &["--format", "json"]].concat());
    let answer = printed(&["bulk", "track", "sheet.csv", "--apply"]);
    assert_in_order(
        &answer,
        &["kind", "files", "batch", "applied", "rows", "counts", "sums", "lines"],
    );
    let counts = ["changed", "already", "waiting", "unclear", "refused", "ignored"];
    assert_in_order(&answer, &counts);
    let batch = ["batch", "kind", "files", "by", "at", "rows", "changed", "waiting", "undone_at"];
    assert_in_order(&printed(&["bulk", "list"]), &batch);
    assert_in_order(&printed(&["bulk", "undo", "1"]), &batch);
    assert_in_order(&printed(&["open"]), &["key", "orders", "units", "total", "oldest_days"]);
    let stats = [
        "placed",
        "cancelled",
        "orders",
        "units",
        "stick_rate",
        "spend",
        "payout",
        "commission",
        "profit",
        "open",
    ];
    assert_in_order(&printed(&["stats"]), &stats);
}

#[test]
fn without_a_database_a_preview_compares_with_nothing_and_makes_no_file() {
    let desk = Desk::new();
    let files = || {
        let files = std::fs::read_dir(desk.folder.path()).expect("a folder");
        let mut names: Vec<_> = files.map(|file| file.expect("a file").file_name()).collect();
        names.sort();
        names
    };
    let old = super::old_orders::OLD;
    for (kind, text, outcome) in [
        ("track", "order,tracking\nA-1001,PK1000001\n", "waiting"),
        ("received", "tracking,total,qty\nPK1000001,12.50,1\n", "waiting"),
        ("status", "A-1001\n", "waiting"),
        ("orders", old, "changed"),
    ] {
        let answer = desk.bulk(kind, text, &[]);
        assert_eq!(outcomes(&answer)[0], outcome, "{kind}: {answer}");
        assert_eq!((&answer["batch"], &answer["applied"]), (&Value::Null, &json!(false)));
        assert_eq!(files(), ["sheet.csv"], "{kind}");
    }
    let shown = desk.run(&["bulk", "orders", "sheet.csv"]);
    for part in
        ["There is no database at ", "an empty ledger", "2026-01       1 order  cost $999.98"]
    {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    // What needs a ledger makes none.
    for arguments in [
        &["bulk", "list"] as &[&str],
        &["bulk", "undo", "1"],
        &["bulk", "waiting"],
        &["bulk", "waiting", "--drop", "1"],
        &["bulk", "orders", "sheet.csv", "--apply"],
        &["open"],
        &["stats"],
        &["export", "--format", "csv"],
        &["reparse"],
        &["backup", "copy.db"],
    ] {
        let (code, why) = desk.fails(arguments);
        assert_eq!(files(), ["sheet.csv"], "{arguments:?}");
        assert_eq!(code, if arguments.contains(&"--apply") { 2 } else { 1 }, "{why}");
        assert!(why.to_lowercase().contains("there is no database"), "{arguments:?}: {why}");
    }
    // What it says is the way to go on.
    let applied = desk.json(&["bulk", "orders", "sheet.csv", "--apply", "--guild", "6"]);
    assert_eq!(applied["counts"]["changed"], json!(3), "{applied}");
}

#[test]
fn a_purchase_without_a_number_is_known_by_its_product() {
    let desk = Desk::new();
    let order = |id: i64, product: &str, number: Option<&str>| {
        json!({"id": id, "order_number": number, "store": "Target", "product": product, "quantity": 1,
               "currency": "USD", "total": "10.00", "ordered_at": "2026-01-05T12:00:00Z",
               "created_at": "2026-01-05T12:00:00Z"})
    };
    let orders = json!([order(1, "Example Pen", None), order(2, "Example Cup", Some("A-1002"))]);
    desk.write("old.json", &orders.to_string());
    let shown = desk.run(&["bulk", "orders", "old.json", "--guild", "6"]);
    let line = |number: &str| {
        let lines = shown.lines().filter(|line| line.starts_with("  old.json:"));
        lines.filter(|line| line.contains(number)).collect::<Vec<_>>().concat()
    };
    assert!(line("Example Pen").contains("Target"), "{shown}");
    assert!(
        !line("A-1002").contains("Example Cup") && line("A-1002").contains("Target"),
        "{shown}"
    );
}
