//! Numbers of a workbook as they are shown, as far as that says more than the number: zeros in front of an order's
//! number, the currency of an amount, a share of a hundred.

use std::cmp::Ordering;

use crate::order::money::decimals;
use crate::reading::currency_sign::{Sign, after, before};

/// Numbers from this on have more digits than a spreadsheet keeps.
const TOO_LONG: f64 = 1e15;

/// What a number format puts to the numbers of its cells.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Format {
    /// The digits that it asks for, and what it puts between them: `0000` or `000-0000000`.
    Mask(String),
    /// Forms for positive numbers, negative ones and zeros.
    Sections(Vec<Section>),
}

/// A form for some of the numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Section {
    /// Said in brackets: for which numbers it is.
    condition: Option<Condition>,
    /// What names a currency in front of the digits and behind them.
    sides: [String; 2],
    has_digits: bool,
    has_decimals: bool,
    is_percent: bool,
    /// A zero where it has no digits: a dash, or nothing. `None`: words.
    zero: Option<String>,
}

/// `>=1000`.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Condition {
    less: bool,
    equal: bool,
    greater: bool,
    than: f64,
}

impl Format {
    /// `None`: it says no more than the number.
    pub(super) fn of(code: &str) -> Option<Self> {
        if let Some(mask) = mask(code) {
            return Some(Self::Mask(mask));
        }
        let sections = sections(code);
        let says = |section: &Section| {
            section.is_percent || !section.has_digits || section.names_currency()
        };
        sections.iter().any(says).then_some(Self::Sections(sections))
    }

    /// A number in this form, which is written `plain` without it. `None`: it is no other text.
    pub(super) fn shown(&self, number: f64, plain: &str) -> Option<String> {
        match self {
            Self::Mask(mask) => masked(plain, mask),
            Self::Sections(sections) => {
                let mut places = sections.iter().enumerate();
                let is_for = |(place, section): &(usize, &Section)| {
                    section.is_for(number, (*place, sections.len()))
                };
                let (place, section) = places.find(is_for)?;
                // Nothing at all is a form of zeros alone.
                section.shown(number).filter(|text| !text.is_empty() || place == 2)
            }
        }
    }
}

impl Section {
    fn names_currency(&self) -> bool {
        self.sides.iter().any(|side| !side.is_empty())
    }

    /// Whether it is the form of such a number. The first one that is counts.
    fn is_for(&self, number: f64, (place, many): (usize, usize)) -> bool {
        match (self.condition, place, many) {
            (Some(condition), ..) => condition.holds(number),
            (_, 0, 1) | (_, 1, 2) | (_, 2, _) => true,
            (_, 0, 2) => number >= 0.0,
            (_, 0, _) => number > 0.0,
            (_, 1, _) => number < 0.0,
            _ => false,
        }
    }

    fn shown(&self, number: f64) -> Option<String> {
        if !self.has_digits {
            return self.zero.clone().filter(|_| number == 0.0);
        }
        if self.is_percent {
            return Some(format!("{}%", number_text(number * 100.0)));
        }
        if !self.names_currency() {
            return None;
        }
        let [front, back] = &self.sides;
        let size = number.abs();
        let size = if self.has_decimals || !self.is_whole() { size } else { size.round() };
        let sign = if number < 0.0 { "-" } else { "" };
        Some(format!("{sign}{front}{}{back}", number_text(size)))
    }

    /// Whether its currency has no decimals.
    fn is_whole(&self) -> bool {
        let [front, back] = &self.sides;
        let sign = before(front).1.or(after(back).1);
        matches!(sign, Some(Sign::Of(currency)) if decimals(Some(currency)) == 0)
    }
}

impl Condition {
    fn of(inner: &str) -> Option<Self> {
        let than = inner.trim_start_matches(['<', '=', '>']);
        let marks = inner.get(..inner.len() - than.len())?;
        let than = than.trim().parse().ok()?;
        let [less, equal, greater] = ['<', '=', '>'].map(|mark| marks.contains(mark));
        (less || equal || greater).then_some(Self { less, equal, greater, than })
    }

    fn holds(self, number: f64) -> bool {
        match number.total_cmp(&self.than) {
            Ordering::Less => self.less,
            Ordering::Equal => self.equal,
            Ordering::Greater => self.greater,
        }
    }
}

/// A section while it is read.
#[derive(Default)]
struct Reading {
    section: Section,
    /// What stands in front of the digits and behind them.
    sides: [String; 2],
    /// Whether a currency in brackets is among it.
    is_named: [bool; 2],
    has_places: bool,
}

impl Reading {
    fn literal(&mut self, text: &str) {
        if let Some(side) = self.sides.get_mut(usize::from(self.has_places)) {
            side.push_str(text);
        }
    }

    fn letter(&mut self, letter: char) {
        self.literal(letter.encode_utf8(&mut [0; 4]));
    }

