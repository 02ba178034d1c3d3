//! What a person types in the demo: pure.

use serde_json::Value;

use super::slash;

/// A line that was understood.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Typed {
    /// A slash command with its options, as Discord sends them.
    Command(String, Vec<(String, Value)>),
    /// What is offered as one types: command, option, and what is typed into it.
    Complete(String, String, String),
    /// A button of the last reply.
    Press(String),
    /// A choice in a menu of the last reply.
    Choose(String),
    /// The form that the last reply opened.
    Fill(String),
    /// An entry of a message's menu, on the message of an order, or on the latest one.
    Menu { entry: String, of: Option<String> },
    /// An emoji on the message of an order, or on the latest one.
    React { emoji: String, order: Option<String>, add: bool },
    /// So many more checkouts.
    Post(u64),
    /// The channels as they look now.
    Channel,
    /// What can be typed.
    Help,
    /// The end.
    Quit,
    /// Nothing was typed.
    Nothing,
}

/// Understands a line; `commands` are those of the bot, as it has told them to Discord.
///
/// # Errors
/// What was not understood, as a sentence.
pub(super) fn understand(commands: &[Value], line: &str) -> Result<Typed, String> {
    let line = line.trim();
    if let Some(command) = line.strip_prefix('/') {
        return slash::slash(commands, command)
            .map(|(name, options)| Typed::Command(name, options));
    }
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let (rest, mut words) = (rest.trim().to_owned(), rest.split_whitespace());
    match word.to_lowercase().as_str() {
        "" => Ok(Typed::Nothing),
        "quit" | "exit" | "q" => Ok(Typed::Quit),
        "help" | "?" => Ok(Typed::Help),
        "post" => post(&rest),
        "channel" | "channels" => Ok(Typed::Channel),
        "press" => Ok(Typed::Press(rest)),
        "choose" => Ok(Typed::Choose(rest)),
        "fill" => Ok(Typed::Fill(rest)),
        "menu" => menu(commands, &rest),
        "complete" => {
            let (name, option, typed) = slash::completion(commands, rest.trim_start_matches('/'))?;
            Ok(Typed::Complete(name, option, typed))
        }
        word @ ("react" | "unreact") => {
            let emoji = words.next().ok_or("Which emoji? For example: react 📦")?.to_owned();
            let order = words.next().map(str::to_owned);
            Ok(Typed::React { emoji, order, add: word == "react" })
        }
        _ => Err(format!("I don't know \"{line}\"; type help to see what you can do")),
    }
}

/// Checkouts that are posted by one line, at the most.
const POST_MAX: u64 = 10;

/// How many checkouts: one, if nothing is said.
fn post(typed: &str) -> Result<Typed, String> {
    let count = if typed.is_empty() { Ok(1) } else { typed.parse() };
    match count {
        Ok(count @ 1..=POST_MAX) => Ok(Typed::Post(count)),
        _ => Err(format!("post takes a number from 1 to {POST_MAX}, as in post 3")),
    }
}

/// The kind of a command that stands in the menu of messages, as Discord numbers it.
const OF_MESSAGES: u64 = 3;

/// An entry of the messages' menu, by its words in any case, and what stands behind them.
fn menu(commands: &[Value], typed: &str) -> Result<Typed, String> {
    let is_entry =
        |command: &&Value| command.get("type").and_then(Value::as_u64) == Some(OF_MESSAGES);
    let entries = commands.iter().filter(is_entry);
    let names: Vec<&str> =
        entries.filter_map(|entry| entry.get("name").and_then(Value::as_str)).collect();
    let meant = names.iter().find_map(|name| {
        let words = typed.get(..name.len()).filter(|words| words.eq_ignore_ascii_case(name))?;
        let of = typed.strip_prefix(words)?.trim();
        let of = (!of.is_empty()).then(|| of.to_owned());
        Some(Typed::Menu { entry: (*name).to_owned(), of })
    });
    meant.ok_or_else(|| format!("the menu of a message has: {}", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn typed(line: &str) -> Result<Typed, String> {
        understand(&[], line)
    }

    #[test]
    fn reactions_are_for_an_order_or_the_latest() {
        let react = |emoji: &str, order: Option<&str>, add| Typed::React {
            emoji: emoji.to_owned(),
            order: order.map(str::to_owned),
            add,
        };
        assert_eq!(typed("react 📦"), Ok(react("📦", None, true)));
        assert_eq!(typed("unreact 📦 P00"), Ok(react("📦", Some("P00"), false)));
        assert!(typed("react").is_err());
    }

    #[test]
    fn several_checkouts_are_posted_by_one_line() {
        assert_eq!(typed("post"), Ok(Typed::Post(1)));
        assert_eq!(typed("post 3"), Ok(Typed::Post(3)));
        for wrong in ["post 0", "post 11", "post many"] {
            assert!(typed(wrong).is_err_and(|told| told.contains("1 to 10")), "{wrong}");
        }
    }

    #[test]
    fn an_entry_of_the_menu_has_several_words() {
        let commands = [json!({"name": "Order details", "type": 3}), json!({"name": "order"})];
        let menu = |of: Option<&str>| Typed::Menu {
            entry: "Order details".to_owned(),
            of: of.map(str::to_owned),
        };
        assert_eq!(understand(&commands, "menu order details"), Ok(menu(None)));
        assert_eq!(understand(&commands, "menu Order details P00"), Ok(menu(Some("P00"))));
        assert!(understand(&commands, "menu order").is_err_and(|told| told.contains("Order de")));
    }

    #[test]
    fn what_is_not_understood_is_said() {
        assert!(typed("dance").expect_err("not understood").contains("dance"));
        assert!(typed("/nothing").expect_err("not understood").contains("/nothing"));
        assert_eq!(typed("  "), Ok(Typed::Nothing));
        assert_eq!(typed("press Older ▶"), Ok(Typed::Press("Older ▶".to_owned())));
    }
}
