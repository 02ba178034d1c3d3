use serde_json::json;

use super::*;

#[test]
fn a_tracking_list() {
    let text = "Parcels of Ann\n\nOrder #;Tracking Number\n\
                #bby01-807100000011;=\"1Z999AA10123456784\"\n\
                \n\
                Order #;Tracking Number\n\
                '102003000000017;\"9400 1112 0620 6406 2607 87\nTBA000000000001\"\n\
                102003000000025;\n\
                ;\n";
    let row = |number: &str, parcels: &str| {
        format!(r#"{{"kind":"track","order_number":"{number}"{parcels}}}"#)
    };
    assert_eq!(
        rows(Kind::Track, text),
        [
            (4, row("BBY01-807100000011", r#","parcels":["1Z999AA10123456784"]"#)),
            (5, "ignored: an empty row".to_owned()),
            (6, "ignored: the headings again".to_owned()),
            (
                7,
                row(
                    "102003000000017",
                    r#","parcels":["9400111206206406260787","TBA000000000001"]"#
                )
            ),
            (9, row("102003000000025", "")),
            (10, "ignored: an empty row".to_owned()),
        ]
    );
}

#[test]
fn a_buying_groups_file() {
    let text = "tracking_id,total,qty,commission,status,order_number,created,modified\n\
                1Z999AA10123456784,\"$1,234.50\",3,12.5,verified,40017,\"03-04-2026, 10:11:12\",\"03-05-2026, 01:02:03\"\n\
                TBA000000000000,,,,UNVERIFIED,,,\n\
                Total,\"1,234.50\",3,12.5,,,,\n\
                ,1234.50,3,,,,,\n";
    let full = r#"{"commission":"12.5","created":"2026-03-04T10:11:12","group_order_number":"40017","kind":"received","modified":"2026-03-05T01:02:03","parcel":"1Z999AA10123456784","payout":"1234.5 $","status":"VERIFIED","units":3}"#;
    let bare = r#"{"kind":"received","parcel":"TBA000000000000","status":"UNVERIFIED"}"#;
    let sums = || "ignored: a row of sums".to_owned();
    let expected = [(2, full.to_owned()), (3, bare.to_owned()), (4, sums()), (5, sums())];
    assert_eq!(rows(Kind::Received, text), expected);
}

#[test]
fn what_stands_below_the_rows_is_a_row_of_sums() {
    let sums = "ignored: a row of sums";
    for (kind, headings, below) in [
        (Kind::Track, "Date,Order Number,Tracking Number", "Total,15,"),
        (Kind::Track, "Date,Order Number,Tracking Number", ",Total orders: 15,"),
        (Kind::Track, "Who,Order Number,Tracking Number", "Total,1500,1500"),
        (Kind::Status, "order,status,qty", "Total orders,,12"),
        (Kind::Status, "order,status,qty", "Grand total,,12"),
        (Kind::Status, "order,status,qty", "Total: 1001,,12"),
        (Kind::Received, "tracking_id,total,qty", "Total: 3 parcels,12.50,3"),
        (Kind::Received, "tracking_id,total,qty", "Totals for March,12.50,3"),
        (Kind::Charges, "Date,Extended Details,Amount", "Total Charges,,12.50"),
    ] {
        let below = &rows(kind, &format!("{headings}\n{below}\n"))[0].1;
        assert_eq!(below, sums, "{headings}");
    }
    // What names an order or a product is none, whatever it is called.
    for (kind, text) in [
        (
            Kind::Track,
            "Date,Order Number,Tracking Number\nTotal,BBY01-807100000011,TBA000000000001\n",
        ),
        (Kind::Status, "order,status\nTOTAL-1001,shipped\n"),
        (Kind::Status, "order,status\n15,shipped\n"),
        (Kind::Charges, "Date,Extended Details,Amount\n,Total Wine,12.50\n"),
    ] {
        assert_ne!(rows(kind, text)[0].1, sums, "{text}");
    }
    let options = map(&[("Cost", "total")]);
    let sheet = read_with(Kind::Orders, "Product,Order Number,Cost\nTotal War,,59.99\n", &options);
    assert_eq!(shown(&sheet.unwrap())[0].1, "refused: it names no order number");
}

#[test]
fn rules_between_rows_say_nothing() {
    let table =
        "| Order | Tracking |\n|-------|----------|\n| A-1001 | TBA000000000001 |\n| ===== | - |\n";
    let said: Vec<bool> =
        rows(Kind::Track, table).iter().map(|(_, row)| row == "ignored: an empty row").collect();
    assert_eq!(said, [true, false, true]);
}

#[test]
fn a_statement_keeps_nothing_that_is_not_needed() {
    let text = "Date,Description,Card Member,Account #,Amount,Extended Details,Address,Reference,Category\n\
                03/04/2026,TARGET.COM,ANN EXAMPLE,-31007,129.99,\"TARGET.COM 800-000-0000\nDescription : 102003000000017 Price : 129.99\",1 DEMO ST,'320260640000001,Shops\n\
                03/05/2026,TARGET.COM,ANN EXAMPLE,-31007,-29.99,\"Description : 102003000000017 Price : 29.99\",,'320260640000002,Shops\n\
                03/06/2026,COFFEE,ANN EXAMPLE,-31007,4.50,COFFEE 800-000-0000,,'320260640000003,Food\n";
    let row = |day: &str, amount: &str, reference: &str| {
        format!(
            r#"{{"amount":"{amount}","kind":"charges","order_numbers":["102003000000017"],"posted_on":"2026-03-{day}","reference":"{reference}"}}"#
        )
    };
    assert_eq!(
        rows(Kind::Charges, text),
        [
            (2, row("04", "129.99", "320260640000001")),
            (4, row("05", "-29.99", "320260640000002")),
            (5, format!("refused: {}", Refusal::NoNumberInDescription)),
        ]
    );
}

#[test]
fn another_card_is_read_by_a_map() {
    let text = "Posted;What;Sum\n13.01.2026;BESTBUY BBY01-807100000011 55423;1.299,00 €\n";
    assert!(
        sentence(Kind::Charges, text)
            .contains("needs a column date; found: \"Posted\", \"What\", \"Sum\"")
    );
    let options = map(&[("posted", "date"), ("What", "description"), ("SUM", "amount")]);
    let sheet = read_with(Kind::Charges, text, &options).unwrap();
    let row = r#"{"amount":"1299 EUR","kind":"charges","order_numbers":["BBY01-807100000011"],"posted_on":"2026-01-13"}"#;
    assert_eq!(shown(&sheet), [(2, row.to_owned())]);
    assert_eq!(sheet.columns()[1].field, Some(Field::Description));
}

#[test]
fn the_currency_of_a_row_stands_in_a_column_of_its_own() {
    let charges = "Date,Amount,Currency,Extended Details\n1/13/2026,5,EUR,Description : 1001 Price : 5\n\
                   1/13/2026,$5,,Description : 1001 Price : 5\n1/13/2026,5,what,Description : 1001 Price : 5\n";
    let rows = rows(Kind::Charges, charges);
    let amounts = ["\"amount\":\"5 EUR\"", "\"amount\":\"5 $\"", "\"what\" is not a currency"];
    for ((_, row), amount) in rows.iter().zip(amounts) {
        assert!(row.contains(amount), "{row}");
    }
    let received = "tracking,total,commission,currency\nTBA000000000000,20,£1,EUR\n";
    let row = value(Kind::Received, received);
    assert_eq!((&row["payout"], &row["commission"]), (&json!("20 EUR"), &json!("1 GBP")));
}

#[test]
fn a_statement_says_in_its_own_columns_what_was_charged() {
    let row = "02/03/2026,BESTBUY BBY01-807100000011";
    let sums = |headings: &str, amounts: &[&str], pairs: &[(&str, &str)]| {
        let rows: Vec<String> = amounts.iter().map(|amount| format!("{row},{amount}\n")).collect();
        let mut all = vec![("Memo", "description")];
        all.extend(pairs);
        let options = Options { dates: Some(DateOrder::Mdy), ..map(&all) };
        let text = format!("Date,Memo,{headings}\n{}", rows.concat());
        let sheet = read_with(Kind::Charges, &text, &options).unwrap();
        let sum = |line: Line| match line.what {
            What::Says(Row::Charges(row)) => row.amount.to_string(),
            other => panic!("{other:?}"),
        };
        sheet.lines().map(sum).collect::<Vec<_>>()
    };
    let two = [("Debit", "charged"), ("Credit", "refunded")];
    assert_eq!(
        sums("Debit,Credit", &["649.99,", ",100.00", ",-100.00", "0.00,5"], &two),
        ["649.99", "-100", "-100", "-5"]
    );
    let minus = [("Sum", "negative_amount")];
    assert_eq!(sums("Sum", &["-649.99", "100.00", "(5.00)"], &minus), ["649.99", "-100", "5"]);
    assert_eq!(sums("Amount", &["649.99", "-100.00"], &[]), ["649.99", "-100"]);
}

#[test]
fn a_line_of_a_statement_that_states_two_amounts_is_refused_by_name() {
    let told = |cells: &str| {
        let pairs = [("Debit", "charged"), ("Credit", "refunded"), ("Memo", "description")];
        let text =
            format!("Date,Memo,Debit,Credit,Amount\n01/31/2026,BBY01-807100000011,{cells}\n");
        let rows = shown(&read_with(Kind::Charges, &text, &map(&pairs)).unwrap());
        rows[0].1.clone()
    };
    for (cells, columns) in [
        ("$5.00,3.00,", ["\"$5.00\" in the column \"Debit\"", "\"3.00\" in the column \"Credit\""]),
        ("5.00,5.00,", ["\"5.00\" in the column \"Debit\"", "\"5.00\" in the column \"Credit\""]),
        ("5.00,,6.00", ["\"5.00\" in the column \"Debit\"", "\"6.00\" in the column \"Amount\""]),
    ] {
        let [one, other] = columns;
        let why = format!("refused: {one} and {other} are two amounts; give each a row of its own");
        assert_eq!(told(cells), why);
    }
    for (cells, amount) in
        [("5.00,0.00,", "5"), ("5.00,,-5.00", "5"), (",5.00,5.00", "-5"), ("0.00,0.00,", "0")]
    {
        assert!(told(cells).contains(&format!("\"amount\":\"{amount}\"")), "{}", told(cells));
    }
}

#[test]
fn columns_that_are_not_read_are_known_by_their_headings() {
    for (kind, headings, unread) in [
        (Kind::Received, "tracking,status,Total Paid,,Box", vec!["Total Paid", "Box"]),
        (Kind::Track, "order,tracking", vec![]),
        (Kind::Charges, "Extended Details,Reference,Date,Amount,Card Member", vec![]),
    ] {
        let sheet = read_text(kind, &format!("{headings}\n")).unwrap();
        assert_eq!(sheet.unread().collect::<Vec<_>>(), unread, "{headings}");
    }
}

#[test]
fn a_reference_has_no_apostrophe_at_either_end() {
    let text = "Extended Details,Reference,Date,Amount\nDescription : BBY01-807100000011 Price : 5,'320260310001234567',03/13/2026,5\n";
    let lines = rows(Kind::Charges, text);
    assert!(lines.iter().any(|(_, said)| said.contains("\"320260310001234567\"")), "{lines:?}");
}

#[test]
fn a_label_of_messages_is_a_heading_where_no_plainer_one_is() {
    let number = |text: &str| value(Kind::Track, text)["order_number"].clone();
    for headings in ["Order ID", "Sipariş No", "PO Number", "Confirmation"] {
        assert_eq!(number(&format!("{headings},tracking\nA-1000,TBA000000000001\n")), "A-1000");
    }
    let both = "Order ID,Order Number,tracking\n7,A-1000,TBA000000000001\n";
    assert_eq!(number(both), "A-1000");
    let two = sentence(Kind::Track, "Order ID,PO Number,tracking\nA-1000,A-1001,TBA000000000001\n");
    assert!(two.contains("mean the same"), "{two}");
    // Above nothing but numbers it is a title: each number of a line counts.
    let list = rows(Kind::Status, "Orders\nA-1000, A-1001\n");
    assert_eq!(list.len(), 2);
}

#[test]
fn a_status_is_said_in_other_languages_too() {
    for (words, status) in [
        ("versandt verschickt verzonden expédié enviado spedito", "shipped"),
        ("zugestellt livré entregado geleverd bezorgd consegnato entregue", "delivered"),
        ("storniert annulé cancelado annullato geannuleerd", "cancelled"),
        ("erstattet remboursé reembolsado rimborsato terugbetaald", "refunded"),
        ("retourniert retourné devuelto", "returned"),
    ] {
        for word in words.split(' ') {
            let rows = rows(Kind::Status, &format!("order,status\nBBY01-807100000012,{word}\n"));
            let said = format!("\"status\":\"{status}\"");
            assert!(rows[0].1.contains(&said), "{word}: {}", rows[0].1);
        }
    }
}
