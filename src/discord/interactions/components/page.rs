//! A page of a list of orders: the buttons that turn it and the menu that opens its orders.
//!
//! The buttons carry what was asked for, so that they work after a restart. Where that is too long for a
//! `custom_id`, the ledger keeps it and the buttons carry its number.

use serenity::all::{
    ButtonStyle, CreateActionRow, CreateButton, CreateEmbed, CreateInteractionResponse,
};

use super::{open, turned};
use crate::discord::bot::Bot;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::error::Error;
use crate::discord::render::orders::list::{self, List, Page};
use crate::discord::render::orders::list_query::ListQuery;
use crate::discord::render::text::length;
use crate::discord::render::{Audience, CUSTOM_ID};
use crate::ids::{GuildId, UserId};

/// What the ids of the buttons that turn pages begin with; a changed layout takes a new word.
const PAGE: &str = "orders2";
/// No offset is longer.
const LONGEST_OFFSET: &str = "4294967295";

impl Page {
    /// The page as people see it.
    pub(crate) async fn show(
        &self,
        bot: &Bot,
        guild: GuildId,
    ) -> Result<(CreateEmbed, Vec<CreateActionRow>), Error> {
        self.show_after(bot, guild, None).await
    }

    /// The same, after this button of the list was pressed.
    async fn show_after(
        &self,
        bot: &Bot,
        guild: GuildId,
        pressed: Option<&Button>,
    ) -> Result<(CreateEmbed, Vec<CreateActionRow>), Error> {
        let zone = bot.config.stats.zone().map_err(|error| Error::Internal(error.into()))?;
        let filter = self.asked.filter(guild, zone, bot.rest.clock().now());
        let text = self.asked.text.as_deref();
        let found = bot.ledger.list_orders(guild, text, &filter, self.limit, self.offset).await?;
        let alarm =
            bot.alarms.is_content_hidden().then_some(crate::discord::bot::log_once::CONTENT_HIDDEN);
        let audience = Audience::of(bot.config.privacy.replies);
        let list = List { found: &found, page: self, audience, alarm };
        let embed = list::embed(&list, bot.ledger.emoji());
        let mut rows = Vec::new();
        if found.totals.count > i64::from(self.limit) {
            rows.push(match (self.button(bot, guild).await, pressed) {
                (Ok(button), _) => button.row(self.offset, found.totals.count),
                // What was found is shown all the same, also where the disk is full.
                (Err(error), Some(button)) => {
                    tracing::warn!("that a list is in use cannot be noted: {error:#}");
                    button.row(self.offset, found.totals.count)
                }
                (Err(error), None) => {
                    tracing::warn!(
                        "a list cannot be kept, so its pages cannot be turned: {error:#}"
                    );
                    no_pages()
                }
            });
        }
        rows.extend(open::menu(self.user, &found.orders, bot.ledger.emoji()));
        Ok((embed, rows))
    }

    async fn button(&self, bot: &Bot, guild: GuildId) -> anyhow::Result<Button> {
        let mut button = Button::of(self);
        if length(&button.custom_id(LONGEST_OFFSET)) > CUSTOM_ID {
            let kept = bot.ledger.keep_list(guild, &self.asked.encoded()).await?;
            button.which = Which::Kept(kept);
        }
        Ok(button)
    }
}

/// In place of the buttons: why there are none.
fn no_pages() -> CreateActionRow {
    let label = "No pages: the database cannot be written now";
    let button = CreateButton::new(PAGE).label(label).style(ButtonStyle::Secondary);
    CreateActionRow::Buttons(vec![button.disabled(true)])
}

/// What a button that turns pages carries, but for where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Button {
    user: UserId,
    limit: u32,
    which: Which,
}

/// Which orders.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Which {
    /// As [`ListQuery::encoded`].
    Here(String),
    /// Kept in the ledger.
    Kept(i64),
}

impl Button {
    fn of(page: &Page) -> Self {
        Self { user: page.user, limit: page.limit, which: Which::Here(page.asked.encoded()) }
    }

    fn custom_id(&self, offset: &str) -> String {
        let Self { user, limit, which } = self;
        match which {
            Which::Here(encoded) => format!("{PAGE}|{user}|{limit}|{offset}|={encoded}"),
            Which::Kept(id) => format!("{PAGE}|{user}|{limit}|{offset}|#{id}"),
        }
    }

    /// The button behind an id, and the offset to which it leads.
    pub(crate) fn parse(custom_id: &str) -> Option<(Self, u32)> {
        let mut parts = custom_id.splitn(5, '|');
        if parts.next()? != PAGE {
            return None;
        }
        let user = parts.next()?.parse().ok()?;
        let limit = parts.next()?.parse().ok().filter(|limit| (1..=25).contains(limit))?;
        let offset = parts.next()?.parse().ok()?;
        let which = parts.next()?;
        let which = match which.strip_prefix('=') {
            Some(encoded) => Which::Here(encoded.to_owned()),
            None => Which::Kept(which.strip_prefix('#')?.parse().ok()?),
        };
        Some((Self { user, limit, which }, offset))
    }

    /// The buttons to the pages before and after.
    fn row(&self, offset: u32, count: i64) -> CreateActionRow {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let button = |offset: u32, label: &str, off: bool| {
            CreateButton::new(self.custom_id(&offset.to_string()))
                .label(label)
                .style(ButtonStyle::Secondary)
                .disabled(off)
        };
        let (newer, older) = (offset.saturating_sub(self.limit), offset.saturating_add(self.limit));
        CreateActionRow::Buttons(vec![
            button(newer, "◀ Newer", offset == 0),
            button(older, "Older ▶", older >= count),
        ])
    }

    async fn asked(&self, bot: &Bot, guild: GuildId) -> Result<ListQuery, Error> {
        let kept = match &self.which {
            Which::Here(encoded) => Some(encoded.clone()),
            Which::Kept(id) => bot.ledger.kept_list(guild, *id).await?,
        };
        let asked = kept.as_deref().and_then(ListQuery::decoded);
        asked.ok_or_else(|| Error::User("This list is too old to be turned. Ask again.".to_owned()))
    }
}

/// Shows another page to the person who asked for the list.
pub(crate) async fn turn(
    bot: &Bot,
    who: &Person<'_>,
    (button, offset): (Button, u32),
) -> Result<CreateInteractionResponse, Error> {
    who.must_be(button.user)?;
    let asked = button.asked(bot, who.guild).await?;
    let page = Page { user: button.user, limit: button.limit, offset, asked };
    let (embed, rows) = page.show_after(bot, who.guild, Some(&button)).await?;
    Ok(turned(embed, rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_survives_the_way_through_its_id() {
        for which in [Which::Here("shipped||a~1b||".to_owned()), Which::Kept(7)] {
            let button = Button { user: UserId(9), limit: 10, which };
            assert_eq!(Button::parse(&button.custom_id("20")), Some((button, 20)));
        }
    }

    #[test]
    fn garbage_is_no_button() {
        for garbage in ["", "orders2", "orders2|x|10|0|=", "orders2|9|99|0|=", "orders2|9|10|0|#x"]
        {
            assert_eq!(Button::parse(garbage), None, "{garbage}");
        }
    }
}
