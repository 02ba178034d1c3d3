//! The fields of an embed: labels with their values, and those that no label names.

use std::borrow::Cow;

use super::{Section, listed};
use crate::reading::labels::field::Field;
use crate::reading::labels::{Labels, Strength};
use crate::reading::sections::heading::{self, Senses};
use crate::reading::sections::lines::line_kinds::is_of_something_else;
use crate::reading::sections::lines::{self, Labelled};
use crate::reading::sections::phrases::words::words;
use crate::reading::sections::tally;
use crate::reading::text::dress::undressed;
use crate::reading::text::{is_blank, is_invisible, plain};

/// A field is a label and its value; one without a known label may hold lines with labels.
pub(super) fn take<'v>(
    (name, value): (&'v str, &'v str),
    labels: &Labels,
    may_be_bare: bool,
    section: &mut Section<'v>,
) {
    if let Some(label) = labels.look_up(name) {
        let value = Cow::Borrowed(undressed(value));
        section.labelled.push(Labelled { label, name, value });
        return;
    }
    if listed::take_field(name, value, may_be_bare, section) {
        return;
    }
    section.names_carrier |= names_carrier(name);
    if tally::is_field(name, value) {
        section.tallies += 1;
        return;
    }
    let unnamed = name.chars().all(|character| is_blank(character) || is_invisible(character));
    let holds_lines = value.contains(':') || value.contains('\n');
    if !holds_lines {
        section.fails |= !unnamed && is_failed(name, value);
        if unnamed && heading::line(value).is_some() {
            section.headings.push(value);
        } else {
            section.prose.push(value);
        }
        return;
    }
    section.prose.push(value);
    let tells_of_product = tells_of_product(name);
    for part in lines::parts(value, labels) {
        let of_product = part.labelled.into_iter().filter_map(|mut labelled| {
            if tells_of_product && labelled.label.field == Field::Name {
                labelled.label.field = Field::Product;
            }
            let counts = labelled.label.strength > Strength::Weak || tells_of_product;
            counts.then_some(labelled)
        });
        section.labelled.extend(of_product);
        if unnamed {
            section.headings.extend(part.headings);
            section.loose.extend(part.loose);
        }
    }
}

/// `Product Info`: a bare `Name` below it is the product's.
fn tells_of_product(name: &str) -> bool {
    words(name).split(' ').any(|word| matches!(word, "product" | "item"))
}

/// Words of the names of fields that tell of paying.
const PAYING: &str = "payment pay card gateway charge transaction bank processor provider psp auth authorization \
    authorisation cvv cvc avs 3ds 3d secure paypal stripe adyen braintree klarna afterpay affirm applepay apple googlepay \
    google riskified forter signifyd fraud visa mastercard amex debit checkout zahlung paiement pago pagamento betaling";

/// `Gateway: Declined`: the payment failed, and not the offer of insurance beside it.
fn is_failed(name: &str, value: &str) -> bool {
    const FAILED: [&str; 8] = [
        "declined",
        "decline",
        "failed",
        "failure",
        "rejected",
        "denied",
        "abgelehnt",
        "insufficient",
    ];
    let text = plain(value).text;
    let senses = Senses::of_value(&text);
    senses.failure
        && !senses.cancels()
        && Senses::knows_all(&text)
        && words(&text).split(' ').any(|word| FAILED.contains(&word))
        && words(name).split(' ').any(|word| PAYING.split(' ').any(|known| known == word))
        && !is_of_something_else(name)
}

/// `Carrier: UPS`.
pub(super) fn names_carrier(name: &str) -> bool {
    let begin = name.trim_start_matches(|mark: char| !mark.is_alphanumeric());
    ["carrier", "courier"]
        .iter()
        .any(|word| begin.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word)))
}
