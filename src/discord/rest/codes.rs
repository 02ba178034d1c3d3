//! Discord's own codes, and what to do where it refuses for good.
//! <https://discord.com/developers/docs/topics/opcodes-and-status-codes>

/// What to do when the token is wrong.
pub(crate) const TOKEN_REFUSED: &str = "Discord refuses the token; copy it again from the developer \
    portal (your application → Bot → Reset Token) into DISCORD_TOKEN, and restart the bot";

/// What to do when the intents are not switched on.
pub(crate) const INTENTS_REFUSED: &str = "Discord refuses the intents; in the developer portal \
    (https://discord.com/developers), open your application → Bot, turn on \"Message Content \
    Intent\", save, and restart the bot";
