//! A ten-line bot with serenity, tested against the sandbox. It ends by itself:
//! `cargo run --package discord-sandbox --example ten_line_bot`

use std::error::Error;
use std::time::Duration;

use discord_sandbox::Sandbox;
use discord_sandbox::ids::{ChannelId, UserId};
use serenity::all::{ClientBuilder, Context, EventHandler, GatewayIntents, HttpBuilder, Message};
use serenity::async_trait;

/// How long Ada waits for the bot.
const PATIENCE: Duration = Duration::from_secs(10);

struct PingBot;

#[async_trait]
impl EventHandler for PingBot {
    async fn message(&self, ctx: Context, message: Message) {
        if message.content == "ping"
            && let Err(error) = message.reply(&ctx, "pong").await
        {
            eprintln!("no reply: {error}");
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::builder().bot_name("Ping Bot").start().await?;
    let guild = sandbox.add_guild("Town");
    let channel = sandbox.add_channel(guild, "general");
    let ada = sandbox.add_member(guild, "Ada", &[]);

    let http = HttpBuilder::new(sandbox.token()).proxy(sandbox.api_url());
    // Serenity keeps no limits through a proxy; the sandbox would say so if the bot were too fast.
    let http = http.ratelimiter_disabled(true).build();
    let intents = GatewayIntents::GUILD_MESSAGES | GatewayIntents::MESSAGE_CONTENT;
    let mut client = ClientBuilder::new_with_http(http, intents).event_handler(PingBot).await?;
    let shards = client.shard_manager.clone();
    let bot = tokio::spawn(async move { client.start().await });

    let outcome = play(&sandbox, ada, channel).await;
    shards.shutdown_all().await;
    bot.await??;
    outcome
}

/// What Ada does, and what she sees of it.
async fn play(sandbox: &Sandbox, ada: UserId, channel: ChannelId) -> Result<(), Box<dyn Error>> {
    if !sandbox.wait_for_bot(PATIENCE).await {
        return Err("the bot does not connect".into());
    }
    sandbox.say(ada, channel, "ping")?;
    if !sandbox.wait_until(|world| world.messages(channel).count() == 2, PATIENCE).await {
        return Err("the bot does not reply".into());
    }
    println!("{}", sandbox.render_channel(channel));
    println!("What Discord would not have liked: {:?}", sandbox.violations());
    Ok(())
}
