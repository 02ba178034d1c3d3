//! What the command line writes: answers on standard output, everything else on standard error.
//!
//! ```text
//! print      answers and remarks, also where nobody reads them any more
//! progress   how far a long command is
//! logging    the log
//! clean      secrets taken out of problems and of the log
//! ```

pub(super) mod clean;
pub(crate) mod logging;
pub(super) mod print;
pub(super) mod progress;
