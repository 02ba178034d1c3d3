//! Bytes as text: UTF-8, UTF-16 or what Windows wrote before these.

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Of the beginning, what is looked at for zeros.
const SAMPLE: usize = 512;

/// How the bytes of a file are to be read.
pub(super) enum Decoding {
    /// UTF-8. A byte that cannot be is one of Windows-1252: a file of that kind is read right, and a slip
    /// in one of this kind costs no more than a letter.
    Utf8 {
        /// The beginning of a letter whose end has not come yet.
        pending: Vec<u8>,
    },
    Utf16(Decoder),
}

impl Decoding {
    /// What the beginning of a file says, and how many bytes of it are a mark.
    pub(super) fn of(head: &[u8]) -> (Self, usize) {
        let utf8 = Self::Utf8 { pending: Vec::new() };
        let utf16 = |encoding: &'static encoding_rs::Encoding| {
            Self::Utf16(encoding.new_decoder_without_bom_handling())
        };
        match head {
            [0xFF, 0xFE, ..] => (utf16(UTF_16LE), 2),
            [0xFE, 0xFF, ..] => (utf16(UTF_16BE), 2),
            [0xEF, 0xBB, 0xBF, ..] => (utf8, 3),
            _ => match zeros(head) {
                Some(Zeros::Second) => (utf16(UTF_16LE), 0),
                Some(Zeros::First) => (utf16(UTF_16BE), 0),
                None => (utf8, 0),
            },
        }
    }

    /// Reads on; `is_last`: nothing comes behind these bytes.
    pub(super) fn read(&mut self, bytes: &[u8], is_last: bool, text: &mut String) {
        match self {
            Self::Utf8 { pending } if pending.is_empty() => *pending = utf8(bytes, is_last, text),
            Self::Utf8 { pending } => {
                pending.extend_from_slice(bytes);
                *pending = utf8(pending, is_last, text);
            }
            Self::Utf16(decoder) => utf16(decoder, bytes, is_last, text),
        }
    }
}

/// The whole of a file as text.
pub fn text_of(bytes: &[u8]) -> String {
    let (mut decoding, mark) = Decoding::of(bytes);
    let mut text = String::new();
    decoding.read(bytes.get(mark..).unwrap_or_default(), true, &mut text);
    text
}

/// Which byte of each pair is zero, as in Latin text of two bytes a letter.
enum Zeros {
    First,
    Second,
}

/// `None`: too few of the pairs hold one, so that it is no text of this kind.
fn zeros(head: &[u8]) -> Option<Zeros> {
    let (pairs, _) = head.get(..SAMPLE.min(head.len()))?.as_chunks::<2>();
    // Some signs, like ☀, end with a zero where Latin letters begin with one.
    let most = |zeros: usize, others: usize| zeros * 2 > pairs.len() && others * 8 < zeros;
    let first = pairs.iter().filter(|[first, _]| *first == 0).count();
    let second = pairs.iter().filter(|[_, second]| *second == 0).count();
    if most(second, first) {
        Some(Zeros::Second)
    } else if most(first, second) {
        Some(Zeros::First)
    } else {
        None
    }
}

/// Appends what the bytes say, and hands back a letter that they only begin.
fn utf8(bytes: &[u8], is_last: bool, text: &mut String) -> Vec<u8> {
    let mut left = bytes.len();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        left -= chunk.valid().len() + chunk.invalid().len();
        if left == 0 && !is_last && begins_a_letter(chunk.invalid()) {
            return chunk.invalid().to_vec();
        }
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    Vec::new()
}

/// Whether more bytes may make a letter of these.
fn begins_a_letter(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

fn utf16(decoder: &mut Decoder, mut bytes: &[u8], is_last: bool, text: &mut String) {
    loop {
        text.reserve(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len()));
        let (result, read, _) = decoder.decode_to_string(bytes, text, is_last);
        bytes = bytes.get(read..).unwrap_or_default();
        if result == CoderResult::InputEmpty {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Successful Checkout | Target\r\nProduct\r\nPokémon ’26 🎉";

    /// Read in pieces of this size.
    fn read_by(bytes: &[u8], size: usize) -> String {
        let (mut decoding, mark) = Decoding::of(bytes);
        let mut text = String::new();
        let mut pieces = bytes[mark..].chunks(size).peekable();
        while let Some(piece) = pieces.next() {
            decoding.read(piece, pieces.peek().is_none(), &mut text);
        }
        text
    }

    fn read(bytes: &[u8]) -> String {
        let whole = read_by(bytes, bytes.len());
        for size in [1, 2, 3, 5, 7] {
            assert_eq!(read_by(bytes, size), whole, "in pieces of {size}");
        }
        whole
    }

    #[test]
    fn every_encoding_of_windows_is_read_with_a_mark_and_without() {
        let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(TEXT.as_bytes()), TEXT);
        assert_eq!(read(&[&[0xEF, 0xBB, 0xBF], TEXT.as_bytes()].concat()), TEXT);
        for (mark, bytes) in [([0xFF, 0xFE], &little), ([0xFE, 0xFF], &big)] {
            assert_eq!(read(&[&mark, bytes.as_slice()].concat()), TEXT);
            assert_eq!(read(bytes), TEXT);
        }
        assert_eq!(read(b"Pok\xE9mon \x92\x32\x36 \x80\x35"), "Pokémon ’26 €5");
    }

    #[test]
    fn a_slip_costs_no_other_letter() {
        assert_eq!(read(b"Pok\xC3\xA9mon \xE9 \xF0\x9F\x8E"), "Pokémon é ðŸŽ");
        let halves: Vec<u8> =
            [0x61, 0xD83C, 0x62].iter().copied().flat_map(u16::to_le_bytes).collect();
        assert_eq!(
            read(&[&[0xFF, 0xFE], halves.as_slice(), &[0x7A]].concat()),
            "a\u{FFFD}b\u{FFFD}"
        );
    }

    #[test]
    fn an_emoji_in_front_does_not_hide_utf_16() {
        let text = "✅ ☀ Successful Checkout | Target";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&bytes), text);
    }
}
