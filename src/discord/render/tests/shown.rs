//! Replies as a text that a reviewer reads: a changed sentence is a changed line of a snapshot.
//!
//! `INSTA_UPDATE=always cargo test --lib shown` writes the snapshots anew.

use serde_json::Value;
use serenity::all::{CreateActionRow, CreateEmbed};

/// Compares what is shown in each case, under its name, with `snapshots/<name>.snap`.
pub(crate) fn assert_shown(name: &str, cases: &[(&str, String)]) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let cases: Vec<String> =
        cases.iter().map(|(case, shown)| format!("## {case}\n{}", shown.trim_end())).collect();
    settings.bind(|| insta::assert_snapshot!(name, cases.join("\n\n")));
}

/// An embed from its top to its bottom. Beside the title and the fields, what is no text of its own
/// stands in brackets.
pub(crate) fn embed(embed: &CreateEmbed) -> String {
    let embed = serde_json::to_value(embed).expect("JSON");
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let mut lines = Vec::new();
    lines.extend(text(&embed["author"]["name"]).map(|author| format!("by {author}")));
    lines.extend(text(&embed["title"]).map(|title| format!("# {title}")));
    lines.extend(text(&embed["url"]).map(|url| format!("[link {url}]")));
    lines.extend(text(&embed["thumbnail"]["url"]).map(|url| format!("[picture {url}]")));
    lines.extend(text(&embed["description"]));
    for field in embed["fields"].as_array().into_iter().flatten() {
        let [name, value] = ["name", "value"].map(|key| text(&field[key]).expect("a text"));
        lines.push(format!("**{name}**\n{value}"));
    }
    lines.extend(text(&embed["footer"]["text"]).map(|footer| format!("-# {footer}")));
    lines.join("\n")
}

/// The menus and buttons below a message, a row a line.
pub(crate) fn rows(rows: &[CreateActionRow]) -> String {
    let rows = serde_json::to_value(rows).expect("JSON");
    let row = |row: &Value| {
        let parts = row["components"].as_array().into_iter().flatten();
        parts.map(part).collect::<Vec<_>>().join(" ")
    };
    rows.as_array().into_iter().flatten().map(row).collect::<Vec<_>>().join("\n")
}

fn part(part: &Value) -> String {
    let Some(options) = part["options"].as_array() else {
        return format!("[{}]", part["label"].as_str().unwrap_or_default());
    };
    let options = options.iter().map(|option| {
        let label = option["label"].as_str().unwrap_or_default();
        option["description"].as_str().map_or(label.to_owned(), |more| format!("{label} / {more}"))
    });
    let options: Vec<String> = options.collect();
    let placeholder = part["placeholder"].as_str().unwrap_or_default();
    format!("[{placeholder} ▾ {}]", options.join(" | "))
}
