//! A text as secrets are looked for in it: lower case, without markup, accents and invisible characters, and
//! with a way back to the text itself.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

use crate::reading::text::digits::plain_digit;
use crate::reading::text::letters::{push_folded, undecorated};
use crate::reading::text::{is_blank, is_invisible};

/// What is left of a text, and where each byte of it comes from.
#[derive(Debug, Default)]
pub(super) struct Skeleton {
    /// Lower case, no accents, no markup, digits of any script as `0` to `9`, lines ended by `\n`.
    pub(super) text: String,
    /// For each byte of `text`, the range of its character in the raw text. Empty: the same bytes.
    origins: Vec<(u32, u32)>,
}

impl Skeleton {
    pub(super) fn of(raw: &str) -> Self {
        if raw.bytes().all(is_plain) {
            return Self { text: raw.to_ascii_lowercase(), origins: Vec::new() };
        }
        let mut skeleton =
            Self { text: String::with_capacity(raw.len()), origins: Vec::with_capacity(raw.len()) };
        let mut characters = raw.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            if let Some(length) = seam(raw, at, character) {
                skeleton.push_part(at, length, '|');
                while characters.next_if(|next| next.0 < at + length).is_some() {}
            } else if !skip_mark(character, &mut characters) {
                skeleton.push(at, character);
            }
        }
        skeleton
    }

    fn push(&mut self, at: usize, character: char) {
        self.push_part(at, character.len_utf8(), character);
    }

    fn push_part(&mut self, at: usize, length: usize, character: char) {
        let bare = undecorated(character).unwrap_or_else(|| plain_digit(character));
        match bare {
            '\n' | '\r' => self.text.push('\n'),
            _ if is_blank(bare) => self.text.push(' '),
            _ => push_folded(bare, &mut self.text),
        }
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.origins.resize(self.text.len(), (place(at), place(at + length)));
    }

    /// The part of the raw text that a part of the skeleton was made of, with the marks that were opened in it
    /// and are closed behind it: the `||` of a spoiler.
    pub(super) fn origin(&self, raw: &str, part: &Range<usize>) -> Range<usize> {
        let first = self.origins.get(part.start);
        let last = part.end.checked_sub(1).and_then(|last| self.origins.get(last));
        let (Some(first), Some(last)) = (first, last) else {
            return part.start.min(raw.len())..part.end.min(raw.len());
        };
        let whole = first.0 as usize..last.1 as usize;
        let mut end = whole.end;
        for mark in ["||", "**", "__", "~~", "`"] {
            let opened =
                raw.get(whole.clone()).is_some_and(|cut| cut.matches(mark).count() % 2 == 1);
            if opened && raw.get(end..).is_some_and(|after| after.starts_with(mark)) {
                end += mark.len();
            }
        }
        whole.start..end
    }

    /// The raw text of a part of the skeleton.
    pub(super) fn raw<'t>(&self, raw: &'t str, part: &Range<usize>) -> &'t str {
        let first = self.origins.get(part.start).map_or(part.start, |first| first.0 as usize);
        let last = part.end.checked_sub(1).and_then(|last| self.origins.get(last));
        raw.get(first..last.map_or(part.end, |last| last.1 as usize)).unwrap_or_default()
    }
}

/// ASCII that is no mark.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b'\n' | b' '..=b'~') && !matches!(byte, b'*' | b'`' | b'|' | b'~' | b'_' | b'\\')
}

/// How long the marks are that end one dressed part and begin the next, with nothing between: `||a||||b||`.
fn seam(raw: &str, at: usize, character: char) -> Option<usize> {
    const MARKS: [char; 5] = ['|', '*', '~', '_', '`'];
    if !MARKS.contains(&character) {
        return None;
    }
    // Each row of marks is looked through once, at its first.
    let before = raw.get(..at)?.chars().next_back()?;
    if MARKS.contains(&before) || before.is_whitespace() {
        return None;
    }
    let rest = raw.get(at..)?;
    let inner = rest.trim_start_matches(MARKS);
    let length = rest.len() - inner.len();
    let is_seam = length >= 4 || rest.get(..length) == Some("``");
    (is_seam && inner.starts_with(char::is_alphanumeric)).then_some(length)
}

/// Whether a character is a mark, and goes; with those that belong to it.
fn skip_mark(character: char, rest: &mut Peekable<CharIndices<'_>>) -> bool {
    let mut doubled = || rest.next_if(|next| next.1 == character).is_some();
    match character {
        '*' | '`' => true,
        '|' | '~' | '_' => doubled(),
        '\\' => rest.peek().is_some_and(|next| next.1.is_ascii_punctuation()),
        '\r' => rest.peek().is_some_and(|next| next.1 == '\n'),
        '\u{1B}' => {
            skip_colour(rest);
            true
        }
        '\t' => false,
        _ => is_invisible(character) || (character.is_control() && character != '\n'),
    }
}

/// A terminal's colour code: `[1;31m`.
fn skip_colour(rest: &mut Peekable<CharIndices<'_>>) {
    if rest.next_if(|next| next.1 == '[').is_some() {
        while rest.next_if(|next| next.1.is_ascii_digit() || next.1 == ';').is_some() {}
        rest.next_if(|next| next.1 == 'm');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dress_goes_and_the_way_back_is_known() {
        for (raw, text, part, origin) in [
            ("||A@b.c||:||pw||", "a@b.c:pw", "pw", "pw"),
            ("||A@b.c||:||pw||", "a@b.c:pw", ":pw", ":||pw||"),
            ("**CVV:** `984`", "cvv: 984", "984", "984"),
            ("４１１１\u{200b} 1", "4111 1", "4111", "４１１１"),
            ("Contraseña", "contrasena", "na", "ña"),
            ("a\\:b\u{1b}[1;31mc", "a:bc", "bc", "b\u{1b}[1;31mc"),
            ("a_b __c__ | d", "a_b c | d", "c", "c"),
            ("||A@b.c||||pw||", "a@b.c|pw", "|pw", "||||pw"),
            ("`A@b.c``pw`", "a@b.c|pw", "|pw", "``pw"),
            ("plain", "plain", "lai", "lai"),
        ] {
            let skeleton = Skeleton::of(raw);
            assert_eq!(skeleton.text, text, "{raw}");
            let at = text.find(part).unwrap();
            let found = skeleton.origin(raw, &(at..at + part.len()));
            assert_eq!(raw.get(found), Some(origin), "{raw}");
        }
    }
}
