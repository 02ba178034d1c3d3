//! The sheets of orders that have meanings of their own: the old one of nineteen columns, our exports, the table
//! of the old database. The same heading means different things in them.

use super::{names, order_numbers, status_columns};
use crate::sheet::field::Field;
use crate::sheet::options::Kind;

use Field as F;

/// By which table the headings of a sheet were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sheet) enum Meaning {
    /// By the names of its kind, and what a person said.
    Names,
    /// By the places of its columns: it has no headings.
    Places,
    /// Orders whose headings could mean several things.
    Unclear,
    /// American Express.
    Amex,
    /// The old sheet: its total is the payout, its status the group's word.
    Nineteen,
    /// Our CSV or XLSX.
    Export,
    /// Our CSV or XLSX, a row for each item.
    ExportItems,
    /// Our JSON.
    Json,
    /// The table `orders` of `roms_v2.db`.
    Roms,
}

/// Who wrote a cell: by that is known what stands around its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sheet) enum Writer {
    /// Somebody with a spreadsheet, or a program for one.
    Others,
    /// This program, as CSV or XLSX.
    Export,
    /// This program, as JSON, which knows no formulas.
    Json,
}

impl Meaning {
    /// Who wrote the cells.
    pub(in crate::sheet) const fn writer(self) -> Writer {
        match self {
            Self::Export | Self::ExportItems => Writer::Export,
            Self::Json => Writer::Json,
            Self::Names
            | Self::Places
            | Self::Unclear
            | Self::Amex
            | Self::Nineteen
            | Self::Roms => Writer::Others,
        }
    }

    /// Whether a program wrote the rows, and no person with a spreadsheet.
    pub(in crate::sheet) const fn is_programs(self) -> bool {
        matches!(self, Self::Export | Self::ExportItems | Self::Json | Self::Roms)
    }
}

type Layout = &'static [(&'static str, Option<Field>)];

const NINETEEN: Layout = &[
    ("date", Some(F::Date)),
    ("time", Some(F::Time)),
    ("product", Some(F::Product)),
    ("price", Some(F::Price)),
    ("total", Some(F::Payout)),
    ("commission", Some(F::Commission)),
    ("quantity", Some(F::Quantity)),
    ("profile", Some(F::Profile)),
    ("proxylist", Some(F::ProxyList)),
    ("ordernumber", Some(F::OrderNumber)),
    ("email", Some(F::Email)),
    ("reference", Some(F::Reference)),
    ("posteddate", Some(F::ChargePostedOn)),
    ("trackingnumber", Some(F::Tracking)),
    ("status", Some(F::GroupStatus)),
    ("qtyreceived", Some(F::Received)),
    ("orderid", Some(F::GroupNumber)),
    ("created", Some(F::GroupCreated)),
    ("modified", Some(F::GroupModified)),
];

/// The first 23 columns of an export; the names of the others are in [`MORE`].
const EXPORT: Layout = &[
    ("date", Some(F::Date)),
    ("time", Some(F::Time)),
    ("product", Some(F::Product)),
    ("price", Some(F::Price)),
    ("total", Some(F::Total)),
    ("commission", Some(F::Commission)),
    ("quantity", Some(F::Quantity)),
    ("profile", Some(F::Profile)),
    ("proxylist", Some(F::ProxyList)),
    ("ordernumber", Some(F::OrderNumber)),
    ("email", Some(F::Email)),
    ("reference", Some(F::Reference)),
    ("posteddate", Some(F::ChargePostedOn)),
    ("trackingnumber", Some(F::Tracking)),
    ("status", Some(F::Status)),
    ("notes", Some(F::Notes)),
    ("paymentmethod", Some(F::PaymentMethod)),
    ("shippingaddress", Some(F::ShippingAddress)),
    ("shippingmethod", Some(F::ShippingMethod)),
    ("qtyreceived", Some(F::Received)),
    // Ours, never the group's.
    ("orderid", Some(F::LedgerId)),
    ("created", Some(F::CreatedAt)),
    ("modified", None),
];

const MORE: Layout = &[
    ("store", Some(F::Store)),
    ("currency", Some(F::Currency)),
    ("customername", Some(F::CustomerName)),
    ("productlink", Some(F::ProductUrl)),
    ("orderlink", Some(F::OrderUrl)),
    ("picture", Some(F::ImageUrl)),
    ("shipped", Some(F::ShippedAt)),
    ("delivered", Some(F::DeliveredAt)),
    ("sku", Some(F::Sku)),
    ("size", Some(F::Size)),
    ("parcels", Some(F::Parcels)),
    ("payout", Some(F::Payout)),
    ("groupstatus", Some(F::GroupStatus)),
    ("grouporderid", Some(F::GroupNumber)),
    ("groupcreated", Some(F::GroupCreated)),
    ("groupcreatedat", Some(F::GroupCreated)),
    ("groupmodified", Some(F::GroupModified)),
    ("groupmodifiedat", Some(F::GroupModified)),
    ("chargepostedon", Some(F::ChargePostedOn)),
    ("charged", Some(F::Charged)),
    ("refunded", Some(F::Refunded)),
    ("soldprice", Some(F::SoldPrice)),
    ("fees", Some(F::Fees)),
    ("buyer", Some(F::Buyer)),
    ("message", Some(F::MessageId)),
    ("orderquantity", Some(F::OrderQuantity)),
    ("linequantity", Some(F::LineQuantity)),
    // Of JSON.
    ("id", Some(F::LedgerId)),
    ("messageid", Some(F::MessageId)),
    ("referencenumber", Some(F::Reference)),
    ("producturl", Some(F::ProductUrl)),
    ("orderurl", Some(F::OrderUrl)),
    ("imageurl", Some(F::ImageUrl)),
    ("orderedat", Some(F::Date)),
    ("shippedat", Some(F::ShippedAt)),
    ("deliveredat", Some(F::DeliveredAt)),
    ("createdat", Some(F::CreatedAt)),
    ("items", Some(F::Items)),
    ("payoutcurrency", Some(F::PayoutCurrency)),
    ("chargecurrency", Some(F::ChargeCurrency)),
    ("othercharges", Some(F::OtherCharges)),
];

