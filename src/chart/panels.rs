//! What a picture of figures shows: charts with their titles and bars. Pure.

use chrono::NaiveDate;
use plotters::style::RGBColor;

use super::steps::{Bar as Counted, Part, Step, steps};
use super::{BLUE, PAPER, RED, YELLOW};
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

/// One chart.
pub(super) struct Panel {
    pub(super) title: String,
    /// What stands below the bars.
    pub(super) labels: Vec<String>,
    /// Of each bar whether it shows all of its time.
    pub(super) is_whole: Vec<bool>,
    /// What the legend says of the bars that do not, if there are any.
    pub(super) faint: Option<String>,
    /// Whether the bars are numbers of orders, and no sums.
    pub(super) counts: bool,
    /// What stands before the numbers of the axis and of the bars.
    pub(super) sign: String,
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

/// One bar, or a part of a stack of them.
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

    /// Whether there is one bar or one stack above each label.
    pub(super) fn is_one_each(&self) -> bool {
        self.is_stacked || self.series.len() == 1
    }

    /// The highest bar of each kind, where they stand side by side.
    pub(super) fn highest_of_each(&self) -> Vec<(u32, f64, Side)> {
        let highest = |(series, of): (usize, &Series)| {
            let values = (0_u32..).zip(of.values.iter().copied()).filter(|(_, value)| *value > 0.0);
            let (place, value) = values.max_by(|(_, one), (_, other)| one.total_cmp(other))?;
            Some((place, value, self.side(series)))
        };
        self.series.iter().enumerate().filter_map(highest).collect()
    }

    /// How high the bar or the stack stands above each label.
    pub(super) fn tops(&self) -> Vec<f64> {
        let top = |place: usize| {
            let values = self.series.iter().map(|series| series.values.get(place).copied());
            values.map(Option::unwrap_or_default).sum()
        };
        (0..self.labels.len()).map(top).collect()
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
                let colour = if self.is_whole(place) { colour } else { faint(colour) };
                (Bar { colour, side: self.side(series), bottom: from, top: from + value }, place)
            })
        })
    }

    fn is_whole(&self, place: u32) -> bool {
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        self.is_whole.get(place).copied().unwrap_or(true)
    }

    fn side(&self, series: usize) -> Side {
        match (self.is_one_each(), series) {
            (true, _) => Side::Whole,
            (false, 0) => Side::Left,
            (false, _) => Side::Right,
        }
    }
}

/// A colour half way to the paper, for bars that show a part of their time.
pub(super) fn faint(colour: RGBColor) -> RGBColor {
    let mixed = |ink: u8, paper: u8| u8::midpoint(ink, paper);
    RGBColor(mixed(colour.0, PAPER.0), mixed(colour.1, PAPER.1), mixed(colour.2, PAPER.2))
}

/// What all charts of a picture have in common.
struct Axis {
    step: Step,
    labels: Vec<String>,
    is_whole: Vec<bool>,
    faint: Option<String>,
    bars: Vec<Day>,
}

impl Axis {
    fn new(step: Step, bars: Vec<Counted>) -> Self {
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
        }
    }

    fn panel(&self, title: String, sign: String, series: Vec<Series>, is_stacked: bool) -> Panel {
        let Self { labels, is_whole, faint, .. } = self;
        let (labels, is_whole, faint) = (labels.clone(), is_whole.clone(), faint.clone());
        let counts = is_stacked;
        Panel { title, labels, is_whole, faint, counts, sign, series, is_stacked }
    }
}

/// The charts of the figures, and a line about the currencies that have none, the longest form of it first; no charts
/// where there is no order.
pub(super) fn panels(figures: &Figures, span: Span, today: NaiveDate) -> (Vec<Panel>, Vec<String>) {
    let Some((step, bars)) = steps(figures, span, today) else { return (Vec::new(), Vec::new()) };
    let axis = Axis::new(step, bars);
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

/// The orders that were placed: those that were kept, and upon them those that were cancelled.
fn of_orders(axis: &Axis) -> Panel {
    let (step, bars) = (axis.step, &axis.bars);
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
    axis.panel(title, String::new(), series, true)
}

/// What the orders of a currency cost, and beside it what buying groups pay in it.
fn of_money(axis: &Axis, currency: Option<Currency>, spent: i64) -> Panel {
    let (step, bars) = (axis.step, &axis.bars);
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
    axis.panel(title, currency.map(sign_of).unwrap_or_default(), series, false)
}

fn series(name: String, colour: RGBColor, decimals: impl Iterator<Item = String>) -> Series {
    let values = decimals.map(|decimal| decimal.parse().unwrap_or_default()).collect();
    Series { name, colour, values }
}
