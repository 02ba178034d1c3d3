//! Parts of a text that go, and what stands in their place.

use std::cmp::Reverse;
use std::ops::Range;

use super::look::{Look, REMOVED};

/// The parts of one skeleton that are secrets.
#[derive(Debug, Default)]
pub(super) struct Cuts {
    parts: Vec<(Range<usize>, &'static str)>,
}

impl Cuts {
    /// A secret that leaves a word behind.
    pub(super) fn remove(&mut self, part: Range<usize>) {
        self.parts.push((part, REMOVED));
    }

    /// A secret that leaves nothing: `buyer@example.com:password` is an address then.
    pub(super) fn drop(&mut self, part: Range<usize>) {
        self.parts.push((part, ""));
    }

    /// The raw text without these parts. `None` where that changes nothing.
    pub(super) fn apply(mut self, look: Look<'_>) -> Option<String> {
        if self.parts.is_empty() {
            return None;
        }
        self.parts.sort_by_key(|(part, _)| (part.start, Reverse(part.end)));
        let mut clean = String::with_capacity(look.raw.len());
        let mut done = 0;
        for (part, instead) in merged(self.parts) {
            let origin = look.skeleton.origin(look.raw, &part);
            clean.push_str(look.raw.get(done..origin.start).unwrap_or_default());
            clean.push_str(instead);
            done = origin.end;
        }
        clean.push_str(look.raw.get(done..).unwrap_or_default());
        (clean != look.raw).then_some(clean)
    }
}

/// Parts that overlap are one. What a part in another one leaves behind does not matter; of two that only
/// overlap, the one that leaves a word wins.
fn merged(parts: Vec<(Range<usize>, &'static str)>) -> Vec<(Range<usize>, &'static str)> {
    let mut merged: Vec<(Range<usize>, &'static str)> = Vec::with_capacity(parts.len());
    for (part, instead) in parts.into_iter().filter(|(part, _)| !part.is_empty()) {
        match merged.last_mut() {
            Some((last, _)) if part.end <= last.end => {}
            Some((last, word)) if part.start < last.end => {
                last.end = part.end;
                if word.is_empty() {
                    *word = instead;
                }
            }
            _ => merged.push((part, instead)),
        }
    }
    merged
}
