//! The place where a schedule is played: the sandbox, the people, and the bot's process.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::process::ExitStatusExt as _;
use std::process::ExitStatus;
use std::time::Duration;

use discord_sandbox::{Sandbox, Webhook};
use refract_ledger::ids::{MessageId, UserId};
use serde_json::Value;

use super::bodies;
use super::compare;
use super::schedule::{Schedule, reconciled};
use super::step::{Forger, Place, Post, Step, Who};
use super::typed::Typed;
use crate::harness::{Bot, World, eventually};
use crate::random::Random;

const MANAGE_MESSAGES: u64 = 1 << 13;
const SIGTERM: i32 = 15;
/// How often the bot sends a heartbeat: a connection that died unnoticed is noticed by it.
const HEARTBEAT: Duration = Duration::from_secs(2);
/// How long the bot is given to come back in the middle of a schedule.
const RECONNECTED: Duration = Duration::from_secs(8);
/// How long it may take to stop: 5 s, and more on a machine that does much else.
const STOPPED: Duration = Duration::from_secs(15);

/// Everything that a schedule moves, and what it remembers of that.
pub(super) struct Stage {
    pub(super) world: World,
    staff: UserId,
    stranger: UserId,
    other_bot: UserId,
    other_webhook: Webhook,
    bot: Option<Bot>,
    /// Whether the bot's disk may be full.
    full: bool,
    pub(super) starts: usize,
    /// How much the bots before this one have logged.
    said_before: usize,
    /// The messages in the order of their posting.
    pub(super) ids: Vec<MessageId>,
    bodies: Vec<Value>,
    /// Messages that were deleted, as they were.
    pub(super) gone: BTreeMap<MessageId, Value>,
    /// Those of them that the bot had on disk by then.
    pub(super) kept: BTreeSet<MessageId>,
    /// Messages from which reactions were cleared, the bot's own among them.
    cleared: BTreeSet<MessageId>,
    /// What the owner typed.
    pub(super) typed: Typed,
    /// What must never happen and did.
    pub(super) faults: Vec<String>,
}

impl Stage {
    pub(super) async fn set(schedule: &Schedule) -> Self {
        let options = Sandbox::builder().heartbeat(HEARTBEAT).rate_limits(schedule.rate_limits);
        let world = World::with(options).await;
        let sandbox = &world.sandbox;
        let role = sandbox.add_role(world.guild, "Staff", MANAGE_MESSAGES);
        let staff = sandbox.add_member(world.guild, "staff", &[role]);
        let stranger = sandbox.add_member(world.guild, "stranger", &[]);
        let other_bot = sandbox.add_other_bot(world.guild, "helper");
        let other_webhook = sandbox.add_webhook(world.channel, "Refract");
        world.trust(&[world.webhook.id]);
        Self {
            staff,
            stranger,
            other_bot,
            other_webhook,
            bot: None,
            full: false,
            starts: 0,
            said_before: 0,
            ids: Vec::new(),
            bodies: Vec::new(),
            gone: BTreeMap::new(),
            kept: BTreeSet::new(),
            cleared: BTreeSet::new(),
            typed: Typed::default(),
            faults: Vec::new(),
            world,
        }
    }

    /// Who is behind a reaction.
    pub(super) fn user(&self, who: Who) -> UserId {
        match who {
            Who::Owner => self.world.owner,
            Who::Staff => self.staff,
            Who::Stranger => self.stranger,
            Who::OtherBot => self.other_bot,
        }
    }

    pub(super) async fn play(&mut self, step: &Step) {
        self.look_after_bot();
        let sandbox = &self.world.sandbox;
        match step {
            Step::Post(post) => self.post(post),
            Step::React(place, who, emoji, burst) => {
                let (user, message) = (self.user(*who), self.ids[*place]);
                let react = if *burst { Sandbox::burst } else { Sandbox::react };
                react(sandbox, user, message, emoji).expect("the reaction is taken");
            }
            Step::Unreact(place, who, emoji) => {
                let user = self.user(*who);
                sandbox.unreact(user, self.ids[*place], emoji).expect("the reaction goes");
            }
            Step::ClearEmoji(place, emoji) => {
                sandbox.clear_emoji(self.ids[*place], emoji).expect("the reactions go");
                self.cleared.insert(self.ids[*place]);
            }
            Step::ClearAll(place) => {
                sandbox.clear_reactions(self.ids[*place]).expect("the reactions go");
                self.cleared.insert(self.ids[*place]);
            }
            Step::Edit { place, price, number } => {
                // The ledger tells edits apart by the millisecond, and nobody edits faster.
                tokio::time::sleep(Duration::from_millis(2)).await;
                let body = bodies::checkout(*number, Some(*price));
                sandbox.edit(self.ids[*place], &body).expect("the edit is taken");
                self.bodies[*place] = body;
            }
            Step::Delete(places) => self.delete(places),
            Step::Kill => self.kill(),
            Step::Terminate => self.terminate().await,
            Step::Start => self.start(),
            Step::Fill(kilobytes) => self.fill(*kilobytes),
            Step::MakeRoom => self.make_room(),
            Step::Pass(time) => tokio::time::sleep(*time).await,
            Step::Reconnected => {
                sandbox.wait_for_bot(RECONNECTED).await;
            }
            Step::AddByHand => {
                sandbox.wait_for_commands(RECONNECTED).await;
                self.typed.add(&self.world).await;
            }
            Step::Note => self.typed.note(&self.world).await,
            Step::TakeBack => self.typed.take_back(&self.world).await,
            fault => play_fault(sandbox, fault),
        }
    }

