//! Walks over a text once and keeps what a person sees of it.

use std::borrow::Cow;

use super::emphasis::paired;
use super::letters::undecorated;
use super::links::Links;
use super::{Plain, is_blank, is_invisible, table};

/// Takes the markup off a text that holds some.
pub(crate) fn strip(raw: &str) -> Plain<'_> {
    let links = Links::find(raw);
    let mut stripper = Stripper {
        out: String::with_capacity(raw.len()),
        space: false,
        previous: ' ',
        length: raw.len(),
        marks: paired(raw),
    };
    let mut at = 0;
    while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
        at = match links.jump(at) {
            Some(after) => after,
            None => at + stripper.step(rest),
        };
    }
    Plain { text: Cow::Owned(stripper.out), link: links.first_target(raw) }
}

/// Bytes that stand for themselves wherever they stand: ordinary ones without the space.
fn is_wordy(byte: u8) -> bool {
    const WORDY: [bool; 256] = table(b".,$-#@/()+%&'!?=;");
    WORDY.get(usize::from(byte)).copied().unwrap_or(false)
}

/// Walks over a text and keeps what a person sees.
struct Stripper {
    out: String,
    space: bool,
    previous: char,
    /// Of the whole text, in bytes.
    length: usize,
    /// Where the runs of `*` and `_` begin that are markup.
    marks: Vec<usize>,
}

impl Stripper {
    /// Reads one thing at the beginning of `rest` and returns its length in bytes.
    fn step(&mut self, rest: &str) -> usize {
        let wordy = rest.bytes().take_while(|byte| is_wordy(*byte)).count();
        if let Some(run) = rest.get(..wordy).filter(|run| !run.is_empty()) {
            self.push_run(run);
            return wordy;
        }
        let Some(first) = rest.chars().next() else { return 1 };
        let skipped = match first {
            '\\' => return self.escape(rest),
            '|' if rest.starts_with("||") => 2,
            '~' if rest.starts_with("~~") => 2,
            '`' => code_mark(rest),
            '*' | '_' => return self.emphasis(rest, first),
            '<' => return self.angle(rest),
            ':' if !self.previous.is_alphanumeric() => shortcode(rest),
            _ if is_invisible(first) => first.len_utf8(),
            _ => 0,
        };
        if skipped == 0 {
            self.push(undecorated(first).unwrap_or(first));
            return first.len_utf8();
        }
        skipped
    }

    fn push(&mut self, character: char) {
        self.previous = character;
        if is_blank(character) {
            self.space = true;
            return;
        }
        if self.space && !self.out.is_empty() {
            self.out.push(' ');
        }
        self.space = false;
        self.out.push(character);
    }

    fn push_run(&mut self, run: &str) {
        if self.space && !self.out.is_empty() {
            self.out.push(' ');
        }
        self.space = false;
        self.out.push_str(run);
        self.previous = run.chars().next_back().unwrap_or(' ');
    }

    fn escape(&mut self, rest: &str) -> usize {
        match rest.chars().nth(1) {
            Some(escaped) if escaped.is_ascii_punctuation() => {
                self.push(escaped);
                2
            }
            _ => {
                self.push('\\');
                1
            }
        }
    }

    /// `**bold**` goes; `5 * 3`, `snake_case` and a mark without its partner stay.
    fn emphasis(&mut self, rest: &str, mark: char) -> usize {
        let run = rest.bytes().take_while(|byte| char::from(*byte) == mark).count();
        let is_markup = self.marks.binary_search(&(self.length - rest.len())).is_ok();
        let at_edge = || {
            let ends = rest.get(run..).is_some_and(|after| after.trim().is_empty());
            run > 1 && !self.previous.is_alphanumeric() && (self.out.is_empty() || ends)
        };
        if !is_markup && !at_edge() {
            (0..run).for_each(|_| self.push(mark));
        }
        run
    }

    /// `<https://...>` is a link without a preview; `<:name:1>`, `<@1>` and their like are dropped.
    fn angle(&mut self, rest: &str) -> usize {
        let inner = rest.get(1..).unwrap_or_default();
        let end = inner.find(|character: char| {
            character == '>' || character == '<' || character.is_whitespace()
        });
        let closed = end.and_then(|end| inner.get(..end).zip(inner.get(end..)));
        let Some((name, _)) = closed.filter(|(_, after)| after.starts_with('>')) else {
            self.push('<');
            return 1;
        };
        if name.starts_with("http") || name.starts_with("t:") {
            name.chars().for_each(|character| self.push(character));
        } else if !is_mention(name) {
            self.push('<');
            return 1;
        }
        name.len() + 2
    }
}

/// What stands between `<` and `>` in a mention of a person, role, channel or command, or in an emoji.
fn is_mention(name: &str) -> bool {
    let id = name.trim_start_matches(['@', '#', '&', '!']);
    let of_command = || name.starts_with('/') && name.contains(':');
    let named = name.starts_with(':') || name.starts_with("a:") || of_command();
    named || (id.len() < name.len() && id.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The length of a run of backticks, with the language that a block may name.
fn code_mark(rest: &str) -> usize {
    let run = rest.bytes().take_while(|byte| *byte == b'`').count();
    let language = rest.bytes().skip(run).take(16).take_while(u8::is_ascii_alphanumeric).count();
    let names_language =
        run == 3 && rest.get(run + language..).is_some_and(|after| after.starts_with('\n'));
    if names_language { run + language } else { run }
}

/// The length of `:white_check_mark:`, or nothing.
fn shortcode(rest: &str) -> usize {
    let name = rest.get(1..).unwrap_or_default();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-+".contains(byte);
    let length = name.bytes().take(40).take_while(is_name).count();
    let word = name.get(..length).unwrap_or_default();
    let closed = name.get(length..).is_some_and(|after| after.starts_with(':'));
    let named = length >= 2 && word.bytes().any(|byte| byte.is_ascii_alphabetic());
    if closed && named { length + 2 } else { 0 }
}
