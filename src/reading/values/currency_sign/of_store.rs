//! Which currency a sign of several means at a store, which says it by its country.

use crate::order::money::Currency;
use crate::reading::values::scalar::is_host;

/// A country whose currency is written with a bare `$`.
struct Country {
    currency: Currency,
    /// Its letters, which end a store's name in capitals or a host.
    letters: &'static str,
    /// What people call it, in small letters.
    names: &'static [&'static str],
    /// Whether its letters, standing anywhere in a name or a host, are nothing else.
    is_plain: bool,
}

const COUNTRIES: [Country; 11] = [
    country(Currency::CAD, "CA", &["canada", "cdn"], true),
    country(Currency::AUD, "AU", &["australia"], true),
    country(Currency::NZD, "NZ", &["new zealand"], true),
    country(Currency::MXN, "MX", &["mexico", "méxico"], true),
    country(Currency::HKD, "HK", &["hong kong"], true),
    country(Currency::SGD, "SG", &["singapore"], false),
    country(Currency::TWD, "TW", &["taiwan"], false),
    country(Currency::CLP, "CL", &["chile"], false),
    country(Currency::ARS, "AR", &["argentina"], false),
    country(Currency::COP, "com.co", &["colombia"], false),
    country(Currency::BRL, "BR", &["brazil", "brasil"], false),
];

const fn country(
    currency: Currency,
    letters: &'static str,
    names: &'static [&'static str],
    is_plain: bool,
) -> Country {
    Country { currency, letters, names, is_plain }
}

impl Country {
    fn is_of(&self, store: &str) -> bool {
        let lower = store.to_lowercase();
        self.is_lettered(store) || self.is_called(&lower) || self.is_hosted(&lower)
    }

    /// `EB Games NZ`, `Amazon (MX)`.
    fn is_lettered(&self, store: &str) -> bool {
        let last = words(store).skip(1).last().unwrap_or_default();
        let ends = if self.is_plain {
            last.eq_ignore_ascii_case(self.letters)
        } else {
            last == self.letters
        };
        ends || (self.is_plain && words(store).any(|word| word == self.letters))
    }

    fn is_called(&self, lower: &str) -> bool {
        let bare = words(lower).collect::<Vec<_>>().join(" ").replace("new mexico", "");
        let spaced = format!(" {bare} ");
        self.names.iter().any(|name| spaced.contains(&format!(" {name} ")))
    }

    /// `www.ebgames.co.nz`, `ca.example.com`.
    fn is_hosted(&self, lower: &str) -> bool {
        let letters = self.letters.to_lowercase();
        is_host(lower)
            && (lower.ends_with(&format!(".{letters}"))
                || (self.is_plain && words(lower).any(|word| word == letters)))
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Which dollar or peso a bare `$` is at this store.
pub(crate) fn dollar_of(store: Option<&str>) -> Currency {
    let country = store.and_then(|store| COUNTRIES.iter().find(|country| country.is_of(store)));
    country.map_or(Currency::USD, |country| country.currency)
}

/// Whose crown it is at this store; a store says it by its country or by the ending of its host.
pub(crate) fn krone_of(store: Option<&str>) -> Option<Currency> {
    let store = store?;
    let lower = store.to_lowercase();
    let says = |names: &[&str], ending: &str, code: &str| {
        names.iter().any(|name| lower.contains(name))
            || lower.ends_with(ending)
            || words(store).any(|word| word == code)
    };
    if says(&["sweden", "sverige"], ".se", "SE") {
        Some(Currency::SEK)
    } else if says(&["norway", "norge"], ".no", "NO") {
        Some(Currency::NOK)
    } else if says(&["denmark", "danmark"], ".dk", "DK") {
        Some(Currency::DKK)
    } else {
        says(&["iceland"], ".is", "IS").then_some(Currency::ISK)
    }
}
