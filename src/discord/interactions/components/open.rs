//! The menu of a list's page that opens its orders: one as its card, several to set their status at once.
//!
//! The ids of several orders have no room in one `custom_id`: half of them are in it, the other half in
//! the value of each choice.

use poise::CreateReply;
use serenity::all::{
    ComponentInteraction, ComponentInteractionDataKind, Context, CreateInteractionResponse,
};

use super::{NO_CHOICE, OF_ANOTHER, card};
use crate::discord::bot::Bot;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::change::{Change, DONE_ALREADY};
use crate::discord::interactions::error::Error;
use crate::discord::interactions::sending::first;
use crate::discord::interactions::{disclosure, reply};
use crate::discord::render::rows::MOST_ORDERS;
use crate::discord::render::{self, Audience, custom_id, rows};
use crate::ids::{OrderId, UserId};
use crate::ledger::{Disclosure, Ledger, MarkRequest, MarkSource, MarkTarget, Order};
use crate::order::{Status, StatusEmoji};

/// Somebody chose orders of a page.
pub(super) async fn press(
    bot: &Bot,
    who: &Person<'_>,
    user: UserId,
    context: &Context,
    pressed: &ComponentInteraction,
) -> Result<Option<CreateInteractionResponse>, Error> {
    who.require_to_be(user, OF_ANOTHER)?;
    let ids = values(pressed).iter().filter_map(|id| id.parse().ok()).take(MOST_ORDERS);
    let orders = orders(bot, who, ids).await?;
    match orders.as_slice() {
        [] => Err(Error::User(card::GONE.to_owned())),
        [order] => show_card(bot, who, order, context, pressed).await.map(|()| None),
        several => Ok(Some(reply::message(shown(reply::ephemeral(), several, bot.ledger.emoji())))),
    }
}

/// Somebody opens an order that the bot thought may be meant.
pub(super) async fn show(
    bot: &Bot,
    who: &Person<'_>,
    order: OrderId,
    (context, pressed): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    let order = card::find(bot, who, order).await?;
    show_card(bot, who, &order, context, pressed).await
}

/// Answers with the card of an order. Others can react to a public one, so it is remembered.
async fn show_card(
    bot: &Bot,
    who: &Person<'_>,
    order: &Order,
    context: &Context,
    pressed: &ComponentInteraction,
) -> Result<(), Error> {
    let audience = Audience::of(bot.settings(who.guild).replies);
    let card = card::with_card(reply::to(audience), bot, order, audience).await?;
    first(&context.http, (pressed.id, &pressed.token), reply::message(card)).await?;
    match audience {
        Audience::Private => {
            disclosure::note(bot, who.guild, who.user, Disclosure::Look(order.id));
        }
        Audience::Public => {
            disclosure::remember_first(bot, who.guild, (&context.http, &pressed.token), order.id);
        }
    }
    Ok(())
}

/// Several orders with the menu that marks them all.
fn shown(reply: CreateReply, orders: &[Order], emoji: &StatusEmoji) -> CreateReply {
    let embed = render::orders::list::several(orders, emoji);
    reply.embed(embed).components(vec![rows::marks(orders, emoji)])
}

/// Somebody set the status of several orders.
pub(super) async fn mark(
    bot: &Bot,
    who: &Person<'_>,
    mut ids: Vec<OrderId>,
    (context, pressed): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    let chosen = values(pressed).first().and_then(|value| value.split_once('|'));
    let chosen = chosen
        .and_then(|(word, rest)| Some((word.parse::<Status>().ok()?, custom_id::split(rest)?)));
    let (status, rest) = chosen.ok_or_else(|| Error::User(NO_CHOICE.to_owned()))?;
    ids.extend(rest);
    ids.truncate(MOST_ORDERS);
    let ids = ids.as_slice();
    let request = move |order: OrderId| MarkRequest {
        guild: who.guild,
        target: MarkTarget::Order(order),
        user: who.user,
        status,
        emoji: None,
        source: MarkSource::Menu,
        at: Some(chrono::Utc::now()),
    };
    let attempt = move |ledger: Ledger| async move {
        let requests: Vec<MarkRequest> = ids.iter().copied().map(request).collect();
        let marked = ledger.mark_all(&requests).await?;
        let changed = marked.iter().map(|marked| marked.changes.len()).sum();
        let emoji = bot.ledger.emoji();
        let text = |count| render::orders::changes::several_marked(changed, count, status, emoji);
        present(bot, who, ids, text).await
    };
    let present = || present(bot, who, ids, |_count| DONE_ALREADY.to_owned());
    Change::of_part(bot, &context.http, pressed).apply(attempt, present).await;
    Ok(())
}

/// The orders as they are now; `text` says what was done, by how many there are.
async fn present(
    bot: &Bot,
    who: &Person<'_>,
    ids: &[OrderId],
    text: impl Fn(usize) -> String,
) -> Result<CreateReply, Error> {
    let now = orders(bot, who, ids.iter().copied()).await?;
    if now.is_empty() {
        return Err(Error::User(card::GONE.to_owned()));
    }
    let reply = reply::changed().content(text(now.len()));
    Ok(shown(reply, &now, bot.ledger.emoji()))
}

/// Those of the guild that are there.
async fn orders(
    bot: &Bot,
    who: &Person<'_>,
    ids: impl Iterator<Item = OrderId>,
) -> Result<Vec<Order>, Error> {
    let mut orders = Vec::new();
    for id in ids {
        orders.extend(bot.ledger.order(who.guild, id).await?);
    }
    Ok(orders)
}

/// What was chosen in a menu; nothing of a button.
pub(super) fn values(pressed: &ComponentInteraction) -> &[String] {
    match &pressed.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values,
        _ => &[],
    }
}
