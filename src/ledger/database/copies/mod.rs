//! Copies of the database: made, examined, put back.

pub(in crate::ledger) mod backup;
pub(in crate::ledger) mod copy;
pub(in crate::ledger) mod restore;
