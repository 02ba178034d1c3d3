//! What belongs to a label: beside it, below it, or nothing.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::cards::labelled;
use super::super::look::{Look, Place, ascii};
use super::super::values::{is_harmless, line_end, looks_secret, rest_of_line, word_at};
use super::lines::{begins_label, is_blank};
use super::phrases::Kind;

/// Words that may stand between a label and the mark behind it, whole: a password may begin with one of them.
static QUALIFIERS: LazyLock<Regex> = LazyLock::new(|| {
    ascii(concat!(
        r"^(?:[ _.#/\-]{0,2}(?:(?:codes?|numbers?|no|num|nr|value|id|key|token|header|cookie|string|data|date|month|",
        r"year|for [a-z0-9]+)+(?:\b|_)|#|\([^)\n]{0,24}\))){0,4}",
        r#"[_"'\])>]{0,4}"#
    ))
});
/// What stands between a label and its value.
static SIGN: LazyLock<Regex> = LazyLock::new(|| {
    ascii(concat!(
        r"^(?:(?P<colon> ?[:=]+>?)|(?P<mark> (?:-{1,2}>?|[–—→»|>•·⇒➜➔]+)(?: |$)|[→»|⇒➜➔—•])|",
        r"(?P<word> (?:is|are|was|ist|lautet|est|es)(?: |:)|(?: ?(?:是|为|為|は) ?:?))|(?P<gap>[;,]? )|(?P<line>\n|$))"
    ))
});
/// A few digits or letters: `984`, `556 677`, `G-556677`, `AB12-CD34`.
static CODE: LazyLock<Regex> =
    LazyLock::new(|| ascii(r"^[a-z0-9]+(?:-[a-z0-9]+)*(?: [0-9]{1,6}\b)*"));
static DIGITS: LazyLock<Regex> = LazyLock::new(|| ascii(r"^[0-9]{3,8}\b|^[0-9]{3}[ \-][0-9]{3}\b"));
/// `12/28`, `12 / 2028`, `1228`, `2028-12`, `Dec 2028`; a whole date is another thing's.
static EXPIRY: LazyLock<Regex> = LazyLock::new(|| {
    ascii(concat!(
        r"^(?:[a-z]{3,9}\.?,? ?(?:20)?[0-9]{2}\b|[0-9]{1,2} ?[/.\-| ] ?[0-9]{2,4}\b|[0-9]{4} ?[/\-] ?[0-9]{1,2}\b|",
        r"[0-9]{4}\b|[0-9]{6}\b)"
    ))
});
/// Lines below a label that may belong to its value.
const MAX_LINES: usize = 26;

/// How a label and its value are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    Colon,
    Mark,
    Word,
    Gap,
    Line,
}

/// A label that was found.
#[derive(Clone, Copy)]
pub(super) struct Label<'t> {
    pub(super) text: &'t str,
    pub(super) raw: Look<'t>,
    pub(super) kind: Kind,
    pub(super) word: &'t str,
    /// What stands before it in its line, without marks.
    pub(super) before: &'t str,
}

