//! Text in columns: how wide it is, and how it breaks.

/// How many columns a letter takes in a terminal.
fn letter_width(letter: char) -> usize {
    match u32::from(letter) {
        0..=0x1F
        | 0x300..=0x36F
        | 0x200B..=0x200F
        | 0x202A..=0x202E
        | 0x2060..=0x206F
        | 0xFE00..=0xFE0F
        | 0x1F3FB..=0x1F3FF => 0,
        0x1100..=0x115F
        | 0x231A..=0x231B
        | 0x23E9..=0x23F3
        | 0x26AA..=0x26AB
        | 0x26D4
        | 0x2705
        | 0x274C
        | 0x2753..=0x2757
        | 0x2795..=0x2797
        | 0x2B50..=0x2B55
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFF00..=0xFF60
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(letter_width).sum()
}

/// The text with spaces up to this width.
pub(super) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The lines of a text, none wider than this; words longer than a line are broken.
pub(super) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    text.lines().flat_map(|line| wrapped_line(line, columns.max(2))).collect()
}

fn wrapped_line(line: &str, columns: usize) -> Vec<String> {
    let (mut lines, mut now) = (Vec::new(), String::new());
    for word in line.split_inclusive(' ') {
        if width(&now) + width(word.trim_end()) > columns && !now.is_empty() {
            lines.push(std::mem::take(&mut now).trim_end().to_owned());
        }
        for letter in word.chars() {
            if width(&now) + letter_width(letter) > columns {
                if letter == ' ' {
                    continue;
                }
                lines.push(std::mem::take(&mut now));
            }
            now.push(letter);
        }
    }
    lines.push(now.trim_end().to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_words_and_never_run_over() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrapped("📦📦📦", 4), ["📦📦", "📦"]);
        assert_eq!(wrapped("a\n\nb", 4), ["a", "", "b"]);
    }
}
