//! Codes for one use, as sentences tell them: `556677 is your verification code`.

use std::sync::LazyLock;

use regex::Regex;

use super::super::cuts::Cuts;
use super::super::look::{Look, Place, ascii};
use super::super::values::{is_harmless, looks_secret, word_at};

/// A code for one use.
const CODE: &str = r"(?P<code>\b(?:[a-z]-)?[0-9]{4,8}\b|\b[0-9]{3}[ \-][0-9]{3}\b)";

/// A sentence, and the words without which it is not looked for.
type Sentence = (&'static [&'static str], Regex);

static SENTENCES: LazyLock<[Sentence; 7]> = LazyLock::new(|| {
    [
        (
            &["code", "otp", "pin", "passcode"],
            ascii(&format!(
                "{CODE}[^a-z0-9\\n]{{1,4}}(?:is|as|est|ist|es)? ?(?:your|the|ihr|dein|votre|tu) (?:[a-z0-9'\\-]+ ){{0,4}}?(?:code|otp|pin|passcode|bestatigungscode)\\b"
            )),
        ),
        (
            &["code", "pin"],
            ascii(&format!(
                "(?:verification|security|one.?time|login|sign.?in|access|2fa|authentication) (?:code|pin|passcode)[^\\n0-9:]{{0,40}}(?: is|:)[ :]*{CODE}"
            )),
        ),
        (
            &["code"],
            ascii(&format!(
                r"\b(?:your|use|enter) (?P<of>(?:[a-z0-9'.&\-]+ ){{0,4}})code(?: is|:| )[ :]*{CODE}"
            )),
        ),
        (
            &["code", "codigo", "codice", "kod"],
            ascii(&format!(
                r"\b(?:votre|ton|ihr|dein|su|tu|seu|tuo|suo|uw|je|din|twoj) (?P<of>(?:[a-z]+ ){{0,3}})(?:code|codigo|codice|kode?n?)(?P<more>(?: [a-z]+){{0,3}}?) ?(?:est|es|is|ist|lautet|e|er|to|:)[ :]*{CODE}"
            )),
        ),
        (
            &["log", "sign", "verify", "confirm", "authenticate", "unlock", "reset"],
            ascii(&format!(
                r"\b(?:use|enter|type) {CODE} (?:to|for|as|when) (?:[a-z]+ ){{0,3}}?(?:log ?in|sign ?in|verify|confirm|authenticate|unlock|reset)"
            )),
        ),
        (
            &["share"],
            ascii(&format!(r"\bcode:? {CODE}[,.;:]? (?:[a-z]+ )?(?:do not|don'?t|never) share")),
        ),
        (&["pin"], ascii(r"\bpin (?P<code>[0-9]{5,8})\b")),
    ]
});
/// Codes of other things.
static OTHER_CODES: LazyLock<Regex> = LazyLock::new(|| {
    ascii(concat!(
        r"\b(?:order|promo|promotion|discount|coupon|referral|style|zip|postal|area|country|product|item|sku|",
        r"tracking|confirmation|booking|reservation|gift|voucher|store|bar|qr|error|colou?r|size|purchase|pickup|",
        r"commande|promotionnel|promocional|descuento|pedido|bestell|rabatt|gutschein|sconto|ordine)\b"
    ))
});
/// Labels of security codes with any mark or none between them and their value: `cvv984`, `CVV#984`, `pw-hunter2`.
static GLUED: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    [
        ascii(concat!(
            r"\b(?:card_?)?(?:cvv2?|cvc2?|ccv|cvd|cvn|csc|c[. ]v[. ][vc]\.?|sec(?:urity)?\.? {0,2}code|card[ _\-]?code|",
            r"(?:3|4|three|four).?digit code)[^a-z0-9\n]{0,5}(?P<code>[0-9]{3,4})(?:\b|_)"
        )),
        ascii(r"\b(?:otp|2fa|mfa)[\-#/ ]{1,2}(?P<code>[0-9]{4,8})\b"),
    ]
});
static GLUED_PASSWORD: LazyLock<Regex> =
    LazyLock::new(|| ascii(r"\b(?:pw|pwd|psw|pswd|p/w)[\-#/](?P<word>[^ \n]+)"));

/// A password behind its account, with words alone between them: `login buyer@example.com pass sesame`.
static OF_ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    ascii(concat!(
        r"(?:@[0-9a-z_.\-]+\.[a-z]+|\b(?:log ?in|user(?:name)?|account|acct?)[ :=]+[^ \n]+?)",
        r"[^a-z0-9\n]{1,4}(?:and |with |& )?(?:pass|pw|pwd|password) +(?P<word>[^ \n]+)"
    ))
});

pub(super) fn find(look: Look<'_>, cuts: &mut Cuts) {
    let text = look.text;
    for (hints, sentence) in SENTENCES.iter() {
        if !hints.iter().any(|hint| text.contains(hint)) {
            continue;
        }
        for found in sentence.captures_iter(text) {
            let of = [found.name("of"), found.name("more")].into_iter().flatten();
            let other = of.into_iter().any(|of| OTHER_CODES.is_match(of.as_str()));
            if let Some(code) = found.name("code").filter(|_| !other) {
                cuts.remove(code.range());
            }
        }
    }
    if look.place == Place::Name || look.place == Place::Number {
        return;
    }
    for found in GLUED.iter().flat_map(|glued| glued.captures_iter(text)) {
        found.name("code").into_iter().for_each(|code| cuts.remove(code.range()));
    }
    for found in
        OF_ACCOUNT.captures_iter(text).filter(|_| text.contains("pass") || text.contains("pw"))
    {
        let Some(word) = found.name("word") else { continue };
        let word = word_at(text, word.start());
        let raw = look.skeleton.raw(look.raw, &word);
        let addressed = found.get(0).is_some_and(|found| found.as_str().contains('@'));
        let plain = addressed && !is_harmless(raw) && !raw.ends_with(':');
        if plain || looks_secret(raw) {
            cuts.remove(word);
        }
    }
    for word in GLUED_PASSWORD.captures_iter(text).filter_map(|found| found.name("word")) {
        if looks_secret(look.skeleton.raw(look.raw, &word.range())) {
            cuts.remove(word.range());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::cases::{become_clean, stay};
    use super::*;

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
                ("Your Best Buy code is 556677", "Your Best Buy code is removed"),
                ("Use 556677 to log in", "Use removed to log in"),
                ("Votre code est 556677", "Votre code est removed"),
                ("Ihr Code lautet 556677", "Ihr Code lautet removed"),
                ("CVV • 647", "CVV • removed"),
                ("C.V.V: 647", "C.V.V: removed"),
                ("pw-hunter2", "pw-removed"),
                ("PIN 590869", "PIN removed"),
                ("Use code 556677 to sign in", "Use code removed to sign in"),
            ],
        );
        stay(
            Place::Anywhere,
            &[
                "Use promo code 20262026",
                "Your order code is 5566",
                "Style code 556677",
                "Your Target promo code is 556677",
                "Use 2 to verify",
                "Disney Pin 2026 Collection",
            ],
        );
    }
}
