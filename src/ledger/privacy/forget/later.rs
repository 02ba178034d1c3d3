//! Rows of sheets without what tells who bought.

use super::blank::empty;
use crate::sheet::Row;

/// The row without what tells who bought, and without the texts of which this holds. `None`: it says nothing then.
pub(super) fn cleared(mut row: Row, holds: &impl Fn(&str) -> bool) -> Option<Row> {
    row.clear_personal();
    let mut said = serde_json::to_value(&row).ok()?;
    empty("", &mut said, holds);
    for member in said.as_object_mut()?.values_mut() {
        if let Some(elements) = member.as_array_mut() {
            elements.retain(|element| !element.is_null());
        }
    }
    serde_json::from_value(said).ok()
}
