//! The whole bot against the sandbox, and what holds across modules.

mod reader;
