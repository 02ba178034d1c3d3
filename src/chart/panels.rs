//! What a picture of figures shows: charts with their titles and bars. Pure.

use chrono::NaiveDate;

use super::numbers::said;
use super::panel::{Column, Look, Panel, Series};
use super::steps::{Bar as Counted, Part, Step, steps};
use super::stores::Stores;
use super::style::{BLUE, RED, YELLOW};
use crate::count::{count, grouped};
use crate::figures::{Amounts, Day, Figures, Spend};
use crate::order::money::sign_of;
use crate::order::period::Span;
use crate::order::{Currency, Money};

/// Charts of currencies in one picture.
const CURRENCIES_MAX: usize = 3;
/// With fewer orders a currency has no chart of its own.
const ORDERS_MIN: i64 = 3;
/// Nor with less than this part of the orders of the first one: a tenth.
const SHARE_MIN: i64 = 10;
/// Currencies that are named in the line about those without a chart.
const SMALL_MAX: usize = 3;

/// What all charts of a picture have in common.
struct Axis {
    step: Step,
    labels: Vec<String>,
    is_whole: Vec<bool>,
    faint: Option<String>,
    bars: Vec<Day>,
    /// Whose bars are told apart.
    stores: Option<Stores>,
}

impl Axis {
    fn new(step: Step, bars: Vec<Counted>, stores: Option<Stores>) -> Self {
        let label = |bar: &Counted| match (bar.part, step) {
            (Part::SoFar, Step::Day) => "today".to_owned(),
            (Part::SoFar, _) => "so far".to_owned(),
            _ => step.label(bar.begin),
        };
        // Where nothing was ordered there is no bar to explain.
        let shows = |part| bars.iter().any(|bar| bar.part == part && bar.counted.orders > 0);
        let (is_cut, is_going_on) = (shows(Part::Cut), shows(Part::SoFar));
        let faint = match (is_cut, is_going_on, step) {
            (false, false, _) => None,
            (false, true, Step::Day) => Some("today so far".to_owned()),
            (false, true, _) => Some(format!("this {} so far", step.as_str())),
            (true, ..) => Some(format!("part of a {}", step.as_str())),
        };
        Self {
            step,
            labels: bars.iter().map(label).collect(),
            is_whole: bars.iter().map(|bar| bar.part == Part::Whole).collect(),
            faint,
            bars: bars.into_iter().map(|bar| bar.counted).collect(),
            stores,
        }
    }

    fn panel(&self, title: String, sign: Option<String>, series: Vec<Series>) -> Panel {
        let Self { labels, is_whole, faint, .. } = self;
        let (labels, is_whole, faint) = (labels.clone(), is_whole.clone(), faint.clone());
        let names_kinds = series.len() > 1 || self.stores.is_some();
        Panel { title, labels, is_whole, faint, sign, series, names_kinds }
    }
}

/// The charts of the figures, and a line about the currencies that have none, the longest form of it first; no charts
/// where there is no order.
pub(super) fn panels(figures: &Figures, span: Span, today: NaiveDate) -> (Vec<Panel>, Vec<String>) {
    let Some((step, bars)) = steps(figures, span, today) else { return (Vec::new(), Vec::new()) };
    let axis = Axis::new(step, bars, Stores::of(figures));
    let (large, small) = currencies(figures, &axis.bars);
    let money = large.iter().map(|(currency, spent)| of_money(&axis, *currency, *spent));
    (std::iter::once(of_orders(&axis)).chain(money).collect(), in_words(&small))
}

/// The currencies of few orders, in a line; then in shorter ones, each of which names one less.
fn in_words(small: &[(Option<Currency>, Spend)]) -> Vec<String> {
    (0..=SMALL_MAX.min(small.len())).rev().filter_map(|named| line(small, named)).collect()
}

fn line(small: &[(Option<Currency>, Spend)], named: usize) -> Option<String> {
    let said = |(currency, spend): &(Option<Currency>, Spend)| {
        let money = Money { minor: spend.spent, currency: *currency };
        format!("{money} in {}", count(spend.orders, "order", "orders"))
    };
    let more = small.len().saturating_sub(named);
    let more = (more > 0).then(|| match named {
        0 => count(more, "currency", "currencies"),
        _ => count(more, "more currency", "more currencies"),
    });
    let said: Vec<String> = small.iter().take(named).map(said).chain(more).collect();
    (!said.is_empty()).then(|| format!("Also {}", said.join(" · ")))
}

/// Currencies that are drawn, with what was spent in them, and those in which so little was ordered that a line
/// says it.
type Currencies = (Vec<(Option<Currency>, i64)>, Vec<(Option<Currency>, Spend)>);

