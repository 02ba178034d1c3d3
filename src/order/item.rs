//! A line of an order.

use serde::Deserialize;

/// One line of an order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct OrderItem {
    /// The product's name.
    pub product: Option<String>,
    /// One unit, minor units.
    pub price_minor: Option<i64>,
    /// Units; absent: not stated, which counts as one.
    pub quantity: Option<i64>,
    /// The shop's product number.
    pub sku: Option<String>,
    /// Size or variant.
    pub size: Option<String>,
}
