//! Quantities: `2`, `x2`, `Qty: 2`, `two`, `２`.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::reading::text::digits::plain_digits;
use crate::reading::text::letters::push_folded;
use crate::reading::text::word_map::WordMap;

/// More units than this are no quantity: it keeps price times quantity within 64 bits.
const MAX_QUANTITY: i64 = 1_000_000;
/// Texts of more words than this are no quantity in words.
const MAX_WORDS: usize = 3;

/// Words that may stand in front of a number.
const BEFORE: [&str; 7] = ["x", "a", "qty", "quantity", "only", "just", "exactly"];

/// Numbers in words, from one to twelve, in the languages that Discord is offered in.
const WORDS: [&str; 12] = [
    "one single ein eine einen eins un une uno una um uma jeden jedna jedno een én \
     en ett yksi bir ένα един една один одна egy unu jedan vienas một एक หนึ่ง 一 일 하나 \
     satu",
    "two couple pair both zwei beide deux dos due dois duas dwa dwie twee to två kaksi \
     iki δύο две два дві kettő két doi două dva du hai दो สอง 二 两 兩 이 둘 dua",
    "three drei trois tres tre três trzy drie kolme üç τρία три három trei tri trys ba \
     तीन สาม 三 삼 셋 tiga",
    "four vier quatre cuatro quattro quatro cztery fire fyra neljä dört τέσσερα четири \
     четыре чотири négy patru četiri čtyři keturi bốn चार สี่ 四 사 넷 empat",
    "five fünf cinq cinco cinque pięć vijf fem viisi beş πέντε пет пять öt cinci pet pět \
     penki năm पाँच ห้า 五 오 다섯 lima",
    "six sechs seis sei sześć zes seks sex kuusi altı έξι шест шесть hat șase šest šeši \
     sáu छह หก 六 육 여섯 enam",
    "seven sieben sept siete sette sete siedem zeven syv sju seitsemän yedi επτά седем \
     семь сім hét șapte sedam sedm septyni bảy सात เจ็ด 七 칠 tujuh",
    "eight acht huit ocho otto oito osiem otte åtta åtte kahdeksan sekiz οκτώ осем восемь \
     вісім nyolc opt osam osm aštuoni tám आठ แปด 八 팔 delapan",
    "nine neun neuf nueve nove dziewięć negen ni nio yhdeksän dokuz εννέα девет девять \
     kilenc nouă devet devět devyni chín नौ เก้า 九 구 sembilan",
    "ten zehn dix diez dieci dez dziesięć tien ti tio kymmenen δέκα десет десять tíz \
     zece deset dešimt mười दस สิบ 十 십 sepuluh",
    "eleven elf onze once undici jedenaście",
    "twelve dozen zwölf douze doce dodici doze dwanaście dutzend douzaine docena dozzina \
     dúzia tuzin twaalf",
];

static BY_WORD: LazyLock<WordMap<i64>> = LazyLock::new(|| {
    let mut table = WordMap::default();
    for (quantity, words) in (1..).zip(WORDS) {
        for word in words.split(' ') {
            table.entry(Cow::Owned(folded(word))).or_insert(quantity);
        }
    }
    table
});

fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    word.chars().for_each(|character| push_folded(character, &mut out));
    out
}

/// Units: `2`, `x2`, `2x`, `Qty: 2`, `two`. Nothing below one counts, and no digit of an e-mail address.
pub(crate) fn quantity(plain: &str) -> Option<i64> {
    let plain = plain_digits(plain);
    let in_word = |part: &str| part.starts_with(char::is_alphanumeric);
    if plain.split('@').skip(1).any(in_word) {
        return None;
    }
    match plain.find(|character: char| character.is_ascii_digit()) {
        Some(from) => in_digits(&plain, from),
        None => in_words(&plain),
    }
}

fn in_digits(plain: &str, from: usize) -> Option<i64> {
    if plain.get(..from)?.ends_with(['-', '−', '.', ',']) {
        return None;
    }
    let rest = plain.get(from..)?;
    let whole = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (mut digits, after) = (rest.get(..whole)?.to_owned(), rest.get(whole..)?);
    if let Some(fraction) = after.strip_prefix(['.', ',']) {
        let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
        let fraction = fraction.get(..length)?;
        if length == 3 && after.starts_with(',') {
            digits.push_str(fraction);
        } else if fraction.bytes().any(|digit| digit != b'0') {
            return None;
        }
    }
    let quantity: i64 = digits.parse().ok()?;
    (1..=MAX_QUANTITY).contains(&quantity).then_some(quantity)
}

/// `two`, `Two units`, `x three`: a few words, of which the first is a number.
fn in_words(plain: &str) -> Option<i64> {
    let mut words = plain.split(|mark: char| !mark.is_alphabetic() && !is_sign(mark));
    let mut words = words.by_ref().filter(|word| !word.is_empty());
    let few: Vec<&str> = words.by_ref().take(MAX_WORDS).collect();
    if words.next().is_some() {
        return None;
    }
    let mut few = few.into_iter().map(folded);
    let first = few.find(|word| !BEFORE.contains(&word.as_str()))?;
    BY_WORD.get(first.as_str()).copied()
}

/// Signs above and below letters, which are no letters to Unicode.
fn is_sign(mark: char) -> bool {
    matches!(mark, '\u{300}'..='\u{36F}' | '\u{900}'..='\u{963}' | '\u{E31}'..='\u{E4E}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_means_two_numbers() {
        let mut seen: Vec<(String, usize)> = Vec::new();
        for (index, words) in WORDS.iter().enumerate() {
            for word in words.split(' ').map(folded) {
                let other = seen.iter().find(|held| held.0 == word && held.1 != index);
                assert_eq!(other, None, "{word}");
                seen.push((word, index));
            }
        }
    }

    #[test]
    fn quantities() {
        for (text, expected) in [
            ("2", Some(2)),
            ("x2", Some(2)),
            ("2x", Some(2)),
            ("Qty: 2", Some(2)),
            ("2 units", Some(2)),
            ("2.0", Some(2)),
            ("0", None),
            ("-3", None),
            ("1.5", None),
            ("NaN", None),
            ("", None),
            ("99999999999999999999", None),
            ("1", Some(1)),
            ("1000000", Some(1_000_000)),
            ("1000001", None),
            ("1,000", Some(1_000)),
            ("２", Some(2)),
            ("२", Some(2)),
            ("2個", Some(2)),
            ("two", Some(2)),
            ("Two units", Some(2)),
            ("two (2)", Some(2)),
            ("a pair", Some(2)),
            ("a dozen", Some(12)),
            ("One", Some(1)),
            ("x three", Some(3)),
            ("zwölf Stück", Some(12)),
            ("Deux", Some(2)),
            ("dwie sztuki", Some(2)),
            ("duas", Some(2)),
            ("две штуки", Some(2)),
            ("दो", Some(2)),
            ("สอง", Some(2)),
            ("两件", None),
            ("两", Some(2)),
            ("as many as there are", None),
            ("none", None),
            ("2 @ $10.00", Some(2)),
            ("buyer8575@example.com", None),
            ("up to you", None),
            ("on hold", None),
        ] {
            assert_eq!(quantity(text), expected, "{text}");
        }
    }
}
