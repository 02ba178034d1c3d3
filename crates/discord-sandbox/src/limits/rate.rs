//! Discord's rate limits: how many requests of a kind it takes in a while.

use std::collections::HashMap;
use std::time::{Duration, Instant};

/// What a bucket counts. Each counts for itself for every channel, webhook or application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Reaction,
    Webhook,
    SendMessage,
    EditMessage,
    DeleteMessage,
    ReadMessages,
    Other,
}

/// The most requests of all kinds together.
const GLOBAL: (u32, Duration) = (50, Duration::from_secs(1));

impl Kind {
    /// How many requests in what time.
    fn limit(self) -> (u32, Duration) {
        match self {
            Self::Reaction => (1, Duration::from_millis(250)),
            Self::Webhook => (5, Duration::from_secs(2)),
            Self::SendMessage | Self::EditMessage => (5, Duration::from_secs(5)),
            Self::DeleteMessage => (5, Duration::from_secs(1)),
            Self::ReadMessages => (10, Duration::from_secs(1)),
            Self::Other => (20, Duration::from_secs(1)),
        }
    }

    /// The bucket of a request by its method and the parts of its path. Answers to interactions have
    /// none.
    pub(crate) fn of(method: &str, parts: &[&str]) -> Option<(Self, String)> {
        let major = parts.get(1).copied().unwrap_or_default();
        let kind = match parts {
            ["interactions" | "gateway" | "attachments" | "ephemeral-attachments", ..] => {
                return None;
            }
            [_, _, "messages", _, "reactions", ..] if method != "GET" => Self::Reaction,
            ["webhooks", _, token, ..] => {
                return Some((Self::Webhook, format!("{major}/{token}")));
            }
            ["channels", _, "messages"] if method == "POST" => Self::SendMessage,
            ["channels", _, "messages", _] if method == "PATCH" => Self::EditMessage,
            ["channels", _, "messages", ..] if method == "DELETE" => Self::DeleteMessage,
            ["channels", _, "messages", ..] => Self::ReadMessages,
            _ => Self::Other,
        };
        Some((kind, major.to_owned()))
    }
}

#[derive(Debug)]
struct Bucket {
    began: Instant,
    used: u32,
}

impl Bucket {
    /// Counts one more; how much is left, or `None` when there is nothing, and how long until then.
    fn take(&mut self, (limit, window): (u32, Duration)) -> (Option<u32>, Duration) {
        if self.began.elapsed() >= window {
            *self = Self { began: Instant::now(), used: 0 };
        }
        let wait = window.saturating_sub(self.began.elapsed());
        if self.used >= limit {
            return (None, wait);
        }
        self.used += 1;
        (Some(limit - self.used), wait)
    }
}

/// All buckets.
#[derive(Debug, Default)]
pub(crate) struct RateLimits {
    buckets: HashMap<(Kind, String), Bucket>,
    global: Option<Bucket>,
}

/// What the bucket says about a request.
#[derive(Debug, Clone)]
pub(crate) struct Verdict {
    pub(crate) allowed: bool,
    pub(crate) global: bool,
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    pub(crate) reset_after: Duration,
    pub(crate) bucket: String,
}

impl RateLimits {
    /// Counts a request.
    pub(crate) fn take(&mut self, kind: Kind, major: String, by_bot: bool) -> Verdict {
        let fresh = || Bucket { began: Instant::now(), used: 0 };
        let bucket = format!("{kind:?}").to_lowercase();
        let (limit, window) = kind.limit();
        if by_bot {
            let (left, wait) = self.global.get_or_insert_with(fresh).take(GLOBAL);
            if left.is_none() {
                let (limit, reset_after) = (GLOBAL.0, wait);
                return Verdict {
                    allowed: false,
                    global: true,
                    limit,
                    remaining: 0,
                    reset_after,
                    bucket,
                };
            }
        }
        let counted = self.buckets.entry((kind, major)).or_insert_with(fresh);
        let (left, reset_after) = counted.take((limit, window));
        let (allowed, remaining) = (left.is_some(), left.unwrap_or(0));
        Verdict { allowed, global: false, limit, remaining, reset_after, bucket }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_takes_one_reaction_at_a_time() {
        let parts = ["channels", "1", "messages", "2", "reactions", "x", "@me"];
        let (kind, major) = Kind::of("PUT", &parts).unwrap();
        let mut limits = RateLimits::default();

        assert!(limits.take(kind, major.clone(), true).allowed);
        let second = limits.take(kind, major, true);
        assert!(!second.allowed && !second.global && second.reset_after.as_millis() > 100);
        assert!(limits.take(kind, "other".to_owned(), true).allowed);
    }

    #[test]
    fn answers_to_interactions_have_no_limit() {
        assert_eq!(Kind::of("POST", &["interactions", "1", "token", "callback"]), None);
    }
}
