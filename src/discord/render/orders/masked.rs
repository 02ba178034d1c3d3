//! An order as everybody may see it: no text of it names an address in full.

use std::borrow::Cow;

use crate::discord::render::Audience;
use crate::discord::render::text::shown_to;
use crate::ledger::Order;
use crate::order::{Detail, OrderItem};
use crate::reading::addresses;

/// The order as this audience may see it.
pub(crate) fn seen_by(audience: Audience, order: &Order) -> Cow<'_, Order> {
    match audience {
        Audience::Private => Cow::Borrowed(order),
        Audience::Public => Cow::Owned(masked(order)),
    }
}

/// The order with every address masked, wherever it stands; links with one are left out.
pub(crate) fn masked(order: &Order) -> Order {
    let mut order = order.clone();
    for text in [
        &mut order.store,
        &mut order.product,
        &mut order.books.group_status,
        &mut order.books.group_order_id,
        &mut order.books.buyer,
    ] {
        mask(text);
    }
    for detail in Detail::ALL {
        let text = order.details.get_mut(detail);
        match detail {
            Detail::ProductUrl | Detail::OrderUrl | Detail::ImageUrl => leave_out(text),
            _ => mask(text),
        }
    }
    for value in &mut order.by_hand {
        mask(&mut value.said);
    }
    for OrderItem { product, sku, size, product_url, .. } in &mut order.items {
        [product, sku, size].into_iter().for_each(mask);
        leave_out(product_url);
    }
    order
}

fn mask(text: &mut Option<String>) {
    *text = text.as_deref().map(|text| shown_to(Audience::Public, text));
}

fn leave_out(link: &mut Option<String>) {
    link.take_if(|link| !addresses::of_text(link).is_empty());
}
