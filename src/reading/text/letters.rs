//! Letters that stand for plain ones: `𝗢𝗿𝗱𝗲𝗿`, `ᴏʀᴅᴇʀ`, `Ⓞⓡⓓⓔⓡ`, `Ｏｒｄｅｒ`, and accents.

use unicode_normalization::char::decompose_compatible;

/// Small capitals and the letters they stand for; Unicode itself does not say so.
const SMALL_CAPITALS: [(char, char); 26] = [
    ('ᴀ', 'a'),
    ('ʙ', 'b'),
    ('ᴄ', 'c'),
    ('ᴅ', 'd'),
    ('ᴇ', 'e'),
    ('ꜰ', 'f'),
    ('ɢ', 'g'),
    ('ʜ', 'h'),
    ('ɪ', 'i'),
    ('ᴊ', 'j'),
    ('ᴋ', 'k'),
    ('ʟ', 'l'),
    ('ᴍ', 'm'),
    ('ɴ', 'n'),
    ('ᴏ', 'o'),
    ('ᴘ', 'p'),
    ('ꞯ', 'q'),
    ('ʀ', 'r'),
    ('ꜱ', 's'),
    ('ᴛ', 't'),
    ('ᴜ', 'u'),
    ('ᴠ', 'v'),
    ('ᴡ', 'w'),
    ('ʏ', 'y'),
    ('ᴢ', 'z'),
    ('ⱼ', 'j'),
];

/// Letters that have no decomposition and are written without their stroke all the same.
const STROKES: [(char, &str); 15] = [
    ('ł', "l"),
    ('đ', "d"),
    ('ø', "o"),
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ı', "i"),
    ('ð', "d"),
    ('þ', "th"),
    ('ŧ', "t"),
    ('ħ', "h"),
    ('ς', "σ"),
    ('º', "o"),
    ('°', "o"),
    ('№', "no"),
];

/// The letter or digit that a letter of a decorative alphabet stands for; bold type by other means.
pub(crate) fn undecorated(character: char) -> Option<char> {
    match character {
        '\u{0}'..='\u{261}' => None,
        '\u{1D400}'..='\u{1D7FF}'
        | '\u{2102}'
        | '\u{210A}'..='\u{2113}'
        | '\u{2115}'
        | '\u{2119}'..='\u{211D}'
        | '\u{2124}'
        | '\u{2128}'
        | '\u{212C}'..='\u{2134}'
        | '\u{24B6}'..='\u{24E9}'
        | '\u{1D2C}'..='\u{1D6A}'
        | '\u{2B0}'..='\u{2B8}'
        | '\u{1F130}'..='\u{1F149}' => only(character).filter(|plain| plain.is_alphanumeric()),
        '\u{249C}'..='\u{24B5}' => letter(character, '\u{249C}', b'a'),
        '\u{1F150}'..='\u{1F169}' => letter(character, '\u{1F150}', b'A'),
        // `🅰`, `🅱`, `🅾` and `🅿` are emoji as well.
        '\u{1F172}'..='\u{1F17D}' | '\u{1F180}'..='\u{1F189}' => {
            letter(character, '\u{1F170}', b'A')
        }
        _ => SMALL_CAPITALS.iter().find(|(small, _)| *small == character).map(|(_, plain)| *plain),
    }
}

/// The letter at this place of an alphabet.
fn letter(character: char, first: char, plain: u8) -> Option<char> {
    let place = u32::from(character).checked_sub(u32::from(first))?;
    char::from_u32(u32::from(plain) + place)
}

/// What a character decomposes to, if that is one character.
fn only(character: char) -> Option<char> {
    let mut parts = (None, 0_usize);
    decompose_compatible(character, |part| parts = (parts.0.or(Some(part)), parts.1 + 1));
    parts.0.filter(|_| parts.1 == 1)
}

/// The ASCII character that a full-width one stands for.
pub(crate) fn half_width(character: char) -> Option<char> {
    let wide = matches!(character, '\u{FF01}'..='\u{FF5E}');
    wide.then(|| char::from_u32(u32::from(character) - 0xFEE0)).flatten()
}

/// Adds a character as words are compared: in lower case, without accents and strokes.
pub(crate) fn push_folded(character: char, out: &mut String) {
    if character.is_ascii() {
        return out.push(character.to_ascii_lowercase());
    }
    for lower in character.to_lowercase() {
        match lower {
            '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{4FF}' | '\u{1E00}'..='\u{1FFF}' => {
                decompose_compatible(lower, |part| push_bare(part, out));
            }
            other => push_bare(half_width(other).unwrap_or(other), out),
        }
    }
}

fn push_bare(part: char, out: &mut String) {
    if is_accent(part) {
        return;
    }
    match STROKES.iter().find(|(stroked, _)| *stroked == part) {
        Some((_, plain)) => out.push_str(plain),
        None => out.push(part),
    }
}

/// An accent that stands behind its letter.
pub(crate) fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(text: &str) -> String {
        text.chars().map(|letter| undecorated(letter).unwrap_or(letter)).collect()
    }

    fn folded(text: &str) -> String {
        let mut out = String::new();
        text.chars().for_each(|letter| push_folded(letter, &mut out));
        out
    }

    #[test]
    fn every_alphabet_of_decoration_is_read() {
        for text in [
            "𝐎𝐫𝐝𝐞𝐫 𝟏𝟐",
            "𝑂𝑟𝑑𝑒𝑟 12",
            "𝑶𝒓𝒅𝒆𝒓 12",
            "𝒪𝓇𝒹ℯ𝓇 12",
            "𝓞𝓻𝓭𝓮𝓻 12",
            "𝔒𝔯𝔡𝔢𝔯 12",
            "𝕺𝖗𝖉𝖊𝖗 12",
            "𝕆𝕣𝕕𝕖𝕣 𝟙𝟚",
            "𝖮𝗋𝖽𝖾𝗋 𝟣𝟤",
            "𝗢𝗿𝗱𝗲𝗿 𝟭𝟮",
            "𝘖𝘳𝘥𝘦𝘳 12",
            "𝙊𝙧𝙙𝙚𝙧 12",
            "𝙾𝚛𝚍𝚎𝚛 𝟷𝟸",
            "Ⓞⓡⓓⓔⓡ 12",
            "🄾rder 12",
            "🅞rder 12",
            "ᴏʀᴅᴇʀ 12",
            "ᵒʳᵈᵉʳ 12",
        ] {
            assert_eq!(bare(text).to_lowercase(), "order 12", "{text}");
        }
    }

    #[test]
    fn what_is_no_decoration_stays() {
        for text in ["Pokémon™ №5 ½ ② 🅿 🇺🇸 Größe Заказ 注文番号 ℃", "ＰＳ５"]
        {
            assert_eq!(bare(text), text);
        }
    }

    #[test]
    fn accents_and_strokes_are_no_difference() {
        for (text, plain) in [
            ("Número", "numero"),
            ("Nume\u{301}ro", "numero"),
            ("ZAMÓWIENIE ZŁOŻONE", "zamowienie zlozone"),
            ("SİPARİŞ", "siparis"),
            ("sıparış", "siparis"),
            ("Größe", "grosse"),
            ("ĐƠN HÀNG", "don hang"),
            ("Αριθμός", "αριθμοσ"),
            ("Ｐｒｉｃｅ", "price"),
            ("注文", "注文"),
            ("N° commande", "no commande"),
            ("№", "no"),
        ] {
            assert_eq!(folded(text), plain, "{text}");
        }
    }
}
