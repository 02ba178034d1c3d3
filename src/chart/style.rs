//! How charts look: their font, measures and colours.

use std::sync::OnceLock;

use anyhow::anyhow;
use plotters::backend::BitMapBackend;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::style::{FontStyle, RGBColor, register_font};

pub(super) const FONT: &str = "Roboto";
const FONT_BYTES: &[u8] = include_bytes!("../../assets/fonts/Roboto-Regular.ttf");
/// Pixels. A phone shows the picture at about a third of them.
pub(super) const WIDTH: u32 = 1_000;
pub(super) const PANEL_HEIGHT: u32 = 480;
/// Of the orders and the currency of most of them there are large charts, of further currencies smaller ones.
pub(super) const LARGE_PANELS: usize = 2;
pub(super) const SMALL_PANEL_HEIGHT: u32 = 340;
/// Of the line about currencies without a chart.
pub(super) const LINE_HEIGHT: u32 = 60;
pub(super) const TEXT_SIZE: i32 = 30;
/// Of the numbers upon the bars.
pub(super) const VALUE_SIZE: i32 = 26;
pub(super) const TITLE_SIZE: i32 = 36;
pub(super) const LEFT: u32 = 150;
pub(super) const RIGHT: u32 = 28;
pub(super) const BOTTOM: u32 = 54;
pub(super) const TOP: i32 = 70;
/// Of a line in which kinds of bars are told apart.
pub(super) const LEGEND: i32 = 44;
pub(super) const SWATCH: i32 = 24;
/// Between a value and what is beside it.
pub(super) const GAP: i32 = 4;
/// Between bars that stand upon one another.
pub(super) const SEAM: i32 = 2;
/// How thick a frame is.
pub(super) const FRAME: i32 = 2;
/// Beside the lines of text.
pub(super) const MARGIN: u32 = 24;
/// Labels that stand side by side without touching.
pub(super) const LABELS_MAX: usize = 6;
/// A single bar is not as wide as the picture.
pub(super) const WIDEST_BAR: f64 = 0.12;

pub(super) const PAPER: RGBColor = RGBColor(0x1e, 0x1f, 0x22);
pub(super) const INK: RGBColor = RGBColor(0xf2, 0xf3, 0xf5);
pub(super) const FAINT_INK: RGBColor = RGBColor(0xb5, 0xba, 0xc1);
pub(super) const GRID: RGBColor = RGBColor(0x3a, 0x3c, 0x42);
/// Of kept orders and of what they cost.
pub(super) const BLUE: RGBColor = RGBColor(0x5b, 0xa3, 0xf5);
/// Of the frames of cancelled orders.
pub(super) const RED: RGBColor = RGBColor(0xf0, 0x8a, 0x74);
/// Of payouts. It is told from the colours of stores by those, too, who see no red or green.
pub(super) const YELLOW: RGBColor = RGBColor(0xf2, 0xd2, 0x7a);

pub(super) type Area<'a> = DrawingArea<BitMapBackend<'a>, Shift>;

/// Makes the font known, once.
pub(super) fn register() -> anyhow::Result<()> {
    static REGISTERED: OnceLock<bool> = OnceLock::new();
    let registered =
        REGISTERED.get_or_init(|| register_font(FONT, FontStyle::Normal, FONT_BYTES).is_ok());
    if *registered { Ok(()) } else { Err(anyhow!("the font of the charts cannot be read")) }
}
