//! The figures as a picture: the orders, and below them a chart for each currency, never two of them on one
//! axis. Solid and dark, so that it can be read on a dark and on a light page.

use anyhow::Context;
use chrono::NaiveDate;
use plotters::backend::BitMapBackend;
use plotters::drawing::IntoDrawingArea;
use plotters::element::Text;

use crate::figures::Figures;
use crate::order::period::Span;

mod drawing;
mod legend;
mod numbers;
mod panel;
mod panels;
mod steps;
mod stores;
mod style;

use drawing::{draw_panel, text};
use legend::Legend;
use panel::Panel;
use panels::panels;
use style::{
    FAINT_INK, LARGE_PANELS, LINE_HEIGHT, MARGIN, PANEL_HEIGHT, PAPER, SMALL_PANEL_HEIGHT,
    TEXT_SIZE, WIDTH, register,
};

/// The orders and the spend of the figures as a PNG. `None`: there is nothing to draw.
///
/// # Errors
/// When the picture cannot be drawn.
pub fn png(figures: &Figures, span: Span, today: NaiveDate) -> anyhow::Result<Option<Vec<u8>>> {
    let (panels, also) = panels(figures, span, today);
    if panels.is_empty() {
        return Ok(None);
    }
    register()?;
    let panels: Vec<(Panel, Legend)> = panels
        .into_iter()
        .map(|panel| Legend::of(&panel).map(|legend| (panel, legend)))
        .collect::<Result<_, _>>()?;
    let charts: u32 = panels.iter().enumerate().map(|(at, (_, of))| panel_height(at, of)).sum();
    let height = if also.is_empty() { charts } else { charts + LINE_HEIGHT };
    let mut pixels = vec![0; usize::try_from(WIDTH * height)? * 3];
    draw(&panels, &also, height, &mut pixels)?;
    encode(&pixels, height).map(Some)
}

/// How high the chart in this place is.
fn panel_height(place: usize, legend: &Legend) -> u32 {
    let height = if place < LARGE_PANELS { PANEL_HEIGHT } else { SMALL_PANEL_HEIGHT };
    height + legend.more_height()
}

/// `also`: what stands below the charts, the longest form first; of several the first that has room.
fn draw(
    panels: &[(Panel, Legend)],
    also: &[String],
    height: u32,
    pixels: &mut [u8],
) -> anyhow::Result<()> {
    let area = BitMapBackend::with_buffer(pixels, (WIDTH, height)).into_drawing_area();
    area.fill(&PAPER).context("draw the background")?;
    let mut below = area.clone();
    for (place, (panel, legend)) in panels.iter().enumerate() {
        let (chart, rest) = below.split_vertically(panel_height(place, legend));
        draw_panel(panel, legend, &chart)?;
        below = rest;
    }
    let style = text(TEXT_SIZE, &FAINT_INK);
    for (place, said) in also.iter().enumerate() {
        let (width, _) = below.estimate_text_size(said, &style).context("lay out")?;
        if width <= WIDTH - 2 * MARGIN || place + 1 == also.len() {
            let at = (i32::try_from(MARGIN).context("lay out")?, 8);
            below.draw(&Text::new(said.clone(), at, style)).context("draw the other currencies")?;
            break;
        }
    }
    area.present().context("finish the picture")
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
