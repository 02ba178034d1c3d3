//! The whole bot against the sandbox, and what holds across modules.

#[cfg(test)]
mod any_order;
#[cfg(test)]
mod architecture;
#[cfg(test)]
mod books;
#[cfg(test)]
mod bot;
#[cfg(target_os = "linux")]
#[cfg(test)]
mod chaos;
#[cfg(test)]
mod check;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod config;
#[cfg(test)]
mod copies;
#[cfg(test)]
mod data_audit;
#[cfg(test)]
mod deploy;
#[cfg(test)]
mod details;
#[cfg(test)]
mod docs;
#[cfg(test)]
mod edits;
#[cfg(test)]
mod erasing;
#[cfg(test)]
mod exporting;
#[cfg(test)]
mod figures;
#[cfg(target_os = "linux")]
#[cfg(test)]
mod first_start;
#[cfg(test)]
mod forgetting;
#[cfg(test)]
mod fresh;
#[cfg(target_os = "linux")]
#[cfg(test)]
mod full_disk;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod help;
#[cfg(test)]
mod importing;
#[cfg(test)]
mod ingest;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod narrowed;
#[cfg(test)]
mod never_destroyed;
#[cfg(test)]
mod older;
#[cfg(test)]
mod one_purchase;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod outbox;
#[cfg(test)]
mod query_plans;
#[cfg(test)]
mod random;
#[cfg(test)]
mod reader;
#[cfg(test)]
mod reparse;
#[cfg(test)]
mod retention;
#[cfg(test)]
mod roll_ups;
#[cfg(test)]
mod search;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod seeds;
#[cfg(test)]
mod stateful;
#[cfg(test)]
mod times;
#[cfg(test)]
mod undo;
#[cfg(test)]
mod unnumbered;
#[cfg(test)]
mod unprinted;
#[cfg(test)]
mod upgrade;
#[cfg(test)]
mod words;
