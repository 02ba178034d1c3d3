//! Whether everything is read: `/health`.

use chrono::{DateTime, Utc};
use serenity::all::{Colour, CreateEmbed};

use super::delivery::how;
use super::setup::NOTHING;
use super::setup::places::threads;
use super::text::{cut, length};
use super::{DESCRIPTION, time};
use crate::bytes::bytes;
use crate::count::count;
use crate::ids::MessageId;
use crate::ledger::{Delivery, ThreadCount, Watch};
use crate::verdict::Via;

const WELL: Colour = Colour::new(0x0057_F287);
/// Characters of one alarm.
const LONGEST_WARNING: usize = 600;
const TROUBLED: Colour = Colour::new(0x00E6_7E22);

/// What is known of the bot's state.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Health {
    /// The watched channels of the guild.
    pub(crate) channels: Vec<ChannelHealth>,
    /// When the present connection was made.
    pub(crate) connected_since: Option<DateTime<Utc>>,
    /// From when to when the gateway was last out of reach; `None`: not within a day.
    pub(crate) latest_outage: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// The message of the guild that came last.
    pub(crate) last_message: Option<Delivery>,
    /// Messages that wait to be stored.
    pub(crate) waiting: usize,
    pub(crate) database_bytes: u64,
    /// What the operator must do.
    pub(crate) warnings: Vec<String>,
}

/// One watched channel.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ChannelHealth {
    pub(crate) watch: Watch,
    /// Its threads, or its posts; `None`: it is a thread.
    pub(crate) threads: Option<ThreadCount>,
    pub(crate) is_forum: bool,
    pub(crate) problems: Vec<String>,
    /// Whether one of them is in the way of reading it.
    pub(crate) is_hindered: bool,
}

/// The state, and what is in the way.
pub(crate) fn embed(health: &Health) -> CreateEmbed {
    let is_well = health.warnings.is_empty()
        && !health.channels.is_empty()
        && health.channels.iter().all(|channel| channel.problems.is_empty());
    let mut lines: Vec<String> = health
        .warnings
        .iter()
        .map(|warning| cut(&format!("⚠️ {warning}."), LONGEST_WARNING))
        .collect();
    if health.channels.is_empty() {
        lines.push(NOTHING.to_owned());
    }
    let used: usize = lines.iter().map(|line| length(line)).sum();
    let room = (DESCRIPTION - used) / health.channels.len().max(1);
    lines.extend(health.channels.iter().map(|entry| cut(&channel(entry), room.saturating_sub(2))));
    let connected = health.connected_since.map_or("no".to_owned(), |at| time(at, 'R'));
    let embed = CreateEmbed::new()
        .title(if is_well { "All is well" } else { "Needs attention" })
        .colour(if is_well { WELL } else { TROUBLED })
        .description(lines.join("\n\n"))
        .field("Connected", connected, true)
        .field("Last message", last_message(health.last_message.as_ref()), true)
        .field("Queue", queue(health.waiting), true)
        .field("Database", bytes(health.database_bytes), true)
        .field("Version", env!("CARGO_PKG_VERSION"), true);
    match health.latest_outage {
        None => embed,
        Some(outage) => embed.field("Last outage of the connection", lasted(outage), false),
    }
}

/// When the gateway was out of reach, and what became of the messages of that time.
fn lasted((since, until): (DateTime<Utc>, DateTime<Utc>)) -> String {
    let minutes = ((until - since).num_seconds() + 59) / 60;
    format!(
        "From {} to {} ({}). What was posted meanwhile is read from the history.",
        time(since, 'f'),
        time(until, 't'),
        count(minutes.unsigned_abs(), "minute", "minutes")
    )
}

/// How many messages wait to be stored.
fn queue(waiting: usize) -> String {
    if waiting == 0 { "empty".to_owned() } else { count(waiting, "message", "messages") }
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
    format!("{} ({})", time(posted, 'R'), how(last.via))
}

fn channel(entry: &ChannelHealth) -> String {
    let watch = &entry.watch;
    let mut lines = vec![format!("<#{}>", watch.channel_id), read_up_to(watch, entry.is_hindered)];
    lines.extend(threads(entry.threads, entry.is_forum));
    if let Some(gap) = watch.last_gap {
        lines.push(format!(
            "Last gap filled {}: {} found.",
            time(gap.closed_at, 'R'),
            count(gap.messages, "missed message", "missed messages")
        ));
    }
    lines.extend(entry.problems.iter().map(|problem| format!("⚠️ {}.", capitalised(problem))));
    lines.join("\n")
}

/// How far a channel is read. `is_hindered`: whether messages may be missing behind that.
pub(crate) fn read_up_to(watch: &Watch, is_hindered: bool) -> String {
    let reached = watch.cursor.filter(|cursor| Some(*cursor) != watch.starts_after);
    match (watch.caught_up_at, reached.and_then(MessageId::made_at)) {
        (Some(at), Some(reached)) if is_hindered => format!(
            "Was up to date {}; messages after {} may be missing.",
            time(at, 'R'),
            time(reached, 'f')
        ),
        (Some(at), _) => format!("Up to date as of {}.", time(at, 'R')),
        (None, Some(at)) => {
            format!("Reading the history for the first time, up to {} so far.", time(at, 'f'))
        }
        (None, None) => "The history has not been read yet.".to_owned(),
    }
}

/// A sentence from what begins with a small letter, since it stands in the log too.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_begins_a_sentence() {
        assert_eq!(capitalised("the bot may not"), "The bot may not");
        assert_eq!(capitalised(""), "");
    }
}
