//! Why something does not hold, in a line.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;

/// The longest reason, in characters: it may quote what it complains of.
const REASON_CHARS_MAX: usize = 400;

/// Where in the value something is wrong, and what. Of alternatives the one is explained that comes nearest.
pub(crate) fn reason(error: &ValidationError<'_>) -> String {
    let nearest = nearest(error);
    let sentence = format!("at {:?}: {nearest}", nearest.instance_path().as_str());
    sentence.chars().take(REASON_CHARS_MAX).collect()
}

/// The error of the alternative that was meant, through all alternatives: the one whose `type` is the value's,
/// else the one that fails deepest in the value, since the others fail at its head.
fn nearest<'a, 'e>(error: &'a ValidationError<'e>) -> &'a ValidationError<'e> {
    let (ValidationErrorKind::OneOfNotValid { context } | ValidationErrorKind::AnyOf { context }) =
        error.kind()
    else {
        return error;
    };
    let meant = context.iter().max_by_key(|alternative| {
        let all = || alternative.iter().map(nearest);
        let of_this_type = !all().any(|error| error.instance_path().as_str().ends_with("/type"));
        (of_this_type, all().map(depth).min())
    });
    let deepest =
        meant.and_then(|meant| meant.iter().map(nearest).max_by_key(|error| depth(error)));
    deepest.unwrap_or(error)
}

fn depth(error: &ValidationError<'_>) -> usize {
    error.instance_path().as_str().matches('/').count()
}
