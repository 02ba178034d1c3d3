//! A line of a card's statement. Of its description only what can be an order's number is kept; card member,
//! account number, address and category are not read at all.

use std::sync::LazyLock;

use regex::Regex;

use crate::reading::{is_blank, order_number, pattern};
use crate::sheet::amount::Amount;
use crate::sheet::cells::Cells;
use crate::sheet::field::Field;
use crate::sheet::headings::Meaning;
use crate::sheet::line::Refusal;
use crate::sheet::moment::Moment;
use crate::sheet::rows::ChargeRow;

/// Numbers of a description that are kept.
const MAX_NUMBERS: usize = 8;
/// Words of a description that are looked up.
const MAX_OTHERS: usize = 32;
/// A shorter word of a description is a part of an address or a count.
const MIN_DIGITS: usize = 6;

/// Where American Express puts the order's number.
static STATED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)Description\s*:\s*([^\r\n]*?)\s*Price\s*:"));

pub(super) fn row(cells: &Cells<'_>) -> Result<ChargeRow, Refusal> {
    let day = cells.moment(Field::Date)?.ok_or(Refusal::NoDate)?;
    let mut amount = amount(cells)?.ok_or(Refusal::NoAmount)?;
    amount.currency = amount.currency.or(super::order::currency(cells)?);
    Ok(ChargeRow {
        order_numbers: order_numbers(cells)?,
        reference: cells.reference(Field::Reference)?,
        posted_on: Some(Moment { time: None, offset: None, ..day }),
        amount,
    })
}

/// What was charged, negative where it came back, by the column in which the bank says so. A row is one line of a
/// statement: it has one amount, however many columns repeat it.
fn amount(cells: &Cells<'_>) -> Result<Option<Amount>, Refusal> {
    let charged = cells.amount(Field::Charged)?.map(Amount::positive);
    let refunded = cells.amount(Field::Refunded)?.map(|back| back.positive().negated());
    let signed = cells.amount(Field::Amount)?;
    let negative = cells.amount(Field::NegativeAmount)?.map(Amount::negated);
    let all = [
        (Field::Charged, charged),
        (Field::Refunded, refunded),
        (Field::Amount, signed),
        (Field::NegativeAmount, negative),
    ];
    let all = all.into_iter().filter_map(|(field, amount)| Some((field, amount?)));
    let mut says = all.clone().filter(|(_, amount)| !amount.is_zero());
    let Some((field, amount)) = says.next() else {
        return Ok(all.map(|(_, amount)| amount).next());
    };
    // Beside a column for each direction the sign of another one may mean anything.
    let has_direction = |field| matches!(field, Field::Charged | Field::Refunded);
    let repeats = |(other, stated): &(Field, Amount)| {
        let turned = has_direction(field) && !has_direction(*other);
        let (one, stated) = (amount.bare(), stated.bare());
        one == stated || (turned && one == stated.negated())
    };
    match says.find(|stated| !repeats(stated)) {
        Some((other, _)) => Err(Refusal::TwoAmounts(cells.told(field)?, cells.told(other)?)),
        None => Ok(Some(amount)),
    }
}

pub(super) fn order_numbers(cells: &Cells<'_>) -> Result<Vec<String>, Refusal> {
    if cells.columns.place(Field::OrderNumber).is_some() {
        return Ok(vec![cells.order_number()?]);
    }
    let none = Refusal::NoNumberInDescription;
    let Some(description) = cells.lines(Field::Description)? else { return Err(none) };
    let numbers = match cells.columns.meaning {
        Meaning::Amex => stated(&description).into_iter().collect(),
        _ => possible(&description),
    };
    if numbers.is_empty() && others(cells).is_empty() { Err(none) } else { Ok(numbers) }
}

/// What is said in front of a short number that is an order's, whatever else stands around it.
static CALLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\bord(?:er)?\b[\s.:]*(?:(?:no|nr|number|num)\b)?[\s.:#]*(\d+)(?:[\s,;|)\]]|$)")
});

/// Words of a description that are numbers only where the ledger knows an order of them. A few digits alone are a day,
/// a postcode or the number of a store, unless nothing else stands there or they are called an order.
pub(super) fn others(cells: &Cells<'_>) -> Vec<String> {
    let columns = cells.columns;
    if columns.place(Field::OrderNumber).is_some() || columns.meaning == Meaning::Amex {
        return Vec::new();
    }
    let description = cells.lines(Field::Description).ok().flatten().unwrap_or_default();
    let likely = possible(&description);
    let parts = words(&description).flat_map(|word| word.split(['/', '_']).chain([word]));
    let is_alone = words(&description).filter(|word| !word.is_empty()).count() == 1;
    let called: Vec<&str> = CALLED
        .captures_iter(&description)
        .filter_map(|found| Some(found.get(1)?.as_str()))
        .collect();
    let is_plain = |number: &str| number.bytes().all(|byte| byte.is_ascii_digit());
    let mut numbers: Vec<String> = Vec::new();
    for number in parts.filter_map(order_number::normal) {
        let tells = !is_plain(&number) || is_alone || called.contains(&number.as_str());
        if tells && !likely.contains(&number) && !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers.truncate(MAX_OTHERS);
    numbers
}

/// The first number between `Description :` and `Price :` on a line.
fn stated(details: &str) -> Option<String> {
    let mut found = STATED.captures_iter(details).filter_map(|found| found.get(1));
    found.find_map(|number| order_number::normal(number.as_str()))
}

/// What may stand around a number.
const AROUND: &str = ",;|*()[]{}<>=:#\"'";
/// What may stand right in front of it.
const IN_FRONT: [&str; 3] = ["ORDER", "ORD", "NO"];

/// The words of a description that can be an order's number, those with the most digits first.
fn possible(description: &str) -> Vec<String> {
    let digits = |word: &str| word.bytes().filter(u8::is_ascii_digit).count();
    let mut numbers: Vec<String> = Vec::new();
    for number in words(description).filter_map(order_number::normal) {
        if digits(&number) >= MIN_DIGITS && !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers.sort_by_key(|number| std::cmp::Reverse(digits(number)));
    numbers.truncate(MAX_NUMBERS);
    numbers
}

/// The words of a description, also without a label in front.
fn words(description: &str) -> impl Iterator<Item = &str> {
    let words = description.split(|letter: char| is_blank(letter) || AROUND.contains(letter));
    words.flat_map(|word| [behind_label(word), Some(word)]).flatten()
}

/// What stands behind a label without a gap: `OrderBBY01-1`.
fn behind_label(word: &str) -> Option<&str> {
    let behind = |label: &&str| {
        let front = word.get(..label.len())?;
        word.get(label.len()..).filter(|_| front.eq_ignore_ascii_case(label))
    };
    IN_FRONT.iter().find_map(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_taken_from_its_line() {
        let details = "TARGET.COM          800-000-0000\nDescription : GENERAL GOODS Price : 0.00\n\
                       Description : 102003000000017 Price : 129.99\nQuantity : 1";
        assert_eq!(stated(details).as_deref(), Some("102003000000017"));
        assert_eq!(stated("Description : \nPrice : 3"), None);
        assert_eq!(
            stated("Description:BBY01-807100000011 Price:3").as_deref(),
            Some("BBY01-807100000011")
        );
        let words = "BESTBUYCOM* BBY01-807100000011 DEMO CITY 55423";
        assert_eq!(possible(words), ["BBY01-807100000011"]);
        assert_eq!(possible("COFFEE SHOP 12"), Vec::<String>::new());
    }
}
