//! A product's name as it is compared with another spelling of it. Pure.

use super::unmatched::unmatched;
use super::words::{brackets, is_number, words};
use crate::ledger::model::folded::folded;

/// Words that are compared; what stands behind them tells no products apart.
const MOST_WORDS: usize = 40;
/// A name that is cut off in the middle of a word without dots is at least this long: tools cut at a width.
const SHORTEST_CUT: usize = 20;
/// Fewer letters than these before dots are the beginning of anything.
const SHORTEST_BEGINNING: usize = 4;
/// Words that say nothing of which product it is.
const FILLERS: [&str; 16] = [
    "a", "an", "and", "by", "for", "in", "new", "of", "official", "order", "pre", "preorder",
    "sealed", "size", "the", "with",
];

/// A name taken apart.
#[derive(Debug, Clone, Default)]
pub(super) struct Name {
    folded: String,
    words: Vec<String>,
    /// What stands between dots that stand for more: one part where there are none.
    parts: Vec<String>,
    begins_cut: bool,
    ends_cut: bool,
    /// Numbers of the name and of the size, in order.
    numbers: Vec<String>,
    /// The words within each pair of brackets.
    brackets: Vec<Vec<String>>,
}

/// How two names agree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Likeness {
    /// One name, spelled differently.
    Spelling,
    /// One says more than the other. How much of the longer one is common to both, 0 to 1.
    Contained(f64),
    /// Each says something that the other does not. How much is common to both, 0 to 1.
    Other(f64),
    /// Both have a number, or something in brackets, and not the same.
    Variant,
}

impl Name {
    /// Takes a name apart. A size that stands beside the name counts as a part of it.
    pub(super) fn of(name: &str, size: Option<&str>) -> Self {
        let mut folded = folded(name);
        folded.truncate(folded.trim_end().len());
        let begins_cut = folded.trim_start().starts_with("...");
        let ends_cut = folded.ends_with("...");
        let parts = folded.split("...").map(|part| words(part).concat());
        let parts = parts.filter(|part| !part.is_empty()).collect();
        let brackets = brackets(&folded);
        let mut words = words(&folded);
        words.truncate(MOST_WORDS);
        let mut numbers: Vec<String> =
            words.iter().filter(|word| is_number(word)).cloned().collect();
        let size = size.map(|size| self::words(&self::folded(size))).unwrap_or_default();
        numbers.extend(size.into_iter().filter(|word| is_number(word)));
        numbers.sort_unstable();
        numbers.dedup();
        Self { folded, words, parts, begins_cut, ends_cut, numbers, brackets }
    }

    /// Compares two names. `ignored`: words that say nothing here, as the shop's name and the size.
    pub(super) fn compare(&self, other: &Self, ignored: &[String]) -> Likeness {
        if self.words.is_empty() || other.words.is_empty() {
            let same = self.folded == other.folded;
            return if same { Likeness::Spelling } else { Likeness::Other(0.0) };
        }
        let is_cut = self.is_cut() || other.is_cut();
        if self.joined() == other.joined() {
            // Different names may begin alike, and be cut off where they do not yet differ.
            return if is_cut { Likeness::Contained(1.0) } else { Likeness::Spelling };
        }
        if self.is_cut_of(other) || other.is_cut_of(self) {
            return Likeness::Contained(1.0);
        }
        if disagree(&self.numbers, &other.numbers) || self.brackets_disagree(other) {
            return Likeness::Variant;
        }
        let (mine, theirs) = unmatched(&self.words, &other.words);
        let tells = |name: &Self, words: Vec<String>| -> usize {
            let words = words.iter().filter(|word| !name.is_aside(word, ignored));
            words.map(|word| word.chars().count()).sum()
        };
        let (mine, theirs) = (tells(self, mine), tells(other, theirs));
        let longer = self.letters().max(other.letters()).max(1);
        match (mine, theirs) {
            (0, 0) => Likeness::Spelling,
            (more, 0) | (0, more) => Likeness::Contained(share(longer, more)),
            (one, another) => Likeness::Other(share(longer, one.max(another))),
        }
    }

