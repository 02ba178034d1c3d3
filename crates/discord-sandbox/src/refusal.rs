//! How Discord says no: a status, a code and a sentence, and for a form where it is wrong.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// An answer that refuses a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// Discord's own code, 0 where it has none.
    pub code: u32,
    /// Discord's sentence.
    pub message: String,
    /// Where a form is wrong, nested as the form is.
    pub errors: Option<Value>,
}

impl Refusal {
    /// A refusal without details.
    pub(super) fn new(status: u16, code: u32, message: &str) -> Self {
        Self { status, code, message: message.to_owned(), errors: None }
    }

    /// 404: there is no such thing. The codes are Discord's: 10003 a channel, 10008 a message ...
    pub(super) fn unknown(code: u32, what: &str) -> Self {
        Self::new(404, code, &format!("Unknown {what}"))
    }

    /// 403, code 50001: the bot does not see the channel.
    pub(super) fn missing_access() -> Self {
        Self::new(403, 50001, "Missing Access")
    }

    /// 403, code 50013: the bot may not do that there.
    pub(super) fn missing_permissions() -> Self {
        Self::new(403, 50013, "Missing Permissions")
    }

    /// Discord's JSON.
    pub(super) fn body(&self) -> Value {
        let mut body = json!({"message": self.message, "code": self.code});
        if let (Some(errors), Some(object)) = (&self.errors, body.as_object_mut()) {
            object.insert("errors".to_owned(), errors.clone());
        }
        body
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: {}", self.status, self.code, self.message)?;
        self.errors.as_ref().map_or(Ok(()), |errors| write!(f, " {errors}"))
    }
}

impl std::error::Error for Refusal {}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, axum::Json(self.body())).into_response()
    }
}

/// Collects what is wrong with a form, each with the path to its place.
#[derive(Debug, Default)]
pub(super) struct Form {
    errors: Map<String, Value>,
}

impl Form {
    /// Notes one error. The path's parts are separated by dots: `embeds.0.fields.3.value`.
    pub(super) fn wrong(&mut self, path: &str, code: &str, message: &str) {
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
    pub(super) fn length(&mut self, path: &str, text: &str, least: usize, most: usize) {
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

    /// 400, code 50035, when anything was wrong.
    pub(super) fn judge(self) -> Result<(), Refusal> {
        if self.errors.is_empty() {
            return Ok(());
        }
        let errors = Some(Value::Object(self.errors));
        Err(Refusal { errors, ..Refusal::new(400, 50035, "Invalid Form Body") })
    }
}
