//! The tables of labels as one map, which every line of a message is looked up in.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::normal::normal;
use super::table::{self, Table};
use super::{Label, Strength, foreign, number_labels};
use crate::reading::text::word_map::WordMap;

/// The built-in labels with what they mean.
pub(super) static BUILT_IN: LazyLock<WordMap<Label>> = LazyLock::new(|| {
    let mut table = WordMap::default();
    for (rows, strength) in [
        (table::WEAK, Strength::Weak),
        (number_labels::WEAK, Strength::Weak),
        (table::STRONG, Strength::Strong),
        (number_labels::STRONG, Strength::Strong),
    ] {
        for (name, label) in labels_of(rows, strength) {
            // `ORDERID` has no capitals that would tell its words apart.
            if name.contains(' ') {
                table.entry(Cow::Owned(name.replace(' ', ""))).or_insert(label);
            }
            table.insert(name, label);
        }
    }
    for (rows, strength) in [(foreign::STRONG, Strength::Strong), (foreign::WEAK, Strength::Weak)] {
        for (name, label) in labels_of(rows, strength) {
            let label = Label { foreign: true, ..label };
            if name.contains(' ') {
                table.entry(Cow::Owned(name.replace(' ', ""))).or_insert(label);
            }
            table.entry(name).or_insert(label);
        }
    }
    table
});

/// The labels of a table as they are looked up: without accents.
fn labels_of(rows: Table, strength: Strength) -> impl Iterator<Item = (Cow<'static, str>, Label)> {
    rows.iter().flat_map(move |(field, names)| {
        names.split(", ").map(move |name| (folded(name), Label::of(*field, strength)))
    })
}

fn folded(name: &'static str) -> Cow<'static, str> {
    if name.is_ascii() { Cow::Borrowed(name) } else { Cow::Owned(normal(name)) }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::reading::labels::field::Field;

    #[test]
    fn no_label_means_two_things() {
        let tables = [
            (table::STRONG, Strength::Strong),
            (number_labels::STRONG, Strength::Strong),
            (table::WEAK, Strength::Weak),
            (number_labels::WEAK, Strength::Weak),
            (foreign::STRONG, Strength::Strong),
            (foreign::WEAK, Strength::Weak),
        ];
        let all = tables.into_iter().flat_map(|(rows, strength)| labels_of(rows, strength));
        let mut seen: HashMap<Cow<'static, str>, Field> = HashMap::new();
        let mut twice = Vec::new();
        for (name, label) in all {
            let held = *seen.entry(name.clone()).or_insert(label.field);
            if held != label.field {
                twice.push((name, held, label.field));
            }
        }
        assert!(twice.is_empty(), "{twice:?}");
    }
}
