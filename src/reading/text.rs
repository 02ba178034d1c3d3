//! Markdown off: what a person sees of a text, and the link behind it.

pub(super) mod digits;
pub(super) mod dress;
mod emphasis;
pub(super) mod letters;
pub(super) mod links;
pub(super) mod strip;
pub(super) mod tree;
pub(super) mod word_map;

use std::borrow::Cow;

use strip::strip;

/// A text without its markup.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Plain<'t> {
    /// One line, single spaces, nothing invisible.
    pub(super) text: Cow<'t, str>,
    /// Target of the first masked link.
    pub(super) link: Option<&'t str>,
}

/// Takes the markup off: spoilers, code, bold, links, custom emoji, `:shortcodes:`, escapes, letters of
/// decorative alphabets.
pub(super) fn plain(raw: &str) -> Plain<'_> {
    let bare = raw.trim_matches([' ', '|']);
    if bare.bytes().all(is_ordinary)
        && !bare.contains("  ")
        && (bare.len() == raw.len() || is_unwrapped(raw))
    {
        return Plain { text: Cow::Borrowed(bare), link: None };
    }
    strip(raw)
}

/// Bytes that never belong to markup, so that a text of these alone needs no work.
fn is_ordinary(byte: u8) -> bool {
    const ORDINARY: [bool; 256] = table(b" .,$-#@/()+%&'!?=;");
    ORDINARY.get(usize::from(byte)).copied().unwrap_or(false)
}

/// Letters, digits and these marks.
#[expect(clippy::indexing_slicing, reason = "evaluated at compile time, where a slip is an error")]
pub(super) const fn table(marks: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    let mut mark = 0;
    while mark < marks.len() {
        table[marks[mark] as usize] = true;
        mark += 1;
    }
    table
}

/// Whether what was trimmed is the spaces and the bars of spoilers, and no bar of the value itself.
fn is_unwrapped(raw: &str) -> bool {
    let bars = |text: &mut dyn Iterator<Item = char>| {
        text.take_while(|character| matches!(character, ' ' | '|'))
            .filter(|character| *character == '|')
            .count()
    };
    bars(&mut raw.chars()) % 2 == 0 && bars(&mut raw.chars().rev()) % 2 == 0
}

/// Drops what is struck through: `~~$99.99~~ $79.99` costs $79.99.
pub(super) fn without_struck(raw: &str) -> Cow<'_, str> {
    let marks = raw.matches("~~").count();
    if marks < 2 {
        return Cow::Borrowed(raw);
    }
    let paired = marks - marks % 2;
    let kept = raw.split("~~").enumerate().filter(|(index, _)| index % 2 == 0 || *index >= paired);
    Cow::Owned(kept.map(|(_, part)| part).collect::<Vec<_>>().join(" "))
}

/// Longer values say something.
const MAX_NOTHING: usize = 15;

/// Whether a value stands for "nothing", as people write it: blank, `N/A`, a dash, `none`, `unknown`.
pub(crate) fn is_nothing(plain: &str) -> bool {
    const NOTHING: [&str; 14] = [
        "n/a",
        "-",
        "--",
        "---",
        "—",
        "–",
        "―",
        "none",
        "null",
        "nil",
        "unknown",
        "undefined",
        "nan",
        "not available",
    ];
    plain.len() <= MAX_NOTHING
        && (plain.is_empty() || NOTHING.iter().any(|word| plain.eq_ignore_ascii_case(word)))
}

/// Whether a value of a message stands for "nothing": the same, or what programs put where they know none: `TBD`,
/// `[object Object]`, nothing but marks.
pub(crate) fn is_missing(plain: &str) -> bool {
    const NOT_KNOWN: [&str; 6] =
        ["not found", "not provided", "not set", "tbd", "tba", "[object object]"];
    let is_mark =
        |mark: char| mark.is_ascii_punctuation() || matches!(mark, '—' | '–' | '―' | '…' | ' ');
    let is_short = plain.len() <= MAX_NOTHING;
    let is_not_known = || NOT_KNOWN.iter().any(|word| plain.eq_ignore_ascii_case(word));
    is_nothing(plain) || (is_short && (plain.chars().all(is_mark) || is_not_known()))
}

