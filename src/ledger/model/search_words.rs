//! What a person typed to search for. Pure.

use super::folded::{folded, is_plain};
use crate::ids::GuildId;
use crate::reading::is_invisible;

/// Letters of the pieces that the index knows.
const PIECE: usize = 3;
/// More pieces make no search more exact.
const MAX_PIECES: usize = 40;

/// The words of a search, as texts are compared: all of them must occur, in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Words(Vec<String>);

impl Words {
    /// Splits what was typed at its spaces, and at what nobody types. People copy numbers with their `#`,
    /// and what is shown to them with the invisible characters that disarm it.
    pub(crate) fn of(typed: &str) -> Self {
        let typed = visible(typed);
        let words = typed.split(|letter: char| letter.is_whitespace() || letter.is_control());
        let words = words.map(|word| folded(word.trim_start_matches('#')));
        Self(words.filter(|word| !word.is_empty()).collect())
    }

    /// Those, and a text that must occur with its spaces.
    pub(crate) fn and_whole(mut self, text: Option<&str>) -> Self {
        self.0.extend(text.map(folded));
        self
    }

    /// Each of them by itself, first those that may be numbers.
    pub(crate) fn each(&self) -> impl Iterator<Item = Self> {
        let has_digit = |word: &&String| word.contains(|letter: char| letter.is_ascii_digit());
        let (numbers, others): (Vec<&String>, Vec<&String>) = self.0.iter().partition(has_digit);
        numbers.into_iter().chain(others).map(|word| Self(vec![word.clone()]))
    }

    /// Those that are none of these.
    pub(crate) fn without<'a>(&self, others: impl Iterator<Item = &'a Self>) -> Self {
        let others: Vec<&String> = others.flat_map(|words| &words.0).collect();
        Self(self.0.iter().filter(|word| !others.contains(word)).cloned().collect())
    }

    /// Whether any text holds them.
    pub(crate) fn are_none(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether texts, each in a line, hold all words.
    pub(crate) fn are_in(&self, texts: &str) -> bool {
        if texts.bytes().all(is_plain) {
            let texts = texts.to_ascii_lowercase();
            return self
                .0
                .iter()
                .all(|word| texts.lines().any(|line| line.contains(word.as_str())));
        }
        // Line by line: most are ASCII, which costs little.
        let lines: Vec<String> = texts.lines().map(folded).collect();
        self.0.iter().all(|word| lines.iter().any(|line| line.contains(word.as_str())))
    }

    /// The query of the index for orders that may hold the words, those of a guild where there are others; `None`
    /// where they are too short for it.
    pub(crate) fn query(&self, guild: Option<GuildId>) -> Option<String> {
        query(self.0.iter().flat_map(|word| pieces(word)), guild)
    }

    /// The same with as few pieces as cover the words: it takes half as long, and may name more orders.
    pub(crate) fn short_query(&self, guild: Option<GuildId>) -> Option<String> {
        query(self.0.iter().flat_map(|word| covering_pieces(word)), guild)
    }
}

fn query(pieces: impl Iterator<Item = String>, guild: Option<GuildId>) -> Option<String> {
    let mut pieces: Vec<String> = pieces.collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces.truncate(MAX_PIECES);
    if pieces.is_empty() {
        return None;
    }
    pieces.extend(guild.map(guild_letters));
    // Within quotes everything is an ordinary character but the quote, which is doubled.
    let quoted = pieces.iter().map(|piece| format!("\"{}\"", piece.replace('"', "\"\"")));
    Some(quoted.collect::<Vec<_>>().join(" AND "))
}

/// A text without what nobody sees in it, as the texts of messages are stored.
pub(crate) fn visible(typed: &str) -> String {
    typed.chars().filter(|character| !is_invisible(*character)).collect()
}

