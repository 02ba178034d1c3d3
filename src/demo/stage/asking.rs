//! Commands, buttons, menus and forms, used from the keyboard.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use serde_json::{Value, json};

use super::super::parts;
use super::{BOT, Stage};
use crate::atomic_file;
use crate::ids::MessageId;
use discord_sandbox::{Reply, picture};

/// What the options are called that take files: `file`, `file2` ...
const FILE: &str = "file";

impl Stage {
    /// Uses a command, and gives what is seen, as text.
    pub(in crate::demo) async fn command(
        &mut self,
        name: &str,
        options: &[(String, Value)],
    ) -> anyhow::Result<String> {
        let reply = self.ask(name, options).await?;
        self.seen(reply).await
    }

    /// Uses an entry in the menu of a message: the one with this id, the one of this order, or the
    /// latest order's.
    pub(in crate::demo) async fn menu(
        &mut self,
        entry: &str,
        of: Option<&str>,
    ) -> anyhow::Result<String> {
        let named = of.and_then(|id| id.parse().ok()).map(MessageId);
        let message = match named.filter(|id| !self.sandbox.render_message(*id).is_empty()) {
            Some(message) => message,
            None => self.message_of(of).await?,
        };
        let reply = self.sandbox.message_command(self.you, message, entry).await;
        self.seen(reply.map_err(|failure| anyhow::anyhow!("{entry}: {failure}"))?).await
    }

    /// Presses a button of the last reply.
    pub(in crate::demo) async fn press(&mut self, label: &str) -> anyhow::Result<String> {
        let (message, id) = parts::button(&self.last, label).map_err(anyhow::Error::msg)?;
        let reply = self.sandbox.press(self.you, message, &id).await;
        self.seen(reply.map_err(|failure| anyhow::anyhow!("{label}: {failure}"))?).await
    }

    /// Chooses in a menu of the last reply.
    pub(in crate::demo) async fn choose(&mut self, typed: &str) -> anyhow::Result<String> {
        let ((message, id), values) =
            parts::choice(&self.last, typed).map_err(anyhow::Error::msg)?;
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let reply = self.sandbox.select(self.you, message, &id, &values).await;
        self.seen(reply.map_err(|failure| anyhow::anyhow!("{typed}: {failure}"))?).await
    }

    /// Fills in the form that the last reply opened.
    pub(in crate::demo) async fn fill(&mut self, text: &str) -> anyhow::Result<String> {
        let inputs = parts::inputs(&self.last, text).map_err(anyhow::Error::msg)?;
        let values: Vec<_> = inputs.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        let reply = self.sandbox.submit_modal(self.you, &self.last, &values).await;
        self.seen(reply.map_err(|failure| anyhow::anyhow!("the form: {failure}"))?).await
    }

    /// What is offered while somebody types into an option.
    pub(in crate::demo) async fn complete(
        &self,
        name: &str,
        option: &str,
        typed: &str,
    ) -> anyhow::Result<String> {
        let choices = self.sandbox.autocomplete(self.you, self.channel, name, option, typed).await;
        let choices = choices.map_err(|failure| anyhow::anyhow!("/{name}: {failure}"))?;
        let lines: Vec<String> =
            choices.iter().map(|choice| format!("  {}", choice.name)).collect();
        Ok(if lines.is_empty() { "  nothing to offer".to_owned() } else { lines.join("\n") })
    }

    /// What is seen of a reply, as text. Its files are written beside the database.
    async fn seen(&mut self, reply: Reply) -> anyhow::Result<String> {
        let mut reply = self.sandbox.with_follow_ups(reply).await;
        let mut seen = self.sandbox.render_reply(&reply, BOT);
        if reply.modal.is_some() {
            seen.push_str("  Type fill TEXT to fill it in and send it.\n");
            // What the form stands before is still there, if it is not filled in.
            reply.message = reply.message.or(self.last.message);
            reply.components = std::mem::take(&mut self.last.components);
            reply.follow_ups = std::mem::take(&mut self.last.follow_ups);
        }
        for file in reply.files.iter().chain(reply.follow_ups.iter().flat_map(|it| &it.files)) {
            let path = self.database.with_file_name(&file.name);
            atomic_file::write(&path, &file.bytes)
                .with_context(|| format!("write {}", path.display()))?;
            if self.leaves_files {
                let _ = writeln!(seen, "  Saved as {}.", path.display());
            }
        }
        self.last = reply;
        Ok(seen)
    }

    /// Uses a command, and gives what is seen, as an SVG.
    pub(in crate::demo) async fn picture(
        &self,
        name: &str,
        options: &[(String, Value)],
    ) -> anyhow::Result<String> {
        Ok(picture::svg(&self.ask(name, options).await?, BOT))
    }

    async fn ask(&self, name: &str, options: &[(String, Value)]) -> anyhow::Result<Reply> {
        let mut given: Vec<(&str, Value)> = Vec::new();
        for (option, value) in options {
            given.push((option.as_str(), self.meant(option, value)?));
        }
        let options = given;
        let reply = self.sandbox.command(self.you, self.channel, name, &options).await;
        reply.map_err(|failure| anyhow::anyhow!("/{name}: {failure}"))
    }

    /// A value as Discord sends it: for `#name` the id of that channel, for a file the id under which it was
    /// uploaded.
    fn meant(&self, option: &str, value: &Value) -> anyhow::Result<Value> {
        let text = value.as_str().unwrap_or_default();
        if option.starts_with(FILE) {
            return self.upload(text);
        }
        Ok(match text.strip_prefix('#') {
            Some("board") => json!(self.wall.to_string()),
            Some("orders") => json!(self.feed.to_string()),
            Some("checkouts") => json!(self.channel.to_string()),
            _ => value.clone(),
        })
    }

    /// Uploads a file: one of the demo's own, beside its database, or one of this machine.
    fn upload(&self, typed: &str) -> anyhow::Result<Value> {
        let own = self.database.with_file_name(typed);
        let path = if own.exists() { own } else { Path::new(typed).to_owned() };
        let bytes =
            std::fs::read(&path).with_context(|| format!("read the file {}", path.display()))?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let uploaded = self.sandbox.upload(&name.unwrap_or_default(), &bytes);
        uploaded.map_err(|failure| anyhow::anyhow!("{typed}: {failure}"))
    }
}
