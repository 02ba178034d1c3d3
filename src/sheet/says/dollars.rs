//! Which dollar a bare `$` is, in a row of which another amount names a currency.

use crate::order::Currency;
use crate::reading::currency_sign::{dollar_of, is_dollar};
use crate::sheet::amount::Amount;
use crate::sheet::cells::Cells;
use crate::sheet::field::Field;
use crate::sheet::line::Refusal;
use crate::sheet::rows::OrderRow;

use Field as F;

/// Whether an amount has a bare `$`.
pub(super) fn any(cells: &Cells<'_>) -> Result<bool, Refusal> {
    for field in [F::Price, F::Total, F::Payout, F::Commission, F::Charged] {
        if has_sign(cells, field)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn has_sign(cells: &Cells<'_>, field: Field) -> Result<bool, Refusal> {
    Ok(cells.word(field)?.is_some_and(|cell| cell.contains('$')))
}

/// Beside an amount of a currency that is no dollar a bare `$` names one: it is not the amount's currency. Where the
/// row has a currency for all of its amounts, it is that.
pub(super) fn name(cells: &Cells<'_>, row: &mut OrderRow) -> Result<(), Refusal> {
    if row.currency.is_some() {
        for (_, amount) in amounts(row) {
            *amount = amount.with_symbol(None);
        }
    }
    if row.currency.is_some() || !row.is_dollars {
        return Ok(());
    }
    let store = row.store.clone();
    let named: Vec<_> = amounts(row).filter_map(|(_, amount)| amount.currency).collect();
    if named.iter().all(|currency| is_dollar(*currency)) {
        return Ok(());
    }
    let dollar = named.into_iter().find(|currency| is_dollar(*currency));
    let dollar = dollar.unwrap_or_else(|| dollar_of(store.as_deref()));
    for (field, amount) in amounts(row) {
        if amount.currency.is_none() && has_sign(cells, field)? {
            amount.currency = Some(dollar);
        }
    }
    Ok(())
}

/// The amounts of a row with the fields of their cells.
fn amounts(row: &mut OrderRow) -> impl Iterator<Item = (Field, &mut Amount)> {
    let prices = row.items.iter_mut().map(|item| (F::Price, &mut item.price));
    let others = [
        (F::Total, &mut row.total),
        (F::Payout, &mut row.payout),
        (F::Commission, &mut row.commission),
        (F::Charged, &mut row.charged),
        (F::Refunded, &mut row.refunded),
        (F::SoldPrice, &mut row.sold_price),
        (F::Fees, &mut row.fees),
    ];
    let all = prices.chain(others);
    all.filter_map(|(field, amount)| Some((field, amount.as_mut()?)))
}

impl OrderRow {
    /// The currency of the order that the row names, its total or its prices. `of_order`: what it is as far as is
    /// known.
    pub(crate) fn named_currency(&self, of_order: Option<Currency>) -> Option<Currency> {
        let said = |amount: Option<Amount>| amount?.said_currency(of_order);
        let of_items = || self.items.iter().find_map(|item| said(item.price));
        self.currency.or_else(|| said(self.total)).or_else(of_items)
    }
}
