//! Notices about several orders: lines and fields of numbers, each with what became of it.

use std::borrow::Cow;

use super::{Section, links};
use crate::order::Detail;
use crate::order::carrier::Carrier;
use crate::reading::labels::field::Field;
use crate::reading::labels::{Label, Labels, Strength};
use crate::reading::sections::heading::Senses;
use crate::reading::sections::heading::stated_status::status_of_words;
use crate::reading::sections::lines::Labelled;
use crate::reading::sections::phrases::words::words;
use crate::reading::text::plain;
use crate::reading::values::item_line::{self, ordinal};
use crate::reading::values::order_number::pieces::says_something_else;
use crate::reading::values::order_number::{is_of_article, is_sign, normal, sentence};

/// Longer lines say more than what became of an order.
const MAX_LINE_BYTES: usize = 160;
/// A number without a sign in front of it has at least as many characters.
const MIN_UNSIGNED: usize = 8;
/// Digits of such a number.
const MIN_DIGITS: usize = 6;
/// What stands between a number and what became of it.
const BETWEEN: [char; 14] =
    [' ', ':', '：', '-', '–', '—', '→', '>', '=', '|', '(', ')', '•', '\u{A0}'];

/// What stands beside a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Nothing,
    Status,
    Tracking,
    Item,
}

/// A line that names orders and nothing else but what became of them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    numbers: String,
    said: Said,
    value: String,
}

/// Takes lines such as `102003000000017: Shipped` for an order each. Numbers alone are orders below a heading that says
/// what became of them.
pub(super) fn take(section: &mut Section<'_>) {
    let names = |labelled: &Labelled<'_>| labelled.label.field == Field::OrderNumber;
    if section.labelled.iter().any(names) {
        return;
    }
    let headed = is_headed_as_notice(section);
    let worded = headed && !names_order(section);
    let of_line = |line: &str| row(line).or_else(|| worded.then(|| worded_row(line)).flatten());
    let heads = section.headings.iter().filter_map(|line| row(line));
    let rows: Vec<Row> =
        heads.chain(section.loose.iter().filter_map(|line| of_line(line))).collect();
    let says = rows.iter().any(|row| row.said != Said::Nothing);
    if rows.is_empty() || !(says || headed) {
        return;
    }
    let is_kept = |row: Option<Row>| row.is_none_or(|row| says && row.said == Said::Nothing);
    section.headings.retain(|line| is_kept(row(line)));
    section.loose.retain(|line| is_kept(of_line(line)));
    for row in rows.into_iter().filter(|row| !says || row.said != Said::Nothing) {
        push(section, "order", row.numbers, row.said, Cow::Owned(row.value));
    }
}

/// Whether headings say what became of orders, and neither announce one nor name one.
fn is_headed_as_notice(section: &Section<'_>) -> bool {
    if names_an_order(section.author) || names_an_order(section.title) {
        return false;
    }
    let headings = section.headings.iter().map(|heading| Senses::of(heading));
    let mut heads = headings.fold(section.author_senses, |mut heads, next| {
        heads.add(next);
        heads
    });
    heads.add(section.title_senses);
    (heads.status.is_some() || heads.listed.is_some() || heads.update)
        && !(heads.success || heads.recap || heads.offer)
}

/// Whether a field that is called by a number and nothing else may be an order's: in a notice of which no title,
/// label or other field names the order. Elsewhere it is an article's.
pub(super) fn lists_bare_numbers<'f>(
    section: &Section<'_>,
    mut names: impl Iterator<Item = &'f str>,
    labels: &Labels,
) -> bool {
    let heads = [section.author_senses, section.title_senses].into_iter();
    let mut heads = heads.chain(section.headings.iter().map(|heading| Senses::of(heading)));
    let is_number = |label: Label| label.field == Field::OrderNumber;
    let names_order = |name: &str| {
        labels.look_up(name).is_some_and(is_number)
            || number_of_name(name).is_some_and(|(_, is_called_order)| is_called_order)
    };
    !heads.any(Senses::succeeds)
        && !section.labelled.iter().any(|labelled| is_number(labelled.label))
        && ![section.author, section.title].into_iter().any(names_an_order)
        && !names.any(names_order)
}

