//! What people read before they ask, and where they may not.

use serde_json::Value;

use super::change::answer::TOO_BUSY;
use super::change::{AT_WORK, BUSY, DONE_ALREADY, STOPPED};
use super::commands;
use super::error::{IN_A_SERVER, NOT_SHOWN, NOTHING_CHANGED, UNSURE, may_not};
use crate::discord::bot::access::Right;
use crate::discord::render::tests::shown::assert_shown;

/// A command or an option with those below it, each with its description and its choices.
fn described(part: &Value, depth: usize) -> String {
    let text = |key: &str| part[key].as_str().unwrap_or_default();
    let list = |key: &str| part[key].as_array().cloned().unwrap_or_default();
    let choices: Vec<String> =
        list("choices").iter().map(|it| it["name"].as_str().unwrap_or_default().into()).collect();
    let choices =
        if choices.is_empty() { String::new() } else { format!(" [{}]", choices.join(", ")) };
    let line = format!("{}{}: {}{choices}", "  ".repeat(depth), text("name"), text("description"));
    let below = list("options");
    std::iter::once(line)
        .chain(below.iter().map(|part| described(part, depth + 1)))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn commands_are_shown() {
    let commands = poise::builtins::create_application_commands(&commands::options().commands);
    let commands = serde_json::to_value(commands).expect("JSON");
    let commands: Vec<String> =
        commands.as_array().into_iter().flatten().map(|it| described(it, 0)).collect();
    assert_shown(
        "commands",
        &[
            ("all commands", commands.join("\n")),
            ("without the right to look", may_not(Right::View).to_owned()),
            ("without the right to mark", may_not(Right::Mark).to_owned()),
            ("without the right to run the bot", may_not(Right::Admin).to_owned()),
            ("outside of a server", IN_A_SERVER.to_owned()),
        ],
    );
}

#[test]
fn answers_to_changes_that_wait_or_fail_are_shown() {
    assert_shown(
        "waiting",
        &[
            ("others hold the database", BUSY.to_owned()),
            ("it is begun and takes long", AT_WORK.to_owned()),
            ("for too long", TOO_BUSY.to_owned()),
            ("the bot stops meanwhile", STOPPED.to_owned()),
            ("Discord delivers it again", DONE_ALREADY.to_owned()),
            ("it failed", NOTHING_CHANGED.to_owned()),
            ("what came of it cannot be shown", NOT_SHOWN.to_owned()),
            ("it may have failed", UNSURE.to_owned()),
        ],
    );
}