    /// What stands in brackets: a currency, a condition, a colour.
    fn bracketed(&mut self, inner: &str) {
        let Some(named) = inner.strip_prefix('$') else {
            self.section.condition = self.section.condition.or(Condition::of(inner));
            return;
        };
        let (symbol, locale) = named.split_once('-').unwrap_or((named, ""));
        // The sign of the yen, where it stands for the yuan.
        let is_chinese = locale.ends_with("804") || locale.eq_ignore_ascii_case("zh-CN");
        let is_yuan = is_chinese && matches!(symbol, "¥" | "￥");
        self.literal(if is_yuan { "CN¥" } else { symbol });
        if let Some(named) = self.is_named.get_mut(usize::from(self.has_places)) {
            *named |= !symbol.is_empty();
        }
    }

    fn digit(&mut self, mark: char) {
        self.has_places = true;
        self.section.has_digits |= mark != '?';
        let [_, is_named] = self.is_named;
        let [_, back] = &mut self.sides;
        // What stands between the digits parts them.
        if !is_named && after(back).1.is_none() {
            back.clear();
        }
    }

    fn done(mut self) -> Section {
        let has_dash = self.sides.iter().any(|side| side.contains('-'));
        let bare = |text: &str| text.replace(['(', ')', '-', '+'], "");
        let [front, back] = self.sides.each_ref().map(|side| bare(side));
        let [in_front, behind] = self.is_named;
        let is_blank = front.trim().is_empty() && back.trim().is_empty();
        let front = front.trim_start().to_owned();
        let back = back.trim_end().to_owned();
        let front = Some(front).filter(|front| in_front || before(front).1.is_some());
        let back = Some(back).filter(|back| behind || after(back).1.is_some());
        self.section.sides = [front, back].map(Option::unwrap_or_default);
        let [front, back] = &self.section.sides;
        self.section.zero =
            if has_dash { Some(format!("{front}-{back}")) } else { is_blank.then(String::new) };
        self.section
    }
}

/// The forms of a format's code, which stand behind each other.
fn sections(code: &str) -> Vec<Section> {
    let (mut done, mut reading) = (Vec::new(), Reading::default());
    let mut rest = code;
    while let Some(mark) = rest.chars().next() {
        rest = rest.get(mark.len_utf8()..).unwrap_or_default();
        let until = |end: char| rest.split_once(end).unwrap_or((rest, ""));
        match mark {
            '"' => {
                let (text, behind) = until('"');
                reading.literal(text);
                rest = behind;
            }
            '[' => {
                let (inner, behind) = until(']');
                reading.bracketed(inner);
                rest = behind;
            }
            '\\' | '_' | '*' => {
                let Some(next) = rest.chars().next() else { break };
                rest = rest.get(next.len_utf8()..).unwrap_or_default();
                reading.letter(if mark == '\\' { next } else { ' ' });
            }
            ';' => done.push(std::mem::take(&mut reading).done()),
            '0' | '#' | '?' => reading.digit(mark),
            '.' => reading.section.has_decimals |= rest.starts_with(['0', '#', '?']),
            '%' => reading.section.is_percent = true,
            // What is shown as a text shows all of a number.
            '@' => reading.digit('0'),
            ',' => {}
            'G' | 'g' if begins_general(rest) => {
                rest = rest.get("eneral".len()..).unwrap_or_default();
                reading.digit('0');
                reading.section.has_decimals = true;
            }
            literal => reading.letter(literal),
        }
    }
    done.push(reading.done());
    done
}

/// Whether the word `General`, the form of a number without one, goes on like this.
fn begins_general(rest: &str) -> bool {
    rest.get(.."eneral".len()).is_some_and(|text| text.eq_ignore_ascii_case("eneral"))
}

/// The digits that a format asks for. `None`: it does something else, or nothing.
fn mask(code: &str) -> Option<String> {
    let first = code.split(';').next().unwrap_or_default();
    let mask: String = first.chars().filter(|mark| !"\\\"".contains(*mark)).collect();
    let is_mask = mask.starts_with("00") && mask.chars().all(|mark| "0-".contains(mark));
    is_mask.then_some(mask)
}

/// A whole number in this form; `None`: it has a sign, or more digits than are asked for.
fn masked(digits: &str, mask: &str) -> Option<String> {
    let wanted = mask.bytes().filter(|mark| *mark == b'0').count();
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_plain || digits.len() > wanted {
        return None;
    }
    let filled = format!("{digits:0>wanted$}");
    let mut digits = filled.chars();
    Some(
        mask.chars()
            .filter_map(|mark| if mark == '0' { digits.next() } else { Some(mark) })
            .collect(),
    )
}

/// Exact while a spreadsheet keeps all digits, else in the form that says that it does not. Decimals are never
/// three, which could be thousands.
pub(super) fn number_text(number: f64) -> String {
    if !number.is_finite() || number.abs() >= TOO_LONG {
        return format!("{number:E}").replace('E', "E+");
    }
    if number.fract() == 0.0 {
        return format!("{number:.0}");
    }
    let shortest = number.to_string();
    let decimals = shortest.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    match decimals {
        3 => format!("{number:.4}"),
        0..=6 => shortest,
        _ => format!("{number:.6}"),
    }
}

#[cfg(test)]
mod tests;
