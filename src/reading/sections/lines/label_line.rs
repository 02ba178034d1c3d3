//! A line that begins with a label: `Label: value`, `Label - value`.

use crate::reading::labels::{Label, Labels, Strength};

/// How far into a line its label may reach.
const MAX_LABEL_CHARACTERS: usize = 90;
/// Colons of a line that may end its label.
const MAX_COLONS: usize = 5;

/// `Label: value`. Colons of `:package:` and of custom emoji may stand in front of the label. Marks that
/// were opened in the label are closed in front of the value.
pub(super) fn split_label<'t>(line: &'t str, labels: &Labels) -> Option<(Label, &'t str, &'t str)> {
    let colons = line
        .char_indices()
        .take(MAX_LABEL_CHARACTERS)
        .filter(|(_, character)| matches!(character, ':' | '：'));
    colons.take(MAX_COLONS).find_map(|(at, colon)| {
        let name = line.get(..at)?;
        let value = line.get(at + colon.len_utf8()..)?;
        let label = labels.look_up(name)?;
        Some((label, name, closed(name, value)))
    })
}

/// A label that something else than a colon parts from its value.
pub(super) fn split_apart<'t>(line: &'t str, labels: &Labels) -> Option<(Label, &'t str, &'t str)> {
    split_dash(line, labels)
        .or_else(|| split_marked(line, labels))
        .or_else(|| split_bracketed(line, labels))
}

/// `**Label** — value`, `Label - value`, `Label = value`, `Label    value`.
fn split_dash<'t>(line: &'t str, labels: &Labels) -> Option<(Label, &'t str, &'t str)> {
    [
        "\t", " — ", " – ", " - ", " = ", " -> ", " => ", " → ", " ⇒ ", " ➜ ", " ➔ ", " » ", " | ",
        "  ",
    ]
    .into_iter()
    .find_map(|mark| {
        let (name, value) = line.split_once(mark)?;
        let marked = name.contains("**") || name.contains("__");
        let label =
            labels.look_up(name).filter(|label| marked || label.strength > Strength::Weak)?;
        Some((label, name, closed(name, value)))
    })
}

/// ``Label `value` ``, `Label **value**`, `Label ||value||`: the marks say where the value begins.
fn split_marked<'t>(line: &'t str, labels: &Labels) -> Option<(Label, &'t str, &'t str)> {
    ["`", "**", "||"].into_iter().find_map(|mark| {
        let at = line.find(mark).filter(|at| *at > 0)?;
        let (name, value) = line.split_at_checked(at)?;
        let whole = value.len() > 2 * mark.len() && value.ends_with(mark) && name.ends_with(' ');
        let label = labels.look_up(name).filter(|label| whole && label.ends_value())?;
        Some((label, name, value))
    })
}

/// `[Label] value`, `【Label】value`; not `[Label](https://...)`.
fn split_bracketed<'t>(line: &'t str, labels: &Labels) -> Option<(Label, &'t str, &'t str)> {
    [('[', ']'), ('【', '】')].into_iter().find_map(|(open, close)| {
        let (name, value) = line.strip_prefix(open)?.split_once(close)?;
        let value = value.trim_start();
        let label = labels.look_up(name).filter(|label| label.ends_value())?;
        (!value.is_empty() && !value.starts_with('(')).then_some((label, name, value))
    })
}

pub(super) fn closed<'t>(name: &str, value: &'t str) -> &'t str {
    let value = value.trim();
    let mark =
        |character: char| matches!(character, '*' | '_' | '~' | '`') && name.contains(character);
    let opened = name.matches("**").count() % 2 == 1
        || name.matches('`').count() % 2 == 1
        || name.matches("__").count() % 2 == 1
        || ['*', '_']
            .iter()
            .any(|mark| name.starts_with(*mark) && !name.trim_end().ends_with(*mark));
    if !opened {
        return value;
    }
    let value = value.trim_start_matches(mark).trim_start();
    // `**Label: value**` opens in the label and closes behind the value.
    let closing = value.trim_end_matches(mark);
    let marks = value.get(closing.len()..).unwrap_or_default();
    if closing.contains(mark) || marks.is_empty() { value } else { closing.trim_end() }
}
