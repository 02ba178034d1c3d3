//! The line below a bare label: its value, or what begins something else.

use super::LineReader;
use super::label_line::split_label;
use super::line_kinds::is_common_word;
use crate::order::Detail;
use crate::reading::labels::field::Field;
use crate::reading::labels::{Label, Labels};
use crate::reading::sections::heading::{self, Senses};
use crate::reading::text::undecorated;

/// Lines below a product's name that are looked at for the label that it begins with.
const MAX_LINES_AHEAD: usize = 30;

impl<'t> LineReader<'t, '_> {
    /// A line below a bare label is its value, unless it is a label or a heading itself.
    pub(super) fn below_label(&mut self, label: Label, name: &'t str, line: &'t str) {
        let bare = self.labels.look_up(line).filter(|next| {
            let certain = next.ends_value() && !is_common_word(*next, line);
            certain || (label.position.is_some() && next.position.is_some())
        });
        if let Some(next) = bare {
            self.pending = Some((next, line));
            return;
        }
        let says_words =
            matches!(label.field, Field::Status | Field::Reason | Field::Detail(Detail::Notes));
        if !says_words && heading::line(line).is_some_and(|senses| senses.success) {
            self.heading(line);
            return;
        }
        let labelled = split_label(line, self.labels).filter(|(next, _, value)| {
            next.ends_value() && !(label.field == Field::Product && self.is_name(*next, value))
        });
        match labelled {
            Some((next, next_name, value)) => self.labelled(next, next_name, value),
            None => self.push(label, name, line),
        }
    }

    /// Whether a line below a bare `Product` that begins with a label is the product's name all the same: what stands
    /// behind the label is nothing that it could mean, the label stands again below it, or what follows is a bare
    /// label, too.
    fn is_name(&self, label: Label, value: &str) -> bool {
        match fits(label.field, value) {
            // A game is called `The Order: 1886`.
            Some(true) => label.field == Field::OrderNumber && self.comes_again(label.field),
            Some(false) => is_worded(value) || self.comes_again(label.field),
            None => self.comes_again(label.field) || self.is_bare_label_next(),
        }
    }

    /// Whether each value stands on the line below its label, so that this one does.
    fn is_bare_label_next(&self) -> bool {
        let next = self.rest.split('\n').find(|line| !line.trim().is_empty());
        let label = next.and_then(|line| self.labels.look_up(undecorated(line)));
        label.is_some_and(Label::ends_value)
    }

    /// Whether the field is labelled once more in front of the next product.
    fn comes_again(&self, field: Field) -> bool {
        let lines = self.rest.split('\n').take(MAX_LINES_AHEAD);
        let mut fields = lines.filter_map(|line| labelled_field(line, self.labels));
        fields.find(|next| *next == field || *next == Field::Product) == Some(field)
    }
}

fn labelled_field(line: &str, labels: &Labels) -> Option<Field> {
    let line = line.trim();
    let whole = labels.look_up(line);
    whole.or_else(|| split_label(line, labels).map(|found| found.0)).map(|label| label.field)
}

/// Whether a value can be one of this field. `None`: any text can.
fn fits(field: Field, value: &str) -> Option<bool> {
    match field {
        Field::OrderNumber
        | Field::Price
        | Field::Total
        | Field::Quantity
        | Field::Commission
        | Field::Detail(Detail::TrackingNumber) => Some(value.contains(char::is_numeric)),
        Field::Detail(Detail::Email) => Some(value.contains('@')),
        _ => None,
    }
}

/// Whether it is of several words, and not only of those that notices are made of: `The Novel`, not `Not available`.
fn is_worded(value: &str) -> bool {
    value.trim().contains(' ') && !Senses::knows_all(value)
}
