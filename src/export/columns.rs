//! Which columns a file has, and what they are called.

use super::layout::Rows;

/// The columns: first those that people have in their own spreadsheets, in that order.
const COLUMNS: [&str; 35] = [
    "Date",
    "Time",
    "Product",
    "Price",
    "Total",
    "Commission",
    "Quantity",
    "Profile",
    "Proxy List",
    "Order Number",
    "Email",
    "Reference #",
    "Posted Date",
    "Tracking Number",
    "Status",
    "Notes",
    "Payment Method",
    "Shipping Address",
    "Shipping Method",
    "QTY Received",
    "Order ID",
    "Created",
    "Modified",
    "Store",
    "Currency",
    "Customer Name",
    "Product Link",
    "Order Link",
    "Picture",
    "Shipped",
    "Delivered",
    "Source",
    "Server",
    "Channel",
    "Message",
];
/// What sheets fill; in a file of items, and where they are asked for.
pub(super) const OF_SHEETS: [&str; 12] = [
    "Payout",
    "Group Status",
    "Group Order ID",
    "Group Created",
    "Group Modified",
    "Charged",
    "Refunded",
    "Sold Price",
    "Fees",
    "Buyer",
    "Other Charges",
    "Line Quantity",
];
/// What follows where a row is an item.
const OF_ITEMS: [&str; 4] = ["Order Total", "Order Quantity", "SKU", "Size"];

/// The old spreadsheet of 19 columns: its headings, and the columns that they mean.
const ROMS19: [(&str, &str); 19] = [
    ("Date", "Date"),
    ("Time", "Time"),
    ("Product", "Product"),
    ("Price", "Price"),
    ("Total", "Payout"),
    ("Commission", "Commission"),
    ("Quantity", "Quantity"),
    ("Profile", "Profile"),
    ("Proxy List", "Proxy List"),
    ("Order Number", "Order Number"),
    ("Email", "Email"),
    ("Reference #", "Reference #"),
    ("Posted Date", "Posted Date"),
    ("Tracking Number", "Tracking Number"),
    ("Status", "Group Status"),
    ("QTY Received", "QTY Received"),
    ("Order ID", "Group Order ID"),
    ("Created", "Group Created"),
    ("Modified", "Group Modified"),
];

/// Columns that JSON calls otherwise.
const ALIASES: [(&str, &str); 13] = [
    ("referencenumber", "Reference #"),
    ("chargepostedon", "Posted Date"),
    ("producturl", "Product Link"),
    ("orderurl", "Order Link"),
    ("imageurl", "Picture"),
    ("shippedat", "Shipped"),
    ("deliveredat", "Delivered"),
    ("guildid", "Server"),
    ("channelid", "Channel"),
    ("messageid", "Message"),
    ("createdat", "Created"),
    ("updatedat", "Modified"),
    ("parcels", "Tracking Number"),
];

/// A column of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    /// What stands above it.
    pub(super) heading: &'static str,
    /// Its place among all columns.
    pub(super) place: usize,
}

/// The columns of a file, from left to right.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns(Option<Vec<Column>>);

/// No column is called so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no column \"{name}\"; there are {}", all().collect::<Vec<_>>().join(", "))]
pub struct NoSuchColumn {
    /// As typed.
    pub name: String,
}

impl Columns {
    /// Those with these names, separated by commas, as headings or as JSON calls them.
    ///
    /// # Errors
    /// When there is no such column.
    pub fn named(names: &str) -> Result<Self, NoSuchColumn> {
        let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
        let column = |name: &str| {
            let heading = heading_of(name).ok_or_else(|| NoSuchColumn { name: name.to_owned() })?;
            Ok(column(heading, heading))
        };
        let columns: Vec<Column> = names.map(column).collect::<Result<_, _>>()?;
        Ok(Self(Some(columns).filter(|columns| !columns.is_empty())))
    }

    /// Those of the old spreadsheet, with its meanings: its total is the payout, its status the group's word.
    pub fn roms19() -> Self {
        Self(Some(ROMS19.iter().map(|(heading, meaning)| column(heading, meaning)).collect()))
    }

    /// What the file has.
    pub(super) fn of(&self, rows: Rows) -> Vec<Column> {
        if let Some(columns) = &self.0 {
            return columns.clone();
        }
        // A file of items can be brought again: it holds all that there is of an order.
        let of_items = OF_ITEMS.iter().chain(&OF_SHEETS).filter(|_| rows == Rows::Items);
        COLUMNS.iter().chain(of_items).map(|heading| column(heading, heading)).collect()
    }
}

/// The columns that there are, in the order in which a row is made.
fn all() -> impl Iterator<Item = &'static str> {
    COLUMNS.into_iter().chain(OF_ITEMS).chain(OF_SHEETS)
}

fn column(heading: &'static str, meaning: &str) -> Column {
    let place = all().position(|known| known == meaning).unwrap_or_default();
    Column { heading, place }
}

fn heading_of(name: &str) -> Option<&'static str> {
    let fold = |text: &str| -> String {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let name = fold(name);
    let alias = ALIASES.iter().find(|(alias, _)| *alias == name).map(|(_, heading)| *heading);
    all().find(|heading| fold(heading) == name).or(alias)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(columns: &Columns, rows: Rows) -> Vec<&'static str> {
        columns.of(rows).iter().map(|column| column.heading).collect()
    }

    #[test]
    fn columns_are_known_by_their_headings_and_by_their_names_in_json() {
        let chosen = Columns::named("order number, reference_number,PAYOUT").unwrap();
        assert_eq!(headings(&chosen, Rows::Orders), ["Order Number", "Reference #", "Payout"]);
        let unknown = Columns::named("Order Number,Colour").unwrap_err();
        assert!(
            unknown.to_string().starts_with("there is no column \"Colour\"; there are Date, Time")
        );
    }

    #[test]
    fn the_old_sheet_has_its_own_meanings() {
        let all: Vec<&str> = all().collect();
        let meant = Columns::roms19().of(Rows::Orders);
        let meant: Vec<(&str, &str)> =
            meant.iter().map(|column| (column.heading, all[column.place])).collect();
        assert_eq!(meant, ROMS19);
    }
}
