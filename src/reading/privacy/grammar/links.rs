//! Links that open something to everybody: share links, webhooks, links with a key in them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::cuts::Cuts;
use super::look::{Look, ascii};
use super::signs::Signs;
use super::values::{looks_like_number, looks_secret};

/// Bytes of a parameter that are looked at.
const MAX_VALUE_BYTES: usize = 512;
/// Ends a link within markdown.
const ENDS: [char; 11] = [' ', '\n', ')', '>', ']', '"', '\'', '|', '`', '<', '\\'];

static SHARED: LazyLock<Regex> = LazyLock::new(|| ascii(r"(?:https?://)?\bshare\.refractbot\.com"));
static WEBHOOK: LazyLock<Regex> = LazyLock::new(|| {
    ascii(concat!(
        r"(?:https?://)?[a-z.]*discord(?:app)?\.com/+api/+(?:v[0-9]+/+)?webhooks/|",
        r"(?:https?://)?hooks\.slack\.com/[a-z]+/|\bwebhooks/[0-9]{15,20}/"
    ))
});
/// A parameter of a query, a fragment or a part of the path that opens something.
static PARAMETER: LazyLock<Regex> = LazyLock::new(|| {
    ascii(concat!(
        r"(?:[?&;#/]|%3f|%26|%23|%3b|%(?:25)*22)",
        r"(?:[a-z0-9_.%\[\]\-]*(?:token|secret|signature|session|sessid|passw|jwt|cookie|credential|bearer)",
        r"[a-z0-9_.%\[\]\-]*|(?:[a-z0-9_.%\-]*[_.%\-])?auth(?:[^o&=/?#\s][a-z0-9_.%\-]*|orization|(?:_|%5f|-)?code)?|",
        r"[a-z0-9_.%\-]*key|sid|sig|sess|code|otp|otc|(?:pass|one.?time|magic).?code|cvv2?|cvc2?|csc|pan|card_?number|",
        r"(?:card|nonce|magic|verify|reset|confirm)(?P<weak>)|[a-z0-9_.%\-]*(?:csrf|xsrf|verifier)[a-z0-9_.%\-]*|saml[a-z]*|assertion|",
        r"pin|pass|pwd|pw|hmac|ticket|[a-z0-9]+[_.%\-](?:sid|sig|pass|pwd|hmac)|",
        r"(?:verification|login|access|security|invite|magic|grant|reset)(?:_|%5f|-)?code)(?:=|%3d|%3a|%(?:25)*22%(?:25)*3a)"
    ))
});
/// The same as two parts of a path.
static PATH: LazyLock<Regex> = LazyLock::new(|| {
    ascii(concat!(
        r"/(?:(?:access|auth|id|api|oauth|refresh|invite|client|csrf|login|session)[_-]?(?:token|secret|verifier|code)|id[_-]?token|api[_-]?key|auth[_-]?key|token|jwt|authkey|apikey|",
        r"sessions?|session[_-]?id|sess|sid|sig|signature|secret|code|magic|magic[_-]?link|password|passwd|pwd|pass|passcode|",
        r"log[_-]?in|sign[_-]?in|activate|unlock|recover|forgot(?:[_-]?password)?|",
        r"otp|auth|hmac|csrf|cookie|phpsessid|jsessionid|reset(?:[_-]?password)?|password[_-]?reset|verify(?:[_-]?email)?|",
        r"verifier|confirm|invite|ticket|key|saml[a-z]*)/(?P<value>[^/?#&; \n]+)"
    ))
});

/// Where the query begins of a link that opens an account, whatever its parameters are called.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    ascii(concat!(
        r"/(?:password[_-]?reset|reset(?:[_-]?password)?|forgot(?:[_-]?password)?|log[_-]?in|sign[_-]?in|",
        r"magic(?:[_-]?link)?|verify(?:[_-]?email)?|activate|unlock|recover|invite)/?[?#](?P<query>[^ \n])"
    ))
});
/// Parameters of such a link that say where it leads on to.
const LEADING_ON: &str = "order orderid order_id ordernumber order_number return returnurl return_url \
    returnto return_to next redirect redirecturl redirect_url redirect_uri url continue from source ref \
    utm_source utm_medium utm_campaign utm_content email lang locale store";

pub(super) fn find(look: Look<'_>, signs: &Signs, cuts: &mut Cuts) {
    let text = look.text;
    if signs.links() {
        parameters(look, cuts);
    }
    if !signs.word || !signs.slash && !text.contains("refractbot") {
        return;
    }
    let whole = |found: regex::Match<'_>| found.start()..run(text, found.start()).end;
    if text.contains("refractbot") {
        SHARED.find_iter(text).for_each(|found| cuts.remove(whole(found)));
    }
    if text.contains("webhooks/") || text.contains("hooks.slack") {
        WEBHOOK.find_iter(text).for_each(|found| cuts.remove(whole(found)));
    }
    for found in PATH.captures_iter(text).filter_map(|found| found.name("value")) {
        let length = found.as_str().find(ENDS).unwrap_or(found.len());
        let value = found.start()..found.start() + length;
        let raw = look.skeleton.raw(look.raw, &value);
        if value.len() >= 6 && looks_secret(raw) && !looks_like_number(raw) {
            cuts.remove(value);
        }
    }
    openings(look, cuts);
}

