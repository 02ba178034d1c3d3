//! What is wrong with a request, each fault with the path to its place.

use serde_json::{Map, Value, json};

use super::refusal::Refusal;

/// Collects what is wrong with a form, each with the path to its place.
#[derive(Debug, Default)]
pub(crate) struct Form {
    errors: Map<String, Value>,
}

impl Form {
    /// Notes one error. The path's parts are separated by dots: `embeds.0.fields.3.value`.
    pub(crate) fn wrong(&mut self, path: &str, code: &str, message: &str) {
        let mut place = &mut self.errors;
        for part in path.split('.') {
            let next = place.entry(part).or_insert_with(|| Value::Object(Map::new()));
            let Value::Object(next) = next else { return };
            place = next;
        }
        let list = place.entry("_errors").or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.push(json!({"code": code, "message": message}));
        }
    }

    /// Notes a text that is longer or shorter than it may be, in characters.
    pub(crate) fn length(&mut self, path: &str, text: &str, least: usize, most: usize) {
        let length = text.chars().count();
        if text.trim().is_empty() && least > 0 {
            self.wrong(path, "BASE_TYPE_REQUIRED", "This field is required");
        } else if length > most && least == 0 {
            let sentence = format!("Must be {most} or fewer in length.");
            self.wrong(path, "BASE_TYPE_MAX_LENGTH", &sentence);
        } else if length > most || length < least {
            let sentence = format!("Must be between {least} and {most} in length.");
            self.wrong(path, "BASE_TYPE_BAD_LENGTH", &sentence);
        }
    }

    /// A text of the form, when it is there; noted as wrong when it is no text.
    pub(super) fn text<'a>(
        &mut self,
        object: &'a Value,
        name: &str,
        path: &str,
    ) -> Option<&'a str> {
        match object.get(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text),
            Some(other) => {
                let sentence = format!("Could not interpret \"{other}\" as string.");
                self.wrong(path, "STRING_TYPE_CONVERT", &sentence);
                None
            }
        }
    }

    /// 400, code 50035, when anything was wrong.
    pub(crate) fn judge(self) -> Result<(), Refusal> {
        if self.errors.is_empty() {
            return Ok(());
        }
        let errors = Some(Value::Object(self.errors));
        Err(Refusal { errors, ..Refusal::new(400, 50035, "Invalid Form Body") })
    }
}
