//! How Discord says no: a status, a code and a sentence, and for a form where it is wrong.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// An answer that refuses a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The HTTP status, 400 or above.
    pub status: u16,
    /// Discord's own code, 0 where it has none.
    pub code: u32,
    /// Discord's sentence in English.
    pub message: String,
    /// What is wrong with a form, nested as the form is; `None`: no form is meant.
    pub errors: Option<Value>,
}

impl Refusal {
    /// A refusal without details.
    pub(crate) fn new(status: u16, code: u32, message: &str) -> Self {
        Self { status, code, message: message.to_owned(), errors: None }
    }

    /// 404: there is no such thing. The codes are Discord's: 10003 a channel, 10008 a message ...
    pub(crate) fn unknown(code: u32, what: &str) -> Self {
        Self::new(404, code, &format!("Unknown {what}"))
    }

    /// 403, code 50001: the bot does not see the channel.
    pub(crate) fn missing_access() -> Self {
        Self::new(403, 50001, "Missing Access")
    }

    /// 403, code 50013: the bot may not do that there.
    pub(crate) fn missing_permissions() -> Self {
        Self::new(403, 50013, "Missing Permissions")
    }

    /// 400, code 50083: the thread is closed, and nothing in it can be changed.
    pub(crate) fn archived() -> Self {
        Self::new(400, 50083, "Thread is archived")
    }

    /// 400, code 50024: a channel of this kind has no such thing.
    pub(crate) fn wrong_kind() -> Self {
        Self::new(400, 50024, "Cannot execute action on this channel type")
    }

    /// Discord's JSON.
    pub(crate) fn body(&self) -> Value {
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
