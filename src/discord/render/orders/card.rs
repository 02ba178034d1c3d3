//! An order's card.

use serenity::all::{CreateEmbed, CreateEmbedAuthor, CreateEmbedFooter, Timestamp};

use super::masked::seen_by;
use super::{by_hand, history, sheets};
use crate::count::count;
use crate::discord::render::text::{
    code, cut, escape, length, link, listed, shown_to, whole_lines,
};
use crate::discord::render::{
    AUTHOR, Audience, FIELD, NO_PRODUCT, NO_STORE, TITLE, colour, jump_to, money, status, time,
};
use crate::ledger::{Order, OrderEvent, OrderField};
use crate::order::carrier::Carrier;
use crate::order::{Money, OrderItem, StatusEmoji};

/// Lines of an order that the card lists; the rest is counted.
const ITEMS: usize = 12;

/// Fields of an embed, at the most.
const FIELDS: usize = 25;

/// What the embeds of one reply may hold together, less some room.
const REPLY: usize = 5_800;

/// The card of one order, with the last change in its history. `doubts`: the products that were counted
/// once and may be others.
pub(crate) fn card(
    order: &Order,
    last: Option<&OrderEvent>,
    doubts: &[String],
    emoji: &StatusEmoji,
    audience: Audience,
) -> CreateEmbed {
    let order = &*seen_by(audience, order);
    let product = order.product.as_deref().unwrap_or(NO_PRODUCT);
    let title = format!("{}{}", mark(order, OrderField::Product), escape(product));
    let (author, title) = (author(order), cut(&title, TITLE));
    let footer = footer(order);
    let mut room = REPLY.saturating_sub(length(&author) + length(&title) + length(&footer));
    let mut embed = CreateEmbed::new()
        .colour(colour(order.status))
        .author(CreateEmbedAuthor::new(author))
        .title(title)
        .footer(CreateEmbedFooter::new(footer));
    if let Ok(changed) = Timestamp::from_unix_timestamp(order.updated_at.timestamp()) {
        embed = embed.timestamp(changed);
    }
    if let Some(url) = order.details.product_url.as_deref().and_then(link) {
        embed = embed.url(url);
    }
    if let Some(url) = order.details.image_url.as_deref().and_then(link) {
        embed = embed.thumbnail(url);
    }
    for (name, mut value, inline) in
        fields(order, last, doubts, emoji, audience).into_iter().take(FIELDS)
    {
        // The longest that a person may write: a part of it says more than nothing.
        if name == "Notes" && room > length(name) {
            value = cut(&value, room - length(name));
        }
        let size = length(name) + length(&value);
        if size <= room && length(&value) <= FIELD {
            room -= size;
            embed = embed.field(name, value, inline);
        }
    }
    embed
}

/// The line above the title: the store.
fn author(order: &Order) -> String {
    let store = clean(order.store.as_deref().unwrap_or(NO_STORE));
    cut(&format!("{}{store}", mark(order, OrderField::Store)), AUTHOR)
}

/// What stands before a value that a person set by hand.
fn mark(order: &Order, field: OrderField) -> &'static str {
    if by_hand::is_set(order, field) { "✎ " } else { "" }
}