/// What the old database names otherwise than our exports.
const ROMS: Layout = &[
    ("orderdate", Some(F::Date)),
    ("ordertime", Some(F::Time)),
    ("shippeddate", Some(F::ShippedAt)),
    ("delivereddate", Some(F::DeliveredAt)),
];

/// Headings that only our exports have together.
const OURS: [&str; 4] = ["ordernumber", "store", "currency", "server"];
/// Headings that follow where each row is an item.
const ITEMS: [&str; 3] = ["ordertotal", "sku", "size"];
/// Members that only our JSON has together.
const OUR_JSON: [&str; 4] = ["ordernumber", "currency", "guildid", "items"];
/// Columns that only the old database has together.
const OLD_TABLE: [&str; 4] = ["ordernumber", "orderdate", "ordertime", "proxylist"];

/// By which table a row of headings is read, and what each of them means.
pub(super) fn of(kind: Kind, folded: &[String], is_mapped: bool) -> (Meaning, Vec<Option<Field>>) {
    let meaning = meaning(kind, folded, is_mapped);
    let field = |heading: &String| match meaning {
        Meaning::Names | Meaning::Places | Meaning::Unclear | Meaning::Amex => {
            names::field(kind, heading)
        }
        Meaning::Nineteen => look_up(heading, &[NINETEEN]),
        Meaning::Export | Meaning::Json => look_up(heading, &[EXPORT, MORE]),
        Meaning::Roms => look_up(heading, &[ROMS, EXPORT, MORE]),
        Meaning::ExportItems => match heading.as_str() {
            "ordertotal" => Some(F::Total),
            "total" => None,
            heading => look_up(heading, &[EXPORT, MORE]),
        },
    };
    let mut fields: Vec<Option<Field>> = folded.iter().map(field).collect();
    if matches!(meaning, Meaning::Names | Meaning::Unclear) {
        order_numbers::prefer_plain(kind, folded, &mut fields);
    }
    status_columns::fill(kind, folded, &mut fields);
    (meaning, fields)
}

fn meaning(kind: Kind, folded: &[String], is_mapped: bool) -> Meaning {
    let has = |name: &str| folded.iter().any(|heading| heading == name);
    let has_all = |names: &[&str]| names.iter().all(|name| has(name));
    let named = folded.iter().filter(|heading| !heading.is_empty()).count();
    let is_exactly =
        |layout: Layout| named == layout.len() && layout.iter().all(|(name, _)| has(name));
    match kind {
        Kind::Charges if has("extendeddetails") => Meaning::Amex,
        Kind::Orders if is_exactly(NINETEEN) => Meaning::Nineteen,
        Kind::Orders if has_all(&OUR_JSON) => Meaning::Json,
        Kind::Orders if has_all(&OURS) && has_all(&ITEMS) => Meaning::ExportItems,
        Kind::Orders if has_all(&OURS) || is_exactly(EXPORT) => Meaning::Export,
        Kind::Orders if has_all(&OLD_TABLE) => Meaning::Roms,
        Kind::Orders if !is_mapped => Meaning::Unclear,
        _ => Meaning::Names,
    }
}

fn look_up(heading: &str, layouts: &[Layout]) -> Option<Field> {
    let mut all = layouts.iter().flat_map(|layout| layout.iter());
    all.find(|(name, _)| *name == heading).and_then(|(_, field)| *field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::grid::JSON_MEMBERS;
    use crate::sheet::headings::fold;

    fn meaning_of(headings: &[&str]) -> Meaning {
        let folded: Vec<String> = headings.iter().map(|heading| fold(heading)).collect();
        of(Kind::Orders, &folded, false).0
    }

    #[test]
    fn the_old_sheets_meanings_hold_for_its_nineteen_headings_alone() {
        let names: Vec<&str> = NINETEEN.iter().map(|(name, _)| *name).collect();
        assert_eq!(names.len(), 19);
        assert_eq!(meaning_of(&names), Meaning::Nineteen);
        assert_eq!(meaning_of(&names[1..]), Meaning::Unclear);
        assert_eq!(meaning_of(&[names.as_slice(), &["notes"]].concat()), Meaning::Unclear);
        let export: Vec<&str> = EXPORT.iter().map(|(name, _)| *name).collect();
        assert_eq!((export.len(), meaning_of(&export)), (23, Meaning::Export));
        assert_eq!(meaning_of(&JSON_MEMBERS), Meaning::Json);
    }
}
