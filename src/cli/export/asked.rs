//! What can be asked of `export`, and what it means for the ledger and for the file.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use clap::{Args, ValueEnum};
use refract_ledger::export::{self, Columns, Format, Layout};
use refract_ledger::ids::{ChannelId, GuildId};
use refract_ledger::ledger::{InLine, Narrow, OpenKey, OrderFilter};
use refract_ledger::order::day::{self, NotADay};
use refract_ledger::order::{Status, period};
use refract_ledger::sheet::Amount;

use crate::cli::failure::Failure;

#[derive(Args)]
pub(crate) struct Export {
    /// The file format (default: as FILE ends).
    #[arg(long, value_enum)]
    format: Option<Kind>,
    /// The file to write (default: standard output).
    #[arg(short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// One row for each order, or for each of its products.
    #[arg(long, value_enum, value_name = "WHAT")]
    rows: Option<Rows>,
    /// Only these columns, in this order: `--columns "Order Number,Total,Payout"`.
    #[arg(long, value_name = "NAMES", value_parser = Columns::named)]
    columns: Option<Columns>,
    /// The columns of a known sheet, with its own meanings.
    #[arg(long, value_enum, value_name = "SHEET", conflicts_with = "columns")]
    preset: Option<Preset>,
    /// Write a CSV for Excel: marked as UTF-8, long numbers not rounded.
    #[arg(long)]
    excel: bool,
    /// Begin the CSV with the mark that tells Excel that it is UTF-8.
    #[arg(long, hide = true)]
    bom: bool,
    /// The separator of a CSV: comma, semicolon, tab or "|".
    #[arg(long, value_name = "CHARACTER", value_parser = separator)]
    separator: Option<u8>,
    /// The time zone of days and times (default: that of `/setup timezone`); JSON stays in UTC.
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    pub(super) time_zone: Option<Tz>,
    /// Only this store, by its name or a part of it.
    #[arg(long)]
    store: Option<String>,
    /// Only this status.
    #[arg(long)]
    status: Option<Status>,
    /// Only this profile.
    #[arg(long)]
    profile: Option<String>,
    /// Only orders from this time on: a day like 2026-01-31 or 7d, or a full time with its zone.
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Only orders up to this day, with the whole day, or before this full time with its zone.
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// Only orders with a tracking number (yes), or without one (no).
    #[arg(long, value_enum, value_name = "YES|NO")]
    tracking: Option<Has>,
    /// Only this line of what is open, as `open --format json` names it.
    #[arg(long, value_name = "LINE", value_parser = line)]
    open: Option<OpenKey>,
    /// Only orders of which a product has this in its name.
    #[arg(long, value_name = "TEXT")]
    product: Option<String>,
    /// Only orders announced in the channel with this id, or in a thread of it.
    #[arg(long, value_name = "ID")]
    channel: Option<ChannelId>,
    /// Only the server with this id.
    #[arg(long, value_name = "ID")]
    guild: Option<GuildId>,
}

/// A format of exported files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// For spreadsheets.
    Csv,
    /// A workbook, for spreadsheets.
    Xlsx,
    /// One array, for programs.
    Json,
}

impl From<Kind> for Format {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Csv => Self::Csv,
            Kind::Xlsx => Self::Xlsx,
            Kind::Json => Self::Json,
        }
    }
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Rows {
    /// An order.
    Orders,
    /// A line of an order.
    Items,
}

/// A sheet whose columns are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Preset {
    /// The 19 columns of the system before: Total is the payout, Status the group's word.
    Roms19,
}

/// Whether there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Has {
    /// There is.
    Yes,
    /// There is none.
    No,
}

/// A line of what is open as somebody types it.
fn line(text: &str) -> Result<OpenKey, String> {
    let known = OpenKey::WITH_ORDERS.into_iter().find(|key| key.as_str() == text);
    known.ok_or_else(|| {
        format!("write one of {}", OpenKey::WITH_ORDERS.map(OpenKey::as_str).join(", "))
    })
}

/// A time zone as somebody types it.
pub(crate) fn zone(text: &str) -> Result<Tz, String> {
    text.trim().parse().map_err(|_| "write a zone like Europe/Berlin, or UTC".to_owned())
}

fn separator(text: &str) -> Result<u8, String> {
    match text {
        "," | "comma" => Ok(b','),
        ";" | "semicolon" => Ok(b';'),
        "|" => Ok(b'|'),
        "\t" | "\\t" | "tab" => Ok(b'\t'),
        _ => Err("write \",\", \";\", \"|\" or tab".to_owned()),
    }
}

impl Export {
    /// The server that is named.
    pub(super) fn guild(&self) -> Option<GuildId> {
        self.guild
    }

