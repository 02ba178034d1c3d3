//! Values as shops write them: amounts, currencies, order numbers, quantities, addresses.

pub(super) mod amount;
pub(super) mod currency_sign;
pub(super) mod digit;
pub(super) mod item_line;
pub(super) mod masked;
pub mod order_number;
pub(super) mod pieces;
pub(super) mod scalar;
pub(super) mod sentence;
