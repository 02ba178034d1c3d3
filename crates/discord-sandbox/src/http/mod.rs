//! Discord's HTTP interface, as far as bots and the people around them commonly use it.

mod answer;
mod gate;
mod observed;
mod posted;
mod responses;
mod router;
mod routes;

pub(crate) use router::router;
