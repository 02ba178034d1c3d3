//! `REFRACT_LEDGER_<SECTION>_<KEY>` laid over the file's table.

use serde::Deserialize;
use toml::{Table, Value};

use super::written::Written;
use super::{ConfigError, in_words};

const PREFIX: &str = "REFRACT_LEDGER_";

/// The sections whose keys can be set, and the keys that are lists of ids.
const SECTIONS: [&str; 11] = [
    "database", "discord", "watch", "history", "access", "privacy", "stats", "alerts", "board",
    "feed", "books",
];
const LISTS: [&str; 4] = ["view_roles", "mark_roles", "admin_roles", "webhook_ids"];

/// Lays the variables over the table; empty ones are as good as none. `None`: no variable is ours.
pub(super) fn apply(
    mut table: Table,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<Option<Written>, ConfigError> {
    let mut written = None;
    let wrong = |written: &Written| written.clone().read().err();
    let mut wrong_before = Written::deserialize(table.clone()).map(|written| wrong(&written));
    for (name, text) in environment {
        let Some(rest) = name.strip_prefix(PREFIX) else { continue };
        let rest = rest.to_lowercase();
        let Some((section, key)) = SECTIONS.iter().find_map(|section| {
            rest.strip_prefix(section)?.strip_prefix('_').map(|key| (*section, key))
        }) else {
            return Err(ConfigError(format!(
                "the environment variable {name} is not a setting; its name must begin with one of {}",
                SECTIONS.map(|section| format!("{PREFIX}{}_…", section.to_uppercase())).join(", ")
            )));
        };
        // A line of compose's `.env` that nobody filled in: it says nothing.
        if text.trim().is_empty() {
            continue;
        }
        let value = value(key, &text);
        // No role and no webhook would be anybody.
        if value.as_array().is_some_and(Vec::is_empty) {
            return Err(ConfigError(format!(
                "the environment variable {name} lists no id; write ids as 1,2, or leave it out"
            )));
        }
        entry(&mut table, section)?.insert(key.to_owned(), value);
        // After each variable, so that the one at fault can be named.
        let now = Written::deserialize(table.clone()).map_err(|error| {
            ConfigError(format!("the environment variable {name}: {}", in_words(error.message())))
        })?;
        let wrong_now = wrong(&now);
        if let Some(why) = &wrong_now
            && wrong_before.as_ref() != Ok(&wrong_now)
        {
            return Err(ConfigError(format!("the environment variable {name}: {why}")));
        }
        wrong_before = Ok(wrong_now);
        written = Some(now);
    }
    Ok(written)
}

/// The table of a section; of `[[watch]]` the first one.
fn entry<'a>(table: &'a mut Table, section: &str) -> Result<&'a mut Table, ConfigError> {
    let slot = table.entry(section).or_insert_with(|| {
        let empty = Value::Table(Table::new());
        if section == "watch" { Value::Array(vec![empty]) } else { empty }
    });
    let slot = match slot {
        Value::Array(entries) => entries.first_mut(),
        other => Some(other),
    };
    slot.and_then(Value::as_table_mut)
        .ok_or_else(|| ConfigError(format!("[{section}] is not a table")))
}

/// A list of ids is written `1,2`; anything else is a TOML value, or plain text.
fn value(key: &str, text: &str) -> Value {
    if LISTS.contains(&key) {
        let ids = text.trim_matches(['[', ']']).split(',').map(|id| id.trim().trim_matches('"'));
        let ids = ids.filter(|id| !id.is_empty()).map(|id| Value::String(id.to_owned()));
        return Value::Array(ids.collect());
    }
    if let Ok(switch) = text.parse::<bool>() {
        return Value::Boolean(switch);
    }
    text.parse::<i64>().map_or_else(|_| Value::String(text.to_owned()), Value::Integer)
}
