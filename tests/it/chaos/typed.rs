//! What a person types while all goes wrong: a change that was answered is done, and none is done twice.

use discord_sandbox::Sandbox;
use refract_ledger::ids::{ChannelId, UserId};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

use crate::fresh::rows_of;
use crate::harness::World;

/// The order that was added by hand; no message speaks of it.
pub(super) const NUMBER: &str = "HAND-1";

/// What was typed, and what was answered.
#[derive(Debug, Default)]
pub(super) struct Typed {
    is_added: bool,
    /// Each note, and whether the reply said that it is saved.
    notes: Vec<(String, bool)>,
    /// How often something was to be taken back, and how often the reply said that it is.
    taken_back: (usize, usize),
    /// Whether the last change that can be known is a note.
    may_take_back: bool,
}

impl Typed {
    pub(super) async fn add(&mut self, world: &World) {
        let reply = say(world, "orders add", &[("number", json!(NUMBER))]).await;
        self.is_added = reply.is_some();
    }

    pub(super) async fn note(&mut self, world: &World) {
        if !self.is_added {
            return;
        }
        let text = format!("typed {}", self.notes.len());
        let options = [("number", json!(NUMBER)), ("text", json!(text))];
        let is_saved =
            say(world, "note", &options).await.is_some_and(|said| said.starts_with("✅ Saved"));
        self.notes.push((text, is_saved));
        self.may_take_back = is_saved;
    }

    /// Only what is known to be there: of an order without notes the order itself would be taken back.
    pub(super) async fn take_back(&mut self, world: &World) {
        if !std::mem::take(&mut self.may_take_back) {
            return;
        }
        let said = say(world, "undo", &[("number", json!(NUMBER))]).await;
        self.taken_back.0 += 1;
        self.taken_back.1 += usize::from(said.is_some_and(|said| said.starts_with("Undone")));
    }

    /// What the history of the order says otherwise.
    pub(super) fn wrong(&self, world: &World) -> Vec<String> {
        if !self.is_added {
            return Vec::new();
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let events = Connection::open_with_flags(world.database(), flags)
            .and_then(|connection| rows_of(&connection, &events()));
        let events = match events {
            Ok(events) => events,
            Err(error) => return vec![format!("the history cannot be read: {error}")],
        };
        let mut wrong = Vec::new();
        for (text, is_saved) in &self.notes {
            let saved = format!("amended|{text}");
            let times = events.iter().filter(|event| **event == saved).count();
            if times > 1 || (*is_saved && times == 0) {
                wrong.push(format!("{text} was saved {times} times, and answered: {is_saved}"));
            }
        }
        let undone = events.iter().filter(|event| event.starts_with("undone|")).count();
        let (tries, answered) = self.taken_back;
        if undone > tries || undone < answered {
            wrong.push(format!("{undone} undone of {tries}, {answered} were answered"));
        }
        wrong
    }
}

/// The changes of the order, with the note that each of them left.
fn events() -> String {
    format!(
        "SELECT kind, details ->> '$.notes[1]' FROM order_events JOIN orders ON orders.id = order_id
         WHERE order_number = '{NUMBER}' AND kind IN ('amended', 'undone')"
    )
}

/// What the reply says; `None` where there is none.
async fn say(world: &World, command: &str, options: &[(&str, Value)]) -> Option<String> {
    let (sandbox, user, channel): (&Sandbox, UserId, ChannelId) =
        (&world.sandbox, world.owner, world.channel);
    let reply = sandbox.command(user, channel, command, options).await.ok()?;
    Some(reply.text())
}
