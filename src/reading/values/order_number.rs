//! Order numbers: what shops give out, whatever stands around it.

pub(crate) mod lines;
pub(crate) mod link;
pub(crate) mod masked;
pub(crate) mod pieces;
pub(crate) mod sentence;

use crate::reading::text::digits::plain_digit;
use crate::reading::text::{is_blank, is_invisible, is_missing};

/// Shorter ones are quantities and positions.
const MIN_LENGTH: usize = 4;
/// `BBY01` is what every number of one shop begins with.
const PREFIX_LENGTH: usize = 5;
/// Longer ones are tokens of links and sessions.
const MAX_LENGTH: usize = 64;
/// Digits of an article's number, as bar codes have them.
const ARTICLE_DIGITS: usize = 12;
/// Orders that one value may name.
const MAX_NUMBERS: usize = 25;

/// All order numbers that a plain value names, without repetition: `#BBY01-1, #BBY01-2` names two.
pub(crate) fn find_all(plain: &str) -> Vec<String> {
    if is_missing(plain) {
        return Vec::new();
    }
    if let Some(number) = normal(plain) {
        return vec![number];
    }
    let mut found: Vec<String> = Vec::new();
    let parts = plain.split([',', ';', '&', '\n', '|', '、', '，', '•', '·']);
    for number in parts.flat_map(of_part) {
        if !found.contains(&number) {
            found.push(number);
        }
        if found.len() == MAX_NUMBERS {
            break;
        }
    }
    found
}

/// The numbers of one part: all of it, or what its words come to.
fn of_part(part: &str) -> Vec<String> {
    match normal(part) {
        Some(number) => vec![number],
        None => pieces::numbers(part),
    }
}

/// The one spelling of a number: capitals, plain hyphens and digits, nothing invisible. `None` if it is
/// none, or only what every number of a shop begins with.
pub fn normal(text: &str) -> Option<String> {
    let text = text.trim_matches(|character: char| is_blank(character) || is_sign(character));
    let mut number = String::with_capacity(text.len().min(MAX_LENGTH));
    for character in text.chars().filter(|character| !is_invisible(*character)) {
        let character = match character {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => '-',
            other => plain_digit(other).to_ascii_uppercase(),
        };
        if !(character.is_ascii_alphanumeric() || "._/-".contains(character))
            || number.len() == MAX_LENGTH
        {
            return None;
        }
        number.push(character);
    }
    let number = number.trim_matches(['.', '/', '-', '_']);
    let usable = number.len() >= MIN_LENGTH
        && number.bytes().any(|byte| byte.is_ascii_digit())
        && (number.len() > PREFIX_LENGTH || !pieces::begins_best_buy(number));
    usable.then(|| number.to_owned())
}

/// Whether digits have the length of a telephone number or of an article's.
pub(crate) fn is_of_article(number: &str) -> bool {
    let has_length = match number.len() {
        10 => !number.starts_with(['0', '1']),
        11 => number.starts_with('1'),
        length => length == ARTICLE_DIGITS,
    };
    has_length && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// A sign that says "number".
pub(crate) fn is_sign(character: char) -> bool {
    matches!(character, '#' | '＃' | '№')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_all_shops() {
        let cases = [
            ("#BBY01-807100000011", "BBY01-807100000011"),
            ("bby01-807100000011", "BBY01-807100000011"),
            ("BBY01\u{2011}807100000011", "BBY01-807100000011"),
            ("#102\u{200B}003000000017", "102003000000017"),
            ("2000123-45678901", "2000123-45678901"),
            ("112-0000001-0000001", "112-0000001-0000001"),
            ("P0039000001", "P0039000001"),
            ("US-12000009-S", "US-12000009-S"),
            ("#1001", "1001"),
            ("№ 900012346", "900012346"),
            ("１０２００３９００００００２１", "102003900000021"),
            ("ＢＢＹ０１－８０７１００００００１１", "BBY01-807100000011"),
            ("١٠٢٠٠٣٩٠٠٠٠٠٠٢١", "102003900000021"),
            ("१०२००३९००००००२१", "102003900000021"),
            (
                "a1b2c3d4e5f60718293a4b5c6d7e8f901122334455667",
                "A1B2C3D4E5F60718293A4B5C6D7E8F901122334455667",
            ),
        ];
        for (text, number) in cases {
            assert_eq!(find_all(text), [number], "{text}");
        }
    }

    #[test]
    fn several_numbers_in_one_value() {
        assert_eq!(find_all("#BBY01-1, #BBY01-2 & #BBY01-1"), ["BBY01-1", "BBY01-2"]);
    }

    #[test]
    fn what_is_no_number() {
        let token = "a1".repeat(33);
        for text in ["", "N/A", "#", "12", "pending", "View Order", "a@b.example1", "—", &token] {
            assert!(find_all(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn how_long_numbers_are_and_how_many_one_value_names() {
        assert_eq!(normal("1001").as_deref(), Some("1001"));
        assert_eq!(normal("100"), None);
        let long = "1".repeat(64);
        assert_eq!(normal(&long).as_ref(), Some(&long));
        assert_eq!(normal(&"1".repeat(65)), None);
        let many: Vec<String> = (1_001..=1_026).map(|number| format!("#{number}")).collect();
        assert_eq!(find_all(&many.join(", ")).len(), 25);
    }
}
