//! From a message to its sections: each what may be one checkout, with its headings and labels.

mod fields;
pub(crate) mod links;
pub(crate) mod listed;

use super::heading::Senses;
use super::heading::button::{is_button, is_nothing_but_button};
use super::lines::{self, Labelled, Part};
use super::tally;
use super::view::{EmbedView, Frame, Linked, View};
use crate::reading::labels::Labels;
use crate::reading::text::plain;

/// Running text longer than this is no product's name.
const MAX_NAME_BYTES: usize = 200;

/// What may be one checkout.
#[derive(Debug, Default)]
pub(crate) struct Section<'v> {
    /// Author, title, footer, then headings within the text; blank where there is none.
    pub(crate) author: &'v str,
    pub(crate) author_senses: Senses,
    pub(crate) title: &'v str,
    pub(crate) title_senses: Senses,
    pub(crate) footer: &'v str,
    pub(crate) headings: Vec<&'v str>,
    pub(crate) labelled: Vec<Labelled<'v>>,
    /// Lines of the description without a label.
    pub(crate) loose: Vec<&'v str>,
    /// Values of fields whose names are no labels: a sentence in one may name the order.
    pub(crate) prose: Vec<&'v str>,
    /// Fields that count many attempts.
    pub(crate) tallies: usize,
    /// A field that no label names says that something was declined or failed.
    pub(crate) fails: bool,
    /// A field or line names the carrier.
    pub(crate) names_carrier: bool,
    /// Whether the embed that holds it is headed as a summary.
    pub(crate) of_recap: bool,
    pub(crate) url: &'v str,
    pub(crate) image: &'v str,
    /// Buttons that open a link.
    pub(crate) links: Vec<Linked<'v>>,
    /// Absent for running text.
    pub(crate) embed: Option<Frame>,
}

impl<'v> Section<'v> {
    fn of_part(part: Part<'v>) -> Self {
        let mut section = Self {
            names_carrier: part.loose.iter().copied().any(fields::names_carrier),
            headings: part.headings,
            labelled: part.labelled,
            loose: part.loose,
            ..Self::default()
        };
        if !section.headings.iter().all(|line| is_button(line)) {
            section.demote_buttons();
        }
        section
    }

    /// Whether something announces what this section is.
    fn is_headed(&self) -> bool {
        !self.headings.is_empty() || self.author_senses.any() || self.title_senses.any()
    }

    /// Where title or author announce an order, a line such as `Fatal Error: The Board Game` is no heading.
    fn demote_headings(&mut self) {
        let (headings, lines) = self.headings.drain(..).partition(|line| {
            let senses = Senses::of(line);
            senses.success || senses.test
        });
        self.headings = headings;
        self.loose.splice(..0, lines);
    }

    /// Below an announcement of any kind a line that is nothing but a link is a product, unless it holds no words but
    /// those of notices: `[Cancelled Plans Tee](https://...)`, not `[Order Cancelled](https://...)`. A link that asks
    /// for something announces nothing either.
    fn demote_linked_headings(&mut self) {
        let (lines, headings) = self.headings.drain(..).partition(|line| {
            let line = line.trim();
            if is_button(line) {
                return true;
            }
            let is_link = line.starts_with('[') && line.ends_with(')');
            let shown = plain(line);
            is_link && shown.link.is_some() && !Senses::knows_all(&shown.text)
        });
        self.headings = headings;
        self.loose.splice(..0, lines);
    }

    /// Beside a heading a link that asks for something announces nothing.
    fn demote_buttons(&mut self) {
        let (lines, headings) = self.headings.drain(..).partition(|line| is_button(line));
        self.headings = headings;
        self.loose.splice(..0, lines);
    }

    /// Text of a person or a bot without a single label.
    pub(crate) fn is_chat(&self) -> bool {
        self.embed.is_none() && self.labelled.is_empty()
    }

    /// The one line of a description besides labels, where it can be a product's name.
    pub(crate) fn lone_name(&self) -> Option<&'v str> {
        if self.embed.is_none() || self.labelled.is_empty() {
            return None;
        }
        let mut lines =
            self.loose.iter().filter(|line| !tally::is_line(line) && !is_nothing_but_button(line));
        let line = lines.next().filter(|_| lines.next().is_none())?;
        let sentence = line.ends_with(['.', '!', '?', ':']) || line.len() > MAX_NAME_BYTES;
        (!sentence).then_some(*line)
    }

    /// How many of its fields and lines count attempts.
    pub(crate) fn tallies(&self) -> usize {
        let lines = self.loose.iter().filter(|line| tally::is_line_of_attempts(line));
        self.tallies + lines.count()
    }

    fn says_something(&self) -> bool {
        !self.labelled.is_empty()
            || !self.loose.is_empty()
            || !self.author.is_empty()
            || !self.title.is_empty()
            || !self.headings.is_empty()
    }
}

