//! Texts as they are compared and searched: without accents, entities and typographers' marks. Pure.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Entities by name that name no letter with an accent.
const ENTITIES: [(&str, &str); 25] = [
    ("amp", "&"),
    ("apos", "'"),
    ("bull", "•"),
    ("copy", "©"),
    ("gt", ">"),
    ("hellip", "…"),
    ("laquo", "«"),
    ("ldquo", "“"),
    ("lsquo", "‘"),
    ("lt", "<"),
    ("mdash", "—"),
    ("middot", "·"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("oelig", "œ"),
    ("quot", "\""),
    ("raquo", "»"),
    ("rdquo", "”"),
    ("reg", "®"),
    ("rsquo", "’"),
    ("shy", ""),
    ("szlig", "ß"),
    ("times", "×"),
    ("trade", "™"),
    ("aelig", "æ"),
];
/// How the names of letters with an accent end: `eacute`, `Uuml`.
const ACCENTS: [&str; 8] = ["acute", "grave", "circ", "uml", "tilde", "cedil", "ring", "slash"];
/// Longer than any entity that stands in a product's name.
const LONGEST_ENTITY: usize = 10;
/// Programs that escape what another one has escaped: `&amp;amp;`.
const MOST_ESCAPES: usize = 3;

/// A text as it is compared: lower case, Latin letters without accents, entities resolved, one kind of
/// quotes and dashes, without ® and ™. Letters of other alphabets keep their marks: が is not か.
///
/// The view `order_texts` and the index behind it fold the same characters.
pub(crate) fn folded(text: &str) -> String {
    if text.bytes().all(is_plain) {
        return text.to_ascii_lowercase();
    }
    let text = unescaped(text);
    let mut folded = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while !rest.is_empty() {
        // Only what stands beside other than ASCII is looked at by Unicode's rules, with the letter that it may mark.
        let alone = rest.bytes().take_while(|byte| is_alone(*byte)).count();
        let is_marked = alone < rest.len() && alone > 0;
        let (plain, others) = rest.split_at(alone - usize::from(is_marked));
        let letter = usize::from(is_marked);
        let behind = others.bytes().skip(letter).take_while(|byte| !is_alone(*byte)).count();
        let (others, behind) = others.split_at(letter + behind);
        folded.push_str(&plain.to_ascii_lowercase());
        folded.push_str(&folded_by_unicode(others));
        rest = behind;
    }
    folded
}

fn folded_by_unicode(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut follows_latin = false;
    let kept = text.chars().filter(|character| !is_sign(*character)).map(unspaced);
    for character in kept.nfkd() {
        if is_combining_mark(character) {
            if !follows_latin {
                folded.push(character);
            }
            continue;
        }
        follows_latin = character.is_ascii_alphabetic();
        for lower in character.to_lowercase() {
            push(&mut folded, lower);
        }
    }
    // Syllables and letters that were only taken apart are put together again.
    folded.nfc().collect()
}

/// Whether nothing but the case of a byte is folded, whatever stands beside it, but for a mark that follows it.
const fn is_alone(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && byte != b'`'
}

/// Whether a byte is a letter or mark of which nothing but the case is folded.
pub(crate) const fn is_plain(byte: u8) -> bool {
    byte.is_ascii() && byte != b'&'
}

/// Signs of ownership: they say nothing of what is sold.
fn is_sign(character: char) -> bool {
    matches!(character, '®' | '™' | '©' | '℠' | '\u{FFFD}')
}

/// Marks that Unicode would take apart into a space and an accent, or into two.
fn unspaced(character: char) -> char {
    match character {
        '´' | '`' => '\'',
        '″' => '"',
        _ => character,
    }
}

/// Letters that Unicode does not take apart, and the many forms of quotes and dashes.
fn push(folded: &mut String, character: char) {
    match character {
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'þ' => folded.push_str("th"),
        'ø' => folded.push('o'),
        'ł' => folded.push('l'),
        'đ' | 'ð' => folded.push('d'),
        'ı' => folded.push('i'),
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' => folded.push('\''),
        '“' | '”' | '„' | '‟' | '«' | '»' => folded.push('"'),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => folded.push('-'),
        '×' => folded.push('x'),
        _ if character.is_whitespace() => folded.push(' '),
        _ => folded.push(character),
    }
}

/// A text without entities. What is none stays as it is.
pub(crate) fn unescaped(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..MOST_ESCAPES {
        if !text.contains('&') {
            break;
        }
        let once = unescaped_once(&text);
        if once == text {
            break;
        }
        text = once;
    }
    text
}

fn unescaped_once(text: &str) -> String {
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let entity = part.split_once(';').filter(|(name, _)| name.len() <= LONGEST_ENTITY);
        if let Some((meant, rest)) = entity.and_then(|(name, rest)| Some((meaning(name)?, rest))) {
            plain.push_str(&meant);
            plain.push_str(rest);
        } else {
            plain.push('&');
            plain.push_str(part);
        }
    }
    plain
}

/// What an entity stands for: `amp`, `#233`, `#xE9`, `eacute`.
fn meaning(name: &str) -> Option<String> {
    if let Some(code) = name.strip_prefix('#') {
        let code = match code.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => code.parse(),
        };
        return char::from_u32(code.ok()?).map(String::from);
    }
    let lower = name.to_ascii_lowercase();
    if let Some((_, meant)) = ENTITIES.iter().find(|(entity, _)| *entity == lower) {
        return Some((*meant).to_owned());
    }
    let mut letters = name.chars();
    let letter = letters.next().filter(char::is_ascii_alphabetic)?;
    ACCENTS.contains(&letters.as_str()).then(|| letter.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_the_same_text_fold_alike() {
        for (text, plain) in [
            ("Pokémon", "pokemon"),
            ("Poke\u{301}mon", "pokemon"),
            ("POK&Eacute;MON &#8211; Sword &amp;amp; Shield", "pokemon - sword & shield"),
            ("Pok&#xE9;mon\u{a0}Box®", "pokemon box"),
            ("It´s “new” — 3′", "it's \"new\" - 3'"),
            ("Straße Ærø Łódź", "strasse aero lodz"),
            ("ＢＯＸ １２", "box 12"),
            ("A & B; C &unknown; &#99999999;", "a & b; c &unknown; &#99999999;"),
            ("rath…", "rath..."),
            ("&amp;amp;amp;", "&"),
            ("&amp;amp;amp;amp;", "&amp;"),
        ] {
            assert_eq!(folded(text), plain, "{text}");
        }
    }

    #[test]
    fn parts_fold_as_the_whole_does() {
        let letters = [
            "a", "E", "7", " ", "=", "`", "\t", "\n", "\u{301}", "\u{338}", "\u{327}", "é", "Å",
            "®", "´", "ß", "カ", "\u{3099}", "ｶ", "\u{ff9e}", "ᄀ", "ᅡ", "\u{11a8}", "½", "\u{a0}",
            "й", "İ",
        ];
        let mut state = 7_usize;
        for length in 1..4_000 {
            let mut next = || {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                letters[(state >> 33) % letters.len()]
            };
            let text: String = (0..length % 12).map(|_| next()).collect();
            let is_plain = text.bytes().all(is_plain);
            assert!(is_plain || folded(&text) == folded_by_unicode(&text), "{text:?}");
        }
    }

    #[test]
    fn letters_of_other_alphabets_stay_what_they_are() {
        for text in ["ガンダム", "한국어", "й"] {
            assert_eq!(folded(text), text);
        }
        assert_ne!(folded("ガ"), folded("カ"));
    }
}
