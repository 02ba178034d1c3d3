//! A sandbox whose every exchange is held against the description.

use std::path::Path;

use discord_sandbox::{Exchange, Options};

use crate::{Description, Findings, Verdict};

/// The sandbox with somebody who looks at every exchange, and what fails the test where one is unlike Discord.
/// `is_held`: whether the request is to be one that Discord understands; people and tests may ask wrongly on purpose.
pub fn observed(options: Options, is_held: fn(&Exchange) -> bool) -> (Options, Verdict) {
    let findings = Findings::default();
    let verdict = findings.verdict();
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let Some(description) = Description::published(&repository) else {
        return (options, verdict);
    };
    let look = move |seen: &Exchange| {
        let mut found = Vec::new();
        if is_held(seen) {
            found.extend(description.check_request(seen));
        }
        if !seen.made_up {
            found.extend(description.check_answer(seen));
        }
        findings.note(found);
    };
    (options.observe(look), verdict)
}
