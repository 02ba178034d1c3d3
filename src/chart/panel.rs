//! One chart as it is drawn: its bars, and what stands at them. Pure.

use plotters::style::RGBColor;

use super::style::PAPER;

/// One chart.
pub(super) struct Panel {
    pub(super) title: String,
    /// What stands below the bars.
    pub(super) labels: Vec<String>,
    /// Of each bar whether it shows all of its time.
    pub(super) is_whole: Vec<bool>,
    /// What the legend says of the bars that do not, if there are any.
    pub(super) faint: Option<String>,
    /// What stands before the numbers of the axis and of the bars, where they are sums and no numbers of orders.
    pub(super) sign: Option<String>,
    /// The kinds of bars; each has a value for each label.
    pub(super) series: Vec<Series>,
    /// Whether the legend names the kinds.
    pub(super) names_kinds: bool,
}

/// Bars of one kind.
pub(super) struct Series {
    /// What the legend calls them.
    pub(super) name: String,
    /// What they come to, as the legend says it.
    pub(super) figure: String,
    pub(super) colour: RGBColor,
    pub(super) look: Look,
    pub(super) column: Column,
    pub(super) values: Vec<f64>,
}

/// Whether bars are filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Solid,
    /// A frame.
    Hollow,
}

/// Which part of the room above its label a stack of bars takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Whole,
    Left,
    Right,
}

/// One bar of a stack.
pub(super) struct Bar {
    pub(super) colour: RGBColor,
    pub(super) look: Look,
    pub(super) column: Column,
    pub(super) bottom: f64,
    pub(super) top: f64,
}

impl Series {
    /// Filled bars, as wide as there is room.
    pub(super) fn new(name: &str, figure: String, colour: RGBColor, values: Vec<f64>) -> Self {
        let (look, column) = (Look::Solid, Column::Whole);
        Self { name: name.to_owned(), figure, colour, look, column, values }
    }
}

impl Panel {
    /// How high the axis has to reach.
    pub(super) fn highest(&self) -> f64 {
        self.tops().into_iter().map(|(_, top, _)| top).fold(0.0, f64::max)
    }

    /// Whether there is one stack above each label, and none beside it.
    pub(super) fn is_one_each(&self) -> bool {
        self.series.iter().all(|series| series.column == Column::Whole)
    }

    /// The highest stack of each column.
    pub(super) fn highest_of_each(&self) -> Vec<(u32, f64, Column)> {
        let tops = self.tops();
        let highest = |column| {
            let of_column = tops.iter().filter(|(_, _, of)| *of == column);
            of_column.max_by(|(_, one, _), (_, other, _)| one.total_cmp(other)).copied()
        };
        [Column::Whole, Column::Left, Column::Right].into_iter().filter_map(highest).collect()
    }

    /// How high the stacks above each label are, where there is something to show.
    pub(super) fn tops(&self) -> Vec<(u32, f64, Column)> {
        let mut tops: Vec<(u32, f64, Column)> = Vec::new();
        for (bar, place) in self.bars() {
            match tops.last_mut() {
                Some((of, top, column)) if (*of, *column) == (place, bar.column) => *top = bar.top,
                _ => tops.push((place, bar.top, bar.column)),
            }
        }
        tops
    }

    /// The bars with something to show, and the places of their labels.
    pub(super) fn bars(&self) -> impl Iterator<Item = (Bar, u32)> {
        (0_u32..).zip(&self.labels).flat_map(move |(place, _)| {
            let at = usize::try_from(place).unwrap_or(usize::MAX);
            let is_whole = self.is_whole.get(at).copied().unwrap_or(true);
            let values = self.series.iter().map(move |series| (series, series.values.get(at)));
            let mut below = (Column::Whole, 0.0);
            values.filter_map(move |(series, value)| {
                let value = value.copied().filter(|value| *value > 0.0)?;
                let Series { look, column, colour, .. } = *series;
                let bottom = if below.0 == column { below.1 } else { 0.0 };
                below = (column, bottom + value);
                let colour = if is_whole { colour } else { faint(colour) };
                Some((Bar { colour, look, column, bottom, top: bottom + value }, place))
            })
        })
    }
}

/// A colour half way to the paper, for bars that show a part of their time.
pub(super) fn faint(colour: RGBColor) -> RGBColor {
    let mixed = |ink: u8, paper: u8| u8::midpoint(ink, paper);
    RGBColor(mixed(colour.0, PAPER.0), mixed(colour.1, PAPER.1), mixed(colour.2, PAPER.2))
}
