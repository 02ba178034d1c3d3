//! refract-ledger: a Discord bot that turns Refract's checkout webhooks into an order ledger.

pub mod checkout;
pub mod files;
pub mod ids;
mod json_scan;
pub mod parse;
