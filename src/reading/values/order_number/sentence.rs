//! Order numbers within sentences: `Your order 102003000000017 has been placed.`

use super::{is_sign, masked, pieces};
use crate::reading::text::is_blank;

/// Words that may stand between "order" and its number.
const MAX_FILLERS: usize = 4;
/// Longer texts are looked at up to here.
const MAX_BYTES: usize = 1_024;
/// A number without a sign in front of it has at least as many characters.
const MIN_UNSIGNED: usize = 5;

/// Words for an order.
const ORDER: &str = "order orders preorder pre-order ordernumber purchase confirmation bestellung \
    bestellnummer auftrag auftragsnummer commande pedido encomenda compra ordine bestelling \
    bestelnummer ordernummer beställning beställningen bestilling bestillingen ordre ordrenummer \
    tilaus tilauksesi tilausnumero zamówienie zamówienia zamowienie заказ заказа замовлення поръчка \
    objednávka objednávky objednávku rendelés rendelése comanda narudžba sipariş siparişiniz \
    παραγγελία pesanan hàng طلب طلبك הזמנה ऑर्डर";

/// Words for an order in scripts that put no spaces between words.
const UNSPACED_ORDER: [&str; 7] = ["注文", "订单", "訂單", "订购", "주문", "오더", "คำสั่งซื้อ"];

/// Words that say that a number follows.
const NUMBER: &str = "number no nr n num id ref reference code n° nº nummer numéro numero número \
    numer номер číslo numara numaranız αριθμός số nomor رقم מספר संख्या";

/// Other words that may stand between.
const BETWEEN: &str =
    "is confirmation with the mit der ist lautet est es é è con com z o med är er";

/// An order number that a sentence names, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named<'t> {
    /// `None` where only a part of it is shown.
    pub(crate) number: Option<String>,
    /// What stands in front of it and behind it.
    pub(crate) before: &'t str,
    pub(crate) after: &'t str,
}

/// The number that a sentence, with its markup, gives an order. In a heading a number of four digits counts.
pub(crate) fn named(text: &str, is_heading: bool) -> Option<Named<'_>> {
    let text = text.get(..text.floor_char_boundary(MAX_BYTES))?;
    let tokens: Vec<(usize, &str)> = tokens(text).collect();
    let mut expected = Expected::default();
    for (index, (at, token)) in tokens.iter().copied().enumerate() {
        if is_order(token) {
            expected = Expected { fillers: MAX_FILLERS, numbered: false };
            continue;
        }
        if expected.fillers == 0 {
            continue;
        }
        let around = |number| {
            let after = text.get(at + token.len()..)?;
            Some(Named { number, before: text.get(..at)?, after })
        };
        if masked::is_masked(token) || shows_an_end(token, text.get(at..)?) {
            return around(None);
        }
        let run = tokens.get(index..).unwrap_or_default();
        if let Some(number) = number(token, run, expected.numbered || is_heading) {
            return around(Some(number));
        }
        expected.pass(token);
    }
    None
}

/// `ending in 4321`.
fn shows_an_end(token: &str, rest: &str) -> bool {
    const BEGINNINGS: [&str; 6] = ["ending", "ends", "last", "endet", "terminant", "termina"];
    let begins = BEGINNINGS.iter().any(|word| token.eq_ignore_ascii_case(word));
    let clause = rest.split(['.', '!', '\n', ',']).next().unwrap_or(rest);
    begins && masked::says_that_it_ends(clause)
}

/// What may follow the word "order".
#[derive(Debug, Clone, Copy, Default)]
struct Expected {
    /// Words that may still stand in front of the number.
    fillers: usize,
    /// A word said that a number follows.
    numbered: bool,
}

impl Expected {
    fn pass(&mut self, token: &str) {
        let word = bare(token).to_lowercase();
        let numbers = is_in(NUMBER, &word) || token.chars().all(is_sign);
        self.numbered |= numbers;
        let passes = numbers || is_in(BETWEEN, &word) || is_unspaced(token);
        self.fillers = if passes { self.fillers - 1 } else { 0 };
    }
}

fn is_order(token: &str) -> bool {
    if is_unspaced(token) {
        return UNSPACED_ORDER.iter().any(|word| token.contains(word));
    }
    let word = bare(token);
    word.len() <= 32 && is_in(ORDER, &word.to_lowercase())
}

fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

fn bare(token: &str) -> &str {
    token.trim_matches(['*', '_', '.', '~', '\'', '’'])
}

/// The number that a token is or begins.
fn number(token: &str, run: &[(usize, &str)], may_be_short: bool) -> Option<String> {
    let word = bare(token);
    let unsigned = word.trim_start_matches(is_sign);
    let signed = unsigned.len() < word.len();
    let further = run.iter().skip(1).map(|(_, token)| bare(token));
    let number = pieces::leading(std::iter::once(unsigned).chain(further))?;
    if signed {
        return Some(number);
    }
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let least = if may_be_short { MIN_UNSIGNED - 1 } else { MIN_UNSIGNED };
    let fits = number.len() >= least && digits >= 4 && !pieces::is_year(&number);
    (fits && !pieces::says_something_else(unsigned)).then_some(number)
}

/// The words of a text with where they begin: a word of a script without spaces ends where a letter or
/// digit of another follows.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = rest.find(|mark: char| !ends_word(mark))?;
        let word = rest.get(start..)?;
        let first = word.chars().next().is_some_and(is_unspaced_letter);
        let end = word.find(|mark: char| ends_word(mark) || is_unspaced_letter(mark) != first);
        let token = word.get(..end.unwrap_or(word.len()))?;
        let begin = at + start;
        at = begin + token.len();
        Some((begin, token))
    })
}

fn ends_word(mark: char) -> bool {
    is_blank(mark) || "|`[]()<>,;!?:=\"“”„「」（）【】，。！：；、–—\\".contains(mark)
}

fn is_unspaced(token: &str) -> bool {
    token.chars().all(is_unspaced_letter)
}

/// Chinese, Japanese, Korean and Thai letters.
fn is_unspaced_letter(mark: char) -> bool {
    matches!(mark, '\u{E01}'..='\u{E4E}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7AF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<String> {
        named(text, false).and_then(|named| named.number)
    }

    #[test]
    fn sentences_name_orders() {
        for text in [
            "Your order 102003000000017 has been placed.",
            "Your order #102003000000017 is confirmed!",
            "Thank you! Your order number is **102003000000017**.",
            "Thanks for your order! Order number: 102003000000017",
            "We received your order (102003000000017).",
            "Your order ||102003000000017|| has been placed.",
            "Your order [102003000000017](https://shop.example.com/1) has been placed.",
            "Order No. 102003000000017 was placed.",
            "Ihre Bestellung mit der Nummer 102003000000017 ist eingegangen.",
            "Votre commande n° 102003000000017 a été confirmée.",
            "O seu pedido nº 102003000000017 foi aprovado!",
            "Il tuo ordine n. 102003000000017 è confermato.",
            "Twoje zamówienie nr 102003000000017 zostało złożone.",
            "Ваш заказ № 102003000000017 оформлен.",
            "ご注文番号は102003000000017です。",
            "您的订单102003000000017已提交",
            "주문번호: 102003000000017",
        ] {
            assert_eq!(number(text).as_deref(), Some("102003000000017"), "{text}");
        }
        assert_eq!(number("Your order #1001 is placed").as_deref(), Some("1001"));
        assert_eq!(
            number("Your order BBY01 807100000011 has been placed").as_deref(),
            Some("BBY01807100000011")
        );
    }

    #[test]
    fn other_numbers_are_none_of_an_order() {
        for text in [
            "Your order of 20240 cards",
            "Your order 2024 Example Box has been placed",
            "Your order was placed on 2026-01-15",
            "Order placed 2026-01-15",
            "Order total $1299.99",
            "order 12 items",
            "In order 1999",
            "Borders 102003000000017",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn a_masked_number_is_named_without_being_one() {
        for text in [
            "Your order #####4321 has been placed.",
            "Your order ***4321 has been placed.",
            "Your order ending in 4321 has been placed.",
        ] {
            assert_eq!(named(text, false).map(|named| named.number), Some(None), "{text}");
        }
        assert_eq!(named("Your card ending in 4321 was charged.", false), None);
    }

    #[test]
    fn what_stands_around_the_number() {
        let named = named("Order #1001 confirmed!", true).unwrap();
        assert_eq!((named.before, named.after), ("Order ", " confirmed!"));
    }
}
