//! What the rows of sheets make of orders, beside what messages and people say. Pure.

pub(crate) mod by_hand;
pub(crate) mod charges;
pub(crate) mod decide;
pub(crate) mod matching;
pub(crate) mod open_key;
pub(crate) mod orders;
pub(crate) mod overlay;
pub(crate) mod parcel_key;
pub(crate) mod purchase;
pub(crate) mod received;
pub(crate) mod same_purchase;
pub(crate) mod shares;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use crate::order::{Currency, Money};
use crate::sheet::{Amount, Row};

/// A row of a batch that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// Of two rows the one with the greater id is the later.
    pub(crate) id: i64,
    /// The id of the row that it only repeats, else its own: what states a value last has the greatest.
    pub(crate) rank: i64,
    /// Of a sheet that was applied in parts the first of these.
    pub(crate) batch: i64,
    /// 0, 1, ... among the files of its batch.
    pub(crate) file: i64,
    /// The same for rows that say the same.
    pub(crate) fingerprint: String,
    /// When its batch was applied, or that of the row that it only repeats, as stored.
    pub(crate) applied_at: String,
    /// Whether a person wrote it down, without a sheet.
    pub(crate) by_hand: bool,
    /// Whether its batch was undone: it holds all the same, for what else is known of its order.
    pub(crate) stays: bool,
    pub(crate) waited: Waited,
    /// Whether it says nothing of its order by now, since that is such that it cannot.
    pub(crate) is_held_back: bool,
    pub(crate) row: Row,
}

impl Evidence {
    /// A row of a batch of its own.
    pub(crate) fn of(id: i64, row: Row) -> Self {
        Self {
            id,
            rank: id,
            batch: id,
            file: 0,
            fingerprint: String::new(),
            applied_at: String::new(),
            by_hand: false,
            stays: false,
            waited: Waited::No,
            is_held_back: false,
            row,
        }
    }
}

/// Whether the order of a row was there when the row was brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Waited {
    /// It was, and what becomes of the row was decided then.
    #[default]
    No,
    /// It was not, and is decided once the order is there.
    Yes,
    /// The same, and the row cancels what is on its way, too.
    Anyway,
}

impl Waited {
    /// As it is stored.
    pub(crate) fn number(self) -> i64 {
        match self {
            Self::No => 0,
            Self::Yes => 1,
            Self::Anyway => 2,
        }
    }

    /// As [`Self::number`] stores it.
    pub(crate) fn stored(number: i64) -> Self {
        match number {
            0 => Self::No,
            2 => Self::Anyway,
            _ => Self::Yes,
        }
    }
}

/// The rows that count where rows of the same words are events of their own: as many as stand in the file that
/// has most of them, since the others are copies of it.
pub(crate) fn counted<'a>(rows: impl IntoIterator<Item = &'a Evidence>) -> Vec<&'a Evidence> {
    let mut same: BTreeMap<&str, BTreeMap<(i64, i64), Vec<&Evidence>>> = BTreeMap::new();
    for row in rows {
        let files = same.entry(&row.fingerprint).or_default();
        files.entry((row.batch, row.file)).or_default().push(row);
    }
    let most = |files: BTreeMap<_, Vec<&'a Evidence>>| {
        let longest = files.values().map(Vec::len).max().unwrap_or_default();
        files.into_values().find(|rows| rows.len() == longest).unwrap_or_default()
    };
    let mut counted: Vec<&Evidence> = same.into_values().flat_map(most).collect();
    counted.sort_by_key(|row| row.id);
    counted
}

/// How often rows of the same words stand in the file that has most of them.
pub(crate) fn copies(rows: &[Evidence], fingerprint: &str) -> usize {
    let mut files: HashMap<(i64, i64), usize> = HashMap::new();
    for row in rows.iter().filter(|row| row.fingerprint == fingerprint) {
        *files.entry((row.batch, row.file)).or_default() += 1;
    }
    files.into_values().max().unwrap_or_default()
}

/// Sums by currency; two currencies are never added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sums(BTreeMap<&'static str, Sum>);

/// A sum of one currency, and how many amounts it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sum {
    money: Money,
    of: i64,
}

impl Sums {
    /// Adds an amount that an order of this currency states.
    pub(crate) fn add(&mut self, amount: Amount, of_order: Option<Currency>) {
        if let Some(money) = amount.money(of_order) {
            self.add_money(money);
        }
    }

    pub(crate) fn add_money(&mut self, money: Money) {
        self.add_sum(money, 1);
    }

    /// Adds what is the sum of so many amounts.
    pub(crate) fn add_sum(&mut self, money: Money, of: i64) {
        let none = Sum { money: Money { minor: 0, ..money }, of: 0 };
        let sum = self.0.entry(money.code()).or_insert(none);
        sum.money.minor = sum.money.minor.saturating_add(money.minor);
        sum.of = sum.of.saturating_add(of);
    }

    /// All of them, that of most amounts first: where there is no room for all, the main one is shown.
    pub(crate) fn all(&self) -> Vec<Money> {
        let mut sums: Vec<&Sum> = self.0.values().collect();
        sums.sort_by_key(|sum| Reverse(sum.of));
        sums.into_iter().map(|sum| sum.money).collect()
    }

    /// The sum that an order of this currency shows: its own, else the first there is.
    pub(crate) fn shown(&self, of_order: Option<Currency>) -> Option<Money> {
        let own = of_order.and_then(|currency| self.0.get(currency.code()));
        own.or_else(|| self.0.values().next()).map(|sum| sum.money)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::TrackRow;

    fn row(id: i64, batch: i64, file: i64, words: &str) -> Evidence {
        let row = Row::Track(TrackRow::default());
        Evidence { batch, file, fingerprint: words.to_owned(), ..Evidence::of(id, row) }
    }

    #[test]
    fn the_currency_of_most_amounts_comes_first() {
        let money = |minor, code| Money { minor, currency: Currency::from_code(code) };
        let mut sums = Sums::default();
        sums.add_sum(money(900, "CAD"), 2);
        sums.add_money(money(5, "EUR"));
        sums.add_money(money(6, "EUR"));
        sums.add_sum(money(1, "USD"), 40);
        assert_eq!(sums.all(), [money(1, "USD"), money(900, "CAD"), money(11, "EUR")]);
    }

    #[test]
    fn equal_rows_count_as_often_as_in_the_file_that_has_most() {
        let rows = [
            row(1, 1, 0, "a"),
            row(2, 1, 1, "a"),
            row(3, 1, 1, "a"),
            row(4, 2, 0, "a"),
            row(5, 2, 0, "b"),
        ];
        let ids: Vec<i64> = counted(&rows).iter().map(|row| row.id).collect();
        assert_eq!(ids, [2, 3, 5]);
        assert_eq!((copies(&rows, "a"), copies(&rows, "b"), copies(&rows, "c")), (2, 1, 0));
    }
}
