use super::*;

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

#[test]
fn an_amount_is_rounded_to_the_minor_units_of_its_currency() {
    for (text, minor) in [
        ("12.34", Some(1_234)),
        ("12", Some(1_200)),
        ("0.005", Some(1)),
        ("-0.005", Some(-1)),
        ("0.0049", Some(0)),
        ("-0.0049", Some(0)),
        ("12.5 JPY", Some(13)),
        ("-12.5 JPY", Some(-13)),
        ("12.49 JPY", Some(12)),
        ("1.234 KWD", Some(1_234)),
        ("10000000000", Some(Money::MOST_MINOR)),
        ("-10000000000", Some(-Money::MOST_MINOR)),
        ("10000000000.01", None),
        ("-10000000000.01", None),
        // The least number there is: without its sign it is too large.
        ("-92233720368547758.08", None),
        ("-9223372036854775808 JPY", None),
    ] {
        assert_eq!(amount(text).money(None).map(|money| money.minor), minor, "{text}");
    }
}

#[test]
fn the_currency_of_the_cell_goes_before_that_of_the_order() {
    let currency = |text| amount(text).money(Some(Currency::EUR)).unwrap().currency;
    assert_eq!(currency("12.34 USD"), Some(Currency::USD));
    assert_eq!(currency("12.34"), Some(Currency::EUR));
    assert_eq!(amount("12.34").money(None).unwrap().currency, None);
    assert_eq!(amount("12.34 USD").bare(), amount("12.34"));
}

#[test]
fn a_symbol_means_the_currency_of_the_order_where_it_can_stand_for_it() {
    let code = |text: &str, order| {
        amount(text).money(Currency::from_code(order)).map(|money| money.code())
    };
    for (text, order, currency) in [
        ("5 $", "USD", "USD"),
        ("5 $", "CAD", "CAD"),
        ("5 $", "EUR", "USD"),
        ("5 $", "GBP", "USD"),
        ("5 kr", "SEK", "SEK"),
        ("5 kr", "EUR", "XXX"),
        // Where the order's is not known, neither is this one.
        ("5 $", "", "XXX"),
        ("5", "EUR", "EUR"),
    ] {
        assert_eq!(code(text, order), Some(currency), "{text} of an order in {order}");
    }
    assert_eq!(amount("5 $").to_string(), "5 $");
    let kept = r#"{"payout":"5 $","product":"a $","reference":"kr","total":"6.5 kr"}"#;
    let once = r#"{"payout":"5","product":"a $","reference":"kr","total":"6.5"}"#;
    assert_eq!(Symbol::taken_out(kept), once);
}

#[test]
fn amounts_of_one_currency_are_added() {
    let sum = |one, other| amount(one).plus(amount(other)).map(|sum| sum.to_string());
    assert_eq!(sum("1.5", "2.25").as_deref(), Some("3.75"));
    assert_eq!(sum("2.25", "1.75").as_deref(), Some("4"));
    assert_eq!(sum("1.5 USD", "-2 USD").as_deref(), Some("-0.5 USD"));
    assert_eq!(sum("1 USD", "1 EUR"), None);
    assert_eq!(sum("1 USD", "1"), None);
    assert_eq!(sum("1 $", "1"), Some("2 $".to_owned()));
    assert_eq!(sum("1 $", "1 kr"), None);
    assert_eq!(sum("9223372036854775807", "1"), None);
}

#[test]
fn no_amount_is_too_large_to_be_turned_around() {
    assert_eq!(amount("12.5").negated(), amount("-12.5"));
    assert_eq!(amount("-9223372036854775808").negated().money(None), None);
}

#[test]
fn only_a_number_without_decimals_and_currency_is_a_count() {
    let texts = ["12", "-3", "12.0", "12.5", "12 USD"];
    let counts = [Some(12), Some(-3), Some(12), None, None];
    assert_eq!(texts.map(|text| amount(text).whole()), counts);
    assert_eq!(["-0.01", "0", "0.01"].map(|it| amount(it).is_negative()), [true, false, false]);
}

#[test]
fn what_is_kept_is_an_amount_or_is_refused() {
    for text in ["0", "0.05", "-0.05", "1.234567", "1299.99 USD"] {
        assert_eq!(amount(text).to_string(), text);
    }
    for text in ["", "abc", "1.2.3", "1 XYZ", "1 usd", "1.2345678"] {
        assert!(text.parse::<Amount>().is_err(), "{text}");
    }
}
