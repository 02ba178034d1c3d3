//! One chart, drawn.

use anyhow::Context;
use plotters::chart::{ChartBuilder, LabelAreaPosition};
use plotters::element::{Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, IntoFont, RGBColor, TextStyle};

use super::panels::{Panel, Side, faint};
use super::{
    Area, BLUE, BOTTOM, FAINT_INK, FONT, GAP, GRID, INK, LABELS_MAX, LEFT, LEGEND, PANEL_HEIGHT,
    PAPER, RIGHT, SWATCH, TEXT_SIZE, TITLE_SIZE, TOP, VALUE_SIZE, WIDEST_BAR, WIDTH,
};
use crate::count::grouped;

pub(super) fn draw_panel(panel: &Panel, area: &Area<'_>) -> anyhow::Result<()> {
    let title = Text::new(panel.title.clone(), (24, 18), text(TITLE_SIZE, &INK));
    area.draw(&title).context("draw the title")?;
    let legend = legend(panel);
    draw_legend(&legend, area)?;
    let count = f64::from(u32::try_from(panel.labels.len()).context("count the bars")?);
    let highest = panel.highest();
    let top = if highest > 0.0 { highest * 1.14 } else { 1.0 };
    let mut chart = ChartBuilder::on(area)
        .margin_top(if legend.is_empty() { TOP } else { TOP + LEGEND })
        .margin_right(RIGHT)
        .margin_bottom(8)
        .set_label_area_size(LabelAreaPosition::Left, LEFT)
        .set_label_area_size(LabelAreaPosition::Bottom, BOTTOM)
        .build_cartesian_2d(0.0..count, 0.0..top)
        .context("lay the chart out")?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .disable_x_axis()
        .y_labels(if area.dim_in_pixel().1 < PANEL_HEIGHT { 3 } else { 5 })
        .max_light_lines(1)
        .axis_style(GRID)
        .bold_line_style(GRID)
        .light_line_style(PAPER)
        .y_label_style(text(TEXT_SIZE, &FAINT_INK))
        .y_label_formatter(&|value| on_axis(panel, *value))
        .draw()
        .context("draw the grid")?;
    let half = (0.36_f64).min(count * WIDEST_BAR / 2.0);
    for (bar, place) in panel.bars() {
        let (from, to) = match bar.side {
            Side::Whole => (-half, half),
            Side::Left => (-half, 0.0),
            Side::Right => (0.0, half),
        };
        let middle = f64::from(place) + 0.5;
        let corners = [(middle + from, bar.bottom), (middle + to, bar.top)];
        chart
            .draw_series([Rectangle::new(corners, bar.colour.filled())])
            .context("draw the bars")?;
    }
    let (left, above) = area.get_base_pixel();
    let at = |place: u32, height: f64| {
        let (x, y) = chart.backend_coord(&(f64::from(place) + 0.5, height));
        (x - left, y - above)
    };
    draw_labels(panel, area, at)?;
    draw_values(panel, area, at)
}

/// What stands below the bars. `at`: where in the area a height above a label is.
fn draw_labels(
    panel: &Panel,
    area: &Area<'_>,
    at: impl Fn(u32, f64) -> (i32, i32),
) -> anyhow::Result<()> {
    let style = text(TEXT_SIZE, &FAINT_INK).pos(Pos::new(HPos::Center, VPos::Top));
    let right = i32::try_from(WIDTH).context("lay out")?;
    for (place, label) in labelled(&panel.labels) {
        let (x, y) = at(place, 0.0);
        // The last one may be wider than its bar.
        let (width, _) = area.estimate_text_size(label, &style).context("lay out")?;
        let x = x.min(right - i32::try_from(width / 2).context("lay out")? - 4);
        area.draw(&Text::new(label.to_owned(), (x, y + 12), style.clone()))
            .context("draw a label")?;
    }
    Ok(())
}

/// What stands upon the bars.
fn draw_values(
    panel: &Panel,
    area: &Area<'_>,
    at: impl Fn(u32, f64) -> (i32, i32),
) -> anyhow::Result<()> {
    let style = text(VALUE_SIZE, &INK).pos(Pos::new(HPos::Left, VPos::Bottom));
    let (first, last) = (i32::try_from(LEFT)?, i32::try_from(WIDTH)?);
    let mut taken: Vec<[i32; 4]> = Vec::new();
    for (place, value, side) in values(panel, area)? {
        let (middle, top) = at(place, value);
        let said = said(panel, value);
        let (width, height) = area.estimate_text_size(&said, &style).context("lay out")?;
        let (width, height) = (i32::try_from(width)?, i32::try_from(height)?);
        // Of two bars side by side the one's value ends where the other's begins.
        let left = match side {
            Side::Whole => middle - width / 2,
            Side::Left => middle - GAP - width,
            Side::Right => middle + GAP,
        };
        let (left, bottom) = (left.min(last - width - GAP).max(first), top - 4);
        let room = [left, bottom - height, left + width, bottom];
        if taken.iter().all(|other| !overlap(other, &room)) {
            area.draw(&Text::new(said, (left, bottom), style.clone())).context("draw a value")?;
            taken.push(room);
        }
    }
    Ok(())
}

