//! docs/data.md says of every column what it holds: compared with the tables that there are.

use std::collections::BTreeSet;
use std::path::Path;

use crate::fresh::{Fresh, rows};

const COLUMNS: &str = "SELECT tables.name || '.' || columns.name
    FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
    WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite%' AND tables.name NOT LIKE '\\_%' ESCAPE '\\'
        AND tables.name NOT LIKE 'order_search\\__%' ESCAPE '\\'";

#[tokio::test]
async fn every_column_is_accounted_for() {
    let fresh = Fresh::new().await;
    let there: BTreeSet<String> = rows(&fresh.path(), COLUMNS).into_iter().collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/data.md");
    let text = std::fs::read_to_string(path).expect("docs/data.md");
    // | `table.column`, `table.column` | what it holds | …
    let first_cells = text.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    let named = first_cells.flat_map(|cell| cell.split(", "));
    let named = named.filter_map(|name| name.strip_prefix('`')?.strip_suffix('`'));
    let told: BTreeSet<String> =
        named.filter(|name| name.contains('.')).map(str::to_owned).collect();
    let missing: Vec<_> = there.difference(&told).collect();
    let gone: Vec<_> = told.difference(&there).collect();
    assert!(missing.is_empty() && gone.is_empty(), "not told: {missing:?}, not there: {gone:?}");
}
