//! Digits of every script as the ones that numbers are read from.

use std::borrow::Cow;

use super::letters::{half_width, undecorated};

/// The zeros of the scripts that shops and their customers write in; nine digits follow each.
const ZEROS: [char; 22] = [
    '\u{660}',   // Arabic
    '\u{6F0}',   // Persian and Urdu
    '\u{7C0}',   // N'Ko
    '\u{966}',   // Devanagari
    '\u{9E6}',   // Bengali
    '\u{A66}',   // Gurmukhi
    '\u{AE6}',   // Gujarati
    '\u{B66}',   // Odia
    '\u{BE6}',   // Tamil
    '\u{C66}',   // Telugu
    '\u{CE6}',   // Kannada
    '\u{D66}',   // Malayalam
    '\u{DE6}',   // Sinhala
    '\u{E50}',   // Thai
    '\u{ED0}',   // Lao
    '\u{F20}',   // Tibetan
    '\u{1040}',  // Burmese
    '\u{17E0}',  // Khmer
    '\u{1810}',  // Mongolian
    '\u{FF10}',  // full width
    '\u{1E950}', // Adlam
    '\u{1FBF0}', // segmented
];

/// A text with the digits `0` to `9` for those of any script, and with the marks between them.
pub(crate) fn plain_digits(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    if text.chars().all(|character| plain_digit(character) == character) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(plain_digit).collect())
}

/// A character, or the digit `0` to `9` or the plain mark that it stands for.
pub(crate) fn plain_digit(character: char) -> char {
    match character {
        '\u{0}'..='\u{65F}' => character,
        '٫' => '.',
        '٬' => ',',
        _ => half_width(character)
            .or_else(|| digit(character))
            .or_else(|| undecorated(character).filter(char::is_ascii_digit))
            .unwrap_or(character),
    }
}

fn digit(character: char) -> Option<char> {
    let value = ZEROS.iter().find_map(|zero| {
        u32::from(character).checked_sub(u32::from(*zero)).filter(|value| *value < 10)
    })?;
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script() {
        for (text, plain) in [
            ("١٬٢٩٩٫٩٩", "1,299.99"),
            ("۱۲۳۴۵۶۷۸۹۰", "1234567890"),
            ("₹१,२९९", "₹1,299"),
            ("๑๒๓ ฿", "123 ฿"),
            ("￥１２，８００", "￥12,800"),
            ("＄２６．９９", "$26.99"),
            ("𝟐𝟔.𝟗𝟗", "26.99"),
            ("২৬", "26"),
        ] {
            assert_eq!(plain_digits(text), plain, "{text}");
        }
    }

    #[test]
    fn other_text_stays() {
        for text in ["$26.99", "299,99 €", "Größe ² ½ Ⅳ 二"] {
            assert!(matches!(plain_digits(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }
}
