//! What people may add to an order, and how it is laid over what the messages say. Pure.

use crate::carrier::Carrier;

/// Between several tracking numbers of an order.
const SEPARATOR: &str = ", ";
/// Numbers that are taken in one go.
const MOST_NUMBERS: usize = 20;
/// Characters of a tracking number; carriers' have at most 34.
const LONGEST_NUMBER: usize = 60;
/// Characters of a group within a printed tracking number; no carrier's whole number is as short.
const LONGEST_GROUP: usize = 8;
/// Characters of a note.
pub(crate) const LONGEST_NOTE: usize = 1_000;

/// What a person adds to an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addition {
    /// More tracking numbers, beside those that it has.
    Tracking(Vec<String>),
    /// A note in place of the one that a person wrote before; empty: none any more.
    Note(String),
}

impl Addition {
    /// Tracking numbers as typed: one or several, between spaces, commas or lines. `None`: there is
    /// none in it.
    pub fn tracking(typed: &str) -> Option<Self> {
        let numbers: Vec<String> = typed
            .split(|character: char| character.is_control() || ",;|".contains(character))
            .flat_map(words)
            .filter(|number| (1..=LONGEST_NUMBER).contains(&number.chars().count()))
            .take(MOST_NUMBERS)
            .collect();
        (!numbers.is_empty()).then_some(Self::Tracking(numbers))
    }

    /// A note as typed; a single `-` stands for none.
    pub fn note(typed: &str) -> Self {
        let typed = if typed.trim() == "-" { "" } else { typed.trim() };
        let kept = typed.chars().filter(|&c| c == '\n' || !c.is_control());
        Self::Note(kept.take(LONGEST_NOTE).collect::<String>().trim().to_owned())
    }

    /// The column of `orders` that it changes.
    pub(super) const fn column(&self) -> &'static str {
        match self {
            Self::Tracking(_) => "tracking_number",
            Self::Note(_) => "notes",
        }
    }

    /// The word that is stored.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Tracking(_) => "tracking",
            Self::Note(_) => "note",
        }
    }

    pub(super) fn values(&self) -> &[String] {
        match self {
            Self::Tracking(numbers) => numbers,
            Self::Note(note) => std::slice::from_ref(note),
        }
    }
}

/// The numbers between two commas. Carriers print theirs in groups: `9400 1118 9922 3197 4284 90` is one.
fn words(text: &str) -> Vec<String> {
    let words = text.split_whitespace().map(|word| word.trim_matches('#').to_uppercase());
    let words: Vec<String> = words.collect();
    let is_grouped = words.len() > 1 && words.iter().all(|word| word.len() <= LONGEST_GROUP);
    let whole = words.concat();
    if is_grouped && Carrier::of(&whole).is_some() { vec![whole] } else { words }
}

/// All tracking numbers of an order, each once: those of the messages first.
pub(super) fn tracking(said: Option<&str>, added: &[String]) -> Option<String> {
    let said = said.into_iter().flat_map(|said| said.split(SEPARATOR)).map(str::trim);
    let mut numbers: Vec<&str> = Vec::new();
    for number in said.chain(added.iter().map(String::as_str)).filter(|number| !number.is_empty()) {
        if !numbers.iter().any(|known| known.eq_ignore_ascii_case(number)) {
            numbers.push(number);
        }
    }
    (!numbers.is_empty()).then(|| numbers.join(SEPARATOR))
}

/// The notes of an order: what the messages say, and below it what a person wrote last.
pub(super) fn notes(said: Option<&str>, written: Option<&str>) -> Option<String> {
    let parts = [said, written].into_iter().flatten().filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(numbers: &[&str]) -> Vec<String> {
        numbers.iter().map(|number| (*number).to_owned()).collect()
    }

    #[test]
    fn several_numbers_are_taken_as_people_type_them() {
        let typed = Addition::tracking(" 1z999aa10123456784,\n#9400111899223197428490  ");
        let numbers = added(&["1Z999AA10123456784", "9400111899223197428490"]);
        assert_eq!(typed, Some(Addition::Tracking(numbers)));
        let grouped = Addition::tracking("9400 1118 9922 3197 4284 90, 1Z 999 AA1 01 2345 6784");
        let whole = added(&["9400111899223197428490", "1Z999AA10123456784"]);
        assert_eq!(grouped, Some(Addition::Tracking(whole)));
        let apart = Addition::tracking("ABC 12");
        assert_eq!(apart, Some(Addition::Tracking(added(&["ABC", "12"]))));
        assert_eq!(Addition::tracking(" , \n"), None);
        assert_eq!(Addition::tracking(&"1".repeat(61)), None);
    }

    #[test]
    fn numbers_are_added_and_none_is_there_twice() {
        assert_eq!(tracking(Some("A"), &added(&["b", "a", "B"])).as_deref(), Some("A, b"));
        assert_eq!(tracking(None, &added(&["X"])).as_deref(), Some("X"));
        assert_eq!(tracking(None, &[]), None);
    }

    #[test]
    fn a_note_stands_below_what_the_messages_say() {
        assert_eq!(notes(Some("gift"), Some("call first")).as_deref(), Some("gift\ncall first"));
        assert_eq!(notes(None, Some("")), None);
        assert_eq!(Addition::note(" - "), Addition::note(""));
        assert_eq!(Addition::note("  two\nlines\u{7} "), Addition::Note("two\nlines".to_owned()));
    }
}
