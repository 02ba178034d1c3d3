//! Tests of a connection, in the layouts of purchases.

use crate::reading::sections::heading::Senses;
use crate::reading::sections::phrases::words::words;
use crate::reading::sections::section::Section;
use crate::reading::sections::signals::{Signals, is_test_store};
use crate::reading::sections::store;
use crate::reading::text::plain;

/// A footer of more words says something else as well.
const MAX_TEST_WORDS: usize = 4;

/// Whether a section says anywhere that it is a test.
pub(super) fn is_test(section: &Section<'_>, heads: Senses, signals: &Signals) -> bool {
    if heads.test
        || signals.placeholder
        || headed_by_test_store(section)
        || is_signed_as_test(section)
    {
        return true;
    }
    let bare = section.labelled.is_empty();
    let announced = heads.success || heads.failure;
    let says_so = || section.loose.iter().any(|line| Senses::of(line).test);
    bare && !announced && (heads.begins_with_test || says_so())
}

/// `Successful Checkout (Test)`, and a footer that says nothing else.
fn is_signed_as_test(section: &Section<'_>) -> bool {
    const RUNS: [&str; 5] = ["test", "dry run", "test mode", "test run", "testing"];
    let bracketed = |head: &str| {
        let head = plain(head).text;
        let head =
            head.trim_end_matches(|mark: char| !mark.is_alphanumeric() && !")]".contains(mark));
        let inner = head.strip_suffix([')', ']']).and_then(|head| head.rsplit_once(['(', '[']));
        inner.is_some_and(|(_, inner)| RUNS.contains(&words(inner).as_str()))
    };
    let footer = plain(section.footer).text;
    let is_footer = Senses::of(&footer).test && words(&footer).split(' ').count() <= MAX_TEST_WORDS;
    is_footer || [section.author, section.title].into_iter().any(bracketed)
}

/// `Successful Checkout | Test`.
fn headed_by_test_store(section: &Section<'_>) -> bool {
    [section.author, section.title]
        .into_iter()
        .filter(|head| ["test", "Test", "TEST"].iter().any(|word| head.contains(word)))
        .filter_map(store::of_heading)
        .any(|store| is_test_store(&store))
}
