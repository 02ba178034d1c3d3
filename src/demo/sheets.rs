//! The files of the demo: a tracking list and what a buying group received. All values are made up.

use std::path::Path;

use anyhow::Context;

use crate::atomic_file;

/// A tracking list: two of the story's orders, and one that nobody has announced yet.
pub(super) const TRACKINGS: &str = "demo-trackings.csv";
/// What a group received of them.
pub(super) const GROUP: &str = "demo-group.csv";

const FILES: [(&str, &str); 2] = [
    (
        TRACKINGS,
        "Order Number,Tracking Number\n\
         BBY01-807000000002,1Z12345E0205271688\n\
         BBY01-807000000008,9400111899223100001111\n\
         BBY01-807000000099,1Z999AA10123456793\n",
    ),
    (
        GROUP,
        "tracking_number,total,qty,commission,status,order_number,modified\n\
         1Z12345E0205271688,460.00,1,10.00,VERIFIED,G-1077,\"01-31-2026, 14:02:11\"\n",
    ),
];

/// Writes them beside the database.
pub(super) fn write(database: &Path) -> anyhow::Result<()> {
    for (name, text) in FILES {
        let path = database.with_file_name(name);
        atomic_file::write(&path, text.as_bytes())
            .with_context(|| format!("write {}", path.display()))?;
    }
    Ok(())
}
