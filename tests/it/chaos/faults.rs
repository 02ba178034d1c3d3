//! What goes wrong in a schedule.

use std::time::Duration;

use discord_sandbox::Answer;

use super::schedule::Flavour;
use super::step::Step;
use crate::random::Random;

/// Closes after which serenity takes the session up again.
const GENTLE_CODES: [u16; 6] = [1000, 4000, 4001, 4002, 4005, 4008];
/// Closes after which it may take a while, or identifies anew.
const ROUGH_CODES: [u16; 4] = [4003, 4006, 4007, 4009];
/// Kilobytes that are left on a disk before it is full: some commits.
const ROOM_MAX: u64 = 150;
/// Faults that cost the connection for seconds, at the most in one schedule.
const SLOW_MAX: u32 = 2;

/// What is wrong at the moment.
#[expect(clippy::struct_excessive_bools, reason = "faults that come and go independently")]
pub(super) struct Faults {
    flavour: Flavour,
    running: bool,
    full: bool,
    lossy: bool,
    holding: bool,
    repeating: bool,
    slow_left: u32,
}

impl Faults {
    pub(super) fn new(flavour: Flavour) -> Self {
        Self {
            flavour,
            running: true,
            full: false,
            lossy: false,
            holding: false,
            repeating: false,
            slow_left: SLOW_MAX,
        }
    }

    /// Something more goes wrong.
    pub(super) fn begin(&mut self, random: &mut Random, steps: &mut Vec<Step>) {
        if !self.running {
            return self.start(random, steps);
        }
        match random.below(100) {
            0..50 if self.full => self.end_one(random, steps),
            0..25 if self.flavour != Flavour::Told => self.stop(random, steps),
            25..33 if self.flavour != Flavour::Told && cfg!(target_os = "linux") => {
                self.full = true;
                steps.push(Step::Fill(random.below(ROOM_MAX)));
            }
            33..40 if self.flavour != Flavour::Told => {
                self.lossy = !self.lossy;
                steps.push(Step::Lossy(self.lossy));
            }
            0..20 => steps.push(Step::Cut),
            20..55 => self.disconnect(random, steps),
            55..70 => self.reorder(random, steps),
            70..76 => {
                self.repeating = true;
                steps.push(Step::Repeat(usize::try_from(random.between(2, 4)).unwrap_or(2)));
            }
            _ => steps.push(self.fail(random)),
        }
    }

    /// Something is well again.
    pub(super) fn end_one(&mut self, random: &mut Random, steps: &mut Vec<Step>) {
        if !self.running {
            self.start(random, steps);
        } else if self.full {
            self.full = false;
            steps.push(Step::MakeRoom);
        } else if self.holding {
            self.reorder(random, steps);
        } else if self.lossy {
            self.lossy = false;
            steps.push(Step::Lossy(false));
        } else if self.repeating {
            self.repeating = false;
            steps.push(Step::Repeat(1));
        }
    }

    fn stop(&mut self, random: &mut Random, steps: &mut Vec<Step>) {
        self.full = false;
        steps.push(if random.percent(70) { Step::Kill } else { Step::Terminate });
        self.running = false;
        if random.percent(50) {
            self.start(random, steps);
        }
    }

    fn start(&mut self, random: &mut Random, steps: &mut Vec<Step>) {
        self.running = true;
        steps.push(Step::Start);
        if random.percent(60) {
            steps.push(Step::Reconnected);
        }
    }

    fn disconnect(&mut self, random: &mut Random, steps: &mut Vec<Step>) {
        let gentle = random.pick(&GENTLE_CODES);
        if self.flavour == Flavour::Told || self.slow_left == 0 || random.percent(50) {
            return steps.push(match random.below(3) {
                0 => Step::AskToReconnect,
                1 => Step::Invalidate { resumable: true },
                _ => Step::Close(gentle),
            });
        }
        self.slow_left -= 1;
        match random.below(4) {
            0 => steps.push(Step::Invalidate { resumable: false }),
            1 => steps.push(Step::Close(None)),
            2 => steps.push(Step::Close(random.pick(&ROUGH_CODES))),
            _ => steps.extend([Step::Forget, Step::Cut]),
        }
        if random.percent(50) {
            steps.push(Step::Reconnected);
        }
    }

    fn reorder(&mut self, random: &mut Random, steps: &mut Vec<Step>) {
        self.holding = !self.holding;
        steps.push(if self.holding { Step::Hold } else { Step::Release(random.below(u64::MAX)) });
    }

    fn fail(&mut self, random: &mut Random) -> Step {
        let milliseconds = |random: &mut Random| Duration::from_millis(random.between(50, 1_500));
        let answer = match random.below(8) {
            0 => Answer::Status(
                500,
                r#"{"message": "500: Internal Server Error", "code": 0}"#.into(),
            ),
            1 => Answer::Html(502),
            2 => Answer::Html(503),
            3 => Answer::TooMany { wait: milliseconds(random), global: false },
            4 => Answer::TooMany { wait: milliseconds(random), global: true },
            5 => Answer::Hang(milliseconds(random)),
            6 => Answer::DoneButLost,
            _ => Answer::BrokenOff,
        };
        // Which of two swapped events was the last one only Discord can tell, and history only when
        // it can be read.
        let all: &[(&str, &str)] =
            &[("", ""), ("GET", "/messages"), ("PUT", "/reactions/"), ("DELETE", "/reactions/")];
        let routes = if self.flavour == Flavour::Told { &all[2..] } else { all };
        let (method, path) = random.pick(routes).unwrap_or(("PUT", "/reactions/"));
        let count = usize::try_from(random.between(1, 8)).unwrap_or(1);
        Step::Fail { method, path, count, answer }
    }
}
