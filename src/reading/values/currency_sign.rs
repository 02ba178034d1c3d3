//! Currencies as they stand beside a number: symbols, codes, and which dollar a bare `$` is.

use crate::order::money::Currency;

/// What an amount says of its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// A bare `$`: which dollar, the store decides.
    Dollar,
    /// A code, or a symbol of one currency only.
    Of(Currency),
}

const SYMBOLS: [(&str, Sign); 36] = [
    ("US$", Sign::Of(Currency::USD)),
    ("CA$", Sign::Of(Currency::CAD)),
    ("C$", Sign::Of(Currency::CAD)),
    ("AU$", Sign::Of(Currency::AUD)),
    ("A$", Sign::Of(Currency::AUD)),
    ("NZ$", Sign::Of(Currency::NZD)),
    ("HK$", Sign::Of(Currency::HKD)),
    ("SG$", Sign::Of(Currency::SGD)),
    ("S$", Sign::Of(Currency::SGD)),
    ("NT$", Sign::Of(Currency::TWD)),
    ("MX$", Sign::Of(Currency::MXN)),
    ("R$", Sign::Of(Currency::BRL)),
    ("CN¥", Sign::Of(Currency::CNY)),
    ("JP¥", Sign::Of(Currency::JPY)),
    ("$", Sign::Dollar),
    ("＄", Sign::Dollar),
    ("£", Sign::Of(Currency::GBP)),
    ("€", Sign::Of(Currency::EUR)),
    ("¥", Sign::Of(Currency::JPY)),
    ("￥", Sign::Of(Currency::JPY)),
    ("円", Sign::Of(Currency::JPY)),
    ("元", Sign::Of(Currency::CNY)),
    ("₩", Sign::Of(Currency::KRW)),
    ("₹", Sign::Of(Currency::INR)),
    ("₺", Sign::Of(Currency::TRY)),
    ("₱", Sign::Of(Currency::PHP)),
    ("฿", Sign::Of(Currency::THB)),
    ("₫", Sign::Of(Currency::VND)),
    ("₪", Sign::Of(Currency::ILS)),
    ("₴", Sign::Of(Currency::UAH)),
    ("₽", Sign::Of(Currency::RUB)),
    ("zł", Sign::Of(Currency::PLN)),
    ("Kč", Sign::Of(Currency::CZK)),
    ("Ft", Sign::Of(Currency::HUF)),
    ("Fr.", Sign::Of(Currency::CHF)),
    ("Rs.", Sign::Of(Currency::INR)),
];

/// The currency at the end of a text, and what stands before it. A code beats a bare `$`.
pub(crate) fn before(text: &str) -> (&str, Option<Sign>) {
    let trimmed = text.trim_end_matches(['-', '−']).trim_end();
    let (rest, symbol) = match SYMBOLS
        .iter()
        .find_map(|(symbol, sign)| trimmed.strip_suffix(symbol).map(|rest| (rest, *sign)))
    {
        Some((rest, sign)) => (rest, Some(sign)),
        None => (trimmed, None),
    };
    if matches!(symbol, Some(Sign::Of(_))) {
        return (rest, symbol);
    }
    let words = rest.trim_end();
    let from = words.len() - words.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let word = words.get(from..).unwrap_or_default();
    match code(word).or_else(|| symbol.and_then(|_| country(word))) {
        Some(currency) => (words.get(..from).unwrap_or_default(), Some(Sign::Of(currency))),
        None if symbol.is_some() => (rest, symbol),
        None => (text, None),
    }
}

/// The currency at the beginning of a text, and what stands after it.
pub(crate) fn after(text: &str) -> (&str, Option<Sign>) {
    let trimmed = text.trim_start_matches(['-', ',', '.']).trim_start();
    let symbol = SYMBOLS
        .iter()
        .find_map(|(symbol, sign)| trimmed.strip_prefix(symbol).map(|rest| (rest, Some(*sign))));
    let length = trimmed.bytes().take_while(u8::is_ascii_alphabetic).count();
    let named = trimmed.get(..length).and_then(code).zip(trimmed.get(length..));
    match (symbol, named) {
        (_, Some((currency, rest))) => (rest, Some(Sign::Of(currency))),
        (Some(found), None) => found,
        (None, None) => (text, None),
    }
}

/// The currency of an ISO code in capitals, or of a few words.
pub(crate) fn code(word: &str) -> Option<Currency> {
    match word {
        "Euro" | "euro" | "EURO" | "Euros" | "euros" => Some(Currency::EUR),
        "RMB" => Some(Currency::CNY),
        _ if word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            Currency::from_code(word)
        }
        "usd" | "eur" | "gbp" | "cad" | "aud" | "jpy" => Currency::from_code(&word.to_uppercase()),
        _ => None,
    }
}

/// The dollar of a country's letters: `US $5`, `CA $5`.
fn country(word: &str) -> Option<Currency> {
    match word {
        "US" => Some(Currency::USD),
        "CA" | "C" | "CDN" => Some(Currency::CAD),
        "AU" | "A" => Some(Currency::AUD),
        "NZ" => Some(Currency::NZD),
        "HK" => Some(Currency::HKD),
        "SG" => Some(Currency::SGD),
        _ => None,
    }
}

/// Which dollar a bare `$` is at this store.
pub(crate) fn dollar_of(store: Option<&str>) -> Currency {
    let says = |names: &[&str]| {
        store.is_some_and(|store| {
            let mut words = store.split(|character: char| !character.is_alphanumeric());
            words.any(|word| names.contains(&word))
        })
    };
    if says(&["CA", "Canada", "canada", "CANADA", "CDN", "ca"]) {
        Currency::CAD
    } else if says(&["AU", "Australia", "australia", "AUSTRALIA", "au"]) {
        Currency::AUD
    } else {
        Currency::USD
    }
}
