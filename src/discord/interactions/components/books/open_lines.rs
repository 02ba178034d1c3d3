//! The orders of a line of what is open.

use poise::CreateReply;
use serenity::all::{ComponentInteraction, Context};

use super::super::open::values;
use super::super::{NO_CHOICE, OF_ANOTHER, kept};
use crate::discord::bot::Bot;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::reply;
use crate::discord::interactions::sending::first;
use crate::discord::render::Audience;
use crate::discord::render::books::open::{self, PAGE};
use crate::discord::render::custom_id::{LinePage, Which};
use crate::discord::render::orders::list_query::ListQuery;
use crate::discord::render::rows::pages::Shown;
use crate::ids::{GuildId, UserId};
use crate::ledger::{OpenKey, OpenQuery, tolerance};

/// Somebody chose a line.
pub(super) async fn choose(
    bot: &Bot,
    who: &Person<'_>,
    (user, which): (UserId, Which),
    (context, pressed): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    who.require_to_be(user, OF_ANOTHER)?;
    let chosen = values(pressed).first();
    let key = OpenKey::ALL.into_iter().find(|key| chosen.is_some_and(|word| word == key.as_str()));
    let key = key.ok_or_else(|| Error::User(NO_CHOICE.to_owned()))?;
    let page = LinePage { user, key, offset: 0, which };
    let audience = Audience::of(bot.settings(who.guild).replies);
    let shown = show(bot, who.guild, page, (reply::to(audience), audience)).await?;
    first(&context.http, (pressed.id, &pressed.token), reply::message(shown)).await?;
    Ok(())
}

/// Turns the orders of a line.
pub(super) async fn turn(
    bot: &Bot,
    who: &Person<'_>,
    page: LinePage,
    (context, pressed): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    who.require_to_be(page.user, OF_ANOTHER)?;
    let audience = reply::audience_of(&pressed.message);
    let shown = show(bot, who.guild, page, (reply::changed(), audience)).await?;
    first(&context.http, (pressed.id, &pressed.token), reply::update(shown)).await?;
    Ok(())
}

async fn show(
    bot: &Bot,
    guild: GuildId,
    page: LinePage,
    (reply, audience): (CreateReply, Audience),
) -> Result<CreateReply, Error> {
    let query = kept::query(bot, guild, &page.which, ListQuery::decoded).await?;
    let asked = OpenQuery {
        filter: query.filter(guild, bot.zone(guild), bot.rest.clock().now()),
        tolerance: tolerance(&bot.config.books),
    };
    let all = bot.ledger.open_of(guild, &asked).await?;
    let all = all.get(&page.key).map_or(0, |line| line.orders);
    let shown = Shown::new(page.offset, PAGE, all);
    let place = (PAGE, shown.offset);
    let orders = bot.ledger.orders_of_line(guild, &asked, page.key, place).await?;
    let (embed, rows) = open::orders(&orders, (&page, shown), audience, bot.ledger.emoji());
    Ok(reply.embed(embed).components(rows))
}
