//! Whatever is typed into any option of any command is answered.

use serde_json::{Value, json};

use super::changing::{card, press, with_order};
use crate::harness::World;

const SUBCOMMAND: u64 = 1;
const GROUP: u64 = 2;
const STRING: u64 = 3;
/// NUL and its like, a terminal's colours, a mark of direction, half an emoji's dress.
const ODD: &str = "1\u{0}2\u{1}\u{1b}[31m\u{7f}\u{9b}\u{202e}\u{fe0f}\n3";

/// All commands that can be used, by their whole names, with their options.
fn commands(world: &World) -> Vec<(String, Vec<Value>)> {
    let all = world.sandbox.look(|discord| {
        [Some(world.guild), None].map(|guild| discord.commands(guild).to_vec()).concat()
    });
    let slash = all.into_iter().filter(|command| command["type"] == json!(1));
    slash.flat_map(|command| below("", &command)).collect()
}

fn below(above: &str, command: &Value) -> Vec<(String, Vec<Value>)> {
    let name = format!("{above} {}", command["name"].as_str().expect("a name")).trim().to_owned();
    let options = command["options"].as_array().cloned().unwrap_or_default();
    let is_command = |option: &&Value| [json!(SUBCOMMAND), json!(GROUP)].contains(&option["type"]);
    let inner: Vec<_> = options.iter().filter(is_command).flat_map(|it| below(&name, it)).collect();
    if inner.is_empty() { vec![(name, options)] } else { inner }
}

/// The option filled with something odd where it is text, else with something that Discord takes. `None`: it
/// is left out.
fn filled(option: &Value) -> Option<(String, Value)> {
    let name = option["name"].as_str()?.to_owned();
    let choice = option["choices"].as_array().and_then(|choices| choices.first());
    match choice {
        Some(choice) => Some((name, choice["value"].clone())),
        None if option["type"] == json!(STRING) => {
            let longest = usize::try_from(option["max_length"].as_u64().unwrap_or(6_000)).ok()?;
            Some((name, json!(ODD.chars().take(longest).collect::<String>())))
        }
        None => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nul_and_its_like_in_every_option_of_every_command_are_answered() {
    let (world, _bot, _message) = with_order().await;
    let (mut texts, all) = (0, commands(&world));
    assert!(all.len() > 15, "{all:?}");
    for (name, options) in all {
        let given: Vec<(String, Value)> = options.iter().filter_map(filled).collect();
        texts += given
            .iter()
            .filter(|(_, value)| value.as_str().is_some_and(|it| it.contains('\0')))
            .count();
        let given: Vec<(&str, Value)> =
            given.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        let reply = world.sandbox.command(world.owner, world.channel, &name, &given).await;
        match reply {
            Ok(reply) => {
                let text = reply.text();
                assert!(!text.contains("went wrong") && !text.contains('\0'), "/{name}: {text}");
            }
            // What Discord's client would not send, and a command that takes what the test cannot fill in.
            Err(discord_sandbox::Failure::Refused(why)) => {
                assert!(
                    !options.iter().any(|option| option["type"] == json!(STRING)),
                    "/{name}: {why:?}"
                );
            }
            Err(failure) => panic!("/{name}: {failure:?}\n{}", world.log()),
        }
        for option in options.iter().filter(|option| option["autocomplete"] == json!(true)) {
            let option = option["name"].as_str().expect("a name");
            let offered =
                world.sandbox.autocomplete(world.owner, world.channel, &name, option, ODD);
            offered.await.unwrap_or_else(|failure| panic!("/{name} {option}: {failure:?}"));
        }
    }
    assert!(texts > 15, "{texts} options are text");
    let shown = card(&world).await;
    let form = press(&world, world.owner, &shown, "Note").await;
    let sent = world.sandbox.submit_modal(world.owner, &form, &[("value", ODD)]).await;
    assert!(sent.expect("an answer").text().contains("12[31m"), "the note is shown");
    assert_eq!(world.rows("SELECT count(*) FROM orders WHERE instr(notes, char(0)) > 0"), ["0"]);
    let log = world.log();
    assert!(!log.contains("a command failed") && !log.contains("crashed"), "{log}");
}
