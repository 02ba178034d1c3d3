//! Which bars are which: in as many lines as it takes.

use anyhow::Context;
use plotters::element::Text;
use plotters::style::{IntoFont, RGBColor};

use super::drawing::{draw_box, text};
use super::panel::{Look, Panel, faint};
use super::{Area, BLUE, FAINT_INK, FONT, LEGEND, MARGIN, SWATCH, TEXT_SIZE, TOP, WIDTH};

/// Between a swatch and its name.
const BESIDE: i32 = 12;
/// Between a name and the next swatch.
const APART: i32 = 36;
/// What a name may take, so that two stand in a line.
const NAME_WIDTH: i32 = 330;

/// What stands below the title of a chart.
pub(super) struct Legend {
    entries: Vec<Entry>,
    /// How many there are.
    pub(super) lines: i32,
}

struct Entry {
    colour: RGBColor,
    look: Look,
    said: String,
    line: i32,
    left: i32,
}

impl Legend {
    /// The kinds of bars, where there are several, and those that show a part of their time.
    pub(super) fn of(panel: &Panel) -> anyhow::Result<Self> {
        let mut wanted = Vec::new();
        for series in panel.series.iter().filter(|_| panel.names_kinds) {
            let said = format!("{} {}", shortened(&series.name)?, series.figure);
            wanted.push((series.colour, series.look, said));
        }
        if let Some(said) = &panel.faint {
            let colour = panel.series.first().map_or(BLUE, |series| series.colour);
            wanted.push((faint(colour), Look::Solid, said.clone()));
        }
        let (from, to) = (i32::try_from(MARGIN)?, i32::try_from(WIDTH - MARGIN)?);
        let (mut entries, mut line, mut left) = (Vec::new(), 0, from);
        for (colour, look, said) in wanted {
            let width = SWATCH + BESIDE + width(&said)?;
            if left > from && left + width > to {
                (line, left) = (line + 1, from);
            }
            entries.push(Entry { colour, look, said, line, left });
            left += width + APART;
        }
        let lines = if entries.is_empty() { 0 } else { line + 1 };
        Ok(Self { entries, lines })
    }

    /// How much higher than a chart with one line this one is.
    pub(super) fn more_height(&self) -> u32 {
        u32::try_from(LEGEND * (self.lines - 1).max(0)).unwrap_or_default()
    }

    pub(super) fn draw(&self, area: &Area<'_>) -> anyhow::Result<()> {
        let style = text(TEXT_SIZE, &FAINT_INK);
        for Entry { colour, look, said, line, left } in &self.entries {
            let top = TOP - 10 + line * LEGEND;
            draw_box(area, [(*left, top), (left + SWATCH, top + SWATCH)], *colour, *look)?;
            let shown = Text::new(said.clone(), (left + SWATCH + BESIDE, top + 4), style.clone());
            area.draw(&shown).context("draw the legend")?;
        }
        Ok(())
    }
}

/// A name that has room, cut where it has not.
fn shortened(name: &str) -> anyhow::Result<String> {
    let mut shown: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if width(&shown)? <= NAME_WIDTH {
        return Ok(shown);
    }
    while width(&shown)? > NAME_WIDTH && shown.pop().is_some() {}
    Ok(format!("{}…", shown.trim_end()))
}

fn width(said: &str) -> anyhow::Result<i32> {
    let (width, _) = (FONT, TEXT_SIZE).into_font().box_size(said).context("lay the legend out")?;
    i32::try_from(width).context("lay the legend out")
}