/// Whether two boxes have a point in common; each by its left, upper, right and lower edge.
fn overlap(one: &[i32; 4], other: &[i32; 4]) -> bool {
    let ([left, top, right, bottom], [from, above, to, below]) = (one, other);
    left < to && from < right && top < below && above < bottom
}

/// The labels that have room: the last one always, since it may be today.
fn labelled(labels: &[String]) -> impl Iterator<Item = (u32, &str)> {
    let every = labels.len().div_ceil(LABELS_MAX).max(1);
    let last = labels.len().saturating_sub(1);
    let has_room =
        move |place: usize| place == last || (place.is_multiple_of(every) && last - place >= every);
    let labels = (0_u32..).zip(labels).enumerate();
    labels.filter(move |(place, _)| has_room(*place)).map(|(_, (at, label))| (at, label.as_str()))
}

/// The heights to be written upon the bars: of all where they have room, else of the highest; where two kinds stand
/// side by side, of the highest of each.
fn values(panel: &Panel, area: &Area<'_>) -> anyhow::Result<Vec<(u32, f64, Side)>> {
    if !panel.is_one_each() {
        return Ok(panel.highest_of_each());
    }
    let tops = panel.tops();
    let style = text(VALUE_SIZE, &INK);
    let mut widest = 0;
    for value in &tops {
        let (width, _) =
            area.estimate_text_size(&said(panel, *value), &style).context("lay out")?;
        widest = widest.max(width);
    }
    let count = u32::try_from(tops.len().max(1)).context("count the bars")?;
    let tops = (0..).zip(tops).filter(|(_, value)| *value > 0.0);
    let tops = tops.map(|(place, value)| (place, value, Side::Whole));
    if widest + 6 <= (WIDTH - LEFT - RIGHT) / count {
        return Ok(tops.collect());
    }
    Ok(tops.max_by(|(_, one, _), (_, other, _)| one.total_cmp(other)).into_iter().collect())
}

/// A number of the axis. There is no half of an order.
fn on_axis(panel: &Panel, value: f64) -> String {
    if panel.counts && value.fract() != 0.0 {
        return String::new();
    }
    format!("{}{}", panel.sign, short(value))
}

/// A value as it stands upon its bar.
fn said(panel: &Panel, value: f64) -> String {
    if value < 10_000.0 {
        #[expect(clippy::cast_possible_truncation, reason = "it is below ten thousand")]
        let whole = value.round() as i64;
        return format!("{}{}", panel.sign, grouped(whole));
    }
    format!("{}{}", panel.sign, short(value))
}

/// What the legend names: the kinds of bars, where there are several, and those that show a part of their time.
fn legend(panel: &Panel) -> Vec<(RGBColor, String)> {
    let kinds = panel.series.iter().map(|series| (series.colour, series.name.clone()));
    let kinds = kinds.filter(|_| panel.series.len() > 1);
    kinds.chain(panel.faint.iter().map(|said| (faint(BLUE), said.clone()))).collect()
}

fn draw_legend(legend: &[(RGBColor, String)], area: &Area<'_>) -> anyhow::Result<()> {
    let style = text(TEXT_SIZE, &FAINT_INK);
    let mut x = 24;
    for (colour, name) in legend {
        let swatch = [(x, TOP - 10), (x + SWATCH, TOP - 10 + SWATCH)];
        area.draw(&Rectangle::new(swatch, colour.filled())).context("draw the legend")?;
        x += SWATCH + 12;
        let shown = Text::new(name.clone(), (x, TOP - 6), style.clone());
        area.draw(&shown).context("draw the legend")?;
        let (width, _) = area.estimate_text_size(name, &style).context("lay out")?;
        x += i32::try_from(width).context("lay out")? + 36;
    }
    Ok(())
}

pub(super) fn text(size: i32, ink: &RGBColor) -> TextStyle<'_> {
    TextStyle::from((FONT, size).into_font()).color(ink)
}

/// A number as short as an axis wants it: `950`, `1.5k`, `2M`.
fn short(value: f64) -> String {
    let (value, unit) = match value.abs() {
        1e9.. => (value / 1e9, "B"),
        1e6.. => (value / 1e6, "M"),
        1e3.. => (value / 1e3, "k"),
        _ => (value, ""),
    };
    let text = format!("{value:.2}");
    format!("{}{unit}", text.trim_end_matches('0').trim_end_matches('.'))
}
