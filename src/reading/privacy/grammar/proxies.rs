//! Proxies with user and password, in any order: `host:port:user:pass`, `user:pass@host`, `[2001:db8::1]:80:user:pass`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::cuts::Cuts;
use super::look::{Look, Place, ascii};
use super::signs::Signs;
use super::values::{before_in_line, looks_secret};

/// A word with colons or `@` in it.
static WORD: LazyLock<Regex> = LazyLock::new(|| ascii(r#"[^ \n"'()<>|,;]*[:@][^ \n"'()<>|,;]+"#));
static HOST: LazyLock<Regex> = LazyLock::new(|| {
    ascii(
        r"^(?:(?:[0-9]{1,3}\.){3}[0-9]{1,3}|localhost|(?:[a-z0-9_\-]+\.)+[a-z][a-z0-9\-]+|\[[0-9a-f:.]+\])$",
    )
});
static SIX: LazyLock<Regex> = LazyLock::new(|| {
    ascii(r"^(?P<host>(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}:[0-9]{2,5}):[^:]+:[^:]+$")
});
/// The four parts with other marks between them, a line for themselves: `203.0.113.4 8080 user pass`.
static PARTED: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    const HOST: &str =
        r"(?:(?:[0-9]{1,3}\.){3}[0-9]{1,3}|(?:[a-z0-9_\-]+\.)+[a-z]{2,}|\[[0-9a-f:.]+\])";
    const MARK: &str = "(?: ?[|;,] ?|[ :/@])";
    let before = format!(
        r"(?m)(?:^|[:|(] ?){HOST}{MARK}[0-9]{{2,5}}(?P<rest>{MARK}[^ \n:|;,/@]+{MARK}(?P<word>[^ \n|;,]+))[ )]*$"
    );
    let behind = format!(
        r"(?m)(?:^|[:|(] )(?P<rest>[^ \n:|;,/@]+{MARK}(?P<word>[^ \n:|;,/@]+){MARK}){HOST}{MARK}[0-9]{{2,5}}[ )]*$"
    );
    [ascii(&before), ascii(&behind)]
});

pub(super) fn find(look: Look<'_>, signs: &Signs, cuts: &mut Cuts) {
    let text = look.text;
    if signs.marks >= 2 {
        WORD.find_iter(text).for_each(|word| of_word(look, word.range(), cuts));
    }
    if !signs.parted_proxies() {
        return;
    }
    for found in PARTED.iter().flat_map(|parted| parted.captures_iter(text)) {
        if let (Some(rest), Some(word)) = (found.name("rest"), found.name("word"))
            && are_parts(look, rest.range(), word.range())
        {
            cuts.drop(rest.range());
        }
    }
}

/// Whether what stands beside a host and its port in a line is a user and a password, and no words.
fn are_parts(look: Look<'_>, rest: Range<usize>, word: Range<usize>) -> bool {
    let said = look.text.get(rest).unwrap_or_default();
    let marked = said.trim().contains(['|', ';', ',', ':', '/', '@']);
    !said.contains("://")
        && said.chars().any(char::is_alphabetic)
        && (marked
            || look.place == Place::Proxy
            || looks_secret(look.skeleton.raw(look.raw, &word)))
}

/// One part of a word between two marks.
#[derive(Debug, Clone)]
struct Atom {
    range: Range<usize>,
    /// The mark in front of it.
    mark: Option<char>,
}

fn of_word(look: Look<'_>, word: Range<usize>, cuts: &mut Cuts) {
    let text = look.text;
    let said = text.get(word.clone()).unwrap_or_default();
    // Of a link, only what stands in front of the path.
    let scheme = said.find("://").map_or(0, |scheme| scheme + 3);
    let rest = said.get(scheme..).unwrap_or_default();
    let end =
        if scheme > 0 { rest.find(['/', '?', '#']).unwrap_or(rest.len()) } else { rest.len() };
    let word = word.start + scheme..word.start + scheme + end;
    let said = text.get(word.clone()).unwrap_or_default();
    if let Some(host) = SIX.captures(said).and_then(|found| found.name("host"))
        && said.matches(':').count() >= 5
    {
        return cuts.drop(word.start + host.end()..word.end);
    }
    let atoms = atoms(said, word.start);
    let Some(host) = atoms.iter().position(|atom| is_host(text, atom)) else {
        return;
    };
    let port =
        [host + 1, host.wrapping_sub(1)].into_iter().find(|at| is_port(text, atoms.get(*at)));
    let rest = (0..atoms.len()).filter(|at| *at != host && Some(*at) != port).count();
    if rest >= 2 && speaks_of_proxy(look, &atoms, host, port) {
        cut(&atoms, host, port, cuts);
    }
}

/// Everything but host and port goes, with the marks.
fn cut(atoms: &[Atom], host: usize, port: Option<usize>, cuts: &mut Cuts) {
    let (first, last) = match port {
        Some(port) => (host.min(port), host.max(port)),
        None => (host, host),
    };
    let (Some(begin), Some(from), Some(to), Some(end)) =
        (atoms.first(), atoms.get(first), atoms.get(last), atoms.last())
    else {
        return;
    };
    cuts.drop(begin.range.start..from.range.start);
    cuts.drop(to.range.end..end.range.end);
}

