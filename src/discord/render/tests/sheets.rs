//! Replies about sheets, what is open and parcels: their sentences, and that they fit.

mod fit;
mod open;
mod shown;

pub(super) use open::some_open;