/// The name of a field of the card, marked where a person set its value by hand.
fn marked(order: &Order, name: &'static str) -> &'static str {
    let (field, marked) = match name {
        "Price" => (OrderField::Price, "✎ Price"),
        "Units" => (OrderField::Quantity, "✎ Units"),
        "Total" => (OrderField::Total, "✎ Total"),
        "Ordered" => (OrderField::Date, "✎ Ordered"),
        "Profile" => (OrderField::Profile, "✎ Profile"),
        "E-mail" => (OrderField::Email, "✎ E-mail"),
        "Name" => (OrderField::Customer, "✎ Name"),
        "Sold for" => (OrderField::SoldPrice, "✎ Sold for"),
        "Fees" => (OrderField::Fees, "✎ Fees"),
        "Buyer" => (OrderField::Buyer, "✎ Buyer"),
        "Order number" if order.is_number_by_hand => return "✎ Order number",
        _ => return name,
    };
    // The price shows the units, too.
    let shows_units = name == "Price" && by_hand::is_set(order, OrderField::Quantity);
    if by_hand::is_set(order, field) || shows_units { marked } else { name }
}

/// By it a card of the order is known again.
pub(crate) fn footer(order: &Order) -> String {
    format!("Ledger #{} · updated", order.id)
}

fn fields(
    order: &Order,
    last: Option<&OrderEvent>,
    doubts: &[String],
    emoji: &StatusEmoji,
    audience: Audience,
) -> Vec<(&'static str, String, bool)> {
    let mut fields = vec![
        // Alone in its row: beside others Discord breaks it, and it is there to be copied.
        ("Order number", number(order, audience), false),
        ("Status", status(order.status, emoji), true),
        price(order),
    ];
    // Of one unit the price is the total, unless there was shipping, tax or a discount.
    let is_price = order.quantity == 1 && order.price_minor == order.total_minor;
    if let Some(total) = order.total_minor.filter(|_| !is_price) {
        fields.push(("Total", format!("**{}**", money(total, order.currency)), true));
    }
    fields.push(("Ordered", when(order), false));
    fields.extend(doubtful(doubts, audience).map(|said| ("⚠️ Counted once", said, false)));
    let plain = |text: &Option<String>| {
        let text = text.as_deref().map(|text| cut(&escape(text), LONGEST_VALUE));
        text.filter(|text| !text.trim().is_empty())
    };
    let email = order.details.email.as_deref().map(short_code);
    let private = |text: Option<String>| text.filter(|_| audience == Audience::Private);
    let commission = order.commission_minor.map(|minor| money(minor, order.currency));
    let sale = |money: Option<Money>| money.map(|money| money.to_string());
    let optional = [
        // Alone, as the number.
        ("E-mail", email, false),
        ("Commission", commission, true),
        ("Profile", plain(&order.details.profile), true),
        ("Proxy", private(order.details.proxy_list.as_deref().map(short_code)), true),
        ("Tracking", order.details.tracking_number.as_deref().and_then(tracking), false),
        ("Reference", plain(&order.details.reference_number), true),
        ("Name", private(plain(&order.details.customer_name)), true),
        ("Payment", private(plain(&order.details.payment_method)), true),
        ("Shipping", plain(&order.details.shipping_method), true),
        ("Address", private(plain(&order.details.shipping_address)), false),
        ("Charged", sheets::charged(order), true),
        ("Buying group", sheets::group(order), true),
        ("Sold for", sale(order.books.sold_price), true),
        ("Fees", sale(order.books.fees), true),
        ("Buyer", private(plain(&order.books.buyer)), true),
        ("Items", items(order), false),
        ("✎ Corrected by hand", by_hand::said(order, audience), false),
        ("Notes", notes(order), false),
        (
            "Last change",
            last.map(|event| cut(&history::line(event, order.currency, emoji, audience), FIELD)),
            false,
        ),
    ];
    let stated = optional.into_iter();
    fields.extend(stated.filter_map(|(name, value, inline)| Some((name, value?, inline))));
    for field in &mut fields {
        field.0 = marked(order, field.0);
    }
    fields
}

/// What of an order may be another product than the one that it was counted for.
fn doubtful(doubts: &[String], audience: Audience) -> Option<String> {
    let named = doubts.iter().filter(|name| !name.trim().is_empty());
    let named: Vec<String> =
        named.map(|name| format!("“{}”", cut(&escape(&shown_to(audience, name)), 200))).collect();
    let which = match named.as_slice() {
        [] if doubts.is_empty() => return None,
        [] => "A later message".to_owned(),
        named => whole_lines(named, ITEMS, FIELD / 2),
    };
    Some(format!(
        "{which} may be a product that is counted already. If it is another one, press *Count both*."
    ))
}

/// Each number with a link to its carrier, where its form tells which that is.
fn tracking(numbers: &str) -> Option<String> {
    let linked = |number| {
        let shown = short_code(number);
        match Carrier::of(number) {
            Some(carrier) => format!("[{shown}]({}) {}", carrier.link(number), carrier.name()),
            None => shown,
        }
    };
    let lines: Vec<String> = listed(numbers).map(linked).collect();
    (!lines.is_empty()).then(|| whole_lines(&lines, lines.len(), FIELD))
}

fn notes(order: &Order) -> Option<String> {
    let notes = escape(order.details.notes.as_deref()?);
    (!notes.trim().is_empty()).then(|| cut(&notes, FIELD))
}

/// Characters of a text that anybody may have written.
const LONGEST_VALUE: usize = 220;

/// Cut before it goes into the code span, since a cut span would not end.
fn short_code(text: &str) -> String {
    code(&cut(text, LONGEST_VALUE - 2))
}

/// With the shop's page of the order, which may show all of it to whoever opens it: not for others.
pub(crate) fn number(order: &Order, audience: Audience) -> String {
    let number = match &order.order_number {
        Some(number) => code(&cut(number, 80)),
        None if order.awaits_number() => format!("⚠️ no number yet ({})", code(&order.handle())),
        None => format!("none in its sheet ({})", code(&order.handle())),
    };
    match order.details.order_url.as_deref().and_then(link) {
        Some(url) if audience == Audience::Private => format!("[{number}]({url})"),
        _ => number,
    }
}

/// What one unit costs; where that is unknown, or differs from line to line, how many there are.
fn price(order: &Order) -> (&'static str, String, bool) {
    let (name, value) = match (order.price_minor, order.quantity) {
        (Some(price), 1) => ("Price", money(price, order.currency)),
        // Of several lines the first one's price times all units would be a wrong sum.
        (Some(price), units) if order.items.len() <= 1 => {
            ("Price", format!("{} × {units}", money(price, order.currency)))
        }
        (_, units) => ("Units", count(units, "unit", "units")),
    };
    (name, value, true)
}

fn items(order: &Order) -> Option<String> {
    let described = |item: &OrderItem| item.size.is_some() || item.sku.is_some();
    if order.items.len() < 2 && !order.items.iter().any(described) {
        return None;
    }
    let lines: Vec<String> = order.items.iter().map(|item| line(item, order)).collect();
    Some(whole_lines(&lines, ITEMS, FIELD))
}

fn line(item: &OrderItem, order: &Order) -> String {
    let product = item.product.as_deref().unwrap_or(NO_PRODUCT);
    let mut line = format!("{} × {}", item.quantity.unwrap_or(1), cut(&escape(product), 60));
    if let Some(price) = item.price_minor {
        line.push_str(" – ");
        line.push_str(&money(price, item.currency.or(order.currency)));
    }
    if let Some(size) = &item.size {
        line.push_str(" · size ");
        line.push_str(&cut(&escape(size), 20));
    }
    if let Some(sku) = &item.sku {
        line.push_str(" · ");
        line.push_str(&code(&cut(sku, 20)));
    }
    line
}

fn when(order: &Order) -> String {
    let mut when = format!("{} ({})", time(order.ordered_at, 'f'), time(order.ordered_at, 'R'));
    if let Some(shipped) = order.shipped_at {
        when.push_str("\nShipped ");
        when.push_str(&time(shipped, 'd'));
    }
    if let Some(delivered) = order.delivered_at {
        when.push_str("\nDelivered ");
        when.push_str(&time(delivered, 'd'));
    }
    if let Some(url) = jump_to(order) {
        when = format!("{when}\n[Jump to message]({url})");
    }
    when
}

/// For places where Discord formats nothing: only breaks and invisible characters go.
fn clean(text: &str) -> String {
    code(text).trim_matches('`').to_owned()
}
