//! `/help`: what the emoji mean, and the commands.

use serenity::all::CreateEmbed;

use super::NEUTRAL;
use crate::discord::bot::access::Right;
use crate::order::Status;
use crate::order::status_emoji::{REJECTED_EMOJI, StatusEmoji, TEST_EMOJI};

/// The commands, and the right that each takes.
const COMMANDS: [(Right, &str); 15] = [
    (Right::View, "`/orders recent` the latest orders"),
    (Right::View, "`/orders search` find orders by any part of their text"),
    (Right::View, "`/orders stats` what you spent and where, with a chart"),
    (Right::View, "`/orders export` orders as a file"),
    (Right::View, "`/orders open` what is not shipped, received or paid yet"),
    (Right::View, "`/order` one order by its number, with buttons to change it"),
    (
        Right::Mark,
        "`/mark` set the status of orders, `/orders add` add one that no message announced",
    ),
    (
        Right::Mark,
        "`/track` add tracking, `/note` write a note, `/correct` correct a value, `/undo` take back the last change",
    ),
    (Right::View, "`/logs recent` every message, and what happened to it"),
    (Right::View, "`/logs show` why a message did or did not become an order"),
    (Right::Admin, "`/logs retry` try messages again that could not be stored"),
    (Right::Admin, "`/board` post a live dashboard message"),
    (Right::View, "`/health` is the bot OK?"),
    (
        Right::Admin,
        "`/setup` which channels I watch, whether they work, and the settings: new orders, alerts, time zone, replies",
    ),
    (Right::Admin, "`/forget` erase a buyer's personal data, or an order"),
];

/// The commands about files and parcels.
const FILES: [(Right, &str); 5] = [
    (
        Right::Mark,
        "`/bulk track`, `received`, `status` bring files: tracking, a group's file, cancellations",
    ),
    (
        Right::Admin,
        "`/bulk charges` compare card statements with the orders, `/bulk orders` bring orders of the past",
    ),
    (Right::View, "`/bulk list`, `/bulk waiting` which files were applied, which rows wait"),
    (Right::Mark, "`/bulk undo` take back everything that a file changed"),
    (Right::View, "`/trackings` tracking numbers to hand in to a buying group"),
];

/// The help for somebody with these rights.
pub(crate) fn embed(emoji: &StatusEmoji, may: &[Right]) -> CreateEmbed {
    let statuses: Vec<String> = Status::ALL
        .into_iter()
        .filter_map(|status| Some(format!("{} {status}", emoji.emoji(status)?)))
        .collect();
    let usable = |all: &[(Right, &'static str)]| {
        let usable = all.iter().filter(|(right, _)| may.contains(right));
        usable.map(|(_, line)| *line).collect::<Vec<_>>().join("\n")
    };
    let marking = if may.contains(&Right::Mark) {
        "react with one of these emoji to change it, and remove your reaction to undo that."
    } else {
        "you can see it, but not change it."
    };
    CreateEmbed::new()
        .title("refract-ledger")
        .colour(NEUTRAL)
        .description(format!(
            "I keep track of the orders that Refract posts. My reaction on a message shows the status \
             of its order; {marking}"
        ))
        .field("Emoji", statuses.join("\n"), true)
        .field(
            "Also",
            format!(
                "{TEST_EMOJI} a test notification: the connection works\n\
                 {REJECTED_EMOJI} needs a look: a checkout that could not be stored or has no order number, a \
                 product that may be counted already, or a failed checkout that may be an order. `/logs \
                 show` tells you which"
            ),
            true,
        )
        .field("Commands", usable(&COMMANDS), false)
        .field("Files and parcels", usable(&FILES), false)
}
