//! A sheet as somebody brings it, and what becomes of its rows.

mod described;
mod forgotten;
mod known;
mod purchases;
mod told;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono_tz::Tz;

use crate::ids::{GuildId, UserId};
use crate::ledger::model::books::parcel_key::key_of_parcel;
use crate::ledger::model::books::purchase::is_purchase;
use crate::ledger::model::store_key::StoreKey;
use crate::order::{Money, Status};
use crate::reading::redact;
use crate::sheet::{Kind, Line, Moment, Row, Sheet, What};

/// A file that was understood.
#[derive(Debug, Clone)]
pub struct SheetFile {
    /// Its name, without folders.
    pub name: String,
    /// Of its bytes, in hexadecimal.
    pub sha256: String,
    /// What is in it.
    pub sheet: Sheet,
}

impl SheetFile {
    /// Its name as it is kept: it may hold a secret.
    pub(super) fn kept_name(&self) -> Cow<'_, str> {
        redact::text(&self.name)
    }
}

pub(super) use forgotten::rows_that_may_be_kept;
pub(super) use known::{NotSaid, parcels_of, store_of, unnumbered};
use purchases::Purchases;

/// What somebody wants done with files.
#[derive(Debug, Clone)]
pub struct BulkRequest {
    /// Whose orders they speak of.
    pub guild: GuildId,
    /// What the files are.
    pub kind: Kind,
    /// At least one.
    pub files: Vec<SheetFile>,
    /// For rows of a `status` sheet that name none (`None`: cancelled), and for the orders of a `track` sheet.
    pub status: Option<Status>,
    /// Whether a cancellation also holds of what is shipped, delivered, received or paid.
    pub anyway: bool,
    /// `None`: on the command line.
    pub user: Option<UserId>,
    /// The clock of times that name none.
    pub zone: Tz,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Becomes {
    /// It changes an order.
    Changed,
    /// The ledger says so already.
    Already,
    /// It takes effect when its order comes.
    Waiting,
    /// It may speak of several orders.
    Unclear,
    /// It says something impossible.
    Refused,
    /// It says nothing.
    Ignored,
}

impl Becomes {
    /// All of them, as they are counted.
    pub const ALL: [Self; 6] =
        [Self::Changed, Self::Already, Self::Waiting, Self::Unclear, Self::Refused, Self::Ignored];

    /// The word that is shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Already => "already",
            Self::Waiting => "waiting",
            Self::Unclear => "unclear",
            Self::Refused => "refused",
            Self::Ignored => "ignored",
        }
    }
}

/// A row of a sheet and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkLine {
    /// The number of the row that waits; `None`: it is of a file that is brought now.
    pub row: Option<i64>,
    /// The batch in which it waits; `None`: it is of a file that is brought now.
    pub batch: Option<i64>,
    /// The file's name, which its lines share.
    pub file: Arc<str>,
    /// From 1, as [`Line::line`].
    pub line: u64,
    /// What becomes of it.
    pub becomes: Becomes,
    /// The shop's number.
    pub order_number: Option<String>,
    /// What was bought, of an order without a number; `None`: it has one, or names no product.
    pub product: Option<String>,
    /// The order's store, else the row's; lines share it.
    pub store: Option<Arc<str>>,
    /// The parcels that it names.
    pub tracking_number: Option<String>,
    /// Why; empty where there is nothing to say.
    pub reason: Cow<'static, str>,
}

/// What a sheet would do, or did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bulk {
    /// `None`: nothing was changed.
    pub batch: Option<i64>,
    /// All batches, where a sheet has more rows than one transaction applies; else the one.
    pub batches: Vec<i64>,
    /// What the changed rows bring, by currency.
    pub sums: Vec<Money>,
    /// Of charges the part of it that came back, by currency, not negative.
    pub refunded: Vec<Money>,
    /// Each row of each file.
    pub lines: Vec<BulkLine>,
    /// Of old orders what the sheet itself comes to, by the month in which they were placed, like `2026-01`; empty:
    /// it names no date.
    pub months: BTreeMap<String, Month>,
    /// The headings of columns that are not read, without those that a known layout leaves out; none of a preview that
    /// is looked at once more.
    pub unread: Vec<String>,
}

/// What a sheet of old orders says of one month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Month {
    /// Different order numbers and stores.
    pub orders: usize,
    /// What they cost, by currency.
    pub total: Vec<Money>,
    /// What buying groups pay for them, by currency.
    pub payout: Vec<Money>,
}

