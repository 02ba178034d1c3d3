//! What columns of order numbers are called: plainly, or as messages call them.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::fold::fold;
use crate::reading::of_order_numbers;
use crate::sheet::field::Field;
use crate::sheet::options::Kind;

/// Those that count before the labels of messages.
pub(super) const ORDER: &[&str] = &["order", "ordernumber", "orderno", "ordernum", "ordernr"];
/// A buying group's, which is no shop's: of the labels of messages only what can be nothing else.
pub(super) const GROUP_ORDER: &[&str] = &[
    "order",
    "ordernumber",
    "orderno",
    "ordernum",
    "ordernr",
    "bestellnummer",
    "bestellnr",
    "bestell-nr",
    "auftragsnummer",
    "numérodecommande",
    "n°decommande",
    "númerodepedido",
    "numeroordine",
    "numerodordine",
    "bestelnummer",
    "ordernummer",
];
/// The labels by which messages name an order's number.
static LABELS: LazyLock<HashSet<String>> = LazyLock::new(|| of_order_numbers().map(fold).collect());
/// In sheets of orders this is the group's number or our own.
const NOT_OF_ORDERS: &str = "orderid";
/// Whether messages name an order's number by this folded heading, where a sheet of this kind means the same by it.
pub(super) fn is_label(kind: Kind, folded: &str) -> bool {
    let may_be = match kind {
        Kind::Track | Kind::Status => true,
        Kind::Orders => folded != NOT_OF_ORDERS,
        Kind::Received | Kind::Charges => false,
    };
    may_be && LABELS.contains(folded)
}

/// Lets labels of messages name the order's number only where no plainer heading does, and in a list of nothing but
/// numbers be its title.
pub(super) fn prefer_plain(kind: Kind, folded: &[String], fields: &mut [Option<Field>]) {
    let is_plain = |heading: &String| ORDER.contains(&heading.as_str());
    let is_list =
        kind == Kind::Status && folded.iter().filter(|name| !name.is_empty()).count() == 1;
    if is_list || folded.iter().any(is_plain) {
        for (field, heading) in fields.iter_mut().zip(folded) {
            field.take_if(|field| *field == Field::OrderNumber && !is_plain(heading));
        }
    }
}
