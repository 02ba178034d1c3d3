//! What one file says of an order, laid over what the order is without it. A blank cell erases nothing.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{OrderBooks, Ranked, Told};
use crate::ledger::database::time::time_of;
use crate::ledger::model::books::charges::Charged;
use crate::ledger::model::fold::{Announcement, OrderState};
use crate::ledger::model::folded::folded;
use crate::ledger::model::store_key::StoreKey;
use crate::order::{Currency, Money, OrderItem};
use crate::reading::currency_sign::dollar_of;
use crate::sheet::{Amount, ItemRow, Moment};

/// The word of an order that a sheet announces.
pub(crate) const SHEET: &str = "sheet";
/// Of one that a person wrote down.
pub(crate) const HAND: &str = "hand";

impl Told {
    pub(super) fn lay(&self, state: &mut OrderState, books: &mut OrderBooks) {
        self.take_store(state);
        if !self.is_part {
            self.lay_whole(state, books);
        }
        self.take_texts(state, books);
        self.take_books(state.currency, books);
    }

    /// Whether the rows speak of a purchase without a number that is only a part of this order: several messages
    /// make it, and these name more products. Fewer units alone may be what the sheet corrects.
    pub(super) fn is_of_part(&self, state: &OrderState) -> bool {
        let row = &self.row;
        let first = state.announcement.as_ref().and_then(|announcement| announcement.message_id);
        row.purchase.is_some()
            && first.is_some_and(|first| Some(first) != state.last_message_id)
            && !row.items.is_empty()
            && row.items.len() < state.lines.items.len()
    }

    /// What holds of nothing but the whole order: when it was, what it comes to, and its status.
    fn lay_whole(&self, state: &mut OrderState, books: &mut OrderBooks) {
        self.announce(state);
        self.take_currency(state);
        self.take_items(state);
        self.take_quantity(state, books);
        if let Some(total) = self.minor(self.row.total, state.currency)
            && state.total_minor() != Some(total)
        {
            state.stated_total = Some(total);
        }
        if let Some(commission) = self.minor(self.row.commission, state.currency) {
            (state.commission_minor, books.commission_rank) = (Some(commission), self.rank);
        }
        for (status, at) in &self.statuses {
            state.said.hear(*status, *at);
        }
        take_moment(&mut state.said.shipped_at, self.row.shipped_at);
        take_moment(&mut state.said.delivered_at, self.row.delivered_at);
    }

    /// The order is of the day that the sheet names; what is known more exactly stays.
    fn announce(&self, state: &mut OrderState) {
        let applied_at = time_of(&self.applied_at);
        let source = if self.by_hand { HAND } else { SHEET };
        let announcement = state.announcement.get_or_insert_with(|| Announcement {
            message_id: None,
            channel_id: None,
            posted_at: None,
            ordered_at: self.row.ordered_at.map_or(applied_at, |moment| moment.utc(Tz::UTC)),
            received_at: applied_at,
            source: source.to_owned(),
        });
        if let Some(moment) = self.row.ordered_at
            && !moment.agrees(announcement.ordered_at)
        {
            announcement.ordered_at = moment.utc(Tz::UTC);
        }
    }

    fn take_store(&self, state: &mut OrderState) {
        let Some(name) = &self.row.store else { return };
        let key = StoreKey::of(Some(name));
        let shown = StoreKey::of(state.store.as_deref());
        // One that is named replaces a guess.
        let is_better =
            if key.fits(&shown) { key.says_more_than(&shown) } else { state.store_key.is_guess() };
        if state.store.is_none() || is_better {
            state.store = Some(name.clone());
        }
        if key.says_more_than(&state.store_key) {
            state.store_key = key;
        }
    }

