//! Markdown off: what a person sees of a text, and the link behind it.

use std::borrow::Cow;

use super::links::Links;

/// A text without its markup.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Plain<'t> {
    /// One line, single spaces, nothing invisible.
    pub(super) text: Cow<'t, str>,
    /// Target of the first masked link.
    pub(super) link: Option<&'t str>,
}

/// Takes the markup off: spoilers, code, bold, links, custom emoji, `:shortcodes:`, escapes.
pub(super) fn plain(raw: &str) -> Plain<'_> {
    let bare = raw.trim_matches([' ', '|']);
    if bare.bytes().all(is_ordinary)
        && !bare.contains("  ")
        && (bare.len() == raw.len() || is_unwrapped(raw))
    {
        return Plain { text: Cow::Borrowed(bare), link: None };
    }
    let links = Links::find(raw);
    let mut stripper = Stripper {
        out: String::with_capacity(raw.len()),
        space: false,
        previous: ' ',
        stars: Runs::count(raw, '*'),
        underscores: Runs::count(raw, '_'),
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

/// Bytes that never belong to markup, so that a text of these alone needs no work.
fn is_ordinary(byte: u8) -> bool {
    const ORDINARY: [bool; 256] = table(b" .,$-#@/()+%&'!?=;");
    ORDINARY.get(usize::from(byte)).copied().unwrap_or(false)
}

/// Bytes that stand for themselves wherever they stand: ordinary ones without the space.
fn is_wordy(byte: u8) -> bool {
    const WORDY: [bool; 256] = table(b".,$-#@/()+%&'!?=;");
    WORDY.get(usize::from(byte)).copied().unwrap_or(false)
}

/// Letters, digits and these marks.
#[expect(clippy::indexing_slicing, reason = "evaluated at compile time, where a slip is an error")]
const fn table(marks: &[u8]) -> [bool; 256] {
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

/// Whether a value stands for "nothing": blank, invisible, `N/A`, a dash, `none`, `unknown`.
pub(super) fn is_missing(plain: &str) -> bool {
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
    plain.len() <= 13
        && (plain.is_empty() || NOTHING.iter().any(|word| plain.eq_ignore_ascii_case(word)))
}

/// Characters that take no room: zero-width ones, marks of direction, variation selectors.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{E0000}'..='\u{E01EF}')
}

/// Blank to the eye, although not all of these are white space to Unicode.
pub(super) fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{2800}' | '\u{3164}' | '\u{115F}' | '\u{1160}' | '\u{FFA0}')
}

/// How many runs of an emphasis mark a text holds: the last one of an odd number marks nothing.
struct Runs {
    seen: usize,
    total: usize,
}

impl Runs {
    fn count(raw: &str, mark: char) -> Self {
        let mut total = 0;
        if !raw.contains(mark) {
            return Self { seen: 0, total };
        }
        let mut before = ' ';
        for character in raw.chars() {
            total += usize::from(character == mark && before != mark && before != '\\');
            before = character;
        }
        Self { seen: 0, total }
    }

    /// Whether the run that begins here is one of a pair.
    fn take(&mut self) -> bool {
        self.seen += 1;
        self.seen < self.total || self.total.is_multiple_of(2)
    }
}

/// Walks over a text and keeps what a person sees.
struct Stripper {
    out: String,
    space: bool,
    previous: char,
    stars: Runs,
    underscores: Runs,
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
            self.push(first);
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
        let run = rest.chars().take_while(|character| *character == mark).count();
        let next = rest.chars().nth(run).unwrap_or(' ');
        let runs = if mark == '*' { &mut self.stars } else { &mut self.underscores };
        let paired = runs.take();
        let within = if mark == '*' {
            is_blank(self.previous) && is_blank(next) && !self.out.is_empty()
        } else {
            self.previous.is_alphanumeric() && next.is_alphanumeric()
        };
        if within || !paired {
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
    let named = name.starts_with([':', '/']) || name.starts_with("a:");
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
