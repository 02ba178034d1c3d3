//! What people wrote of a message: what sections borrow from.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::heading;
use crate::reading::labels::Labels;
use crate::reading::message::{Embed, Message, Panel, objects};
use crate::reading::text::{plain, undecorated, without_colours};

/// What an embed shows besides its texts.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Frame {
    pub(crate) colour: Option<u32>,
    pub(crate) timestamp: Option<DateTime<Utc>>,
}

/// A button that opens a link: what stands on it, and the link.
pub(crate) type Linked<'v> = (&'v str, &'v str);

/// A pair of texts of a message.
type Pair<'m> = (Cow<'m, str>, Cow<'m, str>);

/// An embed, or a panel of components, which is read like one.
#[derive(Debug, Default)]
pub(crate) struct EmbedView<'m> {
    pub(super) frame: Frame,
    pub(super) author: Cow<'m, str>,
    pub(super) title: Cow<'m, str>,
    pub(super) description: Cow<'m, str>,
    pub(super) footer: Cow<'m, str>,
    pub(super) url: Cow<'m, str>,
    pub(super) image: Cow<'m, str>,
    pub(super) fields: Vec<Pair<'m>>,
    buttons: Vec<Pair<'m>>,
}

impl<'m> EmbedView<'m> {
    fn of(embed: &'m Embed) -> Self {
        let image = if embed.thumbnail.is_empty() { &embed.image } else { &embed.thumbnail };
        let fields = embed.fields.iter();
        Self {
            frame: Frame { colour: embed.colour, timestamp: embed.timestamp },
            author: shown(&embed.author),
            title: shown(&embed.title),
            description: running(&embed.description),
            footer: shown(&embed.footer),
            url: shown(&embed.url),
            image: shown(image),
            fields: fields.map(|field| shown_pair(&field.name, &field.value)).collect(),
            buttons: Vec::new(),
        }
    }

    /// The headlines at the top of a panel are what author and title are in an embed, and small print at its
    /// end is the footer.
    fn of_panel(panel: &'m Panel, labels: &Labels) -> Self {
        let text = shown(&panel.text);
        let mut lines: Vec<&str> = text.split('\n').collect();
        let footer = lines.pop_if(|line| line.trim_start().starts_with("-# ")).unwrap_or_default();
        let heads: Vec<&str> =
            lines.iter().copied().map_while(|line| headline(line, labels)).take(2).collect();
        let (author, title) = match *heads.as_slice() {
            [first, second] if announces(second) && !announces(first) => (second, first),
            [first, second] => (first, second),
            [only] => ("", only),
            _ => ("", ""),
        };
        let description = lines.get(heads.len()..).unwrap_or_default().join("\n");
        let url = plain(title).link.unwrap_or_default().to_owned();
        let buttons = panel.links.iter();
        Self {
            frame: Frame { colour: panel.colour, timestamp: None },
            author: Cow::Owned(author.to_owned()),
            title: Cow::Owned(title.to_owned()),
            footer: Cow::Owned(undecorated(footer).to_owned()),
            description: Cow::Owned(description),
            url: Cow::Owned(url),
            image: panel.pictures.first().map_or(Cow::Borrowed(""), |picture| shown(picture)),
            fields: Vec::new(),
            buttons: buttons.map(|link| shown_pair(&link.label, &link.url)).collect(),
        }
    }

    pub(super) fn links(&self) -> impl Iterator<Item = Linked<'_>> {
        self.buttons.iter().map(|(label, url)| (label.as_ref(), url.as_ref()))
    }
}

/// A headline of markdown that is no label: `## Successful Checkout`.
fn headline<'t>(line: &'t str, labels: &Labels) -> Option<&'t str> {
    let line = line.trim_start();
    let text = ["# ", "## ", "### "].iter().find_map(|mark| line.strip_prefix(mark))?;
    (!labels.knows(text) && !text.trim().is_empty()).then_some(text.trim())
}

fn announces(line: &str) -> bool {
    heading::line(line).is_some()
}

/// A message as it is read; its secrets were taken out before.
#[derive(Debug)]
pub(crate) struct View<'m> {
    pub(super) content: Cow<'m, str>,
    pub(super) embeds: Vec<EmbedView<'m>>,
    /// What a text file says.
    pub(super) is_file: bool,
}

impl<'m> View<'m> {
    /// A message and what its files say. Embeds that Discord made of a link say nothing of an order.
    pub(crate) fn all_of(message: &'m Message, labels: &Labels) -> Vec<Self> {
        let own = std::iter::once(Self::of(message, labels, false));
        own.chain(message.attached().map(|said| Self::of(said, labels, true))).collect()
    }

    fn of(message: &'m Message, labels: &Labels, is_file: bool) -> Self {
        let written =
            message.embeds.iter().filter(|embed| matches!(embed.kind.as_str(), "" | "rich"));
        let panels = message.panels.iter().map(|panel| EmbedView::of_panel(panel, labels));
        Self {
            content: running(&message.content),
            embeds: written.map(EmbedView::of).chain(panels).collect(),
            is_file,
        }
    }
}

/// A text without a terminal's colours.
fn shown(raw: &str) -> Cow<'_, str> {
    without_colours(Cow::Borrowed(raw))
}

/// A running text, in which JSON stands for the labels that it names: all of it, or a code block.
fn running(raw: &str) -> Cow<'_, str> {
    if !raw.contains(['{', '[']) || !raw.contains(['}', ']']) {
        return shown(raw);
    }
    if raw.trim_start().starts_with(['{', '[']) {
        return objects::as_lines(raw).map_or_else(|| shown(raw), Cow::Owned);
    }
    if !raw.contains("```") {
        return shown(raw);
    }
    let parts = raw.split("```").enumerate().map(|(index, part)| {
        let from = part.find(['{', '[']).filter(|_| index % 2 == 1);
        let lines = from.and_then(|from| objects::as_lines(part.get(from..)?));
        lines.map_or(Cow::Borrowed(part), |lines| Cow::Owned(format!("\n{lines}")))
    });
    shown_whole(parts.collect::<Vec<_>>().join("```"))
}

fn shown_whole(text: String) -> Cow<'static, str> {
    without_colours(Cow::Owned(text))
}

/// A label and its value, without colours.
fn shown_pair<'m>(name: &'m str, value: &'m str) -> Pair<'m> {
    (shown(name), shown(value))
}
