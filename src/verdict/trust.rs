//! Whose messages make orders: a pure judgement over a message's source.

use super::{Outcome, Via};
use crate::ids::WebhookId;
use crate::reading::Message;
use crate::reading::message::Origin;

const NOT_WATCHED: &str = "its channel is no longer watched";

/// Judges whether a message of a watched channel may make orders. With an empty list any webhook
/// of the channel is trusted, else only those named.
///
/// # Errors
/// Why not, as the sentence that `/logs` shows.
pub fn judge(message: &Message, trusted: &[WebhookId]) -> Result<(), String> {
    not_a_copy(message)?;
    let Some(webhook) = message.webhook_id else {
        let who = if message.author.bot { "a bot" } else { "a member" };
        return Err(format!("posted by {who}, not by a webhook"));
    };
    if trusted.is_empty() || trusted.contains(&webhook) {
        return Ok(());
    }
    Err(format!(
        "webhook {webhook} is not trusted in this channel; if it is yours, run /setup watch with its \
        URL, or add its id to webhook_ids in config.toml"
    ))
}

/// Judges a message of a file. A text without an author is trusted, and so is every bot: saved
/// messages do not tell webhooks from other bots.
///
/// # Errors
/// As [`judge`].
pub fn judge_saved(message: &Message) -> Result<(), String> {
    not_a_copy(message)?;
    if message.author.id.is_some() && !message.author.bot && message.webhook_id.is_none() {
        return Err("posted by a member, not by a webhook".to_owned());
    }
    Ok(())
}

/// Judges a kept message anew, by the webhooks that its channel trusts now. What was trusted when it came
/// stays so: a webhook that was replaced since has made its orders. Where the channel is not watched any
/// more, the judgement of then stands.
///
/// # Errors
/// As [`judge`].
pub fn judge_again(
    message: &Message,
    webhooks: Option<&[WebhookId]>,
    via: Via,
    (outcome, reason): (Outcome, &str),
) -> Result<(), String> {
    let judged = webhooks.map(|webhooks| judge(message, webhooks));
    match (judged, outcome) {
        (Some(Ok(())), _) => Ok(()),
        // A person vouched for the file, unless another copy of the message proved it wrong.
        (_, Outcome::Untrusted) if via == Via::Import => Err(reason.to_owned()),
        _ if via == Via::Import => judge_saved(message),
        (Some(refused), Outcome::Untrusted | Outcome::Ignored) => refused,
        (None, Outcome::Untrusted) => Err(reason.to_owned()),
        // What was none of ours may have come from anybody.
        (None, Outcome::Ignored) => Err(NOT_WATCHED.to_owned()),
        _ => Ok(()),
    }
}

fn not_a_copy(message: &Message) -> Result<(), String> {
    let why = match message.origin {
        Origin::Direct => return Ok(()),
        Origin::Forwarded => "a forwarded copy of another message",
        Origin::Crossposted => "a copy from a followed channel",
        Origin::Interaction => "a bot's reply to a command, not a webhook",
    };
    Err(why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::UserId;
    use crate::reading::message::Author;

    fn from_webhook(id: i64) -> Message {
        Message { webhook_id: Some(WebhookId(id)), ..Message::default() }
    }

    #[test]
    fn any_webhook_counts_when_none_is_named() {
        assert_eq!(judge(&from_webhook(1), &[]), Ok(()));
    }

    #[test]
    fn only_named_webhooks_count() {
        let trusted = [WebhookId(1)];
        assert_eq!(judge(&from_webhook(1), &trusted), Ok(()));
        assert!(judge(&from_webhook(2), &trusted).unwrap_err().contains("webhook 2"));
    }

    #[test]
    fn a_member_is_no_webhook() {
        assert_eq!(
            judge(&Message::default(), &[]),
            Err("posted by a member, not by a webhook".to_owned())
        );
    }

    #[test]
    fn a_file_is_trusted_but_for_what_members_wrote() {
        let by = |bot| Message {
            author: Author { id: Some(UserId(5)), bot, ..Author::default() },
            ..Message::default()
        };
        assert_eq!(judge_saved(&Message::default()), Ok(()));
        assert_eq!(judge_saved(&by(true)), Ok(()));
        assert!(judge_saved(&by(false)).is_err());
    }

    #[test]
    fn copies_and_answers_carry_a_webhook_id_and_do_not_count() {
        for origin in [Origin::Forwarded, Origin::Crossposted, Origin::Interaction] {
            let message = Message { origin, ..from_webhook(1) };
            assert!(judge(&message, &[]).is_err(), "{origin:?}");
        }
    }

    #[test]
    fn a_kept_message_is_judged_by_what_is_trusted_now() {
        let again = |webhooks: Option<&[WebhookId]>, via, outcome| {
            judge_again(&from_webhook(1), webhooks, via, (outcome, "the reason of then"))
        };
        let (known, other) = ([WebhookId(1)], [WebhookId(2)]);
        let then = Err("the reason of then".to_owned());
        for outcome in Outcome::ALL {
            assert_eq!(again(Some(&known), Via::Live, outcome), Ok(()), "{outcome:?}");
        }
        for outcome in [Outcome::Untrusted, Outcome::Ignored] {
            assert!(again(Some(&other), Via::Live, outcome).unwrap_err().contains("webhook 1"));
        }
        assert_eq!(again(Some(&other), Via::Live, Outcome::Stored), Ok(()), "it was trusted then");
        assert_eq!(again(None, Via::Live, Outcome::Stored), Ok(()));
        assert_eq!(again(None, Via::Live, Outcome::Untrusted), then);
        assert_eq!(again(None, Via::Live, Outcome::Ignored), Err(NOT_WATCHED.to_owned()));
        assert_eq!(again(None, Via::Import, Outcome::Ignored), Ok(()), "the file is vouched for");
        assert_eq!(again(None, Via::Import, Outcome::Untrusted), then);
    }
}
