//! JSON values one after the other: alone, in arrays, or as the messages of exports.

use std::io;

use serde_json::Value;

use super::super::window::{LONGEST, Window};
use super::scan::{next_byte, take_to_close, value_end};
use crate::ids::{ChannelId, GuildId};

/// Members of an export that are looked at; those that matter stand in front.
const MEMBERS_MAX: usize = 64;
/// Arrays within arrays that are opened: Discord's search answers with arrays of arrays.
const DEPTH_MAX: usize = 4;

/// Where the messages of an export were posted, as far as it says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) struct Home {
    /// 0: direct messages.
    pub(in super::super) guild: Option<GuildId>,
    pub(in super::super) channel: Option<ChannelId>,
}

impl Home {
    fn or(self, other: Self) -> Self {
        Self { guild: self.guild.or(other.guild), channel: self.channel.or(other.channel) }
    }

    fn is_whole(self) -> bool {
        self.guild.is_some() && self.channel.is_some()
    }
}

/// What stands next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Next {
    /// The rest begins with a value of so many bytes, which is to be taken.
    Value(usize),
    /// A value that has no end.
    BreaksOff,
    /// Something behind an array that is no other one.
    Stray,
    End,
}

/// The values of a file.
#[derive(Debug, Default)]
pub(in super::super) struct Values {
    /// What the first export says behind its messages of where they were posted.
    behind: Home,
    home: Home,
    /// Arrays that are open.
    depth: usize,
    in_export: bool,
    had_array: bool,
    ended: bool,
}

impl Values {
    /// The values of a file whose first export says this behind its messages.
    pub(in super::super) fn new(behind: Home) -> Self {
        Self { behind, ..Self::default() }
    }

    /// Where the values of the present export were posted.
    pub(in super::super) fn home(&self) -> Home {
        self.home
    }

    /// Goes to the next value.
    pub(in super::super) fn next(&mut self, window: &mut Window<'_>) -> io::Result<Next> {
        while !self.ended {
            let Some(byte) = to_next(window)? else { break };
            match byte {
                b'[' if self.depth < DEPTH_MAX => self.open(window, 0),
                b']' if self.depth > 0 => self.close(window)?,
                b'{' if self.depth == 0 => match export_head(window)? {
                    Some(head) => {
                        self.home = head.home.or(std::mem::take(&mut self.behind));
                        self.in_export = true;
                        self.open(window, head.messages);
                    }
                    None => return self.value(window),
                },
                _ if self.depth == 0 && self.had_array => {
                    self.ended = true;
                    return Ok(Next::Stray);
                }
                _ => return self.value(window),
            }
        }
        let breaks_off = self.depth > 0 && !self.ended;
        self.ended = true;
        Ok(if breaks_off { Next::BreaksOff } else { Next::End })
    }

    /// Passes the bracket at this byte of the rest.
    fn open(&mut self, window: &mut Window<'_>, bracket: usize) {
        window.take(bracket + 1);
        self.depth += 1;
        self.had_array = true;
    }

    fn close(&mut self, window: &mut Window<'_>) -> io::Result<()> {
        window.take(1);
        self.depth -= 1;
        if self.depth == 0 && std::mem::take(&mut self.in_export) {
            take_to_close(window)?;
            self.home = Home::default();
        }
        Ok(())
    }

    fn value(&mut self, window: &mut Window<'_>) -> io::Result<Next> {
        let end = value_end(window, 0)?;
        self.ended = end.is_none();
        Ok(end.map_or(Next::BreaksOff, Next::Value))
    }
}

/// Takes what stands between values.
fn to_next(window: &mut Window<'_>) -> io::Result<Option<u8>> {
    loop {
        let between = |byte: &u8| byte.is_ascii_whitespace() || *byte == b',';
        let bytes = window.rest().bytes().take_while(between).count();
        window.take(bytes);
        match window.rest().bytes().next() {
            Some(byte) => return Ok(Some(byte)),
            None if window.read_on()? => {}
            None => return Ok(None),
        }
    }
}

/// The beginning of an export: an object whose `messages` are an array.
pub(in super::super) struct Head {
    /// Where in the rest the array begins.
    messages: usize,
    home: Home,
}

/// The beginning of the export that the rest begins with, if it is one.
pub(in super::super) fn export_head(window: &mut Window<'_>) -> io::Result<Option<Head>> {
    let mut home = Home::default();
    Ok(messages_of(window, 1, &mut home)?.map(|messages| Head { messages, home }))
}

/// What an export says behind its messages of where they were posted, if it did not say it in front.
pub(in super::super) fn home_behind(window: &mut Window<'_>, head: &Head) -> io::Result<Home> {
    let mut home = Home::default();
    if !head.home.is_whole() {
        window.take(head.messages + 1);
        take_to_close(window)?;
        messages_of(window, 0, &mut home)?;
    }
    Ok(home)
}

