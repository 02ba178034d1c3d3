//! Who is behind an emoji of a message, asked of Discord.

use serenity::all::{Route, User};

use crate::discord::bot::Bot;
use crate::discord::rest::RestError;
use crate::discord::rest::codes::UNKNOWN_EMOJI;
use crate::ids::{ChannelId, MessageId};

/// Users that Discord gives in one page.
const PAGE: u64 = 100;
/// Pages of users that are read to see who reacted.
const PAGES: usize = 10;
/// Discord's kinds of reactions.
const PLAIN: u8 = 0;
const BURST: u8 = 1;

/// The people behind an emoji.
pub(crate) struct People {
    pub(crate) people: Vec<User>,
    /// Whether these are all: a crowd is not read to its end.
    pub(crate) are_all: bool,
}

/// Asks Discord who is behind an emoji, named as in its paths: plain reactions and bursts.
pub(crate) async fn behind(
    bot: &Bot,
    channel: ChannelId,
    message: MessageId,
    emoji: &str,
) -> Result<People, RestError> {
    let route = Route::ChannelMessageReactionEmoji {
        channel_id: channel.into(),
        message_id: message.into(),
        reaction: emoji,
    };
    let (mut people, mut are_all) = (Vec::new(), true);
    for kind in [PLAIN, BURST] {
        let mut after = 0;
        for count in 1..=PAGES {
            let params = vec![
                ("limit", PAGE.to_string()),
                ("after", after.to_string()),
                ("type", kind.to_string()),
            ];
            let page: Vec<User> = match bot.rest.get(route, params).await {
                Ok(page) => page,
                // Nobody is behind it. Any other 404 proves nothing about people: the message or the
                // channel is gone, and what was marked stays.
                Err(RestError::NotFound(UNKNOWN_EMOJI) | RestError::Refused(_, UNKNOWN_EMOJI)) => {
                    break;
                }
                Err(error) => return Err(error),
            };
            let is_full = page.len() >= usize::try_from(PAGE).unwrap_or(usize::MAX);
            let last = page.iter().map(|user| user.id.get()).max();
            people.extend(page);
            match last {
                Some(last) if is_full => after = last,
                _ => break,
            }
            are_all &= count < PAGES;
        }
    }
    Ok(People { people, are_all })
}
