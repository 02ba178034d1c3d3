//! Values that something tells apart from what is around them, and rows of words that are none.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::look::{Place, ascii};
use super::super::values::{before_in_line, is_harmless};
use super::phrases::Kind;
use super::value::Label;

/// A value in quotes or brackets right behind its label.
static WRAPPED: LazyLock<Regex> = LazyLock::new(|| {
    ascii(
        r#"^ ?(?:\((?P<a>[^() \n]+)\)|\[(?P<b>[^\[\] \n]+)\])|^ (?:"(?P<c>[^" \n]+)"|'(?P<d>[^' \n]+)')"#,
    )
});
/// Bytes of a value between tags.
const MAX_BYTES: usize = 512;
/// A seed phrase has as many words, a product's name has fewer.
const SEED_WORDS: usize = 12;
/// Words of a value that are looked at.
const MAX_WORDS: usize = 32;

impl Label<'_> {
    /// `<password>hunter2</password>`.
    pub(super) fn in_tags(&self, end: usize) -> Option<Range<usize>> {
        let opened = before_in_line(self.text, end).rsplit([' ', '>']).next()?.starts_with('<');
        let inner = self.text.get(end..)?.strip_prefix('>').filter(|_| opened)?;
        let value = inner
            .get(..inner.get(..inner.floor_char_boundary(MAX_BYTES))?.find("</")?)
            .filter(|value| !is_harmless(value))?;
        Some(end + 1..end + 1 + value.len())
    }

    /// `Password "hunter2"`, `CVV (984)`.
    pub(super) fn wrapped(&self, end: usize) -> Option<Range<usize>> {
        let found = WRAPPED.captures(self.text.get(end..)?)?;
        let value = ["a", "b", "c", "d"].into_iter().find_map(|name| found.name(name))?;
        let quoted = found.name("c").or_else(|| found.name("d")).is_some();
        let value = end + value.start()..end + value.end();
        let fits = match self.kind {
            Kind::Code | Kind::Digits => {
                let said = self.part(&value);
                (3..=8).contains(&said.len()) && said.bytes().all(|byte| byte.is_ascii_digit())
            }
            Kind::Password => self.looks_secret(&value) || (quoted && self.leads()),
            Kind::Plain | Kind::Opaque => self.looks_secret(&value),
            _ => false,
        };
        let fits = fits && self.raw.place != Place::Name && !self.says_nothing(&value);
        fits.then_some(value)
    }

    /// Whether several plain words stand behind a word that may begin a product's name: `Pass: The Game`.
    pub(super) fn may_be_name(&self, rest: &Range<usize>) -> bool {
        const WORDS: [&str; 8] =
            ["token", "tokens", "cookie", "cookies", "session", "sessions", "bearer", "seed"];
        let mut from = rest.start;
        let words = self.part(rest).split(' ').take(MAX_WORDS).map(|word| {
            let range = from..from + word.len();
            from = range.end + 1;
            range
        });
        let words: Vec<Range<usize>> = words.filter(|word| !word.is_empty()).collect();
        (self.kind == Kind::Plain || WORDS.contains(&self.word))
            && (2..SEED_WORDS).contains(&words.len())
            && !words.first().is_some_and(|word| self.looks_secret(word))
            && !words.iter().any(|word| word.len() >= 8 && self.looks_secret(word))
    }
}
