//! Headings of lists, which say what became of each order below them.

use super::Context;
use super::vocabulary::is_number;

/// Words that stand beside the status: `Your cancelled orders (2)`.
const BESIDE: &str = "orders order preorders preorder purchases your our my the these following recent \
    latest new today all list of total notice notices update alert and have has been were was are is";

impl Context {
    /// Whether nothing else stands beside a phrase in its clause.
    pub(super) fn heads_list(&self, at: usize, end: usize) -> bool {
        let clause = self.text.clause(at);
        let mut beside = (0..at).chain(end..self.text.words.len());
        beside.all(|index| {
            let word = self.text.word(index);
            let is_plain = is_number(word) || BESIDE.split(' ').any(|known| known == word);
            is_plain || self.text.clause(index) != clause
        })
    }
}
