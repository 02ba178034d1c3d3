//! From a section to the orders that it tells of.

pub(super) mod draft;
pub(super) mod numbers;
pub(super) mod order;
pub(super) mod order_lines;
mod purse;
pub(super) mod slot;
pub(super) mod spoken;
