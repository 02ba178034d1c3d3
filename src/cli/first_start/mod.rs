//! `refract-ledger` without a command, in a terminal: leads by hand from nothing to a running bot.
//!
//! It looks what is there already and asks for the rest, so that it can be left at any step, and goes on
//! from there when it is called again.
//!
//! ```text
//! step       what comes next, by what is known; pure
//! words      what is said at each step; pure
//! stay_up    what keeps the bot running on each system; pure
//! look       asks Discord
//! beside     what is said while the bot runs
//! ```

use std::io::{self, BufRead, IsTerminal};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use refract_ledger::config::{Config, ConfigFile, Token};
use refract_ledger::discord::Onlooker;
use refract_ledger::platform::{Echo, Signals, System};
use refract_ledger::terminal::{columns, wrapped};

mod beside;
mod look;
mod stay_up;
mod step;
mod words;

use super::bot::{asked_to_stop, block_on, serve};
use super::failure::Failure;
use super::opened;
use super::output::logging;
use super::output::print::report;
use look::Known;
use step::{Step, next};

/// How often it is asked whether somebody has done their part in Discord.
const BETWEEN_LOOKS: Duration = Duration::from_secs(3);

/// Whether somebody sits there who can be asked.
pub(super) fn can_be_led() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Leads through the first start, and runs the bot.
pub(super) fn first_start(file: &ConfigFile, config: Config) -> Result<ExitCode, Failure> {
    logging::hold_back(true);
    let ended = block_on(lead(file, config)).flatten();
    match ended {
        // Whoever has opened the program from the desktop would not see why its window closes.
        Err(failure) if System::HERE == System::Windows => {
            let code = failure.report();
            say("Press Enter to close this window.");
            // There is nothing to do about an answer that does not come.
            let _ = io::stdin().lock().read_line(&mut String::new());
            Ok(code)
        }
        ended => ended,
    }
}

/// Says it in lines that the window has room for.
fn say(text: &str) {
    report(&wrapped(text, columns()));
}

async fn lead(file: &ConfigFile, config: Config) -> Result<ExitCode, Failure> {
    let mut signals = Signals::listen().context("listen for signals")?;
    say(&words::welcome());
    let ready = tokio::select! {
        ready = prepare(file, &config.discord.api_url) => ready?,
        () = signals.next() => None,
    };
    let Some((token, onlooker)) = ready else {
        say(words::LEFT);
        return Ok(ExitCode::SUCCESS);
    };
    let opened = opened::open(&config).await?;
    say(&words::running(&opened.lines(file, &config)));
    let ledger = opened.ledger.clone();
    let beside = beside::accompany(file, config.clone(), ledger, onlooker);
    tokio::select! {
        ended = serve(config, token, opened.ledger, asked_to_stop(signals)) => ended,
        never = beside => match never {},
    }
}

/// Step by step to a token that Discord accepts, the intent, and a server with the bot in it. `None`: there
/// is nobody any more who answers.
async fn prepare(file: &ConfigFile, api_url: &str) -> Result<Option<(Token, Onlooker)>, Failure> {
    // A token that is pasted while something is waited for is not shown, either.
    let _echo = Echo::off().context("hide what is typed")?;
    let mut known = Known::found(Token::find_here(file)?);
    let mut said = None;
    loop {
        let step = next(known.source(), &known.seen);
        // What is waited for is said once.
        if said.as_ref() != Some(&step) {
            say(&words::of(&step, &file.token_file()));
            said = Some(step.clone());
        }
        match step {
            Step::AskForToken(_) => {
                let Some(text) = hidden_line().await? else { return Ok(None) };
                match Token::new(&text) {
                    Ok(token) => known = Known::typed(token),
                    Err(error) => say(&words::not_a_token(&error.to_string())),
                }
            }
            Step::GiveUp(source) => return Err(Failure::refused(words::refused(source))),
            Step::Look => known.look(api_url).await?,
            Step::Wait(_) => {
                tokio::time::sleep(BETWEEN_LOOKS).await;
                known.look(api_url).await?;
            }
            Step::Start => return Ok(known.ready()),
        }
        if let Some(name) = known.newly_accepted() {
            let kept = known.keep(&file.token_file());
            say(&words::accepted(&name, kept, &file.token_file()));
        }
    }
}

/// A line that is not shown while it is typed. `None`: there is no more.
async fn hidden_line() -> Result<Option<String>, Failure> {
    let echo = Echo::off().context("hide what is typed")?;
    let line = line().await?;
    drop(echo);
    // Enter was not shown, either.
    say("");
    Ok(line)
}

/// A line of standard input, without holding up anything else. `None`: it has ended.
async fn line() -> Result<Option<String>, Failure> {
    let read = || {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).map(|length| (length > 0).then_some(line))
    };
    let read = tokio::task::spawn_blocking(read).await.context("wait for a line")?;
    Ok(read.context("read a line")?)
}
