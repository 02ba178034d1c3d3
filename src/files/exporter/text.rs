//! A channel as DiscordChatExporter writes it with `--format PlainText`: each message below a line with
//! its date and its author.

use std::io;

use chrono_tz::Tz;

use super::super::window::{LONGEST, Window};
use super::date::{DateOrder, Written};
use crate::reading::Message;
use crate::reading::message::{Author, Embed};

/// How the dates of a text are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    /// In which order day, month and year stand.
    pub order: DateOrder,
    /// By which clocks they were written.
    pub zone: Tz,
}

impl Default for Dates {
    fn default() -> Self {
        Self { order: DateOrder::Mdy, zone: Tz::UTC }
    }
}

/// The line above a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Heading {
    pub(in super::super) line: usize,
    /// As it stands there.
    pub(in super::super) date: String,
    pub(in super::super) written: Written,
    author: String,
}

impl Heading {
    /// `[1/15/2026 1:00 PM] Refract (pinned)`
    pub(super) fn read(text: &str, line: usize) -> Option<Self> {
        let (date, author) = text.strip_prefix('[')?.split_once("] ")?;
        let written = Written::read(date)?;
        let author = author.strip_suffix(" (pinned)").unwrap_or(author).trim().to_owned();
        Some(Self { line, date: date.to_owned(), written, author })
    }
}

/// Whether a text is such an export: it begins with a frame that names server and channel, or with the
/// line above a message.
pub(in super::super) fn is_exporter_text(head: &str) -> bool {
    let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty());
    let Some(first) = lines.next() else { return false };
    if is_frame(first) {
        return lines.next().is_some_and(|line| line.starts_with("Guild:"))
            && lines.next().is_some_and(|line| line.starts_with("Channel:"));
    }
    Heading::read(first, 1).is_some()
}

/// The line above the first message, counted from 0, and its date where that cannot be read.
pub(in super::super) fn unread_date(head: &str) -> Option<(usize, String)> {
    let mut lines = head.lines().enumerate();
    let (index, line) = lines.find(|(_, line)| line.starts_with('['))?;
    let date = line.strip_prefix('[')?.split(']').next().unwrap_or_default();
    Heading::read(line, index + 1).is_none().then(|| (index, date.to_owned()))
}

/// A line of the frame around what an export says of itself.
fn is_frame(line: &str) -> bool {
    line.len() >= 20 && line.bytes().all(|byte| byte == b'=')
}

/// The headings of a text, without the messages.
pub(in super::super) fn next_heading(window: &mut Window<'_>) -> io::Result<Option<Heading>> {
    loop {
        let number = window.line();
        let Some(line) = window.take_line()? else { return Ok(None) };
        if let Some(heading) = Heading::read(&line, number) {
            return Ok(Some(heading));
        }
    }
}

/// The messages of a text.
#[derive(Debug, Default)]
pub(in super::super) struct ExporterText {
    /// The heading of the next message, if it was read already.
    heading: Option<Heading>,
}

impl ExporterText {
    /// The next message, or the line whose date is no day. `None`: that were all.
    pub(in super::super) fn next(
        &mut self,
        window: &mut Window<'_>,
        dates: Dates,
    ) -> io::Result<Option<Result<Message, Heading>>> {
        let heading = match self.heading.take() {
            Some(heading) => heading,
            None => match next_heading(window)? {
                Some(heading) => heading,
                None => return Ok(None),
            },
        };
        let body = self.body(window)?;
        let Some(posted_at) = heading.written.moment(dates.order, dates.zone) else {
            return Ok(Some(Err(heading)));
        };
        let author = Author { name: heading.author, ..Author::default() };
        let message = Message { author, posted_at: Some(posted_at), ..message(&body) };
        Ok(Some(Ok(message)))
    }

    /// The lines up to the next heading or the frame at the end.
    fn body(&mut self, window: &mut Window<'_>) -> io::Result<Vec<String>> {
        let mut body: Vec<String> = Vec::new();
        let mut bytes = 0;
        let mut ended = false;
        loop {
            let number = window.line();
            let Some(line) = window.take_line()? else { return Ok(body) };
            self.heading = Heading::read(&line, number);
            if self.heading.is_some() {
                return Ok(body);
            }
            let is_ours = line.starts_with("Exported ") || line.starts_with("Guild:");
            if is_ours && body.pop_if(|last| is_frame(last)).is_some() {
                ended = true;
            }
            bytes += line.len();
            if !ended && bytes < LONGEST {
                body.push(line);
            }
        }
    }
}

/// Where the lines of a message belong.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Content,
    Embed,
    /// What is not read: addresses of attachments, who reacted.
    Other,
}

/// A message of its lines: an embed's stand below `{Embed}`, without a word which is a label and which a
/// value.
fn message(body: &[String]) -> Message {
    let mut message = Message::default();
    let mut part = Part::Content;
    for line in body {
        let line = line.as_str();
        match line {
            "{Embed}" => {
                message.embeds.push(Embed::default());
                part = Part::Embed;
            }
            "{Attachments}" | "{Stickers}" | "{Reactions}" => {
                message.has_other_parts |= line != "{Reactions}";
                part = Part::Other;
            }
            _ => match (part, message.embeds.last_mut()) {
                (Part::Content, _) => push(&mut message.content, line),
                (Part::Embed, Some(embed)) => push(&mut embed.description, line),
                _ => {}
            },
        }
    }
    let trim = |text: &mut String| *text = text.trim().to_owned();
    trim(&mut message.content);
    message.embeds.iter_mut().for_each(|embed| trim(&mut embed.description));
    message
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}
