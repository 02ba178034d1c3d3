//! A reply, from the bot's name down to its buttons.

use serde_json::Value;

use super::colours::{BLURPLE, FAINT, INK};
use super::drawing::{Drawing, Style, text_width};
use super::embed;
use crate::json::{is_set, list, number, text};
use crate::people::Reply;

/// How wide the picture is, in pixels.
const WIDTH: f64 = 640.0;
/// Where the text begins, right of the avatar.
const LEFT: f64 = 72.0;
/// The ground behind everything.
const GROUND: &str = "#313338";
/// The height of a button or menu.
const CONTROL: f64 = 32.0;

/// The reply as an SVG document, as the person who asked sees it.
pub fn svg(reply: &Reply, bot_name: &str) -> String {
    let mut drawing = Drawing::new();
    header(&mut drawing, bot_name);
    let width = WIDTH - LEFT - 24.0;
    if !reply.content.is_empty() {
        drawing.paragraph(&reply.content, LEFT, width, &Style::new(15.0, INK));
        drawing.down(4.0);
    }
    for embed in &reply.embeds {
        embed::draw(&mut drawing, embed, LEFT);
    }
    for row in &reply.components {
        controls(&mut drawing, row);
    }
    for file in &reply.files {
        let top = drawing.y;
        drawing.rectangle((LEFT, top), (320.0, 44.0), 8.0, "#2b2d31");
        drawing.text(
            &format!("📎 {}", file.name),
            LEFT + 12.0,
            top + 27.0,
            &Style::new(14.0, "#00a8fc"),
        );
        drawing.down(52.0);
    }
    if reply.ephemeral {
        let note = "👁  Only you can see this · Dismiss message";
        drawing.text(note, LEFT, drawing.y + 14.0, &Style::new(12.0, FAINT));
        drawing.down(22.0);
    }
    drawing.finish(WIDTH, GROUND)
}

/// The avatar, the name and its tag.
fn header(drawing: &mut Drawing, bot_name: &str) {
    let initials: String =
        bot_name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect();
    drawing.circle(36.0, 36.0, 20.0, BLURPLE);
    let style = Style { bold: true, ..Style::new(15.0, "#ffffff") };
    drawing.text(&initials, 36.0 - text_width(&initials, &style) / 2.0, 41.0, &style);
    drawing.text(bot_name, LEFT, 30.0, &style);
    let tag = LEFT + text_width(bot_name, &style) + 8.0;
    drawing.rectangle((tag, 17.0), (34.0, 16.0), 4.0, BLURPLE);
    let small = Style { bold: true, ..Style::new(10.0, "#ffffff") };
    drawing.text("APP", tag + 7.0, 29.0, &small);
    drawing.y = 42.0;
}

/// A row of buttons, or a menu.
fn controls(drawing: &mut Drawing, row: &Value) {
    const BUTTON: u64 = 2;
    let (mut x, top) = (LEFT, drawing.y + 4.0);
    for part in list(row, "components") {
        let emoji = part.get("emoji").map(|emoji| text(emoji, "name")).unwrap_or_default();
        if number(part, "type") == Some(BUTTON) {
            let label = [emoji, text(part, "label")].join(" ");
            let link = if number(part, "style") == Some(5) { " ↗" } else { "" };
            let label = format!("{}{link}", label.trim());
            let dimmed = is_set(part, "disabled");
            let style =
                Style { bold: true, ..Style::new(14.0, if dimmed { FAINT } else { "#ffffff" }) };
            let width = text_width(&label, &style) + 32.0;
            drawing.rectangle((x, top), (width, CONTROL), 8.0, button_colour(part));
            drawing.text(&label, x + 16.0, top + 21.0, &style);
            x += width + 8.0;
        } else {
            let chosen = list(part, "options").iter().find(|option| is_set(option, "default"));
            let shown = chosen.map_or(text(part, "placeholder"), |option| text(option, "label"));
            drawing.rectangle((LEFT, top), (400.0, CONTROL + 8.0), 8.0, "#1e1f22");
            drawing.text(shown, LEFT + 12.0, top + 25.0, &Style::new(15.0, FAINT));
            drawing.text("⌄", LEFT + 376.0, top + 23.0, &Style::new(16.0, INK));
            drawing.down(8.0);
        }
    }
    drawing.down(CONTROL + 8.0);
}

fn button_colour(button: &Value) -> &'static str {
    match number(button, "style") {
        Some(1) => BLURPLE,
        Some(3) => "#248046",
        Some(4) => "#da373c",
        _ => "#4e5058",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_picture_is_well_formed_and_escapes_what_people_write() {
        let embed = json!({"color": 0x57_F287, "title": "<b> & \"Co\"", "fields": [
            {"name": "Price", "value": "**$1.00**", "inline": true},
            {"name": "Link", "value": "[page](https://a.example/?a=1&b=2)", "inline": true}]});
        let button = json!({"type": 2, "style": 1, "label": "Note", "custom_id": "x"});
        let reply = Reply {
            content: "hello </svg>".to_owned(),
            embeds: vec![embed],
            components: vec![json!({"type": 1, "components": [button]})],
            ephemeral: true,
            ..Reply::default()
        };
        let svg = svg(&reply, "Test Bot");
        assert!(svg.contains("&lt;b&gt;") && svg.contains("&amp; &quot;Co&quot;"), "{svg}");
        assert_eq!(svg.matches("</svg>").count(), 1);
        assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
        assert!(svg.contains("Only you can see this") && svg.contains("#57f287"));
    }
}
