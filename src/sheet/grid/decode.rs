//! Bytes as text: UTF-8, UTF-16 or what Windows wrote before these.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Of the beginning, what is looked at for zeros.
const SAMPLE: usize = 512;

/// The text of a file, without the mark that some begin with.
pub(in crate::sheet) fn decode(bytes: Vec<u8>) -> String {
    match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => utf16(UTF_16LE, rest),
        [0xFE, 0xFF, rest @ ..] => utf16(UTF_16BE, rest),
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest.to_vec()),
        all => match zeros(all) {
            Some(Zeros::Second) => utf16(UTF_16LE, all),
            Some(Zeros::First) => utf16(UTF_16BE, all),
            None => utf8(bytes),
        },
    }
}

fn utf16(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// A byte that is none of UTF-8 is one of Windows-1252: a file of that kind is read right, and a slip in one of
/// this kind costs no more than a letter.
fn utf8(bytes: Vec<u8>) -> String {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return text,
        Err(error) => error.into_bytes(),
    };
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    text
}

/// Which byte of each pair is zero, as in Latin text of two bytes a letter.
enum Zeros {
    First,
    Second,
}

fn zeros(bytes: &[u8]) -> Option<Zeros> {
    let (pairs, _) = bytes.get(..SAMPLE.min(bytes.len()))?.as_chunks::<2>();
    let most = |zeros: usize, others: usize| zeros * 2 > pairs.len() && others * 8 < zeros;
    let first = pairs.iter().filter(|[first, _]| *first == 0).count();
    let second = pairs.iter().filter(|[_, second]| *second == 0).count();
    if most(second, first) {
        Some(Zeros::Second)
    } else {
        most(first, second).then_some(Zeros::First)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "Order Number;Tracking\r\nBBY01-807100000011;1Z999AA10123456784\r\nPokémon ’26;x";

    #[test]
    fn every_encoding_of_spreadsheets_reads_the_same() {
        let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let windows = WINDOWS_1252.encode(TEXT).0.into_owned();
        let utf8 = TEXT.as_bytes().to_vec();
        let marked = [&[0xEF, 0xBB, 0xBF], TEXT.as_bytes()].concat();
        let marked_little = [&[0xFF, 0xFE], little.as_slice()].concat();
        let marked_big = [&[0xFE, 0xFF], big.as_slice()].concat();
        for bytes in [utf8, marked, little, big, marked_little, marked_big, windows] {
            assert_eq!(decode(bytes), TEXT);
        }
    }

    #[test]
    fn a_slip_costs_one_letter() {
        assert_eq!(decode(b"Pok\xC3\xA9mon \xE9".to_vec()), "Pokémon é");
        assert_eq!(decode(Vec::new()), "");
    }
}
