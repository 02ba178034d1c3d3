//! Commands about sheets.

pub(super) mod bulk;
mod lists;
pub(super) mod trackings;
