//! Every request of the bot and every answer of the sandbox is held against Discord's own description.

use std::path::Path;

use discord_openapi::{Description, Exchange, Findings};
use discord_sandbox::{Exchange as Seen, Options};

pub(crate) use discord_openapi::Verdict;

/// A sandbox whose every exchange is looked at, and what fails the test where one is unlike Discord.
pub(crate) fn observed(options: Options) -> (Options, Verdict) {
    let findings = Findings::default();
    let verdict = findings.verdict();
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Some(description) = Description::published(checkout) else {
        return (options, verdict);
    };
    (options.observe(move |seen| findings.note(deviations(description, seen))), verdict)
}

/// What the bot asked that Discord would not understand, and what the sandbox answered that Discord never
/// would. What people and tests ask by themselves may be wrong on purpose.
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
    if seen.by_bot {
        found.extend(description.check_request(&exchange));
    }
    if !seen.made_up {
        found.extend(description.check_answer(&exchange));
    }
    found
}