/// The parts of a word; an address in brackets is one.
fn atoms(word: &str, start: usize) -> Vec<Atom> {
    let mut atoms = Vec::new();
    let (mut from, mut mark, mut in_brackets) = (0, None, false);
    for (at, character) in word.char_indices() {
        match character {
            '[' => in_brackets = true,
            ']' => in_brackets = false,
            ':' | '@' if !in_brackets => {
                atoms.push(Atom { range: start + from..start + at, mark });
                (from, mark) = (at + 1, Some(character));
            }
            _ => {}
        }
    }
    atoms.push(Atom { range: start + from..start + word.len(), mark });
    atoms
}

fn is_host(text: &str, atom: &Atom) -> bool {
    text.get(atom.range.clone()).is_some_and(|said| HOST.is_match(said))
}

fn is_port(text: &str, atom: Option<&Atom>) -> bool {
    let said = atom.and_then(|atom| text.get(atom.range.clone())).unwrap_or_default();
    (2..=5).contains(&said.len()) && said.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether what stands around a host is user and password, and not a label, an address or a sentence.
fn speaks_of_proxy(look: Look<'_>, atoms: &[Atom], host: usize, port: Option<usize>) -> bool {
    let said = |at: usize| {
        atoms.get(at).and_then(|atom| look.text.get(atom.range.clone())).unwrap_or_default()
    };
    let is_mail = |at: usize| {
        atoms.get(at).is_some_and(|atom| atom.mark == Some('@')) && !said(at).is_empty()
    };
    let numeric = said(host).starts_with(|first: char| first.is_ascii_digit() || first == '[');
    if port.is_some() || numeric {
        // `first.last@example.com:password` is an address with its password.
        let address = host + 1 < atoms.len() && is_mail(host + 1) && !numeric && port.is_none();
        return !address;
    }
    let line = before_in_line(look.text, atoms.first().map_or(0, |atom| atom.range.start));
    let named = look.place == Place::Proxy || line.contains("prox");
    let labels = ["email", "e-mail", "mail", "mailto", "account", "login", "profile", "konto"];
    if is_mail(host) {
        let far = said(host).matches('.').count() >= 2
            || ["proxy", "gw", "gate", "resi", "isp", "dc"]
                .iter()
                .any(|word| said(host).starts_with(word));
        return !labels.contains(&said(0)) && (named || far);
    }
    let word = |at: usize| {
        atoms.get(at).map(|atom| look.skeleton.raw(look.raw, &atom.range)).unwrap_or_default()
    };
    let next_is_mail = is_mail(host + 1);
    !next_is_mail && (named || (host == 0 && atoms.len() == 3 && looks_secret(word(2))))
}

#[cfg(test)]
mod tests {
    use super::super::cases::{become_clean, stay};
    use super::*;

    #[test]
    fn the_proxy_stays_and_its_user_goes() {
        become_clean(
            Place::Anywhere,
            &[
                ("203.0.113.4:8080:user:pass", "203.0.113.4:8080"),
                ("user:pass@gw.example.net:8080", "gw.example.net:8080"),
                ("user:pass@gw.example.net", "gw.example.net"),
                ("user:pass:gw.example.net:8080", "gw.example.net:8080"),
                ("gw.example.net:8080@user:pass", "gw.example.net:8080"),
                ("203.0.113.4:user:pass", "203.0.113.4"),
                ("8080:203.0.113.4:user:pass", "8080:203.0.113.4"),
                ("[2001:db8::1]:8080:user:pass", "[2001:db8::1]:8080"),
                ("user:pass@[2001:db8::1]:8080", "[2001:db8::1]:8080"),
                ("2001:db8::1:8080:user:p4ss!", "2001:db8::1:8080"),
                ("http://203.0.113.4:8080:user:pass", "http://203.0.113.4:8080"),
                (
                    "|| Resi | http://u:p@gw.example.net:5959/ ||",
                    "|| Resi | http://gw.example.net:5959/ ||",
                ),
                ("203.0.113.4 8080 user p4ss", "203.0.113.4 8080"),
                ("203.0.113.4|8080|user|pass", "203.0.113.4|8080"),
                ("203.0.113.4:8080 user:pass", "203.0.113.4:8080"),
                ("user;pass;203.0.113.4;8080", "203.0.113.4;8080"),
                ("203.0.113.4:8080:us\u{200b}er:pass", "203.0.113.4:8080"),
                ("localhost:8080:user:pass", "localhost:8080"),
            ],
        );
    }

    #[test]
    fn what_only_looks_like_a_proxy_stays() {
        stay(
            Place::Anywhere,
            &[
                "2026-01-15:10:56:19 at 12:30:45",
                "Demo Resi | http://host.example.net:5959/",
                "https://shop.example.com/a:b:c",
                "1.2.3.4:8080",
                "Account:buyer@example.com",
                "Email:buyer@mail.example.com",
                "example.com: Product: A",
                "aa:bb:cc:dd:ee:ff",
                "Ratio 1:2:3",
                "Task: target.com, 12:30",
                "Proxy List: 203.0.113.11:8080",
                "203.0.113.11:8080 is down",
                "Pool 3 203.0.113.11:8080",
            ],
        );
    }
}
