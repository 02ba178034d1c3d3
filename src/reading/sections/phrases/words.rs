//! A heading as plain words, to be compared with phrases.

use crate::reading::text::letters::{is_accent, push_folded};

/// Lower-case words without accents, with one space between them, and nothing else.
pub(crate) fn words(plain: &str) -> String {
    let mut words = String::with_capacity(plain.len());
    for character in plain.chars() {
        if character.is_ascii_alphanumeric() {
            words.push(character.to_ascii_lowercase());
        } else if is_of_word(character) {
            push_folded(character, &mut words);
        } else if !matches!(character, '\'' | '’') && !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    let end = words.trim_end().len();
    words.truncate(end);
    words
}

/// Letters and digits, with the signs above and below them that the scripts of India and Thailand write
/// vowels and tones by.
fn is_of_word(character: char) -> bool {
    let is_sign = matches!(character, '\u{900}'..='\u{963}' | '\u{970}'..='\u{EFF}');
    character.is_alphanumeric() || is_sign || is_accent(character)
}
