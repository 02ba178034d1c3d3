//! What a card's statements say of an order.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Evidence, Sums, counted};
use crate::order::{Currency, Money};
use crate::sheet::{ChargeRow, Row};

/// What the card was charged for an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Charges {
    /// That of the row that was brought last.
    pub(crate) rank: i64,
    /// The card's number of the first charge.
    pub(crate) reference: Option<String>,
    /// The day of the first charge.
    pub(crate) posted_on: Option<NaiveDate>,
    pub(crate) charged: Option<Money>,
    /// What came back, not negative.
    pub(crate) refunded: Option<Money>,
    /// What was charged and what came back in each currency.
    pub(crate) by_currency: Vec<Charged>,
}

/// The code of a currency, what was charged in it, and what came back, in its minor units.
pub(crate) type Charged = (String, i64, i64);

/// What was charged in other currencies than this one, as it is stored. `None`: nothing.
pub(crate) fn others(by_currency: &[Charged], shown: Option<Money>) -> Option<String> {
    let is_other = |charged: &&Charged| shown.is_none_or(|shown| shown.code() != charged.0);
    let others: Vec<&Charged> = by_currency.iter().filter(is_other).collect();
    (!others.is_empty()).then(|| serde_json::to_string(&others).unwrap_or_default())
}

fn by_currency(charged: &Sums, refunded: &Sums) -> Vec<Charged> {
    let mut sums: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    let (charged, refunded) = (charged.all(), refunded.all());
    for money in &charged {
        sums.entry(money.code()).or_default().0 = money.minor;
    }
    for money in &refunded {
        sums.entry(money.code()).or_default().1 = money.minor;
    }
    sums.into_iter().map(|(code, (charged, back))| (code.to_owned(), charged, back)).collect()
}

/// What these rows come to for an order of this currency. `None`: there is no charge among them.
pub(crate) fn charges(rows: &[Evidence], of_order: Option<Currency>) -> Option<Charges> {
    let rows: Vec<&Evidence> =
        rows.iter().filter(|row| matches!(row.row, Row::Charges(_))).collect();
    let mut lines: Vec<(i64, &ChargeRow)> = counted(rows.iter().copied())
        .into_iter()
        .filter_map(|row| match &row.row {
            Row::Charges(charge) => Some((row.id, charge.as_ref())),
            _ => None,
        })
        .collect();
    let day = |charge: &ChargeRow| charge.posted_on.map(|moment| moment.day);
    lines.sort_by_key(|(id, charge)| (charge.amount.is_negative(), day(charge), *id));
    // What came back is no charge: it gives neither day nor reference.
    let first = lines.first()?.1;
    let first = Some(first).filter(|charge| !charge.amount.is_negative());
    let (mut charged, mut refunded) = (Sums::default(), Sums::default());
    for (_, charge) in &lines {
        match charge.amount.money(of_order) {
            Some(money) if money.minor < 0 => {
                refunded.add_money(Money { minor: money.minor.saturating_neg(), ..money });
            }
            Some(money) => charged.add_money(money),
            None => {}
        }
    }
    Some(Charges {
        rank: rows.iter().map(|row| row.rank).max().unwrap_or_default(),
        reference: first.and_then(|charge| charge.reference.clone()),
        posted_on: first.and_then(day),
        charged: charged.shown(of_order),
        refunded: refunded.shown(of_order),
        by_currency: by_currency(&charged, &refunded),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: i64, file: i64, day: &str, amount: &str) -> Evidence {
        let charge = ChargeRow {
            order_numbers: vec!["A-1".to_owned()],
            reference: Some(format!("R{day}")),
            posted_on: Some(day.parse().unwrap()),
            amount: amount.parse().unwrap(),
        };
        let row = Row::Charges(Box::new(charge));
        Evidence { batch: 1, file, fingerprint: row.to_json(), ..Evidence::of(id, row) }
    }

    #[test]
    fn each_currency_is_charged_for_itself() {
        let rows = [
            line(1, 0, "2026-02-03", "10.50 USD"),
            line(2, 0, "2026-02-01", "5 EUR"),
            line(3, 0, "2026-02-04", "-2 EUR"),
            line(4, 0, "2026-02-04", "300 JPY"),
        ];
        let charges = charges(&rows, Some(Currency::USD)).unwrap();
        let shown = charges.charged;
        assert_eq!(shown.map(|money| (money.code(), money.minor)), Some(("USD", 1050)));
        let others = others(&charges.by_currency, shown);
        assert_eq!(others.as_deref(), Some(r#"[["EUR",500,200],["JPY",300,0]]"#));
    }

    #[test]
    fn charges_by_shipment_add_up_and_the_first_gives_day_and_reference() {
        let rows = [
            line(1, 0, "2026-02-03", "10.50"),
            line(2, 0, "2026-02-01", "5"),
            line(3, 0, "2026-01-01", "-2"),
            // The same file once more.
            line(4, 1, "2026-02-01", "5"),
        ];
        let charges = charges(&rows, Some(Currency::USD)).unwrap();
        let minor = |money: Option<Money>| money.map(|money| money.minor);
        assert_eq!((minor(charges.charged), minor(charges.refunded)), (Some(1550), Some(200)));
        assert_eq!(charges.reference.as_deref(), Some("R2026-02-01"));
        assert_eq!(charges.posted_on, "2026-02-01".parse().ok());
    }
}
