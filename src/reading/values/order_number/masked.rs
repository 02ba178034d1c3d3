//! Numbers that show only a part of themselves: `#####4321`, `***4321`, `XXXX-4321`, `…4321`.

use crate::reading::text::is_invisible;

/// Longer values are looked at up to here.
const MAX_CHARACTERS: usize = 300;
/// More digits than this behind a mask are a number of their own.
const MAX_SHOWN: usize = 6;
/// As many digits in front of a mask are the whole number.
const WHOLE: usize = 12;

/// Whether a value, with its markup, shows only a part of a number. Such a value names no order.
pub(crate) fn is_masked(raw: &str) -> bool {
    may_hide(raw) && {
        let shown = raw.split("](").next().unwrap_or(raw);
        says_that_it_ends(shown) || has_mask(&runs(shown))
    }
}

/// A cheap look that passes by most whole numbers, and stops where a link's target begins.
fn may_hide(raw: &str) -> bool {
    let mut before = b' ';
    for byte in raw.bytes() {
        match byte {
            b'(' if before == b']' => return false,
            b'#' | b'*' | b'x' | b'X' | b'?' | b'.' | b'-' | b'_' if byte == before => return true,
            b'a'..=b'z' | b' ' | b'\\' | 0x80.. => return true,
            _ => before = byte,
        }
    }
    false
}

/// `ending in 4321`, `last 4: 4321`.
pub(crate) fn says_that_it_ends(raw: &str) -> bool {
    const WORDS: [&str; 11] = [
        "ending in ",
        "ending with ",
        "ending on ",
        "ends in ",
        "ends with ",
        "last 4",
        "last four",
        "endet auf ",
        "terminant par ",
        "termina en ",
        "termina em ",
    ];
    if !raw.contains(' ') || raw.len() > MAX_CHARACTERS {
        return false;
    }
    let lower = raw.to_lowercase();
    WORDS.iter().filter_map(|words| lower.split_once(words)).any(|(_, after)| {
        let after = after.trim_start_matches(|mark: char| !mark.is_alphanumeric());
        let after = after.strip_prefix("digits").unwrap_or(after);
        let after = after.trim_start_matches(|mark: char| !mark.is_alphanumeric());
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        (2..=MAX_SHOWN).contains(&digits)
    })
}

/// What a value is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    Digits(usize),
    /// The character that hides, and how many of it stand there.
    Mask(char, usize),
    Letters,
    Hyphen,
    Space,
}

impl Run {
    fn of(character: char) -> Self {
        match character {
            '#' | '＃' => Self::Mask('#', 1),
            '*' | '＊' | '∗' | '⁎' | '•' | '●' | '∙' | '·' | '○' | '◦' | '▪' | '■' | '█' | '▓'
            | '▒' | '░' | '×' | '_' => Self::Mask('*', 1),
            'x' | 'X' => Self::Mask('x', 1),
            '?' | '.' | '-' => Self::Mask(character, 1),
            '…' | '‥' | '⋯' => Self::Mask('.', 2),
            _ if character.is_numeric() => Self::Digits(1),
            _ if character.is_alphabetic() => Self::Letters,
            _ => Self::Space,
        }
    }

    /// Joins the next run, if it is of the same kind.
    fn joined(self, next: Self) -> Option<Self> {
        match (self, next) {
            (Self::Digits(one), Self::Digits(other)) => Some(Self::Digits(one + other)),
            (Self::Mask(mark, one), Self::Mask(same, other)) if mark == same => {
                Some(Self::Mask(mark, one + other))
            }
            (Self::Letters, Self::Letters) | (Self::Space, Self::Space) => Some(self),
            _ => None,
        }
    }

    /// A single hyphen or point joins, and hides nothing.
    fn settled(self) -> Self {
        match self {
            Self::Mask('-' | '.', 1) => Self::Hyphen,
            Self::Mask('x', 1 | 2) => Self::Letters,
            other => other,
        }
    }

    fn hides(self) -> bool {
        match self {
            Self::Mask('.', count) => count >= 2,
            Self::Mask(_, count) => count >= 3,
            _ => false,
        }
    }
}

