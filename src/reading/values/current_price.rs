//! The price that counts where an old one stands beside it: `Was $39.99 Now $26.99`, `$39.99 → $26.99`.

use super::amount::Amount;
use crate::reading::text::letters::push_folded;

/// Words in front of the price that was not paid.
const OLD: [&str; 32] = [
    "was",
    "were",
    "reg",
    "regular",
    "regularly",
    "msrp",
    "rrp",
    "srp",
    "uvp",
    "list",
    "retail",
    "orig",
    "original",
    "originally",
    "before",
    "previously",
    "instead",
    "compare",
    "save",
    "saved",
    "off",
    "discount",
    "statt",
    "vorher",
    "lieu",
    "avant",
    "antes",
    "prima",
    "anziche",
    "zamiast",
    "voor",
    "вместо",
];
/// Words in front of the price that was paid.
const NEW: [&str; 24] = [
    "now",
    "only",
    "sale",
    "paid",
    "pay",
    "final",
    "current",
    "today",
    "deal",
    "jetzt",
    "nur",
    "maintenant",
    "ahora",
    "adesso",
    "ora",
    "agora",
    "por",
    "teraz",
    "nu",
    "nyt",
    "simdi",
    "nyni",
    "τωρα",
    "сейчас",
];
/// Arrows from the old to the new, as they are left of their markup.
const ARROWS: [&str; 12] = ["→", "➜", "➔", "➡", "⇒", "⟶", "➝", "↦", "->", "=>", ">>", "»"];

/// What stands behind the last arrow, and the whole text where there is none.
pub(crate) fn behind_arrow(text: &str) -> &str {
    if !text.contains(may_be_arrow) {
        return text;
    }
    let behind = ARROWS.iter().filter_map(|arrow| {
        let at = text.rfind(arrow)?;
        text.get(at + arrow.len()..)
    });
    behind.min_by_key(|behind| behind.len()).unwrap_or(text)
}

fn may_be_arrow(mark: char) -> bool {
    matches!(mark, '>' | '»' | '\u{2190}'..='\u{2BFF}')
}

/// The price that counts in a text that may name an older one.
pub(crate) fn find(text: &str) -> Option<Amount> {
    let behind = behind_arrow(text);
    if behind.len() < text.len()
        && let Some(amount) = Amount::find(behind)
    {
        return Some(amount);
    }
    if !text.contains(char::is_alphabetic) {
        return Amount::find(text);
    }
    let parts = parts(text);
    let of = |age: Age| {
        parts.iter().filter(move |part| part.0 == age).find_map(|part| Amount::find(part.1))
    };
    of(Age::New).or_else(|| of(Age::Unsaid)).or_else(|| Amount::last(text))
}

/// What the words in front of a part of a text say of the price in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Age {
    Unsaid,
    Old,
    New,
}

/// The text, taken apart in front of each word that tells the old price from the new one.
fn parts(text: &str) -> Vec<(Age, &str)> {
    let mut parts = Vec::new();
    let (mut age, mut from) = (Age::Unsaid, 0);
    let mut word = String::new();
    let mut begin = 0;
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    for (at, character) in ends {
        if character.is_alphabetic() {
            if word.is_empty() {
                begin = at;
            }
            push_folded(character, &mut word);
            continue;
        }
        let next = match word.as_str() {
            "" => None,
            old if OLD.contains(&old) => Some(Age::Old),
            new if NEW.contains(&new) => Some(Age::New),
            _ => None,
        };
        if let Some(next) = next {
            parts.extend(text.get(from..begin).map(|part| (age, part)));
            (age, from) = (next, begin);
        }
        word.clear();
    }
    parts.extend(text.get(from..).map(|part| (age, part)));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_price_that_was_paid() {
        for text in [
            "$26.99",
            "$39.99 → $26.99",
            "$39.99 -> $26.99",
            "39.99 => 26.99",
            "$39.99 ➡ $26.99",
            "$39.99 >> $26.99",
            "» $26.99",
            "Was $39.99 Now $26.99",
            "Was: $39.99, Now: $26.99",
            "Now $26.99 (was $39.99)",
            "$26.99 (was $39.99)",
            "$26.99 (MSRP $39.99)",
            "MSRP $39.99, paid $26.99",
            "Was $39.99 $26.99",
            "$26.99 instead of $39.99",
            "Save $13.00: now $26.99",
            "$26.99 (save $13.00)",
            "Reg. $39.99 Sale $26.99",
            "only $26.99",
            "List: $26.99",
            "Now 2 x $26.99",
            "$26.99 each",
            "33% off: $26.99",
        ] {
            let minor = find(text).and_then(|amount| amount.minor(None));
            assert_eq!(minor, Some(2_699), "{text}");
        }
        for text in ["statt 39,99 € nur 26,99 €", "39,99 € → 26,99 €", "De R$ 39,99 por R$ 26,99"]
        {
            let minor = find(text).and_then(|amount| amount.minor(None));
            assert_eq!(minor, Some(2_699), "{text}");
        }
    }

    #[test]
    fn an_arrow_that_decorates_hides_nothing() {
        assert_eq!(find("$26.99 →").and_then(|amount| amount.minor(None)), Some(2_699));
        assert_eq!(behind_arrow("pending → shipped"), " shipped");
        assert_eq!(behind_arrow("shipped"), "shipped");
    }
}