    /// What was said in another currency is not the same amount of this one.
    fn take_currency(&self, state: &mut OrderState) {
        let row = &self.row;
        let dollars = || row.is_dollars.then(|| dollar_of(state.store.as_deref()));
        let own = state.currency.or_else(dollars);
        let currency = row.named_currency(own).or(own);
        if state.currency.is_some() && currency != state.currency {
            (state.stated_total, state.commission_minor) = (None, None);
            for item in &mut state.lines.items {
                (item.price_minor, item.currency) = (None, None);
            }
        }
        state.currency = currency;
    }

    fn minor(&self, amount: Option<Amount>, of_order: Option<Currency>) -> Option<i64> {
        let money = amount?.money(self.row.currency.or(of_order))?;
        (money.currency == of_order).then_some(money.minor)
    }

    /// As many lines as there are: each is one of these. One of several: what it says of that one. Else these
    /// are the lines, unless that erased what is known of the others.
    fn take_items(&self, state: &mut OrderState) {
        let currency = state.currency;
        let said: Vec<OrderItem> =
            self.row.items.iter().map(|item| of_item(item, self.row.currency, currency)).collect();
        let is_only = said.len() == 1;
        let lines = &mut state.lines;
        if let [one] = said.as_slice()
            && lines.items.len() > 1
            && let Some(line) = lines.items.iter_mut().find(|line| is_same_product(line, one))
        {
            restate(line, &OrderItem { quantity: None, ..one.clone() });
        } else if said.len() == lines.items.len() {
            // A line that is not counted is one unit: that it is says nothing new. Nor does it that of the only line
            // so many units are left as the order has.
            let left = lines.quantity();
            let is_left = |said: &OrderItem| is_only && said.quantity == Some(left);
            let is_news = |line: &OrderItem, said: &OrderItem| {
                said.quantity.is_some_and(|units| units != line.quantity.unwrap_or(1))
                    && !is_left(said)
            };
            let lines_and_said = || lines.items.iter().zip(&said);
            if lines_and_said().any(|(line, said)| is_news(line, said)) {
                lines.stated_quantity = None;
            }
            for (line, said) in lines.items.iter_mut().zip(&said) {
                let quantity = said.quantity.filter(|_| is_news(line, said));
                restate(line, &OrderItem { quantity, ..said.clone() });
            }
        } else if !said.is_empty()
            && (said.iter().all(is_priced) || lines.items.iter().all(is_only_named))
        {
            let is_counted = said.iter().any(|line| line.quantity.is_some());
            lines.stated_quantity = lines.stated_quantity.filter(|_| !is_counted);
            lines.items = said;
            if let ([line], Some(units)) = (lines.items.as_mut_slice(), lines.stated_quantity) {
                (line.quantity, lines.stated_quantity) = (Some(units), None);
            }
        }
    }

    fn take_quantity(&self, state: &mut OrderState, books: &mut OrderBooks) {
        let in_lines = self.row.items.iter().any(|item| item.quantity.is_some());
        if self.row.quantity.is_some() || in_lines {
            books.quantity_rank = self.rank;
        }
        let Some(units) = self.row.quantity else { return };
        let lines = &mut state.lines;
        if lines.quantity() == units {
            return;
        }
        lines.stated_quantity = Some(units);
        if let [line] = lines.items.as_mut_slice()
            && !in_lines
        {
            (line.quantity, lines.stated_quantity) = (Some(units), None);
        }
    }

    fn take_texts(&self, state: &mut OrderState, books: &mut OrderBooks) {
        let row = &self.row;
        if row.reference_number.is_some() {
            books.reference_rank = self.rank;
        }
        for (kept, said) in [
            (&mut state.details.email, &row.email),
            (&mut state.details.customer_name, &row.customer_name),
            (&mut state.details.profile, &row.profile),
            (&mut state.details.proxy_list, &row.proxy_list),
            (&mut state.details.reference_number, &row.reference_number),
            (&mut state.details.payment_method, &row.payment_method),
            (&mut state.details.shipping_address, &row.shipping_address),
            (&mut state.details.shipping_method, &row.shipping_method),
            (&mut state.details.notes, &row.notes),
            (&mut state.details.product_url, &row.product_url),
            (&mut state.details.order_url, &row.order_url),
            (&mut state.details.image_url, &row.image_url),
        ] {
            if said.is_some() {
                kept.clone_from(said);
            }
        }
    }

