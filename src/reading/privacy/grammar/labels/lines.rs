//! Lines that are no values.

/// Whether a line says nothing.
pub(super) fn is_blank(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// Whether a line is a label, or begins with one: it is no value of the label above it.
pub(super) fn begins_label(line: &str) -> bool {
    const LABELS: [&str; 34] = [
        "product",
        "price",
        "quantity",
        "qty",
        "size",
        "email",
        "e-mail",
        "profile",
        "proxy",
        "proxy details",
        "order number",
        "order #",
        "order id",
        "order",
        "store",
        "site",
        "total",
        "status",
        "sku",
        "item",
        "account",
        "share link",
        "mode",
        "card",
        "card number",
        "cvv",
        "cvc",
        "expiry",
        "expiration",
        "password",
        "name",
        "tracking number",
        "tracking",
        "payment",
    ];
    let line =
        line.trim_matches(|mark: char| !mark.is_alphanumeric() && mark != '#' && mark != ':');
    let (label, value) = line.split_once(':').unwrap_or((line, ""));
    LABELS.contains(&label.trim()) || (line.ends_with(':') && value.is_empty() && line.len() <= 24)
}
