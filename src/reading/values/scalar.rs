//! Values of single labels: addresses, proxies, times.

use chrono::{DateTime, Utc};

use crate::reading::text::links;
use crate::reading::text::{self, Plain, is_blank, plain};

/// Free text is cut here.
const MAX_VALUE_CHARACTERS: usize = 1_024;
/// Longer addresses are none.
const MAX_EMAIL_BYTES: usize = 254;

/// The first e-mail address of a plain text, in lower case, without a password behind it.
pub(crate) fn email(plain: &str) -> Option<String> {
    if !plain.contains(['@', '＠']) {
        return None;
    }
    let plain = plain.replace('＠', "@");
    let is_edge = |character: char| is_blank(character) || "|,;:<>()[]\"'`/".contains(character);
    let address = plain.split(is_edge).find(|word| is_address(word))?;
    let address = address.trim_matches(['.', '!', '?']);
    (address.len() <= MAX_EMAIL_BYTES).then(|| address.to_lowercase())
}

fn is_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && !host.contains('@')
            && host.trim_end_matches('.').contains('.')
            && !host.starts_with('.')
    })
}

/// Discord's own form of a time, `<t:1768500000:F>`.
pub(crate) fn discord_time(raw: &str) -> Option<DateTime<Utc>> {
    let (_, after) = raw.split_once("<t:")?;
    let digits = after.split([':', '>']).next()?;
    DateTime::from_timestamp(digits.parse().ok()?, 0)
}

/// The whole value as an absolute time.
pub(crate) fn absolute_time(plain: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(plain).ok().map(|time| time.with_timezone(&Utc))
}

/// Whether a text is a bare host such as `us.example-shop.com`.
pub(crate) fn is_host(text: &str) -> bool {
    let ending = text.rsplit('.').next().unwrap_or_default();
    text.contains('.')
        && text.len() <= 100
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte))
        && (2..=6).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Whether a product's name is in truth an id: a UUID or a long row of hexadecimal digits.
pub(crate) fn is_hash(plain: &str) -> bool {
    plain.len() >= 32 && plain.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// Words that mask a link without naming anything.
pub(crate) fn is_click_here(text: &str) -> bool {
    [
        "click here",
        "here",
        "link",
        "view",
        "open",
        "click",
        "product",
        "product link",
        "view product",
        "product page",
    ]
    .iter()
    .any(|words| text.eq_ignore_ascii_case(words))
}

pub(crate) fn link_of(value: &Plain<'_>) -> Option<String> {
    let link = value.link.or_else(|| links::bare(&value.text))?;
    link.starts_with("http").then(|| cut(link.to_owned()))
}

/// Text of several lines, each without its markup.
pub(crate) fn lines_of(raw: &str) -> Option<String> {
    let lines = raw.split('\n').map(|line| plain(line).text).filter(|line| !line.is_empty());
    let text = lines.collect::<Vec<_>>().join("\n");
    (!text::is_missing(&text)).then(|| cut(text))
}

pub(crate) fn cut(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(MAX_VALUE_CHARACTERS) {
        text.truncate(end);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lose_what_stands_around_them() {
        for (text, expected) in [
            ("Buyer@Example.com", Some("buyer@example.com")),
            ("buyer@example.com:hunter2", Some("buyer@example.com")),
            ("mailto:v42@example.com", Some("v42@example.com")),
            ("first.last+tag_1-x@sub.example.co.uk", Some("first.last+tag_1-x@sub.example.co.uk")),
            ("john***@example.com", Some("john***@example.com")),
            ("Demo <demo@example.com>", Some("demo@example.com")),
            ("acct-7", None),
            ("@here", None),
            ("a@b", None),
        ] {
            assert_eq!(email(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn hosts_and_times() {
        assert!(is_host("us.example-shop.com"));
        assert!(!is_host("Example Shoe 1.5"));
        assert_eq!(
            discord_time("<t:1768500000:F>").map(|time| time.to_rfc3339()),
            Some("2026-01-15T18:00:00+00:00".into())
        );
    }

    #[test]
    fn links_and_the_words_that_stand_for_them() {
        let link = |raw: &str| link_of(&plain(raw));
        assert_eq!(link("[Lamp](https://a.example/1)").as_deref(), Some("https://a.example/1"));
        assert_eq!(link("https://a.example/2").as_deref(), Some("https://a.example/2"));
        assert_eq!(link("Lamp"), None);
        assert!(is_click_here("Click here") && is_click_here("VIEW PRODUCT"));
        assert!(!is_click_here("Example Lamp") && !is_click_here(""));
    }

    #[test]
    fn text_of_several_lines_is_kept_up_to_a_length() {
        assert_eq!(
            lines_of("**1 Example Road**\n\nExampleton"),
            Some("1 Example Road\nExampleton".into())
        );
        assert_eq!(lines_of("N/A"), None);
        assert_eq!(cut("é".repeat(1_024)), "é".repeat(1_024));
        assert_eq!(cut("é".repeat(1_025)), "é".repeat(1_024));
    }

    #[test]
    fn a_row_of_hexadecimal_digits_is_no_name() {
        assert!(is_hash("0f8fad5b-d9cb-469f-a165-70867728950e"));
        assert!(!is_hash("0f8fad5bd9cb469fa16570867728950"), "one digit less");
        assert!(!is_hash("Example Lamp with a name of 32 letters"));
    }
}
