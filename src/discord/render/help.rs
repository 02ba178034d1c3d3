//! `/help`: what the emoji mean, and the commands.

use serenity::all::CreateEmbed;

use super::NEUTRAL;
use crate::checkout::Status;
use crate::reactions::{REJECTED_EMOJI, StatusEmoji, TEST_EMOJI};

const COMMANDS: &str = "`/orders recent` the latest orders\n\
    `/order` one order by its number, with a menu to change it\n\
    `/mark` sets the status of one order or several\n\
    `/track` adds tracking numbers, `/note` a note, `/undo` takes the last change back\n\
    `/logs recent` every message, and what became of it\n\
    `/logs show` one message, and why it ended as it did\n\
    `/logs retry` reads again what looked like an order and made none\n\
    `/board` puts up one message that stays right
\
    `/health` whether everything is read, and what is in the way
\
    `/setup` which channels are read, for those who manage the server";

/// The help.
pub(in super::super) fn embed(emoji: &StatusEmoji) -> CreateEmbed {
    let statuses: Vec<String> = Status::ALL
        .into_iter()
        .filter_map(|status| Some(format!("{} {status}", emoji.emoji(status)?)))
        .collect();
    CreateEmbed::new()
        .title("refract-ledger")
        .colour(NEUTRAL)
        .description(
            "I keep the orders that Refract posts. My reaction on a message shows its order's \
             status; react with one of these to change it, take your reaction away to undo that.",
        )
        .field("Emoji", statuses.join("\n"), true)
        .field(
            "Also",
            format!(
                "{TEST_EMOJI} a test notification: the connection works\n\
                 {REJECTED_EMOJI} a checkout that could not be stored: see `/logs recent`"
            ),
            true,
        )
        .field("Commands", COMMANDS, false)
}
