//! The columns of an order that sheets fill.

use serde::Deserialize;

use crate::ledger::database::time::time_of;
use crate::ledger::database::words;
use crate::ledger::model::books::charges::Charged;
use crate::ledger::orders::rows::Books;
use crate::order::{Currency, Money};

/// The columns that sheets fill, in the order in which [`super::load`] names them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct BookColumns {
    pub(crate) qty_received: Option<i64>,
    pub(crate) payout_minor: Option<i64>,
    /// `None`: the order's, here and below.
    pub(crate) payout_currency: Option<String>,
    pub(crate) group_status: Option<String>,
    pub(crate) group_order_id: Option<String>,
    pub(crate) group_created_at: Option<String>,
    pub(crate) group_modified_at: Option<String>,
    pub(crate) charge_posted_on: Option<String>,
    pub(crate) charged_minor: Option<i64>,
    pub(crate) refunded_minor: Option<i64>,
    pub(crate) charge_currency: Option<String>,
    pub(crate) sold_price_minor: Option<i64>,
    pub(crate) fees_minor: Option<i64>,
    pub(crate) buyer: Option<String>,
    /// Charges in other currencies, as JSON.
    pub(crate) other_charges: Option<String>,
}

impl BookColumns {
    /// What cards were charged in each currency, and what came back, that of [`Self::charge_currency`] first.
    pub(crate) fn payments(
        &self,
        of_order: Option<Currency>,
    ) -> sqlx::Result<(Vec<Money>, Vec<Money>)> {
        let column = "orders.charge_currency";
        let first = words::currency(column, self.charge_currency.as_deref())?.or(of_order);
        let money = |minor: Option<i64>, currency| minor.map(|minor| Money { minor, currency });
        let mut charged: Vec<Money> = money(self.charged_minor, first).into_iter().collect();
        let mut refunded: Vec<Money> = money(self.refunded_minor, first).into_iter().collect();
        let others = self.other_charges.as_deref().map(serde_json::from_str::<Vec<Charged>>);
        let others = others.transpose().map_err(|error| sqlx::Error::Decode(error.into()))?;
        for (code, minor, back) in others.unwrap_or_default() {
            let known = Some(code.as_str()).filter(|code| *code != Money::NO_CURRENCY);
            let currency = words::currency(column, known)?;
            charged.extend(money(Some(minor).filter(|minor| *minor > 0), currency));
            refunded.extend(money(Some(back).filter(|back| *back > 0), currency));
        }
        Ok((charged, refunded))
    }

    pub(super) fn into_books(self, of_order: Option<Currency>) -> sqlx::Result<Books> {
        let (charged, refunded) = self.payments(of_order)?;
        let currency = |column, code: Option<String>| words::currency(column, code.as_deref());
        let payout = currency("orders.payout_currency", self.payout_currency)?.or(of_order);
        let charge = currency("orders.charge_currency", self.charge_currency)?.or(of_order);
        let money = |minor: Option<i64>, currency| minor.map(|minor| Money { minor, currency });
        Ok(Books {
            payout: money(self.payout_minor, payout),
            group_status: self.group_status,
            group_order_id: self.group_order_id,
            group_created_at: self.group_created_at.as_deref().map(time_of),
            group_modified_at: self.group_modified_at.as_deref().map(time_of),
            charge_posted_on: self.charge_posted_on.and_then(|day| day.parse().ok()),
            charged: money(self.charged_minor, charge),
            refunded: money(self.refunded_minor, charge),
            sold_price: money(self.sold_price_minor, of_order),
            fees: money(self.fees_minor, of_order),
            buyer: self.buyer,
            all_charged: charged,
            all_refunded: refunded,
        })
    }
}
