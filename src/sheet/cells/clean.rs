//! What spreadsheets put around a value: `="1Z…"`, a leading `'`, blanks that cannot be seen.

use std::borrow::Cow;

use crate::reading::{is_blank, is_invisible, is_nothing};
use crate::sheet::headings::Writer;
use crate::sheet::line::Refusal;

/// Bytes of a cell; a spreadsheet's hold 32,767 characters.
pub(in crate::sheet) const MAX_CELL: usize = 128 * 1024;
/// Characters of a cell that a sentence shows.
const MAX_SHOWN: usize = 60;

fn trimmed(cell: &str) -> &str {
    cell.trim_matches(|letter| is_blank(letter) || is_invisible(letter))
}

/// Whether nothing can be seen in a cell.
pub(in crate::sheet) fn is_empty(cell: &str) -> bool {
    trimmed(cell).is_empty()
}

/// The beginning of a cell, for a sentence.
pub(in crate::sheet) fn shown(cell: &str) -> String {
    let words = cell.split(is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if words.chars().count() <= MAX_SHOWN {
        return words;
    }
    words.chars().take(MAX_SHOWN - 1).chain(['…']).collect()
}

/// The value of a cell; `None` where it stands for nothing.
pub(super) fn value(cell: &str, writer: Writer) -> Result<Option<Cow<'_, str>>, Refusal> {
    let text = trimmed(cell);
    let value = match text.strip_prefix('=') {
        _ if writer == Writer::Json => Cow::Borrowed(text),
        Some(formula) => Cow::Owned(quoted(formula).ok_or_else(|| Refusal::Formula(shown(text)))?),
        None => Cow::Borrowed(unguarded(text, writer == Writer::Export)),
    };
    let says_nothing = is_nothing(&value) || value.eq_ignore_ascii_case("#n/a");
    Ok(Some(value).filter(|_| !says_nothing))
}

/// The text of `="text"`, which is how a number is kept from being rounded.
fn quoted(formula: &str) -> Option<String> {
    let inner = formula.trim().strip_prefix('"')?.strip_suffix('"')?;
    let text = inner.replace("\"\"", "\u{0}");
    (!text.contains('"')).then(|| trimmed(&text.replace('\u{0}', "\"")).to_owned())
}

/// Without the apostrophe that keeps a text from being a formula or a number. One in front of a word is part of
/// it: `'90s` loses it, `'n' Roll` does not. What this program has written keeps it unless a formula would follow.
fn unguarded(text: &str, is_ours: bool) -> &str {
    let is_guard = |rest: &str| {
        if is_ours {
            let text = rest.trim_start_matches('\'');
            text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
        } else {
            !rest.starts_with(char::is_alphabetic)
        }
    };
    match text.strip_prefix('\'') {
        Some(rest) if is_guard(rest) => trimmed(rest),
        _ => text,
    }
}

/// A number as text: without apostrophes at its ends (American Express writes `'3202…'`), and with all of its digits.
pub(super) fn number(value: Cow<'_, str>) -> Result<Cow<'_, str>, Refusal> {
    if is_rounded(&value) {
        return Err(Refusal::Rounded(shown(&value)));
    }
    let bare = value.trim_matches(['\'', '’']);
    // `102003000000017.00`: a number in the form of one with decimals.
    let is_all =
        |text: &str, known: fn(&u8) -> bool| !text.is_empty() && text.as_bytes().iter().all(known);
    let whole = bare.split_once(['.', ',']).filter(|(digits, zeros)| {
        is_all(digits, u8::is_ascii_digit)
            && zeros.len() <= 2
            && is_all(zeros, |byte| *byte == b'0')
    });
    let bare = whole.map_or(bare, |(digits, _)| digits);
    if bare.len() == value.len() { Ok(value) } else { Ok(Cow::Owned(bare.to_owned())) }
}

/// A number of digits without the symbol of money that its cell of a workbook has for all of its numbers.
pub(super) fn without_symbol(value: Cow<'_, str>) -> Cow<'_, str> {
    let bare = value.trim_matches(['$', '€', '£', '¥', ' ']);
    let is_plain = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain && bare.len() < value.len() { Cow::Owned(bare.to_owned()) } else { value }
}

/// `1.02003E+14`: a spreadsheet has dropped digits. `12E34` is somebody's number.
pub(in crate::sheet) fn is_rounded(value: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some((number, power)) = value.split_once(['E', 'e']) else { return false };
    let number = number.strip_prefix(['-', '+', '\'']).unwrap_or(number);
    let marked = number.contains(['.', ',']);
    let plus = power.strip_prefix('+');
    let parts: Vec<&str> = number.split(['.', ',']).collect();
    parts.len() <= 2
        && parts.iter().all(|part| digits(part))
        && digits(plus.unwrap_or(power))
        && (marked || plus.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_spreadsheets_add_is_taken_off() {
        for (cell, text) in [
            ("=\"1Z999AA10123456784\"", Some("1Z999AA10123456784")),
            ("= \"a \"\"b\"\"\"", Some("a \"b\"")),
            ("'0012", Some("0012")),
            ("'=1+1", Some("=1+1")),
            ("'n' Roll", Some("'n' Roll")),
            ("\u{a0} x \u{200b}", Some("x")),
            ("=\"\"", None),
            (" - ", None),
            ("N/A", None),
            ("#N/A", None),
            ("", None),
            // A column that was too narrow, and words of a group: the cell says something.
            ("########", Some("########")),
            ("???", Some("???")),
            ("TBD", Some("TBD")),
            ("Not found", Some("Not found")),
        ] {
            assert_eq!(value(cell, Writer::Others).unwrap().as_deref(), text, "{cell}");
        }
        for cell in ["=A1+B1", "=HYPERLINK(\"a\",\"b\")", "="] {
            assert_eq!(value(cell, Writer::Others), Err(Refusal::Formula(cell.to_owned())));
        }
    }

    #[test]
    fn what_this_program_wrote_loses_only_the_guard_of_a_formula() {
        for (cell, text) in
            [("'90s Box", "'90s Box"), ("'=1+1", "=1+1"), ("'-5 °C", "-5 °C"), ("''=1", "'=1")]
        {
            assert_eq!(value(cell, Writer::Export).unwrap().as_deref(), Some(text), "{cell}");
        }
    }

    #[test]
    fn a_text_of_json_is_no_formula_and_has_no_guard() {
        for text in ["=1+1", "'90s Box", "'=x", "=\"a\""] {
            assert_eq!(value(text, Writer::Json).unwrap().as_deref(), Some(text));
        }
        assert_eq!(value(" N/A ", Writer::Json).unwrap(), None);
    }

    #[test]
    fn rounded_numbers_are_known() {
        for rounded in ["1.02003E+14", "1,02003e+14", "1E+14", "1.02003E14", "-1.0E+20", "'1.0E+20"]
        {
            assert!(is_rounded(rounded), "{rounded}");
        }
        for whole in ["12E34", "102003000000017", "E12", "BBY01-1E+5", "1.2.3E+4", "1E", ""] {
            assert!(!is_rounded(whole), "{whole}");
        }
        assert_eq!(number("102003000000017.0".into()).unwrap(), "102003000000017");
        assert_eq!(number("102003000000017.00".into()).unwrap(), "102003000000017");
        assert_eq!(number("102003000000017,00".into()).unwrap(), "102003000000017");
        assert_eq!(number("1234,000".into()).unwrap(), "1234,000");
        assert_eq!(number("'BBY01-1".into()).unwrap(), "BBY01-1");
        assert_eq!(number("1.5".into()).unwrap(), "1.5");
    }
}
