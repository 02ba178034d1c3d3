//! refract-ledger: a Discord bot that turns Refract's checkout webhooks into an order ledger.

pub mod checkout;
pub mod ids;
pub mod parse;
#[cfg(feature = "sandbox")]
pub mod sandbox;
