//! Which route of the description a path belongs to.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// A route: its path in parts, those in braces stand for anything.
#[derive(Debug)]
pub(crate) struct Route {
    /// As the description writes it: `/channels/{channel_id}`.
    pub(crate) template: String,
    parts: Vec<String>,
}

/// All routes of the description, the more definite ones first.
pub(crate) fn all(paths: &Map<String, Value>) -> Vec<Route> {
    let parts = |template: &str| template.split('/').skip(1).map(str::to_owned).collect();
    let mut routes: Vec<Route> = (paths.keys())
        .map(|template| Route { template: template.clone(), parts: parts(template) })
        .collect();
    routes.sort_by_key(|route| route.parts.iter().filter(|part| is_variable(part)).count());
    routes
}

impl Route {
    /// The variables of this path by their names; `None` where it is no path of this route.
    pub(crate) fn variables(&self, path: &str) -> Option<Vec<(&str, String)>> {
        let given: Vec<&str> = path.split('/').skip(1).collect();
        if given.len() != self.parts.len() {
            return None;
        }
        let mut variables = Vec::new();
        for (part, given) in self.parts.iter().zip(given) {
            if is_variable(part) {
                let name = part.trim_start_matches('{').trim_end_matches('}');
                variables.push((name, given.to_owned()));
            } else if *part != percent_decode_str(given).decode_utf8_lossy() {
                return None;
            }
        }
        Some(variables)
    }
}

fn is_variable(part: &str) -> bool {
    part.starts_with('{')
}
