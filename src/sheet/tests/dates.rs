//! Dates that can be two, and those that are none.

use super::*;

#[test]
fn a_date_that_can_be_two_is_asked_about_unless_another_one_tells() {
    let sheet = |dates: &[&str]| {
        let rows = dates.iter().map(|date| format!("{date},5,BBY01-807100000011\n"));
        format!("Date,Amount,Order\n{}", rows.collect::<String>())
    };
    let options = Options::default();
    let days = |dates: &[&str], options: &Options| {
        let options = Options { map: map(&[("Order", "order_number")]).map, ..options.clone() };
        read_with(Kind::Charges, &sheet(dates), &options).map(|sheet| {
            let day = |line: Line| match line.what {
                What::Says(Row::Charges(row)) => row.posted_on.unwrap().to_string(),
                other => panic!("{other:?}"),
            };
            sheet.lines().map(day).collect::<Vec<_>>()
        })
    };
    let asked = days(&["03/04/2026", "05/06/2026"], &options).unwrap_err();
    let why = Why::Dates { example: "03/04/2026".to_owned(), line: 2, against: None };
    assert_eq!(asked.why, why);
    assert_eq!(
        days(&["03/04/2026", "13/06/2026"], &options).unwrap(),
        ["2026-04-03", "2026-06-13"]
    );
    assert_eq!(
        days(&["03/04/2026", "06/13/2026"], &options).unwrap(),
        ["2026-03-04", "2026-06-13"]
    );
    let dmy = Options { dates: Some(DateOrder::Dmy), ..Options::default() };
    assert_eq!(days(&["03/04/2026", "05/06/2026"], &dmy).unwrap(), ["2026-04-03", "2026-06-05"]);
    assert!(days(&["03/04/2026", "13/06/2026", "06/13/2026"], &options).is_err());
}

#[test]
fn a_date_that_is_none_in_the_order_that_was_said_is_the_problem_of_its_row() {
    for (order, other, refused) in [
        (DateOrder::Mdy, "13/04/2026", "the month first"),
        (DateOrder::Dmy, "04/13/2026", "the day first"),
        (DateOrder::Ymd, "04/13/2026", "the year first"),
    ] {
        let text = format!(
            "Date,Amount,Extended Details\n{other},5,Description : 1001 Price : 5\n\
             2026-04-13,5,Description : 1002 Price : 5\n13 Apr 2026,5,Description : 1003 Price : 5\n"
        );
        let options = Options { dates: Some(order), ..Options::default() };
        let rows = shown(&read_with(Kind::Charges, &text, &options).unwrap());
        let reason = format!(
            "refused: \"{other}\" in the column \"Date\" is not a date with {refused}, as you said the dates are"
        );
        assert_eq!(rows[0].1, reason);
        for (_, row) in &rows[1..] {
            assert!(row.contains("2026-04-13"), "{row}");
        }
    }
}

#[test]
fn an_impossible_date_is_the_problem_of_its_row() {
    let statement = |date: &str| {
        format!(
            "Date,Amount,Extended Details\n03/04/2026,5,Description : 1001 Price : 5\n\
             {date},5,Description : 1002 Price : 5\n05/06/2026,5,Description : 1003 Price : 5\n"
        )
    };
    for date in ["13/45/2026", "02/30/2026", "30/02/2026", "31/04/2026", "00/13/2026", "13/10/1026"]
    {
        let rows = rows(Kind::Charges, &statement(date));
        let refused = format!("refused: \"{date}\" in the column \"Date\" is not a date");
        assert_eq!(rows[1].1, refused);
        for (row, day) in [(&rows[0].1, "2026-03-04"), (&rows[2].1, "2026-05-06")] {
            assert!(row.contains(day), "{date}: {row}");
        }
        // Where the form of the file is not known, such a date does not make it known.
        let text = format!("order,created\n1,{date}\n2,03/04/2026\n");
        let options = map(&[("order", "order_number"), ("created", "date")]);
        let asked = read_with(Kind::Orders, &text, &options).unwrap_err().to_string();
        assert!(asked.contains("no other date in the file tells"), "{asked}");
    }
}

#[test]
fn dates_that_contradict_each_other_are_asked_about() {
    for (first, second) in [("03/04/2026", "13/10/2026"), ("13/10/2026", "03/04/2026")] {
        let text = format!(
            "Date,Amount,Extended Details\n{first},5,Description : 1001 Price : 5\n\
             {second},5,Description : 1002 Price : 5\n"
        );
        let asked = sentence(Kind::Charges, &text);
        assert!(
            asked.contains("\"03/04/2026\" in line") && asked.contains("\"13/10/2026\" in line"),
            "{asked}"
        );
    }
    // Each of these can be read by itself.
    let text = "Date,Amount,Extended Details\n13/10/2026,5,Description : 1001 Price : 5\n";
    assert!(rows(Kind::Charges, text)[0].1.contains("2026-10-13"));
    // What a group has turned is refused, and turns nothing else.
    let text = "tracking,qty,created,modified\nPK1000001,1,\"13-04-2026, 10:11:12\",03/04/2026\n\
                PK1000002,1,\"03-04-2026, 10:11:12\",03/04/2026\n";
    let rows = rows(Kind::Received, text);
    assert!(rows[0].1.starts_with("refused: \"13-04-2026, 10:11:12\""), "{}", rows[0].1);
    assert!(rows[1].1.contains(r#""modified":"2026-03-04""#), "{}", rows[1].1);
}
