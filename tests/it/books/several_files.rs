//! Several files in one call are one sheet.

use serde_json::{Value, json};

use super::{Desk, outcomes};

const HEAD: &str = "Date,Time,Product,Price,Total,Commission,Quantity,Profile,Proxy List,Order Number,Email,\
    Reference #,Posted Date,Tracking Number,Status,QTY Received,Order ID,Created,Modified\n";
const DING: &str =
    "2026-01-31,10:00,Ding,$5.00,$11.00,,2,P,ISP,A-1001,,,,PK1001,VERIFIED,2,G-1,,\n";
const DONG: &str = "2026-01-31,10:00,Dong,$7.00,$8.00,,1,P,ISP,A-1001,,,,PK1002,VERIFIED,1,G-2,,\n";

fn brought(files: &[&[&str]]) -> (Desk, Value) {
    let desk = Desk::new();
    let mut names = Vec::new();
    for (place, rows) in files.iter().enumerate() {
        let name = format!("{place}.csv");
        desk.write(&name, &(HEAD.to_owned() + &rows.concat()));
        names.push(name);
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let call = [&["bulk", "orders", "--guild", "6"], names.as_slice()].concat();
    let preview = desk.json(&call);
    let applied = desk.json(&[call.as_slice(), &["--apply"]].concat());
    assert_eq!((&preview["lines"], &preview["sums"]), (&applied["lines"], &applied["sums"]));
    // The same again, in whatever order, is the same.
    let back: Vec<&str> = names.iter().rev().copied().collect();
    let again =
        desk.json(&[&["bulk", "orders", "--guild", "6", "--apply"], back.as_slice()].concat());
    assert_eq!(again["batch"], Value::Null, "{again}");
    (desk, applied)
}

#[test]
fn rows_of_an_order_add_up_over_the_files_of_a_call() {
    let names = ["quantity", "total", "payout", "qty_received"];
    for files in [&[&[DING, DONG][..]][..], &[&[DING], &[DONG]], &[&[DING, DONG], &[DING, DONG]]] {
        let (desk, applied) = brought(files);
        let expected = [json!(3), json!("17.00"), json!("19.00"), json!(3)];
        assert_eq!(desk.columns("A-1001", &names), expected, "{files:?}");
        assert_eq!(applied["sums"], json!({"USD": "17.00"}), "{files:?}");
        let changed = outcomes(&applied).into_iter().filter(|word| *word == "changed").count();
        assert_eq!(changed, 2, "{applied}");
        let call = ["bulk", "orders", "--guild", "7", "0.csv", "1.csv"];
        let call = if files.len() == 1 { &call[..5] } else { &call };
        let months = desk.run(call);
        assert!(months.contains("1 order  cost $17.00  payout $19.00"), "{months}");
    }
}

#[test]
fn of_two_exports_of_an_order_the_later_file_counts() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 2);
    for (form, first, second) in [
        (&["--format", "json"][..], "1.json", "2.json"),
        (&["--format", "csv", "--rows", "items"], "1.csv", "2.csv"),
        (&["--format", "csv"], "3.csv", "4.csv"),
    ] {
        let export = |file: &str| desk.run(&[&["export", "-o", file], form].concat());
        export(first);
        let batch = desk.apply("status", "order,status\nA-1001,shipped\n");
        export(second);
        let other = Desk::new();
        for file in [first, second] {
            std::fs::copy(desk.folder.path().join(file), other.folder.path().join(file))
                .expect("a copy");
        }
        other.json(&["bulk", "orders", "--guild", "6", first, second, "--apply"]);
        for name in ["quantity", "total", "status"] {
            assert_eq!(other.order("A-1001")[name], desk.order("A-1001")[name], "{name} {form:?}");
        }
        desk.undo(&batch);
    }
}

#[test]
fn a_bare_dollar_of_a_month_is_that_of_its_order() {
    let desk = Desk::new();
    let row = "2026-01-31,10:00,Ding,CA$5.00,$9.00,,1,P,ISP,A-1001,,,,PK1001,VERIFIED,1,G-1,,\n";
    desk.write("0.csv", &(HEAD.to_owned() + row));
    let months = desk.run(&["bulk", "orders", "--guild", "6", "0.csv"]);
    assert!(months.contains("1 order  cost CA$5.00  payout CA$9.00"), "{months}");
}
