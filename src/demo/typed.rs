//! What a person types in the demo: pure.

use serde_json::{Value, json};

/// A line that was understood.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Typed {
    /// A slash command with its options, as Discord sends them.
    Command(String, Vec<(String, Value)>),
    /// An emoji on the message of an order, or on the latest one.
    React { emoji: String, order: Option<String>, add: bool },
    /// One more checkout.
    Post,
    /// The channel as it looks now.
    Channel,
    /// What can be typed.
    Help,
    /// The end.
    Quit,
    /// Nothing was typed.
    Nothing,
}

/// The commands of the bot and, where the first word after one is no `name:value`, whose value it
/// is.
const COMMANDS: [(&str, Option<&str>); 8] = [
    ("orders recent", None),
    ("orders search", Some("query")),
    ("orders stats", Some("period")),
    ("orders export", Some("format")),
    ("logs recent", None),
    ("logs show", Some("message")),
    ("order", Some("number")),
    ("help", None),
];

/// Understands a line.
///
/// # Errors
/// What was not understood, as a sentence.
pub(super) fn understand(line: &str) -> Result<Typed, String> {
    let line = line.trim();
    if let Some(command) = line.strip_prefix('/') {
        return slash(command);
    }
    let mut words = line.split_whitespace();
    match words.next().map(str::to_lowercase).as_deref() {
        None => Ok(Typed::Nothing),
        Some("quit" | "exit" | "q") => Ok(Typed::Quit),
        Some("help" | "?") => Ok(Typed::Help),
        Some("post") => Ok(Typed::Post),
        Some("channel") => Ok(Typed::Channel),
        Some(word @ ("react" | "unreact")) => {
            let emoji = words.next().ok_or("Which emoji? For example: react 📦")?.to_owned();
            let order = words.next().map(str::to_owned);
            Ok(Typed::React { emoji, order, add: word == "react" })
        }
        Some(_) => {
            Err(format!("\"{line}\" is nothing that can be typed here; help lists what can"))
        }
    }
}

fn slash(line: &str) -> Result<Typed, String> {
    let (name, plain) = COMMANDS
        .into_iter()
        .find(|(name, _)| {
            line.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
        .ok_or_else(|| format!("there is no command /{line}; try /orders recent or /help"))?;
    let rest = line.strip_prefix(name).unwrap_or_default();
    let mut options: Vec<(String, String)> = Vec::new();
    let mut last = plain.map(str::to_owned);
    for word in rest.split_whitespace() {
        let (option, value) = match word.split_once(':') {
            Some((option, value)) if option.chars().all(|letter| letter.is_ascii_lowercase()) => {
                (option.to_owned(), value.to_owned())
            }
            _ => match &last {
                Some(option) => (option.clone(), word.to_owned()),
                None => return Err(format!("write an option as name:value, not \"{word}\"")),
            },
        };
        last = Some(option.clone());
        // A value with spaces goes on: store:Best Buy US.
        match options.iter_mut().find(|(name, _)| *name == option) {
            Some((_, begun)) => *begun = format!("{begun} {value}"),
            None => options.push((option, value)),
        }
    }
    let options = options.into_iter().map(|(option, value)| match option.as_str() {
        "limit" => match value.parse::<u32>() {
            Ok(limit) => Ok((option, json!(limit))),
            Err(_) => Err("limit is a number, as in limit:5".to_owned()),
        },
        _ => Ok((option, json!(value))),
    });
    Ok(Typed::Command(name.to_owned(), options.collect::<Result<_, _>>()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_typed_as_in_discord() {
        let command = |line| match understand(line) {
            Ok(Typed::Command(name, options)) => (name, json!(options)),
            other => panic!("{other:?}"),
        };
        assert_eq!(command("/orders recent"), ("orders recent".to_owned(), json!([])));
        assert_eq!(
            command("/orders recent limit:5 store:Best Buy US status:shipped"),
            (
                "orders recent".to_owned(),
                json!([["limit", 5], ["store", "Best Buy US"], ["status", "shipped"]])
            )
        );
        assert_eq!(
            command("/orders search example box"),
            ("orders search".to_owned(), json!([["query", "example box"]]))
        );
        assert_eq!(
            command("/order BBY01-807000000002"),
            ("order".to_owned(), json!([["number", "BBY01-807000000002"]]))
        );
    }

    #[test]
    fn reactions_are_for_an_order_or_the_latest() {
        let react = |emoji: &str, order: Option<&str>, add| Typed::React {
            emoji: emoji.to_owned(),
            order: order.map(str::to_owned),
            add,
        };
        assert_eq!(understand("react 📦"), Ok(react("📦", None, true)));
        assert_eq!(understand("unreact 📦 P00"), Ok(react("📦", Some("P00"), false)));
        assert!(understand("react").is_err());
    }

    #[test]
    fn what_is_not_understood_is_said() {
        assert!(understand("dance").expect_err("not understood").contains("dance"));
        assert!(understand("/nothing").expect_err("not understood").contains("/nothing"));
        assert!(understand("/orders recent limit:many").is_err());
        assert_eq!(understand("  "), Ok(Typed::Nothing));
    }
}