impl Bulk {
    /// Of charges what the card was charged, by currency: the sums with what came back.
    pub fn charged(&self) -> Vec<Money> {
        let back = |sum: &Money| {
            let mut of_currency = self.refunded.iter().filter(|it| it.currency == sum.currency);
            of_currency.next().map_or(0, |refund| refund.minor)
        };
        let charged = |sum: &Money| Money { minor: sum.minor.saturating_add(back(sum)), ..*sum };
        self.sums.iter().map(charged).collect()
    }

    /// How many rows become what.
    pub fn counts(&self) -> BTreeMap<Becomes, u64> {
        let mut counts: BTreeMap<Becomes, u64> =
            Becomes::ALL.into_iter().map(|it| (it, 0)).collect();
        for line in &self.lines {
            *counts.entry(line.becomes).or_default() += 1;
        }
        counts
    }
}

/// A row that says something, made ready to be kept.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) row: Row,
    /// The parcel of a group's file, as it is compared.
    pub(super) parcel: Option<String>,
}

/// A row with its place.
#[derive(Debug, Clone)]
pub(super) struct Brought {
    /// 0, 1, ... among the files.
    pub(super) file: i64,
    pub(super) line: u64,
    /// As [`Line::others`].
    pub(super) others: Vec<String>,
    /// Else what becomes of it, and why.
    pub(super) said: Result<Said, NotSaid>,
}

/// All rows of the files.
pub(super) fn brought(request: &BulkRequest) -> Vec<Brought> {
    let mut rows = Vec::new();
    for (file, place) in request.files.iter().zip(0..) {
        let mut purchases = Purchases::default();
        rows.extend(file.sheet.lines().map(|line| of_line((request, &mut purchases), place, line)));
    }
    rows
}

fn of_line(
    (request, purchases): (&BulkRequest, &mut Purchases),
    file: i64,
    Line { line, what, named, others }: Line,
) -> Brought {
    let said = match what {
        What::Says(mut row) => {
            settle(request, &mut row);
            purchases.name(&mut row, request.zone);
            Ok(Said::of(row))
        }
        What::Ignored(why) => Err(NotSaid::new(Becomes::Ignored, why.to_string(), named)),
        What::Refused(why) => Err(NotSaid::new(Becomes::Refused, why.to_string(), named)),
    };
    Brought { file, line, others, said }
}

impl Said {
    /// A row that leaves nothing to whoever brings it.
    pub(super) fn of(row: Row) -> Self {
        let parcel = match &row {
            Row::Received(row) => Some(key_of_parcel(&row.parcel)),
            Row::Track(_) | Row::Status(_) | Row::Orders(_) | Row::Charges(_) => None,
        };
        Self { row, parcel }
    }

    /// Order numbers, the likeliest first, or the name of a purchase without one; of a group's file none.
    pub(super) fn numbers(&self) -> &[String] {
        self.row.order_numbers()
    }

    /// The store, as the row names it.
    pub(super) fn store(&self) -> Option<&str> {
        store_of(&self.row)
    }

    /// Made when it is asked for: a hundred thousand of them would take as much memory as the rows.
    pub(super) fn fingerprint(&self) -> String {
        Row::fingerprint(&self.row.to_json())
    }

    /// The store as orders are told apart by it: a purchase without a number is known whatever its store is called.
    pub(super) fn store_key(&self) -> StoreKey {
        let is_purchase = self.numbers().first().is_some_and(|number| is_purchase(number));
        StoreKey::of(self.store().filter(|_| !is_purchase))
    }
}

/// What the sheet leaves to whoever brings it is said by the row from now on.
fn settle(request: &BulkRequest, row: &mut Row) {
    let at = |moment: &mut Option<Moment>| {
        let utc = moment.map(|moment| moment.utc(request.zone));
        *moment = utc.map(|at| Moment {
            day: at.date_naive(),
            time: Some(at.time()),
            offset: Some(chrono::Offset::fix(&chrono::Utc)),
        });
    };
    match row {
        Row::Status(row) => row.status = row.status.or(request.status).or(Some(Status::Cancelled)),
        Row::Track(row) => row.status = request.status,
        Row::Received(row) => {
            at(&mut row.created);
            at(&mut row.modified);
        }
        Row::Orders(row) => {
            row.ordered_at = row.ordered_at.map(|at| at.by_clock_of(row.noted_at, request.zone));
            row.noted_at = row.noted_at.filter(|_| row.order_number.is_empty());
            for moment in [
                &mut row.ordered_at,
                &mut row.shipped_at,
                &mut row.delivered_at,
                &mut row.group_created,
                &mut row.group_modified,
            ] {
                *moment = moment.map(|moment| moment.settled(request.zone));
            }
        }
        Row::Charges(_) => {}
    }
}