/// Takes a field that is called by an order's number. `false`: it is none. `may_be_bare`: nothing else needs to say
/// that it is an order's.
pub(super) fn take_field<'v>(
    name: &'v str,
    value: &'v str,
    may_be_bare: bool,
    section: &mut Section<'v>,
) -> bool {
    if take_list(name, value, section) {
        return true;
    }
    let Some((number, is_called_order)) = number_of_name(name) else { return false };
    let said = if value.contains('\n') { Said::Nothing } else { said(&plain(value).text) };
    let tells = matches!(said, Said::Status | Said::Tracking);
    if !(is_called_order || (may_be_bare && tells)) {
        return false;
    }
    let is_whole = said != Said::Nothing;
    push(section, name, number, said, Cow::Borrowed(value));
    is_whole
}

/// Takes a field such as `Cancelled Orders` whose lines are orders.
fn take_list<'v>(name: &'v str, value: &str, section: &mut Section<'v>) -> bool {
    let senses = Senses::of(name);
    let is_plural = || words(name).split(' ').any(|word| word == "orders");
    let said = senses.status.filter(|_| is_plural() && Senses::knows_all(name));
    let Some(status) = senses.listed.or(said) else { return false };
    let lines = value.split('\n').filter(|line| !line.trim().is_empty());
    let of_line = |line: &str| row(line).or_else(|| worded_row(line));
    let rows: Option<Vec<Row>> = lines.map(of_line).collect();
    let Some(rows) = rows else { return false };
    for row in rows {
        push(section, "order", row.numbers, Said::Status, Cow::Borrowed(status));
    }
    true
}

fn names_an_order(head: &str) -> bool {
    sentence::named(head, true).is_some()
}

fn push<'v>(
    section: &mut Section<'v>,
    name: &'v str,
    number: String,
    said: Said,
    value: Cow<'v, str>,
) {
    let of = |field: Field| Label::of(field, Strength::Strong);
    let label = of(Field::OrderNumber);
    section.labelled.push(Labelled { label, name, value: Cow::Owned(number) });
    let field = match said {
        Said::Nothing => return,
        Said::Status => Field::Status,
        Said::Tracking => Field::Detail(Detail::TrackingNumber),
        Said::Item => Field::Product,
    };
    section.labelled.push(Labelled { label: of(field), name: "", value });
}

/// `Order #102003000000017`, `102003000000017`; and whether it says that it is an order's.
fn number_of_name(name: &str) -> Option<(String, bool)> {
    if name.len() > MAX_LINE_BYTES || !name.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some(named) = sentence::named(name, true) {
        let alone = [named.before, named.after].into_iter().all(Senses::knows_all);
        return Some((named.number.filter(|_| alone)?, true));
    }
    number(plain(name).text.trim_matches([':', ' '])).map(|number| (number, false))
}

fn row(line: &str) -> Option<Row> {
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    if line.len() > MAX_LINE_BYTES || digits < 4 || line.contains('?') {
        return None;
    }
    let text = plain(line).text;
    let text = text.trim_start_matches(|mark: char| !mark.is_alphanumeric() && !is_sign(mark));
    let text = ordinal::cut(text).map_or(text, |(_, rest)| rest);
    if let Some(numbers) = all_numbers(text) {
        return Some(Row { numbers, said: Said::Nothing, value: String::new() });
    }
    let end = text.find(|mark| BETWEEN.contains(&mark) && mark != '-')?;
    let (first, rest) = text.split_at_checked(end)?;
    let rest = rest.trim_matches(BETWEEN);
    if let Some(numbers) = number(first) {
        let said = said(rest);
        let tells = matches!(said, Said::Status | Said::Tracking);
        return tells.then(|| Row { numbers, said, value: rest.to_owned() });
    }
    let (status, numbers) = text.split_once(": ").or_else(|| text.split_once(" - "))?;
    let numbers = all_numbers(numbers)?;
    is_status(status).then(|| Row { numbers, said: Said::Status, value: status.to_owned() })
}

