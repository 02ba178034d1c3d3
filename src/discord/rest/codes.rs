//! Discord's own codes, and what to do where it refuses for good.
//! <https://discord.com/developers/docs/topics/opcodes-and-status-codes>

/// What to do when the token is wrong.
pub(crate) const TOKEN_REFUSED: &str = "Discord refuses the token; copy it anew from the developer \
    portal (the application, Bot, Reset Token) into DISCORD_TOKEN, and start again";

/// What to do when the intents are not switched on.
pub(crate) const INTENTS_REFUSED: &str = "Discord refuses the intents; open the developer portal \
    (https://discord.com/developers), choose the application, Bot, switch \"Message Content \
    Intent\" on, save, and start again";
