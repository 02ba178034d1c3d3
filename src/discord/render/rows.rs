//! The buttons and menus below the bot's messages.

pub(crate) mod pages;

use chrono::{DateTime, Utc};
use serenity::all::{
    ButtonStyle, CreateActionRow, CreateButton, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, ReactionType,
};

use super::CUSTOM_ID;
use super::custom_id::{
    CardAction, CardPart, Confirmation, CustomId, Fields, LogPage, PageTurn, Unwatch, joined,
};
use super::orders::by_hand::name;
use super::orders::list;
use super::text::{cut, length};
use crate::ids::{ChannelId, OrderId, UserId};
use crate::ledger::{Delivery, NO_NUMBER, Order, OrderField, order_version};
use crate::order::{Sort, Status, StatusEmoji};
use crate::verdict::Outcome;
use pages::Shown;

/// What the label of a button may hold.
const LABEL: usize = 80;
/// Orders of one page, and so of one choice.
pub(crate) const MOST_ORDERS: usize = 25;
/// Ids of orders that have room in the id of a menu; the others stand in the value of each choice.
pub(crate) const IN_ID: usize = 13;

pub(super) fn button(id: &CustomId, label: &str) -> CreateButton {
    CreateButton::new(id.to_string()).label(label).style(ButtonStyle::Secondary)
}

/// The button that does what the message is for.
pub(super) fn primary(id: &CustomId, label: &str) -> CreateButton {
    button(id, label).style(ButtonStyle::Primary)
}

/// A button that takes a second thought.
pub(super) fn danger(id: &CustomId, label: &str) -> CreateButton {
    button(id, label).style(ButtonStyle::Danger)
}

pub(super) fn buttons(buttons: Vec<CreateButton>) -> CreateActionRow {
    CreateActionRow::Buttons(buttons)
}

fn row(button: CreateButton) -> Vec<CreateActionRow> {
    vec![CreateActionRow::Buttons(vec![button])]
}

pub(super) fn menu(id: &CustomId, options: Vec<CreateSelectMenuOption>) -> CreateSelectMenu {
    CreateSelectMenu::new(id.to_string(), CreateSelectMenuKind::String { options })
}

/// A choice with the emoji of a status beside it.
fn option(
    (label, value): (&str, String),
    status: Status,
    emoji: &StatusEmoji,
) -> CreateSelectMenuOption {
    let option = CreateSelectMenuOption::new(label, value);
    match emoji.emoji(status).and_then(|emoji| ReactionType::try_from(emoji).ok()) {
        Some(emoji) => option.emoji(emoji),
        None => option,
    }
}

/// The buttons to the pages before and after one of so many orders, if there are more pages.
pub(crate) fn pages(page: &PageTurn, count: i64, sort: Sort) -> Option<CreateActionRow> {
    let to = |offset| CustomId::Page(PageTurn { offset, ..page.clone() });
    let labels = match sort {
        Sort::Newest => ["◀ Newer", "Older ▶"],
        Sort::Oldest | Sort::Total | Sort::Changed => ["◀ Previous", "Next ▶"],
    };
    Shown::new(page.offset, page.limit, count).buttons(labels, to)
}

/// In place of a list's buttons: that there are none, by these words of what is missing, and why.
pub(crate) fn instead(missing: &str) -> CreateActionRow {
    let label = format!("{missing}: the database can't be written right now");
    let button = CreateButton::new("orders2").label(label).style(ButtonStyle::Secondary);
    CreateActionRow::Buttons(vec![button.disabled(true)])
}

/// Whether Discord takes an id: what it is to carry may be too long.
pub(crate) fn has_room(id: &CustomId) -> bool {
    length(&id.to_string()) <= CUSTOM_ID
}

/// The buttons of a page of the log; none where there is one page alone. `older`: its last message, if
/// there are older ones.
pub(crate) fn log(page: &LogPage, older: Option<&Delivery>) -> Option<CreateActionRow> {
    if page.behind.is_none() && older.is_none() {
        return None;
    }
    let older = older.map(|last| (last.received_at, last.message_id));
    let to = |behind, label, off| {
        button(&CustomId::Log(LogPage { behind, ..page.clone() }), label).disabled(off)
    };
    // Two buttons of a message may not have the same id: one that leads nowhere leads to itself.
    Some(CreateActionRow::Buttons(vec![
        to(None, "◀◀ Newest", page.behind.is_none()),
        to(older.or(page.behind), "Older ▶", older.is_none()),
    ]))
}

/// The menu of a page that opens its orders, if anything is on it.
pub(crate) fn open(user: UserId, orders: &[Order], emoji: &StatusEmoji) -> Option<CreateActionRow> {
    let choice = |order: &Order| {
        let (label, description) = list::choice(order);
        option((&label, order.id.to_string()), order.status, emoji).description(description)
    };
    let options: Vec<_> = orders.iter().take(MOST_ORDERS).map(choice).collect();
    let most = u8::try_from(options.len()).ok().filter(|most| *most > 0)?;
    let menu = menu(&CustomId::Open(user), options).placeholder("Open one or more orders");
    Some(CreateActionRow::SelectMenu(menu.min_values(1).max_values(most)))
}

