//! Secrets that show by themselves what they are: tokens, cookies, private keys, seed phrases.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::cuts::Cuts;
use super::look::{Look, Place, ascii};
use super::signs::Signs;

static OF_BOTS: LazyLock<Regex> =
    LazyLock::new(|| ascii(r"[0-9a-z_\-]{23,30}\.[0-9a-z_\-]{6,7}\.[0-9a-z_\-]{25,}"));
/// A JSON web token; keys of well-known services.
static TOKENS: LazyLock<Regex> = LazyLock::new(|| {
    ascii(concat!(
        r"\beyj[0-9a-z_\-]{6,}\.[0-9a-z_\-]{4,}(?:\.[0-9a-z_\-]*)?|",
        r"\b(?:sk|pk|rk)_(?:live|test)_[0-9a-z]{8,}|\b(?:gh[posur]|github_pat|glpat|shp[ac]t|hf|npm|whsec)[_\-][0-9a-z_]{12,}|",
        r"\bxox[a-z]-[0-9a-z\-]{8,}|\bakia[0-9a-z]{12,}|\baiza[0-9a-z_\-]{20,}|\bya29\.[0-9a-z_\-]{8,}|",
        r"\bmfa\.[0-9a-z_\-]{16,}|\bsk-(?:[a-z]+-)?[0-9a-z_\-]{20,}|\bsg\.[0-9a-z_\-]{16,}\.[0-9a-z_\-]{16,}|",
        r"\bpypi-[0-9a-z_\-]{16,}|(?:\b|bot)[0-9]{8,10}:aa[0-9a-z_\-]{30,}"
    ))
});
static BEARER: LazyLock<Regex> = LazyLock::new(|| {
    ascii(r"\b(?:bearer|basic) (?P<token>[0-9a-z._~+/\-]*[0-9=._~+/\-][0-9a-z._~+/=\-]*)")
});
/// Two or more `name=value` with semicolons between them, and no part of a link.
static COOKIES: LazyLock<Regex> = LazyLock::new(|| {
    ascii(r"(?:^|[ \n:>(])(?P<cookies>[a-z0-9_.\-]+=[^; \n]+(?:; ?[a-z0-9_.\-]+=[^; \n]+)+;?)")
});
/// Cookies whose name says by itself what they are.
static KNOWN_COOKIES: LazyLock<Regex> = LazyLock::new(|| {
    ascii(concat!(
        r"(?:\b|_)(?:cf_clearance|_cf_bm|__cf_bm|_abck|abck|bm_sz|bm_sv|ak_bmsc|datadome|_?px[0-9a-z]{0,3}|sess-at-main|",
        r#"at-main|x-main|ubid-main)=(?P<value>[^; \n"']{8,})"#
    ))
});
/// A cookie as browsers export them.
static EXPORTED: LazyLock<Regex> = LazyLock::new(|| ascii(r"\{[^{}]*\}"));
static EXPORTED_NAME: LazyLock<Regex> = LazyLock::new(|| {
    ascii(concat!(
        r#""name" ?: ?"[^"]*(?:sid|sess|token|auth|csrf|jwt|cookie|clearance|login|secret|_id)[^"]*"|"#,
        r#""(?:domain|hostonly|httponly|samesite|secure|expirationdate)" ?:"#
    ))
});
static EXPORTED_VALUE: LazyLock<Regex> =
    LazyLock::new(|| ascii(r#""value" ?: ?"(?P<value>[^"]+)""#));
static PRIVATE_KEY: LazyLock<Regex> = LazyLock::new(|| {
    ascii(r"(?s)-----begin [a-z0-9 ]*private key-----(?:.*?-----end [a-z0-9 ]*private key-----|.*)")
});
/// Words of sentences, which no seed phrase holds.
const OF_SENTENCES: [&str; 29] = [
    "the", "and", "for", "with", "from", "are", "was", "has", "have", "not", "but", "our", "its",
    "been", "were", "their", "they", "has", "its", "than", "then", "pokemon", "price", "product",
    "quantity", "profile", "email", "edition", "trading",
];

pub(super) fn find(look: Look<'_>, signs: &Signs, cuts: &mut Cuts) {
    let text = look.text;
    if signs.long {
        OF_BOTS.find_iter(text).for_each(|found| cuts.remove(found.range()));
    }
    if signs.word {
        TOKENS.find_iter(text).for_each(|found| cuts.remove(found.range()));
        PRIVATE_KEY.find_iter(text).for_each(|found| cuts.remove(found.range()));
        let found = BEARER.captures_iter(text).filter_map(|found| found.name("token"));
        found.filter(|token| token.len() >= 8).for_each(|token| cuts.remove(token.range()));
    }
    if signs.equals && signs.word {
        let found = KNOWN_COOKIES.captures_iter(text).filter_map(|found| found.name("value"));
        found.for_each(|value| cuts.remove(value.range()));
    }
    if signs.word && text.contains("\"value\"") {
        exported(text, cuts);
    }
    if signs.cookies() {
        let found = COOKIES.captures_iter(text).filter_map(|found| found.name("cookies"));
        found.for_each(|found| cuts.remove(found.range()));
    }
    if signs.phrases() && look.place != Place::Name {
        phrases(look, cuts);
    }
}

/// The values of cookies in JSON.
fn exported(text: &str, cuts: &mut Cuts) {
    let cookies = EXPORTED.find_iter(text).filter(|found| EXPORTED_NAME.is_match(found.as_str()));
    for cookie in cookies {
        let values = EXPORTED_VALUE.captures_iter(cookie.as_str());
        for value in values.filter_map(|found| found.name("value")) {
            if value.as_str() != "removed" {
                cuts.remove(cookie.start() + value.start()..cookie.start() + value.end());
            }
        }
    }
}

/// Rows of as many words as wallets use, of small letters, and with no word of a sentence among them.
fn phrases(look: Look<'_>, cuts: &mut Cuts) {
    let mut row: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for token in look.text.split([' ', '\n', ',', '|']) {
        let word =
            token.trim_start_matches(|mark: char| mark.is_ascii_digit() || ".)".contains(mark));
        let start = from + (token.len() - word.len());
        let word = word.trim_end_matches(['.', '"', '\'']);
        from += token.len() + 1;
        if (3..=8).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            row.push(start..start + word.len());
        } else if !word.is_empty() {
            phrase(look, &row, cuts);
            row.clear();
        }
    }
    phrase(look, &row, cuts);
}

fn phrase(look: Look<'_>, row: &[Range<usize>], cuts: &mut Cuts) {
    let (Some(first), Some(last)) = (row.first(), row.last()) else { return };
    let whole = first.start..last.end;
    let says = |word: &Range<usize>| look.text.get(word.clone()).unwrap_or_default();
    let raw = look.skeleton.raw(look.raw, &whole);
    // Words with capitals are a name, where only spaces part them.
    let parted = look
        .text
        .get(whole.clone())
        .is_some_and(|said| !said.contains(' ') || said.contains(['\n', '|']));
    let is_phrase = matches!(row.len(), 12 | 15 | 18 | 21 | 24)
        && (parted || !raw.chars().any(char::is_uppercase))
        && !row.iter().any(|word| OF_SENTENCES.contains(&says(word)));
    if is_phrase {
        cuts.remove(whole);
    }
}

#[cfg(test)]
mod tests {
    use super::super::cases::{become_clean, stay};
    use super::*;

    #[test]
    fn what_shows_by_itself_that_it_is_a_secret_goes() {
        let token = ["A".repeat(24), "b".repeat(6), "c".repeat(38)].join(".");
        let phrase = "apple river stone cloud tiger ocean maple candle forest garden window silver";
        become_clean(
            Place::Anywhere,
            &[
                (&format!("token {token}!"), "token removed!"),
                ("eyJhbGciOiJI.eyJzdWIiOiIx.c2ln", "removed"),
                ("Bearer abc123def456", "Bearer removed"),
                ("a=bcd; e=fgh; Path=/", "removed"),
                ("cf_clearance=abcdefgh1", "cf_clearance=removed"),
                (r#"[{"name":"sid","value":"abc"}]"#, r#"[{"name":"sid","value":"removed"}]"#),
                (&phrase.replace(' ', " | "), "removed"),
                (&phrase.to_uppercase().replace(' ', "|"), "removed"),
                (phrase, "removed"),
                (&format!("so:\n{}", phrase.replace(' ', "\n")), "so:\nremoved"),
            ],
        );
    }

    #[test]
    fn long_words_and_sentences_stay() {
        stay(
            Place::Anywhere,
            &[
                "order 0b6d2a2c0b5e4d0f8a7c9e1d2f3a4b5c6d7e8f90a1b2",
                "https://a.example/p;a=1;b=2",
                "this kettle boils water very quickly and the handle stays cool for hours",
                "pokemon trading card game scarlet violet surging sparks elite trainer booster bundle",
                "Standing bearer of news",
                r#"{"name":"Product","value":"Kettle"}"#,
                "Lego Star Wars Death Star Ultimate Collector Series Building Kit Gift Bundle",
            ],
        );
    }
}
