//! What people type. Pure.

pub(in crate::ledger) mod order;
