//! Sizes as people read them: `12.3 MB`.

/// Bytes in the largest unit of which there is at least one, with one digit after the point; a kB is 1,000
/// bytes, as where files are shown.
pub fn bytes(bytes: u64) -> String {
    let units = [(1_000_000_000, "GB"), (1_000_000, "MB")];
    let unit = units.into_iter().find(|(unit, _)| bytes >= *unit);
    let (unit, name) = unit.unwrap_or((1_000, "kB"));
    format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_well() {
        assert_eq!(bytes(4_096), "4.0 kB");
        assert_eq!(bytes(12_345_678), "12.3 MB");
        assert_eq!(bytes(2_000_000_000), "2.0 GB");
        assert_eq!([0, u64::MAX].map(bytes), ["0.0 kB", "18446744073.7 GB"]);
    }
}
