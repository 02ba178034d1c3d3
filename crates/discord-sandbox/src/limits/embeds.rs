//! The limits of embeds.

use chrono::DateTime;
use serde_json::Value;

use super::form::Form;

/// The most embeds of a message.
const EMBEDS_MAX: usize = 10;
/// The most fields of an embed.
const FIELDS_MAX: usize = 25;
/// The most characters over all embeds of a message.
const CHARACTERS_MAX: usize = 6_000;
/// The longest address.
const URL_LENGTH_MAX: usize = 2_048;
/// White, the highest colour.
const COLOUR_MAX: u64 = 0xFF_FFFF;

/// Checks the list of embeds and their sum.
pub(super) fn check(embeds: Option<&Value>, form: &mut Form) {
    let Some(embeds) = embeds.filter(|embeds| !embeds.is_null()) else { return };
    let Some(embeds) = embeds.as_array() else {
        form.wrong("embeds", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
        return;
    };
    if embeds.len() > EMBEDS_MAX {
        let sentence = format!("Must be {EMBEDS_MAX} or fewer in length.");
        form.wrong("embeds", "BASE_TYPE_MAX_LENGTH", &sentence);
    }
    let mut characters = 0;
    for (index, embed) in embeds.iter().enumerate() {
        characters += check_embed(embed, &format!("embeds.{index}"), form);
    }
    if characters > CHARACTERS_MAX {
        let sentence = format!("Embed size exceeds maximum size of {CHARACTERS_MAX}");
        form.wrong("embeds", "MAX_EMBED_SIZE_EXCEEDED", &sentence);
    }
}

/// Checks one embed and counts its characters.
fn check_embed(embed: &Value, at: &str, form: &mut Form) -> usize {
    if !embed.is_object() {
        form.wrong(at, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
        return 0;
    }
    let mut counted = 0;
    let null = Value::Null;
    let part = |name: &str| embed.get(name).unwrap_or(&null);
    for (object, name, path, most) in [
        (embed, "title", "title", 256),
        (embed, "description", "description", 4_096),
        (part("footer"), "text", "footer.text", 2_048),
        (part("author"), "name", "author.name", 256),
    ] {
        let path = format!("{at}.{path}");
        if let Some(text) = form.text(object, name, &path) {
            form.length(&path, text, 0, most);
            counted += text.trim().chars().count();
        }
    }
    for (object, name, path) in [
        (embed, "url", "url"),
        (part("author"), "url", "author.url"),
        (part("author"), "icon_url", "author.icon_url"),
        (part("footer"), "icon_url", "footer.icon_url"),
        (part("thumbnail"), "url", "thumbnail.url"),
        (part("image"), "url", "image.url"),
    ] {
        check_url(object, name, &format!("{at}.{path}"), form);
    }
    check_scalars(embed, at, form);
    counted + check_fields(embed.get("fields"), at, form)
}

fn check_scalars(embed: &Value, at: &str, form: &mut Form) {
    match embed.get("color") {
        None | Some(Value::Null) => {}
        Some(colour) if colour.as_u64().is_some_and(|colour| colour <= COLOUR_MAX) => {}
        Some(colour) => {
            let sentence = format!("Value \"{colour}\" is not int.");
            form.wrong(&format!("{at}.color"), "NUMBER_TYPE_COERCE", &sentence);
        }
    }
    let path = format!("{at}.timestamp");
    if let Some(time) = form.text(embed, "timestamp", &path)
        && DateTime::parse_from_rfc3339(time).is_err()
        && chrono::NaiveDateTime::parse_from_str(time, "%Y-%m-%dT%H:%M:%S%.f").is_err()
    {
        let sentence = format!("Could not parse {time}. Should be ISO8601.");
        form.wrong(&path, "DATE_TIME_TYPE_PARSE", &sentence);
    }
}

fn check_url(object: &Value, name: &str, path: &str, form: &mut Form) {
    let Some(url) = form.text(object, name, path).filter(|url| !url.is_empty()) else { return };
    form.length(path, url, 0, URL_LENGTH_MAX);
    let known = ["http://", "https://", "attachment://"];
    if !known.iter().any(|scheme| url.starts_with(scheme)) || url.contains(char::is_whitespace) {
        form.wrong(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
    }
}

fn check_fields(fields: Option<&Value>, at: &str, form: &mut Form) -> usize {
    let none = Vec::new();
    let fields = fields.and_then(Value::as_array).unwrap_or(&none);
    if fields.len() > FIELDS_MAX {
        let sentence = format!("Must be {FIELDS_MAX} or fewer in length.");
        form.wrong(&format!("{at}.fields"), "BASE_TYPE_MAX_LENGTH", &sentence);
    }
    let mut counted = 0;
    for (index, field) in fields.iter().enumerate() {
        for (name, most) in [("name", 256), ("value", 1_024)] {
            let path = format!("{at}.fields.{index}.{name}");
            match field.get(name) {
                Some(Value::String(text)) => {
                    form.length(&path, text, 1, most);
                    counted += text.trim().chars().count();
                }
                Some(Value::Number(_)) => {}
                _ => form.wrong(&path, "BASE_TYPE_REQUIRED", "This field is required"),
            }
        }
    }
    counted
}
