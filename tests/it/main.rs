//! The whole bot against the sandbox, and what holds across modules.

#[cfg(test)]
mod sandbox;
