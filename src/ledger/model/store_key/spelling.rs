//! Which spellings are one name of a store. Pure.

use std::borrow::Cow;

use crate::ledger::model::folded;

/// Letters that a name has at least if a word in it may be left out.
const LONG: usize = 6;

/// A name as it is compared: without accents.
pub(super) fn folded(base: &str) -> Cow<'_, str> {
    if base.is_ascii() {
        return Cow::Borrowed(base);
    }
    Cow::Owned(folded::folded(base))
}

/// Whether two names, in small letters and without spaces, are one: accents, an article in front and an `and` for `&`
/// make no other store.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (one, other) = (folded(one), folded(other));
    let (one, other) = (without_article(&one), without_article(&other));
    one == other || has_and(one, other) || has_and(other, one)
}

fn without_article(name: &str) -> &str {
    name.strip_prefix("the").filter(|rest| rest.len() >= LONG).unwrap_or(name)
}

/// Whether a name is the shorter one with an `and` in it.
fn has_and(name: &str, shorter: &str) -> bool {
    let is_parted = |(at, _): (usize, &str)| {
        let (before, after) = (name.get(..at), name.get(at + 3..));
        before.zip(after).is_some_and(|(before, after)| shorter.strip_prefix(before) == Some(after))
    };
    shorter.len() >= LONG
        && name.len() == shorter.len() + 3
        && name.match_indices("and").any(is_parted)
}
