//! The real program against the sandbox: what a test needs to say what a person sees.

mod bot;

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use discord_openapi::{Verdict, observed};
use discord_sandbox::{Options, Reply, Sandbox, Webhook};
use refract_ledger::ids::{ChannelId, GuildId, MessageId, UserId, WebhookId};
use refract_ledger::refract::{self, Event};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::fresh::rows_of;

pub(crate) use bot::Bot;

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_refract-ledger");

/// Longer than anything takes on a slow machine.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// Configures that only the newest page is compared: what lies before it is not lost because of the
/// cursor alone.
pub(crate) const LITTLE_COMPARED: &str = "[history]\nrecent_days = 0\nrecent_messages = 0";

/// Sooner than the next reading of the history would bring what an event has told.
const PROMPTLY: Duration = Duration::from_secs(10);
/// For so long a bot that was killed may seem to be connected.
const GONE: Duration = Duration::from_secs(2);

/// Between two looks at what nothing tells of when it changes.
const BETWEEN_LOOKS: Duration = Duration::from_millis(25);

/// What a command prints that ends by itself; one that waits for ever fails here.
pub(crate) fn output_of(command: &mut Command) -> Output {
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let child = child.expect("run the program");
    let (ended, output) = std::sync::mpsc::channel();
    std::thread::spawn(move || ended.send(child.wait_with_output()));
    output.recv_timeout(PATIENCE).expect("it ends").expect("its output")
}

/// A server with one watched channel, its webhook, its owner, and a folder for the bot.
pub(crate) struct World {
    pub(crate) sandbox: Sandbox,
    pub(crate) guild: GuildId,
    pub(crate) channel: ChannelId,
    pub(crate) webhook: Webhook,
    pub(crate) owner: UserId,
    pub(crate) folder: TempDir,
    /// Fails the test where something was unlike Discord.
    _described: Verdict,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(Sandbox::builder()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        // The bot never pings by accident.
        let options = options.bot_name("Refract Ledger").require_allowed_mentions(true);
        let (options, described) = observed(options, |seen| seen.by_bot);
        let sandbox = options.start().await.expect("the sandbox starts");
        let guild = sandbox.add_guild("Resellers");
        let channel = sandbox.add_channel(guild, "checkouts");
        let webhook = sandbox.add_webhook(channel, "Refract");
        let owner = sandbox.owner(guild);
        let folder = tempfile::tempdir().expect("a folder");
        let world = Self { sandbox, guild, channel, webhook, owner, folder, _described: described };
        world.configure("");
        world
    }

    /// Writes the bot's configuration: the watched channel, and what is added here.
    pub(crate) fn configure(&self, more: &str) {
        self.write_config(more, "");
    }

    /// A server with a channel that nobody watches yet, and no configuration at all.
    pub(crate) async fn unconfigured() -> Self {
        let world = Self::new().await;
        std::fs::remove_file(world.folder.path().join("config.toml")).expect("remove the file");
        world
    }

    /// Writes a configuration in which only these webhooks of the channel are trusted.
    pub(crate) fn trust(&self, webhooks: &[WebhookId]) {
        let list: Vec<String> = webhooks.iter().map(|id| format!("\"{id}\"")).collect();
        self.write_config("", &format!("webhook_ids = [{}]\n", list.join(", ")));
    }

    /// Writes a configuration that reads so much of the channel's past.
    pub(crate) fn backfill(&self, wanted: &str) {
        self.write_config("", &format!("backfill = \"{wanted}\"\n"));
    }

    fn write_config(&self, more: &str, watch: &str) {
        let text = format!(
            "{more}\n[discord]\napi_url = \"{}\"\n[[watch]]\nchannel_id = \"{}\"\n{watch}",
            self.sandbox.api_url(),
            self.channel
        );
        std::fs::write(self.folder.path().join("config.toml"), text)
            .expect("write the configuration");
    }

    /// A call of the program in the bot's folder.
    pub(crate) fn program(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(PROGRAM);
        command.args(arguments);
        command
    }

