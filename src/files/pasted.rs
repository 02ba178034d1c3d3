//! Text copied from Discord or typed: several orders, one below the other.

use std::collections::VecDeque;
use std::io;

use super::window::{LONGEST, Window};
use crate::reading::{Labels, Message, split_text};

/// Bytes that are taken apart at a time.
const SECTION: usize = 256 * 1024;

/// The orders of a text, each as a message of its own.
#[derive(Debug)]
pub(super) struct Pasted {
    labels: Labels,
    ready: VecDeque<Message>,
}

impl Pasted {
    pub(super) fn new() -> Self {
        Self { labels: Labels::built_in(), ready: VecDeque::new() }
    }

    /// The next one. `None`: that were all.
    pub(super) fn next(&mut self, window: &mut Window<'_>) -> io::Result<Option<Message>> {
        let mut wanted = SECTION;
        while self.ready.is_empty() {
            window.read_to(wanted)?;
            if window.rest().is_empty() {
                return Ok(None);
            }
            self.take_apart(window);
            wanted *= 2;
        }
        Ok(self.ready.pop_front())
    }

    /// Takes the orders of the rest but for the last one, which may go on behind it.
    fn take_apart(&mut self, window: &mut Window<'_>) {
        let text = window.rest();
        let mut parts = split_text(text, &self.labels);
        let goes_on = !window.has_all() && text.len() < LONGEST;
        let last = if goes_on { parts.pop() } else { None };
        let message = |content: &str| Message { content: content.to_owned(), ..Message::default() };
        self.ready.extend(parts.into_iter().map(|part| message(part.text)));
        let lines = last.map_or(0, |last| last.line - 1);
        let end = match (goes_on, lines) {
            (false, _) => text.len(),
            (true, lines) => text.split_inclusive('\n').take(lines).map(str::len).sum(),
        };
        window.take(end);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::super::window::BytesRead;
    use super::*;

    #[test]
    fn a_long_text_gives_the_same_orders_as_a_short_one() {
        let order = |number: usize| {
            format!(
                "Successful Checkout | Target\nProduct\nExample Box {number}\nPrice\n$5.00\n\nOrder Number\n#{number:07}\n\n"
            )
        };
        let text: String = (0..10_000).map(order).collect();
        assert!(text.len() > 3 * SECTION);
        let mut source = Cursor::new(text.clone().into_bytes());
        let mut window = Window::open(&mut source, BytesRead::default()).expect("read");
        let mut pasted = Pasted::new();
        let mut found = Vec::new();
        while let Some(message) = pasted.next(&mut window).expect("read") {
            found.push(message.content);
            assert!(window.rest().len() <= 2 * SECTION);
        }
        let labels = Labels::built_in();
        let parts = split_text(&text, &labels);
        assert!(found.iter().map(String::as_str).eq(parts.iter().map(|part| part.text)));
        assert_eq!(found.len(), 10_000);
    }
}
