//! Tracking lists without headings, as people paste them.

use super::*;

const A: &str = "BBY01-807100000011";
const B: &str = "102003000000017";
const ONE: &str = "1Z999AA10123456784";
const TWO: &str = "9400111206206406260787";

/// The lines of a list, as an order with its parcels or how they end. `orders`: the ledger's.
fn listed(text: &str, orders: &[&str]) -> Result<Vec<(u64, String)>, String> {
    let known = Known::Orders(orders.iter().map(|number| (*number).to_owned()).collect());
    let options = Options { known, ..Options::default() };
    let sheet = read_with(Kind::Track, text, &options).map_err(|why| why.to_string())?;
    assert_eq!(sheet.lines().count() as u64, sheet.rows());
    let row = |line: Line| match line.what {
        What::Says(Row::Track(row)) => {
            (line.line, format!("{} {}", row.order_number, row.parcels.join("+")))
        }
        What::Refused(_) => (line.line, "refused".to_owned()),
        What::Ignored(_) => (line.line, "ignored".to_owned()),
        What::Says(other) => panic!("{other:?}"),
    };
    Ok(sheet.lines().map(row).collect())
}

#[track_caller]
fn assert_listed(text: &str, orders: &[&str], expected: &[(u64, &str)]) {
    let listed = listed(text, orders).unwrap_or_else(|why| panic!("{text:?}: {why}"));
    let listed: Vec<(u64, &str)> = listed.iter().map(|(at, row)| (*at, row.as_str())).collect();
    assert_eq!(listed, expected, "{text:?}");
}

#[test]
fn each_line_is_parted_by_what_parts_it() {
    let both = [format!("{A} {ONE}"), format!("{B} {TWO}")];
    let both = [(1, both[0].as_str()), (2, both[1].as_str())];
    for text in [
        format!("{A} {ONE}\n{B},{TWO}\n"),
        format!("{A},{ONE}\r\n{B} {TWO}\r\n"),
        format!("{A}\t{ONE}\n{B} {TWO}"),
        format!("{A} {ONE}\n{B}\t{TWO}"),
        format!("{A};{ONE}\n{B} | {TWO}"),
        format!("- {A} {ONE}\n- {B} {TWO}"),
        format!("• {A}: {ONE}\n* {B}: {TWO}"),
        format!("1. {A} - {ONE}\n2. {B} - {TWO}"),
        format!("{A} → {ONE}\n{B} -> {TWO}"),
        format!("{A}=>{ONE}\n{B} | {TWO}"),
        format!("{ONE} {A}\n{TWO},{B}"),
        format!("{ONE} {A}\n{B},{TWO}"),
        format!("> {A} {ONE}\n> {B} {TWO}"),
        format!("`{A}` `{ONE}`\n**{B}** {TWO}"),
        format!("\"{A}\",\"{ONE}\"\n\"{B}\" \"{TWO}\""),
        format!("#{A} UPS {ONE}\n#{B} USPS: 9400 1112 0620 6406 2607 87"),
        format!("Order {A} Tracking {ONE}\nOrder # {B} Tracking #: {TWO}"),
        format!("Tracking: {ONE} Order: {A}\nOrder: {B}, tracking number: {TWO}"),
        format!("{A} https://www.ups.com/track?tracknum={ONE}\n{B} {TWO} USPS"),
        format!("={A},=\"{ONE}\"\n'{B} '{TWO}"),
        format!("**{A}** — {ONE} ✅\n{B} / {TWO}"),
    ] {
        assert_listed(&text, &[], &both);
    }
    assert_listed(
        &format!("```\n{A} {ONE} {TWO}\n{B}: {TWO}, {ONE}\n```\n"),
        &[],
        &[
            (1, "ignored"),
            (2, &format!("{A} {ONE}+{TWO}")),
            (3, &format!("{B} {TWO}+{ONE}")),
            (4, "ignored"),
        ],
    );
}

#[test]
fn no_parcel_of_a_line_is_lost_to_columns() {
    let text = format!("{B} → UPS {ONE}, FedEx 123456789012\n");
    assert_listed(&text, &[B], &[(1, &format!("{B} {ONE}+123456789012"))]);
}

