//! What can be done with an order's card: a menu of statuses, and buttons. Each carries in its id which
//! order it is about and when the shown state of the order came to be.

use serenity::all::{
    ButtonStyle, CreateActionRow, CreateButton, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, ReactionType,
};

use crate::discord::bot::access::Right;
use crate::ids::OrderId;
use crate::ledger::Order;
use crate::order::{Status, StatusEmoji};

/// What the ids of a card's parts begin with; a changed layout takes a new word.
const PART: &str = "card1";

/// A menu or a button of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CardPart {
    pub(crate) action: CardAction,
    pub(crate) order: OrderId,
    /// When the shown state of the order came to be, in milliseconds.
    pub(crate) version: i64,
}

/// What a part of a card does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CardAction {
    Status,
    Tracking,
    Note,
    History,
    Undo,
    CountBoth,
    Number,
}

impl CardAction {
    const ALL: [Self; 7] = [
        Self::Status,
        Self::Tracking,
        Self::Note,
        Self::History,
        Self::Undo,
        Self::CountBoth,
        Self::Number,
    ];

    const fn word(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Tracking => "tracking",
            Self::Note => "note",
            Self::History => "history",
            Self::Undo => "undo",
            Self::CountBoth => "both",
            Self::Number => "number",
        }
    }

    /// What it takes to use it.
    pub(crate) const fn right(self) -> Right {
        match self {
            Self::History => Right::View,
            _ => Right::Mark,
        }
    }
}

impl CardPart {
    fn custom_id(self) -> String {
        format!("{PART}|{}|{}|{}", self.action.word(), self.order, self.version)
    }

    pub(crate) fn parse(custom_id: &str) -> Option<Self> {
        let mut parts = custom_id.split('|');
        if parts.next()? != PART {
            return None;
        }
        let word = parts.next()?;
        let action = CardAction::ALL.into_iter().find(|action| action.word() == word)?;
        let (order, version) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Self { action, order, version })
    }
}

/// The menu and the buttons below an order's card. `is_doubtful`: whether a product of it was counted once
/// and may be another one.
pub(crate) fn parts(order: &Order, is_doubtful: bool, emoji: &StatusEmoji) -> Vec<CreateActionRow> {
    let part = |action| CardPart { action, order: order.id, version: version(order) }.custom_id();
    let options = Status::ALL.into_iter().map(|status| {
        let option = CreateSelectMenuOption::new(status.as_str(), status.as_str())
            .default_selection(status == order.status);
        match emoji_of(status, emoji) {
            Some(emoji) => option.emoji(emoji),
            None => option,
        }
    });
    let menu = CreateSelectMenuKind::String { options: options.collect() };
    let menu = CreateSelectMenu::new(part(CardAction::Status), menu).placeholder("Set the status");
    let button = |action, label: &str| {
        CreateButton::new(part(action)).label(label).style(ButtonStyle::Secondary)
    };
    let mut rows = vec![
        CreateActionRow::SelectMenu(menu),
        CreateActionRow::Buttons(vec![
            button(CardAction::Tracking, "Add tracking"),
            button(CardAction::Note, "Note"),
            button(CardAction::History, "History"),
            button(CardAction::Undo, "Undo"),
        ]),
    ];
    let asks = [
        is_doubtful.then(|| button(CardAction::CountBoth, "Count both")),
        order.order_number.is_none().then(|| button(CardAction::Number, "Add number")),
    ];
    let asks: Vec<CreateButton> = asks.into_iter().flatten().collect();
    if !asks.is_empty() {
        rows.push(CreateActionRow::Buttons(asks));
    }
    rows
}

/// The emoji of a status, beside a choice of a menu.
pub(crate) fn emoji_of(status: Status, emoji: &StatusEmoji) -> Option<ReactionType> {
    ReactionType::try_from(emoji.emoji(status)?).ok()
}

/// The state of an order that a card shows: when it came to be, in milliseconds.
pub(crate) fn version(order: &Order) -> i64 {
    order.updated_at.timestamp_millis()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_survives_the_way_through_its_id() {
        for action in CardAction::ALL {
            let part = CardPart { action, order: OrderId(i64::MAX), version: i64::MAX };
            assert_eq!(CardPart::parse(&part.custom_id()), Some(part));
            assert!(part.custom_id().len() <= crate::discord::render::CUSTOM_ID);
        }
    }

    #[test]
    fn garbage_is_no_part() {
        for garbage in
            ["", "card1", "card1|status", "card1|status|x|1", "card1|fly|1|1", "card0|undo|1|1"]
        {
            assert_eq!(CardPart::parse(garbage), None, "{garbage}");
        }
    }
}
