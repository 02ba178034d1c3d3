//! What people can change in Discord for their server, in the place of what config.toml says for all. Pure.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::{Alerts, Config, Feed, FeedStyle, Replies};
use crate::ids::ChannelId;

/// What holds in one server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Where new orders are posted, and how.
    pub feed: Feed,
    /// What the bot posts by itself, and where.
    pub alerts: Alerts,
    /// Where days and months begin.
    pub zone: Tz,
    /// Who sees the bot's replies.
    pub replies: Replies,
}

/// One of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is a key of config.toml, and explained there")]
pub enum Setting {
    FeedChannel,
    FeedStyle,
    DailySummary,
    SummaryHour,
    AlertsChannel,
    TestReply,
    SilenceHours,
    Doubtful,
    Unreadable,
    Untrusted,
    TimeZone,
    Replies,
}

/// Settings that one command shows and changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum SettingGroup {
    Feed,
    Alerts,
    TimeZone,
    Replies,
}

/// What was set in one server, as the ledger keeps it.
pub type SetHere = BTreeMap<Setting, String>;

/// Where the value of a setting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Somebody set it in this server.
    Here,
    /// config.toml says something other than the default.
    Config,
    /// Nobody said anything.
    Default,
}

/// What stands for no channel.
pub const NONE: &str = "none";
/// Hours and numbers of messages, at the most.
pub const LIMIT_MAX: u32 = 10_000;
/// The last hour of a day.
pub const HOUR_MAX: u32 = 23;

impl Setting {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::FeedChannel,
        Self::FeedStyle,
        Self::DailySummary,
        Self::SummaryHour,
        Self::AlertsChannel,
        Self::TestReply,
        Self::SilenceHours,
        Self::Doubtful,
        Self::Unreadable,
        Self::Untrusted,
        Self::TimeZone,
        Self::Replies,
    ];

    /// Section and key, as in config.toml.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FeedChannel => "feed.channel_id",
            Self::FeedStyle => "feed.style",
            Self::DailySummary => "feed.daily_summary",
            Self::SummaryHour => "feed.summary_hour",
            Self::AlertsChannel => "alerts.channel_id",
            Self::TestReply => "alerts.test_reply",
            Self::SilenceHours => "alerts.silence_hours",
            Self::Doubtful => "alerts.doubtful",
            Self::Unreadable => "alerts.unreadable",
            Self::Untrusted => "alerts.untrusted",
            Self::TimeZone => "stats.time_zone",
            Self::Replies => "privacy.replies",
        }
    }

    /// The setting of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|setting| setting.as_str() == name)
    }

    /// The group that it belongs to.
    pub const fn group(self) -> SettingGroup {
        match self {
            Self::FeedChannel | Self::FeedStyle | Self::DailySummary | Self::SummaryHour => {
                SettingGroup::Feed
            }
            Self::TimeZone => SettingGroup::TimeZone,
            Self::Replies => SettingGroup::Replies,
            _ => SettingGroup::Alerts,
        }
    }
}

impl SettingGroup {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Feed, Self::Alerts, Self::TimeZone, Self::Replies];

    /// What belongs to it.
    pub fn settings(self) -> impl Iterator<Item = Setting> {
        Setting::ALL.into_iter().filter(move |setting| setting.group() == self)
    }
}

impl Settings {
    /// What config.toml says.
    pub fn of(config: &Config) -> Self {
        let Config { feed, alerts, zone, privacy, .. } = config;
        Self { feed: *feed, alerts: alerts.clone(), zone: *zone, replies: privacy.replies }
    }

    /// The same with what was set in a server.
    #[must_use]
    pub fn with(mut self, here: &SetHere) -> Self {
        for (setting, value) in here {
            let is_taken = self.set(*setting, value);
            debug_assert!(is_taken, "{} = {value}", setting.as_str());
        }
        self
    }

    /// A value as it is kept.
    pub fn value(&self, setting: Setting) -> String {
        let channel =
            |id: Option<ChannelId>| id.map_or_else(|| NONE.to_owned(), |id| id.to_string());
        match setting {
            Setting::FeedChannel => channel(self.feed.channel_id),
            Setting::FeedStyle => self.feed.style.as_str().to_owned(),
            Setting::DailySummary => self.feed.daily_summary.to_string(),
            Setting::SummaryHour => self.feed.summary_hour.to_string(),
            Setting::AlertsChannel => channel(self.alerts.channel_id),
            Setting::TestReply => self.alerts.test_reply.to_string(),
            Setting::SilenceHours => self.alerts.silence_hours.to_string(),
            Setting::Doubtful => self.alerts.doubtful.to_string(),
            Setting::Unreadable => self.alerts.unreadable.to_string(),
            Setting::Untrusted => self.alerts.untrusted.to_string(),
            Setting::TimeZone => self.zone.name().to_owned(),
            Setting::Replies => self.replies.as_str().to_owned(),
        }
    }

