//! What people know the order of a row by.

use super::Becomes;
use crate::count::count;
use crate::sheet::{Named, Row};

/// What becomes of a row that says nothing.
#[derive(Debug, Clone)]
pub(in crate::ledger::books) struct NotSaid {
    pub(in crate::ledger::books) becomes: Becomes,
    pub(in crate::ledger::books) why: String,
    /// What it speaks of all the same.
    pub(in crate::ledger::books) named: Named,
}

impl NotSaid {
    pub(super) const fn new(becomes: Becomes, why: String, named: Named) -> Self {
        Self { becomes, why, named }
    }
}

/// What is known of a row's order where no number tells which one it is: the products, the first by its name.
pub(in crate::ledger::books) fn unnumbered(row: &Row) -> Option<String> {
    let Row::Orders(row) = row else { return None };
    let mut products = row.items.iter().filter_map(|item| item.product.as_deref());
    let first = products.next().filter(|_| row.order_number.is_empty())?;
    Some(match products.count() {
        0 => first.to_owned(),
        more => format!("{first} and {}", count(more, "more product", "more products")),
    })
}

/// The store that a row names, as it is written there.
pub(in crate::ledger::books) fn store_of(row: &Row) -> Option<&str> {
    match row {
        Row::Track(row) => row.store.as_deref(),
        Row::Status(row) => row.store.as_deref(),
        Row::Orders(row) => row.store.as_deref(),
        Row::Received(_) | Row::Charges(_) => None,
    }
}

/// The parcels that a row names, as people read them.
pub(in crate::ledger::books) fn parcels_of(row: &Row) -> Option<String> {
    let parcels = match row {
        Row::Track(row) => row.parcels.join(", "),
        Row::Orders(row) => row.parcels.join(", "),
        Row::Received(row) => row.parcel.clone(),
        Row::Status(_) | Row::Charges(_) => String::new(),
    };
    Some(parcels).filter(|parcels| !parcels.is_empty())
}
