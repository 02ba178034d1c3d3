//! Labels: which words name which piece of an order.

mod built_in;
pub(super) mod field;
mod foreign;
mod normal;
pub(super) mod number_labels;
mod positions;
pub(super) mod table;

use std::collections::HashMap;

use super::values::currency_sign::code;
use crate::order::Detail;
use crate::order::money::Currency;
use built_in::BUILT_IN;
use field::Field;
use normal::normal;

/// Longer lines are no labels, whatever they hold.
const MAX_LABEL_CHARACTERS: usize = 80;

/// How much a label says. A stronger one beats a weaker one wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// `Name`, `Account`: only where nothing better stands.
    Weak,
    /// `Product`, `Email`.
    Strong,
    /// The user's own.
    Own,
}

/// What a label was found to mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) field: Field,
    pub(super) strength: Strength,
    /// The number in `Price (2)`.
    pub(super) position: Option<u8>,
    /// The code in `Price (CAD)`.
    pub(super) currency: Option<Currency>,
    /// Whether all of it stands in the table. In running text only such a line ends a value.
    pub(super) exact: bool,
    /// Whether it is one of the many words of other languages, which may well be names in this one.
    pub(super) foreign: bool,
}

impl Label {
    /// A label that stands for a field without doubt.
    pub(super) fn of(field: Field, strength: Strength) -> Self {
        Self { field, strength, position: None, currency: None, exact: true, foreign: false }
    }

    /// Whether it may stand where a value is awaited.
    pub(super) fn ends_value(self) -> bool {
        self.exact && self.strength > Strength::Weak
    }
}

/// The labels of order numbers in every language, as the tables have them; in sheets they are headings.
pub(crate) fn of_order_numbers() -> impl Iterator<Item = &'static str> {
    let tables = [table::STRONG, number_labels::STRONG, foreign::STRONG];
    let rows = tables.into_iter().flatten().filter(|(field, _)| *field == Field::OrderNumber);
    rows.flat_map(|(_, names)| names.split(',')).map(str::trim)
}

/// The table of labels: the built-in ones and the user's own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels {
    own: HashMap<String, Field>,
}

/// A label of the configuration that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LabelError {
    /// The word behind the label names no field.
    #[error(
        "\"{label}\" = \"{field}\": \"{field}\" is not a field; use one of {words}",
        words = Field::words().collect::<Vec<_>>().join(", ")
    )]
    UnknownField {
        /// The label, as written.
        label: String,
        /// The word that is none.
        field: String,
    },
    /// Nothing is left of the label without its marks.
    #[error("\"{0}\": a label needs at least one letter or digit")]
    BlankLabel(String),
}

impl Labels {
    /// The labels that the project knows.
    pub fn built_in() -> Self {
        Self::default()
    }

    /// The built-in labels and the user's own, as pairs of a label and a field word such as
    /// `order_number`. Fails when a word is no field, naming it and the allowed ones.
    pub fn with<L, F>(own: impl IntoIterator<Item = (L, F)>) -> Result<Self, LabelError>
    where
        L: AsRef<str>,
        F: AsRef<str>,
    {
        let mut labels = Self::default();
        for (label, word) in own {
            let (label, word) = (label.as_ref(), word.as_ref());
            let field = Field::of_word(word).ok_or_else(|| LabelError::UnknownField {
                label: label.to_owned(),
                field: word.to_owned(),
            })?;
            let name = normal(label);
            if name.is_empty() {
                return Err(LabelError::BlankLabel(label.to_owned()));
            }
            labels.own.insert(name, field);
        }
        Ok(labels)
    }

    /// Whether a whole line or field name is a label that is known.
    pub fn knows(&self, raw: &str) -> bool {
        self.look_up(raw).is_some()
    }

    /// What a whole line or field name means as a label.
    pub(super) fn look_up(&self, raw: &str) -> Option<Label> {
        let is_long =
            raw.len() > MAX_LABEL_CHARACTERS && raw.chars().nth(MAX_LABEL_CHARACTERS).is_some();
        if is_long || raw.contains("](") || raw.contains("://") {
            return None;
        }
        let name = normal(raw);
        self.of_normal(&name).filter(|label| {
            label.field != Field::OtherNumber || !number_labels::is_plain_word(raw, &name)
        })
    }

    /// What the user's own label means.
    pub(super) fn own(&self, raw: &str) -> Option<Label> {
        if self.own.is_empty() {
            return None;
        }
        self.look_up(raw).filter(|label| label.strength == Strength::Own)
    }

