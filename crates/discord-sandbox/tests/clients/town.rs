//! A server with Ada in it, and what she does with the bot.

use std::time::Duration;

use discord_openapi::{Verdict, observed};
use discord_sandbox::Sandbox;
use discord_sandbox::ids::{ChannelId, UserId};
use serde_json::json;

/// How long a person waits for what must happen: programs start slowly on a busy machine, and clients let time
/// pass before they connect again.
pub(super) const LONG: Duration = Duration::from_mins(1);

pub(super) struct Town {
    pub(super) sandbox: Sandbox,
    news: ChannelId,
    ada: UserId,
    /// Fails the test where an exchange was unlike Discord's description.
    _described: Verdict,
}

impl Town {
    pub(super) async fn new() -> Self {
        // How fast the machine is, is not what is tried here.
        let (options, described) = observed(Sandbox::builder().answer_within(LONG), |seen| {
            (200..300).contains(&seen.status)
        });
        let sandbox = options.start().await.unwrap();
        let guild = sandbox.add_guild("Town");
        let news = sandbox.add_channel(guild, "news");
        let ada = sandbox.add_member(guild, "Ada", &[]);
        Self { sandbox, news, ada, _described: described }
    }

    /// Waits until the bot has said this so many times in a channel.
    async fn bot_says(&self, channel: ChannelId, text: &str, times: usize) {
        let bot = self.sandbox.bot();
        let said = self.sandbox.wait_until(
            |world| {
                let own = world.messages(channel).filter(|message| message.author == bot);
                own.filter(|message| message.content() == text).count() == times
            },
            LONG,
        );
        assert!(said.await, "{text:?} is not there {times} times:\n{}", self.seen(channel));
    }

    fn seen(&self, channel: ChannelId) -> String {
        self.sandbox.render_channel(channel)
    }

    /// Greets, and waits for the bot to wave.
    async fn bot_waves(&self, channel: ChannelId, text: &str) {
        let message = self.sandbox.say(self.ada, channel, text).unwrap();
        assert!(self.sandbox.wait_for_bot_reaction(message, "👋").await, "{}", self.seen(channel));
    }

    pub(super) async fn bot_connects_and_registers(&self) {
        assert!(self.sandbox.wait_for_bot(LONG).await, "the bot does not connect");
        assert!(self.sandbox.wait_for_commands(LONG).await, "no commands");
        let mut names = self.sandbox.look(|world| {
            let commands = world.commands(None).iter();
            commands.map(|command| command["name"].clone()).collect::<Vec<_>>()
        });
        names.sort_by_key(ToString::to_string);
        assert_eq!(names, ["bring", "card", "echo", "ping"]);
    }

    pub(super) async fn bot_hears_reacts_and_changes(&self) {
        self.bot_waves(self.news, "hello").await;
        let webhook = self.sandbox.add_webhook(self.news, "Newsroom");
        let posted = self.sandbox.post(&webhook, json!({"content": "hello by webhook"})).unwrap();
        assert!(self.sandbox.wait_for_bot_reaction(posted, "👋").await);
        self.sandbox.say(self.ada, self.news, "change").unwrap();
        self.bot_says(self.news, "two", 1).await;
        self.sandbox.say(self.ada, self.news, "history").unwrap();
        self.bot_says(self.news, "history < two < change", 1).await;
    }

    pub(super) async fn bot_sees_reactions(&self) {
        let message = self.sandbox.say(self.ada, self.news, "look").unwrap();
        self.sandbox.react(self.ada, message, "🎉").unwrap();
        self.bot_says(self.news, "Ada put 🎉", 1).await;
        self.sandbox.unreact(self.ada, message, "🎉").unwrap();
        self.bot_says(self.news, &format!("{} took 🎉", self.ada), 1).await;
    }

