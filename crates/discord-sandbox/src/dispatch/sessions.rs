//! Who is connected, and what each session has been told, so that it can be told again.

use std::collections::{BTreeMap, VecDeque};
use std::io::Write as _;

use axum::extract::ws::Utf8Bytes;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::event::{Event, intent};
use super::hidden::hide_content;
use crate::snowflake::secret;

/// Stands in a text for half of a surrogate pair, which a text of Rust cannot hold and one of Discord's can: events
/// are sent with the half.
pub const HALF_LETTER: char = '\u{F8FF}';

/// Frames of this size are packed for a bot that asks for it with `compress`, as was seen of Discord.
const PACKED_BYTES: usize = 8_192;

/// What a socket is to do next.
#[derive(Debug)]
pub(crate) enum Outgoing {
    /// Send this text.
    Frame(Utf8Bytes),
    /// Send a text that is packed.
    Packed(Vec<u8>),
    /// Say goodbye, with a code or without one.
    Close(Option<(u16, String)>),
    /// Vanish without a word.
    Cut,
}

#[derive(Debug)]
struct Socket {
    sender: UnboundedSender<Outgoing>,
    session: Option<String>,
}

#[derive(Debug)]
struct Session {
    intents: u64,
    sequence: u64,
    /// The last number that is not kept any more.
    forgotten: u64,
    told: VecDeque<Utf8Bytes>,
    keep: usize,
    /// Whether the bot takes packed frames.
    unpacks: bool,
    socket: Option<u64>,
}

/// All sockets and sessions.
#[derive(Debug, Default)]
pub(crate) struct Connections {
    last: u64,
    sockets: BTreeMap<u64, Socket>,
    sessions: BTreeMap<String, Session>,
}

impl Connections {
    /// How many there ever were.
    pub(crate) fn made(&self) -> u64 {
        self.last
    }

    /// A new socket, which has not said who it is.
    pub(crate) fn open(&mut self) -> (u64, UnboundedReceiver<Outgoing>) {
        let (sender, outgoing) = unbounded_channel();
        self.last += 1;
        self.sockets.insert(self.last, Socket { sender, session: None });
        (self.last, outgoing)
    }

    /// A socket is gone; its session waits for a resume.
    pub(crate) fn closed(&mut self, id: u64) {
        self.sockets.remove(&id);
        for session in self.sessions.values_mut().filter(|session| session.socket == Some(id)) {
            session.socket = None;
        }
    }

    /// The session that a socket speaks for.
    pub(crate) fn session_of(&self, id: u64) -> Option<&str> {
        self.sockets.get(&id)?.session.as_deref()
    }

    /// How many sessions have a socket.
    pub(crate) fn live(&self) -> usize {
        self.sessions.values().filter(|session| session.socket.is_some()).count()
    }

    /// Begins a session and forgets those that nobody speaks for.
    pub(crate) fn begin(&mut self, id: u64, intents: u64, keep: usize, unpacks: bool) -> String {
        self.sessions.retain(|_, session| session.socket.is_some());
        let name = secret(2);
        let told = VecDeque::new();
        let socket = Some(id);
        let session = Session { intents, sequence: 0, forgotten: 0, told, keep, unpacks, socket };
        self.sessions.insert(name.clone(), session);
        if let Some(socket) = self.sockets.get_mut(&id) {
            socket.session = Some(name.clone());
        }
        name
    }

    /// Takes a session up again and repeats what it has not seen; false if that cannot be done.
    pub(crate) fn resume(&mut self, id: u64, name: &str, seen: u64) -> bool {
        let Some(session) = self.sessions.get_mut(name) else { return false };
        if seen < session.forgotten || seen > session.sequence {
            return false;
        }
        session.socket = Some(id);
        let skip = usize::try_from(seen - session.forgotten).unwrap_or(usize::MAX);
        if let Some(socket) = self.sockets.get_mut(&id) {
            socket.session = Some(name.to_owned());
            for frame in session.told.iter().skip(skip) {
                let _ = socket.sender.send(session.outgoing(frame));
            }
        }
        true
    }

