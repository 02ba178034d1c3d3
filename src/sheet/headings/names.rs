//! The names under which people know columns, and those that a person says by hand.

use super::fold::fold;
use crate::sheet::field::{Column, Field};
use crate::sheet::not_understood::Why;
use crate::sheet::options::{Kind, Options};

use Field as F;

type Names = &'static [(Field, &'static [&'static str])];

const ORDER: &[&str] = &["order", "ordernumber", "orderno", "ordernum"];
const TRACKING: &[&str] = &["tracking", "trackingnumber", "trackingid", "trackingno"];
const STORE: &[&str] = &["store", "shop", "retailer", "merchant"];

const TRACK: Names = &[(F::OrderNumber, ORDER), (F::Tracking, TRACKING), (F::Store, STORE)];
const RECEIVED: Names = &[
    (F::Tracking, TRACKING),
    (F::Payout, &["total", "payout"]),
    (F::Received, &["qty", "quantity", "qtyreceived"]),
    (F::Commission, &["commission"]),
    (F::GroupStatus, &["status"]),
    (F::GroupNumber, ORDER),
    (F::GroupCreated, &["created"]),
    (F::GroupModified, &["modified"]),
];
const STATUS: Names = &[
    (F::OrderNumber, ORDER),
    (F::Store, STORE),
    (F::Status, &["status"]),
    (F::Quantity, &["qty", "quantity"]),
];
const CHARGES: Names = &[
    (F::Description, &["extendeddetails"]),
    (F::Reference, &["reference"]),
    (F::Date, &["date"]),
    (F::Amount, &["amount"]),
];
/// Of an `orders` sheet only what cannot mean two things; `Total`, `Status`, `Posted Date` and the like can.
const ORDERS: Names = &[
    (F::OrderNumber, ORDER),
    (F::Store, STORE),
    (F::Tracking, TRACKING),
    (F::Product, &["product", "productname"]),
    (F::Price, &["price", "unitprice"]),
    (F::Quantity, &["quantity", "qty"]),
    (F::Email, &["email", "e-mail"]),
    (F::Profile, &["profile"]),
    (F::ProxyList, &["proxylist", "proxy"]),
    (F::Currency, &["currency"]),
    (F::CustomerName, &["customername"]),
    (F::PaymentMethod, &["paymentmethod"]),
    (F::ShippingAddress, &["shippingaddress"]),
    (F::ShippingMethod, &["shippingmethod"]),
    (F::Notes, &["notes"]),
    (F::Sku, &["sku"]),
    (F::Size, &["size"]),
];

const fn names(kind: Kind) -> Names {
    match kind {
        Kind::Track => TRACK,
        Kind::Received => RECEIVED,
        Kind::Status => STATUS,
        Kind::Charges => CHARGES,
        Kind::Orders => ORDERS,
    }
}

/// Names by which `--map` knows fields beside those of headings: alone over a column they could mean two things.
const SAID: &[(Kind, &str, Field)] = &[
    (Kind::Received, "parcel", F::Tracking),
    (Kind::Orders, "reference", F::Reference),
    (Kind::Orders, "posteddate", F::ChargePostedOn),
    (Kind::Orders, "customer", F::CustomerName),
];

/// The field behind the word of a person: its own word, or a name that its column may have.
fn said(kind: Kind, word: &str) -> Option<Field> {
    let folded = fold(word);
    let alone = || SAID.iter().find(|(of, name, _)| *of == kind && *name == folded);
    Field::parse(word.trim(), kind)
        .or_else(|| field(kind, &folded))
        .or_else(|| alone().map(|(.., field)| *field))
}

/// What a folded heading means by itself.
pub(super) fn field(kind: Kind, folded: &str) -> Option<Field> {
    let mut fields = names(kind).iter();
    fields.find(|(_, names)| names.contains(&folded)).map(|(field, _)| *field)
}

/// The columns that the person names: as typed, folded, and what they mean.
pub(super) fn mapped(kind: Kind, options: &Options) -> Result<Vec<(String, String, Field)>, Why> {
    let one = |(column, word): &(String, String)| {
        let unknown = || Why::UnknownField { field: word.clone(), kind, fields: fields(kind) };
        let field = said(kind, word).ok_or_else(unknown)?;
        Ok((column.clone(), fold(column), field))
    };
    options.map.iter().map(one).collect()
}

/// Lets the person's word count before the headings' own. Returns a column that is not there.
pub(super) fn apply(
    mapped: &[(String, String, Field)],
    folded: &[String],
    list: &mut [Column],
) -> Option<String> {
    for (typed, name, field) in mapped {
        let Some(place) = folded.iter().position(|heading| heading == name) else {
            return Some(typed.clone());
        };
        for (at, column) in list.iter_mut().enumerate() {
            if at == place {
                column.field = Some(*field);
            } else if column.field == Some(*field) {
                column.field = None;
            }
        }
    }
    None
}

/// Two columns that mean the same.
pub(super) fn twice(list: &[Column]) -> Option<(String, String)> {
    list.iter().enumerate().find_map(|(at, column)| {
        let field = column.field?;
        let mut before = list.iter().take(at);
        let other = before.find(|other| other.field == Some(field))?;
        Some((other.heading.clone(), column.heading.clone()))
    })
}

/// The words for what the columns of a sheet can mean.
pub(super) fn fields(kind: Kind) -> String {
    Field::of_kind(kind).map(Field::as_str).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_known_by_its_word_and_by_the_names_of_its_column() {
        for kind in Kind::ALL {
            for field in Field::of_kind(kind) {
                assert_eq!(said(kind, field.as_str()), Some(field), "{kind:?}");
            }
            let own = |(_, names): &(Field, &[&'static str])| names.to_vec();
            for name in names(kind).iter().flat_map(own) {
                assert!(said(kind, name).is_some(), "{name} of {kind:?}");
            }
        }
        for (kind, word, field) in [
            (Kind::Charges, "reference", F::Reference),
            (Kind::Charges, "Extended Details", F::Description),
            (Kind::Received, "total", F::Payout),
            (Kind::Received, "qty", F::Received),
            (Kind::Received, "order_number", F::GroupNumber),
            (Kind::Received, "parcel", F::Tracking),
            (Kind::Received, "modified", F::GroupModified),
            (Kind::Track, "Tracking #", F::Tracking),
            (Kind::Status, "qty", F::Quantity),
            (Kind::Orders, "reference", F::Reference),
            (Kind::Orders, "total", F::Total),
        ] {
            assert_eq!(said(kind, word), Some(field), "{word} of {kind:?}");
        }
        assert_eq!(said(Kind::Track, "total"), None);
    }

    #[test]
    fn no_name_means_two_things_and_every_field_is_one_of_its_kind() {
        for kind in Kind::ALL {
            let mut seen = std::collections::HashSet::new();
            for (field, names) in names(kind) {
                assert!(Field::of_kind(kind).any(|other| other == *field), "{field:?}");
                for name in *names {
                    assert!(seen.insert(name), "{name} of {kind:?}");
                    assert_eq!(fold(name), *name);
                }
            }
        }
    }
}
