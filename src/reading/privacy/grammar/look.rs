//! One look at a text, and what its label says of it.

use regex::Regex;

use super::skeleton::Skeleton;
use crate::reading::labels::Labels;
use crate::reading::privacy::pattern::pattern;

/// What stands in the place of a secret.
pub(in crate::reading::privacy) const REMOVED: &str = "removed";

/// What the label of a text says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reading::privacy) enum Place {
    /// Nothing.
    Anywhere,
    /// All of it is a secret.
    Secret,
    /// When a card expires.
    Expiry,
    /// A code, if it is a few digits.
    Digits,
    /// A card: each long number is one.
    Card,
    /// A number of an order, a parcel, a product: none is a card.
    Number,
    /// A product's name, where `Cookie: Chocolate` is no cookie.
    Name,
    /// A proxy.
    Proxy,
    /// An account, perhaps with its password.
    Account,
}

/// A pattern of which words and their edges are ASCII, which is many times faster.
pub(super) fn ascii(text: &str) -> Regex {
    pattern(&text.replace("(?-u:\\b)", r"\b").replace(r"\b", r"(?-u:\b)"))
}

/// One look at a text.
#[derive(Clone, Copy)]
pub(super) struct Look<'t> {
    pub(super) raw: &'t str,
    pub(super) skeleton: &'t Skeleton,
    pub(super) text: &'t str,
    pub(super) place: Place,
    /// What the reader takes for a label.
    pub(super) labels: &'t Labels,
}
