//! Headings that say with the bare word that an order was called off: `Order Cancel`, `Walmart Cancel`.

use crate::reading::sections::phrases::words::words;
use crate::reading::sections::store::shops::is_shop;
use crate::reading::text::plain;

/// A line of more words says something else as well.
const MAX_WORDS: usize = 5;
/// What may follow the word in a title. In running text that is a request.
const OBJECTS: &str =
    "order orders purchase preorder checkout the your my this email emails mail ping";
/// In front of it they ask for it, deny it or suppose it, or make a name of it.
const OTHERS: &str = "to please do dont not never no none without can could cant cannot couldnt may might will would \
    wont should must if how when why who or and free easy low high i you we they want wants need click tap press \
    request requested requesting unable possible noise echo anc potential potentially probable avoid prevent anti stop \
    before after did does they he she eligible ineligible for about self against risk likely unlikely pending expected \
    future soon policy window until unless still yet only whether maybe perhaps";
/// What a menu of an order offers beside it: `Track • Return • Cancel`.
const OFFERED: &str =
    "track return returns view manage refund exchange reorder support help details edit change";

/// Whether a part of a title says nothing else of an order.
pub(super) fn heads(plain: &str) -> bool {
    let ends = |mark: char| "|:,.!;()[]•·–—»→".contains(mark);
    let clauses = plain.split(ends).flat_map(|part| part.split(" - "));
    let clauses: Vec<String> = clauses.map(words).collect();
    let offers = |clause: &String| {
        clause.split(' ').next().is_some_and(|first| OFFERED.split(' ').any(|it| it == first))
    };
    !plain.contains('?') && clauses.iter().any(|clause| says(clause)) && !clauses.iter().any(offers)
}

/// Whether a line of running text does: `Walmart Cancel`. `is_first`: the word alone may head what follows, too.
pub(in crate::reading::sections) fn heads_text(line: &str, is_first: bool) -> bool {
    let text = words(&plain(line).text);
    says(&text) && !text.starts_with("cancel ") && (is_first || text != "cancel")
}

fn says(clause: &str) -> bool {
    if clause.split(' ').count() > MAX_WORDS {
        return false;
    }
    let is_in = |list: &str, word: &str| list.split(' ').any(|known| known == word);
    if let Some(object) = clause.strip_prefix("cancel ") {
        return object.split(' ').all(|word| is_in(OBJECTS, word)) || is_shop(object);
    }
    let before = clause.strip_suffix(" cancel");
    clause == "cancel"
        || before.is_some_and(|words| !words.split(' ').any(|word| is_in(OTHERS, word)))
}
