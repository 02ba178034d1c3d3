//! How shops write amounts.

use super::*;

fn read(text: &str) -> Option<(i64, Option<Sign>)> {
    let amount = Amount::find(text)?;
    let currency = match amount.sign {
        Some(Sign::Of(currency)) => Some(currency),
        _ => None,
    };
    Some((amount.minor(currency)?, amount.sign))
}

#[test]
fn amounts_in_the_ways_shops_write_them() {
    let usd = Some(Sign::Of(Currency::USD));
    let eur = Some(Sign::Of(Currency::EUR));
    let dollar = Some(Sign::Dollar);
    let cases = [
        ("$1,299.99", 129_999, dollar),
        ("$0.00", 0, dollar),
        ("USD 299.99", 29_999, usd),
        ("299.99 USD", 29_999, usd),
        ("USD $299.99", 29_999, usd),
        ("US $299.99", 29_999, usd),
        ("CAD$5", 500, Some(Sign::Of(Currency::CAD))),
        ("CA$349.99", 34_999, Some(Sign::Of(Currency::CAD))),
        ("C$ 5", 500, Some(Sign::Of(Currency::CAD))),
        ("$12.50 CAD", 1_250, Some(Sign::Of(Currency::CAD))),
        ("A$20", 2_000, Some(Sign::Of(Currency::AUD))),
        ("£140", 14_000, Some(Sign::Of(Currency::GBP))),
        ("299,99 €", 29_999, eur),
        ("1.299,99 €", 129_999, eur),
        ("1 299,99 €", 129_999, eur),
        ("1\u{A0}299,99\u{A0}€", 129_999, eur),
        ("€1.299", 129_900, eur),
        ("299,- €", 29_900, eur),
        ("1,5 €", 150, eur),
        ("¥12,800", 12_800, Some(Sign::Of(Currency::JPY))),
        ("12800円", 12_800, Some(Sign::Of(Currency::JPY))),
        ("CHF 1'299.90", 129_990, Some(Sign::Of(Currency::CHF))),
        ("₹1,29,999.00", 12_999_900, Some(Sign::Of(Currency::INR))),
        ("2 x $19.99", 1_999, dollar),
        ("2x 19.99", 1_999, None),
        ("1.234 KWD", 1_234, Some(Sign::Of(Currency::KWD))),
        ("$2,769.97 USD (incl. tax)", 276_997, usd),
        ("26.94", 2_694, None),
        ("1,299", 129_900, None),
        ("1.299", 129_900, None),
    ];
    for (text, minor, sign) in cases {
        assert_eq!(read(text), Some((minor, sign)), "{text}");
    }
}