    /// Whether both are the same but for spaces and marks.
    pub(super) fn has_letters_of(&self, other: &Self) -> bool {
        if self.words.is_empty() {
            self.folded == other.folded
        } else {
            self.joined() == other.joined()
        }
    }

    fn joined(&self) -> String {
        self.words.concat()
    }

    fn letters(&self) -> usize {
        self.words.iter().map(|word| word.chars().count()).sum()
    }

    /// Whether this is what is left of the other one: `Example Elite Tr…`, `Example … 9 packs`.
    fn is_cut_of(&self, whole: &Self) -> bool {
        let (joined, all) = (self.joined(), whole.joined());
        if !self.is_cut() {
            return joined.len() >= SHORTEST_CUT
                && all.starts_with(&joined)
                && whole.has_letters_at(joined.len());
        }
        if joined.len() < SHORTEST_BEGINNING {
            return false;
        }
        let mut rest = all.as_str();
        let last = self.parts.len().saturating_sub(1);
        for (at, part) in self.parts.iter().enumerate() {
            let begins = at == 0 && !self.begins_cut;
            let ends = at == last && !self.ends_cut;
            let found = match (begins, ends) {
                (true, _) => rest.strip_prefix(part.as_str()),
                (false, true) => rest.strip_suffix(part.as_str()).map(|_| ""),
                (false, false) => rest.split_once(part.as_str()).map(|(_, after)| after),
            };
            let Some(after) = found else { return false };
            rest = after;
        }
        !self.parts.is_empty()
    }

    fn is_cut(&self) -> bool {
        self.begins_cut || self.ends_cut || self.parts.len() > 1
    }

    /// Whether this place lies within a word, and not within a number.
    fn has_letters_at(&self, place: usize) -> bool {
        let mut end = 0;
        self.words.iter().any(|word| {
            let begin = end;
            end += word.len();
            begin < place && place < end && !is_number(word)
        })
    }

    /// Whether a word tells no products apart: a filler, a number of packs, or ignored.
    fn is_aside(&self, word: &str, ignored: &[String]) -> bool {
        FILLERS.contains(&word)
            || is_packs(word)
            || ignored.iter().any(|ignored| ignored == word)
            || self.counts_packs(word)
    }

    /// Whether a number stands before or behind a word of packs: `6 packs`, `pack of 6`.
    fn counts_packs(&self, number: &str) -> bool {
        let before = self.words.windows(2).any(|pair| match pair {
            [one, two] => one == number && is_packs(two),
            _ => false,
        });
        let behind = self.words.windows(3).any(|run| match run {
            [packs, of, three] => is_packs(packs) && of == "of" && three == number,
            _ => false,
        });
        before || behind
    }

    fn brackets_disagree(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.brackets.concat(), other.brackets.concat());
        !mine.is_empty() && !theirs.is_empty() && {
            let (one, another) = unmatched(&mine, &theirs);
            !one.is_empty() && !another.is_empty()
        }
    }
}

/// Whether a name takes the place of a known one: of none, or of one that is cut off.
pub(super) fn says_more(known: Option<&str>, name: Option<&str>) -> bool {
    let is_cut =
        |name: &str| name.trim_end().ends_with(['…', '.']) && folded(name).ends_with("...");
    match (known, name) {
        (None, Some(_)) => true,
        (Some(known), Some(name)) => is_cut(known) && !is_cut(name),
        _ => false,
    }
}

fn share(longer: usize, different: usize) -> f64 {
    let common = u32::try_from(longer.saturating_sub(different)).unwrap_or(u32::MAX);
    f64::from(common) / f64::from(u32::try_from(longer).unwrap_or(u32::MAX))
}

/// Whether both have something, and each something that the other has not.
pub(super) fn disagree(one: &[String], other: &[String]) -> bool {
    let lacks = |some: &[String], all: &[String]| some.iter().any(|word| !all.contains(word));
    lacks(one, other) && lacks(other, one)
}

fn is_packs(word: &str) -> bool {
    let word = word.strip_suffix('s').unwrap_or(word);
    ["pack", "pk", "count", "ct", "pc", "piece", "unit"].contains(&word)
}

#[cfg(test)]
mod tests;
