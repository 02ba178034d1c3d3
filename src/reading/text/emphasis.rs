//! Which runs of `*` and `_` are markup, and which belong to the text: pure.

use super::is_blank;

/// A run of one mark that may open emphasis.
struct Opener {
    at: usize,
    mark: u8,
    /// Its marks that have no partner yet.
    left: usize,
}

/// Where the runs begin that are markup, in order: those that have a partner. A run within a word opens
/// nothing, so that `Card_with_*stars*_` and `A*B*C` stay as they are.
pub(super) fn paired(raw: &str) -> Vec<usize> {
    if !raw.contains(is_mark) {
        return Vec::new();
    }
    let (mut openers, mut found): (Vec<Opener>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut before = Before { outer: ' ', inner: ' ' };
    let mut at = 0;
    while let Some(first) = raw.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = raw.get(at..).unwrap_or_default();
        if first == '\\' {
            let escaped = rest.chars().nth(1).map_or(0, char::len_utf8);
            before = Before { outer: '\\', inner: '\\' };
            at += 1 + escaped;
            continue;
        }
        if !is_mark(first) {
            before = Before { outer: first, inner: first };
            at += first.len_utf8();
            continue;
        }
        let run = rest.chars().take_while(|character| *character == first).count();
        let next = rest.chars().nth(run).unwrap_or(' ');
        let mark = u8::try_from(first).unwrap_or_default();
        let within = first == '_' && next.is_alphanumeric();
        let may_close = !within && !is_blank(before.inner);
        if may_close && close(&mut openers, &mut found, mark, run) {
            found.push(at);
        } else if !is_blank(next) && !before.outer.is_alphanumeric() {
            openers.push(Opener { at, mark, left: run });
        }
        before.inner = first;
        at += run;
    }
    found.sort_unstable();
    found
}

/// What stands before a run: the nearest character, and the nearest that is no mark.
struct Before {
    outer: char,
    inner: char,
}

/// Finds the partners of a run that may close emphasis: the latest openers of its mark. False: it has none.
fn close(openers: &mut Vec<Opener>, found: &mut Vec<usize>, mark: u8, run: usize) -> bool {
    let same = openers.iter().filter(|opener| opener.mark == mark);
    if same.map(|opener| opener.left).sum::<usize>() < run {
        return false;
    }
    let mut left = run;
    while left > 0 {
        let Some(index) = openers.iter().rposition(|opener| opener.mark == mark) else { break };
        // What was opened within it and not closed is text.
        openers.truncate(index + 1);
        let Some(opener) = openers.last_mut() else { break };
        let taken = opener.left.min(left);
        opener.left -= taken;
        left -= taken;
        if opener.left == 0 {
            found.push(opener.at);
            openers.pop();
        }
    }
    true
}

fn is_mark(character: char) -> bool {
    matches!(character, '*' | '_')
}
