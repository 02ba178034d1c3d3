//! Frames that serenity's JSON reader refuses: half of a surrogate pair in a text is enough, and Discord passes
//! it on. serenity drops such a frame, and hands it to nobody but its log; there it is taken, mended and read.

use std::collections::VecDeque;
use std::fmt::{self, Write};
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

use flate2::read::ZlibDecoder;
use serenity::all::{Context, Event, GatewayEvent};
use serenity::client::RawEventHandler;
use tokio::sync::Notify;
use tracing::field::{Field, Visit};
use tracing::{Metadata, Subscriber};
use tracing_subscriber::layer;

use crate::reading::value_from_slice;

/// What writes the lines that hold such a frame, and what stands before the frame in them: a text in a warning, and
/// the bytes of a large one, which Discord compresses since serenity asks for it, in a line for debugging.
const SOURCE: &str = "serenity::gateway::ws";
const BEFORE_TEXT: &str = "; text: ";
const BEFORE_BYTES: &str = "Failing bytes: ";
/// Of a frame that is unpacked this much is read.
const MOST_BYTES: u64 = 32 << 20;
/// Frames that wait; more than these are left to the channel's history.
const MOST: usize = 256;

/// Those that nobody has read yet. The log is one for the whole process, and so are they.
static WAITING: Mutex<VecDeque<String>> = Mutex::new(VecDeque::new());
static CAME: Notify = Notify::const_new();

/// Takes frames out of serenity's log, which is shown to nobody: a part of whatever writes the log.
#[derive(Debug, Clone, Copy, Default)]
pub struct RefusedFrames;

impl RefusedFrames {
    /// Whether a line may hold one.
    pub fn concerns(line: &Metadata<'_>) -> bool {
        line.target() == SOURCE
            && line.is_event()
            && [tracing::Level::WARN, tracing::Level::DEBUG].contains(line.level())
    }
}

impl<S: Subscriber> layer::Layer<S> for RefusedFrames {
    fn on_event(&self, event: &tracing::Event<'_>, _: layer::Context<'_, S>) {
        let mut line = Line::default();
        event.record(&mut line);
        let Some(frame) = frame(&line.0) else { return };
        let mut waiting = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < MOST {
            waiting.push_back(frame);
            CAME.notify_one();
        }
    }
}

/// The frame in a line of the log, if there is one.
fn frame(line: &str) -> Option<String> {
    if let Some((_, text)) = line.split_once(BEFORE_TEXT) {
        return Some(text.to_owned());
    }
    let bytes = line.strip_prefix(BEFORE_BYTES)?.strip_prefix('[')?.strip_suffix(']')?;
    let packed: Vec<u8> = bytes.split(", ").map(str::parse).collect::<Result<_, _>>().ok()?;
    let mut frame = Vec::new();
    ZlibDecoder::new(&*packed).take(MOST_BYTES).read_to_end(&mut frame).ok()?;
    Some(String::from_utf8_lossy(&frame).into_owned())
}

/// The words of a line of the log.
#[derive(Default)]
struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            // Writing to a text cannot fail.
            let _ = write!(self.0, "{value:?}");
        }
    }
}

/// The context of the latest connection, which serenity gives with each event alone.
#[derive(Clone, Default)]
pub(super) struct LatestContext(Arc<Mutex<Option<Context>>>);

impl LatestContext {
    /// Remembers it when a session has begun or goes on.
    pub(super) fn note(&self, context: &Context, event: &Event) {
        if matches!(event, Event::Ready(_) | Event::Resumed(_)) {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(context.clone());
        }
    }

    fn get(&self) -> Option<Context> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Hands frames on as they come, mended, for as long as it is polled.
pub(super) async fn read(handlers: &[Arc<dyn RawEventHandler>], latest: &LatestContext) {
    loop {
        let frame = WAITING.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let Some(frame) = frame else {
            CAME.notified().await;
            continue;
        };
        let (Some(mut event), Some(context)) = (event(&frame), latest.get()) else {
            tracing::warn!("Discord sent something that cannot be read, even mended");
            continue;
        };
        update_cache(&context, &mut event);
        tracing::debug!("mended an event of Discord with half a letter in it");
        for handler in handlers {
            let (handler, context, event) = (Arc::clone(handler), context.clone(), event.clone());
            tokio::spawn(async move { handler.raw_event(context, event).await });
        }
    }
}

/// The event in a frame, mended. `None`: it is no JSON all the same, or no event.
fn event(frame: &str) -> Option<Event> {
    let value = value_from_slice(frame.as_bytes()).ok()?;
    match serde_json::from_value(value).ok()? {
        GatewayEvent::Dispatch(_, event) => Some(event),
        _ => None,
    }
}

/// serenity does so before it hands an event on: permissions are computed from its cache.
fn update_cache(context: &Context, event: &mut Event) {
    let cache = &context.cache;
    match event {
        Event::GuildCreate(event) => drop(cache.update(event)),
        Event::GuildUpdate(event) => drop(cache.update(event)),
        Event::GuildRoleCreate(event) => drop(cache.update(event)),
        Event::GuildRoleUpdate(event) => drop(cache.update(event)),
        Event::ChannelCreate(event) => drop(cache.update(event)),
        Event::ChannelUpdate(event) => drop(cache.update(event)),
        Event::ThreadCreate(event) => drop(cache.update(event)),
        Event::ThreadUpdate(event) => drop(cache.update(event)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_found_in_a_line_of_the_log_as_text_and_packed() {
        let json = r#"{"op":0,"t":"A; text: B"}"#;
        assert_eq!(
            frame(&format!("Err deserializing text: why; text: {json}")).as_deref(),
            Some(json)
        );
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, json.as_bytes()).unwrap();
        let packed = packed.finish().unwrap();
        assert_eq!(frame(&format!("Failing bytes: {packed:?}")).as_deref(), Some(json));
        for line in ["Failing bytes: [1, 2]", "Failing bytes: []", "[ShardInfo] Identifying", ""] {
            assert_eq!(frame(line), None, "{line}");
        }
    }

    #[test]
    fn half_a_letter_costs_no_event_and_rubbish_is_none() {
        let frame = r#"{"t":"MESSAGE_CREATE","s":5,"op":0,"d":{"id":"1","content":"a \ud83d"}}"#;
        assert!(serde_json::from_str::<GatewayEvent>(frame).is_err());
        assert!(event(frame).is_some());
        for frame in ["", "{", r#"{"op":11}"#, r#"{"op":0,"t":5}"#, "\u{0}"] {
            assert!(event(frame).is_none(), "{frame}");
        }
    }
}
