//! Amounts of money as sheets hold them.

use rust_xlsxwriter::{Format, Workbook};

use super::*;

/// A workbook of payouts, each a number in a format.
fn workbook(cells: &[(&str, f64)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "tracking").unwrap();
    sheet.write(0, 1, "total").unwrap();
    for (row, (code, number)) in (1..).zip(cells) {
        sheet.write(row, 0, format!("PK{}", 1000 + row)).unwrap();
        let format = Format::new().set_num_format(*code);
        sheet.write_with_format(row, 1, *number, &format).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// The same as a spreadsheet saves it as a text.
fn text(cells: &[&str]) -> String {
    let rows = (1..).zip(cells).map(|(row, cell)| format!("PK{};{cell}\n", 1000 + row));
    std::iter::once("tracking;total\n".to_owned()).chain(rows).collect()
}

fn payouts(bytes: Vec<u8>) -> Vec<String> {
    let sheet = read(Kind::Received, "sheet", bytes, &Options::default()).unwrap();
    let payout = |line: Line| match line.what {
        What::Says(Row::Received(row)) => {
            row.payout.map_or_else(String::new, |amount| amount.to_string())
        }
        What::Refused(_) => "refused".to_owned(),
        other => panic!("{other:?}"),
    };
    sheet.lines().map(payout).collect()
}

#[test]
fn a_workbook_says_the_currencies_that_its_text_says() {
    const DOLLARS: &str = "_(\"$\"* #,##0.00_);_(\"$\"* \\(#,##0.00\\);_(\"$\"* \"-\"??_);_(@_)";
    const EUROS: &str =
        "_-* #,##0.00\\ \"€\"_-;\\-* #,##0.00\\ \"€\"_-;_-* \"-\"??\\ \"€\"_-;_-@_-";
    for (code, number, shown, amount) in [
        ("General", 1_400.5, "1400.5", "1400.5"),
        ("#,##0.00", 1_400.5, "1,400.50", "1400.5"),
        ("[$$-409]#,##0.00", 1_400.5, "$1,400.50", "1400.5 $"),
        ("[$$-1009]#,##0.00", 1_400.5, "$1,400.50", "1400.5 $"),
        ("\"$\"#,##0.00", 1_500.25, "$1,500.25", "1500.25 $"),
        ("$#,##0.00_);[Red]($#,##0.00)", -12.5, "($12.50)", "-12.5 $"),
        (DOLLARS, 1_400.5, " $ 1,400.50 ", "1400.5 $"),
        (DOLLARS, -1_400.5, " $ (1,400.50)", "-1400.5 $"),
        (DOLLARS, 0.0, " $ -   ", ""),
        (EUROS, 1_400.5, " 1.400,50 € ", "1400.5 EUR"),
        (EUROS, -1_400.5, "-1.400,50 € ", "-1400.5 EUR"),
        (EUROS, 0.0, " -   € ", ""),
        ("#,##0.00 [$€-407]", 600.0, "600,00 €", "600 EUR"),
        ("[$€-1809]#,##0.00", 600.5, "€600.50", "600.5 EUR"),
        ("[$USD] #,##0.00", 5.25, "USD 5.25", "5.25 USD"),
        ("#,##0.00 [$EUR]", 5.25, "5,25 EUR", "5.25 EUR"),
        ("[$£-809]#,##0.00", 5.25, "£5.25", "5.25 GBP"),
        ("[$¥-411]#,##0", 1_401.0, "¥1,401", "1401 JPY"),
        ("[$¥-411]#,##0", 1_400.5, "¥1,401", "1401 JPY"),
        ("[$CA$-1009]#,##0.00", 5.25, "CA$5.25", "5.25 CAD"),
        ("#,##0.00 [$kr-41D]", 1_234.5, "1 234,50 kr", "1234.5 kr"),
        ("[$CHF-807] #,##0.00", 1_234.5, "CHF 1'234.50", "1234.5 CHF"),
        ("#,##0.00 [$zł-415]", 1_234.5, "1 234,50 zł", "1234.5 PLN"),
        ("[$R$-416] #,##0.00", 1_234.5, "R$ 1.234,50", "1234.5 BRL"),
        ("#,##0.00 [$DM-407]", 5.25, "5,25 DM", "refused"),
        ("0.00%", 0.125, "12.50%", "refused"),
    ] {
        assert_eq!(payouts(text(&[shown]).into_bytes()), [amount], "{code} as {shown}");
        assert_eq!(payouts(workbook(&[(code, number)])), [amount], "{code} of {number}");
    }
}

#[test]
fn a_number_that_is_no_amount_is_read_in_a_format_of_money() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let money = Format::new().set_num_format("\"$\"#,##0.00");
    for (column, heading) in (0..).zip(["order", "status", "qty"]) {
        sheet.write(0, column, heading).unwrap();
    }
    sheet.write_with_format(1, 0, 102_003_000_000_017_f64, &money).unwrap();
    sheet.write(1, 1, "cancelled").unwrap();
    sheet.write_with_format(1, 2, 2, &money).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let sheet = read(Kind::Status, "a.xlsx", bytes, &Options::default()).unwrap();
    let row =
        r#"{"kind":"status","order_number":"102003000000017","status":"cancelled","units":2}"#;
    assert_eq!(shown(&sheet), [(2, row.to_owned())]);
}

#[test]
fn a_bare_amount_with_three_digits_behind_its_mark_is_more_than_a_thousand() {
    for (cells, amounts) in [
        (["1.250", "1.100"], ["1250", "1100"]),
        (["1,250", "1,100"], ["1250", "1100"]),
        (["1.250", "-1.100"], ["1250", "-1100"]),
        // What others of the file say of their marks holds.
        (["1.250", "1.400,50"], ["1250", "1400.5"]),
        (["1,250", "1.400,50"], ["1.25", "1400.5"]),
        (["1.250", "1,400.50"], ["1.25", "1400.5"]),
        (["1.250", "33.333333"], ["1.25", "33.333333"]),
    ] {
        assert_eq!(payouts(text(&cells).into_bytes()), amounts, "{cells:?}");
    }
}

#[test]
fn a_text_of_a_workbook_is_read_as_in_a_text_whatever_its_numbers_are() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "tracking").unwrap();
    sheet.write(0, 1, "total").unwrap();
    for row in 1..5 {
        sheet.write(row, 0, format!("PK100{row}")).unwrap();
    }
    sheet.write(1, 1, 12.5).unwrap();
    sheet.write(2, 1, 1.234).unwrap();
    sheet.write(3, 1, "1.250").unwrap();
    sheet.write(4, 1, "1.250 €").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(payouts(bytes), ["12.5", "1.234", "1250", "1250 EUR"]);
}

