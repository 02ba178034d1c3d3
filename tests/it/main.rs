//! The whole bot against the sandbox, and what holds across modules.

mod architecture;
mod config;
mod fresh;
mod ingest;
mod ledger;
mod sandbox;
