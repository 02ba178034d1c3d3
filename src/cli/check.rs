//! `check`: what can be looked over without the network, a line each, with the way to mend it.

use std::process::ExitCode;

use refract_ledger::config::{Config, Token};
use refract_ledger::ledger::{Ledger, OpenError, OrderFilter};

use super::bot::block_on;
use super::failure::Failure;

/// One thing that was looked at: what, whether it is well, and what there is to say.
type Finding = (&'static str, Result<String, String>);

/// Looks everything over. The exit code is 0 only if all is well.
pub(super) fn check(config: &Config) -> Result<ExitCode, Failure> {
    // The configuration itself is well, or this would not be reached.
    let findings = [
        ("configuration", Ok("can be read".to_owned())),
        ("token", token()),
        ("channels", channels(config)),
        ("database", block_on(database(config))?),
    ];
    for finding in &findings {
        println!("{}", line(finding));
    }
    let well = findings.iter().all(|(_, finding)| finding.is_ok());
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn line((what, finding): &Finding) -> String {
    match finding {
        Ok(said) => format!("ok    {what}: {said}"),
        Err(said) => format!("wrong {what}: {said}"),
    }
}

fn token() -> Result<String, String> {
    match Token::from_environment(|name| std::env::var(name).ok()) {
        Ok(_) => Ok("there is one; `run` tells whether Discord takes it".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn channels(config: &Config) -> Result<String, String> {
    let unbound = config.watch.iter().filter(|watch| watch.webhook_ids.is_empty()).count();
    match (config.watch.len(), unbound) {
        (0, _) => {
            Err("none is watched; add a [[watch]] with its channel_id to config.toml".to_owned())
        }
        (count, 0) => Ok(format!("{count} watched")),
        (count, unbound) => Ok(format!(
            "{count} watched; in {unbound} of them any webhook may post orders, name the trusted ones \
             in webhook_ids"
        )),
    }
}

async fn database(config: &Config) -> Result<String, String> {
    let path = &config.database.path;
    let ledger = match Ledger::open_read_only(path).await {
        Ok(ledger) => ledger,
        Err(OpenError::NoSuchFile(_)) => {
            return Ok(format!("{} is made by the first `run`", path.display()));
        }
        Err(error) => return Err(error.to_string()),
    };
    match ledger.count_and_sum(&OrderFilter::default()).await {
        Ok(totals) => Ok(format!("{} holds {} orders", path.display(), totals.count)),
        Err(error) => Err(format!("{} cannot be read: {error:#}", path.display())),
    }
}
