//! An embed as a box.

use serde_json::Value;

use super::lines::{padded, width, wrapped};
use super::plain::plain;
use crate::json::{is_set, list, text};
use crate::world::World;

/// How many inline fields stand side by side.
const COLUMNS: usize = 3;
/// The space between them.
const GAP: usize = 2;
/// The widest box: Discord's cards do not fill the window either.
pub(super) const CARD_WIDTH_MAX: usize = 84;

/// The lines of an embed, with its frame, no wider than this.
pub(super) fn card(world: &World, embed: &Value, columns: usize) -> Vec<String> {
    let inner = columns.min(CARD_WIDTH_MAX) - 4;
    let part = |name: &str| embed.get(name).unwrap_or(&Value::Null);
    let mut lines = Vec::new();
    lines.extend(wrapped(text(part("author"), "name"), inner));
    lines.extend(wrapped(&plain(world, text(embed, "title")), inner));
    lines.extend(wrapped(&plain(world, text(embed, "description")), inner));
    lines.extend(fields(world, list(embed, "fields"), inner));
    if !text(part("image"), "url").is_empty() {
        lines.push("[ picture ]".to_owned());
    }
    let time = text(embed, "timestamp").get(..16).map(|time| time.replace('T', " "));
    let footer = [Some(text(part("footer"), "text").to_owned()), time];
    let footer: Vec<String> = footer.into_iter().flatten().filter(|t| !t.is_empty()).collect();
    lines.extend(wrapped(&footer.join(" · "), inner));
    framed(&lines)
}

/// Lines in a box.
pub(super) fn framed(lines: &[String]) -> Vec<String> {
    let widest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    let bar = "─".repeat(widest + 2);
    let framed = lines.iter().map(|line| format!("┃ {} │", padded(line, widest)));
    let mut card = vec![format!("┎{bar}┐")];
    card.extend(framed);
    card.push(format!("┖{bar}┘"));
    card
}

fn fields(world: &World, fields: &[Value], inner: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = fields;
    while let Some(first) = rest.first() {
        let inline = rest.iter().take_while(|field| is_set(field, "inline")).count();
        let count = inline.clamp(1, COLUMNS);
        let (row, after) = rest.split_at(count.min(rest.len()));
        let column =
            if is_set(first, "inline") { (inner - GAP * (COLUMNS - 1)) / COLUMNS } else { inner };
        let cells: Vec<Vec<String>> = row.iter().map(|field| cell(world, field, column)).collect();
        lines.push(String::new());
        lines.extend(side_by_side(&cells, column));
        rest = after;
    }
    lines
}

fn cell(world: &World, field: &Value, column: usize) -> Vec<String> {
    let mut lines = wrapped(&plain(world, text(field, "name")), column);
    let value = wrapped(&plain(world, text(field, "value")), column.saturating_sub(2));
    lines.extend(value.into_iter().map(|line| format!("  {line}")));
    lines
}

fn side_by_side(cells: &[Vec<String>], column: usize) -> Vec<String> {
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let line = |at: usize| {
        let parts = cells.iter().map(|cell| cell.get(at).map_or("", String::as_str));
        let parts: Vec<String> = parts.map(|part| padded(part, column)).collect();
        parts.join(&" ".repeat(GAP)).trim_end().to_owned()
    };
    (0..height).map(line).collect()
}
