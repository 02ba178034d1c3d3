//! A slash command as it is typed: pure. Which commands and options there are, the bot has told
//! Discord; nothing of that is repeated here.

use serde_json::{Value, json};

/// Kinds of options, as Discord numbers them.
const SUBCOMMAND: u64 = 1;
const TEXT: u64 = 3;
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
    let words: Vec<&str> = rest.split_whitespace().collect();
    let mut left = words.as_slice();
    while let Some((word, behind)) = left.split_first() {
        let taken = fill(options, &mut filled, word, behind)?;
        left = behind.get(taken..).unwrap_or_default();
    }
    let is_missing =
        |option: &&Value| is_required(option) && !filled.iter().any(|done| done.option == *option);
    if let Some(option) = options.iter().find(is_missing) {
        return Err(missing(&name, option));
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
    let usage: Vec<String> = inner
        .iter()
        .filter_map(|option| {
            let word = named(option).to_uppercase();
            let may_follow = || inner.iter().any(|choice| follows(inner, choice) == Some(option));
            if is_required(option) {
                return Some(format!(" {word}"));
            }
            may_follow().then(|| format!(" [{word}]"))
        })
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

/// What to type in place of an option that has to be given.
fn missing(name: &str, option: &Value) -> String {
    let choices: Vec<&str> = list(option, "choices").iter().map(named).collect();
    let option = named(option);
    if choices.is_empty() {
        return format!("/{name} needs a {option} behind it; help shows how it is typed");
    }
    format!("/{name} needs a {option} behind it, one of {}", choices.join(", "))
}

fn is_required(option: &Value) -> bool {
    option.get("required") == Some(&json!(true))
}

/// The text that goes on behind a choice that has to be made.
fn follows<'a>(options: &'a [Value], choice: &Value) -> Option<&'a Value> {
    let place = options.iter().position(|option| option == choice)?;
    let next = options.get(place + 1)?;
    let is_choice = is_required(choice) && !list(choice, "choices").is_empty();
    (is_choice && kind(next) == TEXT && list(next, "choices").is_empty()).then_some(next)
}

/// The longest choice of an option that begins with this word and goes on with those behind it, in any case, and how
/// many of those it takes.
fn chosen<'a>(option: &'a Value, word: &str, behind: &[&str]) -> Option<(&'a str, usize)> {
    let is_same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
    let begins = |choice: &str| {
        let mut words = choice.split_whitespace();
        let first = words.next().filter(|first| is_same(first, word));
        let others: Vec<&str> = words.collect();
        let taken = behind.get(..others.len()).filter(|_| first.is_some())?;
        others.iter().zip(taken).all(|(one, other)| is_same(one, other)).then_some(others.len())
    };
    let names = list(option, "choices").iter().map(named);
    names.filter_map(|name| Some((name, begins(name)?))).max_by_key(|(_, taken)| *taken)
}

/// Puts a word where it belongs: `name:value`, a choice of an option, the next option that has to be
/// given, the text behind a choice; else it goes on with what was begun, since values have spaces. Gives how many of
/// the words behind it belong to it.
fn fill<'a>(
    options: &'a [Value],
    filled: &mut Vec<Filled<'a>>,
    word: &str,
    behind: &[&str],
) -> Result<usize, String> {
    if let Some((name, value)) = word.split_once(':')
        && let Some(option) = options.iter().find(|option| named(option) == name)
    {
        let (text, taken) = chosen(option, value, behind).unwrap_or((value, 0));
        filled.push(Filled { option, text: text.to_owned() });
        return Ok(taken);
    }
    let is_open = |option: &&Value| !filled.iter().any(|done| done.option == *option);
    let next = options.iter().filter(is_open).find_map(|option| {
        let given = || is_required(option) && list(option, "choices").is_empty();
        let (text, taken) =
            chosen(option, word, behind).or_else(|| given().then_some((word, 0)))?;
        Some((option, text.to_owned(), taken))
    });
    let whole = |option: &'a Value| (option, word.to_owned(), 0);
    let behind_choice = || {
        let last = filled.last()?;
        follows(options, last.option).filter(is_open).map(whole)
    };
    let next = next.or_else(behind_choice);
    let next = next.or_else(|| options.first().filter(|_| filled.is_empty()).map(whole));
    match (next, filled.last_mut()) {
        (Some((option, text, taken)), _) => {
            filled.push(Filled { option, text });
            return Ok(taken);
        }
        (None, Some(last)) => last.text.extend([" ", word]),
        (None, None) => {
            return Err(format!("this command takes no options, so \"{word}\" cannot go there"));
        }
    }
    Ok(0)
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
mod tests;
