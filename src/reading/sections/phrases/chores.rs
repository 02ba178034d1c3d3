//! What is no purchase although it succeeded or speaks of one: a task besides it, a checkout that is still tried.

use super::words::words;

/// Words for what bots do besides buying.
const CHORES: &str = "preload preloads preloading preloaded cookies harvest harvested harvesting \
    harvester wallet balance license licence redemption redeemed activated activation deactivated \
    refreshed refresh imported import exported export created creation generated generation renewed \
    renewal subscription membership synced sync proxy proxies installed updated added removed deleted \
    saved linked connected registered registration applied topup upload uploaded profiles addresses";

/// Words that stand beside them, and say by themselves nothing of a purchase or of another chore.
const BESIDE: &str = "success successful successfully succeeded complete completed done a an the your \
    my all new and for of on in to from with has have been was were is are up top gift card cards check \
    checks test tests account accounts session sessions profile address login cookie token tokens \
    webhook payment method key bank funds";

/// Words in front of `checkout` that say that it is none yet, or none any more.
const UNFINISHED: &str = "retry ready almost nearly attempted started pending going proceed continue \
    resumed queued missed lost skipped stopped aborted paused expired interrupted incomplete abandoned \
    unfinished entered reached loading loaded before no fake simulated potential possible upcoming";

/// The same, which may stand before the shop as well: `Retrying Target Checkout`.
const ONGOING: &str = "retrying attempting starting processing submitting waiting awaiting proceeding \
    continuing resuming preparing skipping stopping aborting entering trying reaching";

fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

/// Whether it is a chore that succeeded, and says nothing else: `Cookies harvested successfully`. In `Success |
/// Cookies` they are another part's.
pub(in crate::reading::sections) fn succeeded(plain: &str) -> bool {
    let ends = |mark: char| "|:;,.!()[]{}·•–—»".contains(mark);
    let clauses = plain.split(ends).flat_map(|part| part.split(" - "));
    clauses.into_iter().map(words).any(|clause| {
        let mut all = clause.split(' ');
        clause.contains("succe")
            && all.clone().any(|word| is_in(CHORES, word))
            && all.all(|word| is_in(CHORES, word) || is_in(BESIDE, word))
    })
}

/// `Example Bot Checkout`, not `Retrying Checkout` and `Ready to checkout`.
pub(in crate::reading::sections) fn ends_with_checkout(words: &str) -> bool {
    let Some(head) = words.strip_suffix(" checkout") else { return false };
    let mut before =
        head.rsplit(' ').skip_while(|word| is_in("to for your the a successful", word));
    let is_tried = before.next().is_some_and(|word| is_in(UNFINISHED, word))
        || head.split(' ').any(|word| is_in(ONGOING, word));
    !is_tried
}

/// Whether a part of a heading says nothing but that something goes on or is to come: `Retrying`.
pub(in crate::reading::sections) fn is_unfinished(plain: &str) -> bool {
    words(plain).split(' ').all(|word| is_in(UNFINISHED, word) || is_in(ONGOING, word))
}

/// Whether the two words in front of a success say that there is none: `no`, `almost`, `waiting for`.
pub(in crate::reading::sections) fn is_missed(before: [&str; 2]) -> bool {
    is_in("no not never without almost nearly awaiting", before[1])
        || matches!(before, ["waiting" | "wait", "for"])
}