    /// What a session has seen need not be kept for it.
    pub(crate) fn heartbeat(&mut self, id: u64, seen: Option<u64>) {
        let session = self.sockets.get(&id).and_then(|socket| socket.session.as_ref());
        let session = session.and_then(|name| self.sessions.get_mut(name));
        if let (Some(session), Some(seen)) = (session, seen) {
            while session.forgotten < seen && session.told.pop_front().is_some() {
                session.forgotten += 1;
            }
        }
    }

    /// Tells all sessions that asked for the intent. Without `granted` nobody sees content.
    pub(crate) fn deliver(&mut self, event: &Event, intent: u64, granted: bool) {
        let mut emptied = None;
        for session in self.sessions.values_mut() {
            if intent != 0 && session.intents & intent == 0 {
                continue;
            }
            let shown = granted && session.intents & intent::MESSAGE_CONTENT != 0;
            let body = if event.content && !shown {
                emptied.get_or_insert_with(|| emptied_body(&event.body)).as_str()
            } else {
                &event.body
            };
            session.tell(event.name, body, &self.sockets);
        }
    }

    /// Tells one session.
    pub(crate) fn deliver_to(&mut self, name: &str, event: &Event) {
        if let Some(session) = self.sessions.get_mut(name) {
            session.tell(event.name, &event.body, &self.sockets);
        }
    }

    /// Sends one socket a text that is no event.
    pub(crate) fn send(&self, id: u64, frame: &Value) {
        self.pass(id, Outgoing::Frame(frame.to_string().into()));
    }

    /// Closes one socket.
    pub(crate) fn close(&self, id: u64, code: u16, reason: &str) {
        self.pass(id, Outgoing::Close(Some((code, reason.to_owned()))));
    }

    fn pass(&self, id: u64, outgoing: Outgoing) {
        if let Some(socket) = self.sockets.get(&id) {
            let _ = socket.sender.send(outgoing);
        }
    }

    /// Has all sockets do the same.
    pub(crate) fn send_all(&self, outgoing: impl Fn() -> Outgoing) {
        for socket in self.sockets.values() {
            let _ = socket.sender.send(outgoing());
        }
    }

    /// Sends all sessions a text as it is, outside of their numbering.
    pub(crate) fn send_raw(&self, text: &str) {
        self.send_all(|| Outgoing::Frame(text.to_owned().into()));
    }

    /// Forgets all sessions, so that none can be resumed.
    pub(crate) fn forget(&mut self) {
        self.sessions.clear();
    }
}

impl Session {
    /// Numbers the event, keeps it, and sends it if somebody is there.
    fn tell(&mut self, name: &str, body: &str, sockets: &BTreeMap<u64, Socket>) {
        self.sequence += 1;
        let sequence = self.sequence;
        let frame = format!(r#"{{"t":"{name}","s":{sequence},"op":0,"d":{body}}}"#);
        let frame = frame.replace(HALF_LETTER, r"\ud83d");
        let frame = Utf8Bytes::from(frame);
        if let Some(socket) = self.socket.and_then(|id| sockets.get(&id)) {
            let _ = socket.sender.send(self.outgoing(&frame));
        }
        self.told.push_back(frame);
        if self.told.len() > self.keep && self.told.pop_front().is_some() {
            self.forgotten += 1;
        }
    }

    fn outgoing(&self, frame: &Utf8Bytes) -> Outgoing {
        if self.unpacks && frame.len() >= PACKED_BYTES {
            let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
            let written = packed.write_all(frame.as_bytes());
            if let Ok(packed) = written.and_then(|()| packed.finish()) {
                return Outgoing::Packed(packed);
            }
        }
        Outgoing::Frame(frame.clone())
    }
}

fn emptied_body(body: &str) -> String {
    let mut value: Value = serde_json::from_str(body).unwrap_or_default();
    hide_content(&mut value);
    value.to_string()
}
