//! What people do to orders: marks, additions, corrections, undo.

pub(super) mod amendments;
pub(super) mod corrections;
mod former;
pub(super) mod interactions;
pub(super) mod marks;
mod renumbered;
mod shown;
pub(super) mod undo;
pub(super) mod values;
