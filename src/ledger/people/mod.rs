//! What people do to orders: marks, additions, corrections, undo.

pub(super) mod amendments;
pub(super) mod corrections;
pub(super) mod interactions;
pub(super) mod marks;
mod previous_numbers;
mod renumbered;
mod shown;
pub(super) mod undo;
pub(super) mod values;
