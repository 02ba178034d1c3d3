//! What the demo plays on: a sandbox with one server, and the real bot.

use std::collections::HashSet;
use std::io::{ErrorKind, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::config::{self, Backfill, Config, Token, Watch};
use crate::discord::{self, Connection, Pulse, Stopped};
use crate::ids::{ChannelId, GuildId, MessageId, UserId};
use crate::ingest::Ingest;
use crate::ledger::{DeliveryFilter, Ledger, OrderFilter};
use crate::refract::{self, Event};
use discord_sandbox::{Reply, Sandbox, Webhook, World};

mod asking;
mod reacting;

/// The bot's name in the sandbox.
const BOT: &str = "Refract Ledger";
/// Longer than the bot ever takes here.
const PATIENCE: Duration = Duration::from_secs(30);
/// Orders among which the latest message is looked for.
const LATEST: u32 = 100;

/// A server with the bot in it.
pub(super) struct Stage {
    sandbox: Sandbox,
    guild: GuildId,
    channel: ChannelId,
    /// Where the board is to stand.
    wall: ChannelId,
    /// Where new orders may be posted.
    feed: ChannelId,
    webhook: Webhook,
    /// Whoever sits at the keyboard.
    you: UserId,
    ledger: Ledger,
    database: PathBuf,
    posted: u64,
    /// What was shown last, with its buttons.
    last: Reply,
    stop: Option<oneshot::Sender<()>>,
    bot: JoinHandle<Result<(), Stopped>>,
    /// Whether somebody can look at files when the demo has ended, or before.
    leaves_files: bool,
    /// Removes the folder when it is dropped, unless it is to be kept.
    _folder: Option<tempfile::TempDir>,
}

impl Stage {
    /// Starts sandbox and bot. The database is in `keep`, or in a folder that goes with the stage.
    pub(super) async fn set(keep: Option<&Path>) -> anyhow::Result<Self> {
        let sandbox =
            Sandbox::builder().bot_name(BOT).start().await.context("start the sandbox")?;
        let guild = sandbox.add_guild("Resellers");
        let channel = sandbox.add_channel(guild, "checkouts");
        let wall = sandbox.add_channel(guild, "board");
        let feed = sandbox.add_channel(guild, "orders");
        let webhook = sandbox.add_webhook(channel, "Refract");
        let you = sandbox.owner(guild);

        let (database, folder) = database(keep)?;
        let watch = Watch {
            channel_id: channel,
            webhook_ids: vec![webhook.id],
            backfill: Backfill::default(),
        };
        let discord = config::Discord { api_url: sandbox.api_url() };
        let config = Config { discord, watch: vec![watch], ..Config::default() };
        let token = Token::new(&sandbox.token())?;
        let ledger = Ledger::open(&database).await?.with_emoji(config.emoji.clone());
        let ingest = Ingest::start(ledger.clone(), config.labels.clone())?;
        let (stop, stopped) = oneshot::channel::<()>();
        let pulse = Pulse::default();
        let connection = Connection { config, token, ledger: ledger.clone(), ingest, pulse };
        let bot = tokio::spawn(discord::run(connection, async {
            stopped.await.ok();
        }));
        if !sandbox.wait_for_bot(PATIENCE).await || !sandbox.wait_for_commands(PATIENCE).await {
            bail!("the bot did not connect to the small Discord");
        }
        Ok(Self {
            sandbox,
            guild,
            channel,
            wall,
            feed,
            webhook,
            you,
            ledger,
            database,
            posted: 1_000,
            last: Reply::default(),
            stop: Some(stop),
            bot,
            leaves_files: folder.is_none() || std::io::stdin().is_terminal(),
            _folder: folder,
        })
    }

    /// Refract posts.
    pub(super) fn post(&self, payload: Value) -> anyhow::Result<MessageId> {
        let posted = match payload {
            // The sandbox checks no components of messages.
            Value::Object(parts) if parts.contains_key("components") => {
                self.sandbox.post_unchecked(&self.webhook, parts)
            }
            payload => self.sandbox.post(&self.webhook, payload),
        };
        posted.map_err(|refusal| {
            anyhow::anyhow!("Discord refused the webhook's message: {}", refusal.message)
        })
    }

    /// Refract posts one more checkout.
    pub(super) fn post_next(&mut self) -> anyhow::Result<MessageId> {
        self.posted += 1;
        self.post(refract::payload(Event::Checkout, self.posted, chrono::Utc::now()))
    }

    /// A member posts what looks like a checkout.
    pub(super) fn forge(&self) -> anyhow::Result<MessageId> {
        let text = "Successful Checkout | Target\nProduct\nForged Console\nPrice\n$1.00\n\
            Order Number\n#102000000000999";
        let forged = self.sandbox.say(self.you, self.channel, json!({"content": text}));
        forged.map_err(|refusal| anyhow::anyhow!("refused: {refusal:?}"))
    }

    /// Waits until the bot has read all messages and shows all that it wants to show.
    pub(super) async fn settle(&self) -> anyhow::Result<()> {
        // What the bot itself says there is none of its log.
        let bot = self.sandbox.bot().to_string();
        let is_own = |message: &Value| message.pointer("/author/id") == Some(&json!(bot));
        let id = |message: &Value| message.get("id")?.as_str()?.parse().ok().map(MessageId);
        let messages = self.sandbox.messages(self.channel);
        let messages = messages.iter().filter(|message| !is_own(message));
        let wanted: HashSet<MessageId> = messages.filter_map(id).collect();
        let end = tokio::time::Instant::now() + PATIENCE;
        while tokio::time::Instant::now() < end {
            let filter =
                DeliveryFilter { guild: self.guild, outcome: None, limit: u32::MAX, before: None };
            let read = self.ledger.deliveries(&filter).await?;
            let read: HashSet<MessageId> = read.iter().map(|it| it.message_id).collect();
            // Others may be read too: of a message that is gone again, or of another channel.
            if read.is_superset(&wanted) && self.ledger.pending_reactions(1).await?.is_empty() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("the bot did not read everything within {} s", PATIENCE.as_secs())
    }

    /// From now on texts are so wide, in columns.
    pub(super) fn set_columns(&self, columns: usize) {
        self.sandbox.set_columns(columns);
    }

    /// The commands that the bot has told to Discord.
    pub(super) fn commands(&self) -> Vec<Value> {
        self.sandbox.look(|world| world.commands(None).to_vec())
    }

    /// The board, once it shows the latest orders.
    pub(super) async fn board(&self) -> anyhow::Result<String> {
        let there = |world: &World| world.messages(self.wall).next().is_some();
        if !self.sandbox.wait_until(there, PATIENCE).await {
            bail!("the board did not appear");
        }
        Ok(self.sandbox.render_channel(self.wall))
    }

    async fn message_of(&self, order: Option<&str>) -> anyhow::Result<MessageId> {
        let orders = if let Some(number) = order {
            self.ledger.orders_by_number(self.guild, number).await?
        } else {
            let filter = OrderFilter { guild: Some(self.guild), ..OrderFilter::default() };
            self.ledger.recent_orders(&filter, LATEST, 0).await?
        };
        // The latest may have come by hand or with a file.
        let announced = orders.iter().find(|order| order.message_id.is_some());
        let order = announced.or(orders.first());
        let order = order.context("there is no such order; /orders recent lists them")?;
        order.message_id.context("no message announced this order, so there is none to react to")
    }

    /// What stands for the number of the latest order that has none.
    pub(super) async fn unnumbered(&self) -> anyhow::Result<String> {
        let filter = OrderFilter { guild: Some(self.guild), ..OrderFilter::default() };
        let orders = self.ledger.recent_orders(&filter, 50, 0).await?;
        let order = orders.iter().find(|order| order.order_number.is_none());
        Ok(order.context("each order has a number")?.handle())
    }

    /// The channels, as text.
    pub(super) fn channel(&self) -> String {
        let channels = [("checkouts", self.channel), ("board", self.wall), ("orders", self.feed)];
        let shown = channels
            .map(|(name, channel)| format!("#{name}\n{}", self.sandbox.render_channel(channel)));
        shown.join("\n")
    }

    /// What the bot has put on a message; a dot where that is nothing.
    pub(super) fn reaction(&self, message: MessageId) -> String {
        self.sandbox.bot_reactions(message).pop().unwrap_or_else(|| "· ".to_owned())
    }

    /// One message, as text.
    pub(super) fn message(&self, message: MessageId) -> String {
        self.sandbox.render_message(message)
    }

    /// Whether it helps anybody to know where files are.
    pub(super) fn leaves_files(&self) -> bool {
        self.leaves_files
    }

    /// Where the orders are.
    pub(super) fn database(&self) -> &Path {
        &self.database
    }

    /// Stops the bot and takes everything away that is not to be kept. What is kept is whole in the one file.
    pub(super) async fn clear(mut self) {
        if let Some(stop) = self.stop.take() {
            stop.send(()).ok();
        }
        if let Err(error) = self.bot.await {
            tracing::warn!("the bot did not stop cleanly: {error}");
        }
        self.ledger.close().await;
    }
}

/// Why there is no folder to keep the demo in, for whoever named it.
fn no_folder(folder: &Path, error: &std::io::Error) -> anyhow::Error {
    let folder = folder.display();
    match error.kind() {
        ErrorKind::PermissionDenied => {
            anyhow::anyhow!("{folder}: you may not make this folder; name another one")
        }
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
            anyhow::anyhow!("{folder}: a file is in the way; name another folder")
        }
        _ => anyhow::anyhow!("{folder}: this folder cannot be made: {error}"),
    }
}

fn database(keep: Option<&Path>) -> anyhow::Result<(PathBuf, Option<tempfile::TempDir>)> {
    if let Some(folder) = keep {
        std::fs::create_dir_all(folder).map_err(|error| no_folder(folder, &error))?;
        let path = folder.join("refract-ledger.db");
        // It could be somebody's real one.
        anyhow::ensure!(
            !path.exists(),
            "{} already exists, and the demo begins with a new one; name another folder",
            path.display()
        );
        return Ok((path, None));
    }
    let folder = tempfile::tempdir().context("make a folder for the demo")?;
    Ok((folder.path().join("refract-ledger.db"), Some(folder)))
}
