//! What people dress a value in: a code block, a quote, a bullet, a headline, a branch of a drawn tree.

use super::tree::branch;
use super::undecorated;

/// Longer words behind the marks of a code block name no language.
const MAX_LANGUAGE_BYTES: usize = 16;

/// The value of a field without the dress of the whole. Lines of a list keep their own marks.
pub(crate) fn undressed(value: &str) -> &str {
    let value = value.trim();
    let value = in_block(value).unwrap_or(value);
    if value.contains('\n') {
        return value;
    }
    let line = undecorated(value);
    branch(line).unwrap_or(line)
}

/// What stands in a code block that is all there is, without the language that it names.
fn in_block(value: &str) -> Option<&str> {
    let inner = value.strip_prefix("```")?.strip_suffix("```")?;
    let (first, rest) = inner.split_once('\n').unwrap_or(("", inner));
    let names_language =
        first.len() <= MAX_LANGUAGE_BYTES && first.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let text = if names_language { rest } else { inner };
    (!inner.contains("```")).then_some(text.trim())
}