#[test]
fn no_line_of_a_list_vanishes() {
    for odd in [
        A.to_owned(),
        "A12".to_owned(),
        "#99 soon".to_owned(),
        format!("{A} shipped {ONE}"),
        format!("{ONE}, {TWO}"),
        format!("~~{A}~~ {ONE}"),
        format!("2026-01-02 {A} {ONE}"),
        "1.02003E+14,1Z999AA10123456784".to_owned(),
        format!("A12 {ONE}"),
    ] {
        let good = format!("{B} {TWO}");
        assert_listed(&format!("{odd}\n{good}\n"), &[], &[(1, "refused"), (2, &good)]);
        assert_listed(&format!("{good}\n{odd}\n"), &[], &[(1, &good), (2, "refused")]);
    }
    // One order number a line with its tracking number below it is asked to be one line.
    let told = listed(&format!("{A}\n{ONE}\n{B}\n{TWO}\n"), &[]).unwrap_err();
    assert!(told.contains("into one line, with a comma"), "{told}");
}

#[test]
fn which_number_is_the_orders_is_told_by_the_list_the_ledger_and_check_digits() {
    let foreign = "JD014600003RU123456";
    // By the other lines.
    let (of_a, of_b) = (format!("{A} {foreign}"), format!("{B} {ONE}"));
    for text in [format!("{A},{foreign}\n{B} {ONE}\n"), format!("{foreign},{A}\n{ONE} {B}\n")] {
        assert_listed(&text, &[], &[(1, &of_a), (2, &of_b)]);
    }
    // By the ledger, also where the others stand the other way round.
    assert_listed(&format!("{foreign} {A}"), &[A], &[(1, &of_a)]);
    assert_listed(&format!("{B} {foreign}"), &[B], &[(1, &format!("{B} {foreign}"))]);
    assert_listed(&format!("{foreign} {A}\n{B} {ONE}"), &[A], &[(1, &of_a), (2, &of_b)]);
    let dated = format!("01/02/2026,{A},{ONE}\n01/03/2026,{B},{TWO}\n");
    assert_listed(&dated, &[], &[(1, &format!("{A} {ONE}")), (2, &format!("{B} {TWO}"))]);
    // By the check digits of most lines: a number of an order may fit by chance.
    let list = format!("{A} 123456789012\n{A} 123456789012\n{B} 123456789013\n");
    let (right, wrong) = (format!("{A} 123456789012"), format!("{B} 123456789013"));
    assert_listed(&list, &[], &[(1, &right), (2, &right), (3, &wrong)]);
    // Where nothing tells, it is asked, once the ledger was looked at.
    let text = format!("{A} {foreign}");
    let failed = read_text(Kind::Track, &text).unwrap_err();
    assert!(failed.numbers().iter().any(|number| number == A), "{failed:?}");
    let told = listed(&text, &[]).unwrap_err();
    assert!(told.contains(&format!("\"column 1 ({A})\"")), "{told}");
    assert!(told.contains("--map \"column 1\"="), "{told}");
    let options = map(&[("column 1", "order_number"), ("column 2", "tracking_number")]);
    let text = format!("{A},{foreign}\n{B} {ONE}\n");
    let rows: Vec<Line> = read_with(Kind::Track, &text, &options).unwrap().lines().collect();
    assert!(rows.iter().all(|line| matches!(line.what, What::Says(_))), "{rows:?}");
    // Two orders and one parcel.
    let list = format!("{A} {B} {ONE}\n{A}, {ONE}\n");
    assert_listed(&list, &[A, B], &[(1, "refused"), (2, &format!("{A} {ONE}"))]);
    // Lines that contradict each other tell nothing of a third.
    let list = format!("{A} {ONE}\n{TWO} {B}\nPK100001 A-1000\n");
    assert_listed(
        &list,
        &[],
        &[(1, &format!("{A} {ONE}")), (2, &format!("{B} {TWO}")), (3, "refused")],
    );
}

#[test]
fn a_row_that_its_columns_do_not_tell_is_looked_up() {
    let foreign = "JD014600003RU123456";
    let text = format!("{A},{ONE}\n{foreign} {B}\n");
    let failed = read_text(Kind::Track, &text).unwrap_err();
    assert!(failed.numbers().iter().any(|number| number == B), "{failed:?}");
    let both = [format!("{A} {ONE}"), format!("{B} {foreign}")];
    assert_listed(&text, &[B], &[(1, &both[0]), (2, &both[1])]);
    let told = listed(&format!("{A} {ONE}\n\"{B} {TWO}\n{A} {TWO}\n"), &[]).unwrap_err();
    assert!(told.contains("the quotation mark that opens in line 2"), "{told}");
}
