//! What the bot should show on messages, and what it has put there.

use refract_ledger::ids::MessageId;
use refract_ledger::ledger::{MarkSource, MarkTarget, PendingReaction, UnmarkRequest};
use refract_ledger::order::Status;

use crate::fresh::{Fresh, GUILD, checkout};
use crate::ledger::{reaction, with_order};

#[tokio::test]
async fn the_outbox_follows_the_status_and_survives_a_restart() {
    let (fresh, order) = with_order().await;
    let wanted = |pending: Vec<refract_ledger::ledger::PendingReaction>| -> Vec<_> {
        pending.into_iter().map(|one| (one.message.0, one.wanted, one.shown)).collect()
    };
    let verified = || Some("✅".to_owned());
    assert_eq!(wanted(fresh.ledger.pending_reactions(9).await.unwrap()), [(1, verified(), None)]);
    let due = fresh.ledger.pending_reactions(9).await.unwrap();
    fresh.ledger.reactions_shown(&due).await.unwrap();
    assert_eq!(fresh.ledger.pending_reactions(9).await.unwrap(), []);
    let mut request = reaction(MarkTarget::Order(order), 1, "", Status::Sold);
    (request.emoji, request.source) = (None, MarkSource::Menu);
    fresh.ledger.mark(request).await.unwrap();
    let fresh = fresh.reopen().await;
    let sold = Some("💰".to_owned());
    assert_eq!(wanted(fresh.ledger.pending_reactions(9).await.unwrap()), [(1, sold, verified())]);
    let refused = fresh.ledger.pending_reactions(9).await.unwrap().remove(0);
    // Meanwhile another one is wanted: that one is not given up.
    let other = PendingReaction { wanted: verified(), ..refused.clone() };
    assert!(!fresh.ledger.give_up_reaction(&other, "Unknown Emoji").await.unwrap());
    assert_eq!(fresh.ledger.pending_reactions(9).await.unwrap().len(), 1);
    assert!(fresh.ledger.give_up_reaction(&refused, "Missing Permissions").await.unwrap());
    assert_eq!(fresh.ledger.pending_reactions(9).await.unwrap(), []);
}

#[tokio::test]
async fn what_a_person_has_just_marked_goes_before_hundreds_of_others() {
    let fresh = Fresh::new().await;
    let order = |id: i64| {
        let number = format!("1020030000{id:05}");
        checkout(id, "Target", &[("Product", "Console"), ("Order Number", &number)])
    };
    fresh.ingest.submit_all((1..=400).map(order).collect()).await.unwrap();
    let first = async || fresh.ledger.pending_reactions(4).await.unwrap().remove(0);
    assert_eq!(first().await.message, MessageId(400));
    // Also where the mark changes nothing about what is to be shown.
    for (message, status, shown) in [(2, Status::Verified, "✅"), (1, Status::Shipped, "📦")] {
        let target = MarkTarget::Message(MessageId(message));
        fresh.ledger.mark(reaction(target, 1, shown, status)).await.unwrap();
        let due = first().await;
        assert_eq!((due.message, due.wanted.as_deref()), (MessageId(message), Some(shown)));
    }
    for next in [2, 400] {
        let due = first().await;
        fresh.ledger.reactions_shown(&[due]).await.unwrap();
        assert_eq!(first().await.message, MessageId(next));
    }
}

#[tokio::test]
async fn what_was_found_on_a_message_meanwhile_is_not_forgotten() {
    let (fresh, _) = with_order().await;
    let due = fresh.ledger.pending_reactions(9).await.unwrap();
    // While ✅ is put there, the history shows that 📦 of a crashed process stands there.
    fresh.ledger.recheck_shown(&[MessageId(1)]).await.unwrap();
    fresh.ledger.reactions_shown(&due).await.unwrap();
    let due = fresh.ledger.pending_reactions(9).await.unwrap();
    assert_eq!(due[0].shown.as_deref(), Some(""));
    fresh.ledger.reactions_shown(&due).await.unwrap();
    assert_eq!(fresh.ledger.pending_reactions(9).await.unwrap(), []);
}

#[tokio::test]
async fn a_doubtful_message_is_due_whatever_is_wanted() {
    let (fresh, _) = with_order().await;
    let due = fresh.ledger.pending_reactions(9).await.unwrap();
    fresh.ledger.reactions_shown(&due).await.unwrap();
    fresh.ledger.recheck_shown(&[MessageId(1)]).await.unwrap();
    let request = reaction(MarkTarget::Message(MessageId(1)), 1, "📦", Status::Shipped);
    fresh.ledger.mark(request).await.unwrap();
    let off = UnmarkRequest {
        guild: GUILD,
        target: MarkTarget::Message(MessageId(1)),
        user: None,
        emoji: None,
        source: MarkSource::Reaction,
    };
    fresh.ledger.unmark(off).await.unwrap();
    assert_eq!(fresh.ledger.pending_reactions(9).await.unwrap().len(), 1);
}
