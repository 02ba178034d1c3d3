//! Proxies of which the parts stand beside each other, or in lines of their own.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::cuts::Cuts;
use super::super::look::{Look, Place, ascii};
use super::super::values::{looks_like_number, looks_secret};

/// The four parts with other marks between them, a line for themselves: `203.0.113.4 8080 user pass`.
static PARTED: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    const HOST: &str = concat!(
        r"(?:(?:[0-9]{1,3}\.){3}[0-9]{1,3}|(?:[a-z0-9_\-]+\.)+[a-z]{2,}|\[[0-9a-f:.]+\]|",
        r"[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7})"
    );
    const MARK: &str = "(?: ?[|;,:/@•] ?| (?:-{1,2}|[–—→]) | )";
    // In front of a host, a label stands with `: ` behind it.
    const GLUED: &str = "(?: ?[|;,] ?|[ :/@])";
    let before = format!(
        r"(?m)(?:^|[:|(] ?){HOST}{MARK}[0-9]{{2,5}}(?P<rest>{MARK}[^ \n:|;,/@]+{MARK}(?P<word>[^ \n|;,]+))[ )]*$"
    );
    let behind = format!(
        r"(?m)(?:^|[:|(] )(?P<rest>[^ \n:|;,/@]+{GLUED}(?P<word>[^ \n:|;,/@]+){GLUED}){HOST}{MARK}[0-9]{{2,5}}[ )]*$"
    );
    [ascii(&before), ascii(&behind)]
});
/// A user and a password in the line below a host and its port, or above it.
static LINES: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    const HOST: &str = r"(?:(?:[0-9]{1,3}\.){3}[0-9]{1,3}|(?:[a-z0-9_\-]+\.)+[a-z]{2,}):[0-9]{2,5}";
    const PAIR: &str = r"[^ \n:/@.]+:(?P<word>[^ \n:/@]+)";
    [
        ascii(&format!(r"(?m)(?:^|[ |(/]){HOST}(?P<rest> *\n{PAIR}) *$")),
        ascii(&format!(r"(?m)^(?P<rest>{PAIR} *\n){HOST} *$")),
    ]
});
/// Host, port, user and password in lines of their own: below their host, and above it.
static APART: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    const HOST: &str =
        r"(?:(?:[0-9]{1,3}\.){3}[0-9]{1,3}|(?:[a-z0-9_\-]+\.)+[a-z]{2,})(?::| *\n)[0-9]{2,5}";
    const PAIR: &str = r"(?P<user>[^ \n:/@.]+) *\n(?P<word>[^ \n]+)";
    [
        ascii(&format!(r"(?m)(?:^|[ |(/]){HOST}(?P<rest> *\n{PAIR}) *$")),
        ascii(&format!(r"(?m)^(?P<rest>{PAIR} *\n){HOST} *$")),
    ]
});
/// A user where host, port and password have labels of their own.
static LABELLED_USER: LazyLock<Regex> = LazyLock::new(|| {
    ascii(r"\b(?:user(?:name)?|login)[^a-z0-9\n]{0,3}[:=][^a-z0-9\n]{0,3}(?P<user>[^ \n,;|]+)")
});

/// Host, port, user and password in one line, whatever marks are between them.
pub(super) fn find(look: Look<'_>, cuts: &mut Cuts) {
    for found in PARTED.iter().flat_map(|parted| parted.captures_iter(look.text)) {
        if let (Some(rest), Some(word)) = (found.name("rest"), found.name("word"))
            && are_parts(look, rest.range(), word.range())
        {
            cuts.drop(rest.range());
        }
    }
    if look.text.lines().any(|line| ends_with_port(line, true)) {
        apart(look, cuts);
    }
}