    fn post(&mut self, post: &Post) {
        let body = bodies::body(post, &self.bodies);
        let World { sandbox, channel, webhook, owner, .. } = &self.world;
        let posted = match post {
            Post::Odd(number) => sandbox.post_unchecked(webhook, bodies::odd(*number)),
            Post::Chat => sandbox.say(*owner, *channel, body.clone()),
            Post::Forged(_, Forger::Member) => sandbox.say(self.stranger, *channel, body.clone()),
            Post::Forged(_, Forger::OtherBot) => {
                sandbox.say(self.other_bot, *channel, body.clone())
            }
            Post::Forged(_, Forger::OtherWebhook) => {
                sandbox.post(&self.other_webhook, body.clone())
            }
            Post::Forward(place) if !self.gone.contains_key(&self.ids[*place]) => {
                sandbox.forward(self.stranger, self.ids[*place], *channel)
            }
            _ => sandbox.post(webhook, body.clone()),
        };
        self.ids.push(posted.expect("the message is taken"));
        self.bodies.push(body);
    }

    /// What the bot had on disk by then must stay.
    fn delete(&mut self, places: &[Place]) {
        let ids: Vec<MessageId> = places.iter().map(|place| self.ids[*place]).collect();
        // Without a database there is nothing that the bot could have.
        let known = compare::known(&self.world.database()).unwrap_or_default();
        for id in &ids {
            let message = self.world.sandbox.message(*id).expect("it stands");
            self.gone.insert(*id, message);
        }
        self.kept.extend(ids.iter().filter(|id| known.contains(id)));
        self.world.sandbox.bulk_delete(&ids);
    }

    pub(super) fn kill(&mut self) {
        if let Some(bot) = self.bot.take() {
            bot.kill();
        }
    }

    pub(super) async fn terminate(&mut self) {
        let Some(mut bot) = self.bot.take() else { return };
        bot.ask_to_stop();
        if !eventually(STOPPED, async || bot.has_ended().is_some()).await {
            self.faults.push(format!("asked to stop it still ran after {STOPPED:?}"));
        }
        let ended = bot.has_ended();
        let code = ended.and_then(|status| status.code());
        if code != Some(0) && !self.full && !self.was_too_early(ended) {
            self.faults.push(format!("asked to stop it ended with {code:?}"));
        }
    }

    /// Whether a bot was asked to stop before its process listened: then the system ends it.
    fn was_too_early(&self, ended: Option<ExitStatus>) -> bool {
        ended.is_some_and(|status| status.signal() == Some(SIGTERM))
            && self.world.log().len() == self.said_before
    }

    pub(super) fn start(&mut self) {
        self.kill();
        self.said_before = self.world.log().len();
        self.starts += 1;
        self.full = false;
        let on_linux = cfg!(target_os = "linux");
        let world = &self.world;
        self.bot = Some(if on_linux { world.spawn_bot_on_small_disk() } else { world.spawn_bot() });
    }

    fn fill(&mut self, kilobytes: u64) {
        if let Some(bot) = &self.bot {
            self.world.fill_disk(bot, kilobytes);
            self.full = true;
        }
    }

    pub(super) fn make_room(&mut self) {
        if let Some(bot) = &self.bot {
            bot.make_room();
        }
        self.full = false;
    }

    /// Whether the bot cannot know that its reaction is not on the message.
    pub(super) fn may_lack(&self, message: MessageId) -> bool {
        !reconciled() && self.cleared.contains(&message)
    }

    pub(super) fn is_running(&self) -> bool {
        self.bot.is_some()
    }

    /// Notes when the bot has ended without being asked to; on a full disk it may.
    pub(super) fn look_after_bot(&mut self) {
        let Some(status) = self.bot.as_mut().and_then(Bot::has_ended) else { return };
        self.bot = None;
        if !(self.full && status.code() == Some(1)) {
            self.faults.push(format!("the bot ended by itself: {status}"));
        }
    }
}

fn play_fault(sandbox: &Sandbox, step: &Step) {
    match step {
        Step::Cut => sandbox.cut(),
        Step::Close(code) => sandbox.close(*code),
        Step::AskToReconnect => sandbox.ask_to_reconnect(),
        Step::Invalidate { resumable } => sandbox.invalidate(*resumable),
        Step::Forget => sandbox.forget_sessions(),
        Step::Fail { method, path, count, answer } => {
            sandbox.fail(method, path, *count, answer.clone());
        }
        Step::Repeat(times) => sandbox.repeat_events(*times),
        Step::Hold => sandbox.hold(),
        Step::Release(seed) => sandbox.release(|places| Random::new(*seed).shuffle(places)),
        Step::Lossy(lossy) => sandbox.set_lossy(*lossy),
        other => panic!("{other:?} is no fault of Discord"),
    }
}
