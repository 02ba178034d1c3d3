//! The running bot, as people in Discord see it.

mod answering;
mod away;
mod disk;
mod marking;
mod secrets;
mod stopping;
mod storing;
