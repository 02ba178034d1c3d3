//! Values as shops write them: amounts, currencies, order numbers, quantities, addresses.

pub(super) mod amount;
pub(super) mod cart;
pub(crate) mod currency_sign;
pub(super) mod current_price;
pub(super) mod host_store;
pub(super) mod item_line;
pub mod order_number;
pub(super) mod quantity;
pub(super) mod scalar;
pub(crate) mod tracking_number;