/// A number with other words behind it, such as the product's: `102003000000017 - Example Lamp`. They are not told from
/// a remark, and say nothing.
fn worded_row(line: &str) -> Option<Row> {
    if line.len() > MAX_LINE_BYTES || line.contains('?') {
        return None;
    }
    let text = plain(line).text;
    let text = text.trim_start_matches(|mark: char| !mark.is_alphanumeric() && !is_sign(mark));
    let text = ordinal::cut(text).map_or(text, |(_, rest)| rest);
    let behind = behind_order(text);
    let is_called = behind.len() < text.len() || behind.starts_with(is_sign);
    let end = behind.find(|mark| BETWEEN.contains(&mark) && mark != '-')?;
    let (numbers, rest) = behind.split_at_checked(end)?;
    let numbers = number(numbers).filter(|number| is_called || !is_of_article(number))?;
    let senses = Senses::of_value(rest);
    let says = senses.success || senses.status.is_some() || senses.update;
    if says && Senses::knows_all(rest) {
        return None;
    }
    Some(Row { numbers, said: Said::Nothing, value: String::new() })
}

/// What stands behind `Order`, `Order Number:`, `No.` at the beginning of a line.
fn behind_order(text: &str) -> &str {
    let rest = behind(text, &["order"]);
    let words: &[&str] =
        if rest.len() < text.len() { &["number", "no.", "no", "id"] } else { &["number", "no."] };
    behind(rest, words)
}

/// What stands behind one of these words at the beginning of a text, and the whole text where none
/// does.
fn behind<'t>(text: &'t str, words: &[&str]) -> &'t str {
    let cut = |word: &&str| {
        let begins = text.get(..word.len())?.eq_ignore_ascii_case(word);
        let rest = text.get(word.len()..).filter(|rest| rest.starts_with(BETWEEN))?;
        begins.then_some(rest.trim_start_matches(BETWEEN))
    };
    words.iter().find_map(cut).unwrap_or(text)
}

/// Whether a heading or a sentence names the order, so that other numbers below it are of something else.
fn names_order(section: &Section<'_>) -> bool {
    let named = |line: &str, is_heading| sentence::named(line, is_heading).is_some();
    links::number(section).is_some()
        || section.headings.iter().any(|line| named(line, true))
        || section.loose.iter().any(|line| worded_row(line).is_none() && named(line, false))
}

/// Numbers with nothing but commas and spaces between them.
fn all_numbers(text: &str) -> Option<String> {
    let words = text.split([' ', ',', ';', '&']).filter(|word| !word.is_empty());
    let numbers: Option<Vec<String>> = words.map(number).collect();
    numbers.filter(|numbers| !numbers.is_empty()).map(|numbers| numbers.join(", "))
}

/// A number that no label and no sign calls an order's.
pub(in crate::reading) fn bare_number(word: &str) -> Option<String> {
    number(word).filter(|number| word.starts_with(is_sign) || !is_of_article(number))
}

/// An order's number: no date, no price, no carrier's number, and not a few digits.
fn number(word: &str) -> Option<String> {
    let bare = word.trim_start_matches(is_sign);
    let number = normal(bare)?;
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let long = number.len() >= MIN_UNSIGNED && digits >= MIN_DIGITS;
    let fits = long || bare.len() < word.len();
    (fits && !says_something_else(bare) && !bare.contains('/') && !Carrier::is_distinct(&number))
        .then_some(number)
}

/// What a value says of the order beside it.
fn said(value: &str) -> Said {
    let upper = value.to_uppercase();
    if is_status(value) {
        Said::Status
    } else if Carrier::is_distinct(&upper) || Carrier::of(&upper).is_some() {
        Said::Tracking
    } else if item_line::counts(value) {
        Said::Item
    } else {
        Said::Nothing
    }
}

/// Words for a status, and no other words.
fn is_status(value: &str) -> bool {
    status_of_words(value).is_some() && Senses::knows_all(value)
}
