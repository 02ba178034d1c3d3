//! Several labels in one line: `Order Number: 1, Price: $5`, `**Price** $5 **Qty** 2`, and labels within a
//! sentence.

use super::label_line::{closed, split_label};
use crate::order::Detail;
use crate::reading::labels::field::Field;
use crate::reading::labels::{Label, Labels};

/// Labels of one line.
const MAX_LABELS: usize = 12;
/// Colons of one line that are looked at.
const MAX_COLONS: usize = 24;
/// Words of a label within a line.
const MAX_WORDS: usize = 4;

/// A label with its name and its value.
pub(super) type Found<'t> = (Label, &'t str, &'t str);

/// Cuts a label's value where the next label of the same line begins.
pub(super) fn cut<'t>(label: Label, value: &'t str, labels: &Labels) -> (&'t str, Vec<Found<'t>>) {
    if matches!(
        label.field,
        Field::Detail(Detail::Notes | Detail::ShippingAddress) | Field::Ignored
    ) {
        return (value, Vec::new());
    }
    let spots = spots(value, labels, is_plain(label.field));
    match spots.first() {
        Some(first) => (end_of(value, first.from), found(value, &spots)),
        None => (value, Vec::new()),
    }
}

/// The labels within a line that does not begin with one, and what stands in front of them.
pub(super) fn within<'t>(line: &'t str, labels: &Labels) -> Option<(&'t str, Vec<Found<'t>>)> {
    let spots = spots(line, labels, true);
    let first = spots.first()?;
    // `The Item: A Novel` is a name, `Your order number: 1` is none.
    if !is_plain(first.label.field) && !ends_a_part(line.get(..first.from)?) {
        return None;
    }
    let says = spots.iter().any(|spot| is_of_order(spot.label.field));
    says.then(|| (end_of(line, first.from), found(line, &spots)))
}

/// Labels in bold, underlined or in code with their values behind them, and what stands in front of them.
pub(super) fn marked<'t>(line: &'t str, labels: &Labels) -> Option<(&'t str, Vec<Found<'t>>)> {
    ["**", "__", "`"].into_iter().find_map(|mark| between(line, mark, labels))
}

/// Marked labels that have nothing in front of them and a value each: in `**Qty** 2` the number is the value, in
/// `**Price** (2)` it is the item's.
pub(super) fn beside<'f, 't>(
    marked: Option<&'f (&'t str, Vec<Found<'t>>)>,
) -> Option<&'f [Found<'t>]> {
    let (lead, found) = marked?;
    let has_value = |found: &Found<'t>| !found.2.starts_with(['(', '#', '[', '-']);
    (lead.is_empty() && found.iter().all(has_value)).then_some(found.as_slice())
}

/// Labels with their values between bars: `Price: $5 | Qty: 2`.
pub(super) fn between_bars<'t>(line: &'t str, labels: &Labels) -> Option<Vec<Found<'t>>> {
    if !line.contains(" | ") {
        return None;
    }
    let found: Option<Vec<_>> =
        line.split(" | ").map(|part| split_label(part.trim(), labels)).collect();
    found.filter(|found| found.len() > 1)
}

fn between<'t>(line: &'t str, mark: &str, labels: &Labels) -> Option<(&'t str, Vec<Found<'t>>)> {
    let mut spots = Vec::new();
    let mut at = 0;
    for (index, part) in line.split(mark).enumerate().take(MAX_LABELS * 4) {
        let label = (index % 2 == 1).then(|| labels.look_up(part)).flatten();
        if let Some(label) = label.filter(|label| label.ends_value()) {
            let (from, to) = (at - mark.len(), at + part.len() + mark.len());
            spots.push(Spot { from, label, name: part, to });
        }
        at += part.len() + mark.len();
    }
    let first = spots.first()?;
    let lead = line.get(..first.from)?.trim();
    let found = found(line, &spots);
    let all_say = found.iter().all(|(label, _, value)| {
        !value.is_empty() && (label.field != Field::OrderNumber || has_digit(value))
    });
    all_say.then_some((lead, found))
}

fn has_digit(value: &str) -> bool {
    value.contains(char::is_numeric)
}

