//! Reading an id back. `None` wherever it is none of ours.

use chrono::DateTime;

use super::{
    BOOKS, CANCEL, CARD, CardAction, CardPart, Confirmation, CustomId, FIELDS, FIELDS_SEEN, FORGET,
    FORM, FORM_SEEN, Fields, Form, FormKind, LOG, LogPage, MARKS, OPEN, PAGE, PageTurn, RETRY,
    SETTINGS, SHOW, UNWATCH, Unwatch, books, split,
};
use crate::ids::MessageId;
use crate::ledger::Forgettable;
use crate::verdict::Outcome;

pub(super) fn custom_id(id: &str) -> Option<CustomId> {
    let (word, rest) = id.split_once('|')?;
    match word {
        PAGE => page(rest).map(CustomId::Page),
        LOG => log(rest).map(CustomId::Log),
        OPEN => rest.parse().ok().map(CustomId::Open),
        MARKS => split(rest).map(CustomId::Marks),
        CARD => card(rest).map(CustomId::Card),
        FORM => form(rest, None).map(CustomId::Form),
        FORM_SEEN => {
            let (rest, version) = rest.rsplit_once('|')?;
            form(rest, Some(version.parse().ok()?)).map(CustomId::Form)
        }
        FIELDS => fields(rest, None),
        FIELDS_SEEN => {
            let [order, version] = parts(rest)?;
            fields(order, Some(version.parse().ok()?))
        }
        RETRY => rest.parse().ok().map(CustomId::Retry),
        FORGET => forget(rest).map(CustomId::Forget),
        UNWATCH => unwatch(rest).map(CustomId::Unwatch),
        SETTINGS => settings(rest),
        SHOW => rest.parse().ok().map(CustomId::Show),
        CANCEL => rest.parse().ok().map(CustomId::Cancel),
        BOOKS => books::read(rest).map(CustomId::Books),
        _ => None,
    }
}

/// The last part takes what is left.
pub(super) fn parts<const N: usize>(text: &str) -> Option<[&str; N]> {
    text.splitn(N, '|').collect::<Vec<_>>().try_into().ok()
}

fn page(text: &str) -> Option<PageTurn> {
    let [user, limit, offset, which] = parts(text)?;
    let which = which.parse().ok()?;
    let (user, offset) = (user.parse().ok()?, offset.parse().ok()?);
    Some(PageTurn { user, limit: page_size(limit)?, offset, which })
}

fn page_size(text: &str) -> Option<u32> {
    text.parse().ok().filter(|limit| (1..=25).contains(limit))
}

fn log(text: &str) -> Option<LogPage> {
    let [user, limit, outcome, at, id] = parts(text)?;
    let outcome = match outcome {
        "" => None,
        word => Some(Outcome::from_word(word)?),
    };
    let at = DateTime::from_timestamp_millis(at.parse().ok()?)?;
    let id: i64 = id.parse().ok()?;
    let behind = (id != 0).then_some((at, MessageId(id)));
    Some(LogPage { user: user.parse().ok()?, limit: page_size(limit)?, outcome, behind })
}

fn card(text: &str) -> Option<CardPart> {
    let [word, order, version] = parts(text)?;
    let action = CardAction::ALL.into_iter().find(|action| action.word() == word)?;
    Some(CardPart { action, order: order.parse().ok()?, version: version.parse().ok()? })
}

fn fields(order: &str, seen: Option<i64>) -> Option<CustomId> {
    Some(CustomId::Fields(Fields { order: order.parse().ok()?, seen }))
}

fn form(text: &str, seen: Option<i64>) -> Option<Form> {
    let [word, order] = parts(text)?;
    let kind = FormKind::ALL.into_iter().find(|kind| kind.word() == word)?;
    Some(Form { kind, order: order.parse().ok()?, seen })
}

fn forget(text: &str) -> Option<Confirmation> {
    let [user, delete_orders, kind, word] = parts(text)?;
    let delete_orders = match delete_orders {
        "0" => false,
        "1" => true,
        _ => return None,
    };
    let what = match kind {
        "email" => Forgettable::email(word)?,
        "order" => Forgettable::order(word),
        _ => return None,
    };
    Some(Confirmation { user: user.parse().ok()?, delete_orders, what })
}

fn settings(text: &str) -> Option<CustomId> {
    let [at, count] = parts(text)?;
    let at = DateTime::from_timestamp_millis(at.parse().ok()?)?;
    Some(CustomId::Settings(at, count.parse().ok()?))
}

fn unwatch(text: &str) -> Option<Unwatch> {
    let [user, channel, what] = parts(text)?;
    let deletes = match what {
        "keep" => false,
        "delete" => true,
        _ => return None,
    };
    Some(Unwatch { user: user.parse().ok()?, channel: channel.parse().ok()?, deletes })
}
