//! What people do to orders: marks, additions, undo.

pub(super) mod amendments;
pub(super) mod marks;
pub(super) mod undo;
