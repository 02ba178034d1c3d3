//! A small bot with poise and serenity.

use std::sync::{Arc, Mutex};

use discord_sandbox::Sandbox;
use poise::serenity_prelude as serenity;

use super::world::SOON;

type Error = Box<dyn std::error::Error + Send + Sync>;
type Context<'a> = poise::Context<'a, Heard, Error>;

#[derive(Debug, Clone, Default)]
pub(super) struct Heard(Arc<Mutex<Vec<String>>>);

/// Answers at once, to the asker alone.
#[poise::command(slash_command)]
async fn ping(ctx: Context<'_>) -> Result<(), Error> {
    ctx.send(poise::CreateReply::default().content("pong").ephemeral(true)).await?;
    Ok(())
}

#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn complete(_: Context<'_>, partial: &str) -> serenity::CreateAutocompleteResponse {
    let louder = format!("{partial}!");
    serenity::CreateAutocompleteResponse::new().add_string_choice(louder.clone(), louder)
}

/// Thinks first, then answers with an embed and a file.
#[poise::command(slash_command)]
async fn echo(
    ctx: Context<'_>,
    #[description = "What to say"]
    #[autocomplete = "complete"]
    text: String,
) -> Result<(), Error> {
    ctx.defer().await?;
    let file = serenity::CreateAttachment::bytes(text.clone().into_bytes(), "echo.txt");
    let embed = serenity::CreateEmbed::new().title("echoed").field("text", &text, true);
    ctx.send(poise::CreateReply::default().content(text).embed(embed).attachment(file)).await?;
    Ok(())
}

async fn hear(
    ctx: &serenity::Context,
    event: &serenity::FullEvent,
    heard: &Heard,
) -> Result<(), Error> {
    if let serenity::FullEvent::Message { new_message } = event
        && new_message.webhook_id.is_some()
        && new_message.author.id != ctx.cache.current_user().id
    {
        heard.0.lock().unwrap().push(new_message.content.clone());
        new_message.react(ctx, '👋').await?;
    }
    Ok(())
}

pub(super) struct Bot {
    heard: Heard,
    shards: Arc<serenity::ShardManager>,
    task: tokio::task::JoinHandle<Result<(), serenity::Error>>,
}

impl Bot {
    /// Starts, and waits until it is connected.
    pub(super) async fn start(sandbox: &Sandbox) -> Self {
        let bot = Self::start_with(&sandbox.api_url(), &sandbox.token(), intents()).await;
        assert!(sandbox.wait_for_bot(SOON).await, "the bot does not connect");
        bot
    }

    pub(super) async fn start_with(
        url: &str,
        token: &str,
        intents: serenity::GatewayIntents,
    ) -> Self {
        let heard = Heard::default();
        let data = heard.clone();
        let framework = poise::Framework::builder()
            .options(poise::FrameworkOptions {
                commands: vec![ping(), echo()],
                event_handler: |framework, event| {
                    Box::pin(hear(framework.serenity_context, event, framework.user_data))
                },
                allowed_mentions: Some(serenity::CreateAllowedMentions::new()),
                ..Default::default()
            })
            .setup(|ctx, _, framework| {
                Box::pin(async move {
                    let commands = &framework.options().commands;
                    poise::builtins::register_globally(ctx, commands).await?;
                    Ok(data)
                })
            })
            .build();
        let http = serenity::HttpBuilder::new(token).proxy(url).ratelimiter_disabled(true).build();
        let mut client = serenity::ClientBuilder::new_with_http(http, intents)
            .framework(framework)
            .await
            .unwrap();
        let shards = client.shard_manager.clone();
        let task = tokio::spawn(async move { client.start().await });
        Self { heard, shards, task }
    }

    pub(super) fn heard(&self) -> Vec<String> {
        self.heard.0.lock().unwrap().clone()
    }

    pub(super) async fn stop(self) {
        self.shards.shutdown_all().await;
        self.task.await.unwrap().unwrap();
    }

    /// How it ended by itself.
    pub(super) async fn ended(self) -> Result<(), serenity::Error> {
        tokio::time::timeout(SOON, self.task).await.expect("the bot goes on").unwrap()
    }
}

pub(super) fn intents() -> serenity::GatewayIntents {
    serenity::GatewayIntents::non_privileged() | serenity::GatewayIntents::MESSAGE_CONTENT
}
