//! From a seed to a schedule: the same seed gives the same steps.

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use discord_sandbox::Answer;

use super::activity::Channel;
use super::bodies::order_number;
use super::faults::Faults;
use super::step::Step;
use crate::random::Random;

/// Whether what people change while nobody tells the bot is made good afterwards: reactions, edits,
/// deletes. `REFRACT_CHAOS_RECONCILED=0` or `1` overrides it.
const RECONCILED: bool = true;
/// Of a hundred schedules so many bring more at once than one page of the history holds.
const FLOODS: u64 = 25;
/// Of a hundred schedules so many have people take each other's place behind an emoji, which the bot
/// finds out only after minutes: none among the first, which are for every run.
const SWAPS: u64 = 5;
const LAST_WITHOUT_SWAPS: u64 = 20;
/// The longest pause between two phases, in milliseconds.
const PAUSE_MAX: u64 = 350;

/// What may happen in a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flavour {
    /// Everything.
    All,
    /// People change what stands, and the gateway tells of it sooner or later.
    Told,
    /// Messages are posted and nothing else, and everything may go wrong.
    Posted,
}

/// How the bot is given the chance to catch up in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    KilledAndStarted,
    StoppedAndStarted,
    Resumed,
    Reidentified,
}

/// A schedule, and what of its outcome is known from it alone.
pub(super) struct Schedule {
    pub(super) seed: u64,
    pub(super) flavour: Flavour,
    pub(super) steps: Vec<Step>,
    pub(super) ending: Ending,
    /// Whether there are more messages than the bot could react to in a short time.
    pub(super) flood: bool,
    /// Whether one person's reaction may take the place of another's with the same emoji.
    pub(super) swaps: bool,
    /// Whether the sandbox limits how often the bot may ask.
    pub(super) rate_limits: bool,
    /// Order numbers of genuine checkouts that stand in the channel in the end.
    pub(super) standing: BTreeSet<String>,
    /// The same and those of checkouts that were deleted.
    pub(super) possible: BTreeSet<String>,
    /// Orders whose status cannot be foreseen: a message with a mark on it was deleted.
    pub(super) blurred: BTreeSet<String>,
}

impl Schedule {
    pub(super) fn of(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let flavour = match (reconciled(), seed % 3) {
            (true, _) => Flavour::All,
            (false, 0) => Flavour::Told,
            (false, _) => Flavour::Posted,
        };
        let swaps = seed > LAST_WITHOUT_SWAPS && random.percent(SWAPS);
        let mut channel = Channel::new(flavour, swaps);
        let mut faults = Faults::new(flavour);
        let mut steps = vec![Step::Start, Step::Reconnected, Step::AddByHand];
        let phases = random.between(16, 26);
        let flood = random.percent(FLOODS).then(|| random.below(phases));
        for phase in 0..phases {
            match random.below(100) {
                _ if flood == Some(phase) => channel.flood(&mut random, &mut steps),
                0..8 => steps.extend(Channel::typed(&mut random)),
                8..55 => channel.burst(&mut random, &mut steps),
                55..85 => faults.begin(&mut random, &mut steps),
                _ => faults.end_one(&mut random, &mut steps),
            }
            let pause = Duration::from_millis(random.below(PAUSE_MAX));
            steps.push(Step::Pass(pause));
        }
        let endings = match flavour {
            Flavour::Told => &[Ending::Resumed][..],
            _ => &[Ending::KilledAndStarted, Ending::StoppedAndStarted, Ending::Reidentified],
        };
        let ending = random.pick(endings).unwrap_or(Ending::KilledAndStarted);
        let text = |numbers: BTreeSet<u64>| numbers.into_iter().map(order_number).collect();
        Self {
            seed,
            flavour,
            steps,
            ending,
            flood: flood.is_some(),
            swaps,
            rate_limits: random.percent(50),
            standing: text(channel.standing()),
            possible: text(channel.possible()),
            blurred: text(channel.blurred()),
        }
    }

    /// How many requests Discord does without the bot hearing of it.
    pub(super) fn lost_answers(&self) -> usize {
        let lost = self.steps.iter().map(|step| match step {
            Step::Fail { count, answer: Answer::DoneButLost | Answer::BrokenOff, .. } => *count,
            _ => 0,
        });
        lost.sum()
    }
}

/// Whether the schedules hold what only a comparison with the history makes good.
pub(super) fn reconciled() -> bool {
    std::env::var("REFRACT_CHAOS_RECONCILED").map_or(RECONCILED, |value| value != "0")
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, flavour, ending, rate_limits, swaps, .. } = self;
        write!(f, "seed {seed}: {flavour:?}, {ending:?}, ")?;
        writeln!(f, "rate limits: {rate_limits}, swaps: {swaps}")?;
        let mut place = 0;
        for step in &self.steps {
            match step {
                Step::Post(post) => {
                    write!(f, "{post:?} at {place}, ")?;
                    place += 1;
                }
                other => writeln!(f, "\n{other:?}")?,
            }
        }
        Ok(())
    }
}

#[test]
fn the_same_seed_gives_the_same_schedule_and_another_another() {
    let steps = |seed| Schedule::of(seed).to_string();
    assert_eq!(steps(7), steps(7));
    assert_ne!(steps(7), steps(8));
}
