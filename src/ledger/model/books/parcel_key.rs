//! Tracking numbers as they are compared.

/// A tracking number as it is compared; the triggers that keep the table `parcels` spell it the same.
pub(crate) fn key_of_parcel(number: &str) -> String {
    let signs = number.trim().chars().filter(|sign| ![' ', '-'].contains(sign));
    signs.map(|sign| sign.to_ascii_uppercase()).collect()
}
