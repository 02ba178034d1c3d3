//! The limits of buttons, menus and forms.

use std::collections::HashSet;

use serde_json::Value;

use super::form::Form;
use super::refusal::Refusal;

/// The most rows of a message or a form.
const ROWS_MAX: usize = 5;
/// The most buttons of a row.
const BUTTONS_MAX: usize = 5;
/// The most options of a menu.
const OPTIONS_MAX: usize = 25;
/// The longest `custom_id`, in characters.
const CUSTOM_ID_LENGTH_MAX: usize = 100;
/// The `type` of a row.
const ROW: u64 = 1;
/// The `type` of a button.
const BUTTON: u64 = 2;
/// The `type` of a menu with own options.
const STRING_SELECT: u64 = 3;
/// The `type` of a text input, which stands only in forms.
const TEXT_INPUT: u64 = 4;
/// The `style` of a button that opens an address.
const LINK: u64 = 5;

/// Checks the rows below a message.
pub(super) fn check_rows(rows: Option<&Value>, form: &mut Form) {
    let Some(rows) = rows.and_then(Value::as_array) else { return };
    if rows.len() > ROWS_MAX {
        let sentence = format!("Must be {ROWS_MAX} or fewer in length.");
        form.wrong("components", "BASE_TYPE_MAX_LENGTH", &sentence);
    }
    let mut seen = HashSet::new();
    for (index, row) in rows.iter().enumerate() {
        let at = format!("components.{index}");
        let parts = parts(row, &at, form);
        let kinds: Vec<u64> = parts.iter().map(kind).collect();
        let most = if kinds.iter().all(|kind| *kind == BUTTON) { BUTTONS_MAX } else { 1 };
        if kinds.is_empty() || kinds.len() > most {
            let sentence = format!("Must be between 1 and {most} in length.");
            form.wrong(&format!("{at}.components"), "BASE_TYPE_BAD_LENGTH", &sentence);
        }
        for (index, part) in parts.iter().enumerate() {
            check_part(part, &format!("{at}.components.{index}"), &mut seen, form);
        }
    }
}

/// Checks a form that an interaction opens.
pub(crate) fn check_modal(data: &Value) -> Result<(), Refusal> {
    let mut form = Form::default();
    let title = data.get("title").and_then(Value::as_str).unwrap_or_default();
    form.length("data.title", title, 1, 45);
    let mut seen = HashSet::new();
    check_custom_id(data, "data", &mut seen, &mut form);
    let none = Vec::new();
    let rows = data.get("components").and_then(Value::as_array).unwrap_or(&none);
    if rows.is_empty() || rows.len() > ROWS_MAX {
        let sentence = format!("Must be between 1 and {ROWS_MAX} in length.");
        form.wrong("data.components", "BASE_TYPE_BAD_LENGTH", &sentence);
    }
    for (index, row) in rows.iter().enumerate() {
        let at = format!("data.components.{index}");
        for (index, input) in parts(row, &at, &mut form).iter().enumerate() {
            let at = format!("{at}.components.{index}");
            check_input(input, &at, &mut seen, &mut form);
        }
    }
    form.judge()
}

fn check_input(input: &Value, at: &str, seen: &mut HashSet<String>, form: &mut Form) {
    if kind(input) != TEXT_INPUT {
        form.wrong(&format!("{at}.type"), "BASE_TYPE_CHOICES", "Value must be one of {4}.");
    }
    check_custom_id(input, at, seen, form);
    let label = input.get("label").and_then(Value::as_str).unwrap_or_default();
    form.length(&format!("{at}.label"), label, 1, 45);
    let longest = input.get("max_length").and_then(Value::as_u64).unwrap_or(4_000);
    let longest = usize::try_from(longest).unwrap_or(4_000);
    // An empty value is refused; who has none leaves it out.
    for (name, least, most) in [("placeholder", 0, 100), ("value", 1, longest)] {
        let path = format!("{at}.{name}");
        if let Some(text) = form.text(input, name, &path) {
            form.length(&path, text, least, most);
        }
    }
}

fn check_part(part: &Value, at: &str, seen: &mut HashSet<String>, form: &mut Form) {
    match kind(part) {
        BUTTON => check_button(part, at, seen, form),
        STRING_SELECT => {
            check_custom_id(part, at, seen, form);
            check_options(part, at, form);
        }
        5..=8 => check_custom_id(part, at, seen, form),
        _ => form.wrong(&format!("{at}.type"), "UNION_TYPE_CHOICES", "Not a component of a row."),
    }
    let path = format!("{at}.placeholder");
    if let Some(placeholder) = form.text(part, "placeholder", &path) {
        form.length(&path, placeholder, 0, 150);
    }
}

fn check_button(button: &Value, at: &str, seen: &mut HashSet<String>, form: &mut Form) {
    let label = form.text(button, "label", &format!("{at}.label")).unwrap_or_default();
    form.length(&format!("{at}.label"), label, 0, 80);
    if label.trim().is_empty() && button.get("emoji").is_none_or(Value::is_null) {
        let sentence = "A button must have a label or an emoji.";
        form.wrong(at, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", sentence);
    }
    if button.get("style").and_then(Value::as_u64) == Some(LINK) {
        let url = form.text(button, "url", &format!("{at}.url")).unwrap_or_default();
        form.length(&format!("{at}.url"), url, 1, 512);
    } else {
        check_custom_id(button, at, seen, form);
    }
}

fn check_options(select: &Value, at: &str, form: &mut Form) {
    let none = Vec::new();
    let options = select.get("options").and_then(Value::as_array).unwrap_or(&none);
    if options.is_empty() || options.len() > OPTIONS_MAX {
        let sentence = format!("Must be between 1 and {OPTIONS_MAX} in length.");
        form.wrong(&format!("{at}.options"), "BASE_TYPE_BAD_LENGTH", &sentence);
    }
    let mut values = HashSet::new();
    for (index, option) in options.iter().enumerate() {
        let at = format!("{at}.options.{index}");
        for name in ["label", "value"] {
            let text = option.get(name).and_then(Value::as_str).unwrap_or_default();
            form.length(&format!("{at}.{name}"), text, 1, 100);
        }
        let path = format!("{at}.description");
        if let Some(description) = form.text(option, "description", &path) {
            form.length(&path, description, 0, 100);
        }
        if !values.insert(option.get("value").and_then(Value::as_str)) {
            let sentence = "The specified option value is already used";
            form.wrong(
                &format!("{at}.value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                sentence,
            );
        }
    }
}

fn check_custom_id(part: &Value, at: &str, seen: &mut HashSet<String>, form: &mut Form) {
    let path = format!("{at}.custom_id");
    let id = part.get("custom_id").and_then(Value::as_str).unwrap_or_default();
    form.length(&path, id, 1, CUSTOM_ID_LENGTH_MAX);
    if !seen.insert(id.to_owned()) {
        let sentence = "Component custom id cannot be duplicated";
        form.wrong(&path, "COMPONENT_CUSTOM_ID_DUPLICATED", sentence);
    }
}

/// What stands in a row.
fn parts<'a>(row: &'a Value, at: &str, form: &mut Form) -> &'a [Value] {
    if kind(row) != ROW {
        form.wrong(
            &format!("{at}.type"),
            "UNION_TYPE_CHOICES",
            "Value of field \"type\" must be 1.",
        );
    }
    row.get("components").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn kind(part: &Value) -> u64 {
    part.get("type").and_then(Value::as_u64).unwrap_or(0)
}
