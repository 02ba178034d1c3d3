//! `export`: orders to a file or to standard output.

use std::io::{BufWriter, ErrorKind, IsTerminal, Seek};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use futures::{Stream, TryStreamExt};
use refract_ledger::atomic_file::{AtomicFile, Refused};
use refract_ledger::config::Config;
use refract_ledger::count::count;
use refract_ledger::export::{self, Format, Layout};
use refract_ledger::ledger::{self, Ledger, Order, OrderFilter};

use super::bot::block_on;
use super::confined::must_be_there;
use super::failure::{Failure, is_broken_pipe};
use super::files::{cannot_open, readable_by_others, unusable, zone_in};
use super::output::print;
use super::output::progress::{Progress, share};

mod asked;
mod lost;

pub(super) use asked::{Bound, Export, span, zone};
use lost::Lost;

/// `export`
pub(super) fn export(config: &Config, asked: &Export) -> Result<ExitCode, Failure> {
    let zone = match asked.time_zone {
        Some(zone) => zone,
        None => block_on(zone_in(config, asked.guild()))?,
    };
    let filter = asked.filter(zone, ledger::tolerance(&config.books))?;
    let format = asked.format()?;
    let layout = asked.layout(format, zone)?;
    if format == Format::Xlsx && asked.file().is_none() && std::io::stdout().is_terminal() {
        let why = "a workbook cannot be shown in a terminal; write it to a file with -o FILE";
        return Err(Failure::usage(why.to_owned()));
    }
    block_on(write_orders(config, asked, &filter, (format, layout)))?
}

async fn write_orders(
    config: &Config,
    asked: &Export,
    filter: &OrderFilter,
    how: (Format, Layout),
) -> Result<ExitCode, Failure> {
    let ledger = Ledger::open_read_only(&config.database.path).await.map_err(cannot_open)?;
    must_be_there(&ledger, filter).await?;
    let all = ledger.count_and_sum(filter).await?.count;
    // Rows on the screen tell how far it is.
    let is_shown = asked.file().is_some() || !std::io::stdout().is_terminal();
    let mut progress = is_shown.then(|| Progress::new("export", "orders"));
    let (mut done, mut lost) = (0, Lost::default());
    let orders = ledger.export_orders(filter).inspect_ok(|order| {
        lost.take(order);
        done += 1;
        if let Some(progress) = &mut progress {
            progress.show(done, share(done, all.unsigned_abs()));
        }
    });
    let mut file = asked.file().map(|path| create(config, path)).transpose()?;
    let written = write(orders, how, file.as_mut()).await;
    drop(progress);
    let orders = match written {
        // `export | head` closes the pipe when it has enough: that is no failure.
        Err(error) if is_broken_pipe(&error) => return Ok(ExitCode::SUCCESS),
        other => other?,
    };
    if asked.is_old_sheet() {
        lost.remarks().iter().for_each(|about| print::remark(about));
    }
    if let (Some(file), Some(path)) = (file, asked.file()) {
        let is_private = file.commit().map_err(|error| unusable(path, &error))?;
        if !is_private {
            print::remark(&readable_by_others(path));
        }
        let orders = count(orders, "order", "orders");
        print::plain_remark(&format!("wrote {orders} to {}", path.display()));
    }
    Ok(ExitCode::SUCCESS)
}

async fn write(
    orders: impl Stream<Item = anyhow::Result<Order>>,
    (format, layout): (Format, Layout),
    file: Option<&mut AtomicFile>,
) -> anyhow::Result<u64> {
    let stdout = || BufWriter::new(std::io::stdout().lock());
    match (format, file) {
        (Format::Csv, Some(file)) => export::csv(orders, &layout, file).await,
        (Format::Csv, None) => export::csv(orders, &layout, stdout()).await,
        (Format::Json, Some(file)) => export::json(orders, file).await,
        (Format::Json, None) => export::json(orders, stdout()).await,
        (Format::Xlsx, Some(file)) => export::xlsx(orders, &layout, file).await,
        (Format::Xlsx, None) => {
            // Its parts are not written one after another, as standard output wants them: on its way
            // there it is a file without a name.
            let mut file = tempfile::tempfile().context("make a file for the workbook")?;
            let count = export::xlsx(orders, &layout, BufWriter::new(&file)).await?;
            file.rewind().context("read the workbook again")?;
            std::io::copy(&mut file, &mut stdout()).context("write the workbook")?;
            Ok(count)
        }
    }
}

/// The file for the orders. A slip of its name must not cost a database.
fn create(config: &Config, path: &Path) -> Result<AtomicFile, Failure> {
    if ledger::belongs_to(&config.database.path, path) {
        return Err(Failure::usage(Refused::Database(path.to_owned()).to_string()));
    }
    AtomicFile::create(path).map_err(|refused| match refused {
        Refused::Io(error) if error.kind() == ErrorKind::NotFound => {
            Failure::failed(format!("{}: there is no such folder", path.display()))
        }
        Refused::Io(error) => unusable(path, &error),
        refused => Failure::usage(refused.to_string()),
    })
}
