//! The order number that no label names: in a heading or in a sentence.

use crate::reading::labels::field::Field;
use crate::reading::sections::heading::Senses;
use crate::reading::sections::section::{Section, listed};
use crate::reading::text::plain;
use crate::reading::values::order_number::sentence::{self, Named};
use crate::reading::values::order_number::{self, is_sign, masked};

/// Lines of running text that are searched.
const MAX_LINES: usize = 200;
/// Of longer texts the sentence alone is looked at that names the number.
const MAX_SENTENCE_BYTES: usize = 256;
/// A number of this length behind a sign is an order's where something is announced.
const LONG: usize = 6;
/// Digits of the longest number of an article.
const ARTICLE_DIGITS: usize = 13;
/// A number of this length behind a sign is an order's even where nothing is announced.
const VERY_LONG: usize = 8;

/// What headings and sentences say of an order's number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Spoken {
    pub(crate) number: Option<String>,
    /// Only a part of the number is shown.
    pub(crate) masked: bool,
    /// The title holds it, so that its link is the order's.
    pub(crate) in_title: bool,
    /// What the sentence announces without its number: `Your order has been placed`.
    pub(crate) senses: Senses,
}

/// Searches the headings, then the running text of a section.
pub(crate) fn find(section: &Section<'_>) -> Spoken {
    let in_title = in_heading(section.title).map(|spoken| Spoken { in_title: true, ..spoken });
    let heads = [section.author].into_iter().chain(section.headings.iter().copied());
    let in_heads = in_title.or_else(|| heads.into_iter().find_map(in_heading));
    let answers = section.labelled.iter().filter(|labelled| labelled.label.field == Field::Reason);
    let texts = section.loose.iter().chain(&section.prose).copied().take(MAX_LINES);
    let texts = texts.chain(answers.map(|labelled| labelled.value.as_ref()));
    in_heads.or_else(|| texts.into_iter().find_map(in_text)).unwrap_or_default()
}

/// A number holds a digit of some script.
fn may_name(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit() || byte >= 0x80)
}

fn in_heading(text: &str) -> Option<Spoken> {
    if !may_name(text) {
        return None;
    }
    match sentence::named(text, true) {
        Some(named) => spoken(named),
        None => behind_a_sign(text).or_else(|| between_bars(text)),
    }
}

/// `Successful Checkout | Target | Example Lamp | 102003000000017`: the part that is a number and
/// nothing else.
fn between_bars(heading: &str) -> Option<Spoken> {
    const BARS: [&str; 6] = ["|", " - ", " – ", " • ", " · ", " » "];
    let plain = plain(heading).text;
    let mark = BARS.iter().find(|mark| plain.contains(**mark))?;
    let senses = Senses::of(&plain);
    let tells = senses.success || senses.succeeds() || senses.status.is_some();
    if !tells || senses.recap || senses.several || senses.offer {
        return None;
    }
    // An article's number may have up to thirteen digits, and is the same for many orders.
    let is_orders = |part: &&str| {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        part.starts_with(is_sign) || digits > ARTICLE_DIGITS
    };
    let mut parts = plain.split(mark).map(str::trim).filter(is_orders);
    let number = parts.find_map(listed::bare_number)?;
    Some(Spoken { number: Some(number), ..Spoken::default() })
}

fn in_text(text: &str) -> Option<Spoken> {
    may_name(text).then(|| sentence::named(text, false)).flatten().and_then(spoken)
}

/// People who talk of their own orders announce none.
fn spoken(named: Named<'_>) -> Option<Spoken> {
    let is_own = named.before.split_whitespace().any(|word| word.eq_ignore_ascii_case("my"));
    let whole = format!("{} {}", named.before, named.after);
    let senses = match whole.len() {
        0..=MAX_SENTENCE_BYTES => Senses::of(&whole),
        _ => {
            Senses::of(&format!("{} {}", last_sentence(named.before), first_sentence(named.after)))
        }
    };
    let masked = named.number.is_none();
    (!is_own).then_some(Spoken { masked, number: named.number, in_title: false, senses })
}

fn last_sentence(text: &str) -> &str {
    text.rsplit(['.', '!', '?', '\n', '。']).next().unwrap_or(text)
}

fn first_sentence(text: &str) -> &str {
    text.split(['.', '!', '?', '\n', '。']).next().unwrap_or(text)
}

/// `#EX1234567`, `Successful Checkout #1001`. In `Example Figure #1234` it is the product's.
fn behind_a_sign(heading: &str) -> Option<Spoken> {
    let plain = plain(heading).text;
    let (before, after) = plain.split_at_checked(plain.find(is_sign)?)?;
    let token = after.split([' ', ')', ']', ':', ',', '!', '|']).next()?;
    let rest = after.get(token.len()..)?;
    let alone = Senses::knows_all(before) && Senses::knows_all(rest);
    if masked::is_masked(token) {
        return alone.then(|| Spoken { masked: true, ..Spoken::default() });
    }
    let number = order_number::normal(token)?;
    let long = number.len() >= LONG && (Senses::of(&plain).any() || number.len() >= VERY_LONG);
    (alone || long).then(|| Spoken { number: Some(number), ..Spoken::default() })
}