/// Characters that take no room: zero-width ones, marks of direction, variation selectors.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{E0000}'..='\u{E01EF}')
}

/// Blank to the eye, although not all of these are white space to Unicode.
pub(crate) fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{2800}' | '\u{3164}' | '\u{115F}' | '\u{1160}' | '\u{FFA0}')
}

/// Drops a terminal's colour codes, which `ansi` blocks are full of.
pub(super) fn without_colours(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('\u{1B}') {
        return text;
    }
    let mut parts = text.split('\u{1B}');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part
            .strip_prefix('[')
            .map(|code| code.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';'));
        out.push_str(code.and_then(|after| after.strip_prefix('m')).unwrap_or(part));
    }
    Cow::Owned(out)
}

/// Without quote marks, bullets and headline marks. Three bullets in a row hide a number's beginning.
pub(crate) fn undecorated(line: &str) -> &str {
    let mut line =
        line.trim_matches(|character: char| is_blank(character) || is_invisible(character));
    while let Some(rest) =
        line.strip_prefix(['>', '•', '◦', '▪', '‣', '·', '●', '➤', '➜', '»', '→'])
        && !["•••", "▪▪▪", "···", "●●●", "◦◦◦"].iter().any(|mask| line.starts_with(mask))
    {
        line = rest.trim_start();
    }
    for mark in ["- ", "* ", "+ ", "-# ", "# ", "## ", "### "] {
        line = line.strip_prefix(mark).unwrap_or(line);
    }
    line.trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_text_stays() {
        for (raw, text) in [
            ("|| Demo Resi | http://host:5959/ ||", "Demo Resi | http://host:5959/"),
            ("||x|| :flag_us:", "x"),
            ("**Bold** and *italic* and __under__", "Bold and italic and under"),
            ("snake_case 5 * 3", "snake_case 5 * 3"),
            ("Card_with_*stars*_", "Card_with_*stars*_"),
            ("_init_ __dunder__name A*B*C 2*3*4", "init __dunder__name A*B*C 2*3*4"),
            ("4111**1111**9 a__b__c", "4111**1111**9 a__b__c"),
            ("**Item:**Demo **a**, (*b*) ***c*** _**d**_ **_e_**", "Item:Demo a, (b) c d e"),
            ("john***@example.com", "john***@example.com"),
            ("`code` ```block```", "code block"),
            ("```yaml\nProduct: A\n```", "Product: A"),
            (r"Item\_1 \*new\*", "Item_1 *new*"),
            ("<:pkg:123> a <@5> <#6> b <https://a.example>", "a b https://a.example"),
            ("<b>x</b> & co </orders:12>", "<b>x</b> & co"),
            ("a \u{200b}\u{a0} b\u{feff}", "a b"),
            ("1 < 2 > 0", "1 < 2 > 0"),
            ("[text", "[text"),
            ("10:30:45", "10:30:45"),
            ("𝗘𝘅𝗮𝗺𝗽𝗹𝗲 𝟮𝟲", "Example 26"),
        ] {
            assert_eq!(plain(raw).text, text, "{raw}");
        }
    }

    #[test]
    fn a_masked_link_gives_its_text_and_its_target() {
        for (raw, text, link) in [
            ("[#1](https://a.example/1)", "#1", "https://a.example/1"),
            (
                "|| [[Pre] B (6)](https://a.example/x_(y)/1) ||",
                "[Pre] B (6)",
                "https://a.example/x_(y)/1",
            ),
            ("[**A**](<https://a.example>)", "A", "https://a.example"),
        ] {
            let plain = plain(raw);
            assert_eq!((plain.text.as_ref(), plain.link), (text, Some(link)), "{raw}");
        }
        assert_eq!(plain("[A](relative)").link, None);
    }

    #[test]
    fn struck_text_is_dropped() {
        assert_eq!(without_struck("~~$99~~ $79").trim(), "$79");
        assert_eq!(without_struck("~~$99"), "~~$99");
    }
}
