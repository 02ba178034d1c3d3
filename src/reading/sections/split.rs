//! A long text of several orders, taken apart where a new one begins.

use super::heading::{self, Senses};
use crate::reading::labels::Labels;
use crate::reading::text::tree::branch;
use crate::reading::text::undecorated;

/// One order's part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextPart<'t> {
    /// The line of the text at which it begins, from 1.
    pub line: usize,
    /// Its text, without blank lines around it.
    pub text: &'t str,
}

/// Takes a text apart at each heading that stands below labels, and, where nothing is headed, where the
/// first label comes again after a blank line. Lines in front of the first heading are dropped if they
/// hold no label.
pub fn split_text<'t>(text: &'t str, labels: &Labels) -> Vec<TextPart<'t>> {
    let mut splitter =
        Splitter { text, parts: Vec::new(), from: 0, line: 1, open: Open::default() };
    let mut at = 0;
    for (index, raw) in text.split_inclusive('\n').enumerate() {
        splitter.line(raw, at, index + 1, labels);
        at += raw.len();
    }
    splitter.close(text.len());
    splitter.parts
}

/// What is known of the part being read.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact about the part read so far")]
struct Open<'t> {
    headed: bool,
    /// Its heading is a summary's.
    recap: bool,
    labelled: bool,
    /// Its first label, as written.
    first_label: Option<&'t str>,
    after_blank: bool,
    /// The line above is a label that awaits its value.
    below_label: bool,
}

struct Splitter<'t> {
    text: &'t str,
    parts: Vec<TextPart<'t>>,
    from: usize,
    line: usize,
    open: Open<'t>,
}

impl<'t> Splitter<'t> {
    fn line(&mut self, raw: &'t str, at: usize, number: usize, labels: &Labels) {
        let line = undecorated(raw);
        let line = branch(line).unwrap_or(line);
        if line.is_empty() {
            self.open.after_blank = true;
            return;
        }
        let bare = labels.look_up(line).is_some();
        let labelled = bare || labels.look_up(before_colon(line)).is_some();
        let heads = !labelled && self.is_heading(line);
        let again =
            !self.open.headed && self.open.after_blank && self.open.first_label == Some(line);
        let below_recap = self.open.recap && heads && is_success(line);
        if (heads && (self.open.labelled || !self.open.headed)) || below_recap || again {
            self.close(at);
            self.from = at;
            self.line = number;
        }
        self.open.recap |= heads && !self.open.headed && Senses::of(line).recap;
        self.open.headed |= heads;
        self.open.below_label = bare && !self.open.below_label;
        self.open.after_blank = false;
        if labelled {
            self.open.labelled = true;
            self.open.first_label = self.open.first_label.or(Some(line));
        }
    }

    fn is_heading(&self, line: &str) -> bool {
        heading::line(line).is_some_and(|senses| {
            senses.success
                || (!self.open.below_label
                    && (line.contains('|') || line.split_whitespace().count() <= 4))
        })
    }

    /// Ends the part that was open; one without labels in front of a heading is no order.
    fn close(&mut self, at: usize) {
        let open = std::mem::take(&mut self.open);
        let text = self.text.get(self.from..at).unwrap_or_default().trim();
        let preamble = at < self.text.len() && !open.labelled && !open.headed;
        if !text.is_empty() && !preamble {
            self.parts.push(TextPart { line: self.line, text });
        }
    }
}

fn is_success(line: &str) -> bool {
    heading::line(line).is_some_and(|senses| senses.success)
}

fn before_colon(line: &str) -> &str {
    line.split_once([':', '：']).map_or("", |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<(usize, &str)> {
        split_text(text, &Labels::built_in())
            .into_iter()
            .map(|part| (part.line, part.text))
            .collect()
    }

    #[test]
    fn a_heading_begins_the_next_order() {
        let text = "Refract\nAPP\nSuccessful Checkout | Target\nProduct\nA\n\nSuccessful Checkout | Walmart\nProduct\nB\nImage\n";
        let parts = [
            "Successful Checkout | Target\nProduct\nA",
            "Successful Checkout | Walmart\nProduct\nB\nImage",
        ];
        assert_eq!(split(text), [(3, parts[0]), (7, parts[1])]);
    }

    #[test]
    fn updates_without_a_heading_come_apart_at_their_first_label() {
        let text = "Order Number\n#10001\nStatus\nshipped\n\nOrder Number\n#10002\nStatus\nOrder Delivered\n";
        assert_eq!(split(text).len(), 2);
    }

    #[test]
    fn blank_lines_within_an_order_do_not_end_it() {
        assert_eq!(split("Product\n\nExample\n\nPrice\n$15.00\n\nOrder Number\n#10038\n").len(), 1);
    }

    #[test]
    fn chat_is_one_part() {
        assert_eq!(split("hello\nthere"), [(1, "hello\nthere")]);
        assert!(split(" \n\n").is_empty());
    }
}
