//! An embed as a card with its bar of colour.

use serde_json::Value;

use super::colours::{FAINT, INK};
use super::drawing::{Drawing, Style};
use crate::json::{is_set, list, number, text};

/// The widest card, as in Discord.
const CARD: f64 = 516.0;
/// The space between the card's edge and its text.
const PAD: f64 = 16.0;
/// The side of the small picture at the right.
const THUMBNAIL: f64 = 80.0;
/// How many inline fields stand side by side.
const COLUMNS: usize = 3;

/// Draws an embed below what is there.
pub(super) fn draw(drawing: &mut Drawing, embed: &Value, left: f64) {
    let (top, mark) = (drawing.y + 6.0, drawing.mark());
    drawing.y = top + 10.0;
    let thumbnail = !part_url(embed, "thumbnail").is_empty();
    let (x, full) = (left + PAD, CARD - 2.0 * PAD);
    let beside = if thumbnail { full - THUMBNAIL - PAD } else { full };
    let strong = |size: f64, colour| Style { bold: true, ..Style::new(size, colour) };
    let author = embed.get("author").map(|author| text(author, "name")).unwrap_or_default();
    paragraph(drawing, author, x, beside, &strong(13.0, "#ffffff"));
    let title = if text(embed, "url").is_empty() { "#ffffff" } else { "#00a8fc" };
    paragraph(drawing, text(embed, "title"), x, beside, &strong(16.0, title));
    paragraph(drawing, text(embed, "description"), x, beside, &Style::new(14.0, INK));
    fields(drawing, list(embed, "fields"), x, beside);
    if thumbnail {
        placeholder(drawing, left + CARD - PAD - THUMBNAIL, top + PAD, THUMBNAIL, THUMBNAIL);
        drawing.y = drawing.y.max(top + PAD + THUMBNAIL);
    }
    if !part_url(embed, "image").is_empty() {
        let at = drawing.y + 12.0;
        placeholder(drawing, x, at, full, 180.0);
        drawing.y = at + 180.0;
    }
    let footer = embed.get("footer").map(|footer| text(footer, "text")).unwrap_or_default();
    let date = text(embed, "timestamp").get(..16).map(|time| time.replace('T', " "));
    let parts = [footer.to_owned(), date.unwrap_or_default()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    paragraph(drawing, &parts.join(" · "), x, full, &Style::new(12.0, FAINT));

    let bottom = drawing.y + 14.0;
    let colour = format!("#{:06x}", number(embed, "color").unwrap_or(0x1e_1f22) & 0xff_ffff);
    drawing.rectangle((left, top), (CARD, bottom - top), 4.0, "#2b2d31");
    drawing.rectangle((left, top), (4.0, bottom - top), 2.0, &colour);
    drawing.move_behind(mark, 2);
    drawing.y = bottom + 4.0;
}

fn part_url<'a>(embed: &'a Value, name: &str) -> &'a str {
    embed.get(name).map(|part| text(part, "url")).unwrap_or_default()
}

fn paragraph(drawing: &mut Drawing, words: &str, x: f64, width: f64, style: &Style) {
    if !words.is_empty() {
        drawing.down(6.0);
        drawing.paragraph(words, x, width, style);
    }
}

fn fields(drawing: &mut Drawing, fields: &[Value], x: f64, width: f64) {
    let mut rest = fields;
    while !rest.is_empty() {
        let inline = rest.iter().take_while(|field| is_set(field, "inline")).count();
        let count = inline.clamp(1, COLUMNS).min(rest.len());
        let (row, after) = rest.split_at(count);
        let step = width / if count == 1 { 1.0 } else { 3.0 };
        let (top, mut bottom, mut left) = (drawing.y, drawing.y, x);
        for field in row {
            drawing.y = top;
            let name = Style { bold: true, ..Style::new(13.0, "#ffffff") };
            paragraph(drawing, text(field, "name"), left, step - 8.0, &name);
            drawing.paragraph(text(field, "value"), left, step - 8.0, &Style::new(14.0, INK));
            bottom = bottom.max(drawing.y);
            left += step;
        }
        drawing.y = bottom + 2.0;
        rest = after;
    }
}

/// Where Discord would show a picture from the internet.
fn placeholder(drawing: &mut Drawing, x: f64, y: f64, width: f64, height: f64) {
    drawing.rectangle((x, y), (width, height), 6.0, "#3f4147");
    let style = Style::new(32.0, INK);
    drawing.text("🖼", x + width / 2.0 - 20.0, y + height / 2.0 + 12.0, &style);
}
