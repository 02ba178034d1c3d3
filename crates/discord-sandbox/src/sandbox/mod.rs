//! A running Discord, and what a test asks of it that no person could.

mod faults;
mod handle;
mod start;

pub use handle::Sandbox;
