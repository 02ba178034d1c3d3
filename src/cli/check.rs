//! `check`: what can go wrong, looked over, a line each, with the way to mend it.

use std::process::ExitCode;

use refract_ledger::config::{Config, ConfigError, ConfigFile, Found, Token};
use refract_ledger::count::count;
use refract_ledger::discord::{self, Checked, Finding, Level, Place};
use refract_ledger::ledger::{Ledger, OpenError, OrderFilter, Watch};

use super::bot::block_on;
use super::failure::Failure;
use super::output::clean::clean;
use super::output::print;

/// Discord refuses, as for [`Failure::refused`].
const REFUSED: u8 = 3;
/// There is no token, as for [`Failure::usage`].
const NO_TOKEN: u8 = 2;

/// Looks everything over. The exit code is 0 only if all is well.
pub(super) fn check(file: &ConfigFile, config: &Config) -> Result<ExitCode, Failure> {
    // The configuration itself is well, or this would not be reached.
    print::answer(&line(&Finding::new(Level::Ok, "configuration", configured(file))))?;
    let token = Token::required(file);
    let has_token = token.is_ok();
    let Checked { findings, is_refused } = block_on(look(config, token))?;
    for finding in &findings {
        // An error may quote the address of a proxy with its password.
        print::answer(&clean(&line(finding)))?;
    }
    let well = findings.iter().all(|finding| finding.level != Level::Wrong);
    Ok(match well {
        true => ExitCode::SUCCESS,
        false if is_refused => ExitCode::from(REFUSED),
        false if !has_token => ExitCode::from(NO_TOKEN),
        false => ExitCode::FAILURE,
    })
}

/// Which configuration counts.
fn configured(file: &ConfigFile) -> String {
    match file.there() {
        Some(path) => format!("{} is valid", path.display()),
        None => format!(
            "there is no config.toml in {}, so every key has its default",
            file.folder().display()
        ),
    }
}

fn line(Finding { level, what, text }: &Finding) -> String {
    let level = match level {
        Level::Ok => "ok  ",
        Level::Note => "note",
        Level::Wrong => "FAIL",
    };
    format!("{level} {what}: {text}")
}

async fn look(config: &Config, found: Result<Found, ConfigError>) -> Checked {
    let (database, kept) = database(config).await;
    let mut checked = match found {
        Ok(Found { token, warning, .. }) => {
            let places = places(config, kept);
            let mut checked = discord::check(&token, &config.discord.api_url, &places).await;
            let warning = warning.map(|warning| Finding::new(Level::Note, "token", warning));
            checked.findings.splice(0..0, warning);
            checked
        }
        Err(error) => {
            let finding = Finding::new(Level::Wrong, "token", error.to_string());
            Checked { findings: vec![finding], is_refused: false }
        }
    };
    checked.findings.insert(0, database);
    checked
}

/// The watched channels: those of the configuration, and those that were set up in Discord.
fn places(config: &Config, kept: Vec<Watch>) -> Vec<Place> {
    let configured = config.watch.iter().map(|watch| Place {
        channel: watch.channel_id,
        webhook_ids: watch.webhook_ids.clone(),
        is_configured: true,
    });
    let mut places: Vec<Place> = configured.collect();
    for watch in kept.into_iter().filter(|watch| watch.set_up.is_some()) {
        if places.iter().all(|place| place.channel != watch.channel_id) {
            let (channel, webhook_ids) = (watch.channel_id, watch.webhook_ids);
            places.push(Place { channel, webhook_ids, is_configured: false });
        }
    }
    places
}

/// How the database is, and the watches that it holds.
async fn database(config: &Config) -> (Finding, Vec<Watch>) {
    let path = config.database.path.display();
    let finding = |level, text: String| Finding::new(level, "database", text);
    let ledger = match Ledger::open_read_only(&config.database.path).await {
        Ok(ledger) => ledger,
        Err(OpenError::NoSuchFile(file)) => {
            let text = format!(
                "{} does not exist yet; the first `run` or `import` creates it. If you have one, start the \
                 program in its folder, or set `path` in [database]",
                std::path::absolute(&file).unwrap_or(file).display()
            );
            return (finding(Level::Ok, text), Vec::new());
        }
        Err(error) => return (finding(Level::Wrong, error.to_string()), Vec::new()),
    };
    let orders = |number| count(number, "order", "orders");
    let totals = ledger.count_and_sum(&OrderFilter::default()).await;
    match (totals, ledger.watches().await) {
        (Ok(totals), Ok(watches)) => {
            (finding(Level::Ok, format!("{path} holds {}", orders(totals.count))), watches)
        }
        (Ok(totals), Err(_)) => {
            let text = format!(
                "{path} holds {} and was written by an older version; the next `run` updates it",
                orders(totals.count)
            );
            (finding(Level::Note, text), Vec::new())
        }
        (Err(error), _) => {
            (finding(Level::Wrong, format!("{path} cannot be read: {error:#}")), Vec::new())
        }
    }
}
