//! Links that open something to everybody: share links, webhooks, links with a key in them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::cuts::Cuts;
use super::look::{Look, ascii};
use super::signs::Signs;
use super::values::looks_secret;

/// Ends a link within markdown.
const ENDS: [char; 11] = [' ', '\n', ')', '>', ']', '"', '\'', '|', '`', '<', '\\'];

static SHARED: LazyLock<Regex> = LazyLock::new(|| ascii(r"(?:https?://)?\bshare\.refractbot\.com"));
static WEBHOOK: LazyLock<Regex> = LazyLock::new(|| {
    ascii(r"(?:https?://)?[a-z.]*discord(?:app)?\.com/api(?:/v[0-9]+)?/webhooks/")
});
/// A parameter of a query, a fragment or a part of the path that opens something.
static PARAMETER: LazyLock<Regex> = LazyLock::new(|| {
    ascii(concat!(
        r"(?:[?&;#/]|%3f|%26|%23|%3b)",
        r"(?:[a-z0-9_.%\[\]\-]*(?:token|secret|signature|session|sessid|passw|jwt|cookie|credential|bearer)",
        r"[a-z0-9_.%\[\]\-]*|(?:[a-z0-9_.%\-]*[_.%\-])?auth(?:[^o&=/?#\s][a-z0-9_.%\-]*|orization|(?:_|%5f|-)?code)?|",
        r"[a-z0-9_.%\-]*key|sid|sig|code|otp|pin|pass|pwd|pw|hmac|ticket|[a-z0-9]+[_.%\-](?:sid|sig|pass|pwd|hmac)|",
        r"(?:verification|login|access|security|invite|magic|grant|reset)(?:_|%5f|-)?code)(?:=|%3d)"
    ))
});
/// The same as two parts of a path.
static PATH: LazyLock<Regex> = LazyLock::new(|| {
    ascii(concat!(
        r"/(?:access[_-]?token|auth[_-]?token|id[_-]?token|api[_-]?key|auth[_-]?key|token|jwt|authkey|apikey|",
        r"sessions?|session[_-]?id|sid|sig|signature|secret|code|magic|magic[_-]?link|password)/(?P<value>[^/?#&; \n]+)"
    ))
});

pub(super) fn find(look: Look<'_>, signs: &Signs, cuts: &mut Cuts) {
    let text = look.text;
    if signs.links() {
        parameters(text, cuts);
    }
    if !signs.word || !signs.slash && !text.contains("refractbot") {
        return;
    }
    let whole = |found: regex::Match<'_>| found.start()..run(text, found.start()).end;
    if text.contains("refractbot") {
        SHARED.find_iter(text).for_each(|found| cuts.remove(whole(found)));
    }
    if text.contains("/webhooks/") {
        WEBHOOK.find_iter(text).for_each(|found| cuts.remove(whole(found)));
    }
    for found in PATH.captures_iter(text).filter_map(|found| found.name("value")) {
        let length = found.as_str().find(ENDS).unwrap_or(found.len());
        let value = found.start()..found.start() + length;
        if value.len() >= 6 && looks_secret(look.skeleton.raw(look.raw, &value)) {
            cuts.remove(value);
        }
    }
}

/// A link in a text, and where its path, its query and its fragment begin.
#[derive(Debug, Default)]
struct Link {
    whole: Range<usize>,
    path: Option<usize>,
    query: Option<usize>,
    fragment: Option<usize>,
}

impl Link {
    fn around(text: &str, at: usize) -> Self {
        let whole = run(text, at);
        let said = text.get(whole.clone()).unwrap_or_default();
        let first = |marks: &[char]| said.find(marks).map(|found| whole.start + found);
        let (path, query, fragment) = (first(&['/', '.']), first(&['?']), first(&['#']));
        Self { whole, path, query, fragment }
    }
}

fn parameters(text: &str, cuts: &mut Cuts) {
    let (mut done, mut link) = (0, Link::default());
    for found in PARAMETER.find_iter(text) {
        if found.start() < done {
            continue;
        }
        if found.start() >= link.whole.end {
            link = Link::around(text, found.start());
        }
        let before = |place: Option<usize>| place.filter(|place| *place <= found.start());
        let sign = found.as_str().chars().next();
        if before(link.path).is_none() && !matches!(sign, Some('?' | '#')) {
            continue;
        }
        let (query, fragment) = (before(link.query), before(link.fragment));
        if matches!(sign, Some(';' | '/')) && query.or(fragment).is_none() {
            let value = text.get(found.end()..link.whole.end).unwrap_or_default();
            let length = value.find(['/', ';', '?', '#', '&']).unwrap_or(value.len());
            cuts.remove(found.end()..found.end() + length);
            done = found.end() + length;
        } else {
            // What stands before the query or the fragment may stay.
            let begin = if sign == Some('#') { Some(found.start()) } else { fragment.or(query) };
            cuts.drop(begin.unwrap_or(found.start())..link.whole.end);
            done = link.whole.end;
        }
    }
}

/// The link around this byte.
fn run(text: &str, at: usize) -> Range<usize> {
    let start = text.get(..at).and_then(|before| {
        before.char_indices().rev().find(|(_, mark)| ENDS.contains(mark) || *mark == '(')
    });
    let start = start.map_or(0, |(end, mark)| end + mark.len_utf8());
    let end = text.get(at..).and_then(|rest| rest.find(ENDS)).map_or(text.len(), |end| at + end);
    start..end
}

#[cfg(test)]
mod tests {
    use super::super::cases::{become_clean, stay};
    use super::super::look::Place;

    #[test]
    fn what_opens_a_link_goes() {
        become_clean(
            Place::Anywhere,
            &[
                ("https://a.example/o?access_token=x&b=1", "https://a.example/o"),
                ("[A](https://a.example/o?b=1&amp;api_key=x) b", "[A](https://a.example/o) b"),
                ("https://a.example/o?b=1#id_token=x", "https://a.example/o?b=1"),
                ("https://a.example/#/cb?code=x", "https://a.example/"),
                (
                    "https://a.example/o;jsessionid=x/1?b=1",
                    "https://a.example/o;jsessionid=removed/1?b=1",
                ),
                ("https://a.example/auth_token/abc123def", "https://a.example/auth_token/removed"),
                ("https://a.example/token=abc123def/1", "https://a.example/token=removed/1"),
                (
                    "<https://a.example/?u=https%3A%2F%2Fb.example%3Fjwt%3Dx>",
                    "<https://a.example/>",
                ),
                ("https://a.example/?authkey=x", "https://a.example/"),
                ("a.example/o?sig=x", "a.example/o"),
            ],
        );
    }

    #[test]
    fn ordinary_links_stay() {
        stay(
            Place::Anywhere,
            &[
                "https://a.example/p?color=red&size=10",
                "https://a.example/p?keywords=box&author=x",
                "https://a.example/products/key-chain?variant=123456",
                "https://a.example/code/checkout",
                "https://a.example/p?promo_code=SAVE10",
                "https://a.example/p?skuId=123&ref=abc",
            ],
        );
    }
}