/// Host, port, user and password in lines of their own.
fn apart(look: Look<'_>, cuts: &mut Cuts) {
    let named = look.place == Place::Proxy;
    let patterns = APART.iter().take(if named { 2 } else { 1 });
    for found in patterns.flat_map(|apart| apart.captures_iter(look.text)) {
        let (Some(rest), Some(user), Some(word)) =
            (found.name("rest"), found.name("user"), found.name("word"))
        else {
            continue;
        };
        let raw = |part: Range<usize>| look.skeleton.raw(look.raw, &part);
        let (user, said) = (raw(user.range()), raw(word.range()));
        let plain = |said: &str| named && said.len() >= 6 && said.starts_with(char::is_lowercase);
        let opens = (looks_secret(said) && !looks_like_number(said)) || plain(said);
        let is_label = look.labels.knows(user) || look.labels.knows(said);
        if (opens || (named && looks_secret(user))) && !is_label && !ends_with_port(said, false) {
            cuts.drop(rest.range());
        }
    }
}

/// User and password in lines of their own, or behind labels.
pub(super) fn by_lines(look: Look<'_>, cuts: &mut Cuts) {
    let text = look.text;
    if ["host", "proxy", "port:"].iter().any(|word| text.contains(word)) && text.contains("pass") {
        for user in LABELLED_USER.captures_iter(text).filter_map(|found| found.name("user")) {
            let removed = text.get(user.range()) == Some("removed");
            (!removed).then(|| cuts.remove(user.range()));
        }
    }
    if !text.lines().any(|line| ends_with_port(line, false)) && look.place != Place::Proxy {
        return;
    }
    for found in LINES.iter().flat_map(|lines| lines.captures_iter(text)) {
        let (Some(rest), Some(word)) = (found.name("rest"), found.name("word")) else { continue };
        let raw = look.skeleton.raw(look.raw, &word.range());
        if look.place == Place::Proxy || looks_secret(raw) {
            // The line goes with one of its ends.
            cuts.drop(rest.range());
        }
    }
}

/// Whether a line ends like a host with its port. `alone`: or is nothing but a port.
fn ends_with_port(line: &str, alone: bool) -> bool {
    let line = line.trim_end();
    let host = line.trim_end_matches(|mark: char| mark.is_ascii_digit());
    host.len() < line.len() && (host.ends_with(':') || (alone && host.is_empty()))
}

/// Whether what stands beside a host and its port in a line is a user and a password, and no words.
fn are_parts(look: Look<'_>, rest: Range<usize>, word: Range<usize>) -> bool {
    let said = look.text.get(rest).unwrap_or_default();
    let marked = said.trim().contains(['|', ';', ',', ':', '/', '@']);
    let is_host = said.contains('.')
        && look
            .text
            .get(word.clone())
            .is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    !is_host
        && !said.contains("://")
        && said.chars().any(char::is_alphabetic)
        && (marked
            || look.place == Place::Proxy
            || looks_secret(look.skeleton.raw(look.raw, &word)))
}

#[cfg(test)]
mod tests {
    use super::super::super::cases::{become_clean, stay};
    use super::*;

    #[test]
    fn what_stands_below_a_proxy_or_above_it_goes() {
        become_clean(
            Place::Anywhere,
            &[
                ("203.0.113.4:8080\nuser77\nGxSecret77Rb", "203.0.113.4:8080"),
                ("gw.example.net\n8080\nuser77\nGxSecret77Rb", "gw.example.net\n8080"),
                ("Proxy:\n203.0.113.4:8080\nuser77\nGxSecret77Rb", "Proxy:\n203.0.113.4:8080"),
                (
                    "203.0.113.4:8080\ndemo\np4ssword\n203.0.113.5:8080\ndemo\np4ssword",
                    "203.0.113.4:8080\n203.0.113.5:8080",
                ),
            ],
        );
        become_clean(
            Place::Proxy,
            &[
                ("203.0.113.4:8080\nuser77\nsesame", "203.0.113.4:8080"),
                ("203.0.113.4\n8080\ndemo\nsesame", "203.0.113.4\n8080"),
                ("user77\nsesame\n203.0.113.4:8080", "203.0.113.4:8080"),
            ],
        );
        stay(
            Place::Proxy,
            &[
                "203.0.113.4:8080\n203.0.113.5:8080\n203.0.113.6:8080",
                "203.0.113.4:8080\nResi\nUS",
                "203.0.113.4:8080\nResi",
                "Resi Pool\nGroup 2\n203.0.113.4:8080",
            ],
        );
    }
}
