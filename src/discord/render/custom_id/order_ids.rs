//! Ids of orders in 36 digits: a million orders in four letters each.

use crate::discord::render::text::base36;
use crate::ids::OrderId;

/// The ids with dots between.
pub(crate) fn joined(ids: &[OrderId]) -> String {
    ids.iter().map(|id| base36(id.0.unsigned_abs())).collect::<Vec<_>>().join(".")
}

/// Such a text read back; `None` where a part of it is no number.
pub(crate) fn split(text: &str) -> Option<Vec<OrderId>> {
    let ids = text.split('.').filter(|id| !id.is_empty());
    ids.map(|id| i64::from_str_radix(id, 36).ok().map(OrderId)).collect()
}
