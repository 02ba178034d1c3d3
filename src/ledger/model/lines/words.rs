//! The words of a text, as names are compared by them. Pure.

/// Roman numbers that are no word of their own: a lone X names a console more often than the tenth part.
const ROMAN: [(&str, &str); 12] = [
    ("i", "1"),
    ("ii", "2"),
    ("iii", "3"),
    ("iv", "4"),
    ("vi", "6"),
    ("vii", "7"),
    ("viii", "8"),
    ("ix", "9"),
    ("xi", "11"),
    ("xii", "12"),
    ("xiii", "13"),
    ("xiv", "14"),
];

/// Whether a word of [`words`] is a number.
pub(super) fn is_number(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_digit())
}

/// The words of a folded text: runs of letters, and numbers with their decimals. `PS5` is two words, so
/// that `PlayStation 5` has the same number; an apostrophe parts none.
pub(super) fn words(folded: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut letters = folded.chars().peekable();
    while let Some(letter) = letters.next() {
        let in_number = word.starts_with(|first: char| first.is_ascii_digit());
        let follows_digit = letters.peek().is_some_and(char::is_ascii_digit);
        let goes_on = match letter {
            '\'' => continue,
            '?' if !word.is_empty() && letters.peek().is_some_and(|next| next.is_alphabetic()) => {
                continue;
            }
            '.' | ',' => in_number && follows_digit,
            _ => {
                letter.is_alphanumeric()
                    && (word.is_empty() || in_number == letter.is_ascii_digit())
            }
        };
        if !goes_on && !word.is_empty() {
            words.push(plain_number(std::mem::take(&mut word)));
        }
        if goes_on || letter.is_alphanumeric() {
            word.push(letter);
        }
    }
    if !word.is_empty() {
        words.push(plain_number(word));
    }
    words
}

/// `1,000` and `1000` are one number, and so are `9.50` and `9.5`, `VII` and `7`.
fn plain_number(mut word: String) -> String {
    if let Some((_, number)) = ROMAN.iter().find(|(roman, _)| *roman == word) {
        return (*number).to_owned();
    }
    if let Some((whole, thousands)) = word.split_once(',')
        && thousands.len() == 3
    {
        word = format!("{whole}{thousands}");
    }
    let word = word.replace(',', ".");
    if word.contains('.') {
        return word.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    word
}

/// The words within each pair of brackets.
pub(super) fn brackets(folded: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    for letter in folded.chars() {
        match letter {
            '(' | '[' | '{' => open = Some(String::new()),
            ')' | ']' | '}' => found.extend(open.take().map(|within| words(&within))),
            _ => {
                if let Some(within) = &mut open {
                    within.push(letter);
                }
            }
        }
    }
    found.retain(|words| !words.is_empty());
    found
}