    fn of_normal(&self, name: &str) -> Option<Label> {
        if let Some(label) = self.exact(name) {
            return Some(label);
        }
        self.numbered(name)
            .or_else(|| self.bracketed(name))
            .or_else(|| self.slashed(name))
            .or_else(|| by_ending(name))
    }

    fn exact(&self, name: &str) -> Option<Label> {
        if !self.own.is_empty()
            && let Some(field) = self.own.get(name)
        {
            return Some(Label::of(*field, Strength::Own));
        }
        BUILT_IN.get(name).copied()
    }

    /// `price (cad)`, `订单号 (order #)`: the code in brackets, or whichever part is known.
    fn bracketed(&self, name: &str) -> Option<Label> {
        let (outer, inner) = name.strip_suffix(')')?.split_once('(')?;
        let (outer, inner) = (outer.trim(), inner.trim());
        let currency = code(&inner.to_uppercase());
        let label = match self.exact(outer) {
            Some(found) => found,
            None => self.exact(inner)?,
        };
        Some(Label { currency, exact: false, ..label })
    }

    /// `size/color`: the first part that is known.
    fn slashed(&self, name: &str) -> Option<Label> {
        let parts = name.split('/').map(str::trim);
        let known =
            parts.filter(|part| part.len() < name.len()).filter_map(|part| self.exact(part));
        let best = known.fold(None, |best: Option<Label>, found| match best {
            Some(best) if best.strength >= found.strength => Some(best),
            _ => Some(found),
        });
        best.map(|label| Label { exact: false, ..label })
    }
}

/// Labels that a shop's or bot's name stands before: `Amazon Account`, `Shoe Size`. Weak, since `Gift
/// Card Email` ends so too.
fn by_ending(name: &str) -> Option<Label> {
    const ENDINGS: [(&str, Field); 16] = [
        (" cancel reason", Field::CancelReason),
        (" cancellation reason", Field::CancelReason),
        (" reason", Field::FailureReason),
        (" order number", Field::OrderNumber),
        (" order id", Field::OrderNumber),
        (" order #", Field::OrderNumber),
        (" order reference", Field::OrderNumber),
        (" order ref", Field::OrderNumber),
        (" confirmation number", Field::OrderNumber),
        (" confirmation #", Field::OrderNumber),
        (" email", Field::Detail(Detail::Email)),
        (" e-mail", Field::Detail(Detail::Email)),
        (" account", Field::Detail(Detail::Email)),
        (" size", Field::Size),
        (" sku", Field::Sku),
        (" tracking number", Field::Detail(Detail::TrackingNumber)),
    ];
    let is_short = name.split(' ').count() <= 4;
    let (_, field) = ENDINGS.iter().find(|(ending, _)| is_short && name.ends_with(ending))?;
    Some(Label { exact: false, ..Label::of(*field, Strength::Weak) })
}

#[cfg(test)]
impl Labels {
    /// All built-in labels of a field, as the tables spell them.
    pub(super) fn of_field(field: Field) -> impl Iterator<Item = &'static str> {
        let tables = [
            table::STRONG,
            number_labels::STRONG,
            foreign::STRONG,
            table::WEAK,
            number_labels::WEAK,
            foreign::WEAK,
        ];
        let rows = tables.into_iter().flatten().filter(move |(known, _)| *known == field);
        rows.flat_map(|(_, names)| names.split(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_found_in_any_dress() {
        let found = |raw: &str| Labels::built_in().look_up(raw).map(|label| label.field);
        for raw in [
            "**📦 OrderNumber:**",
            "ORDERNUMBER",
            "𝗢𝗿𝗱𝗲𝗿 𝗡𝘂𝗺𝗯𝗲𝗿",
            "𝐑𝐞𝐭𝐚𝐢𝐥𝐞𝐫 𝐎𝐫𝐝𝐞𝐫 𝐍𝐮𝐦𝐛𝐞𝐫:",
            "ᴏʀᴅᴇʀ ɴᴜᴍʙᴇʀ",
            "Ⓞⓡⓓⓔⓡ Ⓝⓤⓜⓑⓔⓡ",
            "Ｏｒｄｅｒ　Ｎｕｍｂｅｒ：",
            "Numero do Pedido",
            "NÚMERO DO PEDIDO",
            "Nu\u{301}mero do pedido",
            "N° de commande",
            "Numer zamówienia",
            "Sipariş Numarası",
            "SİPARİŞ NUMARASI",
            "Номер заказа",
            "ご注文番号：",
            "訂單編號",
            "주문번호",
            "ऑर्डर नंबर",
            "หมายเลขคำสั่งซื้อ",
            "Mã đơn hàng",
            "订单号(order#)",
        ] {
            assert_eq!(found(raw), Some(Field::OrderNumber), "{raw}");
        }
    }
}