    fn take_books(&self, of_order: Option<Currency>, books: &mut OrderBooks) {
        let row = &self.row;
        let money = |amount: Option<Amount>| amount?.money(row.currency.or(of_order));
        let at = |moment: Option<Moment>| moment.map(|moment| moment.utc(Tz::UTC));
        let own = |money: &Money| money.currency == of_order;
        self.take(&mut books.qty_received, row.qty_received);
        self.take(&mut books.payout, money(row.payout));
        self.take(&mut books.group_status, row.group_status.clone());
        self.take(&mut books.group_numbers, row.group_order_number.clone());
        self.take(&mut books.group_created, at(row.group_created));
        self.take(&mut books.group_modified, at(row.group_modified));
        self.take(&mut books.posted_on, row.charge_posted_on.map(|moment| moment.day));
        self.take(&mut books.charged, money(row.charged));
        self.take(&mut books.refunded, money(row.refunded));
        self.take(&mut books.other_charges, self.other_charges());
        self.take(&mut books.sold_price, money(row.sold_price).filter(own));
        self.take(&mut books.fees, money(row.fees).filter(own));
        self.take(&mut books.buyer, row.buyer.clone());
    }

    /// What was charged in other currencies. `None`: the row says nothing of it.
    fn other_charges(&self) -> Option<Vec<Charged>> {
        let charge = |(charged, back): &(Amount, Amount)| {
            let (charged, back) = (charged.money(None)?, back.money(None)?);
            Some((charged.code().to_owned(), charged.minor, back.minor))
        };
        let mut charges: Vec<Charged> = self.row.other_charges.iter().filter_map(charge).collect();
        charges.sort();
        Some(charges).filter(|charges| !charges.is_empty())
    }

    /// Of a part only what nobody states of the whole.
    fn take<T>(&self, kept: &mut Ranked<T>, said: Option<T>) {
        if let Some(said) = said.filter(|_| !self.is_part || kept.is_none()) {
            *kept = Some((self.rank, said));
        }
    }
}

fn take_moment(kept: &mut Option<DateTime<Utc>>, said: Option<Moment>) {
    let Some(moment) = said else { return };
    if kept.is_none_or(|known| !moment.agrees(known)) {
        *kept = Some(moment.utc(Tz::UTC));
    }
}

fn of_item(item: &ItemRow, of_row: Option<Currency>, of_order: Option<Currency>) -> OrderItem {
    let price = item.price.and_then(|price| price.money(of_row.or(of_order)));
    let currency = price.and_then(|price| price.currency);
    OrderItem {
        product: item.product.clone(),
        price_minor: price.map(|price| price.minor),
        quantity: item.quantity,
        sku: item.sku.clone(),
        size: item.size.clone(),
        currency: currency.filter(|currency| Some(*currency) != of_order),
        product_url: None,
    }
}

fn restate(line: &mut OrderItem, said: &OrderItem) {
    for (kept, said) in [
        (&mut line.product, &said.product),
        (&mut line.sku, &said.sku),
        (&mut line.size, &said.size),
    ] {
        if said.is_some() {
            kept.clone_from(said);
        }
    }
    if said.price_minor.is_some() {
        (line.price_minor, line.currency) = (said.price_minor, said.currency);
    }
    line.quantity = said.quantity.or(line.quantity);
}

fn is_priced(item: &OrderItem) -> bool {
    item.price_minor.is_some()
}

/// Whether of a line neither the price nor the units are known.
fn is_only_named(item: &OrderItem) -> bool {
    item.price_minor.is_none() && item.quantity.is_none()
}

fn is_same_product(one: &OrderItem, other: &OrderItem) -> bool {
    let name = |item: &OrderItem| item.product.as_deref().map(folded);
    name(one) == name(other)
}
