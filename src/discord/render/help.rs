//! `/help`: what the emoji mean, and the commands.

use serenity::all::CreateEmbed;

use super::NEUTRAL;
use crate::discord::bot::access::Right;
use crate::order::Status;
use crate::order::status_emoji::{REJECTED_EMOJI, StatusEmoji, TEST_EMOJI};

/// The commands, and the right that each takes.
const COMMANDS: [(Right, &str); 14] = [
    (Right::View, "`/orders recent` the latest orders"),
    (Right::View, "`/orders search` finds orders by any part of their text"),
    (Right::View, "`/orders stats` what they come to, with a chart"),
    (Right::View, "`/orders export` all of them as a file, or a part"),
    (Right::View, "`/order` one order by its number, with a menu to change it"),
    (Right::Mark, "`/mark` sets the status of one order or several"),
    (
        Right::Mark,
        "`/track` adds tracking numbers, `/note` a note, `/undo` takes the last change back",
    ),
    (Right::View, "`/logs recent` every message, and what became of it"),
    (Right::View, "`/logs show` one message, and why it ended as it did"),
    (Right::Admin, "`/logs retry` reads again what looked like an order and made none"),
    (Right::Admin, "`/board` puts up one message that stays right"),
    (Right::View, "`/health` whether everything is read, and what is in the way"),
    (Right::Admin, "`/setup` which channels are read, and whether all is well with them"),
    (Right::Admin, "`/forget` erases a buyer's personal data, or an order"),
];

/// The help for somebody with these rights.
pub(crate) fn embed(emoji: &StatusEmoji, may: &[Right]) -> CreateEmbed {
    let statuses: Vec<String> = Status::ALL
        .into_iter()
        .filter_map(|status| Some(format!("{} {status}", emoji.emoji(status)?)))
        .collect();
    let usable = COMMANDS.iter().filter(|(right, _)| may.contains(right));
    let commands: Vec<&str> = usable.map(|(_, line)| *line).collect();
    let marking = if may.contains(&Right::Mark) {
        "react with one of these to change it, take your reaction away to undo that."
    } else {
        "you may look, but not change it."
    };
    CreateEmbed::new()
        .title("refract-ledger")
        .colour(NEUTRAL)
        .description(format!(
            "I keep the orders that Refract posts. My reaction on a message shows its order's \
             status; {marking}"
        ))
        .field("Emoji", statuses.join("\n"), true)
        .field(
            "Also",
            format!(
                "{TEST_EMOJI} a test notification: the connection works\n\
                 {REJECTED_EMOJI} look at it: a checkout that could not be stored or names no order number, \
                 a product that may be counted already, a decline that may be an order. `/logs show` says which"
            ),
            true,
        )
        .field("Commands", commands.join("\n"), false)
}
