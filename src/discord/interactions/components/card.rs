//! What can be done with an order's card: a menu of statuses, and buttons.
//!
//! A card knows the state that it shows. Where the order has changed since, a status chosen from it
//! may rest on a wrong belief: then the present is shown instead, and the person chooses again.

use serenity::all::{
    ButtonStyle, ComponentInteraction, ComponentInteractionDataKind, CreateActionRow,
    CreateAllowedMentions, CreateButton, CreateInteractionResponse,
    CreateInteractionResponseMessage, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, Message, MessageFlags, ReactionType,
};

use super::Person;
use super::form::{self, Kind};
use crate::discord::bot::access::Right;
use crate::discord::bot::bot::Bot;
use crate::discord::interactions::disclosure;
use crate::discord::interactions::error::Error;
use crate::discord::render::{self, Audience};
use crate::ids::OrderId;
use crate::ledger::{Disclosure, MarkRequest, MarkSource, MarkTarget, Order};
use crate::order::{Status, StatusEmoji};

/// What the ids of a card's parts begin with; a changed layout takes a new word.
const PART: &str = "card1";

/// A menu or a button of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    what: What,
    order: OrderId,
    /// When the shown state of the order came to be, in milliseconds.
    version: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Status,
    Tracking,
    Note,
    History,
    Undo,
}

impl What {
    const ALL: [Self; 5] = [Self::Status, Self::Tracking, Self::Note, Self::History, Self::Undo];

    const fn word(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Tracking => "tracking",
            Self::Note => "note",
            Self::History => "history",
            Self::Undo => "undo",
        }
    }

    const fn right(self) -> Right {
        match self {
            Self::History => Right::View,
            _ => Right::Mark,
        }
    }
}

impl Part {
    fn custom_id(self) -> String {
        format!("{PART}|{}|{}|{}", self.what.word(), self.order, self.version)
    }

    pub(crate) fn parse(custom_id: &str) -> Option<Self> {
        let mut parts = custom_id.split('|');
        if parts.next()? != PART {
            return None;
        }
        let word = parts.next()?;
        let what = What::ALL.into_iter().find(|what| what.word() == word)?;
        let (order, version) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Self { what, order, version })
    }
}

/// The menu and the buttons below an order's card.
pub(crate) fn parts(order: &Order, emoji: &StatusEmoji) -> Vec<CreateActionRow> {
    let part = |what| Part { what, order: order.id, version: version(order) }.custom_id();
    let options = Status::ALL.into_iter().map(|status| {
        let option = CreateSelectMenuOption::new(status.as_str(), status.as_str())
            .default_selection(status == order.status);
        match emoji_of(status, emoji) {
            Some(emoji) => option.emoji(emoji),
            None => option,
        }
    });
    let menu = CreateSelectMenuKind::String { options: options.collect() };
    let menu = CreateSelectMenu::new(part(What::Status), menu).placeholder("Set the status");
    let button = |what, label: &str| {
        CreateButton::new(part(what)).label(label).style(ButtonStyle::Secondary)
    };
    vec![
        CreateActionRow::SelectMenu(menu),
        CreateActionRow::Buttons(vec![
            button(What::Tracking, "Add tracking"),
            button(What::Note, "Note"),
            button(What::History, "History"),
            button(What::Undo, "Undo"),
        ]),
    ]
}

/// The emoji of a status, beside a choice of a menu.
pub(crate) fn emoji_of(status: Status, emoji: &StatusEmoji) -> Option<ReactionType> {
    ReactionType::try_from(emoji.emoji(status)?).ok()
}

fn version(order: &Order) -> i64 {
    order.updated_at.timestamp_millis()
}

/// Somebody used a part of a card.
pub(crate) async fn press(
    bot: &Bot,
    who: &Person<'_>,
    part: Part,
    pressed: &ComponentInteraction,
) -> Result<CreateInteractionResponse, Error> {
    who.must(bot, part.what.right())?;
    let order = find(bot, who, part.order).await?;
    // A form and the history show the present; the other parts rest on what the card shows.
    if matches!(part.what, What::Status | What::Undo) && part.version != version(&order) {
        return show(bot, who, order.id, &pressed.message, Some(STALE.to_owned())).await;
    }
    match part.what {
        What::Status => set_status(bot, who, &order, pressed).await,
        What::Tracking => Ok(form::open(Kind::Tracking, &order, None)),
        What::Note => {
            let written = bot.ledger.written_note(&order).await?;
            Ok(form::open(Kind::Note, &order, written.as_deref()))
        }
        What::History => history(bot, who, &order).await,
        What::Undo => {
            let undone = bot.ledger.undo(who.guild, order.id, who.user, MarkSource::Menu);
            let said = match undone.await? {
                Some(undone) => render::changes::undone(&undone, audience(&pressed.message)),
                None => render::changes::NOTHING_TO_UNDO.to_owned(),
            };
            show(bot, who, order.id, &pressed.message, Some(said)).await
        }
    }
}

async fn set_status(
    bot: &Bot,
    who: &Person<'_>,
    order: &Order,
    pressed: &ComponentInteraction,
) -> Result<CreateInteractionResponse, Error> {
    let ComponentInteractionDataKind::StringSelect { values } = &pressed.data.kind else {
        return Err(Error::User("That is not a choice of this menu.".to_owned()));
    };
    let status = values.first().and_then(|word| word.parse::<Status>().ok());
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

const STALE: &str = "This card was out of date, so nothing was changed: this is the order as it \
    is now. Choose again if you still want to.";

pub(crate) const GONE: &str = "This order is not in the ledger any more.";

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
    let embed = render::history::embed(order, &history, bot.ledger.emoji());
    disclosure::note(bot, who.guild, who.user, Disclosure::Look(order.id)).await;
    Ok(CreateInteractionResponse::Message(
        CreateInteractionResponseMessage::new()
            .embed(embed)
            .ephemeral(true)
            .allowed_mentions(CreateAllowedMentions::new()),
    ))
}

/// The card in the place of the one that was used, as the order is now.
pub(crate) async fn show(
    bot: &Bot,
    who: &Person<'_>,
    id: OrderId,
    message: &Message,
    said: Option<String>,
) -> Result<CreateInteractionResponse, Error> {
    let order = find(bot, who, id).await?;
    let last = bot.ledger.last_change(who.guild, id).await?;
    let card = render::order::card(&order, last.as_ref(), bot.ledger.emoji(), audience(message));
    Ok(CreateInteractionResponse::UpdateMessage(
        CreateInteractionResponseMessage::new()
            .content(said.unwrap_or_default())
            .embed(card)
            .components(parts(&order, bot.ledger.emoji()))
            .allowed_mentions(CreateAllowedMentions::new()),
    ))
}

/// Who sees a card that stands already, whatever the configuration says by now.
fn audience(message: &Message) -> Audience {
    let private = message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
    if private { Audience::Private } else { Audience::Public }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_survives_the_way_through_its_id() {
        for what in What::ALL {
            let part = Part { what, order: OrderId(i64::MAX), version: i64::MAX };
            assert_eq!(Part::parse(&part.custom_id()), Some(part));
            assert!(part.custom_id().len() <= crate::discord::interactions::components::CUSTOM_ID);
        }
    }

    #[test]
    fn garbage_is_no_part() {
        for garbage in
            ["", "card1", "card1|status", "card1|status|x|1", "card1|fly|1|1", "card0|undo|1|1"]
        {
            assert_eq!(Part::parse(garbage), None, "{garbage}");
        }
    }
}