    /// A call of another program, with what the bot finds around it.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.folder.path())
            .env_remove("RUST_LOG")
            .env_remove("DISCORD_TOKEN_FILE")
            .env("REFRACT_LEDGER_DISCORD_API_URL", self.sandbox.api_url())
            .env("DISCORD_TOKEN", self.sandbox.token());
        command
    }

    /// Starts the bot so that its disk can be filled: what a process writes beyond the limit of its
    /// files' size fails then, instead of ending it.
    #[cfg(target_os = "linux")]
    pub(crate) fn spawn_bot_on_small_disk(&self) -> Bot {
        let script = r#"trap "" XFSZ; exec "$0" run"#;
        self.spawn(self.command("sh").args(["-c", script, PROGRAM]))
    }

    /// Fills the disk of such a bot: its files can grow by so much and no more.
    #[cfg(target_os = "linux")]
    pub(crate) fn fill_disk(&self, bot: &Bot, kilobytes: u64) {
        let files = std::fs::read_dir(self.folder.path()).expect("list the folder");
        let size = |entry: std::io::Result<std::fs::DirEntry>| entry.ok()?.metadata().ok();
        let largest = files.filter_map(size).map(|file| file.len()).max().unwrap_or(0);
        bot.limit_files(&(largest + kilobytes * 1024).to_string());
    }

    /// Starts the bot, and waits until it listens.
    pub(crate) async fn start_bot(&self) -> Bot {
        self.one_before_is_gone().await;
        self.listening(self.spawn_bot()).await
    }

    /// Starts the bot with this `RUST_LOG`, and waits until it listens.
    pub(crate) async fn start_bot_with_log_level(&self, level: &str) -> Bot {
        self.one_before_is_gone().await;
        self.listening(self.spawn(self.program(&["run"]).env("RUST_LOG", level))).await
    }

    /// Otherwise what one that was killed leaves for a moment would be taken for the new one.
    async fn one_before_is_gone(&self) {
        // A test may start a second one on purpose.
        let _is_gone = self.sandbox.wait_for_no_bot(GONE).await;
    }

    async fn listening(&self, bot: Bot) -> Bot {
        assert!(self.sandbox.wait_for_bot(PATIENCE).await, "the bot connects:\n{}", self.log());
        let registered = self.sandbox.wait_for_commands(PATIENCE).await;
        assert!(registered, "the commands are there:\n{}", self.log());
        bot
    }

    /// Starts the bot.
    pub(crate) fn spawn_bot(&self) -> Bot {
        self.spawn(&mut self.program(&["run"]))
    }

    /// Starts this command as the bot; its log is added to that of the ones before.
    pub(crate) fn spawn(&self, command: &mut Command) -> Bot {
        let log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.log_path())
            .expect("open the log");
        Bot::start(command.stderr(log))
    }

    /// Starts the bot with its log going elsewhere.
    #[cfg(target_os = "linux")]
    pub(crate) fn spawn_bot_with_log(&self, log: std::fs::File) -> Bot {
        Bot::start(self.program(&["run"]).stderr(log))
    }

    /// Holds the database as another program does: nobody else can write until this is dropped.
    pub(crate) fn lock_database(&self) -> Connection {
        let holder = Connection::open(self.database()).expect("open");
        holder.busy_timeout(PATIENCE / 2).expect("set the patience");
        holder.execute_batch("BEGIN IMMEDIATE").expect("lock");
        holder
    }

    /// Where the bot keeps its orders.
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("refract-ledger.db")
    }

    fn log_path(&self) -> PathBuf {
        self.folder.path().join("bot.log")
    }

    /// Everything that the bot has logged.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.log_path()).unwrap_or_default()
    }

    /// A checkout as Refract posts it.
    pub(crate) fn checkout(&self, number: u64) -> MessageId {
        self.post(refract::payload(Event::Checkout, number, chrono::Utc::now()))
    }

    /// A message of Refract's webhook.
    pub(crate) fn post(&self, payload: Value) -> MessageId {
        self.sandbox.post(&self.webhook, payload).expect("the webhook takes it")
    }

    /// A checkout in Refract's layout with these fields.
    pub(crate) fn post_fields(&self, heading: &str, fields: &[(&str, &str)]) -> MessageId {
        let fields: Vec<Value> = fields
            .iter()
            .map(|(name, value)| json!({"name": name, "value": value, "inline": true}))
            .collect();
        self.post(json!({"embeds": [{"author": {"name": heading}, "fields": fields}]}))
    }

    /// What the owner sees after a command in the watched channel.
    pub(crate) async fn ask(&self, command: &str, options: Value) -> Reply {
        self.ask_as(self.owner, command, options).await
    }

    /// What somebody sees after a command in the watched channel.
    pub(crate) async fn ask_as(&self, user: UserId, command: &str, options: Value) -> Reply {
        let options: Vec<(&str, Value)> = options
            .as_object()
            .expect("options are an object")
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        self.sandbox
            .command(user, self.channel, command, &options)
            .await
            .unwrap_or_else(|failure| panic!("/{command}: {failure:?}\n{}", self.log()))
    }

    /// What the bot did in this channel that Discord does not like.
    pub(crate) fn violations_in(&self, channel: ChannelId) -> Vec<String> {
        let path = format!("/channels/{channel}/");
        let all = self.sandbox.violations().into_iter();
        all.filter(|violation| violation.contains(&path)).collect()
    }

    /// Sets the watched channel up with `/setup watch`, and gives the webhook that the bot has made.
    pub(crate) async fn set_up(&self) -> Webhook {
        self.ask("setup watch", json!({})).await;
        let own = self.sandbox.webhooks(self.channel).into_iter().find(|webhook| webhook.own);
        own.unwrap_or_else(|| panic!("no webhook was made\n{}", self.log()))
    }

    /// A checkout through another webhook than Refract's.
    pub(crate) fn checkout_by(&self, webhook: &Webhook, number: u64) -> MessageId {
        let payload = refract::payload(Event::Checkout, number, chrono::Utc::now());
        self.sandbox.post(webhook, payload).expect("the webhook takes it")
    }

    /// What the bot has posted into a channel of its own accord.
    pub(crate) fn notices(&self, channel: ChannelId) -> Vec<String> {
        let bot = json!(self.sandbox.bot().to_string());
        let messages = self.sandbox.messages(channel).into_iter();
        let own = messages.filter(|message| message["author"]["id"] == bot);
        own.filter_map(|message| message["content"].as_str().map(str::to_owned)).collect()
    }

    /// Waits until the bot has posted something with this text into the watched channel.
    pub(crate) async fn until_noticed(&self, text: &str) {
        let said = async || self.notices(self.channel).iter().any(|notice| notice.contains(text));
        self.until(text, said).await;
    }

    /// Waits until the bot knows that somebody changed who may use its commands, so often.
    pub(crate) async fn until_commands_changed(&self, times: usize) {
        let line = "somebody changed who may use the commands";
        self.until(line, async || self.log().matches(line).count() == times).await;
    }

    /// Waits until the bot shows this emoji on a message.
    pub(crate) async fn sees(&self, message: MessageId, emoji: &str) {
        let found = self.sandbox.wait_for_bot_reaction(message, emoji).await;
        let shown = self.sandbox.bot_reactions(message);
        assert!(found, "{emoji} is shown, not {shown:?}\n{}", self.log());
    }

    /// Waits until the bot shows this emoji on all of these messages. Events are handled side by side, so that
    /// the last one may be shown before the others.
    pub(crate) async fn sees_all(&self, messages: &[MessageId], emoji: &str) {
        for message in messages {
            self.sees(*message, emoji).await;
        }
    }

    /// The messages that announced the orders in the database, by their ids.
    pub(crate) fn stored(&self) -> Vec<MessageId> {
        let ids = self.rows("SELECT message_id FROM orders ORDER BY message_id");
        ids.iter().map(|id| id.parse().expect("an id")).collect()
    }

    /// What a query of the bot's database gives; nothing while there is none.
    pub(crate) fn rows(&self, query: &str) -> Vec<String> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let connection = Connection::open_with_flags(self.database(), flags);
        connection.and_then(|connection| rows_of(&connection, query)).unwrap_or_default()
    }

    /// Waits until this holds, and fails with the bot's log when it does not within a minute.
    pub(crate) async fn until(&self, what: &str, condition: impl AsyncFnMut() -> bool) {
        assert!(eventually(PATIENCE, condition).await, "{what}\n{}", self.log());
    }

    /// Waits until this holds because an event told it: the history would tell it, too, but later.
    pub(crate) async fn promptly(&self, what: &str, condition: impl AsyncFnMut() -> bool) {
        assert!(eventually(PROMPTLY, condition).await, "{what}, promptly\n{}", self.log());
    }

    /// All orders, as the export gives them.
    pub(crate) fn exported(&self) -> Vec<Value> {
        let output = self.call(&["export", "--format", "json"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("the export is JSON")
    }

    /// Waits until the exported orders are as wanted, and gives them.
    pub(crate) async fn until_exported(&self, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let mut orders = Vec::new();
        let looked = async || {
            orders = self.exported();
            wanted(&orders)
        };
        let came = eventually(PATIENCE, looked).await;
        assert!(came, "in vain:\n{orders:#?}\n{}", self.log());
        orders
    }

    /// Waits until a command's reply contains this text, and gives it.
    pub(crate) async fn until_told(&self, command: &str, options: Value, text: &str) -> String {
        let mut reply = String::new();
        let asked = async || {
            reply = self.ask(command, options.clone()).await.text();
            reply.contains(text)
        };
        let came = eventually(PATIENCE, asked).await;
        assert!(came, "no {text:?} in:\n{reply}\n{}", self.log());
        reply
    }

    /// Stops the bot, and returns when Discord has noticed.
    pub(crate) async fn stop_bot(&self, bot: Bot) {
        assert_eq!(bot.stop().await, Some(0), "{}", self.log());
        let gone = self.sandbox.wait_until(|world| world.connected() == 0, PATIENCE).await;
        assert!(gone, "the bot is gone");
    }

    /// Runs a command of the program to its end.
    pub(crate) fn call(&self, arguments: &[&str]) -> Output {
        self.program(arguments).stdin(Stdio::null()).output().expect("run the program")
    }
}

/// Looks again and again until it holds; false when it does not within `limit`.
pub(crate) async fn eventually(limit: Duration, mut condition: impl AsyncFnMut() -> bool) -> bool {
    let end = Instant::now() + limit;
    while !condition().await {
        if Instant::now() > end {
            return false;
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    true
}
