//! The messages of a file, one by one.

use std::fmt;
use std::io;

use serde_json::Value;

use super::exporter::text::{Dates, ExporterText};
use super::json::values::{Home, Next, Values};
use super::pasted::Pasted;
use super::shape::Shape;
use super::window::Window;
use crate::ids::GuildId;
use crate::reading::{Message, message};

/// A part of a file that is no message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {what}")]
pub struct FileError {
    /// The file, as the person named it.
    pub file: String,
    /// The line at which the part begins, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub what: String,
}

/// What stands in the way of the next message: the line, and what is wrong.
type Fault = (usize, String);

/// The messages of a file. Whatever is no message gives an error and costs no other.
pub struct Messages<'f> {
    file: &'f str,
    window: Window<'f>,
    reader: Reader,
    dates: Dates,
}

impl fmt::Debug for Messages<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Messages").field("file", &self.file).finish_non_exhaustive()
    }
}

/// What finds the next message.
enum Reader {
    Values(Values),
    Lines,
    ExporterText(ExporterText),
    Pasted(Pasted),
    /// Says this once.
    Fault(String),
    Ended,
}

impl<'f> Messages<'f> {
    pub(super) fn new(file: &'f str, window: Window<'f>, shape: &Shape, dates: Dates) -> Self {
        let reader = match shape {
            Shape::Nothing => Reader::Fault(NOTHING.to_owned()),
            Shape::Values(behind) => Reader::Values(Values::new(*behind)),
            Shape::Lines => Reader::Lines,
            Shape::ExporterText => Reader::ExporterText(ExporterText::default()),
            Shape::Text => Reader::Pasted(Pasted::new()),
            Shape::Refused(refusal) => Reader::Fault(format!("the file {refusal}")),
        };
        Self { file, window, reader, dates }
    }

    fn read(&mut self) -> io::Result<Option<Result<Message, Fault>>> {
        match &mut self.reader {
            Reader::Values(values) => next_value(values, &mut self.window),
            Reader::Lines => next_line(&mut self.window),
            Reader::ExporterText(text) => {
                let found = text.next(&mut self.window, self.dates)?;
                Ok(found.map(|found| found.map_err(|heading| (heading.line, NO_DAY.to_owned()))))
            }
            Reader::Pasted(pasted) => Ok(pasted.next(&mut self.window)?.map(Ok)),
            Reader::Fault(what) => {
                let what = std::mem::take(what);
                self.reader = Reader::Ended;
                Ok(Some(Err((1, what))))
            }
            Reader::Ended => Ok(None),
        }
    }
}

impl Iterator for Messages<'_> {
    type Item = Result<Message, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        let found = self.read().unwrap_or_else(|error| {
            self.reader = Reader::Ended;
            Some(Err((self.window.line(), format!("the file cannot be read on ({error})"))))
        });
        found.map(|found| {
            found.map_err(|(line, what)| FileError { file: self.file.to_owned(), line, what })
        })
    }
}

const NOTHING: &str = "the file is empty; give a file with messages or text copied from Discord";
const BREAKS_OFF: &str =
    "the JSON ends here before it is complete; save the file again. Everything before it was read";
const STRAY: &str = "this is not JSON; everything before it was read";
const NO_MESSAGE: &str = "this is not a Discord message, since it has neither \"content\" nor \"embeds\"; remove it. The rest was read";
const NO_DAY: &str = "the date above this message is not a date, so the message was left out";

fn next_value(
    values: &mut Values,
    window: &mut Window<'_>,
) -> io::Result<Option<Result<Message, Fault>>> {
    let end = match values.next(window)? {
        Next::Value(end) => end,
        Next::BreaksOff => return Ok(Some(Err((window.line(), BREAKS_OFF.to_owned())))),
        Next::Stray => return Ok(Some(Err((window.line(), STRAY.to_owned())))),
        Next::End => return Ok(None),
    };
    let line = window.line();
    let found = message(window.rest().get(..end).unwrap_or_default(), line, values.home());
    window.take(end);
    Ok(Some(found))
}

fn next_line(window: &mut Window<'_>) -> io::Result<Option<Result<Message, Fault>>> {
    loop {
        let number = window.line();
        let Some(line) = window.take_line()? else { return Ok(None) };
        let line = line.trim();
        if !line.is_empty() {
            return Ok(Some(message(line.trim_end_matches(','), number, Home::default())));
        }
    }
}

/// The message that a JSON text from this line on is.
fn message(text: &str, line: usize, home: Home) -> Result<Message, Fault> {
    let json = message::value_from_slice(text.as_bytes()).map_err(|error| {
        let at = line + error.line().saturating_sub(1);
        (at, format!("this is not JSON ({error}); fix or remove it. The rest was read"))
    })?;
    let inner =
        ["message", "d"].iter().find_map(|key| json.get(key).filter(|_| !is_message(&json)));
    let json = inner.unwrap_or(&json);
    if !is_message(json) {
        return Err((line, NO_MESSAGE.to_owned()));
    }
    let mut message = Message::from_json(json);
    message.guild_id = message.guild_id.or(home.guild.filter(|guild| *guild != GuildId(0)));
    message.channel_id = message.channel_id.or(home.channel);
    Ok(message)
}

fn is_message(json: &Value) -> bool {
    ["content", "embeds", "components", "message_snapshots", "forwardedMessage"]
        .iter()
        .any(|key| json.get(key).is_some())
}
