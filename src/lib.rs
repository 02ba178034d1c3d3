//! refract-ledger: a Discord bot that turns Refract's checkout webhooks into an order ledger.

pub mod checkout;
pub mod config;
pub mod ids;
pub mod ingest;
pub mod ledger;
pub mod parse;
pub mod post;
pub mod reactions;
pub mod refract;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod trust;
