//! Discord's own codes of errors, and what to do where it refuses for good.
//! <https://discord.com/developers/docs/topics/opcodes-and-status-codes>

pub(crate) const UNKNOWN_CHANNEL: u32 = 10_003;
/// There is no such guild, or the bot is not in it.
pub(crate) const UNKNOWN_GUILD: u32 = 10_004;
pub(crate) const UNKNOWN_MESSAGE: u32 = 10_008;
/// Nobody has put this emoji on the message.
pub(crate) const UNKNOWN_EMOJI: u32 = 10_014;
/// There is no such webhook, or not any more.
pub(crate) const UNKNOWN_WEBHOOK: u32 = 10_015;
/// The channel has as many webhooks as it may have.
pub(crate) const TOO_MANY_WEBHOOKS: u32 = 30_007;
/// The interaction has been acknowledged before.
pub(crate) const ACKNOWLEDGED: u32 = 40_060;
/// The bot cannot see what it asks for: it is not in the server, or not let into the channel.
pub(crate) const MISSING_ACCESS: u32 = 50_001;
/// Nothing can be changed in a closed thread.
pub(crate) const ARCHIVED: u32 = 50_083;
/// The message's author has blocked the bot.
pub(crate) const BLOCKED: u32 = 90_001;

/// What to do when the token is wrong.
pub(crate) const TOKEN_REFUSED: &str = "Discord refuses the token; copy it again from the developer \
    portal (your application → Bot → Reset Token) into DISCORD_TOKEN, or into the file that holds it, and \
    restart the bot";

/// What to do when the intents are not switched on.
pub(crate) const INTENTS_REFUSED: &str = "Discord refuses the intents; in the developer portal \
    (https://discord.com/developers), open your application → Bot, turn on \"Message Content \
    Intent\", save, and restart the bot";
