//! Bringing orders and deliveries in line with their marks and messages, after either changed.

mod delivery;
mod status;

pub(super) use delivery::{
    Part, Refused, Summary, messages_of, order_ids_json, recompute_delivery, sum_up,
};
pub(super) use status::{Cause, recompute_status};
