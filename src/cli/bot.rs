//! The commands that talk to Discord.

use std::future::Future;
use std::num::NonZero;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use refract_ledger::bytes::bytes;
use refract_ledger::cleaning;
use refract_ledger::config::{Config, ConfigFile, Found, Token};
use refract_ledger::discord::{self, Connection, Pulse, Stopped};
use refract_ledger::ingest::Ingest;
use refract_ledger::ledger::Ledger;
use refract_ledger::platform::Signals;
use refract_ledger::retention;
use tokio::task::JoinSet;

use super::failure::Failure;
#[cfg(feature = "demo")]
use super::failure::is_broken_pipe;
use super::output::print::Unread;
use super::{notify, opened};

/// Threads that work, at the least.
const LEAST_WORKERS: usize = 2;
/// Closing the database may not hold up the end.
const CLOSING: Duration = Duration::from_millis(500);

/// Runs a future on a runtime of its own.
pub(super) fn block_on<T>(future: impl Future<Output = T>) -> Result<T, Failure> {
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        // What hangs in one place must not stop the rest, on a machine with one processor too.
        .worker_threads(processors.max(LEAST_WORKERS))
        .enable_all()
        .build()
        .context("start the runtime")?;
    let result = runtime.block_on(future);
    // A thread that waits for the keyboard must not hold up the end.
    runtime.shutdown_timeout(Duration::from_secs(1));
    Ok(result)
}

/// `run`
pub(super) fn run(file: &ConfigFile, config: Config) -> Result<ExitCode, Failure> {
    let found = Token::required(file)?;
    block_on(start(file, config, found))?
}

async fn start(file: &ConfigFile, config: Config, found: Found) -> Result<ExitCode, Failure> {
    // First of all, since opening the database may take its time.
    let stop = asked_to_stop(Signals::listen().context("listen for signals")?);
    let opened = opened::open(&config).await?;
    for line in opened.lines(file, &config) {
        tracing::info!("{line}");
    }
    if let Some(warning) = &found.warning {
        tracing::warn!("{warning}");
    }
    let mut stop = std::pin::pin!(stop);
    // While nobody waits for an answer yet.
    tokio::select! {
        biased;
        () = &mut stop => {
            tracing::info!("stopped");
            return Ok(ExitCode::SUCCESS);
        }
        () = wipe(&opened.ledger) => {}
    }
    serve(config, found.token, opened.ledger, stop).await
}

/// Writes the database file anew where something was erased from it since it was.
async fn wipe(ledger: &Ledger) {
    let begin = |size| {
        let size = bytes(size);
        tracing::info!(
            "writing the database file anew ({size}), because data was erased from it; the bot connects when that is done"
        );
    };
    match ledger.write_anew_if_due(begin).await {
        Ok(true) => tracing::info!("nothing of what was erased is left in the database file"),
        Ok(false) => {}
        Err(error) => tracing::warn!(
            "could not write the database file anew, and tries again at the next start; copies of erased data may be \
             left in it: {error:#}"
        ),
    }
}

/// Runs the bot on an open database until `stop` is done.
pub(super) async fn serve(
    config: Config,
    token: Token,
    ledger: Ledger,
    stop: impl Future<Output = ()>,
) -> Result<ExitCode, Failure> {
    let ingest = Ingest::start(ledger.clone(), config.labels.clone())?;
    let mut background = JoinSet::new();
    background.spawn(cleaning::run(ledger.clone()));
    background.spawn(retention::previews(ledger.clone()));
    background.spawn(retention::run(ledger.clone(), config.privacy.keep_messages_days));
    let watched = ledger.clone();
    // An import writes beside the bot: what it stores is shown and answered like everything else.
    background.spawn(async move { watched.notice_other_writers().await });
    let pulse = Pulse::default();
    notify::ready(ingest.clone(), pulse.clone());
    let connection = Connection { config, token, ledger: ledger.clone(), ingest, pulse };
    let mut has_crashed = false;
    let stop = async {
        tokio::select! {
            () = stop => {}
            () = crashed(&mut background) => has_crashed = true,
        }
    };
    let ended = discord::run(connection, stop).await;
    let closed = async {
        background.shutdown().await;
        ledger.close().await;
    };
    // The last one to leave folds the log into the database, so that the file alone is a whole copy.
    if tokio::time::timeout(CLOSING, closed).await.is_err() {
        tracing::debug!("the database could not be closed in time; nothing is lost");
    }
    match ended {
        Ok(()) if has_crashed => {
            Err(anyhow::anyhow!("work beside the bot crashed; please report this").into())
        }
        Ok(()) => {
            tracing::info!("stopped");
            Ok(ExitCode::SUCCESS)
        }
        Err(Stopped::Refused(sentence)) => Err(Failure::refused(sentence)),
        Err(Stopped::Failed(error)) => Err(error.into()),
    }
}

/// Done when some of this work crashes. Some of it ends by itself when all is done.
async fn crashed(background: &mut JoinSet<()>) {
    while let Some(ended) = background.join_next().await {
        if ended.is_err() {
            return;
        }
    }
    std::future::pending::<()>().await;
}

/// Done when the process is asked to stop. Whoever asks twice does not want to wait: the process ends
/// at once, and what was not written is fetched again at the next start.
pub(super) async fn asked_to_stop(mut signals: Signals) {
    signals.next().await;
    notify::stopping();
    tokio::spawn(async move {
        signals.next().await;
        tracing::warn!(
            "stopped immediately; what was not stored yet will be read at the next start"
        );
        std::process::exit(0);
    });
}

/// `post`
pub(super) fn post(post: &super::Post) -> Result<ExitCode, Failure> {
    let (event, count) = (post.event, post.count);
    let Some(webhook) = refract_ledger::post::Webhook::of(&post.webhook) else {
        return Err(Failure::usage(
            "--webhook is not a Discord webhook URL (https://discord.com/api/webhooks/…)"
                .to_owned(),
        ));
    };
    block_on(refract_ledger::post::post(&webhook, event, count, &mut Unread))??;
    Ok(ExitCode::SUCCESS)
}

/// `demo`
#[cfg(feature = "demo")]
pub(super) fn demo(
    keep: Option<&std::path::Path>,
    picture: Option<&std::path::Path>,
) -> Result<ExitCode, Failure> {
    match block_on(refract_ledger::demo::demo(keep, picture, &mut std::io::stdout()))? {
        // `demo | head` closes the pipe when it has seen enough: that is no failure.
        Err(error) if is_broken_pipe(&error) => Ok(ExitCode::SUCCESS),
        played => Ok(played.map(|()| ExitCode::SUCCESS)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_work_that_crashes_ends_the_bot() {
        let soon = Duration::from_millis(200);
        let mut background = JoinSet::new();
        background.spawn(async {});
        assert!(tokio::time::timeout(soon, crashed(&mut background)).await.is_err());
        background.spawn(async {});
        background.spawn(async { panic!("a fault of the work") });
        assert!(tokio::time::timeout(soon, crashed(&mut background)).await.is_ok());
    }
}
