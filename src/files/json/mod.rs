//! JSON, as far as it takes to hand out one message after the other.

pub(super) mod scan;
pub(super) mod values;
