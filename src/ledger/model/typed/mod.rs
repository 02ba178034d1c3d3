//! What people type. Pure.

pub(in crate::ledger) mod numbers;
pub(in crate::ledger) mod order;
