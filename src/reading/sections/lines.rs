//! Text in lines: labels with their values, headings, and what stands between them.

mod below;
mod inline;
mod label_line;
pub(super) mod line_kinds;
mod lists;
mod rows;

use std::borrow::Cow;

use super::heading::button::is_button;
use super::heading::{self, Senses, bare_cancel};
use crate::order::Detail;
use crate::reading::labels::field::Field;
use crate::reading::labels::{Label, Labels, Strength};
use crate::reading::text::tree::branch;
use crate::reading::text::{is_blank, is_invisible, undecorated};
use label_line::{split_apart, split_label};
use line_kinds::{
    announces, goes_on_with_number, heads_another_list, is_fence, is_of_something_else, is_remark,
    names_another, number_line,
};
use lists::Lists;

/// Lines looked at in one text.
const MAX_LINES: usize = 2_000;

/// A heading below labels, which begins another order, has no more words than this or a bar.
const MAX_NEXT_HEADING_WORDS: usize = 4;

/// A label and its value, with markup.
#[derive(Debug, Clone)]
pub(crate) struct Labelled<'t> {
    pub(crate) label: Label,
    pub(crate) name: &'t str,
    pub(crate) value: Cow<'t, str>,
}

/// One part of a text: what stands below one heading.
#[derive(Debug, Clone, Default)]
pub(crate) struct Part<'t> {
    pub(crate) headings: Vec<&'t str>,
    /// Whether one of them announces a purchase.
    is_announced: bool,
    pub(crate) labelled: Vec<Labelled<'t>>,
    /// Lines that are neither heading nor label nor value.
    pub(crate) loose: Vec<&'t str>,
}

/// Reads a text into its parts. A heading below labels begins a new part.
pub(crate) fn parts<'t>(text: &'t str, labels: &Labels) -> Vec<Part<'t>> {
    let mut reader = LineReader {
        labels,
        parts: Vec::new(),
        part: Part::default(),
        pending: None,
        lists: Lists::Nothing,
        columns: Vec::new(),
        trunk: Trunk::Bare,
        rest: text,
    };
    for line in text.split('\n').take(MAX_LINES) {
        reader.rest = reader.rest.get(line.len() + 1..).unwrap_or_default();
        reader.line(line);
    }
    reader.end();
    reader.parts
}

struct LineReader<'t, 'l> {
    labels: &'l Labels,
    parts: Vec<Part<'t>>,
    part: Part<'t>,
    /// The label whose value the next line is.
    pending: Option<(Label, &'t str)>,
    /// What may follow the last value as a part of it.
    lists: Lists,
    /// The labels that head the table whose rows follow.
    columns: Vec<(Label, &'t str)>,
    /// What the branches of a drawn tree hang on.
    trunk: Trunk,
    /// The lines that follow.
    rest: &'t str,
}

/// The last line that is no branch of a drawn tree.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trunk {
    /// A heading, any text, or nothing: its branches are lines like others.
    Bare,
    /// A label: what hangs on it belongs to its value.
    Labelled,
}

impl<'t> LineReader<'t, '_> {
    fn line(&mut self, raw: &'t str) {
        let line = undecorated(raw);
        if line.chars().all(|character| {
            is_blank(character) || is_invisible(character) || "`|*_~-=─━:".contains(character)
        }) {
            return;
        }
        if is_fence(line) {
            return;
        }
        if self.row(line) {
            return;
        }
        let labelled = self.part.labelled.len();
        if let Some(inner) = branch(line) {
            return self.branch(inner);
        }
        if let Some((label, name)) = self.pending.take() {
            self.below_label(label, name, line);
        } else if !self.label_line(line) {
            self.loose(line);
        }
        let says = self.pending.is_some() || self.part.labelled.len() > labelled;
        self.trunk = if says { Trunk::Labelled } else { Trunk::Bare };
    }

    /// A branch of a drawn tree. On a label hang its value, labels that mean what they say, and remarks that
    /// say nothing of the order, such as the name of who lives at an address.
    fn branch(&mut self, line: &'t str) {
        if line.is_empty() {
            return;
        }
        if let Some((label, name)) = self.pending.take() {
            return self.below_label(label, name, line);
        }
        let says = self.trunk == Trunk::Bare
            || self.last_is_prose()
            || split_label(line, self.labels)
                .is_some_and(|found| found.0.strength > Strength::Weak)
            || self.labels.look_up(line).is_some_and(Label::ends_value);
        if says && !self.label_line(line) {
            self.loose(line);
        }
    }

