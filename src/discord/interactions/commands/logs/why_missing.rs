//! Why a message is not in the log.

use crate::discord::bot::Bot;
use crate::discord::interactions::error::Error;
use crate::discord::render;
use crate::ids::{ChannelId, GuildId, MessageId};

/// The channel in a message's link.
pub(crate) fn channel(link: &str) -> Option<ChannelId> {
    let link = link.trim().trim_matches(['<', '>']).trim_end_matches('/');
    let (before, _) = link.rsplit_once(['/', '-'])?;
    before.rsplit('/').next()?.parse().ok()
}

/// The sentence for somebody who asks for it.
pub(crate) async fn why(
    bot: &Bot,
    guild: GuildId,
    channel: Option<ChannelId>,
    message: MessageId,
) -> anyhow::Result<Error> {
    use render::setup::WhyMissing;
    let watched = channel.map(|channel| bot.watching.reading(channel));
    let why = match (channel, watched) {
        (Some(place), Some(Some((watch, watched)))) if watched.guild_id == Some(guild) => {
            match read_so_far(bot, watch, place).await? {
                (Some(begins), _) if message <= begins => WhyMissing::BeforeBeginning,
                (_, Some(read)) if message <= read => WhyMissing::NotThere,
                _ => WhyMissing::NotReadYet,
            }
        }
        (Some(_), _) => WhyMissing::NotWatched,
        (None, _) => WhyMissing::Anywhere,
    };
    Ok(Error::User(render::setup::why_missing(why, message)))
}

/// Where the history of a watched channel, or of a thread of it, begins, and up to where it is read.
async fn read_so_far(
    bot: &Bot,
    watch: ChannelId,
    place: ChannelId,
) -> anyhow::Result<(Option<MessageId>, Option<MessageId>)> {
    if watch == place {
        let watch = bot.ledger.watch(watch).await?;
        return Ok(watch.map_or((None, None), |watch| (watch.starts_after, watch.cursor)));
    }
    let thread = bot.ledger.thread(place).await?;
    Ok((thread.as_ref().map(|it| it.starts_after), thread.map(|it| it.cursor)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_names_its_channel() {
        let found = Some(ChannelId(2));
        assert_eq!(channel("https://discord.com/channels/1/2/3"), found);
        assert_eq!(channel(" <https://discord.com/channels/1/2/3/> "), found);
        assert_eq!(channel("2-3"), found);
        assert_eq!(channel("3"), None);
    }
}