/// Pieces of a word. Each costs a walk through the orders that hold it: of letters alone those that cover it are
/// enough; of numbers, which have few different pieces, and of addresses and names, whose rare pieces lie across
/// their marks, all are taken.
fn pieces(word: &str) -> Vec<String> {
    if word.chars().all(char::is_alphabetic) {
        return covering_pieces(word);
    }
    let letters: Vec<char> = word.chars().collect();
    letters.windows(PIECE).map(|piece| piece.iter().collect()).collect()
}

/// Pieces that cover a word: those around its marks, and from a mark on where letters follow; between them one behind
/// the other.
fn covering_pieces(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let is_mark = |letter: &char| !letter.is_alphanumeric();
    let has_mark = |piece: &[char]| match piece {
        [first, middle, ..] => is_mark(middle) || (is_mark(first) && middle.is_alphabetic()),
        _ => false,
    };
    let mut taken: Vec<bool> = letters.windows(PIECE).map(has_mark).collect();
    let last = letters.len().saturating_sub(PIECE);
    for place in 0..letters.len() {
        let around =
            taken.iter().skip((place + 1).saturating_sub(PIECE)).take(PIECE.min(place + 1));
        let is_covered = around.copied().any(|is_taken| is_taken);
        if let Some(piece) = taken.get_mut(place.min(last)).filter(|_| !is_covered) {
            *piece = true;
        }
    }
    let pieces = letters.windows(PIECE).zip(taken).filter(|(_, is_taken)| *is_taken);
    pieces.map(|(piece, _)| piece.iter().collect()).collect()
}

/// The letters that stand for a guild in `order_texts`, `late_texts` and `line_texts`.
fn guild_letters(guild: GuildId) -> String {
    const FIRST: u32 = 0xE000;
    const LETTERS: i64 = 6_400;
    let digit = |place: i64| u32::try_from(guild.0 / place % LETTERS).unwrap_or_default();
    let digits = [digit(1), digit(LETTERS), digit(LETTERS * LETTERS)];
    digits.into_iter().filter_map(|digit| char::from_u32(FIRST + digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_must_occur_in_any_order_and_case() {
        let text = "BBY01-807100000011\nPokemon Box (100%)\nann_b@example.com";
        for typed in [
            "pokémon",
            "#807100 BOX",
            "box\u{0}ann",
            "100%",
            "ann_b",
            "  ",
            "ann_b@\u{200b}exam",
            "x (2",
        ] {
            assert_eq!(Words::of(typed).are_in(text), typed != "x (2", "{typed}");
        }
        assert!(!Words::of("pokemon tin").are_in(text));
        assert!(!Words::of("1%0").are_in(text));
    }

    #[test]
    fn what_the_index_is_asked_is_quoted() {
        let asked = |typed: &str, guild| Words::of(typed).query(guild);
        let quoted = "\"a\"\"b\" AND \"ar(\" AND \"ear\" AND \"nea\"".to_owned();
        let guild = "\"\u{e000}\u{e000}\u{e000}\"";
        assert_eq!(asked("a\"b OR NEAR(", Some(GuildId(0))), Some(format!("{quoted} AND {guild}")));
        assert_eq!(asked("a\"b OR NEAR(", None), Some(quoted));
        assert_eq!(asked("7123", None).as_deref(), Some("\"123\" AND \"712\""));
        assert_eq!(asked("ab # c", Some(GuildId(0))), None);
        assert_eq!(asked("pokemon", None).as_deref(), Some("\"emo\" AND \"mon\" AND \"pok\""));
        let short =
            |typed: &str| Words::of(typed).short_query(None).map(|query| query.replace('"', ""));
        let numbers = short("1-804800333333");
        assert_eq!(numbers.as_deref(), Some("003 AND 048 AND 1-8 AND 333"));
        let name = short("olivia.demo ab");
        assert_eq!(name.as_deref(), Some(".de AND a.d AND emo AND oli AND via"));
        assert_eq!(short("pokemons").as_deref(), Some("emo AND ons AND pok"));
        assert_eq!(short("a-b c"), Some("a-b".to_owned()));
        // What is rare in an address lies across its marks.
        assert!(asked("ann@gmail.com", None).is_some_and(|query| query.contains("\"n@g\"")));
    }
}