    /// Where the orders go; `None`: standard output.
    pub(super) fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }

    /// The format that was asked for, or that the file's name says. A workbook under the name of a CSV
    /// would open nowhere.
    pub(super) fn format(&self) -> Result<Format, Failure> {
        let named = self.file().and_then(Format::of_name);
        match (self.format.map(Format::from), named) {
            (Some(asked), Some(named)) if asked != named => Err(Failure::usage(format!(
                "--format {} does not fit a file whose name ends with .{}; leave --format out, or \
                 choose another name",
                asked.as_str(),
                named.as_str()
            ))),
            (Some(format), _) | (None, Some(format)) => Ok(format),
            (None, None) => Err(Failure::usage(
                "say which format: --format csv, xlsx or json, or -o FILE with a name that ends so"
                    .to_owned(),
            )),
        }
    }

    pub(super) fn layout(&self, format: Format, zone: Tz) -> Result<Layout, Failure> {
        let of_csv = [
            ("--excel", self.excel),
            ("--bom", self.bom),
            ("--separator", self.separator.is_some()),
        ];
        let wrong = of_csv.iter().find(|(_, asked)| *asked && format != Format::Csv);
        if let Some((option, _)) = wrong {
            return Err(Failure::usage(format!(
                "{option} works with --format csv only; leave it out"
            )));
        }
        if self.rows.is_some() && format == Format::Json {
            let why =
                "--rows is for csv and xlsx; JSON holds the items of each order; leave it out";
            return Err(Failure::usage(why.to_owned()));
        }
        if (self.columns.is_some() || self.preset.is_some()) && format == Format::Json {
            let why = "--columns and --preset are for csv and xlsx; leave them out";
            return Err(Failure::usage(why.to_owned()));
        }
        Ok(Layout {
            columns: match self.preset {
                Some(Preset::Roms19) => Columns::roms19(),
                None => self.columns.clone().unwrap_or_default(),
            },
            rows: match self.rows {
                Some(Rows::Items) => export::Rows::Items,
                Some(Rows::Orders) | None => export::Rows::Orders,
            },
            zone,
            separator: self.separator.unwrap_or(b','),
            byte_order_mark: self.excel || self.bom,
            numbers_for_excel: self.excel,
        })
    }

    /// Whether it has the columns and the meanings of the old sheet.
    pub(super) const fn is_old_sheet(&self) -> bool {
        matches!(self.preset, Some(Preset::Roms19))
    }

    /// Which orders. `tolerance`: by how much a payout may be less than the cost.
    pub(super) fn filter(&self, zone: Tz, tolerance: Amount) -> Result<OrderFilter, Failure> {
        let (since, until) = span([self.since.as_deref(), self.until.as_deref()], zone)?;
        let (guild, status) = (self.guild, self.status);
        let (store, profile) = (self.store.clone(), self.profile.clone());
        let narrow = Narrow {
            tracking: self.tracking.map(|has| has == Has::Yes),
            line: self.open.map(|key| InLine { key, tolerance }),
            product: self.product.clone(),
            channel: self.channel,
        };
        Ok(OrderFilter { guild, store, status, profile, since, until, narrow })
    }
}

/// A moment; `None`: open on that side.
pub(crate) type Bound = Option<DateTime<Utc>>;

/// From when until before when orders are asked for, by `--since` and `--until`.
pub(crate) fn span([from, to]: [Option<&str>; 2], zone: Tz) -> Result<(Bound, Bound), Failure> {
    let since = from.map(|text| moment(("--since", text), zone, false)).transpose()?;
    let until = to.map(|text| moment(("--until", text), zone, true)).transpose()?;
    // An answer without an order would hide that nothing lies both behind the one and before the other.
    if since.zip(until).is_some_and(|(since, until)| since >= until) {
        let [from, to] = [from, to].map(Option::unwrap_or_default);
        return Err(Failure::usage(format!(
            "--since {from} is not before --until {to}, so no order can match"
        )));
    }
    Ok((since, until))
}

/// When a day begins in the zone, or, where it is the last one, the next; or a full time with its zone.
fn moment((option, text): (&str, &str), zone: Tz, is_last: bool) -> Result<DateTime<Utc>, Failure> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Ok(time.to_utc());
    }
    let day = day::day(text, Utc::now().with_timezone(&zone).date_naive());
    let day = day.map_err(|why| {
        let or = match why {
            NotADay::Unknown => ", or a time like 2026-01-31T18:00:00Z",
            NotADay::Ambiguous(..) => "",
        };
        Failure::usage(format!("{option} \"{text}\" {why}{or}"))
    })?;
    let day = if is_last { day.succ_opt().unwrap_or(day) } else { day };
    Ok(period::midnight(day, zone))
}
