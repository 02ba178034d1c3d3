//! Labels of order numbers beyond the common ones.

use super::field::Field as F;
use super::table::Table;

/// Labels that name the order's own number. A bare `code` never does.
pub(crate) const STRONG: Table = &[(
    F::OrderNumber,
    "order nr, order №, order n°, order nº, order reference, order reference number, \
     order reference #, order reference id, order reference no, order ref, order ref #, \
     order ref no, order code, web order number, web order #, web order id, \
     online order number, online order #, sales order, sales order number, sales order #, \
     shop order number, store order number, \
     confirmation, confirmation no, confirmation ref, confirmation reference, conf number, \
     conf no, order confirmation, order confirmation #, \
     order confirmation no, order confirmation id, order confirmation code, \
     purchase, purchase #, purchase no, purchase ref, \
     purchase reference, purchase code, purchase confirmation, purchase order, \
     purchase order number, purchase order #, purchase order no, purchase order id, \
     po, po number, po #, po no, po id, p.o, p.o. number, p.o. #, p.o. no, \
     booking number, booking reference",
)];

/// Labels of numbers that stand for the order only where no label of its own number stands. The shop's
/// second number, the detail `reference_number`, is another such.
pub(crate) const WEAK: Table = &[(
    F::OtherNumber,
    "transaction, transaction id, transaction number, transaction #, transaction no, \
     transaction ref, transaction reference, transaction code, txn, txn id, txn #, \
     invoice, invoice id, invoice number, invoice #, invoice no, invoice nr, \
     receipt, receipt id, receipt number, receipt #, receipt no, \
     no, nr, №, #, n°, nº, rechnungsnummer, rechnungsnr",
)];

/// Whether a label is the word `no` without the point that makes a number of it.
pub(crate) fn is_plain_word(raw: &str, name: &str) -> bool {
    matches!(name, "no" | "nr") && !raw.contains(['.', '№', 'º', '°'])
}
