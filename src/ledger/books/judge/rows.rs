//! Rows and orders as they are compared with each other.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use crate::ledger::books::request::{
    Becomes, Brought, BulkLine, BulkRequest, NotSaid, Said, parcels_of, unnumbered,
};
use crate::ledger::model::books::decide::is_known;
use crate::ledger::model::books::purchase::is_purchase;
use crate::ledger::model::books::{Evidence, Waited};
use crate::order::{Currency, Money};
use crate::reading::currency_sign::dollar_of;
use crate::sheet::{self, Row};

pub(super) const WAITS: &str = "the order is not in the ledger yet";
pub(super) const PARCEL_WAITS: &str = "no order in the ledger has this tracking number yet";
pub(super) const TOO_MANY: &str = "more than 1,000 rows of the sheet name the same";
pub(super) const WAITS_ALREADY: &str = "it waits already";
pub(super) const SEVERAL: &str =
    "orders of several stores have this number, and the row names no store";

pub(super) const SEVERAL_NUMBERS: &str = "its description holds the numbers of several orders";

/// Names that many lines share: each is in memory once.
#[derive(Debug, Default)]
pub(super) struct Names(HashSet<Arc<str>>);

impl Names {
    pub(super) fn shared(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.0.get(name) {
            return Arc::clone(known);
        }
        let shared: Arc<str> = name.into();
        self.0.insert(Arc::clone(&shared));
        shared
    }
}

pub(super) fn line(request: &BulkRequest, row: &Brought, names: &mut Names) -> BulkLine {
    let file = usize::try_from(row.file).ok().and_then(|file| request.files.get(file));
    let (becomes, reason) = match &row.said {
        Ok(_) => (Becomes::Already, Cow::Borrowed("")),
        Err(NotSaid { becomes, why, .. }) => (*becomes, Cow::Owned(why.clone())),
    };
    let said = row.said.as_ref().ok();
    BulkLine {
        row: None,
        batch: None,
        file: names.shared(file.map(|file| file.name.as_str()).unwrap_or_default()),
        line: row.line,
        becomes,
        order_number: match &row.said {
            Ok(said) => said.numbers().first().filter(|number| !is_purchase(number)).cloned(),
            Err(not_said) => not_said.named.order_number.clone(),
        },
        product: said.and_then(|said| unnumbered(&said.row)),
        store: said.and_then(Said::store).map(|store| names.shared(store)),
        tracking_number: match &row.said {
            Ok(said) => parcels_of(&said.row),
            Err(not_said) => not_said.named.tracking_number.clone(),
        },
        reason,
    }
}

/// In which currency an order is paid, and by which parcel alone. `None`: it may be by another one, too.
pub(super) type PaidIn = (&'static str, Option<String>);

/// Ids of rows that are not kept yet: behind all that are.
pub(super) const NOT_KEPT: i64 = i64::MAX / 2;

/// Whether a row that has no order says nothing but what waits already. A status waits as the last that was said;
/// charges and parts wait as often as they stand in one file. One that cancels whatever is known is more than one that
/// does not.
pub(super) fn waits_already(rows: &[Evidence], row: &Evidence) -> bool {
    let is_less = |known: &Evidence| (known.waited, row.waited) == (Waited::Yes, Waited::Anyway);
    let is_same = |known: &Evidence| known.fingerprint == row.fingerprint && !is_less(known);
    let sets_all =
        |known: &&Evidence| matches!(&known.row, Row::Status(said) if said.units.is_none());
    match &row.row {
        Row::Charges(_) => is_known(rows, row),
        Row::Status(status) if status.units.is_some() => {
            let known: Vec<Evidence> =
                rows.iter().filter(|known| !is_less(known)).cloned().collect();
            is_known(&known, row)
        }
        Row::Status(_) => rows.iter().rfind(sets_all).is_some_and(is_same),
        Row::Track(_) | Row::Received(_) | Row::Orders(_) => rows.iter().any(is_same),
    }
}

/// The currency of a row's amounts that name none.
pub(in crate::ledger::books) fn currency_of_row(
    row: &sheet::OrderRow,
    of_order: Option<Currency>,
) -> Option<Currency> {
    let dollars = || row.is_dollars.then(|| dollar_of(row.store.as_deref()));
    row.currency.or(of_order).or_else(dollars)
}

/// What the order of a row costs: its total, else price times units. A line of an order has no total of its own.
pub(in crate::ledger::books) fn line_total(row: &Row, of_order: Option<Currency>) -> Option<Money> {
    let Row::Orders(order) = row else { return None };
    let currency = currency_of_row(order, of_order);
    if let Some(total) = order.total {
        return total.money(currency);
    }
    let mut sum: Option<Money> = None;
    for item in order.items.iter().filter(|_| !order.is_item) {
        let price = item.price?.money(currency)?;
        let is_only = order.items.len() == 1;
        let units = item.quantity.or(order.quantity.filter(|_| is_only)).unwrap_or(1);
        let minor = price.minor.checked_mul(units)?.checked_add(sum.map_or(0, |sum| sum.minor))?;
        if sum.is_some_and(|sum| sum.currency != price.currency) {
            return None;
        }
        sum = Some(Money { minor, ..price });
    }
    sum
}

/// Why such a row waits.
pub(in crate::ledger::books) fn waits(row: &Row) -> &'static str {
    if matches!(row, Row::Received(_)) { PARCEL_WAITS } else { WAITS }
}
