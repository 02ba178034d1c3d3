//! What can be done with an order's card: a menu of statuses, and buttons.
//!
//! A card knows the state that it shows. Where the order has changed since, a status chosen from it
//! may rest on a wrong belief: then the present is shown instead, and the person chooses again.

use serenity::all::{ComponentInteraction, CreateInteractionResponse, Message, MessageFlags};

use super::{form, open};
use crate::discord::bot::Bot;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{disclosure, reply};
use crate::discord::render::custom_id::{CardAction, CardPart, FormKind, version};
use crate::discord::render::{self, Audience, rows};
use crate::ids::OrderId;
use crate::ledger::{
    Correct, CorrectRequest, Corrected, Disclosure, MarkRequest, MarkSource, MarkTarget, Order,
};
use crate::order::Status;

/// Somebody used a part of a card.
pub(super) async fn press(
    bot: &Bot,
    who: &Person<'_>,
    part: CardPart,
    pressed: &ComponentInteraction,
) -> Result<CreateInteractionResponse, Error> {
    let order = find(bot, who, part.order).await?;
    // A form and the history show the present; the other parts rest on what the card shows.
    if matches!(part.action, CardAction::Status | CardAction::Undo | CardAction::CountBoth)
        && part.version != version(&order)
    {
        return show(bot, who, order.id, &pressed.message, Some(STALE.to_owned())).await;
    }
    match part.action {
        CardAction::Status => set_status(bot, who, &order, pressed).await,
        CardAction::Tracking => Ok(form::open(FormKind::Tracking, &order, None)),
        CardAction::Note => {
            let written = bot.ledger.written_note(&order).await?;
            Ok(form::open(FormKind::Note, &order, written.as_deref()))
        }
        CardAction::Number => Ok(form::open(FormKind::Number, &order, None)),
        CardAction::CountBoth => {
            correct(bot, who, order.id, Correct::CountBoth, &pressed.message).await
        }
        CardAction::History => history(bot, who, &order).await,
        CardAction::Undo => {
            let labels = bot.ingest.labels();
            let undone = bot.ledger.undo(who.guild, order.id, who.user, MarkSource::Menu, labels);
            let text = match undone.await? {
                Some(undone) => {
                    render::orders::changes::undone(&undone, audience(&pressed.message))
                }
                None => render::orders::changes::NOTHING_TO_UNDO.to_owned(),
            };
            show(bot, who, order.id, &pressed.message, Some(text)).await
        }
    }
}

async fn set_status(
    bot: &Bot,
    who: &Person<'_>,
    order: &Order,
    pressed: &ComponentInteraction,
) -> Result<CreateInteractionResponse, Error> {
    let status = open::values(pressed).first().and_then(|word| word.parse::<Status>().ok());
    let status = status.ok_or_else(|| Error::User("There is no such status.".to_owned()))?;
    let request = MarkRequest {
        guild: who.guild,
        target: MarkTarget::Order(order.id),
        user: who.user,
        status,
        emoji: None,
        source: MarkSource::Menu,
        at: Some(chrono::Utc::now()),
    };
    bot.ledger.mark(request).await?;
    show(bot, who, order.id, &pressed.message, None).await
}

/// Corrects an order, and shows what it is by then.
pub(super) async fn correct(
    bot: &Bot,
    who: &Person<'_>,
    order: OrderId,
    what: Correct,
    message: &Message,
) -> Result<CreateInteractionResponse, Error> {
    let (guild, user, source) = (who.guild, who.user, MarkSource::Menu);
    let request = CorrectRequest { guild, order, user, source, what };
    let corrected = bot.ledger.correct(&request, bot.ingest.labels()).await?;
    let corrected = corrected.ok_or_else(|| Error::User(GONE.to_owned()))?;
    let shown = match corrected {
        Corrected::Done(shown) => shown,
        _ => order,
    };
    let text = render::orders::changes::corrected(&corrected, &request);
    show(bot, who, shown, message, text).await
}

const STALE: &str = "This card was out of date, so nothing was changed. Here is the order as it is \
    now; choose again if you still want to.";

pub(super) const GONE: &str = "This order no longer exists.";

async fn find(bot: &Bot, who: &Person<'_>, id: OrderId) -> Result<Order, Error> {
    let order = bot.ledger.order(who.guild, id).await?;
    order.ok_or_else(|| Error::User(GONE.to_owned()))
}

async fn history(
    bot: &Bot,
    who: &Person<'_>,
    order: &Order,
) -> Result<CreateInteractionResponse, Error> {
    let history = bot.ledger.order_history(who.guild, order.id).await?;
    let embed = render::orders::history::embed(order, &history, bot.ledger.emoji());
    disclosure::note(bot, who.guild, who.user, Disclosure::Look(order.id)).await;
    Ok(reply::message(reply::ephemeral().embed(embed)))
}

/// The card in the place of the one that was used, as the order is now.
pub(super) async fn show(
    bot: &Bot,
    who: &Person<'_>,
    id: OrderId,
    message: &Message,
    text: Option<String>,
) -> Result<CreateInteractionResponse, Error> {
    let order = find(bot, who, id).await?;
    let last = bot.ledger.last_change(who.guild, id).await?;
    let (doubts, emoji) = (bot.ledger.doubts(id).await?, bot.ledger.emoji());
    let audience = audience(message);
    let card = render::orders::card::card(&order, last.as_ref(), &doubts, emoji, audience);
    let reply = reply::changed().content(text.unwrap_or_default()).embed(card);
    Ok(reply::update(reply.components(rows::card(&order, !doubts.is_empty(), emoji))))
}

/// Who sees a card that is posted already, whatever is configured by now.
fn audience(message: &Message) -> Audience {
    let private = message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
    if private { Audience::Private } else { Audience::Public }
}
