//! Takes out what must never be stored or logged: share links, webhook URLs, tokens, passwords.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use crate::reading::text::letters::{half_width, undecorated};

/// What stands in the place of a secret.
pub const REMOVED: &str = "removed";
/// Passes over one text, since taking out one secret may join the halves of another.
const MAX_PASSES: usize = 6;

/// A field's value without secrets: all of it goes where the label, itself without secrets, names one.
pub(crate) fn value_of<'t>(name: &str, value: &'t str) -> Cow<'t, str> {
    if names_secret(name) {
        return match value {
            "" | REMOVED => Cow::Borrowed(value),
            _ => Cow::Owned(REMOVED.to_owned()),
        };
    }
    text(value)
}

/// Whether a label announces a secret: `Share Link`, `Password`.
fn names_secret(name: &str) -> bool {
    const WORDS: [&[u8]; 6] =
        [b"sharelink", b"password", b"webhook", b"bottoken", b"cvv", b"secret"];
    let mut word = [0_u8; 48];
    let mut length = 0;
    let mut take = |letter: u8| {
        if let Some(slot) = word.get_mut(length).filter(|_| letter.is_ascii_alphabetic()) {
            *slot = letter.to_ascii_lowercase();
            length += 1;
        }
    };
    if name.is_ascii() {
        name.bytes().for_each(take);
    } else {
        let letters = name.chars().map(bare).filter_map(|letter| u8::try_from(letter).ok());
        letters.for_each(&mut take);
    }
    let word = word.get(..length).unwrap_or_default();
    let begins = |at: usize| {
        let rest = word.get(at..).unwrap_or_default();
        WORDS.iter().any(|secret| rest.starts_with(secret))
    };
    let may_begin = |letter: &u8| matches!(letter, b's' | b'p' | b'w' | b'b' | b'c');
    word.iter().enumerate().any(|(at, letter)| may_begin(letter) && begins(at)) || word == b"share"
}

/// Any text without secrets: for logs, and for each part of a message. Words in bold letters of Unicode hide
/// no secret.
pub fn text(raw: &str) -> Cow<'_, str> {
    let decorated = !raw.is_ascii() && raw.chars().any(|letter| bare(letter) != letter);
    if decorated {
        let plain: String = raw.chars().map(bare).collect();
        if let Cow::Owned(clean) = of_plain(&plain) {
            return Cow::Owned(clean);
        }
    }
    of_plain(raw)
}

/// The letter that a decorated one stands for.
fn bare(letter: char) -> char {
    if letter.is_ascii() {
        return letter;
    }
    undecorated(letter).or_else(|| half_width(letter)).unwrap_or(letter)
}

fn of_plain(raw: &str) -> Cow<'_, str> {
    let mut current = Cow::Borrowed(raw);
    for _ in 0..MAX_PASSES {
        match pass(&current) {
            Some(changed) => current = Cow::Owned(changed),
            None => return current,
        }
    }
    if pass(&current).is_none() { current } else { Cow::Owned(REMOVED.to_owned()) }
}

/// One pass with every rule that could apply. `None` when nothing changes.
fn pass(text: &str) -> Option<String> {
    let signs = Signs::of(text);
    let mut changed: Option<String> = None;
    for rule in RULES.iter().filter(|rule| (rule.applies)(&signs)) {
        let current = changed.as_deref().unwrap_or(text);
        if let Cow::Owned(next) = rule.pattern.replace_all(current, rule.replacement)
            && next != current
        {
            changed = Some(next);
        }
    }
    changed
}

/// What a text holds that secrets are made of: one cheap look instead of every pattern.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each sign calls for rules of its own")]
struct Signs {
    colons: usize,
    at: bool,
    question: bool,
    slash: bool,
    /// A row of letters, digits, `.`, `-` and `_` as long as a bot's token.
    long: bool,
    password: bool,
    share: bool,
    webhook: bool,
}

impl Signs {
    fn of(text: &str) -> Self {
        let mut signs = Self::default();
        let mut row = 0;
        let bytes = text.as_bytes();
        let follows = |at: usize, word: &[u8]| {
            bytes
                .get(at + 1..at + 1 + word.len())
                .is_some_and(|part| part.eq_ignore_ascii_case(word))
        };
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b':' => signs.colons += 1,
                b'@' => signs.at = true,
                b'?' => signs.question = true,
                b'/' => {
                    signs.slash = true;
                    signs.webhook |= follows(at, b"webhooks/");
                }
                b'.' => signs.share |= follows(at, b"refractbot.com"),
                b'a' | b'A' => signs.password |= follows(at, b"ssword"),
                _ => {}
            }
            row = if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) { row + 1 } else { 0 };
            signs.long |= row >= 55;
        }
        signs
    }
}

struct Rule {
    pattern: Regex,
    replacement: &'static str,
    applies: fn(&Signs) -> bool,
}

/// Ends a link within markdown.
const LINK_END: &str = r#"\s)>\]"'|`"#;

/// Letters, digits and `_` within a class. The patterns keep to ASCII, which is many times faster.
const ASCII_WORD: &str = "0-9A-Za-z_";
/// The edge of an ASCII word.
const ASCII_EDGE: &str = r"(?-u:\b)";