    pub(super) async fn bot_answers_commands(&self) {
        let (sandbox, ada, news) = (&self.sandbox, self.ada, self.news);
        let pong = sandbox.command(ada, news, "ping", &[]).await.unwrap();
        assert_eq!((pong.content.as_str(), pong.ephemeral), ("pong", true));

        let offered = sandbox.autocomplete(ada, news, "echo", "text", "ab").await.unwrap();
        assert_eq!(offered[0].value, json!("ab!"));
        let echo = sandbox.command(ada, news, "echo", &[("text", json!("later"))]).await.unwrap();
        assert_eq!((echo.content.as_str(), echo.ephemeral), ("later", false));
        assert_eq!(echo.embeds[0]["title"], "echoed");
        self.bot_says(news, "more", 1).await;
        let whole = sandbox.followed(&echo);
        let more: Vec<_> = whole.follow_ups.iter().map(|it| (&*it.content, it.ephemeral)).collect();
        assert_eq!(more, [("more", false)]);
    }

    pub(super) async fn buttons_menus_and_forms_lead_on(&self) {
        let (sandbox, ada) = (&self.sandbox, self.ada);
        let card = sandbox.command(ada, self.news, "card", &[]).await.unwrap();
        let message = card.message.unwrap();
        let chosen = sandbox.select(ada, message, "state", &["done"]).await.unwrap();
        assert_eq!((chosen.content.as_str(), chosen.updated), ("state: done", true));
        let form = sandbox.press(ada, message, "note").await.unwrap();
        let noted = sandbox.submit_modal(ada, &form, &[("text", "fragile")]).await.unwrap();
        assert_eq!((noted.content.as_str(), noted.ephemeral), ("noted: fragile", true));
    }

    pub(super) async fn files_go_both_ways(&self) {
        let (sandbox, content) = (&self.sandbox, "Grüße\n".as_bytes());
        let webhook = sandbox.add_webhook(self.news, "Archive");
        sandbox.post_files(&webhook, json!({}), &[("letter.txt", content)]).unwrap();
        self.bot_says(self.news, "a copy", 1).await;
        let copied = sandbox.look(|world| {
            let last = world.messages(self.news).last();
            last.map(|message| message.files[0].bytes.to_vec())
        });
        assert_eq!(copied.unwrap(), content);

        let file = sandbox.upload("parcel.csv", b"a,b").unwrap();
        let took = sandbox.command(self.ada, self.news, "bring", &[("file", file)]).await.unwrap();
        assert_eq!(took.content, "took parcel.csv");
        assert_eq!((&*took.files[0].name, &*took.files[0].bytes), ("copy.txt", &b"a,b"[..]));
    }

    pub(super) async fn threads_are_heard_of(&self) {
        let thread = self.sandbox.add_thread(self.ada, self.news, "Plans");
        self.bot_says(thread, "in Plans", 1).await;
        self.bot_waves(thread, "hello in there").await;
        self.sandbox.set_archived(thread, true);
        self.bot_says(self.news, "closed: Plans", 1).await;
        self.bot_waves(thread, "hello again").await;
    }

    /// After a cut, a close and a request to reconnect the session goes on; after an invalid one a new one begins.
    pub(super) async fn bot_resumes_and_misses_nothing(&self) {
        let sandbox = &self.sandbox;
        let disturb: [fn(&Sandbox); 3] =
            [Sandbox::cut, |it| it.close(Some(4_000)), Sandbox::ask_to_reconnect];
        for (before, disturb) in disturb.iter().enumerate() {
            disturb(sandbox);
            self.bot_waves(self.news, "hello meanwhile").await;
            self.bot_says(self.news, "resumed", before + 1).await;
        }
        sandbox.invalidate(false);
        assert!(sandbox.wait_for_bot(LONG).await, "the bot does not come back");
        self.bot_waves(self.news, "hello anew").await;
        self.bot_says(self.news, "resumed", disturb.len()).await;
    }

    pub(super) fn says_goodbye(&self) {
        self.sandbox.say(self.ada, self.news, "bye").unwrap();
    }
}
