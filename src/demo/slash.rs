//! A slash command as it is typed: pure. Which commands and options there are, the bot has told
//! Discord; nothing of that is repeated here.

use serde_json::{Value, json};

/// Kinds of options, as Discord numbers them.
const SUBCOMMAND: u64 = 1;
const INTEGER: u64 = 4;
const BOOLEAN: u64 = 5;

/// A command that was understood: its name and its options, as Discord sends them.
pub(super) type Slash = (String, Vec<(String, Value)>);

/// An option as it is filled in.
struct Filled<'a> {
    option: &'a Value,
    text: String,
}

/// Understands what stands behind the slash.
///
/// # Errors
/// What was not understood, as a sentence.
pub(super) fn slash(commands: &[Value], line: &str) -> Result<Slash, String> {
    let (name, options, rest) = find(commands, line)?;
    let mut filled: Vec<Filled> = Vec::new();
    for word in rest.split_whitespace() {
        fill(options, &mut filled, word)?;
    }
    let given = filled.into_iter().map(|filled| value(filled.option, &filled.text));
    Ok((name, given.collect::<Result<_, _>>()?))
}

/// The command's name, its option that is completed as one types, and what is typed into it.
///
/// # Errors
/// What was not understood, as a sentence.
pub(super) fn completion(
    commands: &[Value],
    line: &str,
) -> Result<(String, String, String), String> {
    let (name, options, rest) = find(commands, line)?;
    let (asked, typed) = match rest.trim().split_once(':') {
        Some((option, typed)) => (Some(option), typed),
        None => (None, rest.trim()),
    };
    let completes = |option: &&Value| {
        option.get("autocomplete") == Some(&json!(true))
            && asked.is_none_or(|asked| named(option) == asked)
    };
    let option = options.iter().find(completes);
    let option = option.ok_or_else(|| format!("/{name} completes nothing there"))?;
    Ok((name, named(option).to_owned(), typed.to_owned()))
}

/// All slash commands as they are typed, with what they do, in so many columns.
pub(super) fn listed(commands: &[Value], columns: usize) -> Vec<String> {
    commands
        .iter()
        .filter(|command| is_slash(command))
        .flat_map(|command| lines(command, ""))
        .flat_map(|(usage, does)| in_columns(&usage, &does, columns))
        .collect()
}

/// Where it stands what a command does.
const DOES: usize = 28;

/// A command and what it does, side by side; below one another where that has no room.
fn in_columns(usage: &str, does: &str, columns: usize) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), format!("  {usage:<width$}", width = DOES - 3));
    if line.chars().count() >= DOES {
        lines.push(std::mem::replace(&mut line, " ".repeat(DOES - 1)));
    }
    for word in does.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > columns.max(2 * DOES) {
            lines.push(std::mem::replace(&mut line, " ".repeat(DOES - 1)));
        }
        line.extend([" ", word]);
    }
    lines.push(line);
    lines
}

fn lines(command: &Value, before: &str) -> Vec<(String, String)> {
    let name = format!("{before}{}", named(command));
    let inner = list(command, "options");
    let subcommands = inner.iter().filter(|option| kind(option) == SUBCOMMAND);
    let below: Vec<(String, String)> =
        subcommands.flat_map(|inner| lines(inner, &format!("{name} "))).collect();
    if !below.is_empty() {
        return below;
    }
    let required = |option: &&Value| option.get("required") == Some(&json!(true));
    let usage: Vec<String> = inner
        .iter()
        .filter(required)
        .map(|option| format!(" {}", named(option).to_uppercase()))
        .collect();
    let does = command.get("description").and_then(Value::as_str).unwrap_or_default();
    vec![(format!("/{name}{}", usage.concat()), does.to_owned())]
}

/// Menus on messages are told without a type of 1.
fn is_slash(command: &Value) -> bool {
    kind(command) <= 1
}

fn named(part: &Value) -> &str {
    part.get("name").and_then(Value::as_str).unwrap_or_default()
}

fn kind(part: &Value) -> u64 {
    part.get("type").and_then(Value::as_u64).unwrap_or_default()
}

fn list<'a>(part: &'a Value, name: &str) -> &'a [Value] {
    part.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The command or subcommand that a line begins with, its options, and what is left of the line.
fn find<'a, 'b>(
    commands: &'a [Value],
    line: &'b str,
) -> Result<(String, &'a [Value], &'b str), String> {
    let (mut word, mut rest) = first_word(line);
    let mut found =
        commands.iter().filter(|command| is_slash(command)).find(|command| named(command) == word);
    let mut name = word.to_owned();
    while let Some(command) = found {
        let inner = list(command, "options");
        if !inner.iter().any(|option| kind(option) == SUBCOMMAND) {
            return Ok((name, inner, rest));
        }
        (word, rest) = first_word(rest);
        found = inner.iter().find(|option| named(option) == word);
        if found.is_none() {
            let words: Vec<&str> = inner.iter().map(named).collect();
            return Err(format!("after /{name} type one of {}", words.join(", ")));
        }
        name = format!("{name} {word}");
    }
    let words: Vec<String> = commands
        .iter()
        .filter(|command| is_slash(command))
        .map(|command| format!("/{}", named(command)))
        .collect();
    Err(format!("there is no command /{line}; try {}", words.join(", ")))
}

fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_once(char::is_whitespace).unwrap_or((text, ""))
}

/// Puts a word where it belongs: `name:value`, a choice of an option, the next option that has to be
/// given; else it goes on with what was begun, since values have spaces.
fn fill<'a>(options: &'a [Value], filled: &mut Vec<Filled<'a>>, word: &str) -> Result<(), String> {
    if let Some((name, value)) = word.split_once(':')
        && let Some(option) = options.iter().find(|option| named(option) == name)
    {
        filled.push(Filled { option, text: value.to_owned() });
        return Ok(());
    }
    let is_open = |option: &&Value| !filled.iter().any(|done| done.option == *option);
    let next = options.iter().filter(is_open).find(|option| {
        let choices = list(option, "choices");
        let is_required = option.get("required") == Some(&json!(true));
        choices.iter().any(|choice| named(choice) == word) || (is_required && choices.is_empty())
    });
    let next = next.or_else(|| options.first().filter(|_| filled.is_empty()));
    match (next, filled.last_mut()) {
        (Some(option), _) => filled.push(Filled { option, text: word.to_owned() }),
        (None, Some(last)) => last.text.extend([" ", word]),
        (None, None) => {
            return Err(format!("this command takes no options, so \"{word}\" cannot go there"));
        }
    }
    Ok(())
}

fn value(option: &Value, text: &str) -> Result<(String, Value), String> {
    let (name, text) = (named(option), text.trim());
    let value = match kind(option) {
        INTEGER => {
            let number = text.parse::<i64>();
            json!(number.map_err(|_| format!("{name} is a number, as in {name}:5"))?)
        }
        BOOLEAN => {
            let switch = text.to_lowercase().parse::<bool>();
            json!(switch.map_err(|_| format!("{name} is true or false, as in {name}:true"))?)
        }
        _ => json!(text),
    };
    Ok((name.to_owned(), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commands() -> Vec<Value> {
        let text = |name: &str, required| json!({"name": name, "type": 3, "required": required});
        let status = json!({"name": "status", "type": 3,
            "choices": [{"name": "shipped"}, {"name": "sold"}]});
        let number = json!({"name": "number", "type": 3, "required": true, "autocomplete": true});
        let recent = [json!({"name": "limit", "type": 4}), text("store", false), status.clone()];
        vec![
            json!({"name": "orders", "type": 1, "options": [
                {"name": "recent", "type": 1, "options": recent},
            ]}),
            json!({"name": "mark", "type": 1, "options": [number.clone(), status]}),
            json!({"name": "note", "type": 1, "options": [number, text("text", true)]}),
            json!({"name": "board", "type": 1, "options": [
                {"name": "channel", "type": 7}, {"name": "off", "type": 5},
            ]}),
            json!({"name": "help", "type": 1}),
        ]
    }

    fn options(line: &str) -> Value {
        json!(slash(&commands(), line).expect("understood").1)
    }

    #[test]
    fn commands_are_typed_as_in_discord() {
        assert_eq!(options("orders recent"), json!([]));
        assert_eq!(
            options("orders recent limit:5 store:Best Buy US status:shipped"),
            json!([["limit", 5], ["store", "Best Buy US"], ["status", "shipped"]])
        );
        assert_eq!(options("board off:True"), json!([["off", true]]));
    }

    #[test]
    fn names_of_options_may_be_left_out() {
        assert_eq!(options("orders recent sold"), json!([["status", "sold"]]));
        assert_eq!(
            options("mark A-1 B-2 sold"),
            json!([["number", "A-1 B-2"], ["status", "sold"]])
        );
        assert_eq!(options("note A-1 a gift"), json!([["number", "A-1"], ["text", "a gift"]]));
    }

    #[test]
    fn what_is_not_understood_is_said() {
        for (line, part) in [
            ("nothing", "/mark"),
            ("orders", "recent"),
            ("orders recent limit:many", "limit"),
            ("help me", "takes no options"),
        ] {
            let error = slash(&commands(), line).expect_err(line);
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn every_command_is_listed_as_it_is_typed() {
        let lines = listed(&commands(), 80);
        let typed: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
        assert_eq!(
            typed,
            ["/orders recent", "/mark NUMBER", "/note NUMBER TEXT", "/board", "/help"]
        );
    }

    #[test]
    fn what_a_command_does_keeps_to_the_columns() {
        let does = "Show what you spent, and where, with a chart, and what came of it in the end";
        let shown = in_columns("/orders stats", does, 60);
        assert!(shown.len() > 1 && shown.iter().all(|line| line.len() <= 60), "{shown:?}");
        let words: Vec<&str> = shown.iter().flat_map(|line| line.split_whitespace()).collect();
        assert_eq!(words.join(" "), format!("/orders stats {does}"));
        let long = in_columns("/correct NUMBER FIELD VALUE AND MORE", "Correct", 80);
        assert_eq!(long.len(), 2, "{long:?}");
    }

    #[test]
    fn an_option_is_completed() {
        let asked = completion(&commands(), "mark 10").expect("understood");
        assert_eq!(asked, ("mark".to_owned(), "number".to_owned(), "10".to_owned()));
        assert!(completion(&commands(), "help").is_err());
    }
}
