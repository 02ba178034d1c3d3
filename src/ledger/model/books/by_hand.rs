//! Values of orders that people set by hand. They win over what messages and sheets say until they are cleared. Pure.

mod lay;
mod typed;

use crate::order::{Currency, Money};
use crate::sheet::Amount;

pub(crate) use lay::{Value, lay, said, units};
pub use typed::WrongValue;

/// A value of an order that a person may set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrderField {
    /// Of the first line.
    Product,
    /// One unit of the first line.
    Price,
    /// Units of the whole order.
    Quantity,
    /// What the order cost.
    Total,
    /// The name of the shop.
    Store,
    /// Refract's billing profile.
    Profile,
    /// The buyer's address.
    Email,
    /// The buyer's name.
    Customer,
    /// When it was placed.
    Date,
    /// What it was sold for.
    SoldPrice,
    /// What selling cost.
    Fees,
    /// Who bought it in the end.
    Buyer,
}

impl OrderField {
    /// All of them, as people are offered them.
    pub const ALL: [Self; 12] = [
        Self::Product,
        Self::Price,
        Self::Quantity,
        Self::Total,
        Self::Store,
        Self::Profile,
        Self::Email,
        Self::Customer,
        Self::Date,
        Self::SoldPrice,
        Self::Fees,
        Self::Buyer,
    ];

    /// The column in JSON and in the history; it is stored, too.
    pub const fn column(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Price => "price",
            Self::Quantity => "quantity",
            Self::Total => "total",
            Self::Store => "store",
            Self::Profile => "profile",
            Self::Email => "email",
            Self::Customer => "customer_name",
            Self::Date => "ordered_at",
            Self::SoldPrice => "sold_price",
            Self::Fees => "fees",
            Self::Buyer => "buyer",
        }
    }

    /// The field of a column; `None`: no person sets it.
    pub fn of_column(column: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.column() == column)
    }

    /// Whether its value is money.
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Price | Self::Total | Self::SoldPrice | Self::Fees)
    }
}

/// A value that a person set and that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandValue {
    /// What of the order was set.
    pub field: OrderField,
    /// What messages and sheets say, in the form in which it is kept. `None`: nothing.
    pub said: Option<String>,
    /// Whether they say by now what the person said.
    pub agrees: bool,
}

impl HandValue {
    /// What messages and sheets say, where it is money, in an order of this currency.
    pub fn said_money(&self, of_order: Option<Currency>) -> Option<Money> {
        let amount: Amount =
            self.said.as_deref().filter(|_| self.field.is_money())?.parse().ok()?;
        amount.money(of_order)
    }

    /// The values of an order by their columns, what was set and what is said, the earliest first: of each the latest.
    pub(crate) fn all(set: Vec<(String, String, Option<String>)>) -> Vec<Self> {
        let mut latest = std::collections::BTreeMap::new();
        for (column, value, said) in set {
            if let Some(field) = OrderField::of_column(&column) {
                let agrees = field.agrees(&value, said.as_deref());
                latest.insert(field, Self { field, said, agrees });
            }
        }
        latest.into_values().collect()
    }
}

#[cfg(test)]
mod tests;