/// Where a label stands in a line.
struct Spot<'t> {
    from: usize,
    label: Label,
    name: &'t str,
    /// Where its value begins.
    to: usize,
}

/// Whether a label says something of an order, and not only that or why one failed.
fn is_of_order(field: Field) -> bool {
    !matches!(
        field,
        Field::Ignored | Field::Reason | Field::FailureReason | Field::CancelReason | Field::Date
    )
}

/// Values of these fields hold no words that a label could be mistaken for.
fn is_plain(field: Field) -> bool {
    matches!(
        field,
        Field::OrderNumber
            | Field::Price
            | Field::Total
            | Field::Quantity
            | Field::Detail(Detail::Email | Detail::TrackingNumber)
            | Field::Commission
            | Field::Currency
    )
}

/// The labels with a colon behind them. `loosely`: a space in front of the first one is enough.
fn spots<'t>(text: &'t str, labels: &Labels, loosely: bool) -> Vec<Spot<'t>> {
    let mut spots: Vec<Spot<'t>> = Vec::new();
    let mut loosely = loosely;
    let mut begin = 0;
    let colons = text.char_indices().filter(|(_, mark)| matches!(mark, ':' | '：'));
    for (at, colon) in colons.take(MAX_COLONS) {
        let to = at + colon.len_utf8();
        let is_link = text.get(to..).is_some_and(|after| after.starts_with("//"));
        let spot = text.get(begin..at).filter(|_| !is_link).and_then(|head| {
            let (offset, label) = label_at_end(head, labels, loosely)?;
            let from = begin + offset;
            Some(Spot { from, label, name: text.get(from..at)?, to })
        });
        if let Some(spot) = spot {
            loosely = is_plain(spot.label.field);
            spots.push(spot);
        }
        begin = to;
        if spots.len() == MAX_LABELS {
            break;
        }
    }
    spots
}

/// The longest label that a text ends with, and where it begins.
fn label_at_end(head: &str, labels: &Labels, loosely: bool) -> Option<(usize, Label)> {
    let trimmed = head.trim_end();
    let starts = trimmed
        .char_indices()
        .rev()
        .filter(|(_, mark)| mark.is_whitespace() || is_separator(*mark))
        .map(|(at, mark)| at + mark.len_utf8())
        .take(MAX_WORDS * 2);
    let fits = |at: usize| {
        // A label is known with marks in front of it, too; a bar there ends the part before.
        let name = trimmed.get(at..)?;
        let begins =
            name.chars().next().is_some_and(|mark| !mark.is_whitespace() && !is_separator(mark));
        let label = labels.look_up(name).filter(|label| begins && label.ends_value())?;
        (loosely || ends_a_part(trimmed.get(..at)?)).then_some((at, label))
    };
    starts.filter_map(fits).last()
}

/// Whether what stands in front of a label ends there: with a comma, a bar, the end of a sentence.
fn ends_a_part(before: &str) -> bool {
    let bare = before.trim_end_matches(|mark: char| mark.is_whitespace() || "*_`~".contains(mark));
    bare.ends_with(|mark: char| is_separator(mark) || matches!(mark, '.' | '!' | '。'))
        || before.ends_with("  ")
        || before.ends_with('\t')
}

fn is_separator(mark: char) -> bool {
    matches!(mark, ',' | ';' | '|' | '•' | '·' | '、' | '，' | '；' | '／')
}

/// What stands in front of a place, without the marks that end it.
fn end_of(text: &str, to: usize) -> &str {
    let end = |mark: char| mark.is_whitespace() || is_separator(mark) || "*_`-–—/([".contains(mark);
    text.get(..to).unwrap_or_default().trim_end_matches(end).trim_start()
}

fn found<'t>(text: &'t str, spots: &[Spot<'t>]) -> Vec<Found<'t>> {
    let ends = spots.iter().skip(1).map(|next| next.from).chain([text.len()]);
    let value = |(spot, end): (&Spot<'t>, usize)| {
        let value = text.get(spot.to..end).unwrap_or_default();
        let value = closed(spot.name, value.trim_start().trim_start_matches([':', '：', '=']));
        let value = if end == text.len() { value.trim() } else { end_of(value, value.len()) };
        (spot.label, spot.name, value)
    };
    spots.iter().zip(ends).map(value).collect()
}
