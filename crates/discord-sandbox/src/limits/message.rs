//! What Discord accepts of a message: everything else is answered with 400 and the place of the fault.

use serde_json::Value;

use super::form::Form;
use super::refusal::Refusal;
use super::{components, embeds};

/// The longest content, in characters.
const CONTENT_LENGTH_MAX: usize = 2_000;
/// The longest name that a webhook may take, in characters.
const USERNAME_LENGTH_MAX: usize = 80;

/// Checks a message that is to be posted, or the change of one when `edit`. `files` is how many
/// come with it.
pub(crate) fn check_message(payload: &Value, files: usize, edit: bool) -> Result<(), Refusal> {
    let mut form = Form::default();
    let Some(object) = payload.as_object() else {
        form.wrong("_", "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
        return form.judge();
    };
    let filled = |name: &str| match object.get(name) {
        Some(Value::String(text)) => !text.trim().is_empty(),
        Some(Value::Array(list)) => !list.is_empty(),
        Some(Value::Object(_)) => true,
        _ => false,
    };
    if let Some(content) = form.text(payload, "content", "content") {
        form.length("content", content, 0, CONTENT_LENGTH_MAX);
    }
    if let Some(name) = form.text(payload, "username", "username") {
        form.length("username", name, 1, USERNAME_LENGTH_MAX);
    }
    embeds::check(payload.get("embeds"), &mut form);
    components::check_rows(payload.get("components"), &mut form);
    check_mentions(payload.get("allowed_mentions"), &mut form);
    form.judge()?;

    let content = ["content", "embeds", "components", "poll", "sticker_ids"];
    if edit || files > 0 || content.iter().any(|name| filled(name)) {
        Ok(())
    } else {
        Err(Refusal::new(400, 50006, "Cannot send an empty message"))
    }
}

/// `allowed_mentions` may not name and parse the same kind.
fn check_mentions(mentions: Option<&Value>, form: &mut Form) {
    let Some(mentions) = mentions.filter(|mentions| !mentions.is_null()) else { return };
    let none = Vec::new();
    let parse = mentions.get("parse").and_then(Value::as_array).unwrap_or(&none);
    for (index, kind) in parse.iter().enumerate() {
        let kind = kind.as_str().unwrap_or_default();
        if !["everyone", "roles", "users"].contains(&kind) {
            let sentence = "Value must be one of ('everyone', 'roles', 'users').";
            form.wrong(&format!("allowed_mentions.parse.{index}"), "BASE_TYPE_CHOICES", sentence);
        }
        let listed = mentions.get(kind).and_then(Value::as_array);
        if listed.is_some_and(|ids| !ids.is_empty()) {
            let sentence =
                format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
            form.wrong("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", &sentence);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn refused(payload: &Value) -> String {
        check_message(payload, 0, false).unwrap_err().to_string()
    }

    #[test]
    fn an_ordinary_message_passes() {
        let payload = json!({"content": "x".repeat(2000), "allowed_mentions": {"parse": []},
            "embeds": [{"title": "a", "fields": [{"name": "n", "value": "\u{200b}"}]}]});
        assert_eq!(check_message(&payload, 0, false), Ok(()));
    }

    #[test]
    fn each_limit_is_named_with_its_place() {
        assert!(refused(&json!({"content": " "})).contains("50006"));
        assert!(refused(&json!({"content": "x".repeat(2001)})).contains("2000 or fewer"));
        let blank = json!({"embeds": [{"fields": [{"name": "a", "value": " "}]}]});
        assert!(
            refused(&blank).contains(
                r#""0":{"fields":{"0":{"value":{"_errors":[{"code":"BASE_TYPE_REQUIRED""#
            )
        );
        let embed = json!({"description": "x".repeat(4000)});
        assert!(refused(&json!({"embeds": [embed, embed]})).contains("MAX_EMBED_SIZE_EXCEEDED"));
        assert!(
            refused(&json!({"embeds": vec![json!({"title": "a"}); 11]})).contains("10 or fewer")
        );
        let both =
            json!({"content": "a", "allowed_mentions": {"parse": ["users"], "users": ["1"]}});
        assert!(refused(&both).contains("mutually exclusive"));
    }

    #[test]
    fn components_are_checked() {
        let row =
            |components: Value| json!({"components": [{"type": 1, "components": components}]});
        let button = json!({"type": 2, "style": 1, "label": "a", "custom_id": "x"});
        assert_eq!(check_message(&row(json!([button])), 0, false), Ok(()));
        assert!(refused(&row(json!([button, button]))).contains("DUPLICATED"));
        let long = json!({"type": 2, "style": 1, "label": "a", "custom_id": "x".repeat(101)});
        assert!(refused(&row(json!([long]))).contains("between 1 and 100"));
        let option = json!({"label": "a", "value": "b"});
        let select = json!({"type": 3, "custom_id": "x", "options": vec![option; 26]});
        assert!(refused(&row(json!([select]))).contains("between 1 and 25"));
    }
}
