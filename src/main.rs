//! The command line of refract-ledger: says what there is, and hands over.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = cli::Arguments::read();
    cli::output::logging::start(arguments.log_format, arguments.log_level());
    match cli::run(arguments) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}
