//! Parcels to hand in to a buying group, as its forms take them.

use serenity::all::CreateActionRow;
use sha2::{Digest, Sha256};

use crate::count::count;
use crate::discord::render::custom_id::{BooksPart, CustomId, HandInList};
use crate::discord::render::rows::{self, button, buttons, primary};
use crate::discord::render::text::{code, length};
use crate::ledger::{HandIn, Parcel};
use crate::order::Money;

/// How a line looks where nobody says otherwise.
pub(crate) const TEMPLATE: &str = "{tracking}";
/// The list as a file.
pub(crate) const FILE: &str = "trackings.txt";
/// What a code block may take of a message.
const BLOCK: usize = 1_700;

/// The reply where nothing is due.
pub(crate) const NOTHING_DUE: &str = "No parcel is due: all of them were handed in or received. `/trackings \
    handed_in:True` shows those that were handed in.";
/// The reply where nothing was handed in.
pub(crate) const NONE_HANDED_IN: &str = "No parcel that was handed in is still waited for.";
/// The reply to a template that holds no number.
pub(crate) const NO_TEMPLATE: &str = "A template holds {tracking}, and may hold {payout}, {order} and {store}, like \
    `{tracking}${payout}`.";
/// Above a list that is another one by now.
pub(crate) const OTHERWISE: &str =
    "The list has changed since you looked, so nothing was marked. Use `/trackings` again.";

/// How lines look.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Template<'t>(Vec<Piece<'t>>);

#[derive(Debug, PartialEq, Eq)]
enum Piece<'t> {
    Text(&'t str),
    Word(Word),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Tracking,
    Payout,
    Order,
    Store,
}

impl<'t> Template<'t> {
    /// What somebody typed, or the sentence that says what is wrong with it.
    pub(crate) fn of(typed: &'t str) -> Result<Self, String> {
        let (mut pieces, mut rest) = (Vec::new(), typed);
        while let Some((before, word, after)) = next_word(rest) {
            let named = Word::named(word).ok_or_else(|| not_a_word(word))?;
            pieces.extend([Piece::Text(before), Piece::Word(named)]);
            rest = after;
        }
        pieces.push(Piece::Text(rest));
        if pieces.contains(&Piece::Word(Word::Tracking)) {
            Ok(Self(pieces))
        } else {
            Err(NO_TEMPLATE.to_owned())
        }
    }
}

impl Word {
    fn named(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "tracking" => Some(Self::Tracking),
            "payout" => Some(Self::Payout),
            "order" => Some(Self::Order),
            "store" => Some(Self::Store),
            _ => None,
        }
    }
}

/// What is before the first word in braces, the word, and what is after it.
fn next_word(text: &str) -> Option<(&str, &str, &str)> {
    let (until, after) = text.split_once('}')?;
    if let Some((before, word)) = until.rsplit_once('{') {
        return Some((before, word, after));
    }
    // A brace that closes nothing is text.
    let (_, word, rest) = next_word(after)?;
    let before = text.len() - rest.len() - word.len() - "{}".len();
    Some((text.get(..before)?, word, rest))
}

fn not_a_word(word: &str) -> String {
    format!(
        "A template does not know {}: there are {{tracking}}, {{payout}}, {{order}} and {{store}}.",
        code(&format!("{{{word}}}"))
    )
}

/// A line for each parcel.
pub(crate) fn lines(parcels: &[Parcel], template: &Template<'_>) -> Vec<String> {
    parcels.iter().map(|parcel| line(parcel, template)).collect()
}

fn line(parcel: &Parcel, template: &Template<'_>) -> String {
    let first = parcel.orders.first();
    let text = |of: Option<&str>| one_line(of.unwrap_or_default());
    let piece = |piece: &Piece<'_>| match piece {
        Piece::Text(text) => (*text).to_owned(),
        Piece::Word(Word::Tracking) => one_line(&parcel.number),
        Piece::Word(Word::Payout) => worth(parcel).map(|money| money.decimal()).unwrap_or_default(),
        Piece::Word(Word::Order) => text(first.map(|order| order.handle.as_str())),
        Piece::Word(Word::Store) => text(first.and_then(|order| order.store.as_deref())),
    };
    template.0.iter().map(piece).collect()
}

/// A text that neither ends its line nor the code block.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() || letter == '`' { ' ' } else { letter })
        .collect()
}

/// What the orders in a parcel are worth: of an order with several parcels its share. `None`: it is not known, or of
/// several currencies.
fn worth(parcel: &Parcel) -> Option<Money> {
    let mut sum: Option<Money> = None;
    for order in &parcel.orders {
        let Money { minor, currency } = order.worth?;
        let parcels = order.parcels.max(1);
        let rest = if order.is_first { minor % parcels } else { 0 };
        let share = minor / parcels + rest;
        let before = sum.unwrap_or(Money { minor: 0, currency });
        if before.currency != currency {
            return None;
        }
        sum = Some(Money { minor: before.minor.saturating_add(share), currency });
    }
    sum
}

/// The list: in a code block, which is copied with one tap. `None`: it is too long or would end the block, and is to
/// be a file.
pub(crate) fn block(lines: &[String]) -> Option<String> {
    let text = lines.join("\n");
    (length(&text) <= BLOCK && !text.contains("```")).then(|| format!("```\n{text}\n```"))
}

/// What is above the list.
pub(crate) fn head(parcels: usize, handed_in: bool) -> String {
    let parcels = count(parcels, "parcel", "parcels");
    if handed_in {
        format!("{parcels} handed in, and not received yet:")
    } else {
        format!("{parcels} to hand in:")
    }
}

/// The same for the same parcels.
pub(crate) fn digest(parcels: &[Parcel]) -> String {
    let mut digest = Sha256::new();
    for parcel in parcels {
        digest.update(parcel.number.as_bytes());
        digest.update([0]);
    }
    format!("{:x}", digest.finalize()).chars().take(8).collect()
}

/// Whether the button has room for what was asked.
pub(crate) fn has_room(list: &HandInList) -> bool {
    rows::has_room(&CustomId::Books(BooksPart::HandIn(list.clone())))
}

/// The button that marks them as handed in.
pub(crate) fn rows(list: HandInList) -> Vec<CreateActionRow> {
    vec![buttons(vec![primary(&CustomId::Books(BooksPart::HandIn(list)), "Mark as handed in")])]
}

/// What was marked.
pub(crate) fn done(handed_in: HandIn) -> String {
    let again = match handed_in.parcels {
        1 => "It is due again only where its tracking number changes.",
        _ => "They are due again only where a tracking number changes.",
    };
    format!("Marked as handed in: {}. {again}", count(handed_in.parcels, "parcel", "parcels"))
}

/// The button that takes it back.
pub(crate) fn undo(handed_in: HandIn) -> Vec<CreateActionRow> {
    vec![buttons(vec![button(&CustomId::Books(BooksPart::Unhand(handed_in.id)), "Undo")])]
}

/// The reply to an undoing.
pub(crate) const fn undone(was_there: bool) -> &'static str {
    if was_there { "Undone. These parcels are due again." } else { "This was undone before." }
}
