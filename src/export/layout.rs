//! How orders are laid out in a spreadsheet.

use chrono_tz::Tz;

use super::columns::Columns;

/// What a row of a spreadsheet is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rows {
    /// An order, with all of its products in one cell.
    #[default]
    Orders,
    /// A line of an order, with its price, quantity and sum.
    Items,
}

/// How orders are laid out in a spreadsheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// What a row is.
    pub rows: Rows,
    /// What stands in a row.
    pub columns: Columns,
    /// By which clock days and times are told.
    pub zone: Tz,
    /// Between the cells of a CSV.
    pub separator: u8,
    /// Begins a CSV with the mark by which Excel knows UTF-8.
    pub byte_order_mark: bool,
    /// Writes long numbers in a CSV so that Excel keeps them.
    pub numbers_for_excel: bool,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            rows: Rows::Orders,
            columns: Columns::default(),
            zone: Tz::UTC,
            separator: b',',
            byte_order_mark: false,
            numbers_for_excel: false,
        }
    }
}