impl Label<'_> {
    /// The secrets that belong to it; it ends at this byte.
    pub(super) fn values(self, end: usize) -> Vec<Range<usize>> {
        let at = |from: usize| self.text.get(from..).unwrap_or_default();
        if let Some(value) = self.in_tags(end).or_else(|| self.wrapped(end)) {
            return vec![value];
        }
        let end = end + QUALIFIERS.find(at(end)).map_or(0, |found| found.end());
        let Some(sign) = SIGN.captures(at(end)) else { return Vec::new() };
        let from = end + sign.get(0).map_or(0, |sign| sign.end());
        let is = |name: &str| sign.name(name).is_some();
        let rest = at(from).chars().find(|mark| *mark == '\n' || mark.is_alphanumeric());
        let blank = rest.is_none_or(|mark| mark == '\n');
        let joint = match () {
            () if blank || is("line") => Joint::Line,
            () if is("colon") => Joint::Colon,
            () if is("mark") => Joint::Mark,
            () if is("word") => Joint::Word,
            () => Joint::Gap,
        };
        if joint == Joint::Line {
            return self.below(end);
        }
        let Some(value) = self.beside(joint, from) else { return Vec::new() };
        let mut values = vec![value];
        if self.kind == Kind::List {
            values.extend(self.lines(line_end(self.text, from)));
        }
        values.into_iter().filter(|value| !self.says_nothing(value)).collect()
    }

    pub(super) fn part(&self, part: &Range<usize>) -> &str {
        self.text.get(part.clone()).unwrap_or_default()
    }

    pub(super) fn says_nothing(&self, value: &Range<usize>) -> bool {
        is_harmless(self.part(value))
    }

    pub(super) fn looks_secret(&self, value: &Range<usize>) -> bool {
        looks_secret(self.raw.skeleton.raw(self.raw.raw, value))
    }

    /// Whether nothing but a few words stands before it.
    pub(super) fn leads(&self) -> bool {
        self.before.split(' ').count() <= 4
    }

    /// The value in the same line.
    fn beside(self, joint: Joint, from: usize) -> Option<Range<usize>> {
        let start = word_at(self.text, from).start;
        let rest = self.text.get(start..)?;
        let shaped = |shape: &Regex| shape.find(rest).map(|found| start..start + found.end());
        match self.kind {
            Kind::Card => labelled(self.text, start),
            Kind::Expiry => self.expiry(start),
            Kind::Digits => {
                let least = if joint == Joint::Gap { 5 } else { 4 };
                shaped(&DIGITS).filter(|value| value.len() >= least && self.ends_line(value.end))
            }
            Kind::Code | Kind::Plain if self.raw.place == Place::Name => {
                let digits = shaped(&DIGITS).filter(|value| self.ends_line(value.end));
                digits.filter(|_| self.kind == Kind::Code && joint != Joint::Gap)
            }
            Kind::Code if joint == Joint::Gap => shaped(&DIGITS),
            Kind::Code => self.code(start),
            Kind::Plain if joint == Joint::Gap || !self.before.is_empty() => {
                let word = word_at(self.text, from);
                let glued = joint != Joint::Gap || self.word == "pw";
                (glued && self.looks_secret(&word)).then_some(word)
            }
            Kind::Plain if self.word == "pin" => {
                self.code(start).filter(|value| self.ends_line(value.end) || value.len() > 4)
            }
            // `Secret: ` may begin a product's name, and a webhook shows what it is.
            Kind::Field if self.word.ends_with("secret") && joint == Joint::Colon => {
                Some(word_at(self.text, from)).filter(|word| self.looks_secret(word))
            }
            Kind::Field => None,
            Kind::Plain | Kind::Password | Kind::Opaque | Kind::List => self.opaque(joint, from),
        }
    }

    /// Whether no word follows in the line.
    fn ends_line(&self, end: usize) -> bool {
        let to = self.text.ceil_char_boundary(end.saturating_add(64));
        let rest = self.text.get(end..to).unwrap_or_default();
        !rest
            .split(['\n', '|', ';', '•', ','])
            .next()
            .is_some_and(|rest| rest.chars().any(char::is_alphanumeric))
    }

    fn code(self, start: usize) -> Option<Range<usize>> {
        let found = CODE.find(self.text.get(start..)?)?;
        let value = start..start + found.end();
        let said = self.part(&value);
        let digits = said.bytes().filter(u8::is_ascii_digit).count();
        let first = said.split(' ').next().unwrap_or_default();
        // `Security Code: Book 4` and `PIN: 4 Piece Set` are names of products.
        let is_name = first.bytes().all(|byte| byte.is_ascii_alphabetic())
            && first.len() < said.len()
            || (digits < 3 && !self.ends_line(value.end));
        let is_word = self.leads() && value.len() >= 4;
        (!is_name && (digits > 0 || is_word)).then_some(value)
    }

    fn expiry(self, start: usize) -> Option<Range<usize>> {
        let rest = self.text.get(start..)?;
        let found = EXPIRY.find(rest)?;
        let after = rest.get(found.end()..)?;
        let goes_on = after.starts_with(['/', '-', '.'])
            && after.chars().nth(1).is_some_and(|next| next.is_ascii_digit());
        (!goes_on).then(|| start..start + found.end())
    }

    fn opaque(self, joint: Joint, from: usize) -> Option<Range<usize>> {
        let word = word_at(self.text, from);
        let single = || (!self.says_nothing(&word)).then(|| word.clone());
        let secret = self.looks_secret(&word) || self.part(&word).len() >= 24;
        let of_password = self.kind == Kind::Password || self.word.starts_with("pass");
        match joint {
            _ if self.raw.place == Place::Name => {
                single().filter(|_| secret && joint != Joint::Gap)
            }
            Joint::Colon if self.leads() => {
                Some(rest_of_line(self.text, from)).filter(|rest| !self.may_be_name(rest))
            }
            Joint::Colon | Joint::Word | Joint::Mark if self.kind == Kind::List => {
                Some(rest_of_line(self.text, from))
            }
            Joint::Colon | Joint::Word => single(),
            Joint::Mark if of_password && self.leads() => Some(rest_of_line(self.text, from)),
            Joint::Mark => single().filter(|_| secret),
            Joint::Gap => {
                let names_one = of_password || ["bearer"].contains(&self.word);
                let long = self.word.contains("token") || self.word.contains("key");
                let long = long && self.part(&word).len() >= 12;
                let pairs = self.word.contains("cookie") && self.part(&word).contains('=');
                single().filter(|_| secret && (names_one || long || pairs))
            }
            Joint::Line => None,
        }
    }

    /// The value below a line that is nothing but the label.
    fn below(self, end: usize) -> Vec<Range<usize>> {
        if self.before.split(' ').count() > 3 || self.raw.place == Place::Name {
            return Vec::new();
        }
        let mut lines = self.lines(line_end(self.text, end));
        if self.kind != Kind::List {
            lines.truncate(1);
        }
        let fits = |value: &Range<usize>| {
            let from = word_at(self.text, value.start).start;
            match self.kind {
                Kind::Card => labelled(self.text, from).is_some(),
                Kind::Expiry => self.expiry(from).is_some(),
                Kind::Digits => {
                    let said = self.part(value).trim();
                    (4..=8).contains(&said.len()) && said.bytes().all(|byte| byte.is_ascii_digit())
                }
                Kind::Code | Kind::Plain => {
                    let words = self.part(value).split(' ').count();
                    words <= 3 && self.part(value).bytes().any(|byte| byte.is_ascii_digit())
                }
                Kind::Password | Kind::Opaque | Kind::List => true,
                Kind::Field => false,
            }
        };
        lines.into_iter().filter(|value| fits(value) && !self.says_nothing(value)).collect()
    }

    /// The lines from the end of this one to a blank one, or one that is a label itself.
    fn lines(self, end: usize) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut at = end;
        while at < self.text.len() && lines.len() < MAX_LINES {
            let to = line_end(self.text, at + 1);
            let line = at + 1..to;
            at = to;
            if is_blank(self.part(&line)) {
                // One blank line may stand between a label and its value.
                if lines.is_empty() && line.start == end + 1 {
                    continue;
                }
                break;
            }
            if begins_label(self.part(&line)) {
                break;
            }
            lines.push(line);
        }
        lines
    }
}
