//! The demo: the real bot against the sandbox. It shows what a person in Discord would see, first a
//! story, then whatever is typed.

mod parts;
mod sheets;
mod slash;
mod stage;
mod story;
mod typed;

use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

use anyhow::Context;

use stage::Stage;
use typed::{Typed, understand};

use crate::terminal::{columns, wrapped};
use crate::{atomic_file, platform};

/// What can be typed beside the bot's own commands.
const HELP: &str =
    "\x20 Options are typed as limit:5, store:Target, status:shipped, channel:#board.

  complete /order 80700     show what is offered while you type
  press TRACKING            press a button of the last reply; alone: list them
  choose SHIPPED            choose in its menu: labels or numbers, with commas
  choose 2 TOTAL            choose in its second menu
  fill TEXT                 fill in and send the form that a button has opened
  react 📦 [ORDER]          react to the latest checkout, or to an order's;
                            shipped and :package: mean 📦, too
  unreact 📦 [ORDER]        remove that reaction
  menu Order details [ORDER]
                            use the menu of that message, or of a message id
  post [NUMBER]             post one more checkout, or up to 10
  channel                   show the channels as they look now
  quit                      end the demo";

/// Plays the story on `out`, then takes what is typed, if standard input is a terminal. `picture`
/// names a file for the order's card as an SVG: the picture of the README is made so.
///
/// # Errors
/// When the sandbox or the database cannot be started, or the bot does not do its part.
pub async fn demo(
    keep: Option<&Path>,
    picture: Option<&Path>,
    out: &mut (impl Write + Send),
) -> anyhow::Result<()> {
    let mut signals = platform::Signals::of_window().context("listen for signals")?;
    let mut stage = Stage::set(keep).await?;
    stage.set_columns(columns());
    // However it ends, the folder goes: that of Ctrl-C and of a closed window too.
    let played = tokio::select! {
        played = play(&mut stage, picture, out) => played,
        () = signals.next() => Ok(()),
    };
    stage.clear().await;
    played
}

async fn play(
    stage: &mut Stage,
    picture: Option<&Path>,
    out: &mut (impl Write + Send),
) -> anyhow::Result<()> {
    say(out, "A small Discord runs on this machine, with one server and the bot in it.")?;
    say(out, "Refract's webhook posts into #checkouts, and somebody tries to forge an order:\n")?;
    let mut posted = Vec::new();
    for scene in story::scenes(chrono::Utc::now()) {
        if scene.is_later {
            stage.settle().await?;
        }
        posted.push((stage.post(scene.payload)?, scene.why));
    }
    posted.push((stage.forge()?, "the same words from a member: not trusted, so no order"));
    stage.settle().await?;
    for (message, why) in &posted {
        say(out, &format!("  {}  {why}", stage.reaction(*message)))?;
    }
    say(
        out,
        "\nThe emoji in front is the bot's reaction: the status of the order. One of these\nmessages in Discord:\n",
    )?;
    if let Some((message, _)) = posted.get(story::FIRST_CHECKOUT) {
        say(out, &stage.message(*message))?;
    }
    show(stage, out, "/orders recent").await?;
    show(stage, out, &format!("/order {}", story::ORDER)).await?;
    say(out, &format!("You react with 📦 to the message of {}.\n", story::ORDER))?;
    let message = stage.react("📦", Some(story::ORDER), true).await?;
    say(out, &stage.message(message))?;
    if let Some(path) = picture {
        let svg = stage.picture("order", &[("number".to_owned(), story::ORDER.into())]).await?;
        atomic_file::write(path, svg.as_bytes())
            .with_context(|| format!("write {}", path.display()))?;
    }
    show(stage, out, "/orders recent status:shipped").await?;
    say(out, "One checkout came without an order number. You know the number, and add it:\n")?;
    show(stage, out, &format!("/order {}", stage.unnumbered().await?)).await?;
    show(stage, out, "press Add number").await?;
    show(stage, out, &format!("fill {}", story::ADDED_NUMBER)).await?;
    say(out, "A second message under one number may name another product. You say it does:\n")?;
    show(stage, out, &format!("/order {}", story::DOUBTFUL)).await?;
    show(stage, out, "press Count both").await?;
    bring(stage, out).await?;
    show(stage, out, "/logs recent limit:5").await?;
    show(stage, out, "/board #board").await?;
    say(out, "#board now shows this, and it updates itself:\n")?;
    say(out, &stage.board().await?)?;
    say(out, "Settings are changed in Discord, for this server, and count at once:\n")?;
    show(stage, out, "/setup feed channel:#orders style:card").await?;
    if stage.leaves_files() {
        let database = stage.database().display().to_string();
        say(out, &format!("The orders are stored in {database}."))?;
    }
    if std::io::stdin().is_terminal() {
        say(out, "Now it is your turn (type help to see what you can do):")?;
        converse(stage, out).await?;
    } else {
        say(out, "In a terminal you could go on from here by typing commands.")?;
    }
    Ok(())
}

