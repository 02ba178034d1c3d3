//! The names under which people know columns, and those that a person says by hand.

use super::fold::fold;
use super::order_numbers::{self, GROUP_ORDER, ORDER};
use crate::sheet::field::{Column, Field};
use crate::sheet::not_understood::Why;
use crate::sheet::options::{Kind, Options};

use Field as F;

pub(super) type Names = &'static [(Field, &'static [&'static str])];

// Names of other languages only where they mean one thing: what a total is, they tell as little as English does.
const TRACKING: &[&str] = &[
    "tracking",
    "trackingnumber",
    "trackingid",
    "trackingno",
    "sendungsnummer",
    "sendungsnr",
    "trackingnummer",
    "paketnummer",
    "numérodesuivi",
    "n°desuivi",
    "númerodeseguimiento",
    "numeroditracking",
];
const STORE: &[&str] = &[
    "store", "shop", "retailer", "merchant", "händler", "magasin", "boutique", "tienda", "winkel",
];
const STATUS_OF: &[&str] = &["status", "statut", "estado", "stato"];
const UNITS: &[&str] = &[
    "qty",
    "quantity",
    "anzahl",
    "menge",
    "stückzahl",
    "quantité",
    "cantidad",
    "quantità",
    "aantal",
];
const REFERENCE: &[&str] = &["reference", "referenz", "referenznummer", "référence", "referencia"];
const CURRENCY: &[&str] = &["currency", "währung", "devise", "moneda", "valuta"];
const COMMISSION: &[&str] = &["commission", "provision"];

const TRACK: Names = &[(F::OrderNumber, ORDER), (F::Tracking, TRACKING), (F::Store, STORE)];
const RECEIVED: Names = &[
    (F::Tracking, TRACKING),
    (F::Payout, &["total", "payout", "auszahlung"]),
    (F::Received, UNITS),
    (F::Received, &["qtyreceived"]),
    (F::Commission, COMMISSION),
    (F::GroupStatus, STATUS_OF),
    (F::GroupNumber, GROUP_ORDER),
    (F::GroupCreated, &["created"]),
    (F::GroupModified, &["modified"]),
    (F::Currency, CURRENCY),
];
const STATUS: Names =
    &[(F::OrderNumber, ORDER), (F::Store, STORE), (F::Status, STATUS_OF), (F::Quantity, UNITS)];
const CHARGES: Names = &[
    (F::Description, &["extendeddetails"]),
    (F::Reference, REFERENCE),
    (F::Date, &["date", "datum", "fecha"]),
    (F::Amount, &["amount", "betrag", "montant", "importe", "importo", "bedrag"]),
    (F::Currency, CURRENCY),
];
/// Of an `orders` sheet only what cannot mean two things; `Total`, `Status`, `Posted Date` and the like can.
const ORDERS: Names = &[
    (F::OrderNumber, ORDER),
    (F::Store, STORE),
    (F::Tracking, TRACKING),
    (
        F::Product,
        &[
            "product",
            "productname",
            "produkt",
            "produktname",
            "artikel",
            "artikelname",
            "produit",
            "producto",
        ],
    ),
    (
        F::Price,
        &[
            "price",
            "unitprice",
            "preis",
            "stückpreis",
            "einzelpreis",
            "prix",
            "precio",
            "prezzo",
            "prijs",
        ],
    ),
    (F::Quantity, UNITS),
    (F::Email, &["email", "e-mail"]),
    (F::Profile, &["profile", "profil"]),
    (F::ProxyList, &["proxylist", "proxy"]),
    (F::Currency, CURRENCY),
    (F::CustomerName, &["customername", "kundenname"]),
    (F::PaymentMethod, &["paymentmethod", "zahlungsart"]),
    (F::ShippingAddress, &["shippingaddress", "lieferadresse"]),
    (F::ShippingMethod, &["shippingmethod", "versandart"]),
    (F::Notes, &["notes", "notiz", "notizen", "bemerkung", "bemerkungen"]),
    (F::Sku, &["sku", "artikelnummer"]),
    (F::Size, &["size", "größe"]),
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
    let plain = fields.find(|(_, names)| names.contains(&folded)).map(|(field, _)| *field);
    plain.or_else(|| order_numbers::is_label(kind, folded).then_some(F::OrderNumber))
}

/// The columns that the person names: as typed, folded, and what they mean.
pub(super) fn mapped(kind: Kind, options: &Options) -> Result<Vec<(String, String, Field)>, Why> {
    let one = |(column, word): &(String, String)| {
        let unknown = || Why::UnknownField { field: word.clone(), kind, fields: fields(kind) };
        let field = said(kind, word).ok_or_else(unknown)?;
        Ok((column.clone(), fold(column), field))
    };
    let mapped: Vec<(String, String, Field)> =
        options.map.iter().map(one).collect::<Result<_, _>>()?;
    let same = mapped.iter().enumerate().find_map(|(at, (column, name, field))| {
        let mut before = mapped.iter().take(at);
        let other = before.find(|(_, other, meant)| meant == field && other != name)?;
        Some((other.0.clone(), column.clone()))
    });
    same.map_or(Ok(mapped), |(one, other)| Err(Why::TwoColumns(one, other)))
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
    fn columns_have_the_names_of_other_languages_where_these_mean_one_thing() {
        for (kind, heading, meant) in [
            (Kind::Track, "Bestellnummer", Some(F::OrderNumber)),
            (Kind::Track, "Bestell-Nr.", Some(F::OrderNumber)),
            (Kind::Track, "Order Nr.", Some(F::OrderNumber)),
            (Kind::Track, "Confirmation Number", Some(F::OrderNumber)),
            (Kind::Status, "Pedido", Some(F::OrderNumber)),
            (Kind::Status, "Commande", Some(F::OrderNumber)),
            (Kind::Status, "Bestellung", Some(F::OrderNumber)),
            (Kind::Track, "Sendungsnummer", Some(F::Tracking)),
            (Kind::Track, "Händler", Some(F::Store)),
            (Kind::Track, "Versanddienst", None),
            (Kind::Track, "Nº de orden", Some(F::OrderNumber)),
            (Kind::Status, "注文番号", Some(F::OrderNumber)),
            (Kind::Orders, "Web Order Number", Some(F::OrderNumber)),
            (Kind::Track, "Order ID", Some(F::OrderNumber)),
            (Kind::Orders, "Order ID", None),
            (Kind::Received, "Purchase", None),
            (Kind::Track, "N° de commande", Some(F::OrderNumber)),
            (Kind::Track, "Numero d'ordine", Some(F::OrderNumber)),
            (Kind::Status, "Anzahl", Some(F::Quantity)),
            (Kind::Received, "Menge", Some(F::Received)),
            (Kind::Received, "Gesamt", None),
            (Kind::Charges, "Datum", Some(F::Date)),
            (Kind::Charges, "Betrag", Some(F::Amount)),
            (Kind::Charges, "Verwendungszweck", None),
            (Kind::Orders, "Währung", Some(F::Currency)),
            (Kind::Orders, "Einzelpreis", Some(F::Price)),
            (Kind::Orders, "Gesamtpreis", None),
            (Kind::Orders, "Status", None),
        ] {
            assert_eq!(field(kind, &fold(heading)), meant, "{heading} of {kind:?}");
        }
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
