//! A reply as a picture in Discord's dark look.

mod colours;
mod drawing;
mod embed;
mod reply;

pub use reply::svg;