/// Takes queries that open an account. One may lead on to another one.
fn openings(look: Look<'_>, cuts: &mut Cuts) {
    let text = look.text;
    let (mut from, mut end) = (0, 0);
    while let Some(query) = OPENING.captures_at(text, from).and_then(|found| found.name("query")) {
        from = query.start();
        let opens = if from < end {
            // The query that leads on to it was looked at as a whole: only its first parameter is another one.
            let to = text.floor_char_boundary(from.saturating_add(MAX_VALUE_BYTES).min(end));
            opens_account(look, from..to, 1)
        } else {
            end = run(text, from).end;
            opens_account(look, from..end, usize::MAX)
        };
        if opens {
            cuts.drop(from - 1..end);
            from = end;
        }
    }
}

/// Whether one of the first parameters of a query has a value that is no word, no number and no place to lead on to.
fn opens_account(look: Look<'_>, query: Range<usize>, parameters: usize) -> bool {
    let mut from = query.start;
    let parts = look.text.get(query).unwrap_or_default().split(['&', '#', ';']);
    parts.take(parameters).any(|part| {
        let (name, value) = part.split_once('=').unwrap_or(("", part));
        let start = from + (part.len() - value.len());
        from += part.len() + 1;
        let raw = look.skeleton.raw(look.raw, &(start..start + value.len()));
        value.len() >= 8
            && !LEADING_ON.split(' ').any(|known| known == name)
            && looks_secret(raw)
            && !looks_like_number(raw)
    })
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

fn parameters(look: Look<'_>, cuts: &mut Cuts) {
    let text = look.text;
    let (mut done, mut link) = (0, Link::default());
    for found in PARAMETER.captures_iter(text) {
        let weak = found.name("weak").is_some();
        let Some(found) = found.get(0) else { continue };
        if found.start() < done || (weak && !opens(look, found.end())) {
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

/// Whether the value of a parameter, which may have another meaning, is no plain word or number.
fn opens(look: Look<'_>, from: usize) -> bool {
    let to = look.text.floor_char_boundary(from.saturating_add(MAX_VALUE_BYTES));
    let value = look.text.get(from..to).unwrap_or_default();
    let length =
        value.find(|mark| ENDS.contains(&mark) || "&;#".contains(mark)).unwrap_or(value.len());
    let raw = look.skeleton.raw(look.raw, &(from..from + length));
    let shown = value.get(..length).unwrap_or_default();
    let digits = shown.bytes().filter(u8::is_ascii_digit).count();
    digits >= 13 || (length >= 10 && looks_secret(raw) && !looks_like_number(raw))
}

/// The link around this byte.
fn run(text: &str, at: usize) -> Range<usize> {
    let start = text.get(..at).and_then(|before| {
        before.char_indices().rev().find(|(_, mark)| ENDS.contains(mark) || *mark == '(')
    });
    let start = start.map_or(0, |(end, mark)| end + mark.len_utf8());
    // The brackets of `?user[token]=` are a part of it.
    let mut open = 0_u32;
    let ends = |mark: char| match mark {
        '[' => {
            open += 1;
            false
        }
        ']' if open > 0 => {
            open -= 1;
            false
        }
        _ => ENDS.contains(&mark),
    };
    let end = text.get(at..).and_then(|rest| rest.find(ends)).map_or(text.len(), |end| at + end);
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
                ("https://a.example/o?token[]=x", "https://a.example/o"),
                ("[A](https://a.example/o?user[token]=x&b=1) b", "[A](https://a.example/o) b"),
                (
                    "https://a.example/o?card=４１１１１１１１１１１１１１１１",
                    "https://a.example/o",
                ),
                ("https://hooks.slack.com/services/T0/B0/x", "removed"),
                (
                    "https://a.example/reset-password/abc123def",
                    "https://a.example/reset-password/removed",
                ),
                ("https://a.example/?d=%7B%22token%22%3A%22x%22%7D", "https://a.example/"),
                ("https://a.example/reset?c=GxSecret77Rb", "https://a.example/reset"),
                (
                    "https://a.example/login?next=/reset?c=GxSecret77Rb",
                    "https://a.example/login?next=/reset",
                ),
                ("https://a.example/login/?u=1&k=GxSecret77Rb b", "https://a.example/login/ b"),
                ("https://a.example/magic-link?x=GxSecret77Rb", "https://a.example/magic-link"),
                ("https://a.example/login/GxSecret77Rb", "https://a.example/login/removed"),
                ("https://a.example/sign-in/GxSecret77Rb", "https://a.example/sign-in/removed"),
                ("https://a.example/activate/GxSecret77Rb", "https://a.example/activate/removed"),
                ("https://a.example/forgot/GxSecret77Rb", "https://a.example/forgot/removed"),
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
                "https://a.example/p?card=red&verify=yes",
                "https://a.example/verify/BBY01-807100000011",
                "https://a.example/p?size[]=10&color[0]=red",
                "https://a.example/confirm/102003900000021",
                "https://a.example/login?next=/orders/EX1234567a",
                "https://a.example/login?order=ab12345c",
                "https://a.example/verify?order=BBY01-807100000011",
                "https://a.example/reset?lang=en",
                "https://a.example/login/callback",
                "https://a.example/p/login-box-set?variant=x12345y",
                "https://a.example/signin",
            ],
        );
    }

    #[test]
    fn of_many_links_in_one_each_may_open() {
        let of = |part: &str| format!("https://a.example{}", part.repeat(300));
        stay(Place::Anywhere, &[&of("/login?a=b&"), &of("/login?a=b#")]);
        let run = of("/login?a=b");
        let secret = of("/login?a=b&") + "k=GxSecret77Rb";
        let clean = "https://a.example/login";
        become_clean(Place::Anywhere, &[(&run, clean), (&secret, clean)]);
    }
}
