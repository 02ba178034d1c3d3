//! The emoji below a message, and who put them there.

use std::fmt;

use discord_ids::UserId;
use serde_json::{Value, json};

/// An emoji: a character, or one of a server's own.
#[derive(Debug, Clone)]
pub struct Emoji {
    /// `None`: a character, which every server has.
    pub id: Option<i64>,
    /// The character itself, or the name that the server gave it.
    pub name: String,
}

impl Emoji {
    /// Reads `📦` or `name:id`, as paths carry it.
    pub fn parse(text: &str) -> Self {
        let custom = text.rsplit_once(':').and_then(|(name, id)| Some((name, id.parse().ok()?)));
        match custom {
            Some((name, id)) => {
                Self { id: Some(id), name: name.rsplit(':').next().unwrap_or(name).to_owned() }
            }
            None => Self { id: None, name: text.to_owned() },
        }
    }

    /// Discord takes an emoji with and without the variation selector for the same.
    pub(crate) fn is(&self, other: &Self) -> bool {
        let plain = |emoji: &Self| emoji.name.replace('\u{fe0f}', "");
        self.id == other.id && (self.id.is_some() || plain(self) == plain(other))
    }

    pub(crate) fn json(&self) -> Value {
        json!({"id": self.id.map(|id| id.to_string()), "name": self.name})
    }
}

impl fmt::Display for Emoji {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.id {
            Some(id) => write!(f, "{}:{id}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// One emoji below a message.
#[derive(Debug, Clone)]
pub struct Reaction {
    /// As the first person sent it.
    pub emoji: Emoji,
    /// Who put it there, in the order of their coming, and whether as a burst ("super reaction").
    pub from: Vec<(UserId, bool)>,
}

impl Reaction {
    /// From whom it is.
    pub fn users(&self) -> Vec<UserId> {
        self.from.iter().map(|(user, _)| *user).collect()
    }
}
