//! The menu of a list's page that opens its orders: one as its card, several to set their status at once.
//!
//! The ids of several orders have no room in one `custom_id`: half of them stand there, the other half in
//! the value of each choice.

use serenity::all::{
    ComponentInteraction, ComponentInteractionDataKind, Context, CreateActionRow,
    CreateAllowedMentions, CreateInteractionResponse, CreateInteractionResponseMessage,
    CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
};

use super::card;
use crate::config::Replies;
use crate::discord::bot::Bot;
use crate::discord::bot::access::Right;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::disclosure;
use crate::discord::interactions::error::Error;
use crate::discord::render::orders::card_actions;
use crate::discord::render::{self, Audience};
use crate::ids::{OrderId, UserId};
use crate::ledger::{Disclosure, MarkRequest, MarkSource, MarkTarget, Order};
use crate::order::{Status, StatusEmoji};

/// What the ids of the menus begin with; a changed layout takes a new word.
const OPEN: &str = "open1";
const MARK: &str = "marks1";
/// Orders of one page, and so of one choice.
const MOST: usize = 25;
/// Ids that stand in the `custom_id`; the others stand in the values.
const IN_ID: usize = 13;

/// The menu of a page, if anything is on it.
pub(crate) fn menu(user: UserId, orders: &[Order], emoji: &StatusEmoji) -> Option<CreateActionRow> {
    let options: Vec<CreateSelectMenuOption> = orders
        .iter()
        .take(MOST)
        .map(|order| {
            let (label, description) = render::orders::list::choice(order);
            let option =
                CreateSelectMenuOption::new(label, order.id.to_string()).description(description);
            match card_actions::emoji_of(order.status, emoji) {
                Some(emoji) => option.emoji(emoji),
                None => option,
            }
        })
        .collect();
    let most = u8::try_from(options.len()).ok().filter(|most| *most > 0)?;
    let menu =
        CreateSelectMenu::new(format!("{OPEN}|{user}"), CreateSelectMenuKind::String { options });
    let menu = menu.placeholder("Open an order, or several").min_values(1).max_values(most);
    Some(CreateActionRow::SelectMenu(menu))
}

/// Whose menu it is.
pub(crate) fn parse(custom_id: &str) -> Option<UserId> {
    match custom_id.split_once('|')? {
        (OPEN, user) => user.parse().ok(),
        _ => None,
    }
}

/// Somebody chose orders of a page.
pub(crate) async fn press(
    bot: &Bot,
    who: &Person<'_>,
    user: UserId,
    context: &Context,
    pressed: &ComponentInteraction,
) -> Result<Option<CreateInteractionResponse>, Error> {
    who.must_be(user)?;
    let ids = values(pressed).iter().filter_map(|id| id.parse().ok()).take(MOST);
    let orders = orders(bot, who, ids).await?;
    match orders.as_slice() {
        [] => Err(Error::User(card::GONE.to_owned())),
        [order] => show_card(bot, who, order, context, pressed).await.map(|()| None),
        several => Ok(Some(CreateInteractionResponse::Message(
            message(several, bot.ledger.emoji(), String::new()).ephemeral(true),
        ))),
    }
}

/// Answers with the card of an order. Others can react to a public one, so it is remembered.
async fn show_card(
    bot: &Bot,
    who: &Person<'_>,
    order: &Order,
    context: &Context,
    pressed: &ComponentInteraction,
) -> Result<(), Error> {
    let replies = bot.config.privacy.replies;
    let last = bot.ledger.last_change(who.guild, order.id).await?;
    let doubts = bot.ledger.doubts(order.id).await?;
    let (emoji, audience) = (bot.ledger.emoji(), Audience::of(replies));
    let embed = render::orders::card::card(order, last.as_ref(), &doubts, emoji, audience);
    let message = CreateInteractionResponseMessage::new()
        .embed(embed)
        .components(card_actions::parts(order, !doubts.is_empty(), emoji))
        .ephemeral(replies == Replies::Ephemeral)
        .allowed_mentions(CreateAllowedMentions::new());
    pressed.create_response(context, CreateInteractionResponse::Message(message)).await?;
    if replies == Replies::Ephemeral {
        disclosure::note(bot, who.guild, who.user, Disclosure::Look(order.id)).await;
    }
    if replies == Replies::Public {
        let message = pressed.get_response(context).await?;
        let (id, channel) = (message.id.into(), message.channel_id.into());
        bot.ledger.remember_card(id, channel, who.guild, &[order.id]).await?;
    }
    Ok(())
}

