//! Reading and completing JSON without panics.

use serde_json::Value;

/// Puts a part into an object; anything else stays as it is.
pub(crate) fn put(value: &mut Value, name: &str, part: impl Into<Value>) {
    if let Some(object) = value.as_object_mut() {
        object.insert(name.to_owned(), part.into());
    }
}

/// The text with this name, empty when there is none.
pub(crate) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The list with this name, empty when there is none.
pub(crate) fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The whole number with this name, if there is one that is not negative.
pub(crate) fn number(value: &Value, name: &str) -> Option<u64> {
    value.get(name).and_then(Value::as_u64)
}

/// An id in what a bot sends: Discord's documentation has it as a text, and Discord takes it as a number, too, as
/// discord.py sends it.
pub(crate) fn id(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

/// Whether this is set.
pub(crate) fn is_set(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool).unwrap_or(false)
}
