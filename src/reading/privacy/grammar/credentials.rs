//! Addresses and accounts with their passwords: `buyer@example.com:password`, `user:password@host`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::cuts::Cuts;
use super::look::{Look, Place, ascii};
use super::values::{is_harmless, looks_like_number, looks_secret, word_at};

static MAIL: LazyLock<Regex> =
    LazyLock::new(|| ascii(r"[0-9a-z_.%+\-]+@[0-9a-z_\-]+(?:\.[0-9a-z_\-]+)+"));
/// What parts an address from its password.
static BETWEEN: LazyLock<Regex> =
    LazyLock::new(|| ascii(r"^(?: ?(?:=>|->|→|[:;|]) ?| ?[,/] ?| (?:-{1,2}|[–—]) |[ ]*\n)"));
static USER: LazyLock<Regex> =
    LazyLock::new(|| ascii(r"\b[a-z][a-z0-9+.\-]{1,12}://(?P<user>[^ \n/?#<>()\[\]|]*@)"));
/// `name:password`, where the label says that it is an account.
static NAMED: LazyLock<Regex> =
    LazyLock::new(|| ascii(r"^ *[^ \n:@/|]+(?P<rest> ?[:|;] ?(?P<word>[^ \n:/|]+)) *$"));

pub(super) fn find(look: Look<'_>, cuts: &mut Cuts) {
    let text = look.text;
    if text.contains('@') {
        for mail in MAIL.find_iter(text) {
            let before = text.get(..mail.start()).unwrap_or_default();
            if let Some(secret) = behind(look, mail.end(), is_of_proxy(before)) {
                cuts.drop(secret);
            }
        }
        for found in USER.captures_iter(text).filter_map(|found| found.name("user")) {
            cuts.drop(found.range());
        }
    } else if look.place == Place::Account
        && let Some(found) = NAMED.captures(text)
        && let (Some(rest), Some(word)) = (found.name("rest"), found.name("word"))
        && looks_secret(look.skeleton.raw(look.raw, &word.range()))
    {
        cuts.drop(rest.range());
    }
}

/// The password behind an address, with the mark between them.
fn behind(look: Look<'_>, at: usize, of_proxy: bool) -> Option<Range<usize>> {
    let text = look.text;
    let rest = text.get(at..)?;
    let glued = rest
        .strip_prefix(':')
        .map(|glued| glued.split([' ', '\n', '"']).next().unwrap_or_default());
    // Anything that is glued to the address: a password may hold any mark.
    if let Some(glued) = glued.filter(|glued| !glued.is_empty() && !glued.starts_with('/')) {
        return (!(of_proxy && is_port(glued))).then(|| at..at + 1 + glued.len());
    }
    let mark = BETWEEN.find(rest)?;
    let mut word = word_at(text, at + mark.end());
    let said = text.get(word.clone()).unwrap_or_default();
    word.end = word.start + said.find([';', '|']).unwrap_or(said.len());
    let after = text.get(word.end..).unwrap_or_default();
    let ends = after.trim_start_matches([',', '.', ';', '"', '\'', ')', ']', '>', '!', ' ']);
    let raw = look.skeleton.raw(look.raw, &word);
    let bare = mark.as_str().trim();
    let is_last = ends.is_empty() || ends.starts_with(['\n', '|']);
    // A comma, a dash or a new line parts an address from anything; a colon, from its password.
    let strict = !bare.starts_with([':', ';', '|', '=']);
    let plain = strict || raw.starts_with(char::is_uppercase) || look.place != Place::Account;
    let fits = !is_harmless(raw)
        && !raw.is_empty()
        && !raw.contains('@')
        && !raw.ends_with(':')
        && !raw.contains("://")
        && !looks_like_number(raw)
        && (looks_secret(raw) || !plain);
    (is_last && fits && !(bare.is_empty() && look.place != Place::Account)).then_some(at..word.end)
}

/// Whether an address is what stands behind a user's name or a scheme: `user:password@host`.
fn is_of_proxy(before: &str) -> bool {
    let labels = ["email:", "mail:", "account:", "login:", "mailto:"];
    before.ends_with([':', '/']) && !labels.iter().any(|label| before.ends_with(label))
}

fn is_port(glued: &str) -> bool {
    let digits = glued.split(['/', '|', ')', ']', '>', ',']).next().unwrap_or_default();
    (2..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::cases::{become_clean, stay};
    use super::*;

    #[test]
    fn the_address_stays_and_its_password_goes() {
        become_clean(
            Place::Anywhere,
            &[
                ("buyer@example.com:hunter2", "buyer@example.com"),
                ("Email:buyer@example.com:p@ss:12", "Email:buyer@example.com"),
                ("buyer@example.com | hunter2", "buyer@example.com"),
                ("buyer@example.com;hunter2", "buyer@example.com"),
                ("buyer@example.com : hunter2", "buyer@example.com"),
                ("||buyer@example.com||:||hunter2||", "||buyer@example.com||"),
                ("**buyer@example.com**:hunter2", "**buyer@example.com**"),
                ("buyer@exam\u{200b}ple.com:hunter2", "buyer@exam\u{200b}ple.com"),
                ("http://user:pass@gw.example.net:8080/", "http://gw.example.net:8080/"),
                ("ｂuyer@example.com：hunter2", "ｂuyer@example.com"),
            ],
        );
        become_clean(
            Place::Account,
            &[("demo:hunter2", "demo"), ("buyer@example.com | sesame", "buyer@example.com")],
        );
        stay(Place::Account, &["Main", "Main 2", "buyer@example.com | Target"]);
    }

    #[test]
    fn what_stands_beside_an_address_stays() {
        stay(
            Place::Anywhere,
            &[
                "buyer@example.com | Target",
                "buyer@example.com | Proxy: ISP",
                "buyer@example.com, other@example.com",
                "buyer@example.com;BBY01-807100000011;Kettle",
                "Account: buyer@example.com - Walmart US",
                "buyer@example.com | $26.99",
                "Email: buyer@example.com\nProfile: Main 1",
                "mailto:buyer@example.com",
            ],
        );
    }
}
