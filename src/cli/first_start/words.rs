//! What is said at each step: pure.

use std::path::Path;

use refract_ledger::config::TokenSource;
use refract_ledger::discord::Onlooker;
use refract_ledger::platform::System;
use refract_ledger::verdict::Outcome;

use super::look::Kept;
use super::step::{For, Step, Why};

/// What is said when somebody leaves.
pub(super) const LEFT: &str = "\nLeft. `refract-ledger` goes on from here.";

pub(super) fn welcome() -> String {
    format!(
        "refract-ledger {}: from here to a running bot. Ctrl-C leaves at any step, and the same command goes \
         on from there.",
        env!("CARGO_PKG_VERSION")
    )
}

/// What a step asks for.
pub(super) fn of(step: &Step, token_file: &Path) -> String {
    match step {
        Step::AskForToken(Why::Missing) => format!(
            "\nThe token\n  1. Open https://discord.com/developers/applications and choose New Application.\n  2. \
             Bot → Message Content Intent → on → Save Changes.\n  3. Bot → Reset Token → Copy. Treat it as a \
             password.\n  It will be kept in {}.\n  Paste it here and press Enter; it is not shown:",
            token_file.display()
        ),
        Step::AskForToken(Why::Refused { is_like_one: true }) => {
            "  Discord refuses this token. Resetting it in the developer portal makes a new one (Bot → Reset \
             Token).\n  Paste that one and press Enter; it is not shown:"
                .to_owned()
        }
        Step::AskForToken(Why::Refused { is_like_one: false }) => {
            "  Discord refuses it, and it does not look like a token, which has three parts with dots between: \
             is\u{a0}it\u{a0}the Client Secret or the Public Key? The token is on the page Bot → Reset Token.\n  Paste \
             it and press Enter; it is not shown:"
                .to_owned()
        }
        Step::Wait(For::Discord(why)) => format!("  Discord cannot be reached ({why}). Trying again until it works …"),
        Step::Wait(For::Intent) => {
            "\nMessage Content Intent\n  It is off, and without it Discord shows the bot empty messages. Open \
             the application in https://discord.com/developers/applications, Bot → Message Content Intent → \
             on → Save Changes.\n  Waiting for that …"
                .to_owned()
        }
        Step::Wait(For::Invitation(link)) => format!(
            "\nThe server\n  The bot is in no server yet. Open this address, and choose yours:\n  {link}\n  Waiting \
             for that …"
        ),
        Step::GiveUp(_) | Step::Look => "  Asking Discord …".to_owned(),
        Step::Start => "  The bot is in a server.".to_owned(),
    }
}

pub(super) fn not_a_token(why: &str) -> String {
    format!("  {why}.\n  Paste it once more and press Enter; it is not shown:")
}

/// What to do about a token that Discord refuses, and that is not ours to change.
pub(super) fn refused(source: TokenSource) -> String {
    let place = match source {
        TokenSource::Variable => "DISCORD_TOKEN",
        TokenSource::NamedFile => "the file that DISCORD_TOKEN_FILE names",
        TokenSource::Credential => "the credential of systemd",
        TokenSource::OwnFile => "refract-ledger.token",
    };
    format!("{} (it comes from {place})", Onlooker::TOKEN_REFUSED)
}

/// Discord accepts the token.
pub(super) fn accepted(name: &str, kept: Kept, token_file: &Path) -> String {
    let file = token_file.display();
    let place = match kept {
        Kept::Before(None) => String::new(),
        Kept::Before(Some(warning)) => format!("\n  Note: {warning}."),
        // There the folder decides who reads a file.
        Kept::Now if matches!(System::HERE, System::Windows) => {
            format!("\n  It is kept in {file}. Whoever can read that folder can read it, too.")
        }
        Kept::Now => format!("\n  It is kept in {file}, which only you can read."),
        Kept::Readable => format!(
            "\n  It is kept in {file}. Other users of this machine may be able to read that: its file system \
             keeps no permissions."
        ),
        Kept::Failed(why) => {
            format!("\n  It could not be written to {file} ({why}): it will be asked for again.")
        }
    };
    format!("  Discord accepts the token: it is that of the bot \"{name}\".{place}")
}

/// The bot begins to run on this.
pub(super) fn running(lines: &[String]) -> String {
    format!("\nThe bot runs now. Ctrl-C stops it.\n  {}", lines.join("\n  "))
}

/// No channel is watched.
pub(super) const WATCH: &str = "\nThe channel\n  In Discord, go to the channel that Refract is to post to, and \
    type\u{a0}/setup\u{a0}watch. If Discord does not offer it, press Ctrl+R there.\n  Waiting for that …";

/// What is watched.
pub(super) fn watching(channels: &[String]) -> String {
    format!("  The bot watches {}.", channels.join(", "))
}

/// What is to be done in Refract.
pub(super) const REFRACT: &str = "\nRefract\n  In Refract: Settings → Webhooks → Add Webhook. Paste the URL that \
    the bot has shown you in Discord, choose the event Successful\u{a0}Checkout, and press\u{a0}Test\u{a0}Notification.\n  Waiting for the first message …";

/// The first message came.
pub(super) fn first_message(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Test => "  The test notification came: Refract reaches the bot. All is set up.",
        Outcome::Untrusted => {
            "  A message came from a webhook that is not trusted. /logs recent in Discord says more."
        }
        Outcome::Declined => {
            "  A declined checkout came, so Refract reaches the bot. In Refract, choose the event Successful \
             Checkout, too."
        }
        Outcome::Rejected => {
            "  A message came that looks like an order and could not be stored. /logs recent in Discord says why."
        }
        _ => "  The first order is stored. All is set up.",
    }
}

/// The offer of what keeps it running.
pub(super) const OFFER: &str = "\nPress Enter to see how the bot keeps running when this window is closed and after a restart.";
