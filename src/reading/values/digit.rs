//! Digits and letters of other scripts and widths, as the ones that order numbers are kept in.

/// The zeros of the scripts that shops write numbers in; nine digits follow each.
const ZEROS: [char; 12] = [
    '\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{AE6}', '\u{BE6}', '\u{C66}', '\u{CE6}',
    '\u{E50}', '\u{ED0}', '\u{1040}', '\u{17E0}',
];

/// The ASCII character that a digit of another script or a full-width character stands for.
pub(crate) fn plain(character: char) -> char {
    let code = u32::from(character);
    let full_width = || (0xFF01..=0xFF5E).contains(&code).then(|| code - 0xFEE0);
    let digit = |zero: &char| code.checked_sub(u32::from(*zero)).filter(|digit| *digit < 10);
    let ascii = || ZEROS.iter().find_map(digit).map(|digit| digit + u32::from('0'));
    if character.is_ascii() {
        return character;
    }
    full_width().or_else(ascii).and_then(char::from_u32).unwrap_or(character)
}
