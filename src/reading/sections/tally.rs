//! What counts many attempts instead of telling of one: `Failed: 2`, `Success Rate: 3/10 (30.0%)`.

use super::phrases::words::words;

/// Longer lines count nothing.
const MAX_BYTES: usize = 80;
/// A longer row of digits is a number of something, not a count.
const MAX_DIGITS: usize = 5;

/// Words of what is counted.
const COUNTED: [&str; 34] = [
    "checkouts",
    "orders",
    "success",
    "successes",
    "successful",
    "failed",
    "failures",
    "failure",
    "fails",
    "declined",
    "declines",
    "errors",
    "attempts",
    "tasks",
    "completed",
    "total",
    "rate",
    "average",
    "avg",
    "wins",
    "losses",
    "entries",
    "users",
    "spent",
    "revenue",
    "units",
    "hits",
    "carted",
    "carts",
    "restocks",
    "members",
    "cancelled",
    "canceled",
    "queued",
];

/// Whether a line is nothing but a name and how many, how much or how long.
pub(super) fn is_line(line: &str) -> bool {
    if line.len() > MAX_BYTES || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    line.rsplit_once([':', '='])
        .is_some_and(|(name, value)| name.chars().any(char::is_alphabetic) && is_amount(value))
}

/// Whether a field counts attempts.
pub(super) fn is_field(name: &str, value: &str) -> bool {
    name.len() <= MAX_BYTES
        && value.len() <= MAX_BYTES
        && is_amount(value)
        && words(name).split(' ').any(|word| COUNTED.contains(&word))
}

/// Whether a line counts attempts.
pub(super) fn is_line_of_attempts(line: &str) -> bool {
    let split = line.rsplit_once([':', '=']);
    split.is_some_and(|(name, value)| is_field(name, value))
}

/// `3`, `3/10 (30.0%)`, `4.10s`, `$149.97`, `2m 3s`.
fn is_amount(value: &str) -> bool {
    let value = value.trim_matches(|mark: char| mark.is_whitespace() || "*_`|~".contains(mark));
    let fits = |mark: char| mark.is_ascii_digit() || " .,/()%$€£¥+-xhms".contains(mark);
    let rows = value.split(|mark: char| !mark.is_ascii_digit());
    !value.is_empty()
        && value.chars().all(fits)
        && value.bytes().any(|byte| byte.is_ascii_digit())
        && rows.map(str::len).all(|length| length <= MAX_DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_told_from_numbers() {
        for line in ["Failed: 2", "Success Rate: 3/10 (30.0%)", "**Declines:** 0", "Time = 4.10s"] {
            assert!(is_line(line), "{line}");
        }
        for line in ["Successful Checkout: 102003000000017", "Order Placed", "Reason: Declined 51"]
        {
            assert!(!is_line(line), "{line}");
        }
        assert!(is_field("✅ Successful", "3"));
        assert!(!is_field("Checkout Speed", "4.10s"));
        assert!(!is_field("Orders", "102003000000017"));
        assert!(is_line_of_attempts("Checkouts: 3"));
        assert!(!is_line_of_attempts("Delay: 3500"));
    }
}
