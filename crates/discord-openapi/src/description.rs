//! Discord's description, and what it says of an exchange.

use std::fmt;

use discord_sandbox::Exchange;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use crate::quirks;
use crate::routes::{self, Route};
use crate::schemas::{Schemas, point_at_document, resolved};

/// Discord's own description of its HTTP interface.
#[derive(Debug)]
pub struct Description {
    document: Value,
    routes: Vec<Route>,
    schemas: Schemas,
}

/// Why a text is no description.
#[derive(Debug)]
pub struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the description of Discord's interface cannot be read: {}", self.0)
    }
}

impl std::error::Error for Unreadable {}

impl Description {
    /// Reads an `OpenAPI` 3.1 document.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let document: Value =
            serde_json::from_str(text).map_err(|error| Unreadable(error.to_string()))?;
        let mut document = document;
        quirks::widen(&mut document);
        point_at_document(&mut document);
        let paths = document.get("paths").and_then(Value::as_object);
        let routes = routes::all(paths.ok_or_else(|| Unreadable("it has no paths".to_owned()))?);
        let schemas = Schemas::new(document.clone()).map_err(Unreadable)?;
        Ok(Self { document, routes, schemas })
    }

    /// What Discord would not understand of the request: its route, path, query or body. A line each.
    pub fn check_request(&self, exchange: &Exchange) -> Vec<String> {
        let Some(operation) = self.operation(exchange) else {
            let (method, path) = (&exchange.method, &exchange.path);
            return vec![format!("{method} {path}: Discord has no such route")];
        };
        let mut found = self.check_parameters(&operation, &exchange.query);
        found.extend(self.check_body(&operation, exchange.sent.as_ref()));
        found.iter().map(|what| format!("{operation}: the request's {what}")).collect()
    }

    /// What Discord would not answer like that. A line each. Nothing is said of what proxies answer (5xx),
    /// nor of routes that Discord does not have.
    pub fn check_answer(&self, exchange: &Exchange) -> Vec<String> {
        let Some(operation) = self.operation(exchange).filter(|_| exchange.status < 500) else {
            return Vec::new();
        };
        let responses = operation.value.get("responses");
        let status = exchange.status.to_string();
        let general = format!("{}XX", exchange.status / 100);
        let named = |name: &str| responses.and_then(|responses| responses.get(name));
        let found = match named(&status).or_else(|| named(&general)) {
            None => vec![": Discord never gives this one".to_owned()],
            Some(response) => self.check_response(response, exchange.answered.as_ref()),
        };
        found.iter().map(|what| format!("{operation}: the answer {status}{what}")).collect()
    }

    fn operation(&self, exchange: &Exchange) -> Option<Operation<'_>> {
        let method = exchange.method.to_lowercase();
        self.routes.iter().find_map(|route| {
            let variables = route.variables(&exchange.path)?;
            let path = self.document.get("paths")?.get(&route.template)?;
            let value = path.get(&method)?;
            let shared = list(path, "parameters");
            Some(Operation { method: method.clone(), route, value, shared, variables })
        })
    }

    fn check_parameters(&self, operation: &Operation<'_>, query: &str) -> Vec<String> {
        let mut found = Vec::new();
        let in_path =
            operation.variables.iter().map(|(name, value)| ("path", *name, value.as_str()));
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let in_query = pairs.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            ("query", name, value)
        });
        for (place, name, value) in in_path.chain(in_query) {
            let Some(parameter) = operation.parameter(place, name) else {
                found.push(format!("{place} has {name}, which Discord does not know"));
                continue;
            };
            let schema = parameter.get("schema").map(|schema| resolved(&self.document, schema));
            let schema = schema.cloned().unwrap_or_else(|| json!({}));
            let value = as_described(&schema, &percent_decode_str(value).decode_utf8_lossy());
            let wrong = self.schemas.complaints(&schema, &value);
            found.extend(wrong.iter().map(|why| format!("{place}: {name} {why}")));
        }
        found
    }

    fn check_body(&self, operation: &Operation<'_>, sent: Option<&Value>) -> Vec<String> {
        let described = operation.value.get("requestBody");
        let required = described.and_then(|body| body.get("required")) == Some(&json!(true));
        match (described.and_then(schema_of), sent) {
            (None, Some(_)) => vec!["body: Discord takes none".to_owned()],
            (Some(_), None) if required => vec!["body: there is none".to_owned()],
            (_, None) => Vec::new(),
            (Some(schema), Some(sent)) => {
                let wrong = self.schemas.complaints(schema, &quirks::ids_as_texts(sent));
                wrong.iter().map(|why| format!("body {why}")).collect()
            }
        }
    }

    fn check_response(&self, response: &Value, answered: Option<&Value>) -> Vec<String> {
        match (schema_of(resolved(&self.document, response)), answered) {
            (None, None) => Vec::new(),
            (None, Some(_)) => vec![" has a body, and Discord's has none".to_owned()],
            (Some(_), None) => vec![" has no body, and Discord's has one".to_owned()],
            (Some(schema), Some(answered)) => {
                let wrong = self.schemas.complaints(schema, answered);
                wrong.iter().map(|why| format!(" {why}")).collect()
            }
        }
    }
}

/// One method of one route, for one request.
struct Operation<'a> {
    method: String,
    route: &'a Route,
    value: &'a Value,
    /// The parameters that all methods of the route have.
    shared: &'a [Value],
    /// The variable parts of the path by their names.
    variables: Vec<(&'a str, String)>,
}

impl Operation<'_> {
    fn parameter(&self, place: &str, name: &str) -> Option<&Value> {
        let own = list(self.value, "parameters").iter();
        let is_it = |parameter: &&Value| {
            parameter.get("in") == Some(&json!(place))
                && parameter.get("name") == Some(&json!(name))
        };
        own.chain(self.shared).find(is_it)
    }
}

impl fmt::Display for Operation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.to_uppercase(), self.route.template)
    }
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The schema of a body in JSON.
fn schema_of(body: &Value) -> Option<&Value> {
    let content = body.get("content").and_then(Value::as_object);
    let json = content.and_then(|content: &Map<String, Value>| content.get("application/json"));
    json.and_then(|json| json.get("schema"))
}

/// A text of a path or a query as the value that its schema describes.
fn as_described(schema: &Value, text: &str) -> Value {
    let kind = schema.get("type").and_then(Value::as_str);
    let read = match kind {
        Some("integer") => text.parse::<i64>().ok().map(Value::from),
        Some("boolean") => quirks::yes_or_no(text).map(Value::from),
        _ => None,
    };
    read.unwrap_or_else(|| Value::from(text))
}