/// The currencies in which something was spent, that of most orders first; then those in which something is paid
/// alone.
fn currencies(figures: &Figures, bars: &[Day]) -> Currencies {
    let spent: Vec<_> =
        figures.currencies().into_iter().filter(|(_, spend)| spend.spent != 0).collect();
    let most = spent.first().map_or(0, |(_, spend)| spend.orders);
    let paid = bars.iter().flat_map(|bar| bar.payout.keys().copied());
    let mut paid: Vec<Option<Currency>> = paid.collect();
    paid.sort_unstable_by_key(|currency| currency.map(|currency| currency.code()));
    paid.dedup();
    let (mut large, mut small) = (Vec::new(), Vec::new());
    for (place, (currency, spend)) in spent.iter().enumerate() {
        let is_large = place == 0
            || paid.contains(currency)
            || (spend.orders >= ORDERS_MIN && spend.orders * SHARE_MIN >= most);
        if is_large && large.len() < CURRENCIES_MAX {
            large.push((*currency, spend.spent));
        } else {
            small.push((*currency, *spend));
        }
    }
    let only_paid = paid.into_iter().filter(|paid| spent.iter().all(|(spent, _)| spent != paid));
    large.extend(only_paid.map(|currency| (currency, 0)));
    large.truncate(CURRENCIES_MAX);
    (large, small)
}

/// The orders that were placed: those that were kept, of each store, and upon them those that were cancelled.
fn of_orders(axis: &Axis) -> Panel {
    let (step, bars) = (axis.step, &axis.bars);
    let placed: i64 = bars.iter().map(|bar| bar.orders).sum();
    let cancelled: i64 = bars.iter().map(|bar| bar.cancelled).sum();
    let counted =
        |values: &[i64]| values.iter().map(|value| as_drawn(&value.to_string())).collect();
    let kept = |bar: &Day| bar.orders - bar.cancelled;
    let mut series: Vec<Series> = match &axis.stores {
        None => {
            let values: Vec<i64> = bars.iter().map(kept).collect();
            vec![Series::new("Kept", grouped(placed - cancelled), BLUE, counted(&values))]
        }
        Some(stores) => {
            let of_store = |(name, colour, values): (&str, _, Vec<i64>)| {
                let kept = values.iter().sum::<i64>();
                Series::new(name, grouped(kept), colour, counted(&values))
            };
            stores.split(bars, kept, |share| share.kept).map(of_store).collect()
        }
    };
    if cancelled > 0 {
        let values: Vec<i64> = bars.iter().map(|bar| bar.cancelled).collect();
        let lost = Series::new("Cancelled", grouped(cancelled), RED, counted(&values));
        series.push(Series { look: Look::Hollow, ..lost });
    }
    let title = format!("Orders per {} · {} placed", step.as_str(), grouped(placed));
    axis.panel(title, None, series)
}

/// What the orders of a currency cost, at each store, and beside it what buying groups pay in it.
fn of_money(axis: &Axis, currency: Option<Currency>, spent: i64) -> Panel {
    let (step, bars) = (axis.step.as_str(), &axis.bars);
    let code = currency.map_or("unknown currency", |currency| currency.code());
    let sign = currency.map(sign_of).unwrap_or_default();
    let sum = |of: &Amounts| of.get(&currency).copied().unwrap_or_default();
    let total = |values: &[i64]| values.iter().fold(0_i64, |sum, value| sum.saturating_add(*value));
    let money = |minor| Money { minor, currency };
    let decimal = |minor: i64| as_drawn(&money(minor).decimal());
    let decimals = |values: &[i64]| values.iter().map(|minor| decimal(*minor)).collect();
    let (cost, paid): (Vec<i64>, Vec<i64>) =
        bars.iter().map(|bar| (sum(&bar.spent), sum(&bar.payout))).unzip();
    let mut series: Vec<Series> = match &axis.stores {
        None => vec![Series::new("Cost", money(spent).to_string(), BLUE, decimals(&cost))],
        Some(stores) => {
            let of_store = |(name, colour, values): (&str, _, Vec<i64>)| {
                Series::new(name, said(&sign, decimal(total(&values))), colour, decimals(&values))
            };
            stores
                .split(bars, |bar| sum(&bar.spent), |share| sum(&share.spent))
                .map(of_store)
                .collect()
        }
    };
    let is_paid = total(&paid) != 0;
    let title = match (is_paid, &axis.stores) {
        (false, _) => format!("Spend per {step}, {code} · {}", money(spent)),
        (true, None) => format!("Cost and payout per {step}, {code}"),
        (true, Some(_)) => format!("Cost {} and payout per {step}, {code}", money(spent)),
    };
    if is_paid {
        for series in &mut series {
            series.column = Column::Left;
        }
        let payout =
            Series::new("Payout", money(total(&paid)).to_string(), YELLOW, decimals(&paid));
        series.push(Series { column: Column::Right, ..payout });
    }
    axis.panel(title, Some(sign), series)
}

/// A number as it is drawn.
fn as_drawn(decimal: &str) -> f64 {
    decimal.parse().unwrap_or_default()
}
