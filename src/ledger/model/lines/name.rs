//! A product's name as it is compared with another spelling of it. Pure.

use crate::ledger::model::folded::folded;

/// Words that are compared; what stands behind them tells no products apart.
const MOST_WORDS: usize = 40;
/// A name that is cut off in the middle of a word without dots is at least this long: tools cut at a width.
const SHORTEST_CUT: usize = 20;
/// Letters of a word from which on one of them may be lost or mistaken.
const LONG_WORD: usize = 6;
/// How alike such words are: one letter of six, two of twelve.
const ALIKE: f64 = 0.83;
/// Words that an acronym may stand for.
const MOST_INITIALS: usize = 5;
/// Fewer letters than these before dots are the beginning of anything.
const SHORTEST_BEGINNING: usize = 4;
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

fn is_number(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_digit())
}

fn is_packs(word: &str) -> bool {
    let word = word.strip_suffix('s').unwrap_or(word);
    ["pack", "pk", "count", "ct", "pc", "piece", "unit"].contains(&word)
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

fn brackets(folded: &str) -> Vec<Vec<String>> {
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

/// The words that each of two texts has for itself.
fn unmatched(one: &[String], other: &[String]) -> (Vec<String>, Vec<String>) {
    let (mut mine, mut theirs) = (one.to_vec(), other.to_vec());
    take_pairs(&mut mine, &mut theirs, |one, other| one == other);
    take_runs(&mut mine, &mut theirs);
    take_runs(&mut theirs, &mut mine);
    take_pairs(&mut mine, &mut theirs, alike);
    (mine, theirs)
}

fn take_pairs(mine: &mut Vec<String>, theirs: &mut Vec<String>, same: impl Fn(&str, &str) -> bool) {
    mine.retain(|word| match theirs.iter().position(|other| same(word, other)) {
        Some(at) => {
            theirs.remove(at);
            false
        }
        None => true,
    });
}

/// Takes words out that stand for several of the other text: `playstation` for `play station`, `etb` for
/// `elite trainer box`.
fn take_runs(mine: &mut Vec<String>, theirs: &mut Vec<String>) {
    mine.retain(|word| {
        let run = (2..=MOST_INITIALS.min(theirs.len())).find_map(|length| {
            let mut runs = theirs.windows(length);
            runs.position(|run| run.concat() == *word || initials(run) == *word)
                .map(|at| at..at + length)
        });
        match run {
            Some(run) => {
                theirs.drain(run);
                false
            }
            None => true,
        }
    });
}

fn initials(words: &[String]) -> String {
    words.iter().filter_map(|word| word.chars().next()).collect()
}

/// Whether two words are the same but for a plural, or a letter that was lost on the way.
fn alike(one: &str, other: &str) -> bool {
    let plural = |one: &str, other: &str| one.len() > 2 && other.strip_suffix('s') == Some(one);
    if plural(one, other) || plural(other, one) {
        return true;
    }
    let long = one.chars().count().max(other.chars().count()) >= LONG_WORD;
    // In other alphabets one sign may be a whole word.
    let latin = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphabetic());
    long && latin(one)
        && latin(other)
        && one.chars().next() == other.chars().next()
        && strsim::normalized_damerau_levenshtein(one, other) >= ALIKE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, other: &str) -> Likeness {
        let ignored = ["target".to_owned()];
        let likeness = Name::of(one, None).compare(&Name::of(other, None), &ignored);
        assert_eq!(likeness, Name::of(other, None).compare(&Name::of(one, None), &ignored));
        likeness
    }

    #[test]
    fn spellings_of_a_name_are_one_name() {
        let name = "Pokémon TCG: Example Sword & Shield – Elite Trainer Box";
        for spelling in [
            "Pokemon TCG Example Sword & Shield - Elite Trainer Box",
            "POKÉMON TCG EXAMPLE SWORD AND SHIELD ELITE TRAINER BOX",
            "Pok&eacute;mon TCG: Example Sword &amp; Shield &ndash; Elite Trainer Box",
            "Pokémon® TCG: “Example” Sword & Shield — Elite Trainer Box™",
            "Target: Pokémon TCG Example Sword & Shield Elite Trainer Box",
            "Pokémon Trading Card Game: Example Sword & Shield ETB",
            "Pokémon TCG: Example Sword & Shield – Elite Trainer Box (6 Packs)",
            "Pokémon TCG: Example Sword & Shield – Elite Trainer Box, pack of 6",
            "Elite Trainer Box - Pokémon TCG: Example Sword & Shield",
            "PokÃ©mon TCG: Example Sword & Shield Elite Trainer Box",
            "Pok?mon TCG: Example Sword & Shields Elite TrainerBox",
        ] {
            assert_eq!(likeness(name, spelling), Likeness::Spelling, "{spelling}");
        }
    }

    #[test]
    fn a_name_that_is_cut_off_is_a_part_of_the_whole() {
        let name = "Example Elite Trainer Box with a rather long name, 9 packs";
        for cut in [
            "Example Elite Trainer Box with a rath...",
            "Example Elite Trainer Box with a rath…",
            "Example Elite Trainer … 9 packs",
            "…Trainer Box with a rather long name, 9 packs",
            "Example Elite Trainer Box wi",
            "Example Elite Trainer Box",
        ] {
            assert!(matches!(likeness(name, cut), Likeness::Contained(_)), "{cut}");
        }
        assert!(matches!(likeness(name, "Example Elite Trophy…"), Likeness::Other(_)));
    }

    #[test]
    fn what_both_have_and_what_differs_makes_another_product() {
        for (one, other) in [
            ("Example Tin (6 Packs)", "Example Tin (3 Packs)"),
            ("Example Console (Black)", "Example Console (White)"),
            ("Example Card 4090", "Example Card 4080"),
            ("Example Shoe - 9.5", "Example Shoe - 10"),
            ("Example Console 5 Slim 1TB", "Example Console 5 Slim 2TB"),
            ("Example Collector Edition Part I", "Example Collector Edition Part II"),
            ("Example Collector Edition Part 1", "Example Collector Edition Part 10"),
        ] {
            assert_eq!(likeness(one, other), Likeness::Variant, "{one}");
        }
        for (one, other) in [
            ("Example Tin Red", "Example Tin Blue"),
            ("Example Box: Surging Sparks", "Example Box: Stellar Crown"),
            ("Console", "Controller"),
            ("Mega Light Box", "Mega Night Box"),
            ("ポケモンカードゲーム", "ポケモンカートゲーム"),
        ] {
            assert!(matches!(likeness(one, other), Likeness::Other(_)), "{one}");
        }
    }

    #[test]
    fn a_number_that_only_one_has_tells_nothing_apart() {
        assert_eq!(likeness("Example PS5 Console", "Example PS5 Console"), Likeness::Spelling);
        let more = likeness("Example Console 5 Slim 825GB", "Example Console 5 Slim");
        assert!(matches!(more, Likeness::Contained(share) if share > 0.5), "{more:?}");
        assert_eq!(likeness("1,000 Piece Puzzle", "1000-piece puzzle"), Likeness::Spelling);
        assert_eq!(likeness("Example Fantasy VII", "Example Fantasy 7"), Likeness::Spelling);
        assert_eq!(likeness("🎁", "🎁"), Likeness::Spelling);
        assert_eq!(likeness("🎁", "🎮"), Likeness::Other(0.0));
    }

    #[test]
    fn a_size_beside_the_name_counts_as_its_part() {
        let shoe = Name::of("Example Shoe", Some("US 9.5"));
        assert_eq!(shoe.compare(&Name::of("Example Shoe 10", None), &[]), Likeness::Variant);
        let with = shoe.compare(&Name::of("Example Shoe 9.5", None), &["9.5".to_owned()]);
        assert_eq!(with, Likeness::Spelling);
    }
}
