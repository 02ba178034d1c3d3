//! What stands beside a number, and which currency it means.

use super::*;

#[test]
fn letters_of_a_country_say_whose_dollar_it_is() {
    for (letters, currency) in [
        ("US", Currency::USD),
        ("CA", Currency::CAD),
        ("C", Currency::CAD),
        ("CDN", Currency::CAD),
        ("AU", Currency::AUD),
        ("A", Currency::AUD),
        ("NZ", Currency::NZD),
        ("HK", Currency::HKD),
        ("SG", Currency::SGD),
        ("RD", Currency::DOP),
        ("COL", Currency::COP),
        ("AR", Currency::ARS),
        ("TT", Currency::TTD),
        ("J", Currency::JMD),
    ] {
        let text = format!("{letters} $");
        assert_eq!(before(&text), ("", Some(Sign::Of(currency))), "{text}");
        assert!(is_dollar(currency), "{text}");
    }
    assert_eq!(before("Box $"), ("Box ", Some(Sign::Dollar)));
}

#[test]
fn a_currency_is_named_in_front_of_a_number_or_behind_it() {
    let of = |currency| Some(Sign::Of(currency));
    for (text, rest, sign) in [
        ("Total USD ", "Total ", of(Currency::USD)),
        ("usd", "", of(Currency::USD)),
        ("RMB", "", of(Currency::CNY)),
        ("€-", "", of(Currency::EUR)),
        ("kr ", "", Some(Sign::Krone)),
        ("Box ", "Box ", None),
        ("ABC ", "ABC ", None),
        ("1USD", "1USD", None),
        ("", "", None),
    ] {
        assert_eq!(before(text), (rest, sign), "{text}");
    }
    for (text, rest, sign) in [
        (" USD each", " each", of(Currency::USD)),
        (" gbp", "", of(Currency::GBP)),
        (" Euros", "", of(Currency::EUR)),
        (",- €", "", of(Currency::EUR)),
        (" (EUR) each", " each", of(Currency::EUR)),
        (" [CAD]", "", of(Currency::CAD)),
        (" (EUR", " (EUR", None),
        (" (each)", " (each)", None),
        (" kr", "", Some(Sign::Krone)),
        (" ringgit", "", of(Currency::MYR)),
        (" R", " R", None),
        (" each", " each", None),
        ("-", "-", None),
    ] {
        assert_eq!(after(text), (rest, sign), "{text}");
    }
}

#[test]
fn the_store_says_whose_dollar_and_whose_crown_it_is() {
    for (store, currency) in [
        (None, Currency::USD),
        (Some("Best Buy"), Currency::USD),
        (Some("Best Buy CA"), Currency::CAD),
        (Some("shop.example.ca"), Currency::CAD),
        (Some("Cascade"), Currency::USD),
        (Some("Example Australia"), Currency::AUD),
    ] {
        assert_eq!(dollar_of(store), currency, "{store:?}");
    }
    for (store, currency) in [
        (None, None),
        (Some("Example"), None),
        (Some("Example Sverige"), Some(Currency::SEK)),
        (Some("example.se"), Some(Currency::SEK)),
        (Some("Example SE"), Some(Currency::SEK)),
        (Some("example.no"), Some(Currency::NOK)),
        (Some("Example Danmark"), Some(Currency::DKK)),
        (Some("Example IS"), Some(Currency::ISK)),
    ] {
        assert_eq!(krone_of(store), currency, "{store:?}");
    }
    for currency in [Currency::SEK, Currency::NOK, Currency::DKK, Currency::ISK] {
        assert!(is_krone(currency), "{currency:?}");
    }
    assert!(!is_krone(Currency::CZK) && !is_dollar(Currency::EUR));
}

#[test]
fn a_point_groups_thousands_where_decimals_stand_behind_a_comma() {
    for currency in [Currency::EUR, Currency::BRL, Currency::JPY] {
        assert!(groups_by_points(currency), "{currency:?}");
    }
    for currency in [Currency::USD, Currency::GBP, Currency::KWD] {
        assert!(!groups_by_points(currency), "{currency:?}");
    }
}
