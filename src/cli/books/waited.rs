//! How far a sheet is that takes its time.

use std::future::Future;
use std::time::Duration;

use refract_ledger::ledger::Ledger;

use crate::cli::output::progress::{Progress, share};

/// How often it is looked at.
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);

/// Waits for what the ledger does with a sheet, and tells how far that is.
pub(super) async fn waited<T>(ledger: &Ledger, doing: impl Future<Output = T>) -> T {
    let mut progress = Progress::new("bulk", "orders");
    let mut doing = std::pin::pin!(doing);
    loop {
        tokio::select! {
            done = &mut doing => return done,
            () = tokio::time::sleep(BETWEEN_LOOKS) => match ledger.sheet_progress() {
                (0, _) => progress.say("bulk: comparing the rows with the orders"),
                (done, all) => progress.show(done, share(done, all)),
            }
        }
    }
}
