//! Everything that somebody can try: all registered commands, whichever there are, and all parts of a
//! message.

use discord_sandbox::{Failure, Reply, Whom};
use refract_ledger::ids::{ChannelId, GuildId, MessageId, RoleId, UserId};
use serde_json::{Value, json};

use crate::harness::World;

/// What a person may change, directly or through an order.
const STATE: [&str; 9] = [
    "SELECT * FROM orders",
    "SELECT * FROM order_events",
    "SELECT * FROM marks",
    "SELECT * FROM additions",
    "SELECT message_id, outcome FROM deliveries",
    "SELECT * FROM forgotten",
    "SELECT * FROM batches",
    "SELECT * FROM batch_rows",
    "SELECT * FROM guild_settings",
];
/// A command or an entry of a message's menu, as the bot has registered it.
struct Command {
    name: String,
    in_menu: bool,
    options: Vec<Value>,
}

/// One server's order, and a person who tries everything.
pub(super) struct Walk<'a> {
    world: &'a World,
    pub(super) number: String,
    pub(super) message: MessageId,
}

impl<'a> Walk<'a> {
    pub(super) async fn new(world: &'a World) -> Self {
        let message = world.checkout(2);
        world.sees(message, "✅").await;
        let number = world.exported()[0]["order_number"].as_str().expect("a number").to_owned();
        Self { world, number, message }
    }

    pub(super) fn state(&self) -> Vec<Vec<String>> {
        // What others do in their own server is theirs.
        let guild = self.world.guild;
        let of_guild = [
            format!("SELECT channel_id, webhook_ids FROM watches WHERE guild_id = {guild}"),
            format!("SELECT * FROM boards WHERE guild_id = {guild}"),
        ];
        let queries = STATE.into_iter().chain(of_guild.iter().map(String::as_str));
        queries.map(|query| self.world.rows(query)).collect()
    }

    pub(super) fn registered(&self) -> Vec<Value> {
        self.world.sandbox.look(|world| world.commands(None).to_vec())
    }

    /// All commands, those below others too.
    fn commands(&self) -> Vec<Command> {
        let mut found = Vec::new();
        let mut open: Vec<(String, Value)> =
            self.registered().into_iter().map(|command| (String::new(), command)).collect();
        while let Some((above, command)) = open.pop() {
            let name = format!("{above}{}", command["name"].as_str().expect("a name"));
            let options = command["options"].as_array().cloned().unwrap_or_default();
            let (below, options): (Vec<Value>, Vec<Value>) = options
                .into_iter()
                .partition(|option| matches!(option["type"].as_u64(), Some(1 | 2)));
            if below.is_empty() {
                found.push(Command { in_menu: command["type"] == json!(3), name, options });
            } else {
                open.extend(below.into_iter().map(|option| (format!("{name} "), option)));
            }
        }
        assert!(found.len() > 12, "{}", found.len());
        found
    }

    /// Something to type into an option.
    fn value(&self, option: &Value) -> Option<Value> {
        let name = option["name"].as_str()?;
        match name {
            "number" | "order" => return Some(json!(self.number)),
            "message" => return Some(json!(self.message.to_string())),
            "email" => return Some(json!("buyer3@example.com")),
            _ => {}
        }
        if option["required"] != json!(true) {
            return None;
        }
        if let Some(choice) = option["choices"].as_array().and_then(|choices| choices.last()) {
            return Some(choice["value"].clone());
        }
        Some(match option["type"].as_u64()? {
            3 => json!("example"),
            4 => json!(5),
            5 => json!(true),
            7 => json!(self.world.channel.to_string()),
            11 => {
                let sheet =
                    format!("order,tracking number,date,amount,total\n{},PK1,,,\n", self.number);
                self.world.sandbox.upload("sheet.csv", sheet.as_bytes()).expect("uploaded")
            }
            other => panic!("{name}: an option of type {other}"),
        })
    }

    /// What somebody gets who uses everything that there is.
    pub(super) async fn everything(
        &self,
        user: UserId,
        channel: ChannelId,
    ) -> Vec<(String, Result<Reply, Failure>)> {
        let mut got = Vec::new();
        let is_elsewhere = channel != self.world.channel;
        for command in self.commands() {
            // An order that somebody writes down elsewhere is one of the other server.
            if is_elsewhere && command.name == "orders add" {
                continue;
            }
            let reply = if command.in_menu {
                self.world.sandbox.message_command(user, self.message, &command.name).await
            } else {
                let options: Vec<(&str, Value)> = command
                    .options
                    .iter()
                    .filter_map(|option| Some((option["name"].as_str()?, self.value(option)?)))
                    .collect();
                self.world.sandbox.command(user, channel, &command.name, &options).await
            };
            got.push((command.name, reply));
        }
        got
    }

    /// Everything that is completed while somebody types.
    pub(super) async fn completed(&self, user: UserId, channel: ChannelId) -> Vec<String> {
        let mut offered = Vec::new();
        for command in self.commands() {
            let names =
                command.options.iter().filter(|option| option["autocomplete"] == json!(true));
            // Time zones tell nothing of anybody.
            let names = names.filter_map(|option| option["name"].as_str());
            for name in names.filter(|name| *name != "zone") {
                let choices =
                    self.world.sandbox.autocomplete(user, channel, &command.name, name, "");
                offered.extend(
                    choices.await.expect("completed").into_iter().map(|choice| choice.name),
                );
            }
        }
        offered
    }

    /// What somebody gets who uses all parts of a reply, and two that are not there.
    pub(super) async fn parts(&self, user: UserId, reply: &Reply) -> Vec<(String, Reply)> {
        let message = reply.message.expect("a message");
        let mut parts: Vec<(String, u64, &str)> = reply
            .parts()
            .filter_map(|part| {
                Some((part["custom_id"].as_str()?.to_owned(), part["type"].as_u64()?, "cancelled"))
            })
            .collect();
        assert!(parts.len() > 3, "{reply:?}");
        parts.push((format!("orders2|{user}|10|0|=||||"), 2, ""));
        parts.push((format!("retry1|{}", self.message), 2, ""));
        let mut got = Vec::new();
        for (id, kind, value) in parts {
            let reply = self.world.sandbox.use_part(user, message, &id, kind, &[value]).await;
            got.push((id, reply.expect("answered")));
        }
        got
    }

    /// Lets everybody use all commands in a server, in Server Settings > Integrations.
    pub(super) fn open_to_all(&self, guild: GuildId) {
        for command in self.registered() {
            let name = command["name"].as_str().expect("a name");
            self.world.sandbox.allow_command(guild, name, Whom::Role(RoleId(guild.0)), true);
        }
    }
}
