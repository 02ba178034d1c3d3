//! Whether all is well: `/setup check`.

use serenity::all::{Colour, CreateEmbed, Permissions};

use super::super::DESCRIPTION;
use super::super::health::capitalised;
use super::super::text::{cut, length};
use super::list::{NOTHING, fitting, head, history};
use super::seen::SeenChannel;
use super::webhook_state::Fate;
use super::{Listed, lacks};
use crate::count::count;
use crate::discord::rest::RestError;
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
    /// What Discord says of it; an error: the bot does not see it.
    pub(crate) seen: Result<SeenChannel, RestError>,
}

/// What concerns all channels.
pub(crate) struct General {
    pub(crate) warning: Option<&'static str>,
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

impl General {
    /// What the operator must do.
    pub(crate) fn problems(&self) -> Vec<String> {
        let Self { warning, database, clock, .. } = self;
        let database = database.as_ref().map(|problem| {
            format!(
                "Nothing can be stored right now: {problem}. New messages wait, nothing is lost"
            )
        });
        let clock = clock.as_ref().map(|problem| format!("Clock: {problem}"));
        database.into_iter().chain(clock).chain(warning.map(str::to_owned)).collect()
    }
}

fn general_lines(general: &General) -> Vec<String> {
    let problems = general.problems().into_iter().map(|problem| format!("⚠️ {problem}."));
    let mut lines: Vec<String> = problems.collect();
    if general.warning.is_none() {
        lines.push("The Message Content Intent is on.".to_owned());
    }
    if general.waiting > 0 {
        let waiting = count(general.waiting, "message waits", "messages wait");
        lines.push(format!("{waiting} to be stored."));
    }
    lines
}

fn channel(checked: &Checked) -> String {
    let mut lines = vec![head(&checked.listed)];
    lines.push(permissions(&checked.seen));
    let webhooks = checked.seen.as_ref().ok().and_then(|seen| seen.webhooks.as_ref());
    let trusted = webhooks.into_iter().flat_map(|compared| &compared.trusted).take(5);
    lines.extend(trusted.map(|it| webhook(it, checked)));
    if checked.listed.watched.webhook_ids.is_empty() {
        lines.push(
            "Any webhook in this channel can post orders. To trust only Refract's, add its id to \
             `webhook_ids` in config.toml."
                .to_owned(),
        );
    }
    lines.extend(history(&checked.listed));
    let problems = checked.listed.problems.iter();
    lines.extend(problems.map(|problem| format!("⚠️ {}.", capitalised(problem))));
    lines.join("\n")
}

fn permissions(seen: &Result<SeenChannel, RestError>) -> String {
    let held = match seen {
        Ok(SeenChannel { held: Ok(held), .. }) => *held,
        // Which others it lacks, Discord does not say.
        Err(RestError::Forbidden(_)) => Permissions::all() - Permissions::VIEW_CHANNEL,
        Err(RestError::NotFound(_)) => return "⚠️ Discord doesn't know this channel.".to_owned(),
        Ok(SeenChannel { held: Err(error), .. }) | Err(error) => {
            return format!("I can't read my permissions there: {error}.");
        }
    };
    lacks(held).unwrap_or_else(|| "I have all the permissions I need.".to_owned())
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
