//! Replies about sheets, what is open and parcels: their sentences, and that they fit.

mod fit;
mod shown;

pub(super) use shown::some_open;
