//! What a number is said to be: an order's, a parcel's, a product's, by what the reader reads; or a card's.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::look::{Look, ascii};
use crate::order::Detail;
use crate::reading::labels::Labels;
use crate::reading::labels::field::Field;
use crate::reading::values::order_number::sentence;

/// Parcels, carriers and codes of products, which the reader looks for in other ways than by a label.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    ascii(concat!(
        r"(?:\b(?:usps|ups|fedex|dhl|ontrac|carrier|parcel|package|paket|shipment|tracking|sku|upc|ean|gtin|tcin|",
        r"dpci|asin|pid|imei|serial|barcode|phone|ref|reference|confirmation|transaction|invoice|receipt)|",
        r"sendung|suivi|seguimiento|rastreio|tracciamento|sporing|zasilk[ay]|\w*sendungsnummer|",
        r"追踪|お問い合わせ番号|운송장|[^a-z0-9 ][#№])",
        r"(?:[ _-]?(?:number|numbers|no|nr|id|ids|code|codes|番号|번호))*[ .:#№]*$"
    ))
});
static CARD: LazyLock<Regex> = LazyLock::new(|| {
    ascii(
        r"\b(?:card|cards|cc|visa|mastercard|amex|karte|tarjeta|cartao|karta)\b|kreditkarte|карт|カード|信用卡|카드",
    )
});
/// A word between a label and its number.
static JOINED: LazyLock<Regex> =
    LazyLock::new(|| ascii(r" (?:is|are|was|ist|lautet|est|es)$|(?:是|为|為|は)$"));
/// What parts a number from the one before it: `A, B and C`.
static LISTED: LazyLock<Regex> =
    LazyLock::new(|| ascii(r"(?: *[,;/&+|]| (?:and|und|et|y|e|och|og|en)) *#?$"));

/// Lines of numbers above a number.
const MAX_LINES: usize = 100;
/// Words of a label at the end of a sentence, and letters where no spaces part words.
const MAX_WORDS: usize = 5;
const MAX_LETTERS: usize = 12;
/// Bytes of a line in front of a number in which its label is looked for.
const MAX_BYTES: usize = 240;
/// Bytes of a line, and of all lines above a number, that are looked at.
const MAX_LINE_BYTES: usize = 2_048;
/// Fewer digits are no number of an order.
const LEAST_DIGITS: usize = 4;

/// Whether some text speaks of a card.
pub(super) fn announces_card(text: &str) -> bool {
    CARD.is_match(text)
}

/// Whether the whole name of a field says that its value is an order's, a parcel's or a product's number.
pub(super) fn names_number(look: Look<'_>) -> bool {
    look.labels.look_up(look.raw).is_some_and(|label| is_of_number(label.field))
        || names(look, 0..look.text.len(), false)
}

/// Whether what stands before a number, or above it, says that it is an order's, a parcel's or a product's.
pub(super) fn is_other_number(look: Look<'_>, number: &Range<usize>) -> bool {
    let text = look.text;
    let part = |range: Range<usize>| text.get(range).unwrap_or_default();
    let unbroken = part(number.clone()).bytes().all(|byte| byte.is_ascii_digit());
    let start = line_start(text, number.start);
    let (head, mut listed) = without_list(part(start..number.start));
    if is_sign(head) || head.chars().any(char::is_alphanumeric) {
        return names(look, start..start + head.len(), listed && !unbroken)
            || (!listed && in_sentence(look, start, number));
    }
    let mut end = start;
    for _ in 0..MAX_LINES {
        let Some(above) = end.checked_sub(1).filter(|_| number.start - end <= MAX_LINE_BYTES)
        else {
            return false;
        };
        let start = line_start(text, above);
        let line = part(start..above);
        end = start;
        if is_list(line) && !is_sign(line) {
            listed |= line.chars().any(char::is_alphanumeric);
            continue;
        }
        // A label of one order with its value says nothing of the next line.
        let (head, has_values) = without_list(line);
        let head = start..start + head.len();
        return names(look, head, has_values || (listed && !unbroken));
    }
    false
}

/// Whether a label is no word: `#`.
fn is_sign(head: &str) -> bool {
    head.trim_matches([' ', ':']).ends_with(['#', '№'])
}

fn line_start(text: &str, at: usize) -> usize {
    let from = text.floor_char_boundary(at.saturating_sub(MAX_LINE_BYTES));
    let line = text.get(from..at).and_then(|before| before.rfind('\n'));
    line.map_or(from, |end| from + end + 1)
}

