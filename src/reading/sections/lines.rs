//! Text in lines: labels with their values, headings, and what stands between them.

use std::borrow::Cow;

use super::heading::{self, Senses};
use crate::reading::labels::field::Field;
use crate::reading::labels::{Label, Labels, Strength};
use crate::reading::text::{is_blank, is_invisible, undecorated};
use crate::reading::values::order_number::{self, pieces};

/// How far into a line its label may reach.
const MAX_LABEL_CHARACTERS: usize = 90;
/// Colons of a line that may end its label.
const MAX_COLONS: usize = 5;
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
        lists_products: false,
    };
    for line in text.split('\n').take(MAX_LINES) {
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
    /// The last value is a line such as `2x Example`, which more may follow.
    lists_products: bool,
}

impl<'t> LineReader<'t, '_> {
    fn line(&mut self, raw: &'t str) {
        let line = undecorated(raw);
        if line.chars().all(|character| {
            is_blank(character) || is_invisible(character) || "`|*_~-=─━".contains(character)
        }) {
            return;
        }
        if is_fence(line) {
            return;
        }
        if line.starts_with(['╰', '└', '├', '┗', '┣', '↳']) {
            self.pending = None;
            return;
        }
        if let Some((label, name)) = self.pending.take() {
            self.below_label(label, name, line);
        } else if !self.label_line(line) {
            self.loose(line);
        }
    }

    /// A line below a bare label is its value, unless it is a label or a heading itself.
    fn below_label(&mut self, label: Label, name: &'t str, line: &'t str) {
        let bare = self.labels.look_up(line).filter(|next| {
            let certain = next.ends_value() && !is_common_word(*next, line);
            certain || (label.position.is_some() && next.position.is_some())
        });
        if let Some(next) = bare {
            self.pending = Some((next, line));
            return;
        }
        let says_words = matches!(label.field, Field::Status | Field::Reason | Field::Notes);
        if !says_words && heading::line(line).is_some_and(|senses| senses.success) {
            self.heading(line);
            return;
        }
        let labelled = split_label(line, self.labels).filter(|(next, ..)| next.ends_value());
        match labelled {
            Some((next, next_name, value)) => self.labelled(next, next_name, value),
            None => self.push(label, name, line),
        }
    }

    /// Takes `Label: value`, a bare label, or several labels between bars.
    fn label_line(&mut self, line: &'t str) -> bool {
        if line.contains(" | ") && self.labels_between_bars(line) {
            return true;
        }
        if let Some((label, name, value)) =
            split_label(line, self.labels).or_else(|| split_dash(line, self.labels))
        {
            if label.field == Field::OrderNumber && announces(line, value) {
                return false;
            }
            self.labelled(label, name, value);
            return true;
        }
        if let Some(label) = self.labels.look_up(line) {
            self.pending = Some((label, line));
            return true;
        }
        false
    }

    fn labels_between_bars(&mut self, line: &'t str) -> bool {
        let split = line.split(" | ").map(|part| split_label(part.trim(), self.labels));
        let found: Option<Vec<_>> = split.collect();
        let Some(found) = found.filter(|found| found.len() > 1) else { return false };
        for (label, name, value) in found {
            self.labelled(label, name, value);
        }
        true
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
        let counts = || {
            crate::reading::values::item_line::line(value)
                .is_some_and(|item| item.quantity.is_some())
        };
        self.lists_products = label.field == Field::Product && counts();
        self.part.labelled.push(Labelled { label, name, value: Cow::Borrowed(value) });
    }

    fn loose(&mut self, line: &'t str) {
        let begins = !self.part.labelled.is_empty();
        if let Some(senses) = heading::line(line) {
            let short =
                line.contains('|') || line.split_whitespace().count() <= MAX_NEXT_HEADING_WORDS;
            let continues = self.last_is_prose() && !senses.success;
            if senses.success || (!continues && (!begins || short)) {
                self.heading(line);
                return;
            }
        }
        if let Some(number) = number_line(line) {
            let label = Label::of(Field::OrderNumber, Strength::Strong);
            self.push(label, "order", number);
            return;
        }
        if (self.last_is_prose() || (self.last_is_number() && pieces::is_further_line(line)))
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
            Field::Notes | Field::ShippingAddress => true,
            Field::Product => self.lists_products,
            _ => false,
        })
    }

    fn last_is_number(&self) -> bool {
        self.part.labelled.last().is_some_and(|last| last.label.field == Field::OrderNumber)
    }

    fn heading(&mut self, line: &'t str) {
        if !self.part.labelled.is_empty() {
            self.end_part();
        }
        self.part.headings.push(line);
    }

    /// Ends the text: a last line such as `Email Type: Shipped` heads nothing, and speaks of what stands
    /// above it.
    fn end(&mut self) {
        let bare = self.part.labelled.is_empty() && self.part.loose.is_empty();
        if bare && let Some(last) = self.parts.last_mut() {
            let senses = last.headings.iter().map(|heading| Senses::of(heading));
            if !senses.into_iter().any(|senses| senses.success) {
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

/// Whether a label that says nothing of an order, is of another language or a common noun, is a word that
/// may as well be a value, such as `Card` or `Purchase`.
fn is_common_word(label: Label, line: &str) -> bool {
    let doubtful =
        label.foreign || matches!(label.field, Field::Ignored | Field::Date | Field::Reason);
    let is_noun =
        ["purchase", "confirmation", "po"].iter().any(|noun| line.eq_ignore_ascii_case(noun));
    (doubtful || is_noun) && !line.contains(' ') && !line.eq_ignore_ascii_case("image")
}

/// `Purchase: Successful` is a heading, although `Purchase` is a label, too.
fn announces(line: &str, value: &str) -> bool {
    let digits = value.bytes().any(|byte| byte.is_ascii_digit() || byte >= 0x80);
    !digits && heading::line(line).is_some_and(|senses| senses.success)
}

/// The first or last line of a code block, with the language that it may name.
fn is_fence(line: &str) -> bool {
    line.strip_prefix("```").is_some_and(|language| {
        language.len() <= 16 && language.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// `Label: value`. Colons of `:package:` and of custom emoji may stand in front of the label. Marks that
/// were opened in the label are closed in front of the value.
fn split_label<'t>(line: &'t str, labels: &Labels) -> Option<(Label, &'t str, &'t str)> {
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

/// `**Label** — value`, `Label - value`, `Label = value`.
fn split_dash<'t>(line: &'t str, labels: &Labels) -> Option<(Label, &'t str, &'t str)> {
    ["\t", " — ", " – ", " - ", " = ", " → ", " ➜ ", " » ", " | "].into_iter().find_map(|mark| {
        let (name, value) = line.split_once(mark)?;
        let marked = name.contains("**") || name.contains("__");
        let label =
            labels.look_up(name).filter(|label| marked || label.strength > Strength::Weak)?;
        Some((label, name, closed(name, value)))
    })
}

fn closed<'t>(name: &str, value: &'t str) -> &'t str {
    let value = value.trim();
    let mark =
        |character: char| matches!(character, '*' | '_' | '~' | '`') && name.contains(character);
    let opened = name.matches("**").count() % 2 == 1
        || name.matches('`').count() % 2 == 1
        || name.matches("__").count() % 2 == 1
        || name.starts_with('*')
        || name.starts_with('_');
    if opened { value.trim_start_matches(mark).trim_start() } else { value }
}

/// `Order #12345` as a line of its own.
fn number_line(line: &str) -> Option<&str> {
    let hash = line.find('#')?;
    let (name, number) = line.get(..hash).zip(line.get(hash..))?;
    let name = name.trim_matches(|character: char| !character.is_alphanumeric());
    let named =
        ["order", "order number", "order no"].iter().any(|known| name.eq_ignore_ascii_case(known));
    let first = number.trim_end_matches(['*', '|', '`', ' ']);
    (named && order_number::normal(first).is_some()).then_some(first)
}
