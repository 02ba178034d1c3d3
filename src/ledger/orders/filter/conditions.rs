//! A filter as the parameters of queries.

use super::{InLine, OrderFilter};
use crate::ledger::database::time::{LAST, text_of};
use crate::ledger::model::books::open_key::by_decimals;
use crate::ledger::model::folded::folded;
use crate::ledger::model::search_words::visible;
use crate::order::Status;

/// The conditions as parameters of a query; an absent one is NULL.
#[derive(Clone, Default)]
pub(crate) struct Conditions {
    /// Their keys, as a JSON array.
    pub(crate) stores: Option<String>,
    pub(crate) status: Option<&'static str>,
    pub(crate) profile: Option<String>,
    pub(crate) since: Option<String>,
    pub(crate) until: Option<String>,
    /// Whether it has no tracking number.
    pub(crate) untracked: Option<bool>,
    /// Ids, as a JSON array.
    pub(crate) channels: Option<String>,
    /// As texts are compared.
    pub(crate) product: Option<String>,
    pub(crate) line: Option<LineParameters>,
}

/// A line of what is open, as parameters.
#[derive(Clone)]
pub(crate) struct LineParameters {
    /// As the views number the lines.
    pub(crate) line: i64,
    /// As [`by_decimals`].
    pub(crate) tolerance: String,
}

impl Conditions {
    /// Those of a filter whose stores have these keys, and whose channels have these ids.
    pub(crate) fn new(
        filter: &OrderFilter,
        stores: Option<String>,
        channels: Option<String>,
    ) -> Self {
        let narrow = &filter.narrow;
        Self {
            stores,
            status: filter.status.map(Status::as_str),
            profile: filter.profile.as_deref().map(visible),
            since: filter.since.map(text_of),
            until: filter.until.map(text_of),
            untracked: narrow.tracking.map(|has| !has),
            channels,
            product: narrow.product.as_deref().map(|part| folded(&visible(part))),
            line: narrow.line.map(LineParameters::of),
        }
    }

    pub(crate) fn since(&self) -> &str {
        self.since.as_deref().unwrap_or_default()
    }

    pub(crate) fn until(&self) -> &str {
        self.until.as_deref().unwrap_or(LAST)
    }

    /// Whether an order may have these products.
    pub(crate) fn allow_products<'p>(&self, mut names: impl Iterator<Item = &'p str>) -> bool {
        let holds = |part: &str| names.any(|name| folded(name).contains(part));
        self.product.as_deref().is_none_or(holds)
    }

    /// Whether the tallies count the orders that match.
    pub(crate) fn are_tallied(&self) -> bool {
        self.profile.is_none()
            && self.product.is_none()
            && self.line.as_ref().is_none_or(LineParameters::is_tallied)
    }

    /// The line, where the tallies count by it.
    pub(crate) fn open_line(&self) -> Option<i64> {
        self.line.as_ref().filter(|line| line.is_tallied()).map(|line| line.line)
    }

    /// Whether nothing but a profile and a span of time is asked for.
    pub(crate) fn are_of_profile(&self) -> bool {
        let has_more = self.stores.is_some()
            || self.status.is_some()
            || self.untracked.is_some()
            || self.channels.is_some()
            || self.line.is_some();
        self.profile.is_some() && !has_more
    }
}

impl LineParameters {
    /// Whether no more than an order itself says whether it is in the line.
    fn is_tallied(&self) -> bool {
        matches!(self.line, 0 | 1 | 3 | 4 | 5)
    }

    fn of(asked: InLine) -> Self {
        Self { line: asked.key.line(), tolerance: by_decimals(asked.tolerance) }
    }
}
