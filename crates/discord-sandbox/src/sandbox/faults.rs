//! Faults as tests switch them on.

use std::time::{Duration, Instant};

use super::handle::Sandbox;
use crate::dispatch::{Event, Outgoing};
use crate::faults::{Answer, Faults, Rule};
use crate::options::Content;

impl Sandbox {
    /// Gives the next `count` requests whose method is this (empty: any) and whose path contains this
    /// text another answer.
    pub fn fail(&self, method: &str, path: &str, count: usize, answer: Answer) {
        let (method, path) = (method.to_owned(), path.to_owned());
        let rule = Rule { method, path, left: count, answer, until: None };
        self.discord.with(|world| world.faults.rules.push(rule));
    }

    /// Answers such requests with 429 until this moment, and says each time how long it still is.
    pub fn refuse_until(&self, method: &str, path: &str, until: Instant) {
        let answer = Answer::TooMany { wait: Duration::ZERO, global: false };
        let (method, path) = (method.to_owned(), path.to_owned());
        let rule = Rule { method, path, left: usize::MAX, answer, until: Some(until) };
        self.discord.with(|world| world.faults.rules.push(rule));
    }

    /// How many requests whose path contains this text are still to get another answer: a test waits until
    /// one of them has come.
    pub fn faults_left(&self, path: &str) -> usize {
        self.look(|world| {
            let rules = world.faults.rules.iter().filter(|rule| rule.path.contains(path));
            rules.map(|rule| rule.left).sum()
        })
    }

    /// Ends all faults, and delivers what was held back.
    pub fn heal(&self) {
        self.release(|_| {});
        self.discord.with(|world| world.faults = Faults::default());
    }

    /// Cuts all gateway connections without a word, as a network does.
    pub fn cut(&self) {
        self.discord.with(|world| world.connections.send_all(|| Outgoing::Cut));
    }

    /// Closes all gateway connections, with a code or with an empty close frame.
    pub fn close(&self, code: Option<u16>) {
        let reason = code.map(|code| (code, "closed by the sandbox".to_owned()));
        self.discord.with(|world| world.connections.send_all(|| Outgoing::Close(reason.clone())));
    }

    /// Asks all bots to reconnect (op 7).
    pub fn ask_to_reconnect(&self) {
        self.send_raw(r#"{"t":null,"s":null,"op":7,"d":null}"#);
    }

    /// Tells all bots that their session is invalid (op 9); unless `resumable` it is forgotten.
    pub fn invalidate(&self, resumable: bool) {
        if !resumable {
            self.forget_sessions();
        }
        self.send_raw(&format!(r#"{{"t":null,"s":null,"op":9,"d":{resumable}}}"#));
    }

    /// Forgets all sessions: who comes back has to identify again, and nothing is repeated.
    pub fn forget_sessions(&self) {
        self.discord.with(|world| world.connections.forget());
    }

    /// Sends this text to all bots as it is.
    pub fn send_raw(&self, text: &str) {
        self.discord.with(|world| world.connections.send_raw(text));
    }

    /// Whether heartbeats stay without an answer.
    pub fn set_deaf(&self, deaf: bool) {
        self.discord.with(|world| world.faults.no_heartbeat_ack = deaf);
    }

    /// Whether new connections get no HELLO.
    pub fn set_silent(&self, silent: bool) {
        self.discord.with(|world| world.faults.no_hello = silent);
    }

    /// Closes new connections at once with this code, after their HELLO.
    pub fn set_turning_away(&self, code: Option<u16>) {
        self.discord.with(|world| world.faults.turns_away = code);
    }

    /// Has all the sessions begun that Discord allows in a day: `GET /gateway/bot` says that there will be
    /// none for so long, and who begins one all the same has lost its token.
    pub fn use_up_sessions(&self, time: Duration) {
        let until = std::time::Instant::now() + time;
        self.discord.with(|world| world.faults.no_session_until = Some(until));
    }

    /// Whether events are lost: they happen, and nobody is told, not even later.
    pub fn set_lossy(&self, lossy: bool) {
        self.discord.with(|world| world.faults.drop_events = lossy);
    }

    /// How often each event comes: 1 is once, 0 counts as 1.
    pub fn repeat_events(&self, times: usize) {
        self.discord.with(|world| world.faults.copies = times.saturating_sub(1));
    }

    /// Holds all events back until `release`. What is posted meanwhile is written into its final form
    /// already, so that a release pushes a flood as fast as the socket takes it.
    pub fn hold(&self) {
        self.discord.with(|world| {
            world.faults.held.get_or_insert_default();
        });
    }

    /// Delivers what was held back. `order` gets how many there are and may swap them: it is given
    /// the list of their places.
    pub fn release(&self, order: impl FnOnce(&mut Vec<usize>)) {
        self.discord.with(|world| {
            let held = world.faults.held.take().unwrap_or_default();
            let mut places: Vec<usize> = (0..held.len()).collect();
            order(&mut places);
            for event in places.into_iter().filter_map(|place| held.get(place)) {
                world.deliver(event);
            }
        });
    }

    /// Makes all interactions as old as a token may not be: what is added to them now comes too late.
    pub fn expire_interactions(&self) {
        self.discord.with(|world| {
            for interaction in world.interactions.values_mut() {
                interaction.expired = true;
            }
        });
    }

    /// Tells the bot of the latest interaction once more, as a resume may.
    pub fn repeat_latest_interaction(&self) {
        self.discord.with(|world| {
            let latest = world.interactions.values().next_back();
            if let Some(latest) = latest {
                let event = Event::new("INTERACTION_CREATE", 0, &latest.body);
                world.emit(event);
            }
        });
    }

    /// Changes whether the bot may see what others write, as the developer portal does.
    pub fn set_message_content(&self, content: Content) {
        self.discord.with(|world| world.options.content = content);
    }

    /// Changes the token, so that the old one is wrong from now on.
    pub fn set_token(&self, token: &str) {
        self.discord.with(|world| token.clone_into(&mut world.options.token));
    }

    /// Changes how long each request takes at the least.
    pub fn set_latency(&self, latency: Duration) {
        self.discord.with(|world| world.options.latency = latency);
    }
}
