//! Files whose first row is one of numbers.

use super::*;

/// The numbers of each row, as an order with its parcels.
fn tracked(sheet: &Sheet) -> Vec<(u64, String, String)> {
    let row = |line: Line| match line.what {
        What::Says(Row::Track(row)) => (line.line, row.order_number, row.parcels.join("+")),
        What::Refused(refusal) => (line.line, "refused".to_owned(), refusal.to_string()),
        other => (line.line, format!("{other:?}"), String::new()),
    };
    sheet.lines().map(row).collect()
}

#[test]
fn a_tracking_list_is_known_by_what_its_cells_are() {
    let expected = [
        (1, "BBY01-807100000011", "1Z999AA10123456784"),
        (2, "102003000000017", "9400111206206406260787"),
    ];
    let expected =
        expected.map(|(line, order, parcel)| (line, order.to_owned(), parcel.to_owned()));
    for text in [
        "BBY01-807100000011,1Z999AA10123456784\n102003000000017,9400111206206406260787\n",
        "BBY01-807100000011, 1Z999AA10123456784\r\n102003000000017, 9400111206206406260787",
        "BBY01-807100000011;1Z999AA10123456784\n102003000000017;9400111206206406260787\n",
        "BBY01-807100000011\t1Z999AA10123456784\n102003000000017\t9400111206206406260787\n",
        "1Z999AA10123456784\tBBY01-807100000011\n9400111206206406260787\t102003000000017\n",
        "BBY01-807100000011 1Z999AA10123456784\n102003000000017  9400 1112 0620 6406 2607 87\n",
        "1Z999AA10123456784 BBY01-807100000011\n9400 1112 0620 6406 2607 87 102003000000017\n",
        "| BBY01-807100000011 | 1Z999AA10123456784 |\n| 102003000000017 | 9400111206206406260787 |\n",
    ] {
        let sheet = read_text(Kind::Track, text).unwrap_or_else(|why| panic!("{text}: {why}"));
        assert_eq!(tracked(&sheet), expected, "{text}");
        assert_eq!(sheet.fingerprint(), None, "nothing is remembered of {text}");
    }
    // A row that is the other way round is none.
    let text = "Order,Tracking\nA-1000,1Z999AA10123456784\n1Z999AA10123456784,BBY01-807100000029\n";
    let rows = tracked(&read_text(Kind::Track, text).unwrap_or_else(|why| panic!("{why}")));
    assert_eq!(rows[1].2, "\"1Z999AA10123456784\" is not an order number");
    // Below a title, with a row that is none, and with more columns.
    let text = "Parcels of Ann\n\nAnn,BBY01-807100000011,1Z999AA10123456784\nBen,soon,1Z999AA10123456784\n";
    let rows = tracked(&read_text(Kind::Track, text).unwrap());
    assert_eq!(rows[0].1, "BBY01-807100000011");
    assert_eq!((rows[1].0, rows[1].1.as_str(), rows.len()), (4, "refused", 2));
}

#[test]
fn no_number_is_taken_for_a_heading() {
    let told = |kind, text| read_text(kind, text).unwrap_err().to_string();
    for (kind, text) in [
        // A carrier's form, which the numbers of a shop have as well.
        (Kind::Track, "102003000000017,123456789012\n102003000000025,123456789013\n"),
        (Kind::Track, "A-1000,PK100001\nA-1001,PK100002\n"),
        (Kind::Received, "1Z999AA10123456784,5.00\n"),
        (Kind::Charges, "01/31/2026,BBY01-807100000011,5.00\n"),
        (Kind::Orders, "BBY01-807100000011,A product,5.00\n"),
        (Kind::Status, "A-1000,cancelled\nA-1001,shipped\n"),
    ] {
        let told = told(kind, text);
        assert!(told.contains("it has no headings. Its columns: \"column 1 ("), "{told}");
        assert!(told.contains("--map \"column 1\"="), "{told}");
    }
    let alone = told(Kind::Track, "BBY01-807100000011\n1Z999AA10123456784\n");
    assert!(alone.contains("into one line, with a comma"), "{alone}");
    // What the columns are called can be said, and costs no row.
    for names in [["column 1", "Column 2"], ["column 1 (A-1000)", "column 2 (PK100001)"]] {
        let options = map(&[(names[0], "order_number"), (names[1], "tracking_number")]);
        let sheet = read_with(Kind::Track, "A-1000,PK100001\nA-1001,PK100002\n", &options).unwrap();
        let rows = tracked(&sheet);
        assert_eq!(rows.iter().map(|row| row.1.as_str()).collect::<Vec<_>>(), ["A-1000", "A-1001"]);
        assert_eq!(rows[1].2, "PK100002");
    }
    let options = map(&[("A-1000", "order_number"), ("PK100001", "tracking_number")]);
    let told = read_with(Kind::Track, "A-1000,PK100001\nA-1001,PK100002\n", &options).unwrap_err();
    assert!(told.to_string().contains("\"A-1000\" is a number, and no heading"), "{told}");
}
