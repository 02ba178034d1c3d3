//! Every text that people see in Discord: pure, from domain to embeds, within Discord's limits.

pub(super) mod books;
pub(super) mod custom_id;
pub(super) mod delivery;
pub(super) mod export;
pub(super) mod forget;
pub(super) mod health;
pub(super) mod help;
pub(super) mod orders;
pub(super) mod posts;
pub(super) mod rows;
pub(super) mod setup;
pub(super) mod stats;
pub(super) mod text;

#[cfg(test)]
pub(super) mod tests;

use chrono::{DateTime, Utc};
use serenity::all::Colour;

use crate::config::Replies;
use crate::count::count;
use crate::ids::{ChannelId, GuildId, MessageId};
use crate::ledger::{NoSuchStore, Order};
use crate::order::{Currency, Money, Status, StatusEmoji};

/// Who will read it. Others never see whole e-mail addresses or proxies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Only the person who asked.
    Private,
    /// Everybody in the channel.
    Public,
}

impl Audience {
    pub(crate) fn of(replies: Replies) -> Self {
        match replies {
            Replies::Ephemeral => Self::Private,
            Replies::Public => Self::Public,
        }
    }
}

/// Discord's limit for a `custom_id`, in characters.
pub(crate) const CUSTOM_ID: usize = 100;
/// What a message's content may hold.
pub(crate) const CONTENT: usize = 2_000;
/// What an embed's description may hold, less some room.
const DESCRIPTION: usize = 4_000;
/// What a field's value may hold.
const FIELD: usize = 1_024;
/// What a title may hold.
const TITLE: usize = 256;
/// What an author's line may hold.
const AUTHOR: usize = 256;

/// What the names of stores may take, as messages state them.
const STORES: usize = 600;
/// In the place of a store or a product of which the messages did not say what it is called.
const NO_STORE: &str = "Unknown store";
const NO_PRODUCT: &str = "Unknown product";

/// In the place of a question that was cancelled.
pub(crate) const CANCELLED: &str = "Cancelled; nothing was changed.";

/// Where orders are found whose numbers are not known.
const WHERE_TO_LOOK: &str = "`/orders recent` lists the latest orders, and `/logs recent` shows what \
    happened to each message.";

/// The reply when no order has the number.
pub(crate) fn unknown_number(typed: &str, closest: &[String]) -> String {
    let typed = text::code(&text::cut(&text::shown_to(Audience::Public, typed), 100));
    if closest.is_empty() {
        return format!("I can't find order {typed}. {WHERE_TO_LOOK}");
    }
    let offered: Vec<String> =
        closest.iter().take(5).map(|number| text::code(&text::cut(number, 100))).collect();
    format!("I can't find order {typed}. Did you mean {}?", offered.join(" or "))
}

/// What an order is called now that somebody named as it was called before.
pub(crate) fn called_now(typed: &str, orders: &[Order]) -> String {
    let shown =
        |number: &str| text::code(&text::cut(&text::shown_to(Audience::Public, number), 100));
    let now: Vec<String> = orders.iter().take(5).map(|order| shown(&order.handle())).collect();
    format!("Order {} is {} now.", shown(typed), now.join(" and "))
}

/// The same where one is to be changed.
pub(crate) fn called_otherwise(typed: &str, orders: &[Order]) -> String {
    format!("{} It was not changed: use that number.", called_now(typed, orders))
}

/// That no order names the store that was asked for, and which ones may be meant.
fn no_such_store(unknown: &NoSuchStore, audience: Audience) -> String {
    text::cut(&text::escape(&text::shown_to(audience, &unknown.to_string())), STORES)
}

/// The reply when no order has any of these numbers.
pub(crate) fn unknown_numbers(typed: &[&str]) -> String {
    let typed: Vec<String> = typed
        .iter()
        .map(|number| text::code(&text::cut(&text::shown_to(Audience::Public, number), 100)))
        .collect();
    format!("I can't find orders {}. {WHERE_TO_LOOK}", typed.join(", "))
}

/// What stands below the last card where there are more orders than cards.
pub(crate) fn more_cards(more: usize) -> String {
    let more = count(more, "more order", "more orders");
    format!("Not shown: {more}. Use `/orders search` and the menu below its list.")
}

/// The reply when several stores gave the same number, and one of their orders is to be changed.
pub(crate) fn several_stores(typed: &str, orders: &[Order]) -> String {
    let stores: Vec<String> = orders
        .iter()
        .take(5)
        .map(|order| order.store.as_deref().unwrap_or(NO_STORE))
        .map(|store| text::cut(&text::escape(&text::shown_to(Audience::Public, store)), 60))
        .collect();
    format!(
        "Several stores have an order {}: {}. Use `/order` and the menu below the right card.",
        text::code(&text::cut(&text::shown_to(Audience::Public, typed), 100)),
        stores.join(", ")
    )
}

/// `📦 shipped`
fn status(status: Status, emoji: &StatusEmoji) -> String {
    match emoji.emoji(status) {
        Some(emoji) => format!("{emoji} {status}"),
        None => status.to_string(),
    }
}

/// The bar's colour tells the status from afar.
fn colour(status: Status) -> Colour {
    Colour::new(match status {
        Status::Verified => 0x0057_F287,
        Status::Processing => 0x00FE_E75C,
        Status::Shipped => 0x0058_65F2,
        Status::Delivered => 0x001A_BC9C,
        Status::Sold => 0x00F1_C40F,
        Status::Returned | Status::Refunded => 0x00E6_7E22,
        Status::Cancelled => 0x00ED_4245,
    })
}

/// The colour of what is no order.
const NEUTRAL: Colour = Colour::new(0x004F_545C);

fn money(minor: i64, currency: Option<Currency>) -> String {
    Money { minor, currency }.to_string()
}

/// Sums whose currencies a line names; of more of them it says how many.
const LINE_CURRENCIES: usize = 4;

fn sums(sums: impl ExactSizeIterator<Item = (Option<Currency>, i64)>) -> Vec<String> {
    let rest = match sums.len().saturating_sub(LINE_CURRENCIES) {
        0 => None,
        rest => Some(count(rest, "more currency", "more currencies")),
    };
    let named = sums.take(LINE_CURRENCIES).map(|(currency, sum)| money(sum, currency));
    named.chain(rest).collect()
}

/// A time that Discord shows in the reader's own zone; `style` as Discord names them (`f`, `R`).
fn time(at: DateTime<Utc>, style: char) -> String {
    format!("<t:{}:{style}>", at.timestamp())
}

/// A link to the message that announced an order, where there is one in Discord, as far as is known.
pub(crate) fn jump_to(order: &Order) -> Option<String> {
    if order.is_message_deleted {
        return None;
    }
    jump(order.guild_id, order.channel_id?, order.message_id?)
}

/// A link to the message, where there is one in Discord.
fn jump(guild: GuildId, channel: ChannelId, message: MessageId) -> Option<String> {
    (message.0 > 0 && guild.0 > 0)
        .then(|| format!("https://discord.com/channels/{guild}/{channel}/{message}"))
}
