//! The one spelling of a heading.

use sha2::{Digest, Sha256};

use crate::reading::{is_blank, is_invisible};

/// Characters of a heading that a sentence shows.
const MAX_SHOWN: usize = 60;

/// A heading as headings are compared: case, spaces, `_`, `#`, `:`, quotes and what cannot be seen do not count.
pub(crate) fn fold(heading: &str) -> String {
    let counts = |letter: &char| {
        !is_blank(*letter) && !is_invisible(*letter) && !"_#:.=\"'`’“”*".contains(*letter)
    };
    heading.chars().filter(counts).flat_map(char::to_lowercase).collect()
}

/// A heading as people are shown it.
pub(super) fn shown(heading: &str) -> String {
    let words = heading.split(is_blank).filter(|word| !word.is_empty());
    let text = words.collect::<Vec<_>>().join(" ");
    text.chars().filter(|letter| !is_invisible(*letter)).take(MAX_SHOWN).collect()
}

/// The same for the same headings in the same order.
pub(super) fn fingerprint(folded: &[String]) -> String {
    let digest = Sha256::digest(folded.join("\u{1f}"));
    let halves = digest.iter().take(16).flat_map(|byte| [byte >> 4, byte & 0xF]);
    halves.filter_map(|half| char::from_digit(u32::from(half), 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letters_and_digits_of_a_heading_count() {
        for heading in
            ["Order Number", "order_number", "\u{feff}\"Order Number:\"", " ORDER\u{a0}NUMBER #"]
        {
            assert_eq!(fold(heading), "ordernumber");
        }
        let row = |headings: &[&str]| headings.iter().map(|text| fold(text)).collect::<Vec<_>>();
        let one = fingerprint(&row(&["Order #", "Tracking ID"]));
        assert_eq!(one, fingerprint(&row(&["ORDER", "tracking_id"])));
        assert_ne!(one, fingerprint(&row(&["Tracking ID", "Order #"])));
    }
}
