//! What a picture of figures shows: charts with their titles and bars. Pure.

use chrono::NaiveDate;
use plotters::style::RGBColor;

use super::steps::{Step, steps};
use super::{BLUE, RED, YELLOW};
use crate::count::{count, grouped};
use crate::figures::{Amounts, Day, Figures};
use crate::order::period::Span;
use crate::order::{Currency, Money};

/// Charts of currencies in one picture.
const CURRENCIES_MAX: usize = 3;

/// One chart.
pub(super) struct Panel {
    pub(super) title: String,
    /// What stands below the bars.
    pub(super) labels: Vec<String>,
    /// The kinds of bars; each has a value for each label.
    pub(super) series: Vec<Series>,
    /// Whether the kinds stand upon one another rather than side by side.
    is_stacked: bool,
}

/// Bars of one kind.
pub(super) struct Series {
    /// What the legend calls them.
    pub(super) name: String,
    pub(super) colour: RGBColor,
    values: Vec<f64>,
}

/// One bar.
pub(super) struct Bar {
    pub(super) colour: RGBColor,
    pub(super) side: Side,
    pub(super) bottom: f64,
    pub(super) top: f64,
}

/// Which part of the room above its label a bar takes.
pub(super) enum Side {
    Whole,
    Left,
    Right,
}

impl Panel {
    /// How high the axis has to reach.
    pub(super) fn highest(&self) -> f64 {
        self.bars().map(|(bar, _)| bar.top).fold(0.0, f64::max)
    }

    /// The bars with something to show, and the places of their labels.
    pub(super) fn bars(&self) -> impl Iterator<Item = (Bar, u32)> {
        (0_u32..).zip(&self.labels).flat_map(move |(place, _)| {
            let mut bottom = 0.0;
            let values = self.series.iter().map(move |series| {
                let at = usize::try_from(place).unwrap_or(usize::MAX);
                (series.colour, series.values.get(at).copied().unwrap_or_default())
            });
            let values = values.enumerate().filter(|(_, (_, value))| *value > 0.0);
            values.map(move |(series, (colour, value))| {
                let from = bottom;
                if self.is_stacked {
                    bottom += value;
                }
                (Bar { colour, side: self.side(series), bottom: from, top: from + value }, place)
            })
        })
    }

    fn side(&self, series: usize) -> Side {
        match (self.is_stacked || self.series.len() == 1, series) {
            (true, _) => Side::Whole,
            (false, 0) => Side::Left,
            (false, _) => Side::Right,
        }
    }
}

/// The charts of the figures; none where there is no order.
pub(super) fn panels(figures: &Figures, span: Span, today: NaiveDate) -> Vec<Panel> {
    let Some((step, bars)) = steps(figures, span, today) else { return Vec::new() };
    let labels: Vec<String> = bars.iter().map(|(begin, _)| step.label(*begin)).collect();
    let bars: Vec<Day> = bars.into_iter().map(|(_, bar)| bar).collect();
    let currencies = currencies(figures, &bars);
    let drawn = currencies.iter().take(CURRENCIES_MAX);
    let money = drawn.map(|(currency, spent)| of_money(step, &labels, &bars, *currency, *spent));
    let mut panels: Vec<Panel> =
        std::iter::once(of_orders(step, &labels, &bars)).chain(money).collect();
    let more = currencies.len().saturating_sub(CURRENCIES_MAX);
    if let Some(last) = panels.last_mut().filter(|_| more > 0) {
        let more = count(more, "more currency", "more currencies");
        last.title = format!("{} · {more} not drawn", last.title);
    }
    panels
}

/// The currencies in which something was spent, that of most orders first, with what it was; then those in which
/// something is paid alone.
fn currencies(figures: &Figures, bars: &[Day]) -> Vec<(Option<Currency>, i64)> {
    let spent = figures.currencies().into_iter().map(|(currency, spend)| (currency, spend.spent));
    let mut currencies: Vec<_> = spent.filter(|(_, spent)| *spent != 0).collect();
    let paid = bars.iter().flat_map(|bar| bar.payout.keys().copied());
    let mut paid: Vec<Option<Currency>> =
        paid.filter(|paid| currencies.iter().all(|(spent, _)| spent != paid)).collect();
    paid.sort_unstable_by_key(|currency| currency.map(|currency| currency.code()));
    paid.dedup();
    currencies.extend(paid.into_iter().map(|currency| (currency, 0)));
    currencies
}

/// The orders that were placed: those that were kept, and upon them those that were cancelled.
fn of_orders(step: Step, labels: &[String], bars: &[Day]) -> Panel {
    let placed: i64 = bars.iter().map(|bar| bar.orders).sum();
    let cancelled: i64 = bars.iter().map(|bar| bar.cancelled).sum();
    let kept = series(
        format!("Kept {}", grouped(placed - cancelled)),
        BLUE,
        bars.iter().map(|bar| (bar.orders - bar.cancelled).to_string()),
    );
    let lost = series(
        format!("Cancelled {}", grouped(cancelled)),
        RED,
        bars.iter().map(|bar| bar.cancelled.to_string()),
    );
    let title = format!("Orders per {} · {} placed", step.as_str(), grouped(placed));
    let series = std::iter::once(kept).chain(Some(lost).filter(|_| cancelled > 0)).collect();
    Panel { title, labels: labels.to_vec(), series, is_stacked: true }
}

/// What the orders of a currency cost, and beside it what buying groups pay in it.
fn of_money(
    step: Step,
    labels: &[String],
    bars: &[Day],
    currency: Option<Currency>,
    spent: i64,
) -> Panel {
    let code = currency.map_or("unknown currency", |currency| currency.code());
    let sum = |of: &Amounts| of.get(&currency).copied().unwrap_or_default();
    let paid = bars.iter().fold(0_i64, |paid, bar| paid.saturating_add(sum(&bar.payout)));
    let money = |minor| Money { minor, currency };
    let cost = series(
        format!("Cost {}", money(spent)),
        BLUE,
        bars.iter().map(|bar| money(sum(&bar.spent)).decimal()),
    );
    let payout = series(
        format!("Payout {}", money(paid)),
        YELLOW,
        bars.iter().map(|bar| money(sum(&bar.payout)).decimal()),
    );
    let title = match paid {
        0 => format!("Spend per {}, {code} · {}", step.as_str(), money(spent)),
        _ => format!("Cost and payout per {}, {code}", step.as_str()),
    };
    let series = std::iter::once(cost).chain(Some(payout).filter(|_| paid != 0)).collect();
    Panel { title, labels: labels.to_vec(), series, is_stacked: false }
}

fn series(name: String, colour: RGBColor, decimals: impl Iterator<Item = String>) -> Series {
    let values = decimals.map(|decimal| decimal.parse().unwrap_or_default()).collect();
    Series { name, colour, values }
}
