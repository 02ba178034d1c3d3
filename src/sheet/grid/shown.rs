//! Numbers of a workbook as they are shown: `0000000000` puts zeros in front, which belong to an order's number.

/// The digits that a format asks for, and what it puts between them: `0000` or `000-0000000`. `None`: it does
/// something else, or nothing.
pub(super) fn mask(format: &str) -> Option<String> {
    let first = format.split(';').next().unwrap_or_default();
    let mask: String = first.chars().filter(|mark| !"\\\"".contains(*mark)).collect();
    let is_mask = mask.starts_with("00") && mask.chars().all(|mark| "0-".contains(mark));
    is_mask.then_some(mask)
}

/// A whole number in this form; `None`: it has a sign, or more digits than are asked for.
pub(super) fn masked(digits: &str, mask: &str) -> Option<String> {
    let wanted = mask.bytes().filter(|mark| *mark == b'0').count();
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_plain || digits.len() > wanted {
        return None;
    }
    let filled = format!("{digits:0>wanted$}");
    let mut digits = filled.chars();
    Some(
        mask.chars()
            .filter_map(|mark| if mark == '0' { digits.next() } else { Some(mark) })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_in_front_are_shown_where_a_format_asks_for_them() {
        for (format, number, shown) in [
            ("0000000000", "12345", Some("0000012345")),
            ("000\\-0000000\\-0000000", "11234567891234567", Some("112-3456789-1234567")),
            ("000\"-\"0000", "12345", Some("001-2345")),
            ("00;-00", "7", Some("07")),
            ("0000", "12345", None),
            ("0000", "-12", None),
            ("0000", "1.5", None),
            ("0", "5", None),
            ("0.00", "5", None),
            ("00.00", "5", None),
            ("#,##0", "5000", None),
            ("General", "5", None),
        ] {
            let mask = mask(format);
            assert_eq!(mask.and_then(|mask| masked(number, &mask)).as_deref(), shown, "{format}");
        }
    }
}