/// The menu that sets the status of several orders.
pub(crate) fn marks(orders: &[Order], emoji: &StatusEmoji) -> CreateActionRow {
    let ids: Vec<OrderId> = orders.iter().map(|order| order.id).collect();
    let (first, rest) = ids.split_at(ids.len().min(IN_ID));
    let rest = joined(rest);
    let choice =
        |status: Status| option((status.as_str(), format!("{status}|{rest}")), status, emoji);
    let menu = menu(&CustomId::Marks(first.to_vec()), Status::ALL.map(choice).to_vec());
    CreateActionRow::SelectMenu(menu.placeholder("Set the status of all of these"))
}

/// The menu and the buttons below an order's card. `is_doubtful`: whether a product of it was counted once
/// and may be another one.
pub(crate) fn card(order: &Order, is_doubtful: bool, emoji: &StatusEmoji) -> Vec<CreateActionRow> {
    let version = order_version(order.updated_at);
    let part = |action| CustomId::Card(CardPart { action, order: order.id, version });
    let choice = |status: Status| {
        let word = status.as_str();
        option((word, word.to_owned()), status, emoji).default_selection(status == order.status)
    };
    let menu = menu(&part(CardAction::Status), Status::ALL.map(choice).to_vec());
    let mut rows = vec![
        CreateActionRow::SelectMenu(menu.placeholder("Set the status")),
        CreateActionRow::Buttons(vec![
            button(&part(CardAction::Tracking), "Add tracking"),
            button(&part(CardAction::Note), "Note"),
            button(&part(CardAction::Correct), "Correct…"),
            button(&part(CardAction::History), "History"),
            button(&part(CardAction::Undo), "Undo"),
        ]),
    ];
    let asks = [
        is_doubtful.then(|| button(&part(CardAction::CountBoth), "Count both")),
        order.order_number.is_none().then(|| button(&part(CardAction::Number), "Add number")),
    ];
    let asks: Vec<CreateButton> = asks.into_iter().flatten().collect();
    if !asks.is_empty() {
        rows.push(CreateActionRow::Buttons(asks));
    }
    rows
}

/// The menu that asks which values of an order are to be corrected: as many as a form has fields.
pub(crate) fn fields(order: OrderId) -> CreateActionRow {
    let choice = |field: OrderField| CreateSelectMenuOption::new(name(field), field.column());
    let options = OrderField::ALL.into_iter().map(choice).collect();
    let menu = menu(&CustomId::Fields(Fields { order, seen: None }), options)
        .placeholder("What is wrong?");
    CreateActionRow::SelectMenu(menu.min_values(1).max_values(MOST_FIELDS))
}

/// Fields of a form, at the most.
const MOST_FIELDS: u8 = 5;

/// The button that reads a message again, where another reading may end otherwise.
pub(crate) fn retry(delivery: &Delivery) -> Vec<CreateActionRow> {
    let is_open =
        matches!(delivery.outcome, Outcome::Rejected | Outcome::Untrusted | Outcome::Ignored);
    if !is_open && !delivery.reason.contains(NO_NUMBER) {
        return Vec::new();
    }
    row(button(&CustomId::Retry(delivery.message_id), "Try again"))
}

/// The button that confirms a `/forget`. `None`: what is to be forgotten has no room in it.
pub(crate) fn forget(confirmation: Confirmation) -> Option<Vec<CreateActionRow>> {
    let label = if confirmation.delete_orders { "Delete for good" } else { "Erase for good" };
    let cancel = cancel(confirmation.user);
    let id = CustomId::Forget(confirmation);
    let erase = button(&id, label).style(ButtonStyle::Danger);
    has_room(&id).then(|| vec![CreateActionRow::Buttons(vec![erase, cancel])])
}

/// The button that takes a change of settings back.
pub(crate) fn undo_settings(changed_at: DateTime<Utc>, count: usize) -> Vec<CreateActionRow> {
    row(button(&CustomId::Settings(changed_at, count), "Undo"))
}

/// Orders that are offered where no order has a number.
pub(crate) const MOST_MEANT: usize = 5;

/// Buttons that open orders of these numbers, which may be meant.
pub(crate) fn meant(orders: &[(&str, OrderId)]) -> Vec<CreateActionRow> {
    let open = |(number, order): &(&str, OrderId)| {
        button(&CustomId::Show(*order), &cut(&format!("Open {number}"), LABEL))
    };
    let open: Vec<CreateButton> = orders.iter().take(MOST_MEANT).map(open).collect();
    if open.is_empty() { Vec::new() } else { vec![CreateActionRow::Buttons(open)] }
}

/// The button that leaves all as it is.
pub(super) fn cancel(user: UserId) -> CreateButton {
    button(&CustomId::Cancel(user), "Cancel")
}

/// The buttons that ask once more before a channel is watched no longer.
pub(crate) fn unwatch(user: UserId, channel: ChannelId) -> Vec<CreateActionRow> {
    let to = |deletes, label, style| {
        button(&CustomId::Unwatch(Unwatch { user, channel, deletes }), label).style(style)
    };
    vec![CreateActionRow::Buttons(vec![
        to(false, "Stop watching", ButtonStyle::Primary),
        to(true, "Stop watching and delete my webhook", ButtonStyle::Danger),
        cancel(user),
    ])]
}
