//! One chart, drawn.

use anyhow::Context;
use plotters::chart::{ChartBuilder, LabelAreaPosition};
use plotters::element::{Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, IntoFont, RGBColor, TextStyle};

use super::legend::Legend;
use super::numbers::{said, short};
use super::panel::{Column, Look, Panel};
use super::style::{
    Area, BOTTOM, FAINT_INK, FONT, FRAME, GAP, GRID, INK, LABELS_MAX, LEFT, LEGEND, PANEL_HEIGHT,
    PAPER, RIGHT, SEAM, TEXT_SIZE, TITLE_SIZE, TOP, VALUE_SIZE, WIDEST_BAR, WIDTH,
};

pub(super) fn draw_panel(panel: &Panel, legend: &Legend, area: &Area<'_>) -> anyhow::Result<()> {
    let title = Text::new(panel.title.clone(), (24, 18), text(TITLE_SIZE, &INK));
    area.draw(&title).context("draw the title")?;
    legend.draw(area)?;
    let count = f64::from(u32::try_from(panel.labels.len()).context("count the bars")?);
    let highest = panel.highest();
    let top = if highest > 0.0 { highest * 1.14 } else { 1.0 };
    let is_small = area.dim_in_pixel().1 < PANEL_HEIGHT + legend.more_height();
    let mut chart = ChartBuilder::on(area)
        .margin_top(TOP + LEGEND * legend.lines)
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
        .y_labels(if is_small { 3 } else { 5 })
        .max_light_lines(1)
        .axis_style(GRID)
        .bold_line_style(GRID)
        .light_line_style(PAPER)
        .y_label_style(text(TEXT_SIZE, &FAINT_INK))
        .y_label_formatter(&|value| on_axis(panel, *value))
        .draw()
        .context("draw the grid")?;
    let (left, above) = area.get_base_pixel();
    let at = |across: f64, height: f64| {
        let (x, y) = chart.backend_coord(&(across, height));
        (x - left, y - above)
    };
    draw_bars(panel, area, at)?;
    let above_label = |place: u32, height: f64| at(f64::from(place) + 0.5, height);
    draw_labels(panel, area, above_label)?;
    draw_values(panel, area, above_label)
}

/// The bars, with a gap between those that stand upon one another. `at`: where in the area a place of the chart is.
fn draw_bars(
    panel: &Panel,
    area: &Area<'_>,
    at: impl Fn(f64, f64) -> (i32, i32),
) -> anyhow::Result<()> {
    let count = f64::from(u32::try_from(panel.labels.len()).context("count the bars")?);
    let half = (0.36_f64).min(count * WIDEST_BAR / 2.0);
    for (bar, place) in panel.bars() {
        let (from, to) = match bar.column {
            Column::Whole => (-half, half),
            Column::Left => (-half, 0.0),
            Column::Right => (0.0, half),
        };
        let middle = f64::from(place) + 0.5;
        let ((left, bottom), (right, top)) =
            (at(middle + from, bar.bottom), at(middle + to, bar.top));
        let gap = if bar.bottom > 0.0 { SEAM } else { 0 };
        // The smallest bar is still a line.
        let corners = [(left, top), (right, (bottom - gap).max(top + 1))];
        draw_box(area, corners, bar.colour, bar.look)?;
    }
    Ok(())
}

/// A filled box, or a frame where it has room for one.
pub(super) fn draw_box(
    area: &Area<'_>,
    [(left, top), (right, bottom)]: [(i32, i32); 2],
    colour: RGBColor,
    look: Look,
) -> anyhow::Result<()> {
    let filled = Rectangle::new([(left, top), (right, bottom)], colour.filled());
    area.draw(&filled).context("draw a box")?;
    let inner = [(left + FRAME, top + FRAME), (right - FRAME, bottom - FRAME)];
    if look == Look::Hollow && right - left > 3 * FRAME && bottom - top > 2 * FRAME {
        area.draw(&Rectangle::new(inner, PAPER.filled())).context("draw a frame")?;
    }
    Ok(())
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
    for (place, value, column) in values(panel, area)? {
        let (middle, top) = at(place, value);
        let said = upon(panel, value);
        let (width, height) = area.estimate_text_size(&said, &style).context("lay out")?;
        let (width, height) = (i32::try_from(width)?, i32::try_from(height)?);
        // Of two bars side by side the one's value ends where the other's begins.
        let left = match column {
            Column::Whole => middle - width / 2,
            Column::Left => middle - GAP - width,
            Column::Right => middle + GAP,
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
fn values(panel: &Panel, area: &Area<'_>) -> anyhow::Result<Vec<(u32, f64, Column)>> {
    if !panel.is_one_each() {
        return Ok(panel.highest_of_each());
    }
    let tops = panel.tops();
    let style = text(VALUE_SIZE, &INK);
    let mut widest = 0;
    for (_, value, _) in &tops {
        let (width, _) =
            area.estimate_text_size(&upon(panel, *value), &style).context("lay out")?;
        widest = widest.max(width);
    }
    let count = u32::try_from(panel.labels.len().max(1)).context("count the bars")?;
    if widest + 6 <= (WIDTH - LEFT - RIGHT) / count {
        return Ok(tops);
    }
    Ok(panel.highest_of_each())
}

/// A number of the axis. There is no half of an order.
fn on_axis(panel: &Panel, value: f64) -> String {
    match &panel.sign {
        None if value.fract() != 0.0 => String::new(),
        None => short(value),
        Some(sign) => format!("{sign}{}", short(value)),
    }
}

/// A value as it stands upon its bar.
fn upon(panel: &Panel, value: f64) -> String {
    said(panel.sign.as_deref().unwrap_or_default(), value)
}

pub(super) fn text(size: i32, ink: &RGBColor) -> TextStyle<'_> {
    TextStyle::from((FONT, size).into_font()).color(ink)
}
