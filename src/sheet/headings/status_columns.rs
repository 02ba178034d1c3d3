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
/// What a heading holds that nobody knows and that may say the status of an order, or of how much of it.
const MAY_BE_STATUS: &[&str] =
    &["status", "state", "cancel", "storn", "annul", "deliver", "shipped", "refund", "fulfil"];
const MAY_BE_UNITS: &[&str] = &["qty", "quantity", "unit", "pieces", "pcs", "menge", "anzahl"];
/// What it does not hold then: `Cancelled on`, `Reason of the cancellation` say something else.
const IS_NEITHER: &[&str] = &["date", "datum", "time", "reason", "grund", "price", "preis", "cost"];

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
pub(super) fn overlooked(folded: &str) -> Option<Field> {
    let holds = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if holds(IS_NEITHER) {
        return None;
    }
    let units = holds(MAY_BE_UNITS).then_some(F::Quantity);
    units.or_else(|| holds(MAY_BE_STATUS).then_some(F::Status))
}
