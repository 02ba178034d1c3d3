//! The running bot, as people in Discord see it.

mod answering;
mod away;
mod board;
mod changing;
mod connection;
mod events;
mod figures;
mod finding;
mod flood;
mod full_log;
mod kills;
mod marking;
mod pressing;
mod rest;
mod secrets;
mod setup;
mod speaking;
mod stopping;
mod storing;
mod webhooks;
