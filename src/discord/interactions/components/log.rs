//! A page of the log of messages, and the buttons that turn it.

use chrono::{DateTime, Utc};
use serenity::all::{
    ButtonStyle, CreateActionRow, CreateButton, CreateEmbed, CreateInteractionResponse,
};

use super::turned;
use crate::discord::bot::Bot;
use crate::discord::bot::log_once::CONTENT_HIDDEN;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::error::Error;
use crate::discord::render::delivery;
use crate::ids::{GuildId, MessageId, UserId};
use crate::ledger::{Delivery, DeliveryFilter};
use crate::verdict::Outcome;

/// What the ids of the buttons begin with; a changed layout takes a new word.
const LOG: &str = "log1";

/// A page of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LogPage {
    /// Who asked; nobody else may turn it.
    pub(crate) user: UserId,
    /// Messages a page, at most 25.
    pub(crate) limit: u32,
    /// Only this outcome.
    pub(crate) outcome: Option<Outcome>,
    /// The last message of the page before.
    pub(crate) behind: Option<(DateTime<Utc>, MessageId)>,
}

impl LogPage {
    /// The page as people see it.
    pub(crate) async fn show(
        &self,
        bot: &Bot,
        guild: GuildId,
    ) -> anyhow::Result<(CreateEmbed, Vec<CreateActionRow>)> {
        let Self { limit, outcome, behind, .. } = *self;
        let filter = DeliveryFilter { guild, outcome, limit: limit + 1, before: behind };
        let mut deliveries = bot.ledger.deliveries(&filter).await?;
        let has_older = deliveries.len() > usize::try_from(limit).unwrap_or(usize::MAX);
        deliveries.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let numbers = bot.ledger.numbers_of(&deliveries).await?;
        let alarm = bot.alarms.is_content_hidden().then_some(CONTENT_HIDDEN);
        let embed = delivery::list(&deliveries, &numbers, outcome, alarm);
        let last = deliveries.last().filter(|_| has_older);
        Ok((embed, self.row(last).into_iter().collect()))
    }

    /// The buttons; none where there is one page alone.
    fn row(&self, last: Option<&Delivery>) -> Option<CreateActionRow> {
        if self.behind.is_none() && last.is_none() {
            return None;
        }
        let older = last.map(|last| (last.received_at, last.message_id));
        let button = |behind, label, off| {
            let page = Self { behind, ..self.clone() };
            let button = CreateButton::new(page.custom_id()).label(label).disabled(off);
            button.style(ButtonStyle::Secondary)
        };
        // Two buttons of a message may not have the same id: one that leads nowhere leads to itself.
        Some(CreateActionRow::Buttons(vec![
            button(None, "◀◀ Newest", self.behind.is_none()),
            button(older.or(self.behind), "Older ▶", older.is_none()),
        ]))
    }

    fn custom_id(&self) -> String {
        let Self { user, limit, outcome, behind } = self;
        let outcome = outcome.map_or("", Outcome::as_str);
        let (at, id) = behind.map_or((0, 0), |(at, id)| (at.timestamp_millis(), id.0));
        format!("{LOG}|{user}|{limit}|{outcome}|{at}|{id}")
    }

    /// The page to which a button leads.
    pub(crate) fn parse(custom_id: &str) -> Option<Self> {
        let mut parts = custom_id.split('|');
        if parts.next()? != LOG {
            return None;
        }
        let user = parts.next()?.parse().ok()?;
        let limit = parts.next()?.parse().ok().filter(|limit| (1..=25).contains(limit))?;
        let outcome = match parts.next()? {
            "" => None,
            word => Some(Outcome::from_word(word)?),
        };
        let at = DateTime::from_timestamp_millis(parts.next()?.parse().ok()?)?;
        let id: i64 = parts.next()?.parse().ok()?;
        let behind = (id != 0).then_some((at, MessageId(id)));
        Some(Self { user, limit, outcome, behind })
    }
}

/// Shows another page to the person who asked for the log.
pub(crate) async fn turn(
    bot: &Bot,
    who: &Person<'_>,
    page: LogPage,
) -> Result<CreateInteractionResponse, Error> {
    who.must_be(page.user)?;
    let (embed, rows) = page.show(bot, who.guild).await?;
    Ok(turned(embed, rows))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::render::CUSTOM_ID;

    #[test]
    fn a_page_survives_the_way_through_its_id() {
        let at = DateTime::from_timestamp_millis(1_768_500_000_123).unwrap();
        for (outcome, id) in
            [(None, MessageId(i64::MAX)), (Some(Outcome::Untrusted), MessageId(i64::MIN))]
        {
            let page =
                LogPage { user: UserId(i64::MAX), limit: 25, outcome, behind: Some((at, id)) };
            assert!(page.custom_id().len() <= CUSTOM_ID);
            assert_eq!(LogPage::parse(&page.custom_id()), Some(page));
        }
        for garbage in
            ["log1", "log1|9|99||0|0", "log1|9|5|odd|0|0", "log1|9|5||x|0", "log0|9|5||0|0"]
        {
            assert_eq!(LogPage::parse(garbage), None, "{garbage}");
        }
    }
}