#[test]
fn what_is_no_amount() {
    for text in
        ["", "NaN", "free", "-5.00", "-$5.00", "$-5", "75.00%", "99999999999999999999", "A100"]
    {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn a_whole_amount_has_nothing_beside_it() {
    assert!(Amount::whole("26.94 USD").is_some());
    assert!(Amount::whole(" $49.99 ").is_some());
    assert!(Amount::whole("Disc 2").is_none());
    assert!(Amount::whole("2024").is_none());
}

/// The minor units and the code of the currency; a bare `$` is taken as the US dollar.
fn minor(text: &str) -> Option<(i64, Option<&'static str>)> {
    let amount = Amount::find(text)?;
    let currency = match amount.sign {
        Some(Sign::Of(currency)) => Some(currency),
        Some(Sign::Dollar) => Some(Currency::USD),
        Some(Sign::Krone) | None => None,
    };
    Some((amount.minor(currency)?, currency.map(|currency| currency.code())))
}

#[test]
fn prices_that_are_glued_to_letters() {
    for (text, expected, code) in [
        ("RM129.00", 12_900, Some("MYR")),
        ("RM 129.00", 12_900, Some("MYR")),
        ("Rp1.299.000", 129_900_000, Some("IDR")),
        ("Rp 1.299.000,00", 129_900_000, Some("IDR")),
        ("Rp. 1.299.000", 129_900_000, Some("IDR")),
        ("R1299.99", 129_999, Some("ZAR")),
        ("R 1 299.99", 129_999, Some("ZAR")),
        ("kr499", 49_900, None),
        ("499kr", 49_900, None),
        ("499 kr.", 49_900, None),
        ("Kr. 1.299,00", 129_900, None),
        ("SEK499", 49_900, Some("SEK")),
        ("CHF129.90", 12_990, Some("CHF")),
        ("SFr. 129.90", 12_990, Some("CHF")),
        ("Rs.1,299", 129_900, Some("INR")),
        ("Rs1,299", 129_900, Some("INR")),
        ("129zł", 12_900, Some("PLN")),
        ("129,99zl", 12_999, Some("PLN")),
        ("1299Kč", 129_900, Some("CZK")),
        ("12990Ft", 1_299_000, Some("HUF")),
        ("129,99lei", 12_999, Some("RON")),
        ("1.299,99TL", 129_999, Some("TRY")),
        ("26,99 лв.", 2_699, Some("BGN")),
        ("1299грн", 129_900, Some("UAH")),
        ("2699руб.", 269_900, Some("RUB")),
        ("AED129", 12_900, Some("AED")),
        ("USD129.99", 12_999, Some("USD")),
        ("RD$1,299.00", 129_900, Some("DOP")),
        ("S/129.90", 12_990, Some("PEN")),
        ("₦129,900", 12_990_000, Some("NGN")),
        ("1.299.000đ", 1_299_000, Some("VND")),
        ("26.99 euros", 2_699, Some("EUR")),
        ("26.99 dollars", 2_699, Some("USD")),
        ("129 ringgit", 12_900, Some("MYR")),
    ] {
        assert_eq!(minor(text), Some((expected, code)), "{text}");
    }
}

#[test]
fn odd_places_of_the_decimal_mark() {
    for (text, expected, code) in [
        ("$.99", 99, Some("USD")),
        ("$ .99", 99, Some("USD")),
        ("$.5", 50, Some("USD")),
        ("€,99", 99, Some("EUR")),
        (",99 €", 99, Some("EUR")),
        (".99", 99, None),
        ("329€95", 32_995, Some("EUR")),
        ("329€95 TTC", 32_995, Some("EUR")),
        ("12£50", 1_250, Some("GBP")),
        ("5$99", 599, Some("USD")),
        ("329 €", 32_900, Some("EUR")),
        ("1299:-", 129_900, None),
        ("26'99 €", 2_699, Some("EUR")),
        ("26·99", 2_699, None),
        ("$26⁹⁹", 2_699, Some("USD")),
        ("S/.129.00", 12_900, Some("PEN")),
        ("26.99 (EUR)", 2_699, Some("EUR")),
    ] {
        assert_eq!(minor(text), Some((expected, code)), "{text}");
    }
}

#[test]
fn numbers_that_programs_print() {
    for (text, expected, code) in [
        ("$389.96999999999997", 38_997, Some("USD")),
        ("$0.30000000000000004", 30, Some("USD")),
        ("$107.988", 10_799, Some("USD")),
        ("$107.985", 10_799, Some("USD")),
        ("$107.984", 10_798, Some("USD")),
        ("£1.005", 101, Some("GBP")),
        ("$1299.9999", 130_000, Some("USD")),
        ("€1.299", 129_900, Some("EUR")),
        ("€1299.988", 129_999, Some("EUR")),
        ("1.299 zł", 129_900, Some("PLN")),
        ("¥12.800", 12_800, Some("JPY")),
        ("$129.0", 12_900, Some("USD")),
        ("1.234,500 KWD", 1_234_500, Some("KWD")),
    ] {
        assert_eq!(minor(text), Some((expected, code)), "{text}");
    }
}

#[test]
fn digits_of_other_scripts() {
    for (text, expected, code) in [
        ("￥１２，８００", 12_800, Some("JPY")),
        ("＄２６．９９", 2_699, Some("USD")),
        ("₹१,२९९", 129_900, Some("INR")),
        ("١٬٢٩٩٫٩٩ SAR", 129_999, Some("SAR")),
        ("฿๑๒๙", 12_900, Some("THB")),
        ("€𝟐𝟔,𝟗𝟗", 2_699, Some("EUR")),
    ] {
        assert_eq!(minor(text), Some((expected, code)), "{text}");
    }
}

#[test]
fn nonsense_is_no_price() {
    for text in [
        "1.2.3",
        "v1.24.3",
        "192.168.1.1",
        "3/10 (30.0%)",
        "12:30",
        "#123",
        "2026-01-15",
        "1,2,3",
        "$1.2.3",
        "A100",
        "X5",
        "N12",
        "MK2",
        "R2D2",
        "1e3",
    ] {
        assert_eq!(minor(text), None, "{text}");
    }
}

#[test]
fn a_size_behind_a_letter_is_no_price() {
    assert!(Amount::whole("R 17").is_none());
    assert!(Amount::whole("R17").is_some());
    assert!(Amount::whole("R 17.00").is_some());
}

#[test]
fn more_than_any_order_costs_is_no_amount() {
    assert_eq!(minor("$10000000000.00"), Some((Money::MOST_MINOR, Some("USD"))));
    assert_eq!(minor("$10000000000.01"), None);
}

#[test]
fn of_several_numbers_the_one_with_a_currency_is_the_price() {
    for (text, expected, code) in [
        ("2 for $10.00", 1_000, Some("USD")),
        ("3 items 26.94", 2_694, None),
        ("26.94 of 3", 2_694, None),
        ("3 of 5", 300, None),
        ("10.00 200 pts 5 €", 500, Some("EUR")),
    ] {
        assert_eq!(minor(text), Some((expected, code)), "{text}");
    }
    assert_eq!(Amount::last("$10.00 $12.50").and_then(|last| last.minor(None)), Some(1_250));
}
