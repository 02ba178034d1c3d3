//! Whether everything is read: `/health`.

use chrono::{DateTime, Utc};
use serenity::all::{Colour, CreateEmbed};

use super::text::{cut, length};
use super::{DESCRIPTION, time};
use crate::ids::MessageId;
use crate::ledger::{Delivery, Watch};
use crate::verdict::Via;

const WELL: Colour = Colour::new(0x0057_F287);
/// Characters of one alarm.
const ALARM: usize = 600;
const TROUBLED: Colour = Colour::new(0x00E6_7E22);

/// What is known of the bot's state.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Health {
    /// The watched channels of the guild.
    pub(crate) channels: Vec<ChannelHealth>,
    /// When the present connection was made.
    pub(crate) connected_since: Option<DateTime<Utc>>,
    /// The message of the guild that came last.
    pub(crate) last_message: Option<Delivery>,
    /// Messages that wait to be stored.
    pub(crate) waiting: usize,
    pub(crate) database_bytes: u64,
    /// What the operator must do.
    pub(crate) alarms: Vec<String>,
}

/// One watched channel.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ChannelHealth {
    pub(crate) watch: Watch,
    pub(crate) troubles: Vec<String>,
}

/// The state, and what is in the way.
pub(crate) fn embed(health: &Health) -> CreateEmbed {
    let is_well = health.alarms.is_empty()
        && health.channels.iter().all(|channel| channel.troubles.is_empty());
    let mut lines: Vec<String> =
        health.alarms.iter().map(|alarm| cut(&format!("⚠️ {alarm}."), ALARM)).collect();
    if health.channels.is_empty() {
        lines.push(
            "No channel of this server is watched: type `/setup watch` in the one that Refract posts to."
                .to_owned(),
        );
    }
    let used: usize = lines.iter().map(|line| length(line)).sum();
    let room = (DESCRIPTION - used) / health.channels.len().max(1);
    lines.extend(health.channels.iter().map(|entry| cut(&channel(entry), room.saturating_sub(2))));
    let connected = health.connected_since.map_or("not now".to_owned(), |at| time(at, 'R'));
    CreateEmbed::new()
        .title(if is_well { "All is well" } else { "Something is in the way" })
        .colour(if is_well { WELL } else { TROUBLED })
        .description(lines.join("\n\n"))
        .field("Connected", connected, true)
        .field("Last message", last_message(health.last_message.as_ref()), true)
        .field("Waiting to be stored", health.waiting.to_string(), true)
        .field("Database", size(health.database_bytes), true)
        .field("Version", env!("CARGO_PKG_VERSION"), true)
}

/// When it was posted, and how long after that it was on its way to the disk.
fn last_message(last: Option<&Delivery>) -> String {
    let Some(last) = last else { return "none yet".to_owned() };
    let posted = last.posted_at.or_else(|| last.message_id.made_at()).unwrap_or(last.received_at);
    let lag = (last.received_at - posted).num_milliseconds();
    // What history and files bring is old without any fault.
    if last.via == Via::Live && lag >= 0 {
        return format!(
            "{}, received {}.{} s later",
            time(posted, 'R'),
            lag / 1_000,
            lag % 1_000 / 100
        );
    }
    format!("{} ({})", time(posted, 'R'), last.via.as_str())
}

fn channel(entry: &ChannelHealth) -> String {
    let watch = &entry.watch;
    let mut lines =
        vec![format!("<#{}>", watch.channel_id), read_up_to(watch, !entry.troubles.is_empty())];
    if let Some(hole) = watch.last_hole {
        let messages = if hole.messages == 1 { "message" } else { "messages" };
        lines.push(format!(
            "The last gap was closed {}: {} missed {messages}.",
            time(hole.closed_at, 'R'),
            hole.messages
        ));
    }
    lines.extend(entry.troubles.iter().map(|trouble| format!("⚠️ {}.", capitalised(trouble))));
    lines.join("\n")
}

pub(crate) fn read_up_to(watch: &Watch, is_troubled: bool) -> String {
    let reached = watch.cursor.filter(|cursor| Some(*cursor) != watch.starts_after);
    match (watch.caught_up_at, reached.and_then(MessageId::made_at)) {
        (Some(at), Some(reached)) if is_troubled => format!(
            "Read to its end {}; what came after {} may be missing.",
            time(at, 'R'),
            time(reached, 'f')
        ),
        (Some(at), _) => format!("Read to its end {}.", time(at, 'R')),
        (None, Some(at)) => {
            format!("The history is being read for the first time, up to {} so far.", time(at, 'f'))
        }
        (None, None) => "The history was not read yet.".to_owned(),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Bytes as people say them.
fn size(bytes: u64) -> String {
    let tenths = |unit: u64| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        0..1_000_000 => format!("{} kB", tenths(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_well() {
        assert_eq!(size(4_096), "4.0 kB");
        assert_eq!(size(12_345_678), "12.3 MB");
        assert_eq!(size(2_000_000_000), "2.0 GB");
    }

    #[test]
    fn a_trouble_begins_a_sentence() {
        assert_eq!(capitalised("the bot may not"), "The bot may not");
        assert_eq!(capitalised(""), "");
    }
}
