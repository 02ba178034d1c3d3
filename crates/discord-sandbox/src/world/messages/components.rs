//! Components as Discord keeps them.

use serde_json::{Value, json};

use crate::json::number;

/// Components as Discord gives them back: each with an `id`, those without one by their order; absent parts
/// gone, and what was left to Discord filled in.
pub(super) fn filed_components(components: Option<&Value>) -> Value {
    let mut components = components.filter(|list| list.is_array()).cloned();
    let mut next = 1;
    for component in components.as_mut().and_then(Value::as_array_mut).into_iter().flatten() {
        file(component, &mut next);
    }
    components.unwrap_or_else(|| json!([]))
}

fn file(component: &mut Value, next: &mut u64) {
    let defaults = defaults(component);
    let Some(object) = component.as_object_mut() else { return };
    object.retain(|_, part| !part.is_null());
    for (name, value) in defaults.as_object().into_iter().flatten() {
        object.entry(name).or_insert_with(|| value.clone());
    }
    let id = object.get("id").and_then(Value::as_u64).filter(|id| *id > 0).unwrap_or(*next);
    object.insert("id".to_owned(), json!(id));
    *next = (*next).max(id) + 1;
    for name in ["components", "accessory"] {
        match object.get_mut(name) {
            Some(Value::Array(parts)) => parts.iter_mut().for_each(|part| file(part, next)),
            Some(part) => file(part, next),
            None => {}
        }
    }
}

/// What Discord fills in, by the component's `type`.
fn defaults(component: &Value) -> Value {
    match number(component, "type") {
        Some(3 | 5..=8) => json!({"min_values": 1, "max_values": 1}),
        Some(11) => json!({"description": null, "spoiler": false}),
        Some(13) => json!({"name": null, "size": null, "spoiler": false}),
        Some(14) => json!({"spacing": 1, "divider": true}),
        Some(17) => json!({"accent_color": null, "spoiler": false}),
        _ => json!({}),
    }
}
