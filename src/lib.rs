//! refract-ledger: a Discord bot that turns Refract's checkout webhooks into an order ledger.

pub mod checkout;
pub mod ids;
pub mod ingest;
pub mod ledger;
pub mod reactions;
