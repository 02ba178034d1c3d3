//! How a command ends when it does not end well: a sentence and an exit code.

use std::process::ExitCode;

use refract_ledger::config::ConfigError;
use refract_ledger::ledger;

use super::output::clean::clean;
use super::output::print;

/// Why a command ended, with its exit code: 1 failed, 2 wrong usage or configuration, 3 Discord
/// refuses (token, intents).
pub(crate) struct Failure {
    code: u8,
    sentence: String,
}

impl Failure {
    /// Discord refuses: the token, or the intents.
    pub(crate) fn refused(sentence: String) -> Self {
        Self { code: 3, sentence }
    }

    /// It failed.
    pub(crate) fn failed(sentence: String) -> Self {
        Self { code: 1, sentence }
    }

    /// Wrong usage or configuration.
    pub(crate) fn usage(sentence: String) -> Self {
        Self { code: 2, sentence }
    }

    /// The same as wrong usage: what was named is not there, or is something else.
    pub(crate) fn of_usage(self) -> Self {
        Self { code: 2, ..self }
    }

    /// Tells it on stderr.
    pub(crate) fn report(self) -> ExitCode {
        print::remark(&clean(&without_codes(&self.sentence)));
        ExitCode::from(self.code)
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self { code: 2, sentence: error.to_string() }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        let sentence = ledger::explain(&error).unwrap_or_else(|| format!("{error:#}"));
        Self { code: 1, sentence }
    }
}

/// Without the numbers that systems give their errors, ` (os error 13)`: the words say it.
fn without_codes(sentence: &str) -> String {
    let mut parts = sentence.split(" (os error ");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(')') {
            Some((code, rest)) if code.bytes().all(|byte| byte.is_ascii_digit()) => {
                text.push_str(rest);
            }
            _ => text.extend([" (os error ", part]),
        }
    }
    text
}

/// Whether whoever read what was printed has gone.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let kind = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        kind == Some(std::io::ErrorKind::BrokenPipe)
            || cause.to_string().to_lowercase().contains("broken pipe")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_system_are_left_out_and_nothing_else() {
        let said = "a: Permission denied (os error 13); b: No such file (os error 2)";
        assert_eq!(without_codes(said), "a: Permission denied; b: No such file");
        for kept in ["all is well (really)", "odd (os error", "odd (os error x) y"] {
            assert_eq!(without_codes(kept), kept);
        }
    }
}
