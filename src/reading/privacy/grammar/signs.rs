//! One cheap look at a text: which secrets it could hold at all.

use std::sync::LazyLock;

use regex::Regex;

use super::labels::ascii_phrases;
use super::look::{Place, ascii};

/// Tokens of a bot are longer than this.
const LONG_WORD: usize = 55;

/// Words and beginnings of tokens that call for a closer look.
static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    let own = concat!(
        r"refractbot|webhooks/|hooks\.slack|\bcode\b|\baccount\b|\blogin\b|\buser(?:name)?\b|cvv|cvc|ccv|\buse [0-9]|\benter [0-9]|",
        r"/(?:access|auth|id|api|token|jwt|sess|sid|sig|secret|code|magic|reset|verify|confirm|login|activate|unlock|recover|forgot|o?auth|client|refresh|",
        r"csrf|pass|pwd|otp|pin|key|hmac|cookie|invite|ticket|phpsess|jsess)|\bp/w|p@ss|\bcodigo\b|\bkod\b|",
        r"eyj|_live_|_test_|gh[posur]_|github_pat|glpat|shp[ac]t|\bhf_|npm_|whsec|xox[a-z]-|akia|aiza|ya29|",
        r#"mfa\.|private key|\bbasic |\bsk-|\bsg\.|pypi-|[0-9]:aa|"value"|clearance|abck|bm_s|cf_bm|datadome|_px|-main="#
    );
    ascii(&format!("(?i-u:{own}|{})", ascii_phrases()))
});

/// What a text holds that secrets are made of.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each sign calls for rules of its own")]
pub(super) struct Signs {
    pub(super) at: bool,
    pub(super) slash: bool,
    pub(super) equals: bool,
    pub(super) semicolon: bool,
    pub(super) bar: bool,
    /// How many of them.
    bars: usize,
    pub(super) percent: bool,
    /// Colons and `@`.
    pub(super) marks: usize,
    pub(super) dots: usize,
    pub(super) digits: usize,
    /// Spaces, ends of lines and commas.
    pub(super) gaps: usize,
    /// A word as long as a bot's token.
    pub(super) long: bool,
    /// A word that announces a secret.
    pub(super) word: bool,
}

impl Signs {
    pub(super) fn of(text: &str) -> Self {
        let mut signs = Self::default();
        let mut row = 0;
        for byte in text.bytes() {
            let wordy = byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
            row = if wordy { row + 1 } else { 0 };
            signs.long |= row >= LONG_WORD;
            match byte {
                b'0'..=b'9' => signs.digits += 1,
                b' ' | b'\n' | b',' => signs.gaps += 1,
                b'.' => signs.dots += 1,
                b':' => signs.marks += 1,
                b'@' => {
                    signs.at = true;
                    signs.marks += 1;
                }
                b'/' => signs.slash = true,
                b'=' => signs.equals = true,
                b'%' => signs.percent = true,
                b';' => signs.semicolon = true,
                b'|' => {
                    signs.bar = true;
                    signs.bars += 1;
                }
                _ => {}
            }
        }
        // One short word that nothing parts from a value announces none.
        let short =
            text.len() < 12 && signs.gaps + signs.marks + signs.digits == 0 && !signs.equals;
        signs.word = !text.is_ascii() || (!short && WORDS.is_match(text));
        signs
    }

    /// Whether anything could be a secret.
    pub(super) fn any(&self, place: Place) -> bool {
        self.word
            || place == Place::Digits
            || self.long
            || self.links()
            || self.credentials(place)
            || self.proxies()
            || self.cards(place)
            || self.cookies()
            || self.phrases()
    }

    pub(super) fn links(&self) -> bool {
        self.equals || self.percent
    }

    pub(super) fn credentials(&self, place: Place) -> bool {
        let of_account = self.marks > 0 || self.semicolon || self.bar || self.slash;
        self.at || (of_account && (place == Place::Account || self.word))
    }

    pub(super) fn proxies(&self) -> bool {
        self.marks >= 2 || self.parted_proxies() || (self.at && self.semicolon)
    }

    /// A host, a port, a user and a password with other marks between them.
    pub(super) fn parted_proxies(&self) -> bool {
        let between =
            self.gaps + self.marks + usize::from(self.semicolon || self.bar || self.slash) * 3;
        (self.dots > 0 || self.marks >= 3) && self.digits >= 2 && between >= 3
    }

    pub(super) fn cards(&self, place: Place) -> bool {
        self.digits >= 13 || (place == Place::Card && self.digits >= 11)
    }

    pub(super) fn cookies(&self) -> bool {
        self.equals && self.semicolon
    }

    /// Twelve words.
    pub(super) fn phrases(&self) -> bool {
        self.gaps + self.bars >= 11
    }
}