/// The runs of what a person sees: without spoilers, code marks, escapes and pairs of emphasis.
fn runs(raw: &str) -> Vec<Run> {
    let edge = |mark: char| mark.is_whitespace() || matches!(mark, '|' | '`' | '[');
    let mut text = raw.trim_matches(edge);
    for mark in ["***", "**", "__", "*", "_"] {
        let inner = text.strip_prefix(mark).and_then(|text| text.strip_suffix(mark));
        text = inner.filter(|inner| !inner.starts_with(['*', '_'])).unwrap_or(text);
    }
    let seen = text
        .chars()
        .take(MAX_CHARACTERS)
        .filter(|mark| !matches!(mark, '|' | '`' | '\\') && !is_invisible(*mark));
    let mut runs: Vec<Run> = Vec::new();
    for next in seen.map(Run::of) {
        match runs.last_mut().and_then(|last| last.joined(next).map(|joined| (last, joined))) {
            Some((last, joined)) => *last = joined,
            None => runs.push(next),
        }
    }
    runs.into_iter().map(Run::settled).collect()
}

/// Whether a mask touches digits, and not so many that they are the whole number.
fn has_mask(runs: &[Run]) -> bool {
    runs.iter().enumerate().filter(|(_, run)| run.hides()).any(|(at, run)| {
        let before = runs.get(..at).unwrap_or_default();
        let after = runs.get(at + 1..).unwrap_or_default();
        hides_the_beginning(*run, before, after) || hides_the_end(*run, before, after)
    })
}

fn hides_the_beginning(run: Run, before: &[Run], after: &[Run]) -> bool {
    let within_a_word = before.last() == Some(&Run::Letters);
    // `### 1001` is a headline, and `--- 1001` a line.
    let must_touch = matches!(run, Run::Mask('-' | '.', _) | Run::Mask('#', 3));
    if (matches!(run, Run::Mask('x', _)) && within_a_word) || (must_touch && touches_space(after)) {
        return false;
    }
    let mut rest =
        after.iter().skip_while(|run| run.hides() || matches!(run, Run::Hyphen | Run::Space));
    let shown = rest.next();
    let goes_on = rest.next() == Some(&Run::Hyphen) && matches!(rest.next(), Some(Run::Digits(_)));
    matches!(shown, Some(Run::Digits(2..=MAX_SHOWN))) && !goes_on
}

fn touches_space(after: &[Run]) -> bool {
    after.first() == Some(&Run::Space)
}

fn hides_the_end(run: Run, before: &[Run], after: &[Run]) -> bool {
    let asks_or_underlines = matches!(run, Run::Mask('?' | '-' | '#', _));
    let ends = matches!(after.first(), None | Some(Run::Space));
    let shown = before.iter().rev().take_while(|run| **run != Run::Space).map(|run| match run {
        Run::Digits(count) => *count,
        _ => 0,
    });
    let touches = matches!(before.last(), Some(Run::Digits(_) | Run::Hyphen));
    !asks_or_underlines && ends && touches && (1..WHOLE).contains(&shown.sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_number_is_no_number() {
        for value in [
            "#####4321",
            "##### 4321",
            "***4321",
            r"\*\*\*4321",
            r"**\*\*\*4321**",
            "||***4321||",
            "`***4321`",
            "[#####4321](https://shop.example.com/1)",
            "XXXX-4321",
            "xxx-xxx-4321",
            "****-****-4321",
            "**** **** 4321",
            "•••• 4321",
            "…4321",
            "...4321",
            "____4321",
            "-----4321",
            "1020****0061",
            "1020xxxxxx61",
            "BBY01-8071…",
            "BBY01-8071...",
            "1020*****",
            "Order #####4321",
            "ending in 4321",
            "ends with **4321**",
            "last 4: 4321",
            "Last four digits: 4321",
            "ENDING IN 4321",
            "LAST 4: #4321",
            "ending in 43",
            "***43",
            "***432100",
            "10200300000*****",
            "****4321 2 items",
        ] {
            assert!(is_masked(value), "{value}");
        }
    }

    #[test]
    fn a_whole_number_is_not_masked() {
        for value in [
            "",
            "1001",
            "#1001",
            "##1001",
            "### 1001",
            "--- 1001",
            "***1001***",
            "**1001**",
            "**BBY01-807100000011**",
            "***102003000000017",
            "...102003000000017",
            "102003000000017...",
            "XX-12345",
            "EXXX1234",
            "XXL 1234",
            "EX1234567",
            "A..B",
            "1001???",
            "2x Example - $10.00",
            "Ends with a bang",
            "***112-0000001-0000001",
            "ending in 4",
            "***4",
            "***4321000",
            "102003000000*****",
        ] {
            assert!(!is_masked(value), "{value}");
        }
    }
}
