//! Codes for one use, as sentences tell them: `556677 is your verification code`.

use std::sync::LazyLock;

use regex::Regex;

use super::super::cuts::Cuts;
use super::super::look::{Look, ascii};

static SENTENCES: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    [
        ascii(concat!(
            r"(?P<code>\b(?:[a-z]-)?[0-9]{4,8}\b|\b[0-9]{3}[ \-][0-9]{3}\b)[^a-z0-9\n]{1,4}",
            r"(?:is|as|est|ist|es)? ?(?:your|the|ihr|dein|votre|tu) (?:[a-z0-9'\-]+ ){0,4}?",
            r"(?:code|otp|pin|passcode|bestatigungscode)\b"
        )),
        ascii(concat!(
            r"(?:verification|security|one.?time|login|sign.?in|access|2fa|authentication) (?:code|pin|passcode)",
            r"[^\n0-9:]{0,40}(?: is|:)[ :]*(?P<code>(?:[a-z]-)?[0-9]{4,8}\b|[0-9]{3}[ \-][0-9]{3}\b)"
        )),
        ascii(concat!(
            r"\b(?:your|use|enter) (?:(?:the|this|following|temporary|[a-z]+ ?id|sms|google|amazon) ){0,3}code",
            r"(?: is|:| )[ :]*(?P<code>(?:[a-z]-)?[0-9]{4,8}\b|[0-9]{3}[ \-][0-9]{3}\b)"
        )),
    ]
});

pub(super) fn find(look: Look<'_>, cuts: &mut Cuts) {
    let hints = ["code", "otp", "pin"];
    if !hints.iter().any(|hint| look.text.contains(hint)) {
        return;
    }
    for sentence in SENTENCES.iter() {
        let found = sentence.captures_iter(look.text).filter_map(|found| found.name("code"));
        found.for_each(|code| cuts.remove(code.range()));
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::cases::{become_clean, stay};
    use super::super::super::look::Place;

    #[test]
    fn codes_go_from_sentences_and_other_numbers_stay() {
        become_clean(
            Place::Anywhere,
            &[
                ("556677 is your verification code", "removed is your verification code"),
                (
                    "G-556677 is your Google verification code.",
                    "removed is your Google verification code.",
                ),
                ("Your code is 556-677", "Your code is removed"),
                ("Use code 556677 to sign in", "Use code removed to sign in"),
            ],
        );
        stay(
            Place::Anywhere,
            &["Use promo code 20262026", "Your order code is 5566", "Style code 556677"],
        );
    }
}
