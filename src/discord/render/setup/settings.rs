//! What holds in a server, and where each value comes from: the replies of `/setup feed` and its siblings.

use chrono::{DateTime, Utc};
use serenity::all::CreateEmbed;

use super::super::NEUTRAL;
use super::super::text::{code, cut};
use crate::config::{NONE, Origin, SetHere, Setting, SettingGroup, Settings};
use crate::count::count;
use crate::discord::bot::needs::HOW_TO_GIVE;
use crate::ids::ChannelId;

/// What is shown of a server.
pub(crate) struct Held<'a> {
    /// What holds.
    pub(crate) settings: &'a Settings,
    /// What config.toml says.
    pub(crate) configured: &'a Settings,
    /// What was set in the server.
    pub(crate) here: &'a SetHere,
    pub(crate) now: DateTime<Utc>,
}

/// The reply after a change.
pub(crate) const SAVED: &str = "✅ Saved. This is how it is from now on:";
/// The reply after a change was taken back.
pub(crate) const UNDONE: &str = "✅ Undone. This is how it is again:";
/// The reply to somebody who takes back what was changed again.
pub(crate) const CHANGED_SINCE: &str =
    "These settings were changed again since, so I changed nothing. `/setup list` shows them.";
/// The reply to values beside `default:True`.
pub(crate) const EITHER: &str = "Choose either `default:True` or new values, not both.";
/// The reply to a channel beside the option that does without one.
pub(crate) const CHANNEL_OR_NONE: &str =
    "Choose either a `channel` or the option that does without one, not both.";
/// The reply to `default:True` where nothing is to be undone.
pub(crate) const NOTHING_SET: &str = "Nothing of this was changed in this server.";

/// The settings of one command, and how to change them.
pub(crate) fn group(group: SettingGroup, held: &Held<'_>) -> CreateEmbed {
    let is_set = group.settings().any(|setting| held.here.contains_key(&setting));
    let back = if is_set {
        format!(" `{} default:True` goes back to what `config.toml` says.", command(group))
    } else {
        String::new()
    };
    let text = format!("{}\n\n{}{back}", lines(group, held), how_to_change(group));
    CreateEmbed::new().title(title(group)).colour(NEUTRAL).description(text)
}

/// All settings, for `/setup list`.
pub(crate) fn all(held: &Held<'_>) -> CreateEmbed {
    let embed = CreateEmbed::new().title("Settings of this server").colour(NEUTRAL);
    SettingGroup::ALL.into_iter().fold(embed, |embed, group| {
        let name = format!("{} · {}", title(group), command(group));
        embed.field(name, lines(group, held), false)
    })
}

fn lines(group: SettingGroup, held: &Held<'_>) -> String {
    let line = |setting: Setting| {
        let origin = match held.configured.origin(setting, held.here) {
            Origin::Here => "set here",
            Origin::Config => "from `config.toml`",
            Origin::Default => "default",
        };
        format!("{}: {} · {origin}", label(setting), said(setting, held))
    };
    let lines: Vec<String> = group.settings().map(line).collect();
    lines.join("\n")
}

const fn title(group: SettingGroup) -> &'static str {
    match group {
        SettingGroup::Feed => "New orders",
        SettingGroup::Alerts => "Alerts",
        SettingGroup::TimeZone => "Time zone",
        SettingGroup::Replies => "Replies",
    }
}

const fn command(group: SettingGroup) -> &'static str {
    match group {
        SettingGroup::Feed => "/setup feed",
        SettingGroup::Alerts => "/setup alerts",
        SettingGroup::TimeZone => "/setup timezone",
        SettingGroup::Replies => "/setup replies",
    }
}

const fn how_to_change(group: SettingGroup) -> &'static str {
    match group {
        SettingGroup::Feed => {
            "Change it with `/setup feed` and its options; `off:True` posts no new orders any more."
        }
        SettingGroup::Alerts => {
            "Change it with `/setup alerts` and its options; 0 turns an alert off."
        }
        SettingGroup::TimeZone => "Change it with `/setup timezone zone:`.",
        SettingGroup::Replies => {
            "Change it with `/setup replies who:`. Public replies mask e-mail addresses and leave out \
             proxies."
        }
    }
}

const fn label(setting: Setting) -> &'static str {
    match setting {
        Setting::FeedChannel => "Channel for new orders",
        Setting::FeedStyle => "Style",
        Setting::DailySummary => "Daily summary",
        Setting::SummaryHour => "Hour of the summary",
        Setting::AlertsChannel => "Channel for alerts",
        Setting::TestReply => "Reply to test notifications",
        Setting::SilenceHours => "When nothing comes",
        Setting::Doubtful => "Failed checkouts that may be orders",
        Setting::Unreadable => "Messages that could not be read",
        Setting::Untrusted => "Look-alikes that are not trusted",
        Setting::TimeZone => "Days begin at midnight in",
        Setting::Replies => "Who sees my replies",
    }
}

/// A value in words.
fn said(setting: Setting, held: &Held<'_>) -> String {
    let settings = held.settings;
    let switch = |is_on: bool| if is_on { "on" } else { "off" }.to_owned();
    let from = |most: u32| match most {
        0 => "off".to_owned(),
        most => format!("from {most} within a day"),
    };
    let value = match setting {
        Setting::FeedChannel => channel(&settings.value(setting), "none, so they are not posted"),
        Setting::AlertsChannel => {
            channel(&settings.value(setting), "the watched channel that the alert is about")
        }
        Setting::FeedStyle => settings.feed.style.words().to_owned(),
        Setting::DailySummary => switch(settings.feed.daily_summary),
        Setting::SummaryHour => format!("{}:00", settings.feed.summary_hour),
        Setting::TestReply => switch(settings.alerts.test_reply),
        Setting::SilenceHours => match settings.alerts.silence_hours {
            0 => "off".to_owned(),
            hours => format!("for {} on a usual day", count(hours, "hour", "hours")),
        },
        Setting::Doubtful => from(settings.alerts.doubtful),
        Setting::Unreadable => from(settings.alerts.unreadable),
        Setting::Untrusted => from(settings.alerts.untrusted),
        Setting::TimeZone => {
            let there = held.now.with_timezone(&settings.zone).format("%H:%M");
            return format!("**{}**, where it is {there} now", settings.zone);
        }
        Setting::Replies => settings.replies.words().to_owned(),
    };
    format!("**{value}**")
}

fn channel(value: &str, none: &str) -> String {
    if value == NONE { none.to_owned() } else { format!("<#{value}>") }
}

/// The reply where the bot may not post in a channel that was chosen.
pub(crate) fn may_not_post(channel: ChannelId, missing: &[&str]) -> String {
    format!(
        "I can't post in <#{channel}>, so nothing was changed: I'm missing {}. {HOW_TO_GIVE} Then try again.",
        missing.join(" and ")
    )
}

/// The reply to a channel that the bot does not see.
pub(crate) fn unseen(channel: ChannelId) -> String {
    format!(
        "I don't see <#{channel}> in this server, so nothing was changed. Choose a text channel of this \
         server that I can see."
    )
}

/// The reply to a time zone that there is not.
pub(crate) fn no_zone(typed: &str) -> String {
    let typed = code(&cut(typed, 40));
    format!(
        "I don't know the time zone {typed}. Choose one from the list while you type a city, like \
         `Europe/Berlin` or `America/New_York`."
    )
}