/// A line up to the numbers at its end, and whether there are some.
fn without_list(line: &str) -> (&str, bool) {
    let mut head = line.trim_end();
    let mut listed = false;
    loop {
        let parted = LISTED.find(head).map(|found| found.start());
        let whole = head.get(..parted.unwrap_or(head.len())).unwrap_or_default().trim_end();
        let at = whole.rfind([' ', ':', '#', ',', ';', '|', '/']).map_or(0, |at| at + 1);
        let last = whole.get(at..).unwrap_or_default();
        // Only what a mark parts from the number belongs to the same list.
        if !is_number(last) || (parted.is_none() && !listed && line.ends_with(' ')) {
            return (head, listed);
        }
        listed = true;
        head = whole.get(..at).unwrap_or_default().trim_end();
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().filter(u8::is_ascii_digit).count() >= LEAST_DIGITS
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
}

/// Whether a line is nothing but numbers, or blank.
fn is_list(line: &str) -> bool {
    let mut words = line.split([' ', ',', ';', '/', '&', '+', '|']);
    words.all(|word| {
        !word.chars().any(char::is_alphanumeric) || is_number(word.trim_start_matches('#'))
    })
}

/// Whether a text ends with a label of a number. `several`: with one that may stand for several.
fn names(look: Look<'_>, text: Range<usize>, several: bool) -> bool {
    let Some(said) = look.text.get(text.clone()) else { return false };
    let mut said = trimmed(said);
    if let Some(joined) = JOINED.find(said) {
        said = trimmed(said.get(..joined.start()).unwrap_or_default());
    }
    let from = said.len().saturating_sub(MAX_BYTES);
    let from = said.ceil_char_boundary(from);
    let own = said.get(from..).unwrap_or_default();
    let segment = own.rfind([';', '!', '?', '|', '•', '·', ',', ':', '\n', '[', '{', '"']);
    let segment = segment.map_or(0, |at| at + own.get(at..).map_or(1, first_length));
    let segment = own.get(segment..).unwrap_or_default().trim_start();
    if segment.is_empty() || announces_card(segment) {
        return false;
    }
    let end = text.start + said.len();
    let is_label = |length: &usize| {
        let raw = look.skeleton.raw(look.raw, &(end - length..end));
        look.labels.look_up(raw).is_some_and(|label| is_of_number(label.field))
    };
    let known = lengths(segment).any(|length| is_label(&length));
    (known || OTHER.is_match(segment)) && (!several || may_be_several(segment))
}

fn first_length(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

/// Without the marks between a label and its value.
fn trimmed(text: &str) -> &str {
    let joins = |mark: char| {
        mark.is_whitespace()
            || (mark.is_ascii() && !mark.is_alphanumeric() && !"#)".contains(mark))
            || "→»⇒➜—–•·，、（「【".contains(mark)
    };
    text.trim_end_matches(joins)
}

/// How many bytes at the end of a text may be a label: all of it, its last words, its last letters.
fn lengths(segment: &str) -> impl Iterator<Item = usize> {
    let words = segment.rmatch_indices(' ').take(MAX_WORDS).map(|(at, _)| segment.len() - at - 1);
    // `no` and `nr` alone say nothing: any number is one.
    let words = words.filter(|length| *length > 3 || segment.ends_with("sku"));
    let letters = segment.char_indices().rev().take(MAX_LETTERS).map(|(at, _)| segment.len() - at);
    let unspaced = segment.chars().next_back().is_some_and(|last| !last.is_ascii());
    std::iter::once(segment.len()).chain(words).chain(letters.filter(move |_| unspaced))
}

/// Whether a label may stand above several numbers: `Orders`; of other languages that cannot be told.
fn may_be_several(segment: &str) -> bool {
    segment.ends_with(['s', ')']) || !segment.is_ascii() || segment.contains("numbers")
}

/// Whether the reader finds the number in a sentence: `your order 102003900000021 was placed`.
fn in_sentence(look: Look<'_>, start: usize, number: &Range<usize>) -> bool {
    let from = start.max(look.text.floor_char_boundary(number.start.saturating_sub(MAX_BYTES)));
    let raw = look.skeleton.raw(look.raw, &(from..number.end));
    let shown = look.skeleton.raw(look.raw, number);
    let before = raw.len().saturating_sub(shown.len());
    let said = raw.get(..before).unwrap_or_default();
    if announces_card(&said.to_lowercase()) {
        return false;
    }
    sentence::named(raw, false)
        .is_some_and(|named| named.before.len() <= before && named.before.len() + 2 >= before)
}

/// Whether a field of an order is a number that may look like a card's.
fn is_of_number(field: Field) -> bool {
    matches!(
        field,
        Field::OrderNumber
            | Field::OtherNumber
            | Field::Sku
            | Field::Product
            | Field::Detail(Detail::TrackingNumber | Detail::ReferenceNumber)
    )
}

/// What the user's own label says of a field, which goes before all that is known of other labels.
pub(super) fn own_field(labels: &Labels, name: &str) -> Option<Field> {
    labels.own(name).map(|label| label.field)
}

/// Whether a text is a label of a product.
pub(super) fn names_product(labels: &Labels, name: &str) -> bool {
    labels.look_up(name).is_some_and(|label| is_product(label.field))
}

/// Whether a field of an order names products.
pub(super) fn is_product(field: Field) -> bool {
    matches!(field, Field::Product | Field::Cart)
}

/// Whether a field of an order is a number.
pub(super) fn is_number_field(field: Field) -> bool {
    is_of_number(field) && field != Field::Product
}
