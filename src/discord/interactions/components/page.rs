//! A page of a list of orders: the buttons that turn it and the menu that opens its orders.
//!
//! The buttons carry what was asked for. Where that is too long for a `custom_id`, the ledger keeps it and
//! the buttons carry its number.

use std::time::Duration;

use anyhow::Context as _;
use serenity::all::{CreateActionRow, CreateEmbed, CreateInteractionResponse};

use super::OF_ANOTHER;
use crate::discord::bot::Bot;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::reply;
use crate::discord::render::custom_id::{PageTurn, Which};
use crate::discord::render::orders::list::{self, List, Page};
use crate::discord::render::orders::list_query::ListQuery;
use crate::discord::render::{Audience, rows};
use crate::ids::GuildId;
use crate::ledger::tolerance;

/// Nobody waits longer for what a list's buttons cannot hold: the list is shown without them.
const LONGEST_KEEPING: Duration = Duration::from_secs(1);

impl Page {
    /// The page as people see it.
    pub(crate) async fn show(
        &self,
        bot: &Bot,
        guild: GuildId,
    ) -> Result<(CreateEmbed, Vec<CreateActionRow>), Error> {
        self.show_after(bot, guild, None).await
    }

    /// The same, after a button of the list was pressed.
    async fn show_after(
        &self,
        bot: &Bot,
        guild: GuildId,
        pressed: Option<&PageTurn>,
    ) -> Result<(CreateEmbed, Vec<CreateActionRow>), Error> {
        let (zone, now) = (bot.config.zone, bot.rest.clock().now());
        let list = self.asked.list(guild, zone, now, tolerance(&bot.config.books));
        let found = bot.ledger.list(guild, &list, (self.limit, self.offset)).await?;
        let warning = bot.log_once.content_warning();
        let audience = Audience::of(bot.config.privacy.replies);
        let unknown = match found.totals.count {
            0 => bot.ledger.no_such_store(&list.filter).await?,
            _ => None,
        };
        let unknown_store = unknown.as_ref();
        let shown = List { found: &found, page: self, audience, warning, unknown_store };
        let embed = list::embed(&shown, bot.ledger.emoji());
        let mut rows = Vec::new();
        if found.totals.count > i64::from(self.limit) {
            rows.push(match (self.button(bot, guild).await, pressed) {
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
                    rows::no_pages()
                }
            });
        }
        rows.extend(rows::open(self.user, &found.orders, bot.ledger.emoji()));
        Ok((embed, rows))
    }

    async fn button(&self, bot: &Bot, guild: GuildId) -> anyhow::Result<PageTurn> {
        let Self { user, limit, offset, .. } = *self;
        let query = self.asked.encoded();
        let button = PageTurn { user, limit, offset, which: Which::Here(query.clone()) };
        if rows::has_room(&button) {
            return Ok(button);
        }
        let (ledger, query) = (bot.ledger.clone(), self.asked.without_secrets().encoded());
        let keeping = tokio::spawn(async move { ledger.keep_list(guild, &query).await });
        let kept = tokio::time::timeout(LONGEST_KEEPING, keeping).await;
        let kept = kept.context("the database is busy")?.context("keep a list")??;
        Ok(PageTurn { which: Which::Kept(kept), ..button })
    }
}

async fn asked(bot: &Bot, guild: GuildId, which: &Which) -> Result<ListQuery, Error> {
    let query = match which {
        Which::Here(query) => Some(query.clone()),
        Which::Kept(id) => bot.ledger.kept_list(guild, *id).await?,
    };
    let asked = query.as_deref().and_then(ListQuery::decoded);
    asked.ok_or_else(|| {
        Error::User("This list is too old to show other pages. Run the command again.".to_owned())
    })
}

/// Shows another page to the person who asked for the list.
pub(super) async fn turn(
    bot: &Bot,
    who: &Person<'_>,
    button: PageTurn,
) -> Result<CreateInteractionResponse, Error> {
    who.require_to_be(button.user, OF_ANOTHER)?;
    let asked = asked(bot, who.guild, &button.which).await?;
    let page = Page { user: button.user, limit: button.limit, offset: button.offset, asked };
    let (embed, rows) = page.show_after(bot, who.guild, Some(&button)).await?;
    Ok(reply::update(reply::changed().embed(embed).components(rows)))
}
