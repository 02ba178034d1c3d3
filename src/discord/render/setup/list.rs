//! The watched channels: `/setup list`.

use serenity::all::CreateEmbed;

use super::super::health::{capitalised, read_up_to};
use super::super::text::{cut, length};
use super::super::{DESCRIPTION, NEUTRAL, time};
use super::places::threads;
use super::{Listed, past};
use crate::count::grouped;
use crate::ids::MessageId;

/// Where nothing is watched.
pub(crate) const NOTHING: &str = "I don't watch any channel of this server yet. Run `/setup watch` in \
    the channel that Refract posts to.";

/// Characters of what is said about one channel.
const LONGEST_ENTRY: usize = 2_000;
/// Characters of "and so many more".
const MORE: usize = 40;

/// The watched channels of the guild.
pub(crate) fn list(watches: &[Listed]) -> CreateEmbed {
    let embed = CreateEmbed::new().title("Watched channels").colour(NEUTRAL);
    if watches.is_empty() {
        return embed.description(NOTHING);
    }
    embed.description(fitting(watches.iter().map(entry), DESCRIPTION))
}

/// As many whole entries as there is room for, and how many there are more.
pub(crate) fn fitting(entries: impl ExactSizeIterator<Item = String>, room: usize) -> String {
    let (mut shown, mut left) = (String::new(), entries.len());
    for entry in entries {
        let entry = format!("{}\n\n", cut(&entry, LONGEST_ENTRY));
        if length(&shown) + length(&entry) + MORE > room {
            break;
        }
        shown.push_str(&entry);
        left -= 1;
    }
    match left {
        0 => shown.trim_end().to_owned(),
        left => format!("{shown}… and {} more", grouped(left)),
    }
}

fn entry(listed: &Listed) -> String {
    let mut lines = vec![head(listed), webhooks(listed)];
    lines.extend(history(listed));
    lines.extend(listed.problems.iter().map(|problem| format!("⚠️ {}.", capitalised(problem))));
    lines.join("\n")
}

/// The channel, also for those who do not see it, and whose it is.
pub(crate) fn head(listed: &Listed) -> String {
    let Listed { channel, watched, .. } = listed;
    let whose = if watched.is_configured { "from `config.toml`" } else { "from `/setup`" };
    format!("**<#{channel}>** `{channel}` · {whose} · {}", past(watched.backfill))
}

fn webhooks(listed: &Listed) -> String {
    let ids: Vec<String> =
        listed.watched.webhook_ids.iter().take(5).map(ToString::to_string).collect();
    match listed.watched.webhook_ids.len() {
        0 => "Any webhook in this channel is trusted.".to_owned(),
        1 => format!("Trusted webhook: {}", ids.concat()),
        all => format!("{} trusted webhooks: {}", grouped(all), ids.join(", ")),
    }
}

/// How far it is read, and when the last message came.
pub(crate) fn history(listed: &Listed) -> Vec<String> {
    let mut lines = Vec::new();
    lines.push(listed.watch.as_ref().map_or_else(
        || "The history has not been read yet.".to_owned(),
        |watch| read_up_to(watch, listed.is_hindered),
    ));
    lines.extend(threads(listed.threads, listed.watched.is_forum));
    let last = listed.last_message.or_else(|| {
        let watch = listed.watch.as_ref()?;
        watch.cursor.filter(|cursor| Some(*cursor) != watch.starts_after)
    });
    lines.push(match last.and_then(MessageId::made_at) {
        Some(at) => format!("Last message {}.", time(at, 'R')),
        None => "No messages yet.".to_owned(),
    });
    if listed.watched.awaited.is_some() {
        lines.push("Still waiting for the first message of its webhook.".to_owned());
    }
    lines
}
