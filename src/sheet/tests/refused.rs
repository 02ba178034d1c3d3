use super::*;

#[test]
fn the_missing_column_is_named_with_what_was_found() {
    for (kind, text, part) in [
        (Kind::Track, "", "it is empty"),
        (
            Kind::Track,
            "order,carrier\n1001,UPS",
            "needs a column tracking number; found: \"order\", \"carrier\"",
        ),
        (Kind::Track, "a;tracking\n1;2", "needs a column order number; found: \"a\", \"tracking\""),
        (Kind::Received, "tracking,order number\n1,2", "needs a column total, qty or status"),
        (Kind::Status, "hello,world\nto,you", "needs a column order number"),
        (Kind::Orders, "Order,Total,Status\n1001,5,paid", "what they are with --map COLUMN=FIELD"),
        (Kind::Orders, "[{\"order_number\":", "line 1 is not JSON"),
        (
            Kind::Track,
            "order,tracking\n1001,\"TBA000000000000\n1002,TBA000000000001\n",
            "the quotation mark that opens in line 2",
        ),
        (
            Kind::Track,
            "order,order #,tracking\n1,2,3",
            "the columns \"order\" and \"order #\" mean the same",
        ),
        (Kind::Orders, "SQLite format 3\0", "it is a database"),
        (Kind::Track, "PK\u{3}\u{4}", "cannot be read as a workbook"),
    ] {
        let sentence = sentence(kind, text);
        assert!(sentence.starts_with("sheet.csv: ") && sentence.contains(part), "{sentence}");
    }
    let sheet = "Order,Total\n1001,5";
    let told = |pairs| read_with(Kind::Orders, sheet, &map(pairs)).unwrap_err().to_string();
    assert!(told(&[("Sum", "total")]).contains("it has no column \"Sum\""));
    assert!(told(&[("Total", "sum")]).contains("\"sum\" is not a field of a sheet of orders"));
    let twice = told(&[("Total", "total"), ("Order", "total")]);
    assert!(twice.contains("the columns \"Total\" and \"Order\" mean the same"), "{twice}");
}

#[test]
fn a_column_that_may_say_the_status_or_how_much_of_it_is_asked_about() {
    for (headings, missing) in [
        ("Order Number,Situation of delivery", Some("status")),
        ("Order Number,Cancelled?", Some("status")),
        ("Order Number,State,Order State", Some("status")),
        ("Order Number,Status,Qty to drop", Some("qty")),
        ("Order Number,Qty to drop", Some("qty")),
        ("Order Number,New State", None),
        ("Order Number,Order Status,Qty Cancelled", None),
        ("Order Number,Status,State", None),
        ("Order Number,Product,Price,Cancelled on date", None),
        ("Order Number,Lieferstatus", Some("status")),
        ("Order Number,Status Name", Some("status")),
        ("Order Number,Carrier Status", Some("status")),
        ("Order Number,Status on 11/27", Some("status")),
        ("Order Number,Unit", Some("qty")),
        ("Order Number,Delivery Address", None),
        ("Order Number,Delivery Method", None),
        ("Order Number,Ship To State", None),
        ("Order Number,Shipped To", None),
        ("Order Number,Shipped At", None),
        ("Order Number,Billing State", None),
        ("Order Number,Community", None),
        ("Order Number,Opportunity", None),
        ("Order Number,United", None),
        ("Order Number,Statement", None),
    ] {
        let text = format!("{headings}\nBBY01-807100000011,delivered,1,1\n");
        let told = read_text(Kind::Status, &text).err().map(|told| told.why);
        let named = told.as_ref().and_then(|why| match why {
            Why::MissingColumn { missing, .. } => Some(*missing),
            _ => None,
        });
        assert_eq!(named, missing, "{headings}: {told:?}");
        // Who says which status, or what the columns are, is not asked.
        let said = Options { status_is_said: true, ..Options::default() };
        assert!(read_with(Kind::Status, &text, &said).is_ok(), "{headings}");
        let named = map(&[("Order Number", "order_number")]);
        assert!(read_with(Kind::Status, &text, &named).is_ok(), "{headings}");
    }
}

