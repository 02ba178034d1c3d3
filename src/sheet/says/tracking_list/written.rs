//! The numbers of one line of a tracking list, whatever parts them.

use csv::StringRecord;

use crate::order::carrier::Carrier;
use crate::reading::{is_blank, order_number, tracking_number};
use crate::sheet::cells::{is_day, is_rounded, shown};
use crate::sheet::field::Field;
use crate::sheet::headings::field_of_label;
use crate::sheet::says::numbers::is_marker;

/// What parts the numbers of a line, beside blanks.
const BETWEEN: &[char] = &[',', ';', '|', '\t', '→', '⇒', '➜', '➔', '➡', '»', '，', '；'];
/// What stands around a number and is no part of it.
const AROUND: &[char] = &[
    '"', '\'', '“', '”', '‘', '’', '`', '*', '>', '<', '(', ')', '[', ']', '{', '}', '#', '•', '·',
    '-', '–', '—', '.', ':', '=', '_', '\u{feff}', '\u{200b}',
];
/// What people call a parcel in front of its number, beside the headings of a column of them.
const PARCELS: [&str; 5] = ["track", "trk", "parcel", "package", "shipment"];
/// Words that only join numbers.
const JOINING: [&str; 3] = ["and", "with", "und"];

/// Where the order's number stands in a line; its parcels are the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Front,
    Back,
}

/// What a line holds.
#[derive(Debug)]
pub(super) enum Written {
    /// Nothing that says something.
    Blank,
    /// Words without a digit, and whether they may be headings.
    Words(String, bool),
    /// Two numbers or more.
    Numbers(Numbers),
    /// Something else.
    Other(String),
    /// A number that has lost digits.
    Rounded(String),
}

/// The numbers of a line from left to right.
#[derive(Debug)]
pub(super) struct Numbers {
    pub(super) shown: String,
    words: Vec<Word>,
}

#[derive(Debug)]
struct Word {
    text: String,
    /// Whether more than a blank parts it from the one before.
    is_parted: bool,
    /// What it is called in front of it.
    label: Option<Label>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Order,
    Parcel,
}

pub(super) fn written(record: &StringRecord) -> Written {
    let whole = shown(&record.iter().collect::<Vec<_>>().join(" "));
    let is_of_cells = record.len() > 1 || whole.contains(BETWEEN);
    let (mut words, mut called): (Vec<Word>, String) = (Vec::new(), String::new());
    let (mut is_first, mut is_known) = (true, true);
    for (raw, is_parted) in raw_words(record) {
        let text = raw.trim_matches(AROUND);
        let is_mark = !text.contains(char::is_alphanumeric);
        if is_mark || (is_first && is_marker(&raw)) {
            continue;
        }
        is_first = false;
        if is_rounded(text) {
            return Written::Rounded(shown(text));
        }
        if !text.contains(char::is_numeric) {
            called.push_str(text);
            continue;
        }
        let label = label(&std::mem::take(&mut called));
        is_known &= label.is_ok() && !is_day(text);
        words.push(Word { text: text.to_owned(), is_parted, label: label.unwrap_or_default() });
    }
    match words.len() {
        0 if called.is_empty() || whole.starts_with("```") => Written::Blank,
        0 => Written::Words(whole, is_of_cells),
        2.. if is_known && label(&called).is_ok() => {
            Written::Numbers(Numbers { shown: whole, words })
        }
        _ => Written::Other(whole),
    }
}

/// The words of a line, and whether more than a blank parts each from the one before.
fn raw_words(record: &StringRecord) -> Vec<(String, bool)> {
    let text = record.iter().collect::<Vec<_>>().join("|").replace("->", "|").replace("=>", "|");
    let piece = |piece: &str| {
        let words: Vec<String> = piece.split(is_blank).flat_map(parts).collect();
        let filled = words.into_iter().filter(|word| !word.is_empty());
        filled.enumerate().map(|(at, word)| (word, at == 0)).collect::<Vec<_>>()
    };
    text.split(BETWEEN).flat_map(piece).collect()
}

/// A word at its colons, unless it is a link.
fn parts(word: &str) -> Vec<String> {
    let is_whole = word.contains('/');
    let at = |letter: char| !is_whole && matches!(letter, ':' | '：' | '=');
    word.split(at).map(str::to_owned).collect()
}

