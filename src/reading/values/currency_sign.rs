//! Currencies as they stand beside a number: symbols, codes, and which dollar a bare `$` is.

mod names;
mod of_store;

use crate::order::money::{Currency, decimals};
use names::{NAMES, SYMBOLS, WORDS};
pub(crate) use of_store::{dollar_of, krone_of};

/// What an amount says of its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// A bare `$`: which dollar, the store decides.
    Dollar,
    /// `kr`: of Sweden, Norway, Denmark or Iceland; without a word of the store it stays unknown.
    Krone,
    /// A code, or a symbol of one currency only.
    Of(Currency),
}

/// The length of the symbol that a text begins with: no letters, as in `329€95`.
pub(crate) fn starts_with_symbol(text: &str) -> Option<usize> {
    let symbol = text.chars().next().filter(|first| matches!(first, '$' | '£' | '€' | '¥'))?;
    Some(symbol.len_utf8())
}

/// Whether the three digits behind this mark, the only one of a number (`1.299`, `1,299`), are decimals and not the
/// end of more than a thousand.
pub(crate) fn three_are_decimals(mark: char, currency: Option<Currency>) -> bool {
    let point = mark == '.' && currency.is_some_and(|currency| !groups_by_points(currency));
    point || decimals(currency) == 3
}

/// Whether `1.299` is more than a thousand of this currency, since its countries write decimals behind a
/// comma, or since it has none.
fn groups_by_points(currency: Currency) -> bool {
    use Currency as C;
    decimals(Some(currency)) == 0
        || matches!(
            currency,
            C::EUR
                | C::PLN
                | C::SEK
                | C::NOK
                | C::DKK
                | C::CZK
                | C::HUF
                | C::RON
                | C::BGN
                | C::RUB
                | C::UAH
                | C::TRY
                | C::IDR
                | C::BRL
                | C::ARS
                | C::COP
                | C::UYU
                | C::VES
                | C::CRC
                | C::RSD
                | C::BAM
                | C::MKD
                | C::ALL
                | C::AZN
                | C::KZT
                | C::BYN
                | C::MDL
                | C::AOA
                | C::MZN
                | C::BOB
                | C::GEL
                | C::MAD
        )
}

/// The currency at the end of a text, and what stands before it. A code beats a bare `$`.
pub(crate) fn before(text: &str) -> (&str, Option<Sign>) {
    let trimmed = text.trim_end_matches(['-', '−']).trim_end();
    if trimmed.is_empty() {
        return (text, None);
    }
    if let Some((head, currency)) = name_at_end(trimmed) {
        return (head, Some(Sign::Of(currency)));
    }
    let (rest, symbol) = match SYMBOLS
        .iter()
        .find_map(|(symbol, sign)| trimmed.strip_suffix(symbol).map(|rest| (rest, *sign)))
    {
        Some((rest, sign)) => (rest, Some(sign)),
        None => (trimmed, None),
    };
    if matches!(symbol, Some(Sign::Of(_) | Sign::Krone)) {
        return (rest, symbol);
    }
    let words = rest.trim_end();
    let head = words.trim_end_matches(char::is_alphabetic);
    let word = words.get(head.len()..).unwrap_or_default();
    let named = match symbol {
        Some(_) => code(word).or_else(|| country(word)).map(Sign::Of),
        None => sign_of_word(word).filter(|_| !head.ends_with(char::is_alphanumeric)),
    };
    match named {
        Some(sign) => (head, Some(sign)),
        None if symbol.is_some() => (rest, symbol),
        None => (text, None),
    }
}

/// The currency that a whole word names.
fn sign_of_word(word: &str) -> Option<Sign> {
    if word.is_empty() {
        return None;
    }
    let named = || WORDS.iter().find(|(known, _)| *known == word).map(|(_, sign)| *sign);
    code(word).map(Sign::Of).or_else(named)
}

