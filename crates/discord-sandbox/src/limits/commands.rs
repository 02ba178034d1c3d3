//! What may be registered as a slash command or a menu entry.

use std::collections::HashSet;

use serde_json::Value;

use super::form::Form;
use crate::json::{is_set, list, number, text};

/// The most options of a command, and choices of an option.
const LIST_MAX: usize = 25;
/// The most characters of a command with all its options and choices.
const CHARACTERS_MAX: usize = 8_000;
/// The `type` of a slash command.
const SLASH: u64 = 1;
/// The `type` of an option that is a command of its own.
const SUBCOMMAND: u64 = 1;
/// The `type` of an option that holds such.
const GROUP: u64 = 2;

/// The `type` of a command: 1 slash command, 2 a person's menu, 3 a message's menu.
pub(crate) fn command_kind(command: &Value) -> u64 {
    number(command, "type").unwrap_or(SLASH)
}

/// Checks a command that is to be registered.
pub(crate) fn check_command(command: &Value, at: &str, form: &mut Form) {
    if command_kind(command) != SLASH {
        form.length(&format!("{at}.name"), text(command, "name"), 1, 32);
        let description = text(command, "description");
        if !description.is_empty() {
            let sentence = "Context menu commands cannot have description";
            form.wrong(at, "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", sentence);
        }
        return;
    }
    let characters = check_named(command, at, form) + check_options(command, at, form);
    if characters > CHARACTERS_MAX {
        let sentence = format!("Command exceeds maximum size ({CHARACTERS_MAX}).");
        form.wrong(at, "APPLICATION_COMMAND_TOO_LARGE", &sentence);
    }
}

/// Checks name and description, and counts their characters.
fn check_named(value: &Value, at: &str, form: &mut Form) -> usize {
    let (name, path) = (text(value, "name"), format!("{at}.name"));
    form.length(&path, name, 1, 32);
    let allowed = |letter: char| letter.is_alphanumeric() || ['-', '_', '\''].contains(&letter);
    if !name.chars().all(allowed) || name.to_lowercase() != name {
        form.wrong(&path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
    let description = text(value, "description");
    form.length(&format!("{at}.description"), description, 1, 100);
    name.chars().count() + description.chars().count()
}

fn check_options(value: &Value, at: &str, form: &mut Form) -> usize {
    let options = list(value, "options");
    if options.len() > LIST_MAX {
        let sentence = format!("Must be {LIST_MAX} or fewer in length.");
        form.wrong(&format!("{at}.options"), "BASE_TYPE_MAX_LENGTH", &sentence);
    }
    let (mut optional, mut names, mut characters) = (false, HashSet::new(), 0);
    for (index, option) in options.iter().enumerate() {
        let at = format!("{at}.options.{index}");
        characters += check_named(option, &at, form);
        let required = is_set(option, "required");
        if required && optional {
            let sentence = "Required options must be placed before non-required options";
            form.wrong(&at, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", sentence);
        }
        let kind = number(option, "type").unwrap_or(0);
        optional |= !required && kind != SUBCOMMAND && kind != GROUP;
        if !(1..=11).contains(&kind) {
            form.wrong(
                &format!("{at}.type"),
                "BASE_TYPE_CHOICES",
                "Value must be between 1 and 11.",
            );
        }
        if !names.insert(text(option, "name")) {
            let sentence = "Option names must be unique";
            form.wrong(&at, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", sentence);
        }
        characters += check_choices(option, &at, form) + check_options(option, &at, form);
    }
    characters
}

fn check_choices(option: &Value, at: &str, form: &mut Form) -> usize {
    let choices = list(option, "choices");
    if choices.len() > LIST_MAX {
        let sentence = format!("Must be {LIST_MAX} or fewer in length.");
        form.wrong(&format!("{at}.choices"), "BASE_TYPE_MAX_LENGTH", &sentence);
    }
    if !choices.is_empty() && option.get("autocomplete") == Some(&Value::Bool(true)) {
        let sentence = "Autocomplete and choices are mutually exclusive";
        form.wrong(at, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES", sentence);
    }
    let mut characters = 0;
    for (index, choice) in choices.iter().enumerate() {
        form.length(&format!("{at}.choices.{index}.name"), text(choice, "name"), 1, 100);
        let value = text(choice, "value");
        characters += text(choice, "name").chars().count() + value.chars().count();
    }
    characters
}
