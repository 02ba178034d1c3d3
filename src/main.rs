//! The program; `src/lib.rs` says what there is.

use std::process::ExitCode;

fn main() -> ExitCode {
    refract_ledger::run_command_line()
}
