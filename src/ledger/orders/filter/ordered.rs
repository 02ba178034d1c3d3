//! What a list of orders is asked for.

use super::OrderFilter;
use crate::ids::OrderId;
use crate::order::Sort;

/// Which orders are listed, and in which order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderList {
    /// Words that all occur in them. `None`: whatever stands in them.
    pub typed: Option<String>,
    /// Only of these. `None`: of all of the guild's.
    pub among: Option<Vec<OrderId>>,
    /// What else they have to be.
    pub filter: OrderFilter,
    /// What comes first.
    pub sort: Sort,
}
