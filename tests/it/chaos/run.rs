//! A schedule from its first step to the verdict.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use refract_ledger::ids::MessageId;
use serde_json::json;

use super::compare::{self, Content, differences, message_of, unnumbered};
use super::oracle;
use super::schedule::{Ending, Schedule, reconciled};
use super::stage::Stage;

/// How long the bot may take to catch up: on a slow machine, with all reactions to put up.
const CATCH_UP: Duration = Duration::from_mins(3);
/// Who took whose place behind an emoji is asked for without haste.
const SWEEP: Duration = Duration::from_mins(7);
const BETWEEN_LOOKS: Duration = Duration::from_millis(250);
/// How long it may take to connect, after all that was done to it.
const CONNECTED: Duration = Duration::from_mins(1);
/// Limits that a new process may run into: of reactions, and of reading a channel.
const LIMITS: usize = 2;
/// Discord's answer when a reaction is taken away that is not there.
const UNKNOWN_EMOJI: &str = "\"code\":10014";
/// Discord's answer when an interaction was acknowledged before.
const ACKNOWLEDGED: &str = "\"code\":40060";
/// A command to which the bot answered later than Discord lets it.
const TOO_LATE: &str = "was answered too late";
/// Lines of the bot's log that are shown with a failure.
const LOG_LINES: usize = 60;

/// Plays a schedule and compares; what is wrong is told at length.
pub(super) async fn run(schedule: Schedule) -> Result<(), String> {
    let mut stage = Stage::set(&schedule).await;
    for step in &schedule.steps {
        stage.play(step).await;
    }
    let mut wrong = catch_up(&mut stage, &schedule).await;
    wrong.append(&mut stage.faults);
    wrong.extend(misdeeds(&stage, &schedule));
    wrong.extend(stage.typed.wrong(&stage.world));
    if wrong.is_empty() {
        return Ok(());
    }
    let log = stage.world.log();
    let lines: Vec<&str> = log.lines().collect();
    let tail = lines[lines.len().saturating_sub(LOG_LINES)..].join("\n");
    let mut folder = String::new();
    if std::env::var("REFRACT_CHAOS_KEEP").is_ok() {
        stage.kill();
        folder = format!("\nkept in {}", stage.world.folder.keep().display());
    }
    Err(format!("{schedule}\nlog:\n{tail}\n\nwrong:\n{}{folder}", wrong.join("\n")))
}