#[test]
fn the_currency_of_a_row_and_our_own_files_have_three_decimals_where_they_say_so() {
    let row = value(Kind::Received, "tracking,total,currency\nPK1001,1.250,KWD\n");
    assert_eq!(row["payout"], "1.25 KWD");
    let row = value(Kind::Received, "tracking,total,currency\nPK1001,1.250,EUR\n");
    assert_eq!(row["payout"], "1250 EUR");
    let json = r#"[{"order_number":"A-1001","currency":"KWD","total":"1.250","quantity":1}]"#;
    assert_eq!(value(Kind::Orders, json)["total"], "1.25");
    // One that names no currency.
    let json = r#"[{"order_number":"A-1001","payout":"1.250","quantity":1}]"#;
    assert_eq!(value(Kind::Orders, json)["payout"], "1.25");
}

#[test]
fn cents_of_a_currency_that_has_none_are_refused() {
    let told = |cell: &str, currency: &str| {
        rows(Kind::Received, &format!("tracking;total;currency\nPK1001;{cell};{currency}\n"))[0]
            .1
            .clone()
    };
    for (cell, currency) in [("12.50", "JPY"), ("¥12.50", ""), ("12,5 KRW", "USD")] {
        let told = told(cell, currency);
        let begins = format!("refused: \"{cell}\" in the column \"total\" has cents, and ");
        assert!(told.starts_with(&begins), "{told}");
    }
    // What is computed is rounded, and nothing but zeros are no cents.
    for (cell, amount) in
        [("12.00", "12 JPY"), ("33.333333", "33.333333 JPY"), ("1.250", "1250 JPY")]
    {
        let told = told(cell, "JPY");
        assert!(told.contains(&format!("\"{amount}\"")), "{told}");
    }
    assert!(told("12.50 USD", "JPY").contains("12.5 USD"));
    let json =
        r#"[{"order_number":"A-1001","currency":"JPY","payout":"12.50","payout_currency":"USD"}]"#;
    assert_eq!(value(Kind::Orders, json)["payout"], "12.5 USD");
}

#[test]
fn an_amount_of_windows_has_its_euro() {
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode("tracking;total\nPK1001;1.250 €\n");
    assert_eq!(payouts(bytes.into_owned()), ["1250 EUR"]);
}
