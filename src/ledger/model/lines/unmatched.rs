//! The words that two names do not have in common. Pure.

/// Letters of a word from which on one of them may be lost or mistaken.
const LONG_WORD: usize = 6;
/// How alike such words are: one letter of six, two of twelve.
const ALIKE: f64 = 0.83;
/// Words that an acronym may stand for.
const MOST_INITIALS: usize = 5;

/// The words that each of two texts has for itself.
pub(super) fn unmatched(one: &[String], other: &[String]) -> (Vec<String>, Vec<String>) {
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
