//! The answers are those that Discord's own description allows.

use std::path::Path;

use discord_openapi::{Description, Exchange, Findings, Verdict};
use discord_sandbox::{Exchange as Seen, Options};

/// A sandbox whose every exchange is looked at, and what fails the test where one is unlike Discord.
pub(super) fn observed(options: Options) -> (Options, Verdict) {
    let findings = Findings::default();
    let verdict = findings.verdict();
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let Some(description) = Description::published(&repository) else {
        return (options, verdict);
    };
    (options.observe(move |seen| findings.note(deviations(description, seen))), verdict)
}

/// What the sandbox lets pass that Discord would not understand, and what it answers that Discord never
/// would.
fn deviations(description: &Description, seen: &Seen) -> Vec<String> {
    let exchange = Exchange {
        method: &seen.method,
        path: &seen.path,
        query: &seen.query,
        sent: seen.sent.as_ref(),
        status: seen.status,
        answered: seen.answered.as_ref(),
    };
    let mut found = Vec::new();
    if (200..300).contains(&seen.status) {
        found.extend(description.check_request(&exchange));
    }
    if !seen.made_up {
        found.extend(description.check_answer(&exchange));
    }
    found
}
