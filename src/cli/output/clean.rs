//! What is printed about problems holds no secrets and no addresses, whatever an error quotes: the last
//! line of defence, behind the care of each place that logs.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::LazyLock;

use refract_ledger::reading::{addresses, pattern};
use regex::Regex;
use tracing_subscriber::fmt::MakeWriter;

/// What must go, in the text of a log as well as in its JSON: no pattern reaches beyond a quote.
static SECRETS: LazyLock<[(Regex, &str); 4]> = LazyLock::new(|| {
    [
        // A webhook's URL, or the address that answers an interaction: its token comes after its id.
        (r#"(webhooks|interactions)/(\d+)/[^/?\s"'<>)\\]+"#, "$1/$2/removed"),
        (r#"([a-z][a-z0-9+.-]*://)[^/\s"'@<>\\]+@"#, "${1}removed@"),
        (r"[A-Za-z0-9_-]{23,30}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{25,}", "removed"),
        (r#"share\.refractbot\.com/[^\s"'<>)\\]+"#, "share.refractbot.com/removed"),
    ]
    .map(|(text, instead)| (pattern(text), instead))
});

/// The text without secrets, and without whose an address is.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    let mut clean = Cow::Borrowed(text);
    for (secret, instead) in SECRETS.iter() {
        if let Cow::Owned(without) = secret.replace_all(&clean, *instead) {
            clean = Cow::Owned(without);
        }
    }
    let masked = |address: &str| {
        address.rsplit_once('@').map_or_else(String::new, |(_, domain)| format!("•••@{domain}"))
    };
    match addresses::replaced(&clean, masked) {
        Cow::Owned(without) => Cow::Owned(without),
        Cow::Borrowed(_) => clean,
    }
}

/// Writes each line of the log to stderr, cleaned.
pub(crate) struct CleanStderr;

impl Write for CleanStderr {
    /// The log hands over whole lines, so that no secret is cut in two.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        io::stderr().write_all(clean(&String::from_utf8_lossy(line)).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

impl MakeWriter<'_> for CleanStderr {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        Self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_and_addresses_go_and_the_rest_stays() {
        for (raw, cleaned) in [
            (
                "POST http://127.0.0.1:9/api/v10/webhooks/12/aB-c_d/messages/@original failed",
                "POST http://127.0.0.1:9/api/v10/webhooks/12/removed/messages/@original failed",
            ),
            (
                r#"{"url":"https://discord.com/api/v10/interactions/5/tok/callback","x":1}"#,
                r#"{"url":"https://discord.com/api/v10/interactions/5/removed/callback","x":1}"#,
            ),
            ("no order for buyer.8@example.com.", "no order for •••@example.com."),
            ("via http://user:pass@gw.example.net:80/", "via http://•••@gw.example.net:80/"),
            ("at src/discord/events.rs:12:5, 10:56:19", "at src/discord/events.rs:12:5, 10:56:19"),
        ] {
            assert_eq!(clean(raw), cleaned);
        }
    }
}
