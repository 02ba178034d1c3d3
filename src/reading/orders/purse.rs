//! The one currency of an order. Amounts in another one are left out, so that they are never added.

use crate::order::money::Currency;
use crate::reading::values::amount::Amount;
use crate::reading::values::currency_sign::{Sign, dollar_of, is_dollar, is_krone, krone_of};

/// What the amounts of an order are counted in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Purse {
    currency: Option<Currency>,
}

impl Purse {
    /// The currency that a label names, unless every amount says otherwise; else that of the first amount. A
    /// bare `$` is the dollar that another amount names, else the store's.
    pub(crate) fn of(
        amounts: impl Iterator<Item = Amount>,
        labelled: Option<Currency>,
        store: Option<&str>,
    ) -> Self {
        let signs: Vec<Sign> = amounts.filter_map(|amount| amount.sign).collect();
        let labelled = labelled.filter(|currency| {
            signs.is_empty() || signs.iter().any(|sign| may_be(*sign, Some(*currency)))
        });
        Self { currency: labelled.or_else(|| first(&signs, store)) }
    }

    pub(crate) fn currency(self) -> Option<Currency> {
        self.currency
    }

    /// The amount in minor units. `None` where it is in another currency.
    pub(crate) fn minor(self, amount: Amount) -> Option<i64> {
        let ours = amount.sign.is_none_or(|sign| may_be(sign, self.currency));
        ours.then(|| amount.minor(self.currency)).flatten()
    }
}

/// Whether a sign can stand for this currency.
fn may_be(sign: Sign, currency: Option<Currency>) -> bool {
    match sign {
        Sign::Of(named) => currency == Some(named),
        Sign::Dollar => currency.is_some_and(is_dollar),
        Sign::Krone => currency.is_none_or(is_krone),
    }
}

fn first(signs: &[Sign], store: Option<&str>) -> Option<Currency> {
    let named = |is_one: fn(Currency) -> bool| {
        signs.iter().find_map(|sign| match sign {
            Sign::Of(currency) => Some(*currency).filter(|currency| is_one(*currency)),
            Sign::Dollar | Sign::Krone => None,
        })
    };
    match signs.first()? {
        Sign::Of(currency) => Some(*currency),
        Sign::Dollar => Some(named(is_dollar).unwrap_or_else(|| dollar_of(store))),
        Sign::Krone => named(is_krone).or_else(|| krone_of(store)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The currency of these amounts and their minor units.
    fn read(
        texts: &[&str],
        labelled: Option<Currency>,
        store: Option<&str>,
    ) -> (Option<Currency>, Vec<Option<i64>>) {
        let amounts: Vec<Amount> = texts.iter().filter_map(|text| Amount::find(text)).collect();
        let purse = Purse::of(amounts.iter().copied(), labelled, store);
        (purse.currency(), amounts.into_iter().map(|amount| purse.minor(amount)).collect())
    }

    #[test]
    fn a_bare_dollar_is_the_one_that_is_named() {
        let cad = Some(Currency::CAD);
        assert_eq!(read(&["$12.50", "CA$3"], None, None), (cad, vec![Some(1_250), Some(300)]));
        assert_eq!(read(&["$12.50"], None, Some("Best Buy CA")), (cad, vec![Some(1_250)]));
        assert_eq!(read(&["$12.50"], cad, None), (cad, vec![Some(1_250)]));
    }

    #[test]
    fn an_amount_in_another_currency_is_left_out() {
        let usd = Some(Currency::USD);
        assert_eq!(read(&["$10.00", "€20.00"], None, None), (usd, vec![Some(1_000), None]));
        assert_eq!(
            read(&["US$10", "5", "CA$7"], None, None),
            (usd, vec![Some(1_000), Some(500), None])
        );
        let eur = Some(Currency::EUR);
        assert_eq!(read(&["€20.00", "$10.00"], usd, None), (usd, vec![None, Some(1_000)]));
        assert_eq!(read(&["€20.00"], usd, None), (eur, vec![Some(2_000)]));
    }

    #[test]
    fn a_crown_is_of_the_country_that_the_store_names() {
        let nok = Some(Currency::NOK);
        assert_eq!(read(&["kr 499"], None, Some("komplett.no")), (nok, vec![Some(49_900)]));
        assert_eq!(read(&["kr 499", "NOK 1"], None, None), (nok, vec![Some(49_900), Some(100)]));
        assert_eq!(read(&["kr 499"], None, Some("No Name")), (None, vec![Some(49_900)]));
        assert_eq!(read(&["kr 499", "$5"], None, None), (None, vec![Some(49_900), None]));
    }
}
