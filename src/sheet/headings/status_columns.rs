//! Columns of a `status` sheet that say less plainly which status they mean, or of how many units: one that is not read
//! would let whole orders get a status that the sheet does not mean.

use super::names::Names;
use crate::sheet::field::Field;
use crate::sheet::options::Kind;

use Field as F;

/// Of an order, where no group and no parcel has one of its own.
const ORDER_STATUS: &[&str] = &[
    "orderstatus",
    "state",
    "orderstate",
    "newstatus",
    "newstate",
    "fulfillmentstatus",
    "fulfilmentstatus",
    "shippingstatus",
    "shipmentstatus",
    "deliverystatus",
    "bestellstatus",
    "auftragsstatus",
    "statutdecommande",
    "estadodelpedido",
    "statoordine",
];
/// Units that a status is said of.
const PART: &[&str] = &[
    "units",
    "qtycancelled",
    "qtycanceled",
    "cancelledqty",
    "canceledqty",
    "quantitycancelled",
    "quantitycanceled",
    "cancelledquantity",
    "canceledquantity",
    "cancelledunits",
    "canceledunits",
    "unitscancelled",
    "unitscanceled",
];
/// Names that count in a `status` sheet where no column has a plainer one.
const STATUS_ELSE: Names = &[(F::Status, ORDER_STATUS), (F::Quantity, PART)];
/// What a heading holds that nobody knows and that may say the status of an order, or of how much of it, within a
/// longer word, too: `Lieferstatus`.
const MAY_HOLD_STATUS: &[&str] = &["cancel", "storn", "annul", "refund"];
const HOLDS_UNITS: &[&str] = &["qty", "quantity", "menge", "anzahl"];
/// The same as words of their own: `Community` holds no unit, `Statement` no state.
const IS_STATUS: &[&str] =
    &["state", "delivered", "delivery", "shipped", "fulfilled", "fulfilment", "fulfillment"];
const IS_UNITS: &[&str] = &["unit", "units", "pieces", "pcs"];
/// What it does not hold then: `Cancelled on date`, `Reason of the cancellation` say something else.
const HOLDS_NEITHER: &[&str] =
    &["date", "datum", "time", "reason", "grund", "price", "preis", "cost", "address", "adresse"];
/// The same of what may be a status and is not called one: `Ship To State`, `Shipped at`.
const IS_NO_STATUS: &[&str] = &[
    "at",
    "on",
    "by",
    "city",
    "zip",
    "postcode",
    "country",
    "province",
    "street",
    "billing",
    "name",
    "phone",
    "email",
    "method",
    "carrier",
    "fee",
    "instructions",
    "window",
    "option",
];
const LEADS_TO_ADDRESS: &[&str] =
    &["ship to", "shipped to", "deliver to", "delivered to", "delivery to"];

/// Lets columns of a `status` sheet mean what their names say less plainly, each where no other one means it.
pub(super) fn fill(kind: Kind, folded: &[String], fields: &mut [Option<Field>]) {
    for (field, names) in STATUS_ELSE.iter().filter(|_| kind == Kind::Status) {
        let mut named =
            folded.iter().enumerate().filter(|(_, name)| names.contains(&name.as_str()));
        let (Some((place, _)), None) = (named.next(), named.next()) else { continue };
        if !fields.contains(&Some(*field))
            && let Some(slot) = fields.get_mut(place)
        {
            *slot = Some(*field);
        }
    }
}

/// What a column that is not read may mean, in a sheet that would set a status without it.
pub(super) fn overlooked(heading: &str) -> Option<Field> {
    let lower = heading.to_lowercase();
    let words: Vec<&str> = lower.split(|letter: char| !letter.is_alphanumeric()).collect();
    let spaced = words.join(" ");
    let holds = |parts: &[&str]| parts.iter().any(|part| spaced.contains(part));
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    if holds(HOLDS_NEITHER) {
        return None;
    }
    if holds(HOLDS_UNITS) || has(IS_UNITS) {
        return Some(F::Quantity);
    }
    let is_else = has(IS_NO_STATUS) || holds(LEADS_TO_ADDRESS);
    let may_be = holds(MAY_HOLD_STATUS) || has(IS_STATUS);
    (spaced.contains("status") || (may_be && !is_else)).then_some(F::Status)
}

/// `TX`: no status is that short.
pub(super) fn is_state_of_a_country(cell: &str) -> bool {
    cell.len() == 2 && cell.bytes().all(|byte| byte.is_ascii_alphabetic())
}
