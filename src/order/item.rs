//! A line of an order.

use serde::{Deserialize, Deserializer};

use super::Currency;

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
    /// Of the price, where it is another one than the order's.
    #[serde(deserialize_with = "currency")]
    pub currency: Option<Currency>,
    /// Its own link, where the order has several lines.
    pub product_url: Option<String>,
}

fn currency<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Currency>, D::Error> {
    let code = Option::<String>::deserialize(from)?;
    Ok(code.and_then(|code| Currency::from_code(&code)))
}
