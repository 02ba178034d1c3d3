//! From a section to the orders that it tells of.

mod buyer;
pub(super) mod draft;
pub(super) mod numbers;
pub(super) mod order;
pub(super) mod order_lines;
mod purse;
mod section_links;
pub(super) mod slot;
pub(super) mod spoken;
