//! Rows of a group's file without the group's number, beside rows that have one.

use serde_json::{Value, json};

use super::{Desk, outcomes};

const HEAD: &str = "tracking_number,order_number,total,qty,modified\n";
const FIRST: &str = "PK1001,G-1,80.00,1,\n";
const SECOND: &str = "PK1001,G-2,7.00,1,\n";
const BLANK: &str = "PK1001,,10.00,1,\n";

fn tracked() -> Desk {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 9);
    desk.apply("track", "order,tracking\nA-1001,PK1001\n");
    desk
}

fn bring(desk: &Desk, rows: &[&str]) -> Value {
    desk.apply("received", &format!("{HEAD}{}", rows.concat()))
}

fn payout(desk: &Desk) -> Value {
    desk.columns("A-1001", &["payout"])[0].clone()
}

#[test]
fn a_row_without_a_number_is_refused_where_its_parcel_has_several() {
    let why = "its parcel has several numbers of the group (G-1, G-2) and the row names none: write the one that it \
               is of into it";
    // In one file, in whatever order.
    for (rows, expected) in [
        ([FIRST, SECOND, BLANK], ["changed", "changed", "refused"]),
        ([FIRST, BLANK, SECOND], ["changed", "refused", "changed"]),
        ([BLANK, FIRST, SECOND], ["refused", "changed", "changed"]),
    ] {
        let desk = tracked();
        let first = bring(&desk, &rows);
        assert_eq!(outcomes(&first), expected, "{first}");
        let refused = first["lines"].as_array().expect("lines").iter();
        let reasons: Vec<&Value> = refused.map(|line| &line["reason"]).collect();
        assert_eq!(reasons.iter().filter(|reason| ***reason == json!(why)).count(), 1, "{first}");
        assert_eq!(first["sums"], json!({"USD": "87.00"}));
        let again = bring(&desk, &rows);
        assert_eq!((&again["batch"], outcomes(&again).contains(&"refused")), (&Value::Null, true));
        assert_eq!(payout(&desk), json!("87.00"), "{rows:?}");
        desk.run(&["reparse"]);
        assert_eq!(payout(&desk), json!("87.00"), "{rows:?}");
    }
    // After other files.
    let desk = tracked();
    bring(&desk, &[FIRST]);
    let second = bring(&desk, &[SECOND]);
    assert_eq!(outcomes(&bring(&desk, &[BLANK])), ["refused"]);
    assert_eq!(payout(&desk), json!("87.00"));
    // With one number it is of that.
    desk.undo(&second);
    let blank = bring(&desk, &[BLANK]);
    assert_eq!((outcomes(&blank), payout(&desk)), (vec!["changed"], json!("10.00")));
    desk.undo(&blank);
    assert_eq!(payout(&desk), json!("80.00"));
}

#[test]
fn a_row_without_a_number_that_came_first_takes_the_place_of_none_of_several() {
    let newer = "PK1001,,10.00,1,\"03-05-2026, 10:11:12\"\n";
    let [first, second] =
        ["G-1,80.00", "G-2,7.00"].map(|row| format!("PK1001,{row},1,\"03-01-2026, 10:11:12\"\n"));
    for blank in [BLANK, newer] {
        let desk = tracked();
        bring(&desk, &[blank]);
        let both = bring(&desk, &[&first, &second]);
        assert_eq!(
            (outcomes(&both), &both["sums"]),
            (vec!["changed"; 2], &json!({"USD": "87.00"}))
        );
        assert_eq!(payout(&desk), json!("87.00"));
        let grown = bring(&desk, &[blank, &first, &second, "PK1001,G-3,1.00,1,\n"]);
        assert_eq!(outcomes(&grown), ["already", "already", "already", "changed"], "{grown}");
        assert_eq!(payout(&desk), json!("88.00"));
        desk.undo(&grown);
        desk.undo(&both);
        assert_eq!(payout(&desk), json!("10.00"));
    }
}

#[test]
fn a_sheet_that_is_brought_again_after_a_second_number_came_changes_nothing() {
    for rows in [[FIRST, BLANK], [BLANK, FIRST]] {
        let desk = tracked();
        let first = bring(&desk, &rows);
        bring(&desk, &[SECOND]);
        let before = payout(&desk);
        let again = bring(&desk, &rows);
        assert_eq!((outcomes(&again), &again["batch"]), (vec!["already"; 2], &Value::Null));
        // Also beside what is new.
        let grown = bring(&desk, &[rows[0], rows[1], SECOND, "PK1001,G-3,1.00,1,\n"]);
        assert_eq!(outcomes(&grown), ["already", "already", "already", "changed"], "{grown}");
        desk.undo(&grown);
        assert_eq!(payout(&desk), before);
        desk.undo(&first);
        assert_eq!(payout(&desk), json!("7.00"));
    }
}
