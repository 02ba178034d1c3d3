//! Order numbers among other words, and numbers that spaces take apart.

use super::{is_sign, normal};
use crate::reading::text::digits::plain_digit;
use crate::reading::text::is_blank;

/// Words of a value that are looked at.
const MAX_WORDS: usize = 40;
/// Pieces that one number may fall into.
const MAX_PIECES: usize = 8;
/// A number of this length means itself, whatever words stand in front of it.
const LONG: usize = 6;
/// Pieces of this length and of one shape are numbers of their own.
pub(super) const WHOLE: usize = 8;
/// Pieces of a number with the hyphens between them.
const MAX_HYPHENED: usize = 5;
/// Two pieces of this length are numbers of their own, whatever their shapes.
const SURELY_WHOLE: usize = 12;

/// A word of a value, without brackets around it.
#[derive(Debug, Clone, Copy)]
struct Word<'t> {
    text: &'t str,
    /// `#` or `№` stands in front of it.
    signed: bool,
}

/// The numbers of a part that is not one number as it stands.
pub(crate) fn numbers(part: &str) -> Vec<String> {
    let words = words(part);
    words.split(|word| joins_numbers(word.text)).flat_map(of_words).collect()
}

fn of_words(words: &[Word<'_>]) -> Vec<String> {
    if let Some(number) = hyphened(words.iter().map(|word| word.text)) {
        return vec![number];
    }
    let signed: Vec<String> =
        words.iter().filter(|word| word.signed).filter_map(|word| normal(word.text)).collect();
    if signed.len() > 1 {
        return signed;
    }
    let Some(first) = words.iter().position(|word| is_piece(word.text)) else { return Vec::new() };
    let run: Vec<&str> = words
        .iter()
        .skip(first)
        .enumerate()
        .take_while(|(at, word)| {
            *at == 0 || (!word.signed && is_piece(word.text) && !says_something_else(word.text))
        })
        .map(|(_, word)| word.text)
        .take(MAX_PIECES)
        .collect();
    let alone = first == 0 && run.len() == words.len();
    if are_whole(&run) {
        return run.into_iter().filter_map(normal).collect();
    }
    if run.len() > 1 && (alone || goes_on(&run)) {
        return normal(&run.concat()).into_iter().collect();
    }
    let best_buy = words.first().filter(|word| first == 1 && begins_best_buy(word.text));
    if let Some((prefix, number)) = best_buy.zip(run.first()) {
        return normal(&[prefix.text, number].concat()).into_iter().collect();
    }
    among(words).into_iter().collect()
}

/// The number that these words begin with, where spaces stand around its hyphens as well:
/// `BBY01 - 807100000011`. Only forms that shops are known for.
fn hyphened<'t>(words: impl Iterator<Item = &'t str>) -> Option<String> {
    let words: Vec<&str> = words.take(MAX_HYPHENED).collect();
    let is_dash =
        |word: &str| matches!(word, "-" | "\u{2010}" | "\u{2011}" | "\u{2013}" | "\u{2014}");
    let digits = |word: &str, length: usize| word.len() == length && is_digits(word);
    let parts = match *words.as_slice() {
        [one, first, two, second, three] if is_dash(first) && is_dash(second) => {
            let is_amazon = digits(one, 3) && digits(two, 7) && digits(three, 7);
            let is_topps = one.eq_ignore_ascii_case("us") && digits(two, WHOLE) && three.len() == 1;
            (is_amazon || is_topps).then(|| vec![one, two, three])
        }
        _ => None,
    };
    let two = || match *words.as_slice() {
        [one, dash, two, ..] if is_dash(dash) => {
            let is_best_buy = begins_best_buy(one) && two.len() >= SURELY_WHOLE && is_digits(two);
            let is_walmart = digits(one, WHOLE - 1) && digits(two, WHOLE);
            (is_best_buy || is_walmart).then(|| vec![one, two])
        }
        _ => None,
    };
    parts.or_else(two).and_then(|parts| normal(&parts.join("-")))
}

/// The number that the first of these words is, or begins.
pub(crate) fn leading<'t>(words: impl Iterator<Item = &'t str> + Clone) -> Option<String> {
    if let Some(number) = hyphened(words.clone()) {
        return Some(number);
    }
    let run: Vec<&str> = words
        .clone()
        .take_while(|word| is_piece(word) && !says_something_else(word))
        .take(MAX_PIECES)
        .collect();
    if run.len() > 1 && goes_on(&run) {
        return normal(&run.concat());
    }
    let mut words = words;
    words.next().and_then(normal)
}

fn words(part: &str) -> Vec<Word<'_>> {
    let edge = |mark: char| "()[]<>:.\"'“”*".contains(mark);
    let words = part.split(is_blank).map(|word| word.trim_matches(edge));
    words
        .filter(|word| !word.is_empty() && !word.chars().all(is_sign))
        .take(MAX_WORDS)
        .map(|word| {
            let text = word.trim_start_matches(is_sign);
            Word { text: text.trim_start_matches(edge), signed: text.len() < word.len() }
        })
        .collect()
}

/// Whether a word can be a number or a piece of one.
pub(super) fn is_piece(word: &str) -> bool {
    let fits = |character: char| {
        let plain = plain_digit(character);
        plain.is_ascii_alphanumeric() || "._/-\u{2010}\u{2011}\u{2013}".contains(plain)
    };
    word.chars().all(fits) && word.chars().any(|mark| plain_digit(mark).is_ascii_digit())
}

