//! Objects that name the pieces of an order by their keys, as programs write them.

use serde_json::{Map, Value};

use super::{Field, MAX_FIELDS, MAX_TEXT_BYTES, value_from_slice};

/// Objects within objects deeper than this are passed over.
const MAX_DEPTH: usize = 4;

/// The members of an object as fields.
pub(crate) fn fields(object: &Map<String, Value>) -> Vec<Field> {
    let mut fields = Vec::new();
    add_fields(object, "", "", 0, &mut fields);
    fields
}

/// The objects of a text that is JSON, as lines with labels. `None` for any other text, and for whole messages.
pub(crate) fn as_lines(text: &str) -> Option<String> {
    let json = value_from_slice(text.trim().as_bytes()).ok()?;
    let list = json.as_array().map_or(std::slice::from_ref(&json), Vec::as_slice);
    let objects = list.iter().map(Value::as_object).collect::<Option<Vec<_>>>()?;
    let is_message = |object: &&Map<String, Value>| {
        object.contains_key("embeds") || object.contains_key("content")
    };
    if objects.is_empty() || objects.iter().any(is_message) {
        return None;
    }
    let line = |field: Field| format!("{}: {}\n", field.name, field.value.replace('\n', " "));
    Some(objects.into_iter().flat_map(fields).map(line).collect())
}

/// An object's members as fields: their keys are the labels.
fn add_fields(
    object: &Map<String, Value>,
    parent: &str,
    position: &str,
    depth: usize,
    fields: &mut Vec<Field>,
) {
    for (key, value) in object {
        if fields.len() >= MAX_FIELDS {
            return;
        }
        let name = format!("{}{position}", name_of(parent, key));
        match value {
            Value::Object(inner) if depth < MAX_DEPTH => {
                add_fields(inner, key, position, depth + 1, fields);
            }
            Value::Array(list) if depth < MAX_DEPTH && list.iter().any(Value::is_object) => {
                for (index, inner) in list.iter().filter_map(Value::as_object).enumerate() {
                    add_fields(inner, key, &format!(" ({})", index + 1), depth + 1, fields);
                }
            }
            Value::Array(list) => {
                let parts: Vec<String> = list.iter().filter_map(text_of).collect();
                fields.push(Field { name, value: cut(parts.join(", ")) });
            }
            other => {
                let value = text_of(other);
                fields.extend(value.map(|value| Field { name, value: cut(value) }));
            }
        }
    }
}

/// The label of a key: one that says little by itself takes the name of what it belongs to.
fn name_of(parent: &str, key: &str) -> String {
    const VAGUE: [&str; 8] = ["id", "number", "no", "name", "title", "url", "link", "address"];
    let is_vague = VAGUE.iter().any(|vague| key.eq_ignore_ascii_case(vague));
    let of_list = ["items", "products", "line_items", "lineItems", "cart"].contains(&parent);
    match parent {
        "" => key.to_owned(),
        _ if of_list && matches!(key, "name" | "title") => "product".to_owned(),
        _ if is_vague => format!("{parent} {key}"),
        _ => key.to_owned(),
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

fn cut(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(MAX_TEXT_BYTES));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_lines_with_labels() {
        for (json, expected) in [
            (
                r#"{"product":"A","price":"$1","quantity":2}"#,
                Some("price: $1\nproduct: A\nquantity: 2\n"),
            ),
            (
                r#"{"order":{"number":"1001"},"note":"a\nb"}"#,
                Some("note: a b\norder number: 1001\n"),
            ),
            (r#"[{"product":"A"},{"product":"B"}]"#, Some("product: A\nproduct: B\n")),
            (r#"{"items":[{"name":"A"}]}"#, Some("product (1): A\n")),
            (r#"{"content":"hello"}"#, None),
            ("[1, 2]", None),
            ("[]", None),
            ("Product: A", None),
            (r#"{"product":"#, None),
        ] {
            assert_eq!(as_lines(json).as_deref(), expected, "{json}");
        }
    }
}
