//! A store that no order names.

use super::Audience;
use super::text::{cut, escape, shown_to};
use crate::ledger::NoSuchStore;

/// What the names of stores may take, as messages state them.
const ROOM: usize = 600;

/// The sentence that names the store, and those that may be meant.
pub(super) fn no_such_store(unknown: &NoSuchStore, audience: Audience) -> String {
    cut(&escape(&shown_to(audience, &unknown.to_string())), ROOM)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_length_fit_and_ping_nobody() {
        let close = vec!["@everyone ".repeat(2_000), "buyer@example.com".to_owned()];
        let unknown = NoSuchStore { typed: "*x*".to_owned(), close, others: Vec::new() };
        let said = no_such_store(&unknown, Audience::Public);
        assert!(said.chars().count() <= ROOM && said.starts_with("There is no store"), "{said}");
        assert!(!said.contains("*x*"), "{said}");
    }
}
