//! The watched channels: `/setup list`.

use serenity::all::CreateEmbed;

use super::super::health::read_up_to;
use super::super::text::cut;
use super::super::{DESCRIPTION, NEUTRAL, time};
use super::{Listed, past};
use crate::ledger::made_at;

/// What is said where nothing is watched.
pub(super) const NOTHING: &str = "No channel of this server is watched. Type `/setup watch` in the \
    channel that Refract posts to.";

/// The watched channels of the guild.
pub(in super::super::super) fn list(watches: &[Listed]) -> CreateEmbed {
    let embed = CreateEmbed::new().title("Watched channels").colour(NEUTRAL);
    if watches.is_empty() {
        return embed.description(NOTHING);
    }
    let room = DESCRIPTION / watches.len();
    let lines: Vec<String> =
        watches.iter().map(|listed| cut(&entry(listed), room.saturating_sub(2))).collect();
    embed.description(lines.join("\n\n"))
}

fn entry(listed: &Listed) -> String {
    let mut lines = vec![head(listed), webhooks(listed)];
    lines.extend(history(listed));
    lines.extend(listed.troubles.iter().map(|trouble| format!("⚠️ {trouble}.")));
    lines.join("\n")
}

/// The channel, also for those who do not see it, and whose it is.
pub(super) fn head(listed: &Listed) -> String {
    let Listed { channel, watched, .. } = listed;
    let whose = if watched.is_configured { "by `config.toml`" } else { "by `/setup`" };
    format!("**<#{channel}>** `{channel}` {whose}, {} of its past", past(watched.backfill))
}

fn webhooks(listed: &Listed) -> String {
    let ids: Vec<String> =
        listed.watched.webhook_ids.iter().take(5).map(ToString::to_string).collect();
    match listed.watched.webhook_ids.len() {
        0 => "Any webhook of the channel is trusted.".to_owned(),
        1 => format!("Trusted webhook: {}", ids.concat()),
        count => format!("{count} trusted webhooks: {}", ids.join(", ")),
    }
}

/// How far it is read, and when the last message came.
pub(super) fn history(listed: &Listed) -> Vec<String> {
    let mut lines = Vec::new();
    let troubled = !listed.troubles.is_empty();
    lines.push(listed.watch.as_ref().map_or_else(
        || "The history was not read yet.".to_owned(),
        |watch| read_up_to(watch, troubled),
    ));
    let last = listed.last_message.or_else(|| {
        let watch = listed.watch.as_ref()?;
        watch.cursor.filter(|cursor| Some(*cursor) != watch.starts_after)
    });
    lines.push(match last.and_then(made_at) {
        Some(at) => format!("Last message {}.", time(at, 'R')),
        None => "No message yet.".to_owned(),
    });
    if listed.watched.awaited.is_some() {
        lines.push("The first message of its webhook is still awaited.".to_owned());
    }
    lines
}
