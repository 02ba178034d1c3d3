//! The running bot, as people in Discord see it.

mod answering;
mod marking;
mod secrets;
mod stopping;
mod storing;