/// Several orders with the menu that marks them all.
fn message(
    orders: &[Order],
    emoji: &StatusEmoji,
    said: String,
) -> CreateInteractionResponseMessage {
    let ids: Vec<OrderId> = orders.iter().map(|order| order.id).collect();
    let (first, rest) = ids.split_at(ids.len().min(IN_ID));
    let rest = joined(rest);
    let options = Status::ALL.into_iter().map(|status| {
        let option = CreateSelectMenuOption::new(status.as_str(), format!("{status}|{rest}"));
        match card_actions::emoji_of(status, emoji) {
            Some(emoji) => option.emoji(emoji),
            None => option,
        }
    });
    let menu = CreateSelectMenuKind::String { options: options.collect() };
    let menu = CreateSelectMenu::new(format!("{MARK}|{}", joined(first)), menu)
        .placeholder("Set the status of all of them");
    CreateInteractionResponseMessage::new()
        .content(said)
        .embed(render::orders::list::several(orders, emoji))
        .components(vec![CreateActionRow::SelectMenu(menu)])
        .allowed_mentions(CreateAllowedMentions::new())
}

/// The first ids of the orders that a menu marks.
pub(crate) fn parse_marks(custom_id: &str) -> Option<Vec<OrderId>> {
    match custom_id.split_once('|')? {
        (MARK, ids) => split(ids),
        _ => None,
    }
}

/// Somebody set the status of several orders.
pub(crate) async fn mark(
    bot: &Bot,
    who: &Person<'_>,
    mut ids: Vec<OrderId>,
    pressed: &ComponentInteraction,
) -> Result<CreateInteractionResponse, Error> {
    who.must(bot, Right::Mark)?;
    let chosen = values(pressed).first().and_then(|value| value.split_once('|'));
    let chosen = chosen.and_then(|(word, rest)| Some((word.parse::<Status>().ok()?, split(rest)?)));
    let (status, rest) =
        chosen.ok_or_else(|| Error::User("That is not a choice of this menu.".to_owned()))?;
    ids.extend(rest);
    let request = |order: OrderId| MarkRequest {
        guild: who.guild,
        target: MarkTarget::Order(order),
        user: who.user,
        status,
        emoji: None,
        source: MarkSource::Menu,
        at: Some(chrono::Utc::now()),
    };
    let requests: Vec<MarkRequest> = ids.iter().copied().take(MOST).map(request).collect();
    let marked = bot.ledger.mark_all(&requests).await?;
    let changed = marked.iter().map(|marked| marked.changes.len()).sum();
    let now = orders(bot, who, ids.into_iter().take(MOST)).await?;
    if now.is_empty() {
        return Err(Error::User(card::GONE.to_owned()));
    }
    let said =
        render::orders::changes::several_marked(changed, now.len(), status, bot.ledger.emoji());
    Ok(CreateInteractionResponse::UpdateMessage(message(&now, bot.ledger.emoji(), said)))
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

fn values(pressed: &ComponentInteraction) -> &[String] {
    match &pressed.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values,
        _ => &[],
    }
}

/// Ids in 36 digits: a million orders in four letters each.
fn joined(ids: &[OrderId]) -> String {
    ids.iter().map(|id| base36(id.0.unsigned_abs())).collect::<Vec<_>>().join(".")
}

fn split(text: &str) -> Option<Vec<OrderId>> {
    let ids = text.split('.').filter(|id| !id.is_empty());
    ids.map(|id| i64::from_str_radix(id, 36).ok().map(OrderId)).collect()
}

fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    while digits.is_empty() || number > 0 {
        let digit = u32::try_from(number % 36).unwrap_or_default();
        digits.extend(char::from_digit(digit, 36));
        number /= 36;
    }
    digits.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::render::CUSTOM_ID;

    #[test]
    fn the_ids_of_a_page_survive_and_fit_up_to_two_billion_orders() {
        let ids: Vec<OrderId> = (0..25).map(|number| OrderId(2_000_000_000 + number)).collect();
        let (first, rest) = ids.split_at(IN_ID);
        let longest = format!("{}|{}", Status::Processing, joined(rest));
        assert!(longest.len() <= 100, "{}", longest.len());
        let custom_id = format!("{MARK}|{}", joined(first));
        assert!(custom_id.len() <= CUSTOM_ID, "{}", custom_id.len());
        let mut back = parse_marks(&custom_id).unwrap();
        back.extend(split(&joined(rest)).unwrap());
        assert_eq!(back, ids);
    }

    #[test]
    fn garbage_names_no_orders() {
        assert_eq!(parse_marks("marks1|!"), None);
        assert_eq!(parse_marks("other|1"), None);
        assert_eq!(parse("open1|x"), None);
    }
}
