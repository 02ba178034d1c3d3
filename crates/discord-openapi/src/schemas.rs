//! The schemas of the description, compiled when they are first needed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::{Draft, Registry, Validator};
use serde_json::Value;

use crate::reasons::reason;

/// Where the document is for those that refer to its parts.
const DOCUMENT: &str = "urn:discord:openapi";

/// All schemas.
#[derive(Debug)]
pub(crate) struct Schemas {
    registry: Registry<'static>,
    /// By the schema itself.
    compiled: Mutex<HashMap<String, Arc<Validator>>>,
}

impl Schemas {
    /// Takes the document, whose references [`point_at_document`] has made whole.
    pub(crate) fn new(document: Value) -> Result<Self, String> {
        let resource = Draft::Draft202012.create_resource(document);
        let registry =
            Registry::new().add(DOCUMENT, resource).and_then(jsonschema::RegistryBuilder::prepare);
        let registry = registry.map_err(|error| error.to_string())?;
        Ok(Self { registry, compiled: Mutex::default() })
    }

    /// What is wrong with the value, a line each; empty where it is as the schema says.
    pub(crate) fn complaints(&self, schema: &Value, value: &Value) -> Vec<String> {
        match self.compiled(schema) {
            Ok(validator) if validator.is_valid(value) => Vec::new(),
            Ok(validator) => validator.iter_errors(value).map(|error| reason(&error)).collect(),
            Err(error) => vec![format!("the description itself is wrong: {error}")],
        }
    }

    fn compiled(&self, schema: &Value) -> Result<Arc<Validator>, String> {
        let key = schema.to_string();
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(there) = compiled.get(&key) {
            return Ok(there.clone());
        }
        let options = jsonschema::options().with_draft(Draft::Draft202012);
        let options = options.with_registry(&self.registry).should_validate_formats(true);
        let built = options.build(schema).map_err(|error| error.to_string())?;
        let built = Arc::new(built);
        compiled.insert(key, built.clone());
        Ok(built)
    }
}

/// Makes all references within the document ones that hold outside of it too.
pub(crate) fn point_at_document(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(to)) = object.get_mut("$ref")
                && to.starts_with('#')
            {
                to.insert_str(0, DOCUMENT);
            }
            object.values_mut().for_each(point_at_document);
        }
        Value::Array(list) => list.iter_mut().for_each(point_at_document),
        _ => {}
    }
}

/// The part of the document that is meant: itself, or what it refers to.
pub(crate) fn resolved<'a>(document: &'a Value, part: &'a Value) -> &'a Value {
    let reference = part.get("$ref").and_then(Value::as_str);
    let pointer = reference.and_then(|to| to.strip_prefix(DOCUMENT)?.strip_prefix('#'));
    pointer.and_then(|pointer| document.pointer(pointer)).unwrap_or(part)
}
