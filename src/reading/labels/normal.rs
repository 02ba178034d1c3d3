//! The one spelling of a label.

use crate::reading::text::letters::{half_width, push_folded};
use crate::reading::text::{is_blank, is_invisible, plain};

/// A label without marks, emoji, capitals and accents: `**📦 OrderNumber:**` is `order number`.
pub(super) fn normal(raw: &str) -> String {
    let plain = plain(raw);
    let text = unwrapped(plain.text.trim_end_matches([':', '：', '.', ' ']));
    let mut name = String::with_capacity(text.len() + 2);
    if text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ') {
        name.push_str(text);
        return name;
    }
    let mut before = ' ';
    for character in text.chars() {
        let character = half_width(character).unwrap_or(character);
        let breaks = character.is_uppercase() && before.is_lowercase();
        let glued = matches!(character, '#' | '(') && !matches!(before, ' ' | '(');
        if (breaks || glued) && !name.ends_with(' ') {
            name.push(' ');
        }
        match character {
            _ if is_ornament(character) => {
                if !name.is_empty() && !name.ends_with(' ') {
                    name.push(' ');
                }
            }
            _ if character.is_ascii() => name.push(character.to_ascii_lowercase()),
            _ => push_folded(character, &mut name),
        }
        before = character;
    }
    let end = name.trim_end_matches([' ', ':', '.']).len();
    name.truncate(end);
    name
}

/// `[Order Number]`, `【Order Number】`.
fn unwrapped(text: &str) -> &str {
    const PAIRS: [(char, char); 5] =
        [('[', ']'), ('【', '】'), ('(', ')'), ('「', '」'), ('〔', '〕')];
    let inner = |(open, close): (char, char)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains([open, close])).then_some(inner.trim())
    };
    PAIRS.into_iter().find_map(inner).unwrap_or(text)
}

/// What decorates a label: spaces and `_`, emoji, arrows, bullets.
fn is_ornament(character: char) -> bool {
    is_blank(character)
        || is_invisible(character)
        || matches!(character, '_' | '•' | '·' | '|' | '>' | '»' | '→' | '▪' | '‣' | '*' | '~')
        || matches!(character, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{20E3}')
}
