use super::*;

#[test]
fn amounts_as_sheets_hold_them() {
    for (cell, text) in [
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1'234.56", "1234.56"),
        ("1,29,999.00", "129999"),
        ("$1,299", "1299 $"),
        ("1,299", "1299"),
        ("1.299", "1299"),
        ("-1.299", "-1299"),
        ("0.988", "0.988"),
        ("12.3456", "12.3456"),
        ("12,5", "12.5"),
        (".99", "0.99"),
        ("$-12.34", "-12.34 $"),
        ("-$12.34", "-12.34 $"),
        ("($12.34)", "-12.34 $"),
        ("12.34-", "-12.34"),
        ("−12.34", "-12.34"),
        ("12.30", "12.3"),
        ("0.00", "0"),
        ("12.34 €", "12.34 EUR"),
        ("CAD 12.34", "12.34 CAD"),
        ("US$12.34", "12.34 USD"),
        ("389.96999999999997", "389.97"),
        ("0012", "12"),
    ] {
        let amount = parse(cell, None, None).map(|amount| amount.to_string());
        assert_eq!(amount.as_deref(), Some(text), "{cell}");
    }
    for cell in ["1.234 EUR", "€1.234", "1,234 €"] {
        let amount = parse(cell, None, None).map(|amount| amount.to_string());
        assert_eq!(amount.as_deref(), Some("1234 EUR"), "{cell}");
    }
    for cell in
        ["", "abc", "12 pcs", "1.2.3", "1,2,3", "12/30", "99999999999999", "5%", "1e5", "#3"]
    {
        assert_eq!(parse(cell, None, None), None, "{cell}");
    }
}

#[test]
fn an_amount_of_more_digits_than_are_kept_is_none() {
    for (cell, text) in [
        ("9223372036854.7758065", Some("9223372036854.775807")),
        ("9223372036854.7758075", None),
        ("-9223372036854.7758075", None),
        ("9223372036854.775808", None),
        ("-9223372036854.775807", Some("-9223372036854.775807")),
    ] {
        let amount = parse(cell, None, None).map(|amount| amount.to_string());
        assert_eq!(amount.as_deref(), text, "{cell}");
    }
}

#[test]
fn a_dash_beside_a_currency_is_no_amount_and_no_fault() {
    for cell in ["$-", "$ -", "-$", "€ –", "- €", " $-   ", "USD -"] {
        assert!(is_dash(cell), "{cell}");
    }
    for cell in ["-", "$", "", "$-1", "x -", "- each"] {
        assert!(!is_dash(cell), "{cell}");
    }
}

#[test]
fn the_files_own_mark_tells_thousands_from_decimals() {
    let text = |cell, mark| parse(cell, Some(mark), None).map(|amount| amount.to_string());
    assert_eq!(text("1.299", Mark::Comma).as_deref(), Some("1299"));
    assert_eq!(text("1.299", Mark::Point).as_deref(), Some("1.299"));
    assert_eq!(text("1,299", Mark::Comma).as_deref(), Some("1.299"));
    assert_eq!(text("1,299", Mark::Point).as_deref(), Some("1299"));
    assert_eq!(text("12.50", Mark::Comma).as_deref(), Some("12.5"));
    for (cell, mark) in [
        ("12,50", Some(Mark::Comma)),
        ("1.299,00 €", Some(Mark::Comma)),
        ("1,299.00", Some(Mark::Point)),
        ("12.5", Some(Mark::Point)),
        ("1.299", None),
        ("1,299,000", None),
        ("12", None),
    ] {
        assert_eq!(shows_mark(cell), mark, "{cell}");
    }
}

#[test]
fn three_digits_behind_the_only_mark_are_decimals_where_the_currency_has_so_many() {
    for (cell, code, text) in [
        ("1.250", "KWD", "1.25"),
        ("1,250", "KWD", "1.25"),
        ("1.250", "EUR", "1250"),
        ("1,250", "USD", "1250"),
        ("1.250", "USD", "1250"),
        ("1.250", "JPY", "1250"),
        ("1.250 kr", "", "1250 kr"),
        ("1.250 KWD", "EUR", "1.25 KWD"),
        // As in a message.
        ("$1.250", "", "1.25 $"),
    ] {
        let amount = parse(cell, None, Currency::from_code(code)).map(|it| it.to_string());
        assert_eq!(amount.as_deref(), Some(text), "{cell} in {code}");
    }
    // A count of a program may have as many.
    assert_eq!(counted("2.000", None).and_then(Amount::whole), Some(2));
}

#[test]
fn amounts_are_read_in_the_forms_of_many_countries() {
    for (cell, text) in [
        ("1 234,50 kr", "1234.5 kr"),
        ("1\u{a0}234,50 kr", "1234.5 kr"),
        ("CHF 1'234.50", "1234.5 CHF"),
        ("1’234’567.50 CHF", "1234567.5 CHF"),
        ("12.50-", "-12.5"),
        ("12,50- €", "-12.5 EUR"),
        ("￥1,234", "1234 JPY"),
        ("¥12.34 CNY", "12.34 CNY"),
        ("12.34 zł PLN", "12.34 PLN"),
        ("12,34 kr NOK", "12.34 NOK"),
        ("12,34 € EUR", "12.34 EUR"),
        ("RMB ¥12.34", "12.34 CNY"),
        ("¥1,234 JPY", "1234 JPY"),
        ("￥１，２３４", "1234 JPY"),
        ("12,- €", "12 EUR"),
        ("12,-", "12"),
        ("CHF 12.-", "12 CHF"),
        ("12.–", "12"),
        ("50:-", "50 kr"),
        ("-50:-", "-50 kr"),
        ("50:- SEK", "50 SEK"),
        ("12.34 (USD)", "12.34 USD"),
        ("(12.34 USD)", "-12.34 USD"),
        ("(-12.34)", "-12.34"),
        ("USD$12.50", "12.5 USD"),
        ("$12.50 CAD", "12.5 CAD"),
        ("kr 12.50 SEK", "12.5 SEK"),
    ] {
        let amount = parse(cell, None, None).map(|amount| amount.to_string());
        assert_eq!(amount.as_deref(), Some(text), "{cell}");
    }
}

#[test]
fn what_can_be_meant_in_two_ways_is_no_amount() {
    for cell in [
        "12 34",
        "5 12.50",
        "10.00 200",
        "1  234",
        "26'99",
        "1, 234",
        "1.23.456",
        "(12.50",
        "12.50)",
        "€12.50 USD",
        "$12.50 EUR",
        "kr 12.50 $",
        "12.50 CR",
        "12.50 DR",
        "$26⁹⁹",
        "12.50%",
        "12.50 - 3.00",
        "12.50/2",
        "2 x 12.50",
    ] {
        assert_eq!(parse(cell, None, None), None, "{cell}");
    }
}
