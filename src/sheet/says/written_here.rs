//! Telling our own file with the headings of the old sheet from that sheet.

use crate::sheet::cells::Cells;
use crate::sheet::field::Field;
use crate::sheet::line::Refusal;

/// Whether a workbook says so, or day and time of a text are written as our exports write them: a
/// spreadsheet of somebody's has the forms of a country, and what forms a workbook shows is not
/// known.
pub(super) fn is(cells: &Cells<'_>) -> Result<bool, Refusal> {
    if cells.is_ours {
        return Ok(true);
    }
    let (day, time) = (cells.word(Field::Date)?, cells.word(Field::Time)?);
    let has = |text: Option<&str>, form: &str| {
        let begins = text.and_then(|text| text.get(..form.len()));
        let fits = |(letter, of_form): (char, char)| match of_form {
            '0' => letter.is_ascii_digit(),
            sign => letter == sign,
        };
        begins.is_some_and(|text| text.chars().zip(form.chars()).all(fits))
    };
    Ok(cells.is_text && has(day.as_deref(), "0000-00-00") && has(time.as_deref(), "00:00:00"))
}
