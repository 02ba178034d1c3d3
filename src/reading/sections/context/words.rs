//! A text in words, each with its sentence and its clause.

use crate::reading::sections::phrases::words::words;

/// The words of a text.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) words: Vec<Word>,
    /// By sentence: whether it asks.
    asks: Vec<bool>,
}

/// A word in lower case.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) sentence: usize,
    pub(super) clause: usize,
    /// `#` stands in front of it.
    pub(super) signed: bool,
    /// `/` stands in front of it.
    pub(super) slashed: bool,
}

impl Text {
    pub(super) fn of(plain: &str) -> Self {
        let mut text = Self::default();
        let mut place = Place::default();
        let mut from = 0;
        let mut before = ' ';
        let mut marks = plain.char_indices().peekable();
        while let Some((at, mark)) = marks.next() {
            let next = marks.peek().map(|(_, next)| *next);
            let cut = Cut::of(before, mark, next);
            before = mark;
            let Some(cut) = cut else { continue };
            text.push(plain.get(from..at).unwrap_or_default(), place);
            from = at + mark.len_utf8();
            text.asks.resize(place.sentence + 1, false);
            if let Some(asks) = text.asks.get_mut(place.sentence) {
                *asks |= cut == Cut::Question;
            }
            place.pass(cut);
        }
        text.push(plain.get(from..).unwrap_or_default(), place);
        text
    }

    fn push(&mut self, piece: &str, place: Place) {
        let text = words(piece);
        let pieces = text.split(' ').filter(|word| !word.is_empty()).enumerate();
        self.words.extend(pieces.map(|(at, word)| Word {
            text: word.to_owned(),
            sentence: place.sentence,
            clause: place.clause,
            signed: place.signed && at == 0,
            slashed: place.slashed && at == 0,
        }));
    }

    /// The word at a place; nothing behind the last one.
    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.text.as_str())
    }

    pub(super) fn sentence(&self, at: usize) -> Option<usize> {
        self.words.get(at).map(|word| word.sentence)
    }

    pub(super) fn clause(&self, at: usize) -> Option<usize> {
        self.words.get(at).map(|word| word.clause)
    }

    /// Whether the sentence of a word is a question.
    pub(super) fn asks(&self, at: usize) -> bool {
        let sentence = self.sentence(at);
        sentence.and_then(|sentence| self.asks.get(sentence)).copied().unwrap_or(false)
    }

    /// The words of the same clause in front of a word, the nearest first.
    pub(super) fn before(&self, at: usize) -> impl Iterator<Item = &str> {
        let clause = self.clause(at);
        let words = self.words.get(..at).unwrap_or_default().iter().rev();
        words.take_while(move |word| Some(word.clause) == clause).map(|word| word.text.as_str())
    }

    /// The words of the sentence of a word.
    pub(super) fn around(&self, at: usize) -> impl Iterator<Item = &str> {
        let sentence = self.sentence(at);
        let words = self.words.iter().filter(move |word| Some(word.sentence) == sentence);
        words.map(|word| word.text.as_str())
    }

    /// Where a phrase that begins at a word ends, if it stands there.
    pub(super) fn match_at(&self, at: usize, phrase: &str) -> Option<usize> {
        let mut end = at;
        for part in phrase.split(' ') {
            if self.word(end) != part || self.sentence(end) != self.sentence(at) {
                return None;
            }
            end += 1;
        }
        Some(end)
    }
}

/// Where in a text a word stands.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    sentence: usize,
    clause: usize,
    signed: bool,
    slashed: bool,
}

impl Place {
    fn pass(&mut self, cut: Cut) {
        (self.signed, self.slashed) = (cut == Cut::Sign, cut == Cut::Slash);
        self.clause += usize::from(cut != Cut::Sign);
        self.sentence += usize::from(matches!(cut, Cut::Sentence | Cut::Question));
    }
}

/// What ends where a mark stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    Sentence,
    Question,
    Clause,
    /// A clause, or a share: `1/2`.
    Slash,
    /// Nothing but a word: `#` begins a number.
    Sign,
}

impl Cut {
    fn of(before: char, mark: char, next: Option<char>) -> Option<Self> {
        let at_end = next.is_none_or(char::is_whitespace);
        match mark {
            '?' | '？' => Some(Self::Question),
            '!' | ';' | '\n' | '。' | '！' | '…' => Some(Self::Sentence),
            '.' if at_end => Some(Self::Sentence),
            '-' if at_end && before.is_whitespace() => Some(Self::Clause),
            '#' => Some(Self::Sign),
            '/' => Some(Self::Slash),
            _ if ":：,()[]+&•·—–→|\"“”（）、".contains(mark) => Some(Self::Clause),
            _ => None,
        }
    }
}
