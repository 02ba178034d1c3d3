//! What came with a request: JSON alone, or a form with JSON and files.

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use serde_json::Value;

use crate::limits::Refusal;
use crate::model::File;

/// The payload and the files.
#[derive(Debug)]
pub(super) struct Posted {
    pub(super) payload: Value,
    pub(super) files: Vec<File>,
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let form = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
        if form {
            let form = Multipart::from_request(request, state).await.map_err(|_| invalid())?;
            return read_form(form).await;
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|_| too_large())?;
        let payload = if bytes.is_empty() { Value::Null } else { read_json(&bytes)? };
        Ok(Self { payload, files: Vec::new() })
    }
}

async fn read_form(mut form: Multipart) -> Result<Posted, Refusal> {
    let mut posted = Posted { payload: serde_json::json!({}), files: Vec::new() };
    while let Some(field) = form.next_field().await.map_err(|_| invalid())? {
        let (name, file) =
            (field.name().unwrap_or_default().to_owned(), field.file_name().map(str::to_owned));
        let bytes = field.bytes().await.map_err(|_| too_large())?;
        if let Some(name) = file {
            posted.files.push(File { name, bytes: bytes.to_vec().into() });
        } else if name == "payload_json" {
            posted.payload = read_json(&bytes)?;
        }
    }
    Ok(posted)
}

fn read_json(bytes: &[u8]) -> Result<Value, Refusal> {
    serde_json::from_slice(bytes).map_err(|_| invalid())
}

fn invalid() -> Refusal {
    Refusal::new(400, 50109, "The request body contains invalid JSON.")
}

fn too_large() -> Refusal {
    Refusal::new(413, 40005, "Request entity too large")
}