    /// Takes `Label: value`, a bare label, or several labels.
    fn label_line(&mut self, line: &'t str) -> bool {
        if let Some(found) = inline::between_bars(line, self.labels) {
            self.all_labelled(&found);
            return true;
        }
        let marked = inline::marked(line, self.labels);
        if let Some((_, found)) =
            marked.as_ref().filter(|(lead, found)| lead.is_empty() && found.len() > 1)
        {
            self.all_labelled(found);
            return true;
        }
        if let Some((label, name, value)) = split_label(line, self.labels) {
            if label.field == Field::OrderNumber && announces(line, value) {
                return false;
            }
            let (value, more) = inline::cut(label, value, self.labels);
            self.labelled(label, name, value);
            self.all_labelled(&more);
            return true;
        }
        if let Some((label, name, value)) = split_apart(line, self.labels) {
            if label.field == Field::OrderNumber && announces(line, value) {
                return false;
            }
            self.labelled(label, name, value);
            return true;
        }
        if let Some(found) = inline::beside(marked.as_ref()) {
            self.all_labelled(found);
            return true;
        }
        if let Some(label) = self.labels.look_up(line) {
            self.pending = Some((label, line));
            return true;
        }
        let Some((lead, found)) = marked.or_else(|| inline::within(line, self.labels)) else {
            return false;
        };
        let is_bare = found.iter().all(|found| !found.2.contains(char::is_alphanumeric));
        if is_bare && Senses::of(line).listed.is_some() {
            return false;
        }
        if !lead.is_empty() {
            self.loose(lead);
        }
        self.all_labelled(&found);
        true
    }

    fn all_labelled(&mut self, found: &[inline::Found<'t>]) {
        for (label, name, value) in found {
            self.labelled(*label, name, value);
        }
    }

    fn labelled(&mut self, label: Label, name: &'t str, value: &'t str) {
        if value
            .chars()
            .all(|character| is_blank(character) || is_invisible(character) || character == '*')
        {
            self.pending = Some((label, name));
        } else {
            self.push(label, name, value);
        }
    }

    fn push(&mut self, label: Label, name: &'t str, value: &'t str) {
        self.lists = Lists::begun_by(label, value);
        self.part.labelled.push(Labelled { label, name, value: Cow::Borrowed(value) });
    }

    fn loose(&mut self, line: &'t str) {
        let begins = !self.part.labelled.is_empty();
        if let Some(senses) = heading::line(line).filter(|_| !(begins && is_button(line))) {
            // What a label that nobody knows says has failed may be the payment.
            let is_amid = self.part.is_announced
                || (begins && (!senses.failure || is_of_something_else(line)));
            if is_amid && !senses.cancels() && is_remark(line) {
                if !senses.failure {
                    self.part.is_announced |= senses.success;
                    self.part.headings.push(line);
                }
                return;
            }
            let short =
                line.contains('|') || line.split_whitespace().count() <= MAX_NEXT_HEADING_WORDS;
            let continues = self.last_is_prose() && !senses.success;
            if senses.success || (!continues && (!begins || short)) {
                self.heading(line);
                return;
            }
        }
        let is_first = self.parts.is_empty() && self.part.loose.is_empty();
        if !begins && bare_cancel::heads_text(line, is_first) && !is_button(line) {
            return self.heading(line);
        }
        if let Some(number) = number_line(line) {
            let label = Label::of(Field::OrderNumber, Strength::Strong);
            self.push(label, "order", number);
            return;
        }
        if (self.last_is_prose()
            || self.lists.goes_on(line)
            || goes_on_with_number(self.part.labelled.last(), line))
            && let Some(last) = self.part.labelled.last_mut()
        {
            let value = last.value.to_mut();
            value.push('\n');
            value.push_str(line);
            return;
        }
        self.part.loose.push(line);
    }

    /// Notes, addresses and lists of products go on over several lines.
    fn last_is_prose(&self) -> bool {
        self.part.labelled.last().is_some_and(|last| match last.label.field {
            Field::Detail(Detail::Notes | Detail::ShippingAddress) => true,
            Field::Product => self.lists == Lists::Any,
            _ => false,
        })
    }

    fn heading(&mut self, line: &'t str) {
        if !self.part.labelled.is_empty()
            || names_another(&self.part.headings, line)
            || heads_another_list(&self.part, line)
        {
            self.end_part();
        }
        self.part.is_announced |= Senses::of(line).success;
        self.part.headings.push(line);
    }

    /// Ends the text: a last line such as `Email Type: Shipped` heads nothing, and speaks of what stands
    /// above it.
    fn end(&mut self) {
        let bare = self.part.labelled.is_empty() && self.part.loose.is_empty();
        if bare && let Some(last) = self.parts.last_mut() {
            let senses = last.headings.iter().map(|heading| Senses::of(heading));
            let mut own = self.part.headings.iter();
            let is_other = own.any(|heading| names_another(&last.headings, heading));
            if !is_other && !senses.into_iter().any(|senses| senses.success) {
                last.headings.append(&mut self.part.headings);
            }
        }
        self.end_part();
    }

    fn end_part(&mut self) {
        let part = std::mem::take(&mut self.part);
        self.pending = None;
        if !(part.headings.is_empty() && part.labelled.is_empty() && part.loose.is_empty()) {
            self.parts.push(part);
        }
    }
}