/// The sections of a message: of its content, then of each embed, then of what its files say. A heading that
/// stands alone in the content is the one of all that is not headed itself.
pub(crate) fn sections<'v>(views: &'v [View<'v>], labels: &Labels) -> Vec<Section<'v>> {
    let mut heads = Vec::new();
    let alone = views.iter().all(|view| view.embeds.is_empty()) && views.len() < 2;
    let of_view = |view| of_view(view, labels, alone, &mut heads);
    views.iter().flat_map(of_view).collect()
}

fn of_view<'v>(
    view: &'v View<'v>,
    labels: &Labels,
    alone: bool,
    heads: &mut Vec<&'v str>,
) -> Vec<Section<'v>> {
    let mut sections: Vec<Section<'v>> = Vec::with_capacity(view.embeds.len());
    let alone = alone || view.is_file;
    if !view.content.is_empty() {
        let mut of_recap = false;
        for part in lines::parts(&view.content, labels) {
            of_recap |= opens_recap(&part.headings);
            if part.labelled.is_empty() && !alone {
                heads.extend(part.headings);
            } else {
                sections.push(Section { of_recap, ..Section::of_part(part) });
            }
        }
    }
    sections.iter_mut().for_each(listed::take);
    let of_content = sections.len();
    for embed in &view.embeds {
        of_embed(embed, labels, of_content, &mut sections);
    }
    let awaiting = if view.is_file { 0 } else { of_content };
    for section in sections.iter_mut().skip(awaiting) {
        let is_headed = section.is_headed();
        let counts = |head: &&&str| !is_headed || Senses::of(head).test;
        section.headings.extend(heads.iter().filter(counts).copied());
    }
    sections
}

/// Adds an embed: as a section of its own, or to the one before when nothing heads it.
fn of_embed<'v>(
    view: &'v EmbedView<'v>,
    labels: &Labels,
    of_content: usize,
    sections: &mut Vec<Section<'v>>,
) {
    let mut parts = lines::parts(&view.description, labels).into_iter();
    let mut section = Section::of_part(parts.next().unwrap_or_default());
    section.author = &view.author;
    section.title = &view.title;
    section.footer = &view.footer;
    section.url = &view.url;
    section.image = &view.image;
    section.links = view.links().collect();
    section.embed = Some(view.frame);
    section.author_senses = Senses::of(section.author);
    section.title_senses = Senses::of(section.title);
    section.of_recap = section.author_senses.recap || section.title_senses.recap;
    if section.author_senses.success || section.title_senses.success {
        section.demote_headings();
    } else if section.author_senses.any() || section.title_senses.any() {
        section.demote_linked_headings();
    }
    let names = view.fields.iter().map(|(name, _)| name.as_ref());
    let may_be_bare = listed::lists_bare_numbers(&section, names, labels);
    let above = std::mem::take(&mut section.labelled);
    section.labelled.reserve(view.fields.len() + above.len());
    for (name, value) in &view.fields {
        fields::take((name, value), labels, may_be_bare, &mut section);
    }
    section.labelled.extend(above);
    listed::take(&mut section);
    let buttons = std::mem::take(&mut section.links);
    let of_recap = section.of_recap || opens_recap(&section.headings);
    let continues = sections.len() > of_content
        && view.author.is_empty()
        && view.title.is_empty()
        && section.headings.is_empty();
    match sections.last_mut().filter(|_| continues) {
        Some(last) => {
            last.labelled.extend(section.labelled);
            last.loose.extend(section.loose);
            if last.image.is_empty() {
                last.image = section.image;
            }
            last.prose.extend(section.prose);
            last.tallies += section.tallies;
            last.fails |= section.fails;
        }
        None if section.says_something() => sections.push(section),
        None => {}
    }
    for part in parts {
        let mut section = Section::of_part(part);
        section.image = &view.image;
        section.embed = Some(view.frame);
        section.of_recap = of_recap;
        listed::take(&mut section);
        sections.push(section);
    }
    if let Some(last) = sections.last_mut() {
        last.links.extend(buttons);
    }
}

/// Whether headings announce a summary before they announce an order.
pub(super) fn opens_recap(headings: &[&str]) -> bool {
    let mut senses = headings.iter().map(|heading| Senses::of(heading));
    senses.find(|head| head.recap || head.success).is_some_and(|head| head.recap)
}
