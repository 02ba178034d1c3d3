//! Addresses and accounts with their passwords: `buyer@example.com:password`, `user:password@host`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::cuts::Cuts;
use super::look::{Look, Place, ascii};
use super::values::{before_in_line, is_harmless, looks_like_number, looks_secret, word_at};

static MAIL: LazyLock<Regex> =
    LazyLock::new(|| ascii(r"[0-9a-z_.%+\-]+@[0-9a-z_\-]+(?:\.[0-9a-z_\-]+)+"));
/// What parts an address from its password.
static BETWEEN: LazyLock<Regex> =
    LazyLock::new(|| ascii(r"^(?: ?(?:=>|->|→|[:;|]) ?| ?[,/] ?| (?:-{1,2}|[–—]) |[ ]*\n)"));
static USER: LazyLock<Regex> =
    LazyLock::new(|| ascii(r"\b[a-z][a-z0-9+.\-]{1,12}://(?P<user>[^ \n/?#<>()\[\]|]*@)"));
/// Any mark between the two, where an account is expected.
static BETWEEN_ANY: LazyLock<Regex> =
    LazyLock::new(|| ascii(r"^(?: *[^a-z0-9 \n@|]{1,3} *| +| *\n)"));
/// A password in front of an address.
static IN_FRONT: LazyLock<Regex> =
    LazyLock::new(|| ascii(r"(?:^|[ \n:])(?P<word>[^ \n:|;@]+) ?[:|;] ?$"));
/// `name:password`, where the label says that it is an account.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    ascii(r"^ *[^ \n:@/|;]+(?P<rest>(?P<mark> ?[:|;/] ?)(?P<word>[^ \n:/|;]+)) *$")
});
/// The same with its label in a line of a text.
static NAMED_LINE: LazyLock<Regex> = LazyLock::new(|| {
    ascii(&format!(
        r"(?m){ACCOUNT}[^ \n:@/|;]+(?P<rest>(?P<mark> ?[:|;/] ?)(?P<word>[^ \n:/|;]+)) *$"
    ))
});
/// The beginning of a line that tells an account.
const ACCOUNT: &str = concat!(
    r"^[^a-z0-9\n]*(?:[a-z]+ ){0,2}(?:account|login|log in|acc|acct|user|username|konto|compte|cuenta)",
    r"(?: (?:details|info|data|name))?[^a-z0-9\n]{0,3}[:=][^a-z0-9\n]*"
);
static OF_ACCOUNT: LazyLock<Regex> = LazyLock::new(|| ascii(ACCOUNT));

pub(super) fn find(look: Look<'_>, cuts: &mut Cuts) {
    let text = look.text;
    if text.contains('@') {
        for mail in MAIL.find_iter(text) {
            let before = text.get(..mail.start()).unwrap_or_default();
            if let Some(secret) = behind(look, mail.range(), is_of_proxy(before)) {
                cuts.drop(secret);
            }
            if let Some(secret) = in_front(look, mail.start()) {
                cuts.drop(secret);
            }
        }
        for found in USER.captures_iter(text).filter_map(|found| found.name("user")) {
            cuts.drop(found.range());
        }
        return;
    }
    let named = if look.place == Place::Account { &NAMED } else { &NAMED_LINE };
    for found in named.captures_iter(text) {
        let (Some(rest), Some(word)) = (found.name("rest"), found.name("word")) else { continue };
        let raw = look.skeleton.raw(look.raw, &word.range());
        // Nothing but a colon between two words: an account, however plain its password is.
        let glued = found.name("mark").is_some_and(|mark| mark.as_str() == ":")
            && raw.len() >= 6
            && raw.starts_with(char::is_lowercase)
            && !is_harmless(raw);
        if looks_secret(raw) && !looks_like_number(raw) || glued {
            cuts.drop(rest.range());
        }
    }
}

/// Whether what stands here is an account, perhaps with its password.
fn is_of_account(look: Look<'_>, at: usize) -> bool {
    look.place == Place::Account || OF_ACCOUNT.is_match(before_in_line(look.text, at))
}

