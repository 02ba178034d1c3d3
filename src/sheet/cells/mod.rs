//! The cells of one row by what their columns mean.

mod amounts;
mod clean;
mod dates;
mod settle;
mod times;

use std::borrow::Cow;

use csv::StringRecord;

pub(super) use clean::{MAX_CELL, is_empty, is_rounded, shown};
use dates::Says;
pub(super) use settle::{Settled, Votes};

use self::times::time;
use super::amount::Amount;
use super::field::Field;
use super::headings::Columns;
use super::line::Refusal;
use super::moment::Moment;
use super::options::DateOrder;
use crate::order::Currency;
use crate::reading::{columns, order_number, tracking_number};

/// An amount as a person types it, not of a file. `of_order`: the currency where the text names none.
pub(crate) fn typed_amount(text: &str, of_order: Option<Currency>) -> Option<Amount> {
    amounts::typed(text.trim(), of_order)
}

/// Whether a word is a day: eight digits alone are a number of something.
pub(super) fn is_day(word: &str) -> bool {
    word.contains(['/', '.', '-']) && dates::says(word).is_some()
}

/// A time of a day as a person types it.
pub(crate) fn typed_time(text: &str) -> Option<chrono::NaiveTime> {
    time(text)
}

/// Characters of a free text; the rest is cut off.
const MAX_TEXT: usize = 1_024;
/// Units of one row.
const MAX_UNITS: i64 = 1_000_000;

/// One row.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    pub(super) columns: &'a Columns,
    pub(super) settled: &'a Settled,
    pub(super) record: &'a StringRecord,
    /// The cells of a workbook are written here, whatever form they had there.
    pub(super) is_text: bool,
    /// The workbook says that this program has written it.
    pub(super) is_ours: bool,
}

