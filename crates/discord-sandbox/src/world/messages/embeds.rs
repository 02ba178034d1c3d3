//! Embeds as Discord keeps them.

use serde_json::{Value, json};

/// Embeds as Discord gives them back: `type` added, absent parts gone, values trimmed.
pub(super) fn cleaned_embeds(embeds: Option<Value>) -> Value {
    let Some(Value::Array(list)) = embeds else { return json!([]) };
    let cleaned = list.into_iter().map(|mut embed| {
        clean(&mut embed);
        if let Some(object) = embed.as_object_mut() {
            object.insert("type".to_owned(), json!("rich"));
            if let Some(Value::Array(fields)) = object.get_mut("fields") {
                for field in fields.iter_mut().filter_map(Value::as_object_mut) {
                    field.entry("inline").or_insert(json!(false));
                }
            }
        }
        embed
    });
    Value::Array(cleaned.collect())
}

fn clean(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|_, part| !part.is_null() && part.as_str() != Some(""));
            object.values_mut().for_each(clean);
        }
        Value::Array(list) => list.iter_mut().for_each(clean),
        Value::String(text) if text.trim().len() < text.len() => *text = text.trim().to_owned(),
        _ => {}
    }
}