    /// Takes such a value. False: it does not fit, and nothing is changed.
    #[must_use]
    pub fn set(&mut self, setting: Setting, value: &str) -> bool {
        let channel = || match value {
            NONE => Some(None),
            id => id.parse().ok().filter(|id: &ChannelId| id.0 > 0).map(Some),
        };
        match setting {
            Setting::FeedChannel => put(&mut self.feed.channel_id, channel()),
            Setting::FeedStyle => put(&mut self.feed.style, FeedStyle::from_word(value)),
            Setting::DailySummary => put(&mut self.feed.daily_summary, value.parse().ok()),
            Setting::SummaryHour => put(&mut self.feed.summary_hour, number(value, HOUR_MAX)),
            Setting::AlertsChannel => put(&mut self.alerts.channel_id, channel()),
            Setting::TestReply => put(&mut self.alerts.test_reply, value.parse().ok()),
            Setting::SilenceHours => put(&mut self.alerts.silence_hours, number(value, LIMIT_MAX)),
            Setting::Doubtful => put(&mut self.alerts.doubtful, number(value, LIMIT_MAX)),
            Setting::Unreadable => put(&mut self.alerts.unreadable, number(value, LIMIT_MAX)),
            Setting::Untrusted => put(&mut self.alerts.untrusted, number(value, LIMIT_MAX)),
            Setting::TimeZone => put(&mut self.zone, value.parse().ok()),
            Setting::Replies => put(&mut self.replies, Replies::from_word(value)),
        }
    }

    /// Where the value of a setting comes from. `self` is what config.toml says.
    pub fn origin(&self, setting: Setting, here: &SetHere) -> Origin {
        if here.contains_key(&setting) {
            Origin::Here
        } else if self.value(setting) != Self::default().value(setting) {
            Origin::Config
        } else {
            Origin::Default
        }
    }
}

fn put<T>(place: &mut T, value: Option<T>) -> bool {
    let is_taken = value.is_some();
    if let Some(value) = value {
        *place = value;
    }
    is_taken
}

fn number(value: &str, most: u32) -> Option<u32> {
    value.parse().ok().filter(|number| *number <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_setting_takes_what_it_gives_and_nothing_else() {
        let other = [
            ("feed.channel_id", "7"),
            ("feed.style", "card"),
            ("feed.daily_summary", "true"),
            ("feed.summary_hour", "23"),
            ("alerts.channel_id", "8"),
            ("alerts.test_reply", "false"),
            ("alerts.silence_hours", "6"),
            ("alerts.doubtful", "0"),
            ("alerts.unreadable", "10000"),
            ("alerts.untrusted", "9"),
            ("stats.time_zone", "Europe/Berlin"),
            ("privacy.replies", "public"),
        ];
        assert_eq!(Setting::ALL.map(Setting::as_str), other.map(|(name, _)| name));
        let mut settings = Settings::default();
        for (name, value) in other {
            let setting = Setting::named(name).unwrap();
            let (before, rest) = (settings.value(setting), settings.clone());
            assert!(settings.set(setting, value), "{name}");
            assert_eq!(settings.value(setting), value, "{name}");
            assert!(!settings.set(setting, "-1") && !settings.set(setting, "10001x"), "{name}");
            assert_eq!(settings.value(setting), value, "{name}");
            // It changes no other one.
            let mut again = settings.clone();
            assert!(again.set(setting, &before));
            assert_eq!(again, rest, "{name}");
        }
        assert!(!settings.set(Setting::SummaryHour, "24"));
        assert!(!settings.set(Setting::SilenceHours, "10001"));
    }

    #[test]
    fn what_was_set_here_comes_before_config_and_default() {
        let config = "[stats]\ntime_zone = \"Europe/Berlin\"\n[feed]\nstyle = \"card\"";
        let config = Settings::of(&Config::from_text(config, "test", []).unwrap());
        let here = SetHere::from([(Setting::TimeZone, "Asia/Tokyo".to_owned())]);
        let held = config.clone().with(&here);
        assert_eq!((held.zone, held.feed.style), (Tz::Asia__Tokyo, FeedStyle::Card));
        let origin = |setting| config.origin(setting, &here);
        assert_eq!(origin(Setting::TimeZone), Origin::Here);
        assert_eq!(origin(Setting::FeedStyle), Origin::Config);
        assert_eq!(origin(Setting::SummaryHour), Origin::Default);
    }
}
