//! Numbers as people read them, `1 order`, `12,345 orders`, and the pages of what is counted.

/// A number of things in words, by the right form of the word: `1 order`, `12,345 orders`.
pub fn count(number: impl TryInto<i128>, one: &str, many: &str) -> String {
    let number = number.try_into().unwrap_or(i128::MAX);
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// A whole number in groups of three digits: `12,345`.
pub fn grouped(number: impl TryInto<i128>) -> String {
    let number = number.try_into().unwrap_or(i128::MAX);
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// How many entries are before the page that is shown: those that were asked for, or those before the last page where
/// the list of `all` entries has ended since. `limit`: entries of a page.
pub fn page_start(offset: u32, limit: u32, all: impl TryInto<u32>) -> u32 {
    let (limit, all) = (limit.max(1), all.try_into().unwrap_or(u32::MAX));
    if offset < all { offset } else { all.saturating_sub(1) / limit * limit }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_beyond_the_end_is_the_last() {
        for (offset, limit, all, expected) in [
            (10, 10, 21, 10),
            (20, 10, 20, 10),
            (3, 5, 5, 3),
            (u32::MAX, 10, 11, 10),
            (10, 10, 10, 0),
            (10, 10, 0, 0),
            (10, 0, 3, 2),
        ] {
            assert_eq!(page_start(offset, limit, all), expected, "{offset} {limit} {all}");
        }
        assert_eq!(page_start(7, 10, i64::MAX), 7);
    }

    #[test]
    fn one_is_one_and_thousands_are_grouped() {
        let orders = |number: i64| count(number, "order", "orders");
        assert_eq!(
            [0, 1, 2, 1_000].map(orders),
            ["0 orders", "1 order", "2 orders", "1,000 orders"]
        );
        assert_eq!(orders(-1_234), "-1,234 orders");
        assert_eq!(
            [0_u64, 12, 999, 123_456, 1_234_567].map(grouped),
            ["0", "12", "999", "123,456", "1,234,567"]
        );
        assert_eq!(grouped(u64::MAX), "18,446,744,073,709,551,615");
    }
}
