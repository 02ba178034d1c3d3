//! What people may add to an order, and how it is laid over what the messages say. Pure.

use crate::reading::redact;
use crate::reading::tracking_number::{self, NoTracking};

/// Between several tracking numbers of an order.
const SEPARATOR: &str = ", ";
/// Tracking numbers that an order may have, when people add to them.
pub(crate) const MOST_NUMBERS: usize = 20;
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
    /// Tracking numbers as typed: one or several, or links that hold them. Where one of them is none,
    /// nothing is taken.
    pub fn tracking(typed: &str) -> Result<Self, NoTracking> {
        tracking_number::numbers(typed).map(Self::Tracking)
    }

    /// A note as typed, without secrets; a single `-` stands for none.
    pub fn note(typed: &str) -> Self {
        let typed = if typed.trim() == "-" { "" } else { typed.trim() };
        let clean = redact::text(typed);
        let kept = clean.chars().filter(|&c| c == '\n' || !c.is_control());
        Self::Note(kept.take(LONGEST_NOTE).collect::<String>().trim().to_owned())
    }

    /// The column of `orders` that it changes.
    pub(crate) const fn column(&self) -> &'static str {
        match self {
            Self::Tracking(_) => "tracking_number",
            Self::Note(_) => "notes",
        }
    }

    /// The word that is stored.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Tracking(_) => "tracking",
            Self::Note(_) => "note",
        }
    }

    /// Takes the tracking numbers out for which an order that has these has no room, and gives them.
    pub(crate) fn leave_out(&mut self, held: Option<&str>) -> Vec<String> {
        let Self::Tracking(numbers) = self else { return Vec::new() };
        let held: Vec<&str> = held.into_iter().flat_map(|held| held.split(SEPARATOR)).collect();
        let mut room = MOST_NUMBERS.saturating_sub(held.len());
        let mut left_out = Vec::new();
        numbers.retain(|number| {
            if held.iter().any(|known| known.eq_ignore_ascii_case(number)) {
                return true;
            }
            let fits = room > 0;
            room = room.saturating_sub(1);
            if !fits {
                left_out.push(number.clone());
            }
            fits
        });
        left_out
    }

    pub(crate) fn values(&self) -> &[String] {
        match self {
            Self::Tracking(numbers) => numbers,
            Self::Note(note) => std::slice::from_ref(note),
        }
    }
}

/// All tracking numbers of an order, each once: those of the messages first.
pub(crate) fn tracking(said: Option<&str>, added: &[String]) -> Option<String> {
    let said = said.into_iter().flat_map(|said| said.split(SEPARATOR)).map(str::trim);
    let mut numbers: Vec<&str> = Vec::new();
    for number in said.chain(added.iter().map(String::as_str)).filter(|number| !number.is_empty()) {
        if !numbers.iter().any(|known| is_same_parcel(known, number)) {
            numbers.push(number);
        }
    }
    (!numbers.is_empty()).then(|| numbers.join(SEPARATOR))
}

/// The tracking numbers of an order and those that another message states.
pub(crate) fn more_tracking(known: Option<&str>, stated: &str) -> Option<String> {
    let stated: Vec<String> = stated.split(',').map(|number| number.trim().to_owned()).collect();
    let all = tracking(known, &stated)?;
    Some(all.split(SEPARATOR).take(MOST_NUMBERS).collect::<Vec<_>>().join(SEPARATOR))
}

/// Carriers print their numbers in groups: `1Z 999 AA1` is `1Z999AA1`.
fn is_same_parcel(one: &str, other: &str) -> bool {
    let signs = |number: &str| -> String {
        let signs = number.chars().filter(|sign| sign.is_alphanumeric());
        signs.flat_map(char::to_uppercase).collect()
    };
    one == other || signs(one) == signs(other)
}

/// The notes of an order: what the messages say, and below it what a person wrote last.
pub(crate) fn notes(said: Option<&str>, written: Option<&str>) -> Option<String> {
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
    fn an_order_takes_as_many_numbers_as_it_may_have() {
        let typed: Vec<String> = (100..125).map(|number| format!("X{number}")).collect();
        let mut addition = Addition::tracking(&typed.join(" ")).unwrap();
        assert_eq!(addition.leave_out(Some("X100, OTHER1")), typed[19..]);
        assert_eq!(addition, Addition::Tracking(typed[..19].to_vec()));
        assert_eq!(Addition::note("x").leave_out(None), Vec::<String>::new());
    }

    #[test]
    fn numbers_are_added_and_none_is_there_twice() {
        assert_eq!(tracking(Some("A"), &added(&["b", "a", "B"])).as_deref(), Some("A, b"));
        assert_eq!(tracking(None, &added(&["X"])).as_deref(), Some("X"));
        assert_eq!(tracking(None, &[]), None);
        assert_eq!(more_tracking(Some("1Z999AA1"), "1z 999 aa1").as_deref(), Some("1Z999AA1"));
        assert_eq!(more_tracking(Some("A"), "B, a").as_deref(), Some("A, B"));
    }

    #[test]
    fn a_note_stands_below_what_the_messages_say() {
        assert_eq!(notes(Some("gift"), Some("call first")).as_deref(), Some("gift\ncall first"));
        assert_eq!(notes(None, Some("")), None);
        assert_eq!(Addition::note(" - "), Addition::note(""));
        assert_eq!(Addition::note("  two\nlines\u{7} "), Addition::Note("two\nlines".to_owned()));
        assert_eq!(Addition::note("pw: hunter2"), Addition::note("pw: removed"));
    }
}
