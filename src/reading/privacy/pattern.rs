//! Patterns of the program's own.

use regex::Regex;

/// The pattern that a text of the program says. A wrong one ends the program the first time it is used: left
/// out, what it takes out or masks would be stored and shown without a word.
///
/// # Panics
///
/// If the text is no pattern.
#[expect(clippy::expect_used, reason = "nothing may go on without it, and every test uses it")]
pub fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of the program is wrong")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "a pattern of the program is wrong")]
    fn a_wrong_pattern_switches_nothing_off() {
        pattern("(");
    }
}
