//! Which bars are which: in as many lines as it takes.

use anyhow::Context;
use plotters::element::Text;
use plotters::style::{IntoFont, RGBColor};

use super::drawing::{draw_box, text};
use super::panel::{Look, Panel, faint};
use super::style::{Area, FAINT_INK, FONT, LEGEND, MARGIN, SWATCH, TEXT_SIZE, TOP, WIDTH};

/// Between a swatch and its name.
const BESIDE: i32 = 12;
/// Between a name and the next swatch.
const APART: i32 = 36;
/// What a name may take, so that two stand in a line.
const NAME_WIDTH: i32 = 330;
/// Colours of one swatch.
const STRIPES: usize = 3;

/// What stands below the title of a chart.
pub(super) struct Legend {
    entries: Vec<Entry>,
    /// How many there are.
    pub(super) lines: i32,
}

struct Entry {
    /// Beside one another in the swatch.
    colours: Vec<RGBColor>,
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
            wanted.push((vec![series.colour], series.look, said));
        }
        if let Some(said) = &panel.faint {
            // All kinds are fainter, and no one of them is meant.
            let kinds = panel.series.iter().take(STRIPES).map(|series| faint(series.colour));
            wanted.push((kinds.collect(), Look::Solid, said.clone()));
        }
        let (from, to) = (i32::try_from(MARGIN)?, i32::try_from(WIDTH - MARGIN)?);
        let (mut entries, mut line, mut left) = (Vec::new(), 0, from);
        for (colours, look, said) in wanted {
            let width = SWATCH + BESIDE + width(&said)?;
            if left > from && left + width > to {
                (line, left) = (line + 1, from);
            }
            entries.push(Entry { colours, look, said, line, left });
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
        for Entry { colours, look, said, line, left } in &self.entries {
            let top = TOP - 10 + line * LEGEND;
            let stripe = SWATCH / i32::try_from(colours.len().max(1)).context("draw a swatch")?;
            for (place, colour) in (0..).zip(colours) {
                let from = left + place * stripe;
                draw_box(area, [(from, top), (from + stripe, top + SWATCH)], *colour, *look)?;
            }
            let shown = Text::new(said.clone(), (left + SWATCH + BESIDE, top + 4), style.clone());
            area.draw(&shown).context("draw the legend")?;
        }
        Ok(())
    }
}

/// A name that has room and that the font can write; what is left out is an ellipsis.
fn shortened(name: &str) -> anyhow::Result<String> {
    let written: String =
        name.chars().filter(|letter| letter.is_whitespace() || is_written(*letter)).collect();
    let mut shown = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut is_whole = written.len() == name.len();
    while width(&shown)? > NAME_WIDTH && shown.pop().is_some() {
        is_whole = false;
    }
    Ok(if is_whole { shown } else { format!("{}…", shown.trim_end()) })
}

/// Whether the font has a letter: those of the Latin, Greek and Cyrillic alphabets, and some signs.
const fn is_written(letter: char) -> bool {
    matches!(letter, ' '..='\u{52f}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2026}' | '€' | '™')
}

fn width(said: &str) -> anyhow::Result<i32> {
    let (width, _) = (FONT, TEXT_SIZE).into_font().box_size(said).context("lay the legend out")?;
    i32::try_from(width).context("lay the legend out")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_where_they_are_long_and_where_the_font_has_no_letters() {
        crate::chart::style::register().unwrap();
        for (name, shown) in [
            ("Best Buy US", "Best Buy US"),
            ("Größe & Söhne 東京店 🛍️", "Größe & Söhne…"),
            ("ポケモンセンター", "…"),
            ("Store\nof\ttwo lines", "Store of two lines"),
        ] {
            assert_eq!(shortened(name).unwrap(), shown);
        }
        let long = shortened(&"Wide Name ".repeat(9)).unwrap();
        assert!(long.ends_with('…') && width(&long).unwrap() < NAME_WIDTH + 40, "{long}");
    }
}
