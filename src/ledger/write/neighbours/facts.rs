//! What may make two of them one purchase: who bought, and when.

use chrono::{DateTime, Utc};

use crate::ids::GuildId;
use crate::ledger::model::fold::Statement;
use crate::ledger::model::same_number::joining::WITHIN;
use crate::reading::Kind;

/// All that is said of the time and the buyer of an order, by any message.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    pub(super) guild: GuildId,
    pub(super) times: Vec<DateTime<Utc>>,
    pub(super) emails: Vec<String>,
    pub(super) profiles: Vec<String>,
}

impl Facts {
    pub(super) fn of<'a>(guild: GuildId, said: impl IntoIterator<Item = &'a Statement>) -> Self {
        let mut facts = Self { guild, ..Self::default() };
        for statement in said {
            // Only a checkout dates an order.
            let time = statement.stated_time().filter(|_| statement.kind == Kind::Checkout);
            facts.times.extend(time);
            facts.emails.extend(statement.reading.details.email.clone());
            facts.profiles.extend(statement.reading.details.profile.clone());
        }
        facts
    }

    /// Adds what an order says.
    pub(super) fn add_order(
        &mut self,
        ordered_at: DateTime<Utc>,
        email: Option<String>,
        profile: Option<String>,
    ) {
        self.times.push(ordered_at);
        self.emails.extend(email);
        self.profiles.extend(profile);
    }

    /// Whether they can belong to anything: they tell a time, and something of the buyer.
    pub(super) fn tell(&self) -> bool {
        let tell_buyer = !self.emails.is_empty() || !self.profiles.is_empty();
        tell_buyer && !self.times.is_empty()
    }

    /// Whether both may speak of one purchase.
    pub(super) fn are_near(&self, other: &Self) -> bool {
        let share = |some: &[String], others: &[String]| {
            some.iter().any(|one| others.iter().any(|other| one.eq_ignore_ascii_case(other)))
        };
        let mut times =
            self.times.iter().flat_map(|one| other.times.iter().map(move |two| (one, two)));
        self.guild == other.guild
            && times.any(|(one, two)| (*one - *two).abs() <= WITHIN * 2)
            && (share(&self.emails, &other.emails) || share(&self.profiles, &other.profiles))
    }
}
