//! Secrets behind their label: `CVV: 984`, `password is hunter2`, a card below the line `Card Number`.

mod phrases;
mod sentences;
mod value;
mod words;

use std::ops::Range;

use super::cuts::Cuts;
use super::look::Look;
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
            before.rsplit(['|', ',', ';', '•', '·', '{', '(', '.']).next().unwrap_or_default();
        let label = Label {
            text: look.text,
            raw: look,
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

/// Whether a label is a parameter of a link, or a part of a proxy: `?token=`, `user:pass@host`.
fn is_of_link(text: &str, part: &Range<usize>, kind: Kind) -> bool {
    let before = text.get(..part.start).unwrap_or_default();
    let after = text.get(part.end..).unwrap_or_default();
    let parameter =
        before.ends_with(['?', '&', ';', '/', '#', '%']) && after.starts_with(['=', '/', '%']);
    parameter || (kind == Kind::Plain && before.ends_with([':', '@', '/']))
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
                "Cookie Monster 3000 Plush",
                "Disney Pin 2024 Collection",
                "Token: none",
                "Session expired",
                "Offer expires: 2027-05-01",
                "Pokemon Trading Card Game 2024",
                "Payment: Visa 1111",
            ],
        );
    }
}
