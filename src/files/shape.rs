//! In which form messages stand in a file, judged by its beginning.

use std::io;

use serde_json::Value;

use super::exporter::text::{is_exporter_text, unread_date};
use super::json::scan::value_end;
use super::json::values::{Home, export_head, home_behind};
use super::refusal::Refusal;
use super::table::is_table;
use super::window::Window;

/// Of a file's text, what is looked at, in bytes.
const SAMPLE: usize = 256 * 1024;

/// How messages stand in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    Nothing,
    /// JSON values, one after the other, in arrays, or in exports; with what the first export says behind
    /// its messages of where they were posted.
    Values(Home),
    /// A JSON value a line: a garbled one costs no other.
    Lines,
    /// DiscordChatExporter's plain text.
    ExporterText,
    /// Text copied from Discord, or typed.
    Text,
    Refused(Refusal),
}

/// The shape of a file. What is taken of the window is lost: open another one to read the messages.
pub(super) fn shape(window: &mut Window<'_>) -> io::Result<Shape> {
    window.read_to(SAMPLE)?;
    let blank = window.rest().len() - window.rest().trim_start().len();
    window.take(blank);
    window.read_to(SAMPLE)?;
    let text = window.rest();
    if text.trim().is_empty() {
        return Ok(Shape::Nothing);
    }
    if let Some(refusal) = Refusal::of_beginning(text) {
        return Ok(Shape::Refused(refusal));
    }
    let inner = text.strip_prefix('[').map(str::trim_start);
    if inner.is_some_and(|inner| inner.starts_with(['{', ']', '"', '[']) || inner.is_empty()) {
        let is_ours = holds_orders(window)?;
        return Ok(if is_ours {
            Shape::Refused(Refusal::Orders)
        } else {
            Shape::Values(Home::default())
        });
    }
    if text.starts_with('{')
        && let Some(head) = export_head(window)?
    {
        return Ok(Shape::Values(home_behind(window, &head)?));
    }
    Ok(of_text(window.rest(), window.has_all(), window.line()))
}

/// The shape of what begins with no value, and at this line.
fn of_text(text: &str, is_all: bool, line: usize) -> Shape {
    if is_json_lines(text, is_all) {
        return Shape::Lines;
    }
    if text.starts_with('{') {
        return Shape::Values(Home::default());
    }
    if is_exporter_text(text) {
        return match unread_date(text) {
            Some((index, date)) => Shape::Refused(Refusal::Date { line: line + index, date }),
            None => Shape::ExporterText,
        };
    }
    if is_table(text) { Shape::Refused(Refusal::Table) } else { Shape::Text }
}

/// Whether at least half of several lines are objects: a garbled line among them is an error of its own.
fn is_json_lines(text: &str, is_all: bool) -> bool {
    // The last line may go on behind the sample.
    let text = if is_all { text } else { text.rsplit_once('\n').map_or("", |(lines, _)| lines) };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (mut all, mut objects) = (0_usize, 0_usize);
    for line in lines {
        all += 1;
        objects += usize::from(line.starts_with('{') && line.trim_end_matches(',').ends_with('}'));
    }
    all > 1 && objects * 2 >= all
}

/// Whether the array that the rest begins with holds orders, as `export` writes them.
fn holds_orders(window: &mut Window<'_>) -> io::Result<bool> {
    let from = window.rest().find('{').unwrap_or_default();
    let Some(end) = value_end(window, from)? else { return Ok(false) };
    let first = window.rest().get(from..end).and_then(|text| serde_json::from_str(text).ok());
    let has = |key: &str| first.as_ref().is_some_and(|first: &Value| first.get(key).is_some());
    Ok(has("order_number") && has("ordered_at") && !has("content") && !has("embeds"))
}
