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

/// Lines in one text, `2 × A; B`, by their names and units; of one line its name alone.
pub fn listed<'a>(lines: impl Iterator<Item = (Option<&'a str>, Option<i64>)>) -> String {
    let lines: Vec<_> = lines.collect();
    let is_only = lines.len() == 1;
    let line = |(name, units): &(Option<&str>, Option<i64>)| {
        let name = name.unwrap_or("(not named)");
        match units.unwrap_or(1) {
            units if units != 1 && !is_only => format!("{units} × {name}"),
            _ => name.to_owned(),
        }
    };
    lines.iter().map(line).collect::<Vec<_>>().join("; ")
}
