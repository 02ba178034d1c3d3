//! The running bot, as people in Discord see it.

mod access;
mod adding;
mod answered_once;
mod answering;
mod attachments;
mod away;
mod beside;
mod board;
mod changing;
mod connection;
mod correcting;
mod events;
mod explaining;
mod figures;
mod finding;
mod flood;
mod forget;
mod full_log;
mod history;
mod kills;
mod marking;
mod pressing;
mod rest;
mod secrets;
mod setup;
mod sheets;
mod sheets_open;
mod speaking;
#[cfg(target_os = "linux")]
mod starting;
mod stopping;
mod storing;
mod threads;
mod webhooks;
