//! Whether all is well: `/setup check`.

use serenity::all::{Colour, CreateEmbed, Permissions};

use super::super::DESCRIPTION;
use super::super::health::capitalised;
use super::super::text::{cut, length};
use super::list::{NOTHING, fitting, head, history};
use super::webhook_state::{Compared, Fate};
use super::{Listed, lacks};
use crate::count::count;
use crate::ids::WebhookId;

const WELL: Colour = Colour::new(0x0057_F287);
const TROUBLED: Colour = Colour::new(0x00E6_7E22);
/// What each line begins with that tells of something to be done.
const WARNING: &str = "⚠️";
/// Characters of what is said about the whole bot.
const GENERAL: usize = 1_200;

/// A channel that was looked over.
pub(crate) struct Checked {
    pub(crate) listed: Listed,
    /// The bot's permissions there; `None`: Discord has not told.
    pub(crate) held: Option<Permissions>,
    /// Its trusted webhooks; `None`: they were not asked for.
    pub(crate) webhooks: Option<Compared>,
}

/// What concerns all channels.
pub(crate) struct General {
    pub(crate) alarm: Option<&'static str>,
    pub(crate) database: Option<String>,
    pub(crate) clock: Option<String>,
    /// Messages that wait to be stored.
    pub(crate) waiting: usize,
}

/// All that was looked at.
pub(crate) fn check(channels: &[Checked], general: &General) -> CreateEmbed {
    let general = cut(&general_lines(general).join("\n"), GENERAL);
    let room = DESCRIPTION - length(&general);
    let mut parts: Vec<String> = channels.iter().map(channel).collect();
    if channels.is_empty() {
        parts.push(NOTHING.to_owned());
    }
    let warns = |text: &String| text.contains(WARNING);
    let is_well = !channels.is_empty() && !parts.iter().chain([&general]).any(warns);
    let text = format!("{}\n\n{general}", fitting(parts.into_iter(), room));
    CreateEmbed::new()
        .title(if is_well { "All is well" } else { "Needs attention" })
        .colour(if is_well { WELL } else { TROUBLED })
        .description(cut(&text, DESCRIPTION))
}

fn general_lines(general: &General) -> Vec<String> {
    let General { alarm, database, clock, waiting } = general;
    let mut lines = vec![match alarm {
        Some(alarm) => format!("⚠️ {alarm}."),
        None => "The Message Content Intent is on.".to_owned(),
    }];
    lines.extend(database.as_ref().map(|trouble| format!("⚠️ Nothing can be stored: {trouble}.")));
    lines.extend(clock.as_ref().map(|trouble| format!("⚠️ Clock: {trouble}.")));
    if *waiting > 0 {
        lines.push(format!("{} to be stored.", count(*waiting, "message waits", "messages wait")));
    }
    lines
}

fn channel(checked: &Checked) -> String {
    let mut lines = vec![head(&checked.listed)];
    lines.push(match checked.held {
        None => "I don't know my permissions there yet.".to_owned(),
        Some(held) => {
            lacks(held).unwrap_or_else(|| "I have all the permissions I need.".to_owned())
        }
    });
    match &checked.webhooks {
        Some(compared) => {
            lines.extend(compared.trusted.iter().take(5).map(|it| webhook(it, checked)));
        }
        None if checked.listed.watched.webhook_ids.is_empty() => lines.push(
            "Any webhook in this channel can post orders. To trust only Refract's, add its id to \
             `webhook_ids` in config.toml."
                .to_owned(),
        ),
        None => {}
    }
    lines.extend(history(&checked.listed));
    let troubles = checked.listed.troubles.iter();
    lines.extend(troubles.map(|trouble| format!("⚠️ {}.", capitalised(trouble))));
    lines.join("\n")
}

fn webhook((id, fate): &(WebhookId, Fate), checked: &Checked) -> String {
    match fate {
        Fate::There => format!("Webhook {id} is in place."),
        Fate::Moved(other) => format!("⚠️ Webhook {id} now posts to <#{other}>."),
        Fate::Deleted if checked.listed.watched.is_configured => format!(
            "⚠️ Webhook {id} was deleted. Put the id of the new one into webhook_ids in config.toml \
             and restart me."
        ),
        Fate::Deleted => {
            format!("⚠️ Webhook {id} was deleted. Run `/setup watch` there to create a new one.")
        }
        Fate::Unknown => format!("Webhook {id}: I can't check it without Manage Webhooks."),
    }
}