impl<'a> Cells<'a> {
    /// The cell as it is written, `None` where it is blank.
    fn value(&self, field: Field) -> Result<Option<Cow<'a, str>>, Refusal> {
        let cell = self.columns.place(field).and_then(|place| self.record.get(place));
        cell.map_or(Ok(None), |cell| clean::value(cell, self.columns.meaning.writer()))
    }

    /// Whether the cell is longer than any that is read.
    pub(super) fn is_long(&self, field: Field) -> bool {
        let cell = self.columns.place(field).and_then(|place| self.record.get(place));
        cell.is_some_and(|cell| cell.len() > MAX_CELL)
    }

    /// A number that must keep all its digits: an order's, a parcel's, a reference.
    fn number(&self, field: Field) -> Result<Option<Cow<'a, str>>, Refusal> {
        self.bare(field)?.map(clean::number).transpose()
    }

    /// What is no amount, without the symbol of money that a workbook's format shows beside numbers.
    fn bare(&self, field: Field) -> Result<Option<Cow<'a, str>>, Refusal> {
        let without = |value| if self.is_text { value } else { clean::without_symbol(value) };
        Ok(self.value(field)?.map(without))
    }

    fn heading(&self, field: Field) -> String {
        let column = self.columns.place(field).and_then(|place| self.columns.list.get(place));
        column.map(|column| column.heading.clone()).unwrap_or_default()
    }

    /// The cell and the heading of its column, for people.
    pub(super) fn told(&self, field: Field) -> Result<String, Refusal> {
        let value = self.value(field)?.unwrap_or_default();
        Ok(format!("\"{}\" in the column \"{}\"", shown(&value), self.heading(field)))
    }

    /// Free text in one line, without secrets.
    pub(super) fn text(&self, field: Field) -> Result<Option<String>, Refusal> {
        let Some(value) = self.value(field)? else { return Ok(None) };
        let words = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let clean = columns::column(field.as_str(), &words);
        let clean = clean.chars().take(MAX_TEXT).collect::<String>();
        Ok(Some(clean).filter(|text| !text.is_empty()))
    }

    /// A text of several lines, as it is.
    pub(super) fn lines(&self, field: Field) -> Result<Option<Cow<'a, str>>, Refusal> {
        self.value(field)
    }

    /// A number of somebody else's, as it is written.
    pub(super) fn reference(&self, field: Field) -> Result<Option<String>, Refusal> {
        let text = self.number(field)?.map(|text| text.chars().take(MAX_TEXT).collect());
        Ok(text.map(|text: String| columns::column(field.as_str(), &text).into_owned()))
    }

    /// An id of this program's or Discord's; nothing where something else stands there.
    pub(super) fn id(&self, field: Field) -> Result<Option<i64>, Refusal> {
        Ok(self.number(field)?.and_then(|text| text.trim().parse().ok()))
    }

    /// The order's number.
    pub(super) fn order_number(&self) -> Result<String, Refusal> {
        let value = self.number(Field::OrderNumber)?.ok_or(Refusal::NoOrderNumber)?;
        let mut numbers = order_number::find_all(&value);
        match (numbers.pop(), numbers.is_empty()) {
            (Some(number), true) => Ok(number),
            (Some(_), false) => Err(Refusal::SeveralOrders(shown(&value))),
            (None, _) => Err(Refusal::NotAnOrderNumber(shown(&value))),
        }
    }

    /// Tracking numbers, each once; none where the cell is blank.
    pub(super) fn parcels(&self, field: Field) -> Result<Vec<String>, Refusal> {
        let Some(value) = self.number(field)? else { return Ok(Vec::new()) };
        let mut words = value.split(|letter: char| letter.is_whitespace() || ",;".contains(letter));
        if let Some(rounded) = words.find(|word| clean::is_rounded(word)) {
            return Err(Refusal::Rounded(shown(rounded)));
        }
        tracking_number::numbers(&value.replace(['\'', '"'], "")).map_err(|reason| match reason {
            tracking_number::NoTracking::Nothing => Refusal::NoParcel,
            tracking_number::NoTracking::NotANumber(word)
            | tracking_number::NoTracking::NotInLink(word) => Refusal::NotAParcel(shown(&word)),
        })
    }

    /// Money, with its sign.
    pub(super) fn amount(&self, field: Field) -> Result<Option<Amount>, Refusal> {
        let Some(value) = self.value(field)? else { return Ok(None) };
        if amounts::is_dash(&value) {
            return Ok(None);
        }
        let of_row = self.currency();
        let amount = amounts::parse(&value, self.settled.decimal_mark, of_row);
        // `¥` is the yuan's as well, where the row says so.
        let is_yuan = of_row == Some(Currency::CNY);
        let amount = amount.map(|amount| match amount.currency {
            Some(Currency::JPY) if is_yuan => amount.named(Currency::CNY),
            _ => amount,
        });
        // More than any order costs.
        let amount = amount.filter(|amount| amount.money(None).is_some());
        let not = || Refusal::NotAnAmount(shown(&value), self.heading(field));
        let amount = amount.ok_or_else(not)?;
        match amount.currency.or(self.currency()).filter(|own| amount.has_odd_cents(Some(*own))) {
            Some(own) => Err(Refusal::OddCents(shown(&value), self.heading(field), own.code())),
            None => Ok(Some(amount)),
        }
    }

    /// The currency of all amounts of the row, where it names one. In our own files some have a column of their own.
    fn currency(&self) -> Option<Currency> {
        if self.columns.meaning.is_programs() {
            return None;
        }
        let word = self.value(Field::Currency).ok().flatten()?;
        Currency::from_code(&word.to_uppercase())
    }

    /// What was paid or is asked for, which is never negative.
    pub(super) fn cost(&self, field: Field) -> Result<Option<Amount>, Refusal> {
        match self.amount(field)? {
            Some(amount) if amount.is_negative() => {
                let cell = self.value(field)?.unwrap_or_default();
                Err(Refusal::Negative(shown(&cell), self.heading(field)))
            }
            amount => Ok(amount),
        }
    }

    /// Units, not negative.
    pub(super) fn count(&self, field: Field) -> Result<Option<i64>, Refusal> {
        let Some(value) = self.bare(field)? else { return Ok(None) };
        let amount = amounts::counted(&value, self.settled.decimal_mark);
        let units = amount.and_then(Amount::whole).filter(|units| (0..=MAX_UNITS).contains(units));
        let not = || Refusal::NotACount(shown(&value), self.heading(field));
        units.map(Some).ok_or_else(not)
    }

    /// A day, with its time where one is written.
    pub(super) fn moment(&self, field: Field) -> Result<Option<Moment>, Refusal> {
        let Some(value) = self.value(field)? else { return Ok(None) };
        let is_groups = settle::is_groups(field, &value);
        let order = if is_groups { Some(DateOrder::Mdy) } else { self.settled.order(field) };
        // Groups write the month first: a day in its place is no date of theirs.
        let is_turned = is_groups && dates::says(&value) == Some(Says::Order(DateOrder::Dmy));
        let moment = dates::parse(&value, order).filter(|_| !is_turned);
        let not = || Refusal::NotADate(shown(&value), self.heading(field));
        let moment = moment.ok_or_else(not)?;
        match self.settled.said.filter(|said| !is_groups && !dates::fits(&value, *said)) {
            Some(said) => Err(Refusal::OtherOrder(shown(&value), self.heading(field), said)),
            None => Ok(Some(moment)),
        }
    }

    /// A time of this day, also where the day stands beside it once more, with the offset behind it.
    pub(super) fn time(
        &self,
        field: Field,
        day: chrono::NaiveDate,
    ) -> Result<Option<(chrono::NaiveTime, Option<chrono::FixedOffset>)>, Refusal> {
        let Some(value) = self.value(field)? else { return Ok(None) };
        let not = || Refusal::NotATime(shown(&value), self.heading(field));
        let with_day = || {
            let moment = dates::parse(&value, self.settled.order(Field::Date))?;
            moment.time.filter(|_| moment.day == day && moment.offset.is_none())
        };
        let with_offset = || {
            let (clock, offset) = times::offset(&value);
            Some((time(clock)?, Some(offset?)))
        };
        let bare = time(&value).or_else(with_day).map(|time| (time, None));
        bare.or_else(with_offset).map(Some).ok_or_else(not)
    }

    /// The text as it is, for what is compared with known words.
    pub(super) fn word(&self, field: Field) -> Result<Option<Cow<'a, str>>, Refusal> {
        self.value(field)
    }
}
