//! The figures as a picture: the orders, and below them a chart for each currency, never two of them on one
//! axis. Solid and dark, so that it can be read on a dark and on a light page.

use std::sync::OnceLock;

use anyhow::{Context, anyhow};
use chrono::NaiveDate;
use plotters::backend::BitMapBackend;
use plotters::chart::{ChartBuilder, LabelAreaPosition};
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont, RGBColor, TextStyle, register_font};

use crate::figures::Figures;
use crate::order::period::Span;

mod panels;
mod steps;

use panels::{Panel, Series, Side, panels};

const FONT: &str = "Roboto";
const FONT_BYTES: &[u8] = include_bytes!("../assets/fonts/Roboto-Regular.ttf");
/// Pixels. A phone shows the picture at about a third of them.
const WIDTH: u32 = 1_000;
const PANEL_HEIGHT: u32 = 480;
const TEXT_SIZE: i32 = 30;
const TITLE_SIZE: i32 = 36;
const LEFT: u32 = 130;
const BOTTOM: u32 = 54;
const TOP: i32 = 70;
/// Where several kinds of bars are told apart.
const LEGEND: i32 = 44;
const SWATCH: i32 = 24;
/// Labels that stand side by side without touching.
const LABELS_MAX: usize = 6;
/// A single bar is not as wide as the picture.
const WIDEST_BAR: f64 = 0.12;

const PAPER: RGBColor = RGBColor(0x1e, 0x1f, 0x22);
const INK: RGBColor = RGBColor(0xf2, 0xf3, 0xf5);
const FAINT_INK: RGBColor = RGBColor(0xb5, 0xba, 0xc1);
const GRID: RGBColor = RGBColor(0x3a, 0x3c, 0x42);
/// Of kept orders and of what they cost.
const BLUE: RGBColor = RGBColor(0x5b, 0xa3, 0xf5);
/// Of cancelled orders. Like the next one it is told from blue by those, too, who see no red or green.
const RED: RGBColor = RGBColor(0xf0, 0x8a, 0x74);
/// Of payouts.
const YELLOW: RGBColor = RGBColor(0xf2, 0xd2, 0x7a);

type Area<'a> = DrawingArea<BitMapBackend<'a>, Shift>;

/// The orders and the spend of the figures as a PNG. `None`: there is nothing to draw.
///
/// # Errors
/// When the picture cannot be drawn.
pub fn png(figures: &Figures, span: Span, today: NaiveDate) -> anyhow::Result<Option<Vec<u8>>> {
    let panels = panels(figures, span, today);
    if panels.is_empty() {
        return Ok(None);
    }
    let height = PANEL_HEIGHT * u32::try_from(panels.len()).context("count the charts")?;
    let mut pixels = vec![0; usize::try_from(WIDTH * height)? * 3];
    draw(&panels, height, &mut pixels)?;
    encode(&pixels, height).map(Some)
}

fn draw(panels: &[Panel], height: u32, pixels: &mut [u8]) -> anyhow::Result<()> {
    static REGISTERED: OnceLock<bool> = OnceLock::new();
    let registered =
        REGISTERED.get_or_init(|| register_font(FONT, FontStyle::Normal, FONT_BYTES).is_ok());
    if !registered {
        return Err(anyhow!("the font of the charts cannot be read"));
    }
    let area = BitMapBackend::with_buffer(pixels, (WIDTH, height)).into_drawing_area();
    area.fill(&PAPER).context("draw the background")?;
    for (panel, area) in panels.iter().zip(area.split_evenly((panels.len(), 1))) {
        draw_panel(panel, &area)?;
    }
    area.present().context("finish the picture")
}

fn draw_panel(panel: &Panel, area: &Area<'_>) -> anyhow::Result<()> {
    let title = Text::new(panel.title.clone(), (24, 18), text(TITLE_SIZE, &INK));
    area.draw(&title).context("draw the title")?;
    let has_legend = panel.series.len() > 1;
    if has_legend {
        draw_legend(&panel.series, area)?;
    }
    let count = f64::from(u32::try_from(panel.labels.len()).context("count the bars")?);
    let highest = panel.highest();
    let top = if highest > 0.0 { highest * 1.08 } else { 1.0 };
    let mut chart = ChartBuilder::on(area)
        .margin_top(if has_legend { TOP + LEGEND } else { TOP })
        .margin_right(28)
        .margin_bottom(8)
        .set_label_area_size(LabelAreaPosition::Left, LEFT)
        .set_label_area_size(LabelAreaPosition::Bottom, BOTTOM)
        .build_cartesian_2d(0.0..count, 0.0..top)
        .context("lay the chart out")?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .disable_x_axis()
        .y_labels(5)
        .max_light_lines(1)
        .axis_style(GRID)
        .bold_line_style(GRID)
        .light_line_style(PAPER)
        .y_label_style(text(TEXT_SIZE, &FAINT_INK))
        .y_label_formatter(&|value| short(*value))
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
    let (left, _) = area.get_base_pixel();
    let style = text(TEXT_SIZE, &FAINT_INK).pos(Pos::new(HPos::Center, VPos::Top));
    let every = panel.labels.len().div_ceil(LABELS_MAX).max(1);
    for (place, label) in (0_u32..).zip(&panel.labels).step_by(every) {
        let (x, y) = chart.backend_coord(&(f64::from(place) + 0.5, 0.0));
        let (_, above) = area.get_base_pixel();
        area.draw(&Text::new(label.clone(), (x - left, y - above + 12), style.clone()))
            .context("draw a label")?;
    }
    Ok(())
}

fn draw_legend(series: &[Series], area: &Area<'_>) -> anyhow::Result<()> {
    let style = text(TEXT_SIZE, &FAINT_INK);
    let mut x = 24;
    for series in series {
        let swatch = [(x, TOP - 10), (x + SWATCH, TOP - 10 + SWATCH)];
        area.draw(&Rectangle::new(swatch, series.colour.filled())).context("draw the legend")?;
        x += SWATCH + 12;
        let name = Text::new(series.name.clone(), (x, TOP - 6), style.clone());
        area.draw(&name).context("draw the legend")?;
        let (width, _) = area.estimate_text_size(&series.name, &style).context("lay out")?;
        x += i32::try_from(width).context("lay out")? + 36;
    }
    Ok(())
}

fn text(size: i32, ink: &RGBColor) -> TextStyle<'_> {
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

fn encode(pixels: &[u8], height: u32) -> anyhow::Result<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, WIDTH, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().context("begin the PNG")?;
    writer.write_image_data(pixels).context("write the PNG")?;
    writer.finish().context("finish the PNG")?;
    Ok(file)
}

#[cfg(test)]
mod tests;
