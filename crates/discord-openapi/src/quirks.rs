//! Where Discord's description is narrower than what Discord does.

use serde_json::{Value, json};

/// Widens the description to what Discord takes and gives in practice.
pub(crate) fn widen(document: &mut Value) {
    let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut)
    else {
        return;
    };
    for schema in schemas.values_mut() {
        // Permissions are strings in Discord's documentation and in all libraries: the bits are more than
        // the numbers of JavaScript hold.
        let permissions = schema.pointer_mut("/properties/default_member_permissions");
        if let Some(permissions) = permissions.filter(|is| is.pointer("/maximum").is_some()) {
            *permissions = json!({"oneOf": [permissions.clone(),
                {"type": "string", "pattern": "^[0-9]+$"}]});
        }
    }
    // "An error code for some limits", says the documentation.
    if let Some(limited) = schemas.get_mut("RatelimitedResponse") {
        *limited = json!({"type": "object", "required": ["message", "retry_after", "global"],
            "properties": {"message": {"type": "string"}, "code": {"type": "integer"},
                "retry_after": {"type": "number"}, "global": {"type": "boolean"}}});
    }
    // What is wrong with a field has words for a code: `BASE_TYPE_REQUIRED`.
    if let Some(errors) = schemas.get_mut("InnerErrors") {
        *errors = json!({"type": "object", "required": ["_errors"], "properties": {"_errors":
            {"type": "array", "items": {"type": "object", "required": ["code", "message"],
                "properties": {"code": {"type": "string"}, "message": {"type": "string"}}}}}});
    }
    // A forwarded message refers to its origin by type 1.
    if let Some(kind) = schemas.get_mut("MessageReferenceType") {
        *kind = json!({"type": "integer", "enum": [0, 1]});
    }
    // The id of a file in a form is the number of its part, an integer in the documentation's examples.
    if let Some(id) = schemas
        .get_mut("MessageAttachmentRequest")
        .and_then(|schema| schema.pointer_mut("/properties/id"))
    {
        *id = json!({"oneOf": [id.clone(), {"type": "integer", "minimum": 0, "maximum": 9}]});
    }
}

/// The largest number that Discord takes anywhere as a number: JavaScript holds no larger one exactly. Ids are larger.
const NUMBER_MAX: i64 = (1 << 53) - 1;

/// What a bot sent, with its ids as the texts that the description has for them: Discord takes numbers too, and
/// discord.py sends such.
pub(crate) fn ids_as_texts(sent: &Value) -> Value {
    match sent {
        Value::Array(list) => list.iter().map(ids_as_texts).collect(),
        Value::Object(object) => {
            let parts = object.iter().map(|(name, part)| (name.clone(), ids_as_texts(part)));
            Value::Object(parts.collect())
        }
        other => match other.as_i64().filter(|number| *number > NUMBER_MAX) {
            Some(id) => Value::from(id.to_string()),
            None => other.clone(),
        },
    }
}

/// Yes or no in a query: discord.py writes 1 and 0.
pub(crate) fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}
