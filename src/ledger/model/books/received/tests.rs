use super::*;

fn row(id: i64, number: &str, units: Option<i64>, payout: &str, modified: &str) -> Evidence {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let row = ReceivedRow {
        parcel: "P1".to_owned(),
        units,
        payout: some(payout).map(|text| text.parse().unwrap()),
        group_order_number: some(number),
        modified: some(modified).map(|text| text.parse().unwrap()),
        ..ReceivedRow::default()
    };
    Evidence::of(id, Row::Received(Box::new(row)))
}

fn said(rows: &[Evidence]) -> Vec<(Option<String>, Option<i64>, Option<String>)> {
    let payout = |facts: &Facts| facts.payout.map(|amount| amount.to_string());
    facts(rows).iter().map(|facts| (facts.number.clone(), facts.units, payout(facts))).collect()
}

#[test]
fn a_commission_is_a_part_of_the_payout_that_it_is_of() {
    let row = |id, payout, commission: &str, modified| {
        let Evidence { row: Row::Received(mut said), .. } =
            row(id, "G-1", Some(1), payout, modified)
        else {
            panic!("it is of a group")
        };
        said.commission = commission.parse().ok();
        Evidence::of(id, Row::Received(said))
    };
    let newer = row(1, "4", "2", "2026-01-05");
    let held = std::slice::from_ref(&newer);
    let why = |rows: &[Evidence], row: &Evidence| exceeds_payout(row, rows);
    for (rows, row, refused) in [
        // An older row is no part of what counts.
        (held, row(2, "10", "5", "2026-01-02"), None),
        (held, row(2, "10", "11", "2026-01-02"), Some(MORE_THAN_PAID)),
        (held, row(2, "1", "", "2026-01-06"), Some(LESS_THAN_COMMISSION)),
        (held, row(2, "1", "", "2026-01-02"), None),
        (held, row(2, "1", "0.50", "2026-01-06"), None),
        (held, row(2, "", "5", "2026-01-06"), Some(MORE_THAN_PAID)),
        (
            &[row(1, "4", "", "2026-01-05")],
            row(2, "10", "5", "2026-01-02"),
            Some(MORE_THAN_PAID_LATER),
        ),
        // What is not paid yet is no payout; what was taken back is one.
        (&[], row(1, "0.00", "2", ""), None),
        (held, row(2, "0.00", "", "2026-01-06"), None),
        (&[], row(1, "-4", "2", ""), Some(MORE_THAN_PAID)),
        (&[], row(1, "-4", "-2", ""), None),
        // What was wrong before is no fault of a row that only repeats it.
        (&[row(1, "4", "5", "2026-01-05")], row(2, "4", "", "2026-01-06"), None),
    ] {
        assert_eq!(why(rows, &row), refused, "{row:?} beside {rows:?}");
    }
}

#[test]
fn the_row_that_was_modified_last_counts_and_a_blank_erases_nothing() {
    let older = row(2, "7", Some(1), "10.00", "2026-01-02");
    let newer = row(1, "7", Some(2), "", "2026-01-03");
    let both = said(&[older.clone(), newer.clone()]);
    assert_eq!(both, [(Some("7".to_owned()), Some(2), Some("10".to_owned()))]);
    let tied = said(&[row(1, "7", Some(2), "", "2026-01-02"), older]);
    assert_eq!(tied[0].1, Some(1), "the later row");
    // One that does not say when says what holds when it is brought, and a later word counts again.
    let brought = |row: Evidence, at: &str| Evidence { applied_at: at.to_owned(), ..row };
    let rows = [
        row(1, "7", Some(1), "10.00", "2026-01-02"),
        brought(row(2, "7", Some(2), "", ""), "2026-01-05T00:00:00Z"),
        row(3, "7", Some(3), "", "2026-01-04"),
        row(4, "7", Some(4), "", "2026-01-06"),
    ];
    let units = |rows: &[Evidence]| said(rows)[0].1;
    assert_eq!([2, 3, 4].map(|many| units(&rows[..many])), [Some(2), Some(2), Some(4)]);
    assert!(is_outdated(&rows[2], &rows[..2]) && !is_outdated(&rows[3], &rows[..3]));
    let early = brought(row(2, "7", Some(2), "", ""), "2026-01-01T00:00:00Z");
    assert_eq!(units(&[rows[0].clone(), early]), Some(2), "not older than what it corrects");
    // Without a number it is of the only one; two numbers are two.
    assert_eq!(said(&[newer.clone(), row(3, "", Some(5), "", "2026-01-04")]).len(), 1);
    assert_eq!(said(&[newer, row(3, "8", Some(5), "", "")]).len(), 2);
    // The second number does not part the first from the row that came without one.
    let payouts = said(&[
        row(1, "", Some(1), "50.00", ""),
        row(2, "7", Some(1), "50.00", ""),
        row(3, "8", Some(1), "10.00", ""),
    ]);
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(payouts, [(some("7"), Some(1), some("50")), (some("8"), Some(1), some("10"))]);
}

#[test]
fn a_row_without_a_number_takes_the_place_of_none_of_several() {
    let paid = |rows: &[(i64, &str, &str, &str)]| -> Vec<Option<String>> {
        let rows = rows.iter().zip(1..).map(|((batch, number, payout, modified), id)| Evidence {
            batch: *batch,
            ..row(id, number, None, payout, modified)
        });
        said(&rows.collect::<Vec<_>>()).into_iter().map(|(.., payout)| payout).collect()
    };
    let some = |text: &str| Some(text.to_owned());
    let [first, second] = [(1, "7", "80", ""), (2, "8", "7", "")];
    let blank = |batch| (batch, "", "10", "");
    // Known before, by the same sheet, and by the next one.
    let later = |batch| (batch, "", "10", "2026-01-05");
    let told = |batch| [(batch, "7", "80", "2026-01-02"), (batch, "8", "7", "2026-01-02")];
    let [one, other] = told(2);
    for rows in [
        [first, second, blank(3)],
        [(1, "8", "7", ""), blank(1), first],
        [blank(2), one, other],
        [one, other, later(2)],
        [later(1), one, other],
    ] {
        assert_eq!(paid(&rows), [some("80"), some("7")], "{rows:?}");
    }
    // It says what none of them does.
    assert_eq!(paid(&[(1, "7", "", ""), second, blank(3)]), [some("10"), some("7")]);
    // Of the only number it is the later word, also when others come.
    assert_eq!(paid(&[first, blank(2), (3, "8", "7", "")]), [some("10"), some("7")]);
    assert_eq!(paid(&[later(1), one, (3, "8", "7", "")]), [some("10"), some("7")]);
}