#[test]
fn who_is_asked_for_the_status_is_told_how_to_answer() {
    for headings in ["Order Number,Cancelled?", "Order Number,Qty to drop"] {
        let told = sentence(Kind::Status, &format!("{headings}\n1001,1\n"));
        assert!(told.contains("--status") && told.contains("--map COLUMN=FIELD"), "{told}");
        assert!(!told.contains("needs a column"), "{told}");
    }
}

#[test]
fn a_state_of_a_country_is_no_status() {
    let number = r#"{"kind":"status","order_number":"BBY01-807100000011"}"#;
    let text = "Order Number,State,City\nBBY01-807100000011,TX,Austin\nBBY01-807100000012,,\n\
                BBY01-807100000013,ca,Napa\n";
    assert_eq!(rows(Kind::Status, text)[0], (2, number.to_owned()));
    let both = "Order Number,State,Order Status\nBBY01-807100000011,TX,delivered\n";
    assert!(rows(Kind::Status, both)[0].1.contains("\"status\":\"delivered\""));
    // One word that is none makes it the column of the status, in which all others are refused.
    let odd = "Order Number,State\nBBY01-807100000011,TX\nBBY01-807100000012,delivered\n";
    assert!(rows(Kind::Status, odd)[0].1.contains("\"TX\" is not a status"));
}

#[test]
fn a_bad_row_costs_no_other() {
    let long = "x".repeat(1024 * 1024);
    let text = format!(
        "order,tracking\n1.02003E+14,TBA000000000000\n=A1,TBA000000000000\n1001;1002,TBA000000000000\n\
         ,TBA000000000000\nsoon,TBA000000000000\n1001,soon\n1001,{long}\n1001,TBA000000000000\n"
    );
    let reasons = [
        Refusal::Rounded("1.02003E+14".to_owned()),
        Refusal::Formula("=A1".to_owned()),
        Refusal::SeveralOrders("1001;1002".to_owned()),
        Refusal::NoOrderNumber,
        Refusal::NotAnOrderNumber("soon".to_owned()),
        Refusal::NotAParcel("soon".to_owned()),
        Refusal::LongCell(1024 * 1024),
    ];
    let rows = rows(Kind::Track, &text);
    let expected = reasons.map(|reason| format!("refused: {reason}"));
    assert_eq!(rows[..7].iter().map(|(_, row)| row.clone()).collect::<Vec<_>>(), expected);
    assert!(rows[7].1.contains("TBA000000000000"));
}

#[test]
fn a_row_that_is_refused_names_what_it_speaks_of() {
    let long = "x".repeat(1024 * 1024);
    let noted = format!("tracking,total,created\n1Z999AA10123456784,5,{long}\n");
    for (kind, text, order, parcels) in [
        (
            Kind::Received,
            "tracking,total\n1Z 999AA10123456784,abc\n",
            None,
            Some("1Z999AA10123456784"),
        ),
        (Kind::Received, "tracking,qty\n1Z999AA10123456784,-1\n", None, Some("1Z999AA10123456784")),
        (
            Kind::Received,
            "tracking,qty\n\"1Z999AA10123456784, TBA000000000001\",1\n",
            None,
            Some("1Z999AA10123456784, TBA000000000001"),
        ),
        (Kind::Received, noted.as_str(), None, Some("1Z999AA10123456784")),
        (
            Kind::Track,
            "order,tracking\nsoon,1Z999AA10123456784\n",
            None,
            Some("1Z999AA10123456784"),
        ),
        (Kind::Track, "order,tracking\nA-1000,soon\n", Some("A-1000"), None),
        (Kind::Status, "order,status\nA-1000,odd\n", Some("A-1000"), None),
    ] {
        let line = read_text(kind, text).unwrap().lines().next().unwrap();
        assert!(matches!(line.what, What::Refused(_)), "{text}");
        assert_eq!(line.named.order_number.as_deref(), order, "{text}");
        assert_eq!(line.named.tracking_number.as_deref(), parcels, "{text}");
    }
}

