//! What the labels of an order say: totals, quantities, prices, names.

use super::{Reading, read_embed};

const NUMBER: &str = "902000011229142";

/// A checkout of this number with these fields beside it.
fn checkout(fields: &[(&str, &str)]) -> Reading {
    let mut all = vec![("Order Number", NUMBER)];
    all.extend_from_slice(fields);
    read_embed("Successful Checkout", "", &all)
}

#[test]
fn totals_and_quantities_in_the_words_of_shops() {
    let lamp = [("Product", "Example Lamp"), ("Price", "$49.99")];
    for label in [
        "Final Total",
        "Estimated Total",
        "Total Due",
        "Total Charge",
        "Total incl. tax",
        "Total with tax",
        "You Paid",
        "Paid",
        "Charged",
        "Order Amount",
        "Order Value",
    ] {
        let reading = checkout(&[lamp[0], lamp[1], (label, "$54.11")]);
        assert_eq!(reading.orders[0].total_minor, Some(5_411), "{label}");
    }
    let card = checkout(&[lamp[0], lamp[1], ("Charged", "Visa 4242")]);
    assert_eq!(card.orders[0].total_minor, None);
    for label in [
        "Product Quantity",
        "Item Qty",
        "Item Quantity",
        "Order Quantity",
        "Qty Ordered",
        "Quantity Purchased",
        "Cart Quantity",
        "Checkout Quantity",
        "Pcs",
        "Count",
    ] {
        let reading = checkout(&[lamp[0], lamp[1], (label, "3")]);
        assert_eq!(reading.orders[0].quantity, Some(3), "{label}");
    }
}
