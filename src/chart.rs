//! The figures as a picture: the orders, and below them a chart for each currency, never two of them on one
//! axis. Solid and dark, so that it can be read on a dark and on a light page.

use std::sync::OnceLock;

use anyhow::{Context, anyhow};
use chrono::NaiveDate;
use plotters::backend::BitMapBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::Text;
use plotters::style::{FontStyle, RGBColor, register_font};

use crate::figures::Figures;
use crate::order::period::Span;

mod drawing;
mod legend;
mod numbers;
mod panel;
mod panels;
mod steps;
mod stores;

use drawing::{draw_panel, text};
use legend::Legend;
use panel::Panel;
use panels::panels;

const FONT: &str = "Roboto";
const FONT_BYTES: &[u8] = include_bytes!("../assets/fonts/Roboto-Regular.ttf");
/// Pixels. A phone shows the picture at about a third of them.
const WIDTH: u32 = 1_000;
const PANEL_HEIGHT: u32 = 480;
/// Of the orders and the currency of most of them there are large charts, of further currencies smaller ones.
const LARGE_PANELS: usize = 2;
const SMALL_PANEL_HEIGHT: u32 = 340;
/// Of the line about currencies without a chart.
const LINE_HEIGHT: u32 = 60;
const TEXT_SIZE: i32 = 30;
/// Of the numbers upon the bars.
const VALUE_SIZE: i32 = 26;
const TITLE_SIZE: i32 = 36;
const LEFT: u32 = 150;
const RIGHT: u32 = 28;
const BOTTOM: u32 = 54;
const TOP: i32 = 70;
/// Of a line in which kinds of bars are told apart.
const LEGEND: i32 = 44;
const SWATCH: i32 = 24;
/// Between a value and what is beside it.
const GAP: i32 = 4;
/// Between bars that stand upon one another.
const SEAM: i32 = 2;
/// How thick a frame is.
const FRAME: i32 = 2;
/// Beside the lines of text.
const MARGIN: u32 = 24;
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
/// Of the frames of cancelled orders.
const RED: RGBColor = RGBColor(0xf0, 0x8a, 0x74);
/// Of payouts. It is told from the colours of stores by those, too, who see no red or green.
const YELLOW: RGBColor = RGBColor(0xf2, 0xd2, 0x7a);

type Area<'a> = DrawingArea<BitMapBackend<'a>, Shift>;

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

/// Makes the font known, once.
fn register() -> anyhow::Result<()> {
    static REGISTERED: OnceLock<bool> = OnceLock::new();
    let registered =
        REGISTERED.get_or_init(|| register_font(FONT, FontStyle::Normal, FONT_BYTES).is_ok());
    if *registered { Ok(()) } else { Err(anyhow!("the font of the charts cannot be read")) }
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