#[test]
fn impossible_values_are_refused_by_column() {
    for (cells, reason) in [
        ("1/1/0001,5", "\"1/1/0001\" in the column \"Date\" is not a date"),
        ("2/30/2026,5", "\"2/30/2026\" in the column \"Date\" is not a date"),
        (
            "1/13/2026,99999999999999",
            "\"99999999999999\" in the column \"Amount\" is not an amount",
        ),
        ("1/13/2026,abc", "\"abc\" in the column \"Amount\" is not an amount"),
        ("1/13/2026,", "it names no amount"),
        (",5", "it names no date"),
    ] {
        let text = format!("Date,Amount,Extended Details\n{cells},Description : 1001 Price : 5\n");
        assert_eq!(rows(Kind::Charges, &text), [(2, format!("refused: {reason}"))]);
    }
    for qty in ["-1", "1.5", "1000001", "two"] {
        let text = format!("tracking,qty\nTBA000000000000,{qty}\n");
        let reason = format!(
            "refused: \"{qty}\" in the column \"qty\" is not a number of units up to 1,000,000"
        );
        assert_eq!(rows(Kind::Received, &text), [(2, reason)]);
    }
}

#[test]
fn what_was_paid_is_never_negative() {
    let options = map(&[("Order", "order_number"), ("Cost", "total"), ("Back", "payout")]);
    for (cells, reason) in [
        ("-5.00,,", Some("\"-5.00\" in the column \"Price\" is negative")),
        (",(5.00),", Some("\"(5.00)\" in the column \"Cost\" is negative")),
        // A group may take back what it has paid.
        ("5.00,5.00,-1.00", None),
        ("0.00,,", None),
    ] {
        let text = format!("Order,Price,Cost,Back\n1001,{cells}\n");
        let rows = shown(&read_with(Kind::Orders, &text, &options).unwrap());
        assert_eq!(rows[0].1.strip_prefix("refused: "), reason, "{cells}");
    }
}

#[test]
fn an_order_of_no_units_is_told_of_as_an_order() {
    let options = map(&[("Order", "order_number"), ("Qty", "quantity")]);
    let sheet = read_with(Kind::Orders, "Order,Product,Qty\n1001,Box,0\n", &options).unwrap();
    let told = &shown(&sheet)[0].1;
    assert!(told.starts_with("refused: an order of 0 units is none"), "{told}");
}

#[test]
fn a_file_that_is_no_sheet_is_one_sentence_that_says_what_it_is() {
    let noise: Vec<u8> = (0..2_000_u32).map(|at| u8::try_from(at * 7 % 32).unwrap()).collect();
    for (bytes, told) in [
        (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR,1".as_slice(), "it is a picture"),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF,;\n1,2", "it is a picture"),
        (b"\0\0\0\x18ftypheic\0\0", "it is a picture"),
        (b"%PDF-1.7\n1 0 obj", "it is a PDF"),
        (b"\xEF\xBB\xBF\n <!DOCTYPE html><table><tr><td>Order", "it is a web page"),
        (b"<table><tr><td>Order</td><td>Tracking</td></tr></table>", "it is a web page"),
        (noise.as_slice(), "it is no text"),
    ] {
        for kind in Kind::ALL {
            let read = read(kind, "a", bytes.to_vec(), &Options::default());
            let sentence = read.unwrap_err().to_string();
            assert!(sentence.starts_with(&format!("a: {told}")), "{kind:?}: {sentence}");
            assert!(sentence.len() < 100, "{sentence}");
        }
    }
}

#[test]
fn too_many_rows_are_one_sentence() {
    let text = "order,tracking\n".to_owned() + &"1001,TBA000000000000\n".repeat(500_001);
    assert_eq!(
        sentence(Kind::Track, &text),
        "sheet.csv: it has more than 500,000 rows; bring it in parts"
    );
}

#[test]
fn a_value_with_a_comma_and_without_quotes_is_not_cut() {
    let told =
        |kind, text: &str| rows(kind, text).into_iter().map(|(_, row)| row).collect::<Vec<_>>();
    let refused = format!("refused: {}", Refusal::MoreCells);
    let group = "tracking,total,qty\nPK1001,1,250.00,2\nPK1002,\"1,250.00\",2,,\n";
    let told_of_group = told(Kind::Received, group);
    assert_eq!(told_of_group[0], refused);
    assert!(told_of_group[1].contains("1250"), "{told_of_group:?}");
    let track = "Order Number,Tracking Number,Note\nA-1001,1Z999AA10123456784,gift, red\n";
    assert_eq!(told(Kind::Track, track)[..1], [refused]);
}
