//! Untrusted text made harmless, and cut to Discord's limits.

use super::Audience;
use crate::count::grouped;
use crate::reading::addresses;

/// Removes what people cannot see and could be deceived by, and escapes what Discord would format,
/// link or mention. One line: breaks become spaces.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in visible(text) {
        match character {
            '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '>' | '[' | ']' | '(' | ')' | '#' => {
                escaped.push('\\');
                escaped.push(character);
            }
            // A zero-width space behind it: no mention of everyone, no link out of a bare address.
            '@' | ':' => {
                escaped.push(character);
                escaped.push('\u{200b}');
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// What people can see of a text, on one line, without towers of accents that reach into the lines
/// above and below.
fn visible(text: &str) -> impl Iterator<Item = char> {
    let mut accents = 0;
    text.chars().filter_map(move |character| match character {
        '\n' | '\r' | '\t' => Some(' '),
        // It does not end a tower: what is left out stands between none.
        _ if is_invisible(character) => None,
        _ if character.is_whitespace() => Some(' '),
        _ => {
            accents = if is_accent(character) { accents + 1 } else { 0 };
            (accents <= STACKED_ACCENTS).then_some(character)
        }
    })
}

/// For the inside of a code span, where nothing is formatted: only what ends it, or hides, goes.
pub(crate) fn code(text: &str) -> String {
    let inner: String = visible(text).filter(|character| *character != '`').collect();
    if inner.trim().is_empty() { "–".to_owned() } else { format!("`{inner}`") }
}

/// For places where Discord formats nothing, like a menu: one line of what can be seen.
pub(crate) fn plain(text: &str) -> String {
    let seen =
        text.chars().filter(|character| !is_invisible(*character) || character.is_whitespace());
    let seen: String = seen.collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A link for `[text](link)`, or nothing when it is none that a person should follow.
pub(crate) fn link(url: &str) -> Option<&str> {
    let plain = url.bytes().all(|byte| byte.is_ascii_graphic() && !b"()<>\\\"`|".contains(&byte));
    let web = url.starts_with("https://") || url.starts_with("http://");
    (plain && web && url.len() <= LONGEST_LINK).then_some(url)
}

const LONGEST_LINK: usize = 500;

/// At most `limit` characters as Discord counts them (UTF-16 units), with an ellipsis where cut. Never
/// leaves half an escape at the end.
pub(crate) fn cut(text: &str, limit: usize) -> String {
    if length(text) <= limit {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut units = 1;
    for character in text.chars() {
        units += character.len_utf16();
        if units > limit {
            break;
        }
        kept.push(character);
    }
    let trailing = kept.chars().rev().take_while(|character| *character == '\\').count();
    if trailing % 2 == 1 {
        kept.pop();
    }
    kept.push('…');
    kept
}

/// As many whole lines as `limit` characters hold, at most so many; the last one says how many are left
/// out. Where a line is cut, half a sum of money looks like a smaller one.
pub(crate) fn whole_lines(lines: &[String], most: usize, limit: usize) -> String {
    first_lines(lines.get(..most).unwrap_or(lines), lines.len(), limit)
}

/// The same where these lines are the first of `all`.
pub(crate) fn first_lines(lines: &[String], all: usize, limit: usize) -> String {
    let fit = (0..=lines.len()).rev().map(|shown| {
        let rest = all.saturating_sub(shown);
        let rest = (rest > 0).then(|| format!("and {} more", grouped(rest)));
        lines.iter().take(shown).cloned().chain(rest).collect::<Vec<_>>().join("\n")
    });
    let mut fit = fit.filter(|text| length(text) <= limit);
    fit.next().unwrap_or_default()
}

/// The length that Discord counts.
pub(crate) fn length(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// A number in the digits and letters of 36, without leading zeros.
pub(crate) fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    while digits.is_empty() || number > 0 {
        let digit = u32::try_from(number % 36).unwrap_or_default();
        digits.extend(char::from_digit(digit, 36));
        number /= 36;
    }
    digits.iter().rev().collect()
}

/// More accents on one letter than any language writes.
const STACKED_ACCENTS: usize = 2;

fn is_accent(character: char) -> bool {
    matches!(character,
        '\u{0300}'..='\u{036f}' | '\u{0483}'..='\u{0489}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Control characters, bidirectional overrides and zero-width characters.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// An e-mail address of which others may see only enough to tell it from the next: `wo•••8@icloud.com`.
pub(crate) fn masked(email: &str) -> String {
    let Some((name, domain)) = email.rsplit_once('@') else { return "•••".to_owned() };
    let characters: Vec<char> = name.chars().collect();
    match characters.as_slice() {
        [first, second, .., last] if characters.len() > 3 => {
            format!("{first}{second}•••{last}@{domain}")
        }
        [first, ..] => format!("{first}•••@{domain}"),
        [] => format!("•••@{domain}"),
    }
}

/// A text as this audience may see it: others see addresses within it masked, wherever they stand.
pub(crate) fn shown_to(audience: Audience, text: &str) -> String {
    match audience {
        Audience::Private => text.to_owned(),
        Audience::Public => addresses::replaced(text, masked).into_owned(),
    }
}

/// Tracking numbers as an order has them, one by one.
pub(crate) fn listed(numbers: &str) -> impl Iterator<Item = &str> {
    numbers.split([',', '\n']).map(str::trim).filter(|number| !number.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_loses_its_teeth() {
        assert_eq!(escape("**bold** @everyone"), "\\*\\*bold\\*\\* @\u{200b}everyone");
        assert_eq!(
            escape("<@123> [x](https://e.com)"),
            "\\<@\u{200b}123\\> \\[x\\]\\(https:\u{200b}//e.com\\)"
        );
        assert_eq!(escape("a\u{202e}b\u{0}c\nd"), "abc d");
        for towering in ["e\u{301}\u{301}\u{301}\u{301}", "e\u{301}\u{301}\u{200b}\u{301}"] {
            assert_eq!(escape(towering), "e\u{301}\u{301}");
            assert_eq!(code(towering), "`e\u{301}\u{301}`");
        }
    }

    #[test]
    fn a_cut_ends_at_a_character_and_never_in_an_escape() {
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(cut("ab😀cd", 4), "ab…");
        assert_eq!(cut(&escape("ab*cd"), 4), "ab…");
        assert_eq!(cut("abc", 3), "abc");
    }

    #[test]
    fn lines_are_whole_or_counted() {
        let lines = ["$1,000.00", "$2,000.00", "$3,000.00"].map(str::to_owned);
        assert_eq!(whole_lines(&lines, 3, 29), lines.join("\n"));
        assert_eq!(whole_lines(&lines, 3, 28), "$1,000.00\nand 2 more");
        assert_eq!(whole_lines(&lines, 2, 800), "$1,000.00\n$2,000.00\nand 1 more");
        assert_eq!(whole_lines(&lines, 3, 12), "and 3 more");
        assert_eq!(whole_lines(&[], 3, 12), "");
    }

    #[test]
    fn only_plain_web_links_are_followed() {
        assert_eq!(link("https://e.com/a?b=1"), Some("https://e.com/a?b=1"));
        for bad in ["javascript:alert(1)", "https://e.com/a)b", "https://e.com/a b", "ftp://e.com"]
        {
            assert_eq!(link(bad), None, "{bad}");
        }
    }

    #[test]
    fn masks_keep_the_domain_and_little_else() {
        assert_eq!(masked("woolly.demo8@icloud.com"), "wo•••8@icloud.com");
        assert_eq!(masked("abc@example.com"), "a•••@example.com");
        assert_eq!(masked("nonsense"), "•••");
        let note = "for woolly.demo8@icloud.com";
        assert_eq!(shown_to(Audience::Public, note), "for wo•••8@icloud.com");
        assert_eq!(shown_to(Audience::Private, note), note);
    }
}
