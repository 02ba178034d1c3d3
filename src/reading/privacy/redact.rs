//! Takes out what must never be stored or logged: passwords, cards, codes, tokens, links that open something.

use std::borrow::Cow;

use super::grammar::{Place, REMOVED, is_common, place_of, without_secrets};
use crate::reading::labels::Labels;

/// Looks at one text, since taking out one secret may join the halves of another.
const MAX_LOOKS: usize = 6;

/// A field's value without secrets: all of it goes where the label, itself without secrets, names one.
pub(crate) fn value_of<'t>(name: &str, value: &'t str, labels: &Labels) -> Cow<'t, str> {
    let place = place_of(name, labels);
    let digits = || value.chars().any(char::is_numeric);
    match place {
        Place::Secret | Place::Expiry if value.is_empty() || value == REMOVED => {
            Cow::Borrowed(value)
        }
        Place::Secret => Cow::Owned(REMOVED.to_owned()),
        Place::Expiry if digits() => Cow::Owned(REMOVED.to_owned()),
        _ => without(value, place, labels),
    }
}

/// The name of a field without secrets.
pub(crate) fn name_of<'t>(name: &'t str, labels: &Labels) -> Cow<'t, str> {
    if is_common(name) { Cow::Borrowed(name) } else { part(name, labels) }
}

/// Any text without secrets: for logs, and for what no message says.
pub fn text(raw: &str) -> Cow<'_, str> {
    part(raw, &Labels::built_in())
}

/// A part of a message without secrets.
pub(crate) fn part<'t>(raw: &'t str, labels: &Labels) -> Cow<'t, str> {
    without(raw, Place::Anywhere, labels)
}

fn without<'t>(raw: &'t str, place: Place, labels: &Labels) -> Cow<'t, str> {
    let mut current = Cow::Borrowed(raw);
    for _ in 0..MAX_LOOKS {
        match without_secrets(&current, place, labels) {
            Some(changed) => current = Cow::Owned(changed),
            None => return current,
        }
    }
    match without_secrets(&current, place, labels) {
        None => current,
        Some(_) => Cow::Owned(REMOVED.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_and_the_rest_stays() {
        for (raw, clean) in [
            (
                "[Click Here](https://share.refractbot.com/setup/bm90IHJlYWw=)",
                "[Click Here](removed)",
            ),
            ("https://discord.com/api/webhooks/1/x-y and on", "removed and on"),
            ("https://ptb.discord.com/api/v10/webhooks/1/x?wait=true", "removed"),
            (
                "[#S1](https://shop.example.com/1/orders/a/authenticate?key=b)",
                "[#S1](https://shop.example.com/1/orders/a/authenticate)",
            ),
            ("https://shop.example.com/p?color=red", "https://shop.example.com/p?color=red"),
            ("http://user:pass@gw.example.net:8080/", "http://gw.example.net:8080/"),
            ("user:pass@gw.example.net:8080", "gw.example.net:8080"),
            ("203.0.113.4:8080:user:pass", "203.0.113.4:8080"),
            (
                "|| Resi | http://u:p@gw.example.net:5959/ ||",
                "|| Resi | http://gw.example.net:5959/ ||",
            ),
            ("user:pass:gw.example.net:8080", "gw.example.net:8080"),
            ("localhost:8080:user:pass", "localhost:8080"),
            ("buyer@example.com:hunter2", "buyer@example.com"),
            ("Email:buyer@example.com:p@ss:12", "Email:buyer@example.com"),
            ("Account: buyer@example.com", "Account: buyer@example.com"),
            ("Password: hunter2", "Password: removed"),
            ("𝗣𝗮𝘀𝘀𝘄𝗼𝗿𝗱: hunter2", "𝗣𝗮𝘀𝘀𝘄𝗼𝗿𝗱: removed"),
            ("𝗘𝗺𝗮𝗶𝗹: nobody", "𝗘𝗺𝗮𝗶𝗹: nobody"),
            ("Password\nhunter2\nProfile\nA", "Password\nremoved\nProfile\nA"),
            ("2026-01-15:10:56:19 at 12:30:45", "2026-01-15:10:56:19 at 12:30:45"),
            (
                "Demo Resi | http://host.example.net:5959/",
                "Demo Resi | http://host.example.net:5959/",
            ),
        ] {
            assert_eq!(text(raw), clean, "{raw}");
            assert_eq!(text(clean), clean, "twice");
        }
    }

    #[test]
    fn a_token_of_a_bot_goes() {
        let token = ["A".repeat(24), "b".repeat(6), "c".repeat(38)].join(".");
        assert_eq!(text(&format!("token {token}!")), "token removed!");
    }

    #[test]
    fn a_field_that_names_a_secret_loses_its_value() {
        assert_eq!(value_of("**Share Link**", "anything", &Labels::built_in()), REMOVED);
        assert_eq!(value_of("Account Password", "hunter2", &Labels::built_in()), REMOVED);
        assert_eq!(value_of("𝗣𝗮𝘀𝘀𝘄𝗼𝗿𝗱", "hunter2", &Labels::built_in()), REMOVED);
        assert_eq!(value_of("Ｐａｓｓｗｏｒｄ", "hunter2", &Labels::built_in()), REMOVED);
        assert_eq!(value_of("Profile", "Main", &Labels::built_in()), "Main");
    }
}
