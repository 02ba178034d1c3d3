//! Options of several commands: words to choose from, days.

pub(crate) mod choices;
pub(crate) mod date_range;
pub(crate) mod names;