/// `1001 and 1002`, `1001 / 1002`.
fn joins_numbers(word: &str) -> bool {
    matches!(word, "/" | "+" | "and" | "und" | "et" | "y" | "e" | "i")
}

pub(crate) fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|mark| plain_digit(mark).is_ascii_digit())
}

/// Dates, amounts and quantities stand beside a number, and are no piece of it.
pub(crate) fn says_something_else(word: &str) -> bool {
    let parts = |mark: char| word.split(mark).filter(|part| is_digits(part)).count();
    let is_date = parts('/') > 1 || (parts('-') == 3 && word.len() <= 10) || parts('.') > 1;
    let counted = word.strip_prefix(['x', 'X']).or_else(|| word.strip_suffix(['x', 'X']));
    is_date || counted.is_some_and(|count| count.len() <= 3 && is_digits(count))
}

/// Whether pieces beside each other are a number each.
fn are_whole(run: &[&str]) -> bool {
    let Some((first, rest)) = run.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        return false;
    };
    let alike = first.len() >= WHOLE && rest.iter().all(|piece| shape(piece).eq(shape(first)));
    alike || run.iter().all(|piece| piece.len() >= SURELY_WHOLE)
}

/// Which of its characters are digits.
pub(super) fn shape(piece: &str) -> impl Iterator<Item = bool> {
    piece.chars().map(|mark| plain_digit(mark).is_ascii_digit())
}

/// Whether pieces are of one number although other words stand beside them.
fn goes_on(run: &[&str]) -> bool {
    let [first, second, ..] = run else { return false };
    let groups = run.iter().all(|piece| is_digits(piece) && piece.len() <= WHOLE);
    let digits: usize = run.iter().map(|piece| piece.len()).sum();
    let enough = run.iter().all(|piece| piece.len() >= 2) && digits > WHOLE;
    is_prefix(first, second) || (groups && enough && (run.len() > 2 || second.len() >= LONG))
}

/// `BBY01` in front of `807100000011`: what many numbers of one shop begin with.
pub(super) fn is_prefix(first: &str, second: &str) -> bool {
    let has_letter = first.bytes().any(|byte| byte.is_ascii_alphabetic());
    has_letter && first.len() <= LONG && second.len() >= LONG && is_digits(second)
}

/// Whether a word is what every number of one shop begins with.
pub(super) fn begins_best_buy(word: &str) -> bool {
    word.len() <= LONG && word.get(..3).is_some_and(|begin| begin.eq_ignore_ascii_case("bby"))
}

/// The first word that is a number: a short one only where hardly a word stands in front of it.
fn among(words: &[Word<'_>]) -> Option<String> {
    let mut unknown = 0;
    for word in words {
        let Some(number) = normal(word.text) else {
            unknown += usize::from(!leads_to_number(word.text));
            continue;
        };
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let long = number.len() >= LONG && digits >= 4;
        let short = unknown <= 1 && !is_year(&number) && !says_something_else(word.text);
        if word.signed || long || short {
            return Some(number);
        }
        unknown += 1;
    }
    None
}

pub(crate) fn is_year(number: &str) -> bool {
    number.len() == 4 && (number.starts_with("19") || number.starts_with("20"))
}

/// Words that stand between a label and its number.
fn leads_to_number(word: &str) -> bool {
    const WORDS: [&str; 16] = [
        "order",
        "orders",
        "your",
        "number",
        "no",
        "nr",
        "num",
        "id",
        "ref",
        "reference",
        "code",
        "n°",
        "nº",
        "conf",
        "confirmation",
        "is",
    ];
    WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_take_no_number_apart() {
        for (text, number) in [
            ("102 003 000 000 017", "102003000000017"),
            ("102003 000000017", "102003000000017"),
            ("102003000000 017", "102003000000017"),
            ("BBY01 807100000011", "BBY01807100000011"),
            ("BBY01\u{a0}807100000011", "BBY01807100000011"),
            ("BBY01 807100000011 (pickup)", "BBY01807100000011"),
            ("BBYTX 807100000011", "BBYTX807100000011"),
            ("EX12 3456", "EX123456"),
            ("2000123 45678901", "200012345678901"),
        ] {
            assert_eq!(numbers(text), [number], "{text}");
        }
    }

    #[test]
    fn other_words_stand_beside_a_number() {
        for (text, number) in [
            ("Order #10048 (preorder)", "10048"),
            ("No. 900012346", "900012346"),
            ("Confirmed 10048", "10048"),
            ("10048 x2", "10048"),
            ("10048 2026-01-15", "10048"),
            ("EX1234567 placed 2026-01-15", "EX1234567"),
            ("10048 2 items", "10048"),
            ("Example Shop order number is 102003000000017", "102003000000017"),
        ] {
            assert_eq!(numbers(text), [number], "{text}");
        }
        for text in ["2024 Example Box", "Example Hobby Box 2024", "Example Box of 1000", "view"] {
            assert!(numbers(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn numbers_beside_each_other() {
        for (text, found) in [
            ("#1001 #1002", ["1001", "1002"]),
            ("102003000000017 102003000000018", ["102003000000017", "102003000000018"]),
            ("BBY01-807100000011 102003000000018", ["BBY01-807100000011", "102003000000018"]),
        ] {
            assert_eq!(numbers(text), found, "{text}");
        }
    }
}
