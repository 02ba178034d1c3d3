//! Numbers as people write them: groups of thousands, decimals behind a point or a comma.

/// Decimals looked at: more than any currency has, so that the rest can be rounded.
const MAX_DECIMALS: usize = 6;

/// A number as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    /// All digits in a row, those behind the decimal mark with them.
    pub(super) digits: i64,
    /// How many of the digits are decimals.
    pub(super) scale: u32,
    /// The one mark with three digits behind it: thousands or decimals, only the currency tells.
    pub(super) doubtful: Option<char>,
}

/// How far a number goes: digits, and separators between digits; a space only before three of them.
pub(super) fn length(text: &str) -> usize {
    let mut end = 0;
    let mut marked = false;
    for (at, character) in text.char_indices() {
        if character.is_ascii_digit() {
            end = at + 1;
            continue;
        }
        let after = text.get(at + character.len_utf8()..).unwrap_or_default();
        let digits = after.bytes().take(4).take_while(u8::is_ascii_digit).count();
        let goes_on = match character {
            '.' | ',' => digits > 0,
            '\'' | '’' => matches!(digits, 2 | 3),
            _ if is_space(character) => digits == 3 && end > 0 && !marked,
            _ => false,
        };
        if !goes_on || end != at {
            break;
        }
        marked |= matches!(character, '.' | ',');
    }
    end
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}')
}

/// Reads a number. `None` where its marks make no sense, as in `1.2.3`.
pub(super) fn parse(text: &str) -> Option<Number> {
    let mut marks = text.char_indices().filter(|(_, character)| !character.is_ascii_digit());
    let first = marks.next();
    let last = marks.next_back().or(first);
    let (Some((_, first)), Some((at, last))) = (first, last) else {
        return whole(text).map(|digits| Number { digits, scale: 0, doubtful: None });
    };
    let (head, tail) = (text.get(..at)?, text.get(at + last.len_utf8()..)?);
    let alone = head.bytes().all(|byte| byte.is_ascii_digit());
    // `26'99` has two decimals, `1'299` is more than a thousand.
    let decimal = match last {
        '.' | ',' => alone || first != last,
        '\'' | '’' => tail.len() == 2 && alone,
        _ => false,
    };
    if !decimal {
        return is_grouped(text, last).then(|| whole(text)).flatten().map(|digits| Number {
            digits,
            scale: 0,
            doubtful: None,
        });
    }
    if alone && tail.len() == 3 && (1..=3).contains(&head.len()) && !head.starts_with('0') {
        return whole(text).map(|digits| Number { digits, scale: 0, doubtful: Some(last) });
    }
    if !alone && !is_grouped(head, first) {
        return None;
    }
    let decimals = tail.len().min(MAX_DECIMALS);
    let digits = whole(text.get(..text.len() - tail.len() + decimals)?)?;
    Some(Number { digits, scale: u32::try_from(decimals).ok()?, doubtful: None })
}

/// Whether digits stand in groups of three; in India, groups of two stand in front of the last one.
fn is_grouped(text: &str, mark: char) -> bool {
    let (Some((first, _)), Some((_, last))) = (text.split_once(mark), text.rsplit_once(mark))
    else {
        return false;
    };
    let middle = || {
        let groups = text.split(mark).skip(1);
        groups.clone().take(groups.count().saturating_sub(1))
    };
    (1..=3).contains(&first.len())
        && last.len() == 3
        && (middle().all(|group| group.len() == 3)
            || (mark == ',' && middle().all(|group| group.len() == 2)))
}

/// The digits of a text as one number.
fn whole(text: &str) -> Option<i64> {
    let mut digits = text.bytes().filter(u8::is_ascii_digit);
    digits.try_fold(0_i64, |number, digit| {
        number.checked_mul(10)?.checked_add(i64::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_what_only_looks_like_one() {
        let sure = |digits, scale| Some(Number { digits, scale, doubtful: None });
        let doubtful = |digits, mark| Some(Number { digits, scale: 0, doubtful: Some(mark) });
        for (text, number) in [
            ("26", sure(26, 0)),
            ("26.99", sure(2_699, 2)),
            (".99", sure(99, 2)),
            ("1,299.99", sure(129_999, 2)),
            ("1.299,99", sure(129_999, 2)),
            ("1 299,99", sure(129_999, 2)),
            ("1\u{A0}299", sure(1_299, 0)),
            ("1'299.90", sure(129_990, 2)),
            ("1'299", sure(1_299, 0)),
            ("26'99", sure(2_699, 2)),
            ("1,29,999.00", sure(12_999_900, 2)),
            ("1.299.000", sure(1_299_000, 0)),
            ("1.299", doubtful(1_299, '.')),
            ("1,299", doubtful(1_299, ',')),
            ("0.988", sure(988, 3)),
            ("1299.988", sure(1_299_988, 3)),
            ("389.96999999999997", sure(389_969_999, 6)),
            ("1.2.3", None),
            ("1.24.3", None),
            ("192.168.1.1", None),
            ("1,2,3", None),
            ("1.299.99", None),
            ("1,299,99", None),
            ("12,3456.00", None),
            ("1,299.99,5", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(parse(text), number, "{text}");
        }
    }

    #[test]
    fn where_a_number_ends() {
        for (text, end) in [
            ("26.99 USD", "26.99"),
            ("1 299,99 €", "1 299,99"),
            ("10.00 200 pts", "10.00"),
            ("5 of 10", "5"),
            ("26.", "26"),
            ("26,-", "26"),
            ("12 34", "12"),
        ] {
            assert_eq!(text.get(..length(text)), Some(end), "{text}");
        }
    }
}
