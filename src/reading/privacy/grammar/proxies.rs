//! Proxies with user and password, in any order: `host:port:user:pass`, `user:pass@host`, `[2001:db8::1]:80:user:pass`.

mod parted;

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
/// The same behind a user and a password.
static SIX_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    ascii(
        r"^(?P<rest>[^:@]+:[^@]+?[:@])(?:[0-9a-f]{1,4}:){1,7}(?::?[0-9a-f]{1,4}:?){1,7}[0-9]{2,5}$",
    )
});
/// A host without a dot, by its port: `proxyhost:8080:user:pass`, `user:pass@proxyhost:8080`.
static LOCAL: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    const HOST: &str = "[a-z][a-z0-9_-]+:(?:80|[0-9]{3,5})";
    [
        ascii(&format!("^(?:{HOST})(?P<rest>[:@][^:@]+:(?P<word>[^:@]+))$")),
        ascii(&format!("^(?P<rest>[^:@]+:(?P<word>[^:@]+)[:@]){HOST}$")),
    ]
});
/// A password with `/` in it, of a link.
static SLASHED: LazyLock<Regex> = LazyLock::new(|| {
    ascii(
        r"\b[a-z][a-z0-9+\-]{1,12}://(?P<user>[^ \n.:/?#<>()|@]+:[^ \n<>()|@]*/[^ \n<>()|@]*@)[a-z0-9.\-\[\]]+(?::[0-9]{2,5})?(?:/|\b)",
    )
});
pub(super) fn find(look: Look<'_>, signs: &Signs, cuts: &mut Cuts) {
    let text = look.text;
    if signs.marks >= 2 {
        WORD.find_iter(text).for_each(|word| of_word(look, word.range(), cuts));
        parted::by_lines(look, cuts);
    }
    if signs.at && signs.slash {
        let found = SLASHED.captures_iter(text).filter_map(|found| found.name("user"));
        found.for_each(|user| cuts.drop(user.range()));
    }
    if signs.parted_proxies() {
        parted::find(look, cuts);
    }
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
    if let Some(rest) = SIX_BEHIND.captures(said).and_then(|found| found.name("rest"))
        && (said.contains("::") || said.matches(':').count() >= 8)
        && rest
            .as_str()
            .split([':', '@'])
            .take(2)
            .all(|part| part.contains(|mark: char| !mark.is_ascii_hexdigit()))
    {
        return cuts.drop(word.start..word.start + rest.end());
    }
    let atoms = atoms(said, word.start);
    let Some(host) = atoms.iter().position(|atom| is_host(text, atom)) else {
        return local(look, said, &word, cuts);
    };
    let port =
        [host + 1, host.wrapping_sub(1)].into_iter().find(|at| is_port(text, atoms.get(*at)));
    let rest = (0..atoms.len()).filter(|at| *at != host && Some(*at) != port).count();
    let user = || {
        let last = atoms.last().filter(|atom| atom.mark == Some(':') && !atom.range.is_empty());
        let digits = |said: &str| said.bytes().all(|byte| byte.is_ascii_digit());
        host == 0
            && port == Some(1)
            && last.is_some_and(|last| {
                let named =
                    look.place == Place::Proxy || before_in_line(text, word.start).contains("prox");
                let said = text.get(last.range.clone()).unwrap_or_default();
                !digits(said) && (named || looks_secret(look.skeleton.raw(look.raw, &last.range)))
            })
    };
    if (rest >= 2 && speaks_of_proxy(look, &atoms, host, port)) || (rest == 1 && user()) {
        cut(&atoms, host, port, cuts);
        if port.is_none_or(|port| port.max(host) + 1 < atoms.len()) {
            tail(text, word.end, cuts);
        }
    }
}

/// A host without a dot.
fn local(look: Look<'_>, said: &str, word: &Range<usize>, cuts: &mut Cuts) {
    for found in LOCAL.iter().filter_map(|local| local.captures(said)) {
        let (Some(rest), Some(pass)) = (found.name("rest"), found.name("word")) else { continue };
        let pass = word.start + pass.start()..word.start + pass.end();
        let named =
            look.place == Place::Proxy || before_in_line(look.text, word.start).contains("prox");
        if named || looks_secret(look.skeleton.raw(look.raw, &pass)) {
            cuts.drop(word.start + rest.start()..word.start + rest.end());
        }
    }
}

/// The end of a password that goes on behind a comma or a semicolon.
fn tail(text: &str, from: usize, cuts: &mut Cuts) {
    let rest = text.get(from..).unwrap_or_default();
    let rest = rest.split([' ', '\n', '"', '|']).next().unwrap_or_default();
    let glued = rest.starts_with([',', ';']) && rest.len() > 1;
    if glued && !rest.contains([':', '@', '.', '=']) {
        cuts.drop(from..from + rest.len());
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
                ("gw.example.net : 8080 : user : pass", "gw.example.net : 8080"),
                ("gw.example.net:8080 - user - p4ss", "gw.example.net:8080"),
                ("gw.example.net:8080 / user / p4ss", "gw.example.net:8080"),
                ("gw.example.net:8080\nuser:p4ss", "gw.example.net:8080"),
                ("proxyhost:8080:user:p4ss", "proxyhost:8080"),
                ("user:p4ss@proxyhost:8080", "proxyhost:8080"),
                ("user:p4ss@2001:db8::9:8080", "2001:db8::9:8080"),
                ("user:p4ss:2001:db8::9:8080", "2001:db8::9:8080"),
                ("2001:db8::9|8080|user|pass", "2001:db8::9|8080"),
                ("gw.example.net:8080:user:pa,ss", "gw.example.net:8080"),
                ("http://u:p/x@gw.example.net:8080", "http://gw.example.net:8080"),
                ("203.0.113.4:8080:us3r", "203.0.113.4:8080"),
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
                "203.0.113.11:8080\n203.0.113.12:8080",
                "gw.example.net:8080\nProfile: Main2",
                "Task:12:30:Main2",
                "https://shop.example.com:443/a/b@c.example",
                "gw.example.net:8080,gw2.example.net:8080",
                "Proxy\n203.0.113.11:8080\nProfile\nMain2",
                "Proxy: 203.0.113.11:8080\nProfile Name\nMain2",
                "Proxy\n203.0.113.11:8080\nOrder\nEX1234567",
                "203.0.113.11:8080\nKettle\nx2",
                "shop.example.com\n2026\nKettle\nEX1234567",
            ],
        );
    }
}
