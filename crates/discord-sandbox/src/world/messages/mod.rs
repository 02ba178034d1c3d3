//! Messages: posted, changed, deleted, and told of.

mod components;
mod draft;
mod embeds;
mod mentions;
mod posting;

pub(crate) use draft::Draft;
