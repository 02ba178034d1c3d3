//! What our own files repeat of values that people set. It says nothing of its own: as evidence it would outlive them.

use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::by_hand::OrderField;
use crate::ledger::model::fold::OrderState;
use crate::ledger::orders::row::OrderRow;
use crate::sheet::{self, Amount, Row};

/// Whether a row is of our own files, which say what people see.
pub(super) fn is_of_export(row: &Row) -> bool {
    matches!(row, Row::Orders(order) if !order.adds_up || order.is_shown)
}

/// Takes out of a row what its order shows because a person set it. `is_first`: it holds the order's first line.
/// `true`: there was some.
pub(super) fn take_out_set(
    row: &mut Evidence,
    (order, shown, is_first): (Option<&OrderRow>, &OrderState, bool),
) -> bool {
    let (Some(order), Row::Orders(said)) = (order, &row.row) else { return false };
    let mut left = said.clone();
    take_out(&mut left, (order, shown), is_first);
    if left == *said {
        return false;
    }
    row.row = Row::Orders(left);
    row.fingerprint = Row::fingerprint(&row.row.to_json());
    true
}

fn take_out(row: &mut sheet::OrderRow, (order, shown): (&OrderRow, &OrderState), is_first: bool) {
    let of_row = row.currency.or(shown.currency);
    let is = |amount: Option<Amount>, minor: Option<i64>| {
        let money = amount.and_then(|amount| amount.money(of_row));
        money.is_some_and(|money| money.currency == shown.currency && Some(money.minor) == minor)
    };
    for field in order.set_by_hand() {
        match field {
            OrderField::Product | OrderField::Price | OrderField::Quantity => {}
            OrderField::Total => {
                _ = row.total.take_if(|total| is(Some(*total), shown.total_minor()));
            }
            OrderField::Store => same(&mut row.store, shown.store.as_deref()),
            OrderField::Profile => same(&mut row.profile, shown.details.profile.as_deref()),
            OrderField::Email => same(&mut row.email, shown.details.email.as_deref()),
            OrderField::Customer => {
                same(&mut row.customer_name, shown.details.customer_name.as_deref());
            }
            OrderField::Date => {
                let at = shown.announcement.as_ref().map(|announcement| announcement.ordered_at);
                row.ordered_at.take_if(|said| at.is_some_and(|at| said.agrees(at)));
            }
            OrderField::SoldPrice => {
                row.sold_price.take_if(|price| is(Some(*price), order.books.sold_price_minor));
            }
            OrderField::Fees => {
                _ = row.fees.take_if(|fees| is(Some(*fees), order.books.fees_minor));
            }
            OrderField::Buyer => same(&mut row.buyer, order.books.buyer.as_deref()),
        }
        if [OrderField::Product, OrderField::Price, OrderField::Quantity].contains(&field) {
            take_out_line(row, (field, shown), is_first, &is);
        }
    }
}

/// Of the first line, and what follows from it for the whole order.
fn take_out_line(
    row: &mut sheet::OrderRow,
    (field, shown): (OrderField, &OrderState),
    is_first: bool,
    is: &dyn Fn(Option<Amount>, Option<i64>) -> bool,
) {
    let line = shown.lines.items.first();
    let is_only = shown.lines.items.len() == 1;
    if let (Some(item), Some(line)) = (row.items.first_mut().filter(|_| is_first), line) {
        match field {
            OrderField::Product => same(&mut item.product, line.product.as_deref()),
            OrderField::Price => _ = item.price.take_if(|price| is(Some(*price), line.price_minor)),
            _ => _ = item.quantity.take_if(|units| is_only && Some(*units) == line.quantity),
        }
    }
    if field != OrderField::Product {
        row.total.take_if(|total| is(Some(*total), shown.total_minor()));
    }
    if field == OrderField::Quantity {
        row.quantity.take_if(|units| *units == shown.lines.quantity());
    }
}

fn same(said: &mut Option<String>, shown: Option<&str>) {
    said.take_if(|said| shown.is_some_and(|shown| shown.eq_ignore_ascii_case(said)));
}
