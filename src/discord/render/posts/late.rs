//! Alerts about orders that are late.

use crate::count::count;
use crate::discord::render::text::{code, cut, whole_lines};
use crate::ledger::Late;

/// Numbers that are named.
const NAMED: usize = 5;

/// Orders that are late since so many days.
pub(crate) fn sentence(late: Late, days: u32, handles: &[String]) -> String {
    let days = count(days, "day", "days");
    let (one, many) = match late {
        Late::Claim => (
            format!(
                "order was delivered more than {days} ago, and the buying group has not received all of it"
            ),
            format!(
                "orders were delivered more than {days} ago, and the buying group has not received all of them"
            ),
        ),
        Late::Unpaid => (
            format!("order was verified more than {days} ago, and is not paid"),
            format!("orders were verified more than {days} ago, and are not paid"),
        ),
        Late::Charge => (
            format!("order is older than {days}, and was not charged to the card"),
            format!("orders are older than {days}, and were not charged to the card"),
        ),
        Late::Refund => (
            format!("order was cancelled more than {days} ago, and its money is not back"),
            format!("orders were cancelled more than {days} ago, and their money is not back"),
        ),
    };
    let named: Vec<String> = handles.iter().map(|handle| code(&cut(handle, 60))).collect();
    let named = whole_lines(&named, NAMED, 500).replace('\n', ", ");
    format!("⏰ {}: {named}. `/orders open` shows all of them.", count(handles.len(), &one, &many))
}
