//! Secrets behind their label: `CVV: 984`, `password is hunter2`, a card below the line `Card Number`.

mod lines;
mod phrases;
mod sentences;
mod value;
mod words;
mod wrapped;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::cuts::Cuts;
use super::look::{Look, Place, ascii};
use super::numbers::names_product;
use super::values::before_in_line;
pub(super) use phrases::ascii_phrases;
use phrases::{Kind, labels};
use value::Label;
pub(in crate::reading::privacy) use words::{is_common, place_of};

pub(super) fn find(look: Look<'_>, cuts: &mut Cuts) {
    let mut done = 0;
    for (part, kind) in labels(look.text) {
        if part.start < done || is_of_link(look.text, &part, kind) {
            continue;
        }
        let before = before_in_line(look.text, part.start);
        let before =
            before.rsplit(['|', ',', ';', '•', '·', '{', '(', '.', '&']).next().unwrap_or_default();
        let label = Label {
            text: look.text,
            raw: Look { place: place_at(look, part.start), ..look },
            kind,
            word: look.text.get(part.clone()).unwrap_or_default().trim_matches('_'),
            before: before.trim_matches(|mark: char| !mark.is_alphanumeric()),
        };
        for value in label.values(part.end) {
            done = done.max(value.end);
            cuts.remove(value);
        }
    }
    sentences::find(look, cuts);
}

/// A line of several things that begins with one of them: `2x `.
static COUNTED: LazyLock<Regex> =
    LazyLock::new(|| ascii(r"^[^a-z0-9]*(?:[0-9]{1,3} ?x|x ?[0-9]{1,3})[^a-z0-9]*$"));

/// What a text speaks of at a place: in a line that names a product, or below its label, of a product.
fn place_at(look: Look<'_>, at: usize) -> Place {
    let line = before_in_line(look.text, at);
    let start = at - line.len();
    let is_product =
        |part: Range<usize>| names_product(look.labels, look.skeleton.raw(look.raw, &part));
    let parted = line.contains(['|', ';', '•']) || line.contains("  ");
    let named = match line.find(':') {
        Some(colon) => !parted && is_product(start..start + colon),
        None if line.chars().any(char::is_alphanumeric) => COUNTED.is_match(line),
        None => {
            let above = look.text.get(..start).unwrap_or_default().trim_end();
            let label = before_in_line(above, above.len());
            let raw = above.len() - label.len()..above.len();
            !label.is_empty() && !label.contains(": ") && is_product(raw)
        }
    };
    if named && look.place == Place::Anywhere { Place::Name } else { look.place }
}

/// Whether the word that ends here is a link.
fn is_in_link(before: &str) -> bool {
    let line = before_in_line(before, before.len());
    let word = line.rsplit([' ', '"', '(', '<']).next().unwrap_or_default();
    word.contains(['?', '/', '#', '.', '%'])
}

/// Whether a label is a parameter of a link, or a part of a proxy: `?token=`, `user:pass@host`.
fn is_of_link(text: &str, part: &Range<usize>, kind: Kind) -> bool {
    let before = text.get(..part.start).unwrap_or_default();
    let after = text.get(part.end..).unwrap_or_default();
    let parameter = before.ends_with(['?', '&', ';', '/', '#', '%'])
        && after.starts_with(['=', '/', '%'])
        && (after.starts_with('/') || is_in_link(before));
    let bracketed = before.ends_with('[') && after.starts_with("]=") && is_in_link(before);
    parameter || bracketed || (kind == Kind::Plain && before.ends_with([':', '@', '/']))
}

#[cfg(test)]
mod tests {
    use super::super::cases::{become_clean, stay};
    use super::super::look::Place;

    #[test]
    fn what_a_label_announces_goes() {
        become_clean(
            Place::Anywhere,
            &[
                ("<password>sesame</password>", "<password>removed</password>"),
                ("username=bob&password=sesame", "username=bob&password=removed"),
                ("Password \"sesame\"", "Password \"removed\""),
                ("Password (hunter2)", "Password (removed)"),
                ("mdp: hunter2", "mdp: removed"),
                ("cvv647", "cvvremoved"),
                ("CVV#647", "CVV#removed"),
                ("Card Code: 647", "Card Code: removed"),
                ("Verification: 551680", "Verification: removed"),
                ("验证码是 551680", "验证码是 removed"),
                ("CVV: 984\nCard: 4111-1111-1111-1113", "CVV: removed\nCard: removed"),
                ("**CVV** `984`", "**CVV** `removed`"),
                ("Exp 12/28 CVC 123", "Exp removed CVC removed"),
                ("Card Number\n4111111111111112\nPrice\n$5", "Card Number\nremoved\nPrice\n$5"),
                ("password is hunter2, thanks", "password is removed, thanks"),
                ("Contraseña: hunter2", "Contraseña: removed"),
                ("密码：hunter2", "密码：removed"),
                ("Cookie: a=b; c=d", "Cookie: removed"),
                ("Session: abc | Product: Kettle", "Session: removed | Product: Kettle"),
                (
                    "{\"auth_token\": \"abc\", \"product\": \"x\"}",
                    "{\"auth_token\": \"removed\", \"product\": \"x\"}",
                ),
                (
                    "Recovery codes:\n1234-5678\n- abcd-efgh\n\nrest",
                    "Recovery codes:\nremoved\nremoved\n\nrest",
                ),
                ("Password\n\nhunter2\nProfile\nA", "Password\n\nremoved\nProfile\nA"),
                ("OTP → 556677", "OTP → removed"),
                ("Security Answer: Fluffy", "Security Answer: removed"),
                ("Secret answer = Fluffy", "Secret answer = removed"),
                ("Security Question Answer: Fluffy", "Security Question Answer: removed"),
                ("Mother's Maiden Name: Miller", "Mother's Maiden Name: removed"),
                ("Memorable Word: Fluffy", "Memorable Word: removed"),
                ("Sicherheitsantwort: Bello", "Sicherheitsantwort: removed"),
                ("Your verification code is 556 677", "Your verification code is removed"),
            ],
        );
    }

    #[test]
    fn words_that_announce_nothing_stay() {
        stay(
            Place::Anywhere,
            &[
                "Forgot your password? Reset it.",
                "Security code required",
                "CVV: mismatch",
                "Card: ****4321",
                "Visa ending in 1111",
                "Season Pass PS5 Edition",
                "Pass: The Game",
                "Token: Gold 24k Coin",
                "Pin: Mickey 2026 Limited",
                "Security Code: Book 4",
                "PIN: 4 Piece Set 2024",
                "Product: Pin: 2024 Mickey",
                "Product\nCookie: Run 2",
                "2x Passcode: Paris",
                "Verification: Passed",
                "SMS: enabled",
                "Tan: 12",
                "Cookie Monster 3000 Plush",
                "Disney Pin 2024 Collection",
                "Token: none",
                "Session expired",
                "Offer expires: 2027-05-01",
                "Pokemon Trading Card Game 2024",
                "Payment: Visa 1111",
                "Security Question: Pet",
                "Answer: yes",
                "Product: Security Answer: A Novel",
            ],
        );
        stay(
            Place::Name,
            &[
                "Pin: Mickey 2026 Limited",
                "Security Code: Book 4",
                "PIN: 4 Piece Set 2024",
                "Token: Gold 24k Coin",
                "CVV: 123 Figures",
            ],
        );
    }
}
