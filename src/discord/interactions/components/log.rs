//! A page of the log of messages, and the buttons that turn it.

use serenity::all::{CreateActionRow, CreateEmbed, CreateInteractionResponse};

use super::OF_ANOTHER;
use crate::discord::bot::Bot;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::reply;
use crate::discord::render::custom_id::LogPage;
use crate::discord::render::{delivery, rows};
use crate::ids::GuildId;
use crate::ledger::DeliveryFilter;

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
        let warning = bot.log_once.content_warning();
        let embed = delivery::list(&deliveries, &numbers, outcome, warning);
        let last = deliveries.last().filter(|_| has_older);
        Ok((embed, rows::log(self, last).into_iter().collect()))
    }
}

/// Shows another page to the person who asked for the log.
pub(super) async fn turn(
    bot: &Bot,
    who: &Person<'_>,
    page: LogPage,
) -> Result<CreateInteractionResponse, Error> {
    who.require_to_be(page.user, OF_ANOTHER)?;
    let (embed, rows) = page.show(bot, who.guild).await?;
    Ok(reply::update(reply::changed().embed(embed).components(rows)))
}
