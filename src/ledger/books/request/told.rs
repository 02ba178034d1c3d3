//! What people are told of a sheet as a whole, beside its rows.

use super::{Becomes, Bulk, BulkLine, BulkRequest};
use crate::count::count;
use crate::ledger::model::books::decide::SAY_NOTHING;
use crate::sheet::{Kind, Refusal};

/// Headings of columns that are not read that a sentence names.
const MOST_UNREAD: usize = 12;

impl Bulk {
    /// What to do about the rows of old orders that neither name a number nor say what was bought and when, and how
    /// many they are. `None`: there are none.
    pub fn without_number(&self, kind: Kind) -> Option<String> {
        let refusal = Refusal::NoOrderNumber.to_string();
        let is_one = |line: &&BulkLine| line.becomes == Becomes::Refused && line.reason == refusal;
        let rows = self.lines.iter().filter(is_one).count();
        (kind == Kind::Orders && rows > 0).then(|| {
            let rows = count(rows, "row names", "rows name");
            format!(
                "{rows} no order number. Give each its number; in a sheet that `export` has written, or in the old \
                 one, the date and the product will do."
            )
        })
    }

    /// How many rows end so, and how many of these have an empty cell.
    pub fn counted(&self) -> impl Iterator<Item = (Becomes, u64, u64)> {
        let empty = self.lines.iter().filter(|line| line.has_empty_cell()).count() as u64;
        let counts = self.counts().into_iter().filter(|(_, rows)| *rows > 0);
        counts.map(move |(becomes, rows)| {
            (becomes, rows, if becomes == Becomes::Already { empty } else { 0 })
        })
    }

    /// Says which columns of the sheet are not read. `None`: all are.
    pub fn not_read(&self) -> Option<String> {
        let more = self.unread.len().saturating_sub(MOST_UNREAD);
        let named = self.unread.iter().take(MOST_UNREAD).map(|heading| format!("\"{heading}\""));
        let mut named = named.collect::<Vec<_>>().join(", ");
        if more > 0 {
            named = format!("{named} and {more} more");
        }
        (!named.is_empty()).then(|| format!("Not read: {named}"))
    }

    /// Whether a statement brings nothing but refunds: some banks write a purchase with a minus.
    pub fn is_only_refunds(&self, kind: Kind) -> bool {
        kind == Kind::Charges
            && !self.refunded.is_empty()
            && self.charged().iter().all(|sum| sum.minor == 0)
    }
}

impl BulkLine {
    /// Whether the row changes nothing because it says nothing, not because the ledger says so already.
    pub fn has_empty_cell(&self) -> bool {
        self.becomes == Becomes::Already && SAY_NOTHING.contains(&self.reason.as_ref())
    }
}

impl BulkRequest {
    /// The headings of columns that are not read, each once.
    pub(in crate::ledger::books) fn unread(&self) -> Vec<String> {
        let mut unread: Vec<String> = Vec::new();
        for heading in self.files.iter().flat_map(|file| file.sheet.unread()) {
            if !unread.iter().any(|known| known == heading) {
                unread.push(heading.to_owned());
            }
        }
        unread
    }
}