/// The password in front of an address, with the mark between them.
fn in_front(look: Look<'_>, at: usize) -> Option<Range<usize>> {
    let before = look.text.get(..at).filter(|before| before.ends_with([':', '|', ';', ' ']))?;
    let line = before_in_line(look.text, at);
    let word = IN_FRONT.captures(line)?.name("word")?;
    let start = before.len() - line.len() + word.start();
    let raw = look.skeleton.raw(look.raw, &(start..start + word.len()));
    (is_of_account(look, at) && looks_secret(raw) && !looks_like_number(raw)).then_some(start..at)
}

/// The password behind an address, with the mark between them.
fn behind(look: Look<'_>, mail: Range<usize>, of_proxy: bool) -> Option<Range<usize>> {
    let text = look.text;
    let rest = text.get(mail.end..)?;
    // `<buyer@example.com>`, `[buyer@example.com](mailto:buyer@example.com)`.
    let opened = rest.trim_start_matches(['>', ')', ']']);
    let at = mail.end + (rest.len() - opened.len()).min(3);
    let rest = text.get(at..)?;
    let glued = rest
        .strip_prefix(':')
        .map(|glued| glued.split([' ', '\n', '"']).next().unwrap_or_default());
    // Anything that is glued to the address: a password may hold any mark.
    if let Some(glued) = glued.filter(|glued| !glued.is_empty() && !glued.starts_with('/')) {
        return (!(of_proxy && is_port(glued))).then(|| at..at + 1 + glued.len());
    }
    let of_account = is_of_account(look, mail.start);
    let mark = BETWEEN.find(rest).or_else(|| BETWEEN_ANY.find(rest).filter(|_| of_account))?;
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
    let plain = strict || raw.starts_with(char::is_uppercase) || !of_account;
    let fits = !is_harmless(raw)
        && !raw.is_empty()
        && !raw.contains('@')
        && !raw.ends_with(':')
        && !raw.contains("://")
        && !looks_like_number(raw)
        && (looks_secret(raw) || !plain);
    let close = after.len() - after.trim_start_matches([')', ']', '>']).len();
    let end = word.end + if bare.ends_with(['(', '[', '<']) { close } else { 0 };
    let is_parted = !bare.is_empty() || of_account;
    (is_last && fits && is_parted).then_some(at..end)
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
                ("||buyer@example.com||||hunter2||", "||buyer@example.com||"),
                ("`buyer@example.com``hunter2`", "`buyer@example.com`"),
                ("<buyer@example.com>:hunter2", "<buyer@example.com>"),
                (
                    "[buyer@example.com](mailto:buyer@example.com):hunter2",
                    "[buyer@example.com](mailto:buyer@example.com)",
                ),
                ("Account: demo77:hunter2", "Account: demo77"),
                ("Login: demo / hunter2", "Login: demo"),
                ("Account: buyer@example.com (hunter2)", "Account: buyer@example.com"),
                ("Account: hunter2:buyer@example.com", "Account: buyer@example.com"),
                ("login buyer@example.com pass sesame", "login buyer@example.com pass removed"),
                ("buyer@example.com pw hunter2", "buyer@example.com pw removed"),
                ("buyer@example.com (pass hunter2)", "buyer@example.com (pass removed)"),
                ("buyer@example.com, password sesame", "buyer@example.com, password removed"),
                ("login demo77 pass hunter2", "login demo77 pass removed"),
                ("user demo77 / pass hunter2", "user demo77 / pass removed"),
                ("use demo login, pw hunter2, thanks", "use demo login, pw removed, thanks"),
            ],
        );
        become_clean(
            Place::Account,
            &[
                ("demo:hunter2", "demo"),
                ("demo:sesame", "demo"),
                ("buyer@example.com hunter2", "buyer@example.com"),
                ("buyer@example.com = hunter2", "buyer@example.com"),
                ("buyer@example.com • hunter2", "buyer@example.com"),
                ("hunter2:buyer@example.com", "buyer@example.com"),
                ("buyer@example.com | sesame", "buyer@example.com"),
            ],
        );
        stay(
            Place::Account,
            &[
                "Main",
                "Main 2",
                "Main:Target",
                "buyer@example.com | Target",
                "buyer@example.com (Walmart)",
            ],
        );
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
                "Main1:buyer@example.com",
                "Account: Main 2 | Order: 102003900000021",
                "Account: Main | Target2 Drops",
                "Login failed, pass through",
                "User pass expired",
                "buyer@example.com Pass: The Game",
                "buyer@example.com password required",
                "Login with Season Pass 2024",
                "Account Battle Pass PS5 Edition",
            ],
        );
    }
}