/// What words in front of a number call it; `Err`: they say something else.
fn label(called: &str) -> Result<Option<Label>, ()> {
    let word = called.to_lowercase();
    if word.is_empty() || JOINING.contains(&word.as_str()) {
        return Ok(None);
    }
    if PARCELS.contains(&word.as_str()) || tracking_number::is_name(called) {
        return Ok(Some(Label::Parcel));
    }
    match field_of_label(called) {
        Some(Field::OrderNumber) => Ok(Some(Label::Order)),
        Some(Field::Tracking) => Ok(Some(Label::Parcel)),
        _ => Err(()),
    }
}

impl Numbers {
    /// The order's number, if it stands on this side.
    pub(super) fn order(&self, side: Side) -> Option<String> {
        let word = match side {
            Side::Front => self.words.first(),
            Side::Back => self.words.last(),
        };
        let number = order_number::normal(&word?.text)?;
        (!Carrier::is_distinct(&number)).then_some(number)
    }

    /// The others, as the numbers of parcels.
    pub(super) fn parcels(&self, side: Side) -> Option<Vec<String>> {
        let all = tracking_number::numbers(&self.others(side)).ok()?;
        // Beside a parcel's number one that is no carrier's may be a date, an order or anything else.
        let is_mixed = all.iter().any(|number| Carrier::is_distinct(number))
            && !all.iter().all(|number| Carrier::has_form(number));
        (!is_mixed).then_some(all)
    }

    /// Those of the others that may be numbers of orders, too.
    pub(super) fn other_orders(&self, side: Side) -> Vec<String> {
        let parcels = self.parcels(side).unwrap_or_default();
        let may_be = |number: String| {
            (!Carrier::is_distinct(&number)).then(|| order_number::normal(&number)).flatten()
        };
        parcels.into_iter().filter_map(may_be).collect()
    }

    /// The others as they are written.
    fn others(&self, side: Side) -> String {
        let others = match side {
            Side::Front => self.words.get(1..),
            Side::Back => self.words.get(..self.words.len().saturating_sub(1)),
        };
        let mut text = String::new();
        for word in others.unwrap_or_default() {
            text.push(if word.is_parted { ',' } else { ' ' });
            text.push_str(&word.text);
        }
        text
    }

    /// The first number and what follows it, as columns.
    pub(super) fn columns(&self) -> [String; 2] {
        let first = self.words.first().map(|word| word.text.clone()).unwrap_or_default();
        [first, self.others(Side::Front).trim_matches([',', ' ']).to_owned()]
    }

    /// On which side the order's number stands, as far as the line tells it by itself. `is_order`:
    /// whether the ledger has an order of a number.
    pub(super) fn told(&self, is_order: impl Fn(&str) -> bool) -> Option<Side> {
        let both = [Side::Front, Side::Back];
        let only = |is_it: &dyn Fn(Side) -> bool| {
            let mut all = both.into_iter().filter(|side| is_it(*side));
            all.next().filter(|_| all.next().is_none())
        };
        let is_distinct = |side| {
            self.parcels(side).is_some_and(|all| all.iter().any(|it| Carrier::is_distinct(it)))
        };
        self.called()
            .or_else(|| only(&|side| self.order(side).is_some() && is_distinct(side)))
            .or_else(|| only(&|side| self.order(side).is_some_and(|number| is_order(&number))))
    }

    /// The side by what the numbers are called.
    fn called(&self) -> Option<Side> {
        let place = |label| self.words.iter().position(|word| word.label == Some(label));
        let last = self.words.len().checked_sub(1)?;
        match (place(Label::Order), place(Label::Parcel)) {
            (Some(0), None | Some(1)) | (None, Some(1)) => Some(Side::Front),
            (Some(order), None | Some(0)) if order == last => Some(Side::Back),
            (None, Some(0)) => Some(Side::Back),
            _ => None,
        }
    }

    /// Whether all parcels have a carrier's check digit, if the order stands on this side.
    pub(super) fn is_checked(&self, side: Side) -> bool {
        let all = self.parcels(side).unwrap_or_default();
        !all.is_empty() && all.iter().all(|number| Carrier::of(number).is_some())
    }
}