/// Everything heals, and the bot is given the chance to catch up; what stays wrong is returned.
async fn catch_up(stage: &mut Stage, schedule: &Schedule) -> Vec<String> {
    stage.world.sandbox.heal();
    stage.make_room();
    stage.look_after_bot();
    match schedule.ending {
        Ending::KilledAndStarted => stage.kill(),
        Ending::StoppedAndStarted => stage.terminate().await,
        Ending::Resumed | Ending::Reidentified if !stage.is_running() => {}
        ending => {
            if !stage.world.sandbox.wait_for_bot(CONNECTED).await {
                return vec!["the bot did not come back to the gateway".to_owned()];
            }
            if ending == Ending::Reidentified {
                stage.world.sandbox.forget_sessions();
            }
            stage.world.sandbox.cut();
        }
    }
    if !stage.is_running() {
        stage.start();
    }
    let end = Instant::now() + if schedule.swaps { SWEEP } else { CATCH_UP };
    let mut deleted = BTreeSet::new();
    let mut expected = oracle::expected(stage, &deleted).await;
    loop {
        stage.look_after_bot();
        let found = compare::content(&stage.world.database());
        let wrong = match &found {
            Err(error) => vec![format!("the database cannot be read: {error}")],
            Ok(found) => {
                let gone = |id: &&MessageId| stage.gone.contains_key(id);
                let known: BTreeSet<_> = found.known.iter().filter(gone).copied().collect();
                if known != deleted {
                    deleted = known;
                    expected = oracle::expected(stage, &deleted).await;
                }
                judge(stage, schedule, &expected, found)
            }
        };
        if wrong.is_empty() {
            return answers(stage).await;
        }
        if Instant::now() > end || !stage.is_running() {
            return wrong;
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}

/// How the database differs from what it should hold.
fn judge(stage: &Stage, schedule: &Schedule, expected: &Content, found: &Content) -> Vec<String> {
    let mut wrong = differences("order", &expected.orders, &found.orders);
    wrong.extend(differences("delivery", &expected.deliveries, &found.deliveries));
    let gone = |row: &&String| !stage.gone.contains_key(&message_of(row));
    let marks: Vec<String> = found.marks.iter().filter(gone).cloned().collect();
    wrong.extend(differences("mark", &expected.marks, &marks));
    wrong.extend(judge_numbers(schedule, found));
    wrong.extend(judge_statuses(stage, schedule, expected, found));
    wrong.extend(judge_deleted(stage, found));
    if wrong.is_empty() {
        wrong.extend(judge_reactions(stage, schedule, expected, found));
    }
    wrong
}

/// By the schedule alone: each genuine order once, and none besides. Those without a number are compared with
/// what is expected.
fn judge_numbers(schedule: &Schedule, found: &Content) -> Vec<String> {
    let numbered = found.statuses.keys().filter(|order| unnumbered(order).is_none());
    let numbers: Vec<&str> = numbered.filter_map(|order| order.split(' ').next()).collect();
    let missing = schedule.standing.iter().filter(|number| !numbers.contains(&number.as_str()));
    let odd = numbers.iter().filter(|number| !schedule.possible.contains(**number));
    let mut once = BTreeSet::new();
    let twice = numbers.iter().filter(|number| !once.insert(**number));
    (missing.map(|number| format!("order {number} is lost")))
        .chain(odd.map(|number| format!("order {number} comes from nowhere")))
        .chain(twice.map(|number| format!("order {number} is there twice")))
        .collect()
}

fn judge_statuses(
    stage: &Stage,
    schedule: &Schedule,
    expected: &Content,
    found: &Content,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for (order, status) in &found.statuses {
        if is_blurred(stage, schedule, order) {
            continue;
        }
        let right = match expected.several.get(order) {
            Some(possible) => possible.contains(status),
            None => expected.statuses.get(order) == Some(status),
        };
        if !right {
            wrong
                .push(format!("order {order} is {status}, not {:?}", expected.statuses.get(order)));
        }
    }
    wrong
}

fn is_blurred(stage: &Stage, schedule: &Schedule, order: &str) -> bool {
    match unnumbered(order) {
        Some(message) => stage.gone.contains_key(&message),
        None => schedule.blurred.iter().any(|number| order.split(' ').next() == Some(number)),
    }
}

fn judge_deleted(stage: &Stage, found: &Content) -> Vec<String> {
    let lost = stage.kept.difference(&found.known);
    let noted = found.deleted.iter().filter(|id| !stage.gone.contains_key(id));
    let known = stage.gone.keys().filter(|id| found.known.contains(id));
    let unnoted = known.filter(|id| reconciled() && !found.deleted.contains(id));
    (lost.map(|id| format!("the deleted message {id} is not known any more")))
        .chain(noted.map(|id| format!("message {id} stands, and is noted as deleted")))
        .chain(unnoted.map(|id| format!("message {id} is gone, and that is not noted")))
        .collect()
}

/// What the bot shows on each message, once the ledger is right.
fn judge_reactions(
    stage: &Stage,
    schedule: &Schedule,
    expected: &Content,
    found: &Content,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for message in stage.ids.iter().filter(|id| !stage.gone.contains_key(id)) {
        let wanted = found.wanted.get(message).cloned().unwrap_or_default();
        let unsure = found.links.get(message).into_iter().flatten().any(|order| {
            is_blurred(stage, schedule, order) || expected.several.contains_key(order)
        });
        if !unsure && expected.wanted.get(message) != Some(&wanted) {
            wrong.push(format!("message {message} is to show {wanted:?}"));
        }
        let shown = stage.world.sandbox.bot_reactions(*message);
        let right = if wanted.is_empty() { shown.is_empty() } else { shown == [wanted.as_str()] };
        if !right && !schedule.flood && !stage.may_lack(*message) {
            wrong.push(format!("message {message} shows {shown:?}, not {wanted:?}"));
        }
    }
    wrong
}

/// In the end a person gets an answer.
async fn answers(stage: &Stage) -> Vec<String> {
    let world = &stage.world;
    let limit = [("limit", json!(5))];
    if !world.sandbox.wait_for_bot(CONNECTED).await {
        return vec!["the bot is not connected".to_owned()];
    }
    match world.sandbox.command(world.owner, world.channel, "orders recent", &limit).await {
        Ok(_) => Vec::new(),
        Err(failure) => vec![format!("/orders recent: {failure:?}")],
    }
}

/// What the bot did that Discord does not like, and what it says of itself. A new process does not
/// know how often the one before it asked, and nobody knows that a moderator takes a reaction away
/// at the same moment.
fn misdeeds(stage: &Stage, schedule: &Schedule) -> Vec<String> {
    let mut violations = stage.world.sandbox.violations();
    violations.retain(|violation| !violation.contains(UNKNOWN_EMOJI));
    // An event that the gateway held back, or an answer that Discord did not take at first.
    violations.retain(|violation| !violation.ends_with(TOO_LATE));
    let (too_many, rest): (Vec<String>, Vec<String>) =
        violations.into_iter().partition(|violation| violation.contains(": 429 "));
    // Where the answer to an acknowledgement is lost, it is sent once more.
    let (again, mut wrong): (Vec<String>, Vec<String>) =
        rest.into_iter().partition(|violation| violation.contains(ACKNOWLEDGED));
    if too_many.len() > stage.starts * LIMITS {
        wrong.extend(too_many);
    }
    if again.len() > schedule.lost_answers() {
        wrong.extend(again);
    }
    let log = stage.world.log();
    wrong.extend(log.lines().filter(|line| line.contains("panicked")).map(str::to_owned));
    wrong
}
