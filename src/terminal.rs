//! Texts in a terminal: how wide it is, and lines that break between words.

/// The usual width of a terminal.
const COLUMNS: usize = 80;
/// Narrower lines are not made: they would hold a word each.
const COLUMNS_MIN: usize = 20;
/// From here on most signs are pictures and letters of two columns.
const WIDE: char = '\u{2300}';
/// Stands in a text for a space at which no line is broken.
const FIRM_SPACE: char = '\u{a0}';

/// How wide the terminal is, in columns; 80 where there is none.
pub fn columns() -> usize {
    terminal_size::terminal_size().map_or(COLUMNS, |(width, _)| usize::from(width.0))
}

/// The text in lines that are no wider than this, broken between words; what follows begins as far to the right as
/// its line. A word that is wider stays whole: it may be an address.
pub fn wrapped(text: &str, columns: usize) -> String {
    let lines = text.split('\n').map(|line| wrapped_line(line, columns.max(COLUMNS_MIN)));
    lines.collect::<Vec<_>>().join("\n").replace(FIRM_SPACE, " ")
}

fn wrapped_line(line: &str, columns: usize) -> String {
    if width(line) <= columns {
        return line.to_owned();
    }
    let indent: String = line.chars().take_while(|letter| *letter == ' ').collect();
    let mut lines = vec![indent.clone()];
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let Some(last) = lines.last_mut() else { continue };
        if *last == indent {
            last.push_str(word);
        } else if width(last) + 1 + width(word) <= columns {
            last.extend([" ", word]);
        } else {
            lines.push(format!("{indent}{word}"));
        }
    }
    lines.join("\n")
}

fn width(text: &str) -> usize {
    text.chars().map(|letter| if letter < WIDE { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_keep_their_indent() {
        let text = "The channel\n  Type /setup\u{a0}watch in the channel, and wait";
        assert_eq!(
            wrapped(text, 20),
            "The channel\n  Type /setup watch\n  in the channel,\n  and wait"
        );
        assert_eq!(wrapped(text, 80), text.replace('\u{a0}', " "));
        let address = "https://discord.com/oauth2/authorize";
        assert_eq!(
            wrapped(&format!("  open {address} now"), 20),
            format!("  open\n  {address}\n  now")
        );
        assert_eq!(wrapped("type one of 📦 shipped", 20), "type one of 📦\nshipped");
        assert_eq!(wrapped("\n", 20), "\n");
    }
}
