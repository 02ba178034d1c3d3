//! Telling the purchases of a file apart that have no order number.

use std::collections::HashMap;

use chrono_tz::Tz;

use crate::ledger::model::books::purchase::{Origin, Purchase};
use crate::sheet::{OrderRow, Row};

/// The purchases of one file, so far.
#[derive(Debug, Default)]
pub(super) struct Purchases {
    /// By their origin the ids that the file gives them.
    seen: HashMap<Origin, Vec<Option<i64>>>,
}

impl Purchases {
    /// Names what a row without a number speaks of. Rows of one id are lines of one order; of others each is one.
    pub(super) fn name(&mut self, row: &mut Row, zone: Tz) {
        let Row::Orders(row) = row else { return };
        if !row.order_number.is_empty() || row.purchase.is_some() {
            return;
        }
        let Some(origin) = Origin::of(row, zone) else { return };
        let OrderRow { ledger_id, is_item, .. } = **row;
        let ids = self.seen.entry(origin.clone()).or_default();
        let is_same = |id: &Option<i64>| *id == ledger_id && (ledger_id.is_some() || is_item);
        let place = ids.iter().position(is_same).unwrap_or_else(|| {
            ids.push(ledger_id);
            ids.len() - 1
        });
        row.purchase = Some(Purchase { origin, place }.to_string());
        // From now on the name tells it: the same row of another format says the same.
        (row.message_id, row.ledger_id, row.noted_at) = (None, None, None);
    }
}