/// Walks over the members of an object from this byte on, and notes where its messages were posted.
/// Gives the byte at which the array `messages` begins.
fn messages_of(
    window: &mut Window<'_>,
    mut at: usize,
    home: &mut Home,
) -> io::Result<Option<usize>> {
    for _ in 0..MEMBERS_MAX {
        let (from, quote) = next_byte(window, at, b",")?;
        let name_end = if quote == Some(b'"') { value_end(window, from)? } else { None };
        let Some(name_end) = name_end else { return Ok(None) };
        let (value, first) = next_byte(window, name_end, b":")?;
        let name = window.rest().get(from + 1..name_end - 1).unwrap_or_default().to_owned();
        match name.as_str() {
            "messages" if first == Some(b'[') => return Ok(Some(value)),
            // A message it is then; its own text may be long.
            "content" | "embeds" => return Ok(None),
            _ => {}
        }
        let Some(end) = value_end(window, value)?.filter(|end| *end <= LONGEST) else {
            return Ok(None);
        };
        let text = window.rest().get(value..end).unwrap_or_default();
        match name.as_str() {
            "guild" => home.guild = id_in(text).map(GuildId),
            "channel" => home.channel = id_in(text).map(ChannelId),
            _ => {}
        }
        at = end;
    }
    Ok(None)
}

fn id_in(object: &str) -> Option<i64> {
    let object: Value = serde_json::from_str(object).ok()?;
    let id = object.get("id")?;
    id.as_i64().or_else(|| id.as_str()?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::super::super::window::BytesRead;
    use super::*;

    /// The values with their lines and channels, or what is in the way.
    fn values(text: &str) -> Vec<(usize, i64, Result<String, Next>)> {
        let mut source = Cursor::new(text.as_bytes().to_vec());
        let mut behind = Home::default();
        let mut window = Window::open(&mut source, BytesRead::default()).expect("read");
        if text.starts_with('{')
            && let Some(head) = export_head(&mut window).expect("read")
        {
            behind = home_behind(&mut window, &head).expect("read");
        }
        let mut window = Window::open(&mut source, BytesRead::default()).expect("read");
        let mut values = Values::new(behind);
        let mut found = Vec::new();
        loop {
            let next = values.next(&mut window).expect("read");
            let channel = values.home().channel.unwrap_or_default().0;
            match next {
                Next::End => return found,
                Next::Value(end) => {
                    let text = window.rest().get(..end).unwrap_or_default().to_owned();
                    found.push((window.line(), channel, Ok(text)));
                    window.take(end);
                }
                other => found.push((window.line(), channel, Err(other))),
            }
        }
    }

    fn value(line: usize, channel: i64, text: &str) -> (usize, i64, Result<String, Next>) {
        (line, channel, Ok(text.to_owned()))
    }

    #[test]
    fn arrays_and_values_in_a_row() {
        let found = values("[{\"a\": \"]}\"},\n 5, [\"x\",\n7]\n]\n{\"b\": 1}");
        let expected = [
            value(1, 0, "{\"a\": \"]}\"}"),
            value(2, 0, "5"),
            value(2, 0, "\"x\""),
            value(3, 0, "7"),
            value(5, 0, "{\"b\": 1}"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_breaks_off_and_what_does_not_belong_says_where() {
        assert_eq!(
            values("[{\"a\": 1},\n{\"b\": "),
            [value(1, 0, "{\"a\": 1}"), (2, 0, Err(Next::BreaksOff))]
        );
        assert_eq!(
            values("[{\"a\": 1},\n"),
            [value(1, 0, "{\"a\": 1}"), (2, 0, Err(Next::BreaksOff))]
        );
        assert_eq!(values("[1]\nrest"), [value(1, 0, "1"), (2, 0, Err(Next::Stray))]);
    }

    #[test]
    fn a_long_export_takes_no_more_room_than_a_short_one() {
        let message = format!("{{\"id\": 1, \"content\": \"{}\"}}", "é".repeat(500));
        for between in [",", ",\n", ",\n    "] {
            let text =
                format!("{{\"messages\": [{}]}}", vec![message.as_str(); 2_000].join(between));
            let mut source = Cursor::new(text.into_bytes());
            let mut window = Window::open(&mut source, BytesRead::default()).expect("read");
            let mut values = Values::default();
            let mut count = 0;
            while let Next::Value(end) = values.next(&mut window).expect("read") {
                assert_eq!(window.rest().get(..end), Some(message.as_str()));
                assert!(window.rest().len() < 200_000, "{}", window.rest().len());
                window.take(end);
                count += 1;
            }
            assert_eq!(count, 2_000);
        }
    }

    #[test]
    fn each_of_several_exports_has_a_channel_of_its_own_in_front_or_behind() {
        let text = "{\"guild\":{\"id\":\"1\"},\"channel\":{\"id\":8},\"messages\":[\n{\"id\":1},\n\
            {\"id\":2}\n],\"messageCount\":2}\n{\"channel\":{\"id\":\"9\"},\"messages\":[3]}{\"id\":4}";
        let expected = [
            value(2, 8, "{\"id\":1}"),
            value(3, 8, "{\"id\":2}"),
            value(5, 9, "3"),
            value(5, 0, "{\"id\":4}"),
        ];
        assert_eq!(values(text), expected);
        let behind = "{\"messages\": [1], \"n\": [\"}\"], \"channel\": {\"id\": \"8\"}}";
        assert_eq!(values(behind), [value(1, 8, "1")]);
    }
}