/// The currency at the beginning of a text, and what stands after it.
pub(crate) fn after(text: &str) -> (&str, Option<Sign>) {
    if let Some(rest) = text.strip_prefix(":-") {
        // So prices end in Sweden.
        let (rest, sign) = after(rest);
        return (rest, sign.or(Some(Sign::Krone)));
    }
    let trimmed = text.trim_start_matches(['-', ',', '.']).trim_start();
    if trimmed.is_empty() {
        return (text, None);
    }
    if let Some((rest, currency)) = name_at_start(trimmed) {
        return (rest, Some(Sign::Of(currency)));
    }
    let symbol = SYMBOLS
        .iter()
        .find_map(|(symbol, sign)| trimmed.strip_prefix(symbol).map(|rest| (rest, Some(*sign))));
    let open = trimmed.trim_start_matches(['(', '[']);
    let rest = open.trim_start_matches(char::is_alphabetic);
    let word = open.get(..open.len() - rest.len()).unwrap_or_default();
    if open.len() < trimmed.len() {
        let closed = rest.starts_with([')', ']']);
        return code(word).filter(|_| closed).map_or((text, None), |currency| {
            (rest.get(1..).unwrap_or_default(), Some(Sign::Of(currency)))
        });
    }
    match (code(word), symbol, sign_of_word(word)) {
        (Some(currency), ..) => (rest, Some(Sign::Of(currency))),
        (_, Some(found), _) => found,
        (_, _, Some(sign)) if word != "R" => (rest, Some(sign)),
        _ => (text, None),
    }
}

/// The currency whose name of several words a text begins with, and what stands after it: `US Dollars each`.
fn name_at_start(text: &str) -> Option<(&str, Currency)> {
    let fits = |name: &str| {
        let rest = text.get(name.len()..)?;
        let rest = rest.strip_prefix(['s', 'S']).unwrap_or(rest);
        let begins = text.get(..name.len())?.eq_ignore_ascii_case(name);
        (begins && !rest.starts_with(char::is_alphanumeric)).then_some(rest)
    };
    NAMES.iter().find_map(|(name, currency)| Some((fits(name)?, *currency)))
}

/// The same at the end of a text, and what stands before it.
fn name_at_end(text: &str) -> Option<(&str, Currency)> {
    let fits = |name: &str| {
        let one = text.strip_suffix(['s', 'S']).unwrap_or(text);
        let (head, end) = one.split_at_checked(one.len().checked_sub(name.len())?)?;
        let begins = !head.ends_with(char::is_alphanumeric);
        (begins && end.eq_ignore_ascii_case(name)).then_some(head)
    };
    NAMES.iter().find_map(|(name, currency)| Some((fits(name)?, *currency)))
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
        "RD" => Some(Currency::DOP),
        "COL" => Some(Currency::COP),
        "AR" => Some(Currency::ARS),
        "TT" => Some(Currency::TTD),
        "J" => Some(Currency::JMD),
        _ => None,
    }
}

/// Whether a bare `$` may stand for it.
pub(crate) fn is_dollar(currency: Currency) -> bool {
    use Currency as C;
    matches!(
        currency,
        C::USD
            | C::CAD
            | C::AUD
            | C::NZD
            | C::HKD
            | C::SGD
            | C::TWD
            | C::MXN
            | C::CLP
            | C::COP
            | C::ARS
            | C::UYU
            | C::DOP
            | C::JMD
            | C::TTD
            | C::BZD
            | C::BSD
            | C::BBD
            | C::FJD
            | C::NAD
            | C::BND
            | C::XCD
            | C::BMD
            | C::KYD
            | C::GYD
            | C::SRD
            | C::LRD
            | C::BRL
    )
}

/// Whether `kr` may stand for it.
pub(crate) fn is_krone(currency: Currency) -> bool {
    matches!(currency, Currency::SEK | Currency::NOK | Currency::DKK | Currency::ISK)
}

#[cfg(test)]
mod tests;
