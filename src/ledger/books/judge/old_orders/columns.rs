//! What rows of old orders make of the columns that sheets fill.

use crate::ledger::model::books::orders::OrderBooks;
use crate::ledger::model::books::overlay::Books;
use crate::ledger::model::fold::OrderState;
use crate::ledger::orders::row::BookColumns;
use crate::ledger::recompute::books::columns_of;

/// The columns that sheets fill as they are with what a sheet of old orders states of the order in this state.
pub(super) fn with(
    mut columns: BookColumns,
    orders: OrderBooks,
    state: &OrderState,
) -> BookColumns {
    fn take<T>(column: &mut Option<T>, stated: Option<T>) {
        if stated.is_some() {
            *column = stated;
        }
    }
    let stated = columns_of(&Books { orders, ..Books::default() }, state);
    take_payments(&mut columns, &stated);
    take(&mut columns.qty_received, stated.qty_received);
    take(&mut columns.group_status, stated.group_status);
    take(&mut columns.group_order_id, stated.group_order_id);
    take(&mut columns.group_created_at, stated.group_created_at);
    take(&mut columns.group_modified_at, stated.group_modified_at);
    take(&mut columns.charge_posted_on, stated.charge_posted_on);
    take(&mut columns.sold_price_minor, stated.sold_price_minor);
    take(&mut columns.fees_minor, stated.fees_minor);
    take(&mut columns.buyer, stated.buyer);
    take(&mut columns.other_charges, stated.other_charges);
    columns
}

/// Amounts with their currencies: one column names that of what was charged and of what came back.
fn take_payments(columns: &mut BookColumns, stated: &BookColumns) {
    if stated.payout_minor.is_some() {
        columns.payout_minor = stated.payout_minor;
        columns.payout_currency.clone_from(&stated.payout_currency);
    }
    let is_same = columns.charge_currency == stated.charge_currency;
    if stated.charged_minor.is_some() {
        columns.charged_minor = stated.charged_minor;
        columns.charge_currency.clone_from(&stated.charge_currency);
        columns.refunded_minor =
            stated.refunded_minor.or(columns.refunded_minor.filter(|_| is_same));
    } else if stated.refunded_minor.is_some() && (is_same || columns.charged_minor.is_none()) {
        columns.refunded_minor = stated.refunded_minor;
        columns.charge_currency.clone_from(&stated.charge_currency);
    }
}
