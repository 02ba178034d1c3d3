//! How a channel and a reply look to people: as text, and as a picture.

mod card;
mod lines;
mod markdown;
pub mod picture;
mod plain;
mod text;
