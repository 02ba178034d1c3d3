//! What can be done with an order's card: a menu of statuses, and buttons.
//!
//! A card knows the state that it shows. Where the order has changed since, a status chosen from it
//! may rest on a wrong belief: then the present is shown instead, and the person chooses again.

use poise::CreateReply;
use serenity::all::{ComponentInteraction, Context, CreateInteractionResponse, Message};

use super::{NO_CHOICE, form, open};
use crate::discord::bot::Bot;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::change::Change;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{disclosure, reply};
use crate::discord::render::custom_id::{CardAction, CardPart, FormKind};
use crate::discord::render::{self, Audience, rows};
use crate::ids::OrderId;
use crate::ledger::{
    ChangedSince, Correct, CorrectRequest, Corrected, Disclosure, Ledger, MarkRequest, MarkSource,
    MarkTarget, Order, Undone,
};
use crate::order::Status;

/// Somebody used a part of a card. A form and the history show the present; the other parts rest on what
/// the card shows.
pub(super) async fn press(
    bot: &Bot,
    who: &Person<'_>,
    part: CardPart,
    (context, pressed): (&Context, &ComponentInteraction),
) -> Result<Option<CreateInteractionResponse>, Error> {
    let part = &part;
    let shown = match part.action {
        CardAction::Tracking => {
            form::open(FormKind::Tracking, &find(bot, who, part.order).await?, None)
        }
        CardAction::Number => {
            form::open(FormKind::Number, &find(bot, who, part.order).await?, None)
        }
        CardAction::Note => {
            let order = find(bot, who, part.order).await?;
            let written = bot.ledger.written_note(&order).await?;
            form::open(FormKind::Note, &order, written.as_deref())
        }
        CardAction::Correct => {
            let order = find(bot, who, part.order).await?;
            let asked = reply::ephemeral().content(WHICH);
            reply::message(asked.components(vec![rows::fields(order.id)]))
        }
        CardAction::History => history(bot, who, &find(bot, who, part.order).await?).await?,
        CardAction::Status | CardAction::Undo | CardAction::CountBoth => {
            let stale = || show(bot, who, part.order, &pressed.message, Some(STALE.to_owned()));
            let attempt = move |ledger: Ledger| async move {
                let ledger = ledger.seeing(part.order, part.version);
                unless_changed(change(bot, ledger, who, part, pressed).await, stale).await
            };
            let present = || show(bot, who, part.order, &pressed.message, None);
            Change::of_part(bot, &context.http, pressed).apply(attempt, present).await;
            return Ok(None);
        }
    };
    Ok(Some(shown))
}

/// What came of a change; where the order is another than the person saw, the present.
pub(super) async fn unless_changed<F>(
    result: Result<CreateReply, Error>,
    present: impl FnOnce() -> F,
) -> Result<CreateReply, Error>
where
    F: Future<Output = Result<CreateReply, Error>>,
{
    match result {
        Err(Error::Internal(error)) if error.is::<ChangedSince>() => present().await,
        other => other,
    }
}

async fn change(
    bot: &Bot,
    ledger: Ledger,
    who: &Person<'_>,
    part: &CardPart,
    pressed: &ComponentInteraction,
) -> Result<CreateReply, Error> {
    let (order, message) = (part.order, &*pressed.message);
    match part.action {
        CardAction::Undo => {
            let labels = bot.ingest.labels();
            let undone = ledger.undo(who.guild, order, who.user, MarkSource::Menu, labels);
            let undone = undone.await?;
            let is_gone = undone.as_ref().is_some_and(Undone::is_gone);
            let text = match undone {
                Some(undone) => {
                    render::orders::changes::undone(&undone, reply::audience_of(message))
                }
                None => render::orders::changes::NOTHING_TO_UNDO.to_owned(),
            };
            if is_gone {
                return Ok(reply::changed().content(text).components(Vec::new()));
            }
            show(bot, who, order, message, Some(text)).await
        }
        CardAction::CountBoth => {
            correct(bot, &ledger, who, order, Correct::CountBoth, message).await
        }
        _ => set_status(bot, &ledger, who, order, pressed).await,
    }
}

async fn set_status(
    bot: &Bot,
    ledger: &Ledger,
    who: &Person<'_>,
    order: OrderId,
    pressed: &ComponentInteraction,
) -> Result<CreateReply, Error> {
    let status = open::values(pressed).first().and_then(|word| word.parse::<Status>().ok());
    let status = status.ok_or_else(|| Error::User(NO_CHOICE.to_owned()))?;
    let request = MarkRequest {
        guild: who.guild,
        target: MarkTarget::Order(order),
        user: who.user,
        status,
        emoji: None,
        source: MarkSource::Menu,
        at: Some(chrono::Utc::now()),
    };
    ledger.mark(request).await?;
    show(bot, who, order, &pressed.message, None).await
}

/// Corrects an order, and shows what it is by then.
pub(super) async fn correct(
    bot: &Bot,
    ledger: &Ledger,
    who: &Person<'_>,
    order: OrderId,
    what: Correct,
    message: &Message,
) -> Result<CreateReply, Error> {
    let (guild, user, source) = (who.guild, who.user, MarkSource::Menu);
    let request = CorrectRequest { guild, order, user, source, what };
    let corrected = ledger.correct(&request, bot.ingest.labels()).await?;
    let corrected = corrected.ok_or_else(|| Error::User(GONE.to_owned()))?;
    let shown = match corrected {
        Corrected::Done(shown) => shown,
        _ => order,
    };
    let text = render::orders::changes::corrected(&corrected, &request);
    show(bot, who, shown, message, text).await
}

/// What the menu asks.
const WHICH: &str = "Which values of this order are wrong? Choose up to five. What you type then wins over \
    the messages until you clear it.";

const STALE: &str = "This card was out of date, so nothing was changed. Here is the order as it is \
    now; choose again if you still want to.";

pub(super) const GONE: &str = "This order no longer exists.";

pub(super) async fn find(bot: &Bot, who: &Person<'_>, id: OrderId) -> Result<Order, Error> {
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
    disclosure::note(bot, who.guild, who.user, Disclosure::Look(order.id));
    Ok(reply::message(reply::ephemeral().embed(embed)))
}

/// The card in the place of the one that was used, as the order is now.
pub(super) async fn show(
    bot: &Bot,
    who: &Person<'_>,
    id: OrderId,
    message: &Message,
    text: Option<String>,
) -> Result<CreateReply, Error> {
    let order = find(bot, who, id).await?;
    let reply = reply::changed().content(text.unwrap_or_default());
    with_card(reply, bot, &order, reply::audience_of(message)).await
}

/// A reply with the card of an order, and what can be done with it.
pub(crate) async fn with_card(
    reply: CreateReply,
    bot: &Bot,
    order: &Order,
    audience: Audience,
) -> Result<CreateReply, Error> {
    let last = bot.ledger.last_change(order.guild_id, order.id).await?;
    let (doubts, emoji) = (bot.ledger.doubts(order.id).await?, bot.ledger.emoji());
    let card = render::orders::card::card(order, last.as_ref(), &doubts, emoji, audience);
    Ok(reply.embed(card).components(rows::card(order, !doubts.is_empty(), emoji)))
}
