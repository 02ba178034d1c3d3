//! What a list was asked for as one text: in a button, or kept by the ledger.

use super::{ListQuery, Numbers};
use crate::discord::render::custom_id::UnknownId;
use crate::ids::{ChannelId, OrderId};
use crate::ledger::OpenKey;
use crate::order::period::Period;
use crate::order::{Sort, Status};

impl ListQuery {
    /// As one text. What came later stands behind what the first versions wrote, and only where it is asked for: lists
    /// of then are read as they were, and what most people ask for stays short.
    pub(crate) fn encoded(&self) -> String {
        let status = self.status.map_or("", Status::as_str);
        let period = self.period.map_or("", Period::as_str);
        let [text, store, profile] = [&self.text, &self.store, &self.profile]
            .map(|text| escaped(text.as_deref().unwrap_or_default()));
        format!("{status}|{period}|{text}|{store}|{profile}{}", self.later().unwrap_or_default())
    }

    fn later(&self) -> Option<String> {
        let product = escaped(self.product.as_deref().unwrap_or_default());
        let channel = self.channel.map_or_else(String::new, |channel| channel.to_string());
        let tracking = self.tracking.map_or("", |has| if has { "yes" } else { "no" });
        let line = self.line.map_or("", OpenKey::as_str);
        let sort = if self.sort == Sort::default() { "" } else { self.sort.as_str() };
        let numbers = self.numbers.as_ref().map(Numbers::encoded).unwrap_or_default();
        let later = [&product, &channel, tracking, line, sort, &numbers];
        let is_asked = later.iter().any(|part| !part.is_empty());
        is_asked.then(|| later.map(|part| format!("|{part}")).concat())
    }

    /// Such a text read back.
    pub(crate) fn decoded(text: &str) -> Option<Self> {
        let mut parts = text.split('|');
        let mut next = || parts.next().map(|part| Some(part).filter(|part| !part.is_empty()));
        let (status, period, text, store, profile) = (next()?, next()?, next()?, next()?, next()?);
        let mut later = || next().flatten();
        let (product, channel, tracking) = (later(), later(), later());
        let (line, sort, numbers) = (later(), later(), later());
        Some(Self {
            status: status.map(str::parse).transpose().ok()?,
            period: among(period, &Period::ALL, Period::as_str).ok()?,
            text: text.map(unescaped),
            store: store.map(unescaped),
            profile: profile.map(unescaped),
            product: product.map(unescaped),
            channel: channel.map(str::parse::<ChannelId>).transpose().ok()?,
            tracking: among(tracking, &[true, false], |has| if has { "yes" } else { "no" }).ok()?,
            line: among(line, &OpenKey::ALL, OpenKey::as_str).ok()?,
            sort: among(sort, &Sort::ALL, Sort::as_str).ok()?.unwrap_or_default(),
            numbers: match numbers {
                Some(numbers) => Some(Numbers::decoded(numbers)?),
                None => None,
            },
        })
    }
}

impl Numbers {
    /// How many were typed, the orders and the missing numbers: `3;7,9;A-1`.
    fn encoded(&self) -> String {
        let orders: Vec<String> = self.orders.iter().map(OrderId::to_string).collect();
        format!("{};{};{}", self.typed, orders.join(","), escaped(&self.missing.join(",")))
    }

    fn decoded(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, ';');
        let (typed, orders, missing) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self {
            typed: typed.parse().ok()?,
            orders: pieces(orders).map(|id| id.parse().ok().map(OrderId)).collect::<Option<_>>()?,
            missing: pieces(missing).map(unescaped).collect(),
        })
    }
}

fn pieces(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').filter(|piece| !piece.is_empty())
}

/// The value that a word names; no word, no value.
fn among<T: Copy>(
    word: Option<&str>,
    all: &[T],
    of: impl Fn(T) -> &'static str,
) -> Result<Option<T>, UnknownId> {
    let value = |word| all.iter().copied().find(|value| of(*value) == word).ok_or(UnknownId);
    word.map(value).transpose()
}

fn escaped(text: &str) -> String {
    text.replace('~', "~0").replace('|', "~1")
}

fn unescaped(text: &str) -> String {
    text.replace("~1", "|").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_survives_the_way_through_a_button() {
        let some = |text: &str| Some(text.to_owned());
        let asked = ListQuery {
            text: some("a|b ~1"),
            store: some("A~|B"),
            status: Some(Status::Shipped),
            profile: some("VCC"),
            period: Some(Period::LastMonth),
            ..ListQuery::default()
        };
        assert_eq!(asked.encoded(), "shipped|last month|a~1b ~01|A~0~1B|VCC");
        assert_eq!(ListQuery::decoded(&asked.encoded()), Some(asked.clone()));
        let numbers = Numbers {
            typed: 3,
            orders: vec![OrderId(7), OrderId(9)],
            missing: vec!["A-1".to_owned()],
        };
        let more = ListQuery {
            tracking: Some(false),
            line: Some(OpenKey::Unpaid),
            product: some("box | ~"),
            channel: Some(ChannelId(88)),
            sort: Sort::Total,
            numbers: Some(numbers),
            ..asked
        };
        assert_eq!(ListQuery::decoded(&more.encoded()), Some(more));
        let none = Numbers { typed: 2, orders: Vec::new(), missing: Vec::new() };
        let none = ListQuery { numbers: Some(none), ..ListQuery::default() };
        assert_eq!(ListQuery::decoded(&none.encoded()), Some(none));
    }

    #[test]
    fn each_of_what_came_later_survives_alone() {
        let plain = ListQuery::default;
        assert_eq!(plain().encoded(), "||||");
        let product = Some("box".to_owned());
        let mut all = vec![
            ListQuery { product, ..plain() },
            ListQuery { channel: Some(ChannelId(88)), ..plain() },
        ];
        all.extend([true, false].map(|has| ListQuery { tracking: Some(has), ..plain() }));
        all.extend(OpenKey::ALL.map(|key| ListQuery { line: Some(key), ..plain() }));
        all.extend(Sort::ALL.map(|sort| ListQuery { sort, ..plain() }));
        for asked in all {
            assert_eq!(ListQuery::decoded(&asked.encoded()), Some(asked));
        }
    }

    #[test]
    fn a_list_of_an_earlier_version_is_read_and_garbage_is_not() {
        assert_eq!(ListQuery::decoded("||||"), Some(ListQuery::default()));
        for garbage in [
            "",
            "|||",
            "eaten||||",
            "|never|||",
            "|||||||perhaps",
            "||||||x",
            "||||||||eaten",
            "|||||||||upwards",
            "||||||||||3;x;",
            "||||||||||3",
        ] {
            assert_eq!(ListQuery::decoded(garbage), None, "{garbage}");
        }
    }
}
