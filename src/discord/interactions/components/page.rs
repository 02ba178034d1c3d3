//! A page of a list of orders: the buttons that turn it and the menu that opens its orders.
//!
//! The buttons carry what was asked for. Where that is too long for a `custom_id`, the ledger keeps it and
//! the buttons carry its number.

use serenity::all::{CreateActionRow, CreateEmbed, CreateInteractionResponse, Message};

use super::{OF_ANOTHER, kept};
use crate::discord::bot::Bot;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::reply;
use crate::discord::render::custom_id::{CustomId, PageTurn, Which};
use crate::discord::render::orders::list::{self, List, Page};
use crate::discord::render::orders::list_query::ListQuery;
use crate::discord::render::{Audience, rows};
use crate::ids::GuildId;
use crate::ledger::tolerance;

impl Page {
    /// The page as people see it.
    pub(crate) async fn show(
        &self,
        bot: &Bot,
        guild: GuildId,
    ) -> Result<(CreateEmbed, Vec<CreateActionRow>), Error> {
        let audience = Audience::of(bot.settings(guild).replies);
        self.show_after(bot, guild, audience, None).await
    }

    /// The same, after a button of the list was pressed.
    async fn show_after(
        &self,
        bot: &Bot,
        guild: GuildId,
        audience: Audience,
        pressed: Option<&PageTurn>,
    ) -> Result<(CreateEmbed, Vec<CreateActionRow>), Error> {
        let (zone, now) = (bot.zone(guild), bot.rest.clock().now());
        let list = self.asked.list(guild, zone, now, tolerance(&bot.config.books));
        let found = bot.ledger.list(guild, &list, (self.limit, self.offset)).await?;
        let page = &Self { offset: found.offset, ..self.clone() };
        let warning = bot.log_once.content_warning();
        let unknown = match found.totals.count {
            0 => bot.ledger.no_such_store(&list.filter).await?,
            _ => None,
        };
        let unknown_store = unknown.as_ref();
        let shown = List { found: &found, page, audience, warning, unknown_store };
        let embed = list::embed(&shown, bot.ledger.emoji());
        let mut rows = Vec::new();
        if found.totals.count > i64::from(self.limit) {
            rows.extend(match (page.button(bot, guild).await, pressed) {
                (Ok(button), _) => rows::pages(&button, found.totals.count, list.sort),
                // What was found is shown all the same, also where the disk is full.
                (Err(error), Some(button)) => {
                    tracing::warn!("could not note that a list is in use: {error:#}");
                    rows::pages(button, found.totals.count, list.sort)
                }
                (Err(error), None) => {
                    tracing::warn!(
                        "could not keep a list, so its pages cannot be turned: {error:#}"
                    );
                    Some(rows::instead("No pages"))
                }
            });
        }
        rows.extend(rows::open(self.user, &found.orders, bot.ledger.emoji()));
        Ok((embed, rows))
    }

    async fn button(&self, bot: &Bot, guild: GuildId) -> anyhow::Result<PageTurn> {
        let Self { user, limit, offset, .. } = *self;
        let (here, clean) = (self.asked.encoded(), self.asked.without_secrets().encoded());
        // Whatever page they lead to.
        let fits = |which: &Which| {
            let which = which.clone();
            rows::has_room(&CustomId::Page(PageTurn { user, limit, offset: u32::MAX, which }))
        };
        let which = kept::which(bot, guild, here, clean, fits).await?;
        Ok(PageTurn { user, limit, offset, which })
    }
}

/// Shows another page to the person who asked for the list.
pub(super) async fn turn(
    bot: &Bot,
    who: &Person<'_>,
    button: PageTurn,
    message: &Message,
) -> Result<CreateInteractionResponse, Error> {
    who.require_to_be(button.user, OF_ANOTHER)?;
    let asked = kept::query(bot, who.guild, &button.which, ListQuery::decoded).await?;
    let page = Page { user: button.user, limit: button.limit, offset: button.offset, asked };
    let audience = reply::audience_of(message);
    let (embed, rows) = page.show_after(bot, who.guild, audience, Some(&button)).await?;
    Ok(reply::update(reply::changed().embed(embed).components(rows)))
}
