//! Tables: rows of cells, which hold no messages.

/// Rows that are looked at.
const ROWS: usize = 20;
/// Fewer columns are a list, or lines with a comma, unless both of two are known.
const COLUMNS_MIN: usize = 3;
/// A heading is shorter than this, in bytes.
const HEADING_MAX: usize = 40;

/// What people call columns about orders, without case and anything but letters and digits.
const HEADINGS: [&str; 24] = [
    "date",
    "time",
    "product",
    "item",
    "price",
    "total",
    "quantity",
    "qty",
    "profile",
    "proxy",
    "order",
    "ordernumber",
    "ordernumbers",
    "orderid",
    "email",
    "store",
    "site",
    "status",
    "tracking",
    "trackingnumber",
    "trackingid",
    "amount",
    "reference",
    "description",
];

/// Whether a text is a table: its first row holds headings as people give them to orders, or all of its rows
/// have as many cells as a first row of short words.
pub(super) fn is_table(text: &str) -> bool {
    [',', ';', '\t', '|'].into_iter().any(|separator| {
        let rows: Vec<Vec<String>> = rows(text, separator).take(ROWS).collect();
        let Some((first, others)) = rows.split_first() else { return false };
        let known = first.iter().filter(|cell| is_known(cell)).count();
        let is_even = !others.is_empty() && others.iter().all(|row| row.len() == first.len());
        let has_values = others.iter().all(|row| row.iter().any(|cell| has_digit(cell)));
        if first.len() == 2 {
            return known == 2 && is_even && has_values;
        }
        // Lines of text, too, are divided by this one.
        let may_be_unknown = separator != '|' && first.iter().all(|cell| is_word(cell));
        first.len() >= COLUMNS_MIN && (known >= COLUMNS_MIN || (is_even && may_be_unknown))
    })
}

fn is_known(cell: &str) -> bool {
    let folded: String = cell.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    HEADINGS.contains(&folded.as_str())
}

fn has_digit(cell: &str) -> bool {
    cell.contains(|letter: char| letter.is_ascii_digit())
}

fn is_word(cell: &str) -> bool {
    !cell.is_empty() && cell.len() <= HEADING_MAX && !cell.contains([':', '.', '!', '?', '$', '{'])
}

/// The rows of a table; a quoted cell may hold line breaks.
fn rows(text: &str, separator: char) -> impl Iterator<Item = Vec<String>> {
    let mut rest = text.trim_start();
    std::iter::from_fn(move || {
        let mut cells = vec![String::new()];
        let mut quoted = false;
        let mut length = 0;
        for character in rest.chars() {
            length += character.len_utf8();
            match (character, cells.last_mut()) {
                ('"', _) => quoted = !quoted,
                ('\n', _) if !quoted => break,
                (character, _) if character == separator && !quoted => cells.push(String::new()),
                (character, Some(cell)) => cell.push(character),
                (_, None) => {}
            }
        }
        rest = rest.get(length..).unwrap_or_default().trim_start_matches(['\r', '\n']);
        let cells: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
        (length > 0).then_some(cells)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_orders_and_of_anything() {
        for text in [
            "Date,Time,Product,Price\n2026-01-15,18:00,Tin,26.99\n",
            "\"Order #\";\"Tracking Number\";\"Status\"\n1;2;3\n",
            "Order Number\tProduct\tTotal\n",
            "name,colour,size\nbox,red,\"5,\n6\"\ntin,blue,7\n",
            "Order Number,Tracking Number\n90100000000001,1Z999AA10123456784\n",
            "Order\tStatus\n90100000000001\tcancelled\n",
            "Date|Product|Price|Qty\n2026-01-15|Tin|26.99|1\n",
        ] {
            assert!(is_table(text), "{text}");
        }
    }

    #[test]
    fn messages_are_no_tables() {
        for text in [
            "Successful Checkout | Target\nProduct\nA, B, C\nOrder Number\n#1\n",
            "Successful Checkout | Target | US\nOrder: 1 | Price: $5 | Qty: 2\n",
            "Product: A, Price: $5, Order: 10001\nProduct: B, Price: $6, Order: 10002\n",
            "Yes, no, perhaps\n",
            "Date, time\nnothing, more\n",
            "Order, date\n",
            "",
        ] {
            assert!(!is_table(text), "{text}");
        }
    }
}