static RULES: LazyLock<[Rule; 11]> = LazyLock::new(|| {
    let rule = |pattern: &str, replacement, applies| {
        let pattern =
            [("LINK_END", LINK_END), (r"\b", ASCII_EDGE), (r"\w", ASCII_WORD), (r"\d", "0-9")]
                .into_iter()
                .fold(pattern.to_owned(), |pattern, (from, to)| pattern.replace(from, to));
        Rule { pattern: self::pattern(&pattern), replacement, applies }
    };
    [
        rule(
            r"(?i)(?:https?://)?\bshare\.refractbot\.com[^LINK_END]*",
            REMOVED,
            |signs: &Signs| signs.share,
        ),
        rule(
            r"(?i)(?:https?://)?[a-z.]*discord(?:app)?\.com/api(?:/v[\d]+)?/webhooks/[^LINK_END]*",
            REMOVED,
            |signs| signs.webhook,
        ),
        rule(
            r"(?i)(https?://[^LINK_END?]+)\?[^LINK_END]*\b(?:key|token|auth|signature|password|secret)=[^LINK_END]*",
            "$1",
            |signs| signs.question,
        ),
        rule(r"(?i)\b([a-z][a-z0-9+.-]{1,12}://)[^\s/?#<>()\[\]|]*@", "$1", |signs| {
            signs.at && signs.slash
        }),
        rule(GLUED, "$name$mail$at", |signs| signs.at && signs.colons > 0),
        rule(r"\b((?:[\w-]+\.)+[\w-]+:[\d]{2,5}):[^\s/]\S*", "$1", |signs| signs.colons > 1),
        rule(r"\b([A-Za-z][\w-]*:[\d]{3,5}):[^\s:/]+:\S+", "$1", |signs| signs.colons > 2),
        rule(r"[^\s:@/|]+:[^\s:@/|]+:((?:[\w-]+\.)+[\w-]+:[\d]{2,5})\b", "$1", |signs| {
            signs.colons > 2
        }),
        rule(r"[\w-]{23,30}\.[\w-]{6,7}\.[\w-]{25,}", REMOVED, |signs| signs.long),
        rule(
            r"(?im)^(.{0,24}\bpassword\b[^:=\w\r\n]{0,6}[:=])[ \t]*[^\s*][^\r\n]*",
            "$1 removed",
            |signs| signs.password,
        ),
        rule(
            r"(?im)^([^\w\n]*(?:account |login |e-?mail )?password[^\w\n]*\n)[^\r\n]+",
            "${1}removed",
            |signs| signs.password,
        ),
    ]
});

/// `buyer@example.com:password`, also glued to its label, and `user:password@host:port`.
const GLUED: &str = concat!(
    r"(?i)(?P<name>\b(?:e-?mail|mail|account|login|mailto):)?",
    r"(?P<mail>[\w.%+*-]+@[\w-]+(?:\.[\w-]+)+):[^\s/]\S*",
    r"|[^\s:@/|(\[<]+:[^\s@]+@(?P<at>[\w.-]+:[\d]{2,5})\b",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_and_the_rest_stays() {
        for (raw, clean) in [
            (
                "[Click Here](https://share.refractbot.com/setup/bm90IHJlYWw=)",
                "[Click Here](removed)",
            ),
            ("https://discord.com/api/webhooks/1/x-y and on", "removed and on"),
            ("https://ptb.discord.com/api/v10/webhooks/1/x?wait=true", "removed"),
            (
                "[#S1](https://shop.example.com/1/orders/a/authenticate?key=b)",
                "[#S1](https://shop.example.com/1/orders/a/authenticate)",
            ),
            ("https://shop.example.com/p?color=red", "https://shop.example.com/p?color=red"),
            ("http://user:pass@gw.example.net:8080/", "http://gw.example.net:8080/"),
            ("user:pass@gw.example.net:8080", "gw.example.net:8080"),
            ("203.0.113.4:8080:user:pass", "203.0.113.4:8080"),
            (
                "|| Resi | http://u:p@gw.example.net:5959/ ||",
                "|| Resi | http://gw.example.net:5959/ ||",
            ),
            ("user:pass:gw.example.net:8080", "gw.example.net:8080"),
            ("localhost:8080:user:pass", "localhost:8080"),
            ("buyer@example.com:hunter2", "buyer@example.com"),
            ("Email:buyer@example.com:p@ss:12", "Email:buyer@example.com"),
            ("Account: buyer@example.com", "Account: buyer@example.com"),
            ("Password: hunter2", "Password: removed"),
            ("𝗣𝗮𝘀𝘀𝘄𝗼𝗿𝗱: hunter2", "Password: removed"),
            ("𝗘𝗺𝗮𝗶𝗹: nobody", "𝗘𝗺𝗮𝗶𝗹: nobody"),
            ("Password\nhunter2\nProfile\nA", "Password\nremoved\nProfile\nA"),
            ("2026-01-15:10:56:19 at 12:30:45", "2026-01-15:10:56:19 at 12:30:45"),
            (
                "Demo Resi | http://host.example.net:5959/",
                "Demo Resi | http://host.example.net:5959/",
            ),
        ] {
            assert_eq!(text(raw), clean, "{raw}");
            assert_eq!(text(clean), clean, "twice");
        }
    }

    #[test]
    fn a_token_of_a_bot_goes() {
        let token = ["A".repeat(24), "b".repeat(6), "c".repeat(38)].join(".");
        assert_eq!(text(&format!("token {token}!")), "token removed!");
    }

    #[test]
    fn a_field_that_names_a_secret_loses_its_value() {
        assert_eq!(value_of("**Share Link**", "anything"), REMOVED);
        assert_eq!(value_of("Account Password", "hunter2"), REMOVED);
        assert_eq!(value_of("𝗣𝗮𝘀𝘀𝘄𝗼𝗿𝗱", "hunter2"), REMOVED);
        assert_eq!(value_of("Ｐａｓｓｗｏｒｄ", "hunter2"), REMOVED);
        assert_eq!(value_of("Profile", "Main"), "Main");
    }
}