/// Files, and what the ledger knows by them.
async fn bring(stage: &mut Stage, out: &mut (impl Write + Send)) -> anyhow::Result<()> {
    sheets::write(stage.database(), chrono::Utc::now())?;
    say(
        out,
        "A file brings the orders of the last six weeks. You see what it would do, and\napply it:\n",
    )?;
    show(stage, out, &format!("/bulk orders file:{}", sheets::HISTORY)).await?;
    show(stage, out, "press Apply").await?;
    say(out, "Another one brings tracking numbers:\n")?;
    show(stage, out, &format!("/bulk track file:{}", sheets::TRACKINGS)).await?;
    show(stage, out, "press Apply").await?;
    say(out, "A buying group says what it has received, and what it pays:\n")?;
    show(stage, out, &format!("/bulk received file:{}", sheets::GROUP)).await?;
    show(stage, out, "press Apply").await?;
    say(out, "The card's statement says what was charged:\n")?;
    show(stage, out, &format!("/bulk charges file:{}", sheets::STATEMENT)).await?;
    show(stage, out, "press Apply").await?;
    show(stage, out, "/orders open").await?;
    show(stage, out, "/trackings").await?;
    show(stage, out, "/orders stats period:all").await
}

/// Takes lines until the end of input or `quit`.
async fn converse(stage: &mut Stage, out: &mut (impl Write + Send)) -> anyhow::Result<()> {
    loop {
        write!(out, "> ")?;
        out.flush()?;
        let Some(line) = next_line().await? else { return Ok(()) };
        // The window may have been made wider meanwhile.
        stage.set_columns(columns());
        match understand(&stage.commands(), &line) {
            Ok(Typed::Quit) => return Ok(()),
            Ok(typed) => {
                if let Err(error) = act(stage, out, typed).await {
                    say(out, &wrapped(&format!("{error:#}"), columns()))?;
                }
            }
            Err(sentence) => say(out, &wrapped(&sentence, columns()))?,
        }
    }
}

async fn act(stage: &mut Stage, out: &mut (impl Write + Send), typed: Typed) -> anyhow::Result<()> {
    match typed {
        Typed::Command(name, options) => {
            let reply = stage.command(&name, &options).await?;
            say(out, &reply)?;
        }
        Typed::Complete(name, option, typed) => {
            say(out, &stage.complete(&name, &option, &typed).await?)?;
        }
        Typed::Press(label) => say(out, &stage.press(&label).await?)?,
        Typed::Choose(value) => say(out, &stage.choose(&value).await?)?,
        Typed::Fill(text) => say(out, &stage.fill(&text).await?)?,
        Typed::Menu { entry, of } => say(out, &stage.menu(&entry, of.as_deref()).await?)?,
        Typed::React { emoji, order, add } => {
            let message = stage.react(&emoji, order.as_deref(), add).await?;
            say(out, &stage.message(message))?;
        }
        Typed::Post(count) => {
            let messages = (0..count).map(|_| stage.post_next()).collect::<Result<Vec<_>, _>>()?;
            stage.settle().await?;
            for message in messages {
                say(out, &stage.message(message))?;
            }
        }
        Typed::Channel => say(out, &stage.channel())?,
        Typed::Help => {
            let listed = slash::listed(&stage.commands(), columns());
            say(out, &format!("{}\n{HELP}", listed.join("\n")))?;
        }
        Typed::Quit | Typed::Nothing => {}
    }
    Ok(())
}

/// A line of the story, as if it had been typed.
async fn show(stage: &mut Stage, out: &mut (impl Write + Send), line: &str) -> anyhow::Result<()> {
    say(out, &format!("> {line}"))?;
    let typed = understand(&stage.commands(), line).map_err(anyhow::Error::msg)?;
    act(stage, out, typed).await
}

fn say(out: &mut impl Write, text: &str) -> anyhow::Result<()> {
    writeln!(out, "{text}").context("print")
}

/// A line of standard input, without holding up the bot meanwhile. `None`: it has ended.
async fn next_line() -> anyhow::Result<Option<String>> {
    let read = || {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map(|length| (length > 0).then_some(line))
    };
    tokio::task::spawn_blocking(read).await.context("wait for a line")?.context("read a line")
}
